"""Escorts of one warehouse: who is out with which trip, and when one is free."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import attrs

from silog_core.domain.escorts import EscortPool, pools_at
from silog_core.domain.places import Place, PlaceKind
from silog_core.domain.plan import Trip
from silog_core.domain.scenario import Scenario


def pools_of(scenario: Scenario, place: Place) -> Mapping[str, EscortPool]:
    """Return the escorts of the warehouse that a place hangs below, by name."""
    if not scenario.escorts:
        return {}
    return pools_at(scenario.escorts, base_of(scenario, place).region)


def base_of(scenario: Scenario, place: Place) -> Place:
    """Return the warehouse that a place hangs below, or the place itself."""
    at: Place | None = place
    for _ in PlaceKind:  # no chain of hand-overs is longer
        if at is None or at.kind is PlaceKind.WAREHOUSE:
            break
        at = scenario.by_code.get(at.parent)
    return at or place


def rides_from(scenario: Scenario, home: str, echelon: str) -> str:
    """Return the place whose escorts ride along on trips of a home.

    Of goods in bulk that is where they leave, of kits the warehouse above.
    """
    if echelon == "line-haul":
        return home
    return base_of(scenario, scenario.by_code[home]).code


def owner_of(scenario: Scenario, base: str, name: str) -> str:
    """Return whose escorts of a name a place has: its own, or those of a region."""
    pool = pools_at(scenario.escorts, scenario.by_code[base].region).get(name)
    return base if pool is None else pool.owner(base)


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

    def become(self, other: Roster) -> None:
        """Take over who is out with which trips."""
        self._out = other._out

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


@attrs.define(kw_only=True)
class HaulRosters:
    """Rosters of suppliers, ports and warehouses, for what leaves them in bulk.

    A warehouse has one roster for its line haul and for the trips of its area.
    """

    scenario: Scenario
    #: Trips below the warehouses, whose escorts are out already.
    below: Sequence[Trip] = ()
    _known: dict[str, Roster] = attrs.field(factory=dict)
    #: Owner and name to who is out when; rosters that share people share the list.
    _out: dict[tuple[str, str], list[tuple[int, int]]] = attrs.field(factory=dict)

    def __attrs_post_init__(self) -> None:
        for trip in self.below:
            if trip.escorts:
                base = base_of(self.scenario, self.scenario.by_code[trip.home])
                for name in trip.escorts:
                    owner = owner_of(self.scenario, base.code, name)
                    span = (trip.depart_s, trip.back_s)
                    self._out.setdefault((owner, name), []).append(span)

    def asked(self, home: str, heads: Iterable[str]) -> tuple[str, ...]:
        """Return who rides along from a home to some places, sorted."""
        if not self.scenario.escorts:
            return ()
        by_code = self.scenario.by_code
        pools = pools_at(self.scenario.escorts, by_code[home].region)
        return asked_for(pools, "line-haul", (by_code[head] for head in heads))

    def twin(self) -> HaulRosters:
        """Return rosters on which the same people are out."""
        out = {key: list(trips) for key, trips in self._out.items()}
        return HaulRosters(scenario=self.scenario, out=out)

    def at(self, home: str) -> Roster:
        """Return the roster of a home."""
        if home not in self._known:
            pools = pools_at(self.scenario.escorts, self.scenario.by_code[home].region)
            self._known[home] = Roster(
                {name: pool.count for name, pool in pools.items()},
                {
                    name: self._out.setdefault((pool.owner(home), name), [])
                    for name, pool in pools.items()
                },
            )
        return self._known[home]
