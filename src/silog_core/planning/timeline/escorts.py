"""Escorts that trips share: which group goes with whom, and when one is free."""

from __future__ import annotations

from collections.abc import Iterable

import attrs

from silog_core.domain.escorts import pools_at
from silog_core.domain.plan import Trip
from silog_core.domain.scenario import Scenario
from silog_core.planning.roster import Roster, base_of
from silog_core.planning.timeline.clocks import Clock


@attrs.frozen(kw_only=True)
class Groups:
    """Groups of escorts of one name at one place, and the trips that each goes with."""

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
            key = (base_of_trip(scenario, trip), name)
            if key not in there:
                region = scenario.by_code[key[0]].region
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


def base_of_trip(scenario: Scenario, trip: Trip) -> str:
    """Return the place whose escorts ride along: of goods in bulk, where they leave."""
    if trip.echelon == "line-haul":
        return trip.home
    return base_of(scenario, scenario.by_code[trip.home]).code


class FreeGroups:
    """Groups of escorts that go with whoever needs one next, whatever was planned."""

    def __init__(self, scenario: Scenario, groups: Iterable[Groups]) -> None:
        """Take all groups, of whom nobody is out yet."""
        self._scenario = scenario
        counts: dict[str, dict[str, int]] = {}
        for one in groups:
            counts.setdefault(one.base, {})[one.name] = one.count
        self._rosters = {base: Roster(count) for base, count in counts.items()}
        self._back: dict[tuple[str, int], str] = {}

    def take(self, trip: Trip, times: tuple[int, ...]) -> None:
        """Let a group of each name go with a trip at some times."""
        base = base_of_trip(self._scenario, trip)
        self._rosters[base].take(trip.escorts, times[0], times[-1])
        self._back[base, times[-1]] = trip.id

    def hinders(self, trip: Trip, times: tuple[int, ...]) -> tuple[int, str] | None:
        """Return when the first is back who is missing for a trip, and from which trip.

        None when a group of each name is free for the whole trip.
        """
        base = base_of_trip(self._scenario, trip)
        away = self._rosters[base].busy(trip.escorts, times[0], times[-1])
        if not away:
            return None
        back_s = min(until_s for _, until_s in away)
        return back_s, self._back[base, back_s]

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
