"""Escorts that warehouses share: who plans first, and who is out for the others."""

from __future__ import annotations

from collections.abc import Iterable

from silog_core.domain.escorts import pools_at
from silog_core.domain.places import Place
from silog_core.domain.plan import Trip
from silog_core.domain.scenario import Scenario
from silog_core.planning.priorities import ranks_above

#: Somebody who is out for another warehouse: name, from when until when [s].
Lent = tuple[str, int, int]


def sharing(scenario: Scenario, warehouses: Iterable[Place]) -> list[Place]:
    """Return the warehouses that share escorts, those of the highest priority first."""
    if not any(pool.shared for pool in scenario.escorts):
        return []
    ranks = ranks_above(scenario)
    found = [
        place
        for place in warehouses
        if any(p.shared for p in pools_at(scenario.escorts, place.region).values())
    ]
    return sorted(found, key=lambda p: (-ranks.get(p.code, 0), p.code))


def lent(
    scenario: Scenario, warehouse: Place, others: Iterable[tuple[Place, Iterable[Trip]]]
) -> tuple[Lent, ...]:
    """Return who of the people that a warehouse shares is out for others.

    Args:
        scenario: Places and escorts.
        warehouse: Whose trips are planned next.
        others: Warehouses that are planned already, each with the trips of its area.
    """
    pools = pools_at(scenario.escorts, warehouse.region)
    owners = {(p.owner(warehouse.code), name) for name, p in pools.items() if p.shared}
    found: list[Lent] = []
    for other, trips in others:
        theirs = pools_at(scenario.escorts, other.region)
        names = {
            name
            for name, pool in theirs.items()
            if pool.shared and (pool.owner(other.code), name) in owners
        }
        found += [
            (name, trip.depart_s, trip.back_s)
            for trip in trips
            for name in trip.escorts
            if name in names
        ]
    return tuple(found)
