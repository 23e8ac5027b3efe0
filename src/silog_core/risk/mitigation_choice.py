"""Which changes to try against delay: where it is worst, from here and from plugins."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from silog_core.domain.places import PlaceKind
from silog_core.domain.plan import Plan
from silog_core.domain.regions import as_region
from silog_core.domain.scenario import Scenario
from silog_core.domain.simulation import Simulation
from silog_core.ports.check import Mitigation, Proposal
from silog_core.risk.mitigate import proposals_for
from silog_core.risk.mitigation_options import depart_earlier, lend_vehicles, prepared
from silog_core.risk.unlikely import unlikely

#: Days earlier that are tried.
_EARLIER = (1, 2)


def worst_regencies(odds: Simulation, count: int) -> tuple[str, ...]:
    """Return regencies with late stations, those with most voters late first.

    Example:
        >>> from silog_core.risk.simulate import simulate
        >>> from silog_core.testing.worlds import small_world
        >>> worst_regencies(simulate(small_world().plan, draws=500), 1)
        ('12.01',)
    """
    late = [r for r in odds.regencies if r.late_stations_milli]
    late.sort(key=lambda r: (-r.late_voters_milli, r.regency))
    return tuple(r.regency for r in late[:count])


def proposals_against_delay(
    scenario: Scenario,
    plan: Plan,
    odds: Simulation,
    *,
    regencies: Sequence[str],
    mitigations: Iterable[Mitigation] = (),
) -> tuple[Proposal, ...]:
    """Return what may help some regencies: of this package, then of plugins.

    Args:
        scenario: What was planned for.
        plan: The plan as it is.
        odds: Its simulation; a regency with unlikely stations is a finding too.
        regencies: Codes of the regencies to help.
        mitigations: Mitigations of plugins; they are asked about the findings of the plan
            and of the simulation that lie in these regencies.

    Returns:
        Each change once, though several propose it.

    Example:
        >>> from silog_core.risk.simulate import simulate
        >>> from silog_core.testing.worlds import small_world
        >>> world = small_world()
        >>> odds = simulate(world.plan, scenario=world.scenario, draws=100)
        >>> found = proposals_against_delay(
        ...     world.scenario, world.plan, odds, regencies=["12.01"]
        ... )
        >>> [p.mitigation for p in found][-1]
        'depart-earlier'
    """
    homes = {str(p.region): p.code for p in scenario.of_kind(PlaceKind.WAREHOUSE)}
    found: list[Proposal] = []
    for regency in regencies:
        found += prepared(scenario, regency)
        if regency in homes:
            home = homes[regency]
            earlier = (depart_earlier(scenario, plan, home, days=d) for d in _EARLIER)
            found += [p for p in earlier if p.changes(scenario, plan)]
            found += lend_vehicles(scenario, home)
    regions = [as_region(code) for code in regencies]
    findings = [
        finding
        for finding in (*plan.findings, *unlikely(scenario, odds))
        if any(region.covers(finding.region) for region in regions)
    ]
    found += proposals_for(mitigations, findings, scenario, plan)
    known: dict[tuple[str, str], Proposal] = {}
    for proposal in found:
        known.setdefault((proposal.mitigation, proposal.message), proposal)
    return tuple(known.values())
