"""Escorts of one warehouse: who is out with which trip, and when one is free."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import attrs

from silog_core.domain.escorts import EscortPool, pools_at
from silog_core.domain.places import Place, PlaceKind
from silog_core.domain.scenario import Scenario


def pools_of(scenario: Scenario, place: Place) -> Mapping[str, EscortPool]:
    """Return the escorts of the warehouse that a place hangs below, by name."""
    if not scenario.escorts:
        return {}
    at: Place | None = place
    for _ in PlaceKind:  # no chain of hand-overs is longer
        if at is None or at.kind is PlaceKind.WAREHOUSE:
            break
        at = scenario.by_code.get(at.parent)
    return pools_at(scenario.escorts, (at or place).region)


def asked_for(
    pools: Mapping[str, EscortPool], echelon: str, places: Iterable[Place]
) -> tuple[str, ...]:
    """Return who rides along on a trip out to some places, sorted."""
    always = {pool.name for pool in pools.values() if echelon in pool.on}
    return tuple(sorted(always.union(*(place.escorts for place in places))))


@attrs.define
class Roster:
    """Who is out when; trips of all levels of a warehouse share its escorts."""

    #: How many there are of each name.
    count: Mapping[str, int]
    _out: dict[str, list[tuple[int, int]]] = attrs.field(factory=dict)

    def busy(self, names: Iterable[str], leaves_s: int, back_s: int) -> list[tuple[int, int]]:
        """Return the trips that keep somebody from riding along, as (leaves, back) [s].

        Empty when there is one of each name for the whole time.
        """
        found: list[tuple[int, int]] = []
        for name in names:
            others = [t for t in self._out.get(name, ()) if t[0] < back_s and leaves_s < t[1]]
            # Most are out when somebody has just left.
            starts = [leaves_s, *(a for a, _ in others if a > leaves_s)]
            most = max(sum(a <= at < b for a, b in others) for at in starts)
            if most >= self.count.get(name, 0):
                found += others
        return found

    def can(self, names: Iterable[str]) -> bool:
        """Return whether there is anybody of each name at all."""
        return all(self.count.get(name, 0) > 0 for name in names)

    def take(self, names: Iterable[str], leaves_s: int, back_s: int) -> None:
        """Let one of each name ride along on a trip."""
        for name in names:
            self._out.setdefault(name, []).append((leaves_s, back_s))


def roster_of(scenario: Scenario, warehouse: Place) -> Roster:
    """Return the roster of a warehouse on which nobody is out yet."""
    pools = pools_of(scenario, warehouse)
    return Roster({name: pool.count for name, pool in pools.items()})
