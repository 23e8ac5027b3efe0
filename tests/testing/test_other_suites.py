"""Executors, checks, mitigations, formats, sections: sound ones pass, mutants do not."""

from __future__ import annotations

import json
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from functools import cache
from itertools import count

import attrs
import pytest

from silog_core.builtin import silog_executors, silog_risk_checks
from silog_core.domain.findings import Finding, Severity
from silog_core.domain.vehicles import FleetEntry
from silog_core.domain.wire import from_wire, to_wire
from silog_core.errors import FileFormatError
from silog_core.ports.check import Check, Mitigation, Proposal
from silog_core.ports.executor import ExecutorSpec
from silog_core.ports.formats import ExporterSpec, ImporterSpec
from silog_core.ports.section import Section, SectionSpec, Table
from silog_core.testing import (
    ExecutorSuite,
    ExporterSuite,
    ImporterSuite,
    MitigationSuite,
    RiskCheckSuite,
    SectionSuite,
    small_world,
)
from suite_mutants import breaks

SERIAL, PROCESSES = silog_executors()
ticks = count()


def suite_of(kind, **parts):
    """Return a suite whose methods answer these."""
    methods = {name: (lambda self, v=value: v) for name, value in parts.items()}
    return type("Suite", (kind,), methods)()


# --- executors ---------------------------------------------------------------------


class TestSerial(ExecutorSuite):
    """The executor that works here."""

    def spec(self):
        return SERIAL


class TestProcesses(ExecutorSuite):
    """The pool of processes."""

    def spec(self):
        return PROCESSES


class Altered(ThreadPoolExecutor):
    """Runs tasks, and changes what comes of it."""

    def __init__(self, change, workers=2):
        super().__init__(workers)
        self.change = change

    def submit(self, fn, /, *args, **kwargs):
        return super().submit(self.change(fn), *args, **kwargs)


def altered(change):
    """Return the spec of an executor that alters each task."""

    @contextmanager
    def opened(workers, address):
        with Altered(change) as pool:
            yield pool

    return ExecutorSpec(name="altered", open=opened, remote=False)


def _plus_one(work):
    return lambda task: work(task) + 1


def _wrapped(work):
    def run(task):
        try:
            return work(task)
        except Exception as wrong:
            raise RuntimeError(str(wrong)) from wrong

    return run


@contextmanager
def _never_closed(workers, address):
    yield ThreadPoolExecutor(1)


class Remembering(ThreadPoolExecutor):
    """Takes an equal task for the same one."""

    def __init__(self):
        super().__init__(1)
        self.known: dict[object, Future[object]] = {}

    def submit(self, fn, /, *args, **kwargs):
        return self.known.setdefault((fn, args), super().submit(fn, *args, **kwargs))


EXECUTORS = {
    "e1": altered(_plus_one),
    "e2": altered(lambda work: lambda task: str(work(task))),
    "e3": altered(_wrapped),
    "e4": attrs.evolve(SERIAL, remote=True),
    "e5": ExecutorSpec(name="x", open=lambda workers, address: Remembering(), remote=False),
    "e6": ExecutorSpec(name="x", open=_never_closed, remote=False),
}


@pytest.mark.parametrize("law", EXECUTORS)
def test_a_wrong_executor_breaks_its_law(law):
    """Each law notices the executor that breaks it."""
    assert breaks(suite_of(ExecutorSuite, spec=EXECUTORS[law]), law)


# --- checks ------------------------------------------------------------------------


class TestBuiltInChecks(RiskCheckSuite):
    """The core's own checks."""

    def checks(self):
        return silog_risk_checks()


def finding(**changes):
    """Return a finding about the first station."""
    given = {
        "check": "late",
        "severity": Severity.WARN,
        "message": "late",
        "message_id": "terlambat",
        "fix": "go earlier",
        "fix_id": "berangkat lebih awal",
        "region": "12.01",
    }
    return Finding(**given | changes)


def check(run, **changes):
    """Return a check that answers so."""
    return Check(**{"name": "late", "run": run} | changes)


def _graver_with_slack(scenario, book, plan):
    """Complain loudly about trips that could leave after the morning of the day before."""
    late = [
        t
        for t in plan.trips
        if t.latest_depart_s > small_world().plan.trips[0].latest_depart_s
    ]
    return [
        finding(severity=Severity.BLOCK if len(late) == len(plan.trips) else Severity.INFO)
    ]


CHECKS = {
    "c1": [check(lambda s, b, p: [finding(voters=next(ticks))])],
    "c2": [check(lambda s, b, p: [finding()])],
    "c3": [check(lambda s, b, p: [finding(region="53")] if p.trips else [], scope="12")],
    "c4": [check(_graver_with_slack)],
    "c5": [check(lambda s, b, p: [])] * 2,
}


@pytest.mark.parametrize("law", CHECKS)
def test_a_wrong_check_breaks_its_law(law):
    """Each law notices the check that breaks it."""
    assert breaks(suite_of(RiskCheckSuite, checks=CHECKS[law]), law)


# --- mitigations -------------------------------------------------------------------


def one_more_truck(found, scenario, plan):
    """Propose to hire a truck."""
    truck = small_world().book.vehicle_rules()[0].vehicle
    more = FleetEntry(vehicle=truck, home="12.01", count=9)
    changed = attrs.evolve(scenario, fleet=(*scenario.fleet, more))
    return [proposal(changed)]


def proposal(scenario, **changes):
    """Return a proposal with that scenario."""
    given = {
        "mitigation": "one-more-truck",
        "message": "hire nine trucks",
        "message_id": "sewa sembilan truk",
        "cost_rupiah": 9_000_000,
    }
    return Proposal(scenario=scenario, **given | changes)


