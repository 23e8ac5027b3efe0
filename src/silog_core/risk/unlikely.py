"""Findings of a simulation: regencies with stations that are not likely enough on time."""

from __future__ import annotations

from collections.abc import Iterator

from silog_core.domain.findings import Finding, Severity
from silog_core.domain.places import PlaceKind
from silog_core.domain.scenario import Scenario
from silog_core.domain.shocks import ShockModel
from silog_core.domain.simulation import Simulation
from silog_core.risk.finding_texts import say
from silog_core.risk.shock_table import default_shocks


def unlikely(
    scenario: Scenario,
    found: Simulation,
    *,
    below_ppm: int = 995_000,
    model: ShockModel | None = None,
) -> Iterator[Finding]:
    """Yield a finding for each regency with stations below a chance, for mitigations.

    Args:
        scenario: Names the warehouse at which each finding is placed.
        found: The simulation.
        below_ppm: Chance that a station should have at least [per million].
        model: The model it was made with, for the titles of its shocks.
    """
    titles = {s.name: (s.title, s.title_id) for s in (model or default_shocks()).shocks}
    warehouses = {str(p.region): p for p in reversed(scenario.of_kind(PlaceKind.WAREHOUSE))}
    for regency in found.regencies:
        weak = [
            s
            for s in found.stations
            if s.regency == regency.regency and s.on_time_ppm < below_ppm
        ]
        if not weak:
            continue
        name = regency.causes[0].shock
        cause, cause_id = titles.get(name, ("the plan itself", "rencana itu sendiri"))
        yield say(
            "unlikely-on-time", Severity.WARN, warehouses.get(regency.regency),
            voters=sum(s.voters for s in weak), stations=len(weak), count=len(weak),
            share=f"{below_ppm / 10_000:g} %", cause=cause, cause_id=cause_id,
        )  # fmt: skip
