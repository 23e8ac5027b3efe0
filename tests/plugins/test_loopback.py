"""One plugin that wraps the built-ins and answers every hook: nothing is lost on the way."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path

import click
import pytest

from rule_making import closure, day_off, limit, rate, speed
from silog_core.domain.elections import ElectionKind
from silog_core.plugins import Manifest
from silog_core.plugins.facade import PluginHost
from silog_core.plugins.markers import SPECS
from silog_core.ports.check import Check, Mitigation, Validator
from silog_core.ports.executor import ExecutorSpec
from silog_core.ports.formats import ExporterSpec, ImporterSpec
from silog_core.ports.section import Section, SectionSpec
from silog_core.ports.solvers import AllocationSolverSpec, RoutingSolverSpec
from silog_core.ports.store import StoreSpec
from silog_core.session import Session
from silog_core.solvers.allocation import solve_allocation
from silog_core.solvers.routing import ruin_recreate
from silog_core.storage import open_memory
from silog_core.testing import plugin_module, small_world

ANSWERS = {
    "silog_needs_rules": [rate()],
    "silog_calendars": [day_off()],
    "silog_leg_speeds": [speed()],
    "silog_leg_closures": [closure()],
    "silog_vehicle_limits": [limit(max_payload_g=1)],
    "silog_validators": [Validator(name="loop", run=lambda scenario, book: [])],
    "silog_risk_checks": [Check(name="loop", run=lambda scenario, book, plan: [])],
    "silog_mitigations": [
        Mitigation(name="loop", answers=("x",), propose=lambda found, scenario, plan: [])
    ],
    "silog_stores": [StoreSpec(name="loop", open=open_memory)],
    "silog_allocation_solvers": [AllocationSolverSpec(name="loop", solve=solve_allocation)],
    "silog_routing_solvers": [RoutingSolverSpec(name="loop", solve=ruin_recreate)],
    "silog_executors": [
        ExecutorSpec(
            name="loop",
            open=lambda workers, address: ThreadPoolExecutor(workers),
            remote=False,
        )
    ],
    "silog_importers": [
        ImporterSpec(
            name="loop", suffixes=(".loop",), read=lambda path: small_world().scenario
        )
    ],
    "silog_exporters": [
        ExporterSpec(
            name="loop",
            suffixes=(".loop",),
            write=lambda plan, path: path.write_text(plan.title, encoding="utf-8"),
        )
    ],
    "silog_report_sections": [
        SectionSpec(name="loop", render=lambda plan, lang: Section(title=plan.title))
    ],
}
GIVEN = {"election": ElectionKind.PILKADA, "year": 2024}


def add_command(cli):
    """Add a command, as plugins do."""
    cli.add_command(click.Command("loop"))


LOOP = plugin_module(
    "ID",
    name="loop",
    silog_manifest=lambda: Manifest(title="Loop", regions=("ID",)),
    silog_cli_commands=add_command,
    **ANSWERS,
)


@pytest.mark.parametrize("hook", sorted(ANSWERS))
def test_every_answer_comes_through(hook):
    """What the plugin gives is what the typed method returns, with its author or name."""
    host = PluginHost()
    host.register(LOOP, name="plugin.loop")
    arguments = [GIVEN[name] for name in SPECS[hook].arguments]
    found = getattr(host, hook.removeprefix("silog_"))(*arguments)

    (given,) = ANSWERS[hook]
    expected = {
        dict: {"loop": given},
        tuple: (given,) if SPECS[hook].combine.value == "named" else (("plugin.loop", given),),
    }
    assert expected[type(found)] == found
    assert () == host.failures


def test_no_hook_is_left_out():
    """The loop answers all that there is to answer."""
    assert set(SPECS) == {*ANSWERS, "silog_manifest", "silog_cli_commands"}


def test_what_was_chosen_is_what_runs():
    """Solvers and executor by name: the same plan as the built-ins', in other hands."""
    rules = small_world().book.entries
    nation = plugin_module(
        "ID",
        silog_needs_rules=[e.rule for e in rules if e.rule.kind in ("needs", "item")],
        silog_leg_speeds=[e.rule for e in rules if e.rule.kind in ("speed", "access")],
        silog_vehicle_limits=[e.rule for e in rules if e.rule.kind == "vehicle"],
    )
    kinds = ("allocation_solvers", "routing_solvers", "executors", "stores")
    loop = plugin_module(
        name="loop", **{f"silog_{kind}": ANSWERS[f"silog_{kind}"] for kind in kinds}
    )
    session = Session(plugins=[("region.ID", nation), ("plugin.loop", loop)])
    scenario = small_world().scenario
    ours = session.plan(scenario, seconds=1)
    theirs = session.plan(
        scenario,
        seconds=1,
        workers=2,
        executor="loop",
        allocation_solver="loop",
        routing_solver="loop",
    )

    assert (ours.trips, ours.allocation.lines) == (theirs.trips, theirs.allocation.lines)
    with session.open_store("loop:") as store:
        assert 1 == store.append("boxes", [b"packed"], after=0)


def test_formats_and_sections_do_their_work(tmp_path: Path):
    """A reader reads, a writer writes, a section renders, a command is there."""
    host = PluginHost()
    host.register(LOOP, name="plugin.loop")
    plan = small_world().plan
    host.exporters()["loop"].writer()(plan, tmp_path / "x.loop")
    group = click.Group()
    host.cli_commands(group)

    assert plan.title == (tmp_path / "x.loop").read_text(encoding="utf-8")
    assert small_world().scenario == host.importers()["loop"].reader()(tmp_path / "x.loop")
    assert plan.title == host.report_sections()[0].rendered(plan, "id").title
    assert ["loop"] == list(group.commands)
    assert date(2024, 11, 26) == host.calendars(2024)[0][1].day