SOUND = Mitigation(name="one-more-truck", answers=("late",), propose=one_more_truck)
CASES = [(finding(), small_world())]


class TestMitigation(MitigationSuite):
    """A truck more."""

    def mitigation(self):
        return SOUND

    def cases(self):
        return CASES


def proposing(change):
    """Return a mitigation that changes the scenario so."""
    return attrs.evolve(
        SOUND, propose=lambda found, scenario, plan: [proposal(change(scenario))]
    )


def _without_stations(scenario):
    return attrs.evolve(scenario, places=tuple(p for p in scenario.places if not p.voters))


def _without_hub(scenario):
    """Hang the villages below nothing, so that no kit can reach a station."""
    return attrs.evolve(
        scenario, places=tuple(p for p in scenario.places if p.code != "12.01.01")
    )


MITIGATIONS = {
    "m1": attrs.evolve(SOUND, answers=()),
    "m2": attrs.evolve(SOUND, propose=lambda found, scenario, plan: []),
    "m3": proposing(_without_stations),
    "m4": proposing(lambda scenario: scenario),
    "m5": proposing(_without_hub),
}


@pytest.mark.parametrize("law", MITIGATIONS)
def test_a_wrong_mitigation_breaks_its_law(law):
    """Each law notices the mitigation that breaks it."""
    assert breaks(suite_of(MitigationSuite, mitigation=MITIGATIONS[law], cases=CASES), law)


# --- formats -----------------------------------------------------------------------


@cache
def _example():
    return json.dumps(to_wire(small_world().scenario)).encode()


def read_json(path):
    """Read a scenario from one JSON file."""
    try:
        return from_wire(type(small_world().scenario), json.loads(path.read_bytes()))
    except ValueError as wrong:
        raise FileFormatError(f"{path.name} is no scenario: {wrong}", "write one") from wrong


def write_json(plan, path):
    """Write a plan to one JSON file."""
    path.write_text(json.dumps(to_wire(plan)), encoding="utf-8")


IMPORTER = ImporterSpec(
    name="json",
    suffixes=(".json",),
    read=read_json,
    examples=lambda: [("small.json", _example())],
)
EXPORTER = ExporterSpec(name="json", suffixes=(".json",), write=write_json)


class TestImporter(ImporterSuite):
    """One JSON file."""

    def spec(self):
        return IMPORTER


class TestExporter(ExporterSuite):
    """One JSON file."""

    def spec(self):
        return EXPORTER


def _tired(path):
    return attrs.evolve(read_json(path), title=f"read {next(ticks)}")


def _crashing(path):
    return from_wire(type(small_world().scenario), json.loads(path.read_bytes()))


IMPORTERS = {
    "i1": attrs.evolve(IMPORTER, examples=tuple),
    "i2": attrs.evolve(IMPORTER, read=lambda path: small_world().plan),
    "i3": attrs.evolve(IMPORTER, read=_tired),
    "i4": attrs.evolve(IMPORTER, read=_crashing),
    "i5": attrs.evolve(IMPORTER, suffixes=("json",)),
}


@pytest.mark.parametrize("law", IMPORTERS)
def test_a_wrong_importer_breaks_its_law(law):
    """Each law notices the importer that breaks it."""
    assert breaks(suite_of(ImporterSuite, spec=IMPORTERS[law]), law)


def _needs_trips(plan, path):
    path.write_text(plan.trips[0].id, encoding="utf-8")


def _dated(plan, path):
    path.write_text(f"{plan.title} {next(ticks)}", encoding="utf-8")


def _two_files(plan, path):
    write_json(plan, path)
    path.with_suffix(".bak").write_text("", encoding="utf-8")


EXPORTERS = {
    "x1": attrs.evolve(EXPORTER, write=_needs_trips),
    "x2": attrs.evolve(EXPORTER, write=_dated),
    "x3": attrs.evolve(EXPORTER, write=_two_files),
    "x4": attrs.evolve(EXPORTER, suffixes=("json",)),
}


@pytest.mark.parametrize("law", EXPORTERS)
def test_a_wrong_exporter_breaks_its_law(law):
    """Each law notices the exporter that breaks it."""
    assert breaks(suite_of(ExporterSuite, spec=EXPORTERS[law]), law)


# --- sections ----------------------------------------------------------------------


def trips_section(plan, lang):
    """List the trips."""
    rows = [(trip.id, str(len(trip.stops))) for trip in plan.trips]
    return Section(
        title="Perjalanan" if lang == "id" else "Trips",
        paragraphs=() if rows else ("Tidak ada" if lang == "id" else "None",),
        tables=(Table(head=("id", "stops"), rows=rows),) if rows else (),
    )


SECTION = SectionSpec(name="trips", render=trips_section)


class TestSection(SectionSuite):
    """A list of trips."""

    def spec(self):
        return SECTION


def _changed(**how):
    def render(plan, lang):
        found = trips_section(plan, lang)
        return attrs.evolve(found, **{k: v(found) for k, v in how.items()})

    return attrs.evolve(SECTION, render=render)


SECTIONS = {
    "t1": _changed(title=lambda s: "Trips"),
    "t2": _changed(title=lambda s: f"Trips of {next(ticks)}"),
    "t3": _changed(tables=lambda s: [attrs.evolve(t, head=("id",)) for t in s.tables]),
    "t4": _changed(paragraphs=lambda s: ()),
}


@pytest.mark.parametrize("law", SECTIONS)
def test_a_wrong_section_breaks_its_law(law):
    """Each law notices the section that breaks it."""
    assert breaks(suite_of(SectionSuite, spec=SECTIONS[law]), law)
