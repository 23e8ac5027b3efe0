"""Escorts that trips share: which group goes with whom, and when one is free."""

from __future__ import annotations

from collections.abc import Iterable

import attrs

from silog_core.domain.escorts import pools_at
from silog_core.domain.plan import Trip
from silog_core.domain.scenario import Scenario
from silog_core.planning.roster import Roster, owner_of, rides_from
from silog_core.planning.timeline.clocks import Clock


@attrs.frozen(kw_only=True)
class Groups:
    """Groups of escorts of one name and owner, and the trips that each goes with."""

    #: Place or region that they are of.
    base: str
    name: str
    #: How many there are; as many as a plan takes, should it take more.
    count: int
    #: Ids of trips, for each group that goes anywhere, in their order.
    chains: tuple[tuple[str, ...], ...]


def groups_of(scenario: Scenario, trips: Iterable[Trip], more: str = "") -> tuple[Groups, ...]:
    """Return who goes with which trips as planned: who has been home longest goes next.

    Args:
        scenario: Who has how many escorts.
        trips: Trips with their planned times.
        more: Name of those of whom there shall be one group more.
    """
    found: dict[tuple[str, str], list[list[Trip]]] = {}
    there: dict[tuple[str, str], int] = {}
    for trip in sorted(trips, key=lambda t: (t.depart_s, t.back_s, t.id)):
        for name in trip.escorts:
            base = rides_from(scenario, trip.home, trip.echelon)
            key = (owner_of(scenario, base, name), name)
            if key not in there:
                region = scenario.by_code[base].region
                pool = pools_at(scenario.escorts, region).get(name)
                there[key] = (pool.count if pool else 0) + (name == more)
            own = found.setdefault(key, [])
            home = min(own, key=lambda g: g[-1].back_s, default=[])
            if home and len(own) >= there[key] and home[-1].back_s <= trip.depart_s:
                home.append(trip)
            else:
                own.append([trip])
    return tuple(
        Groups(
            base=base, name=name, count=max(there[base, name], len(own)),
            chains=tuple(tuple(trip.id for trip in chain) for chain in own),
        )
        for (base, name), own in sorted(found.items())
    )  # fmt: skip


class FreeGroups:
    """Groups of escorts that go with whoever needs one next, whatever was planned."""

    def __init__(self, scenario: Scenario, groups: Iterable[Groups]) -> None:
        """Take all groups, of whom nobody is out yet."""
        self._scenario = scenario
        self._rosters = {(g.base, g.name): Roster({g.name: g.count}) for g in groups}
        self._back: dict[tuple[str, str, int], str] = {}

    def take(self, trip: Trip, times: tuple[int, ...]) -> None:
        """Let a group of each name go with a trip at some times."""
        for key in self._keys(trip):
            self._rosters[key].take((key[1],), times[0], times[-1])
            self._back[*key, times[-1]] = trip.id

    def hinders(self, trip: Trip, times: tuple[int, ...]) -> tuple[int, str] | None:
        """Return when the first is back who is missing for a trip, and from which trip.

        None when a group of each name is free for the whole trip.
        """
        away = [
            (until_s, key)
            for key in self._keys(trip)
            for _, until_s in self._rosters[key].busy((key[1],), times[0], times[-1])
        ]
        if not away:
            return None
        back_s, key = min(away)
        return back_s, self._back[*key, back_s]

    def _keys(self, trip: Trip) -> list[tuple[str, str]]:
        base = rides_from(self._scenario, trip.home, trip.echelon)
        return [(owner_of(self._scenario, base, name), name) for name in trip.escorts]

    def go(
        self, trip: Trip, clock: Clock, times: tuple[int, ...] | None
    ) -> tuple[tuple[int, ...] | None, str]:
        """Return a trip's first times from some on at which groups are free, and take them.

        Also returns the trip that it waits for, or nothing.
        """
        waits = ""
        while times is not None and (away := self.hinders(trip, times)) is not None:
            waits = away[1]
            times = clock.run(away[0])
        if times is not None:
            self.take(trip, times)
        return times, waits
