"""Answers to stations that are unlikely to have everything on time."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial

from silog_core.domain.findings import Finding
from silog_core.domain.places import Place, PlaceKind
from silog_core.domain.plan import Plan
from silog_core.domain.scenario import Scenario
from silog_core.errors import RiskError
from silog_core.ports.check import Mitigation, Proposal
from silog_core.risk import mitigation_options as options

#: Checks whose findings say that something may come late.
LATE = ("late-stop", "unlikely-on-time")
#: What can be prepared, and the findings that it answers.
_PREPARED = {
    "alternative-route": ("single-way-in", "unlikely-on-time"),
    "spare-vehicle": ("unlikely-on-time",),
    "one-more-boat": ("unlikely-on-time",),
    "pre-positioned-reserve": ("single-way-in", "unlikely-on-time"),
    "second-site": ("unlikely-on-time",),
    "second-shift": ("late-stage", "unlikely-on-time"),
}


def against_delay() -> list[Mitigation]:
    """Return all of this module, by name."""
    return [
        Mitigation(name="depart-earlier", answers=LATE, propose=_earlier),
        Mitigation(name="lend-from-neighbour", answers=(*LATE, "not-carried"), propose=_lend),
        Mitigation(name="second-warehouse", answers=("unlikely-on-time",), propose=_second),
        *(
            Mitigation(name=name, answers=answers, propose=_preparing(name))
            for name, answers in _PREPARED.items()
        ),
    ]


def _preparing(name: str) -> Callable[[Finding, Scenario, Plan], Iterator[Proposal]]:
    return partial(_prepare, name)


def _prepare(
    name: str, finding: Finding, scenario: Scenario, plan: Plan
) -> Iterator[Proposal]:
    del plan
    region = finding.region.at("regency") if finding.region.depth > 1 else finding.region
    yield from (p for p in options.prepared(scenario, region) if p.mitigation == name)


def _earlier(finding: Finding, scenario: Scenario, plan: Plan) -> Iterator[Proposal]:
    warehouse = _warehouse(finding, scenario)
    if warehouse:
        yield options.depart_earlier(scenario, plan, warehouse)


def _lend(finding: Finding, scenario: Scenario, plan: Plan) -> Iterator[Proposal]:
    del plan
    warehouse = _warehouse(finding, scenario)
    if warehouse:
        yield from options.lend_vehicles(scenario, warehouse)


def _second(finding: Finding, scenario: Scenario, plan: Plan) -> Iterator[Proposal]:
    del plan
    warehouse = _warehouse(finding, scenario)
    if warehouse:
        try:
            yield options.second_warehouse(scenario, warehouse)
        except RiskError:
            return  # a single hub cannot be shared out


def _warehouse(finding: Finding, scenario: Scenario) -> str:
    at: Place | None = scenario.by_code.get(finding.place)
    while at is not None and at.kind is not PlaceKind.WAREHOUSE:
        at = scenario.by_code.get(at.parent)
    return at.code if at else ""
