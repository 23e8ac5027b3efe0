"""Who is free when: vehicles and escorts that are few go on one trip after the other."""

from __future__ import annotations

from collections.abc import Iterable

import attrs

from silog_core.domain.incidents import Incident, VehicleLost
from silog_core.domain.plan import Trip
from silog_core.domain.scenario import Scenario
from silog_core.planning.replanning.guards import Guards


@attrs.define
class Fleet:
    """Vehicles in use: by home, type and number, when they are away."""

    #: How many there are at a home; a type that is not in it is hired.
    counts: dict[tuple[str, str], int]
    lost: dict[tuple[str, str], str]
    #: Who rides along.
    guards: Guards
    _away: dict[tuple[str, str, int], dict[str, tuple[int, int]]] = attrs.field(factory=dict)

    @classmethod
    def of(
        cls, scenario: Scenario, incidents: Iterable[Incident], trips: Iterable[Trip]
    ) -> Fleet:
        """Return the fleet of a scenario whose lost vehicles are already taken off."""
        incidents = tuple(incidents)
        lost = {(i.home, i.type): i.id for i in incidents if isinstance(i, VehicleLost)}
        counts = {
            (e.home, e.vehicle.type): e.count for e in scenario.fleet if e.count is not None
        }
        for one in incidents:
            if isinstance(one, VehicleLost) and one.count is None:
                counts[(one.home, one.type)] = 0
        fleet = cls(counts, lost, Guards(scenario))
        for trip in trips:
            fleet.take(trip)
        return fleet

    def take(self, trip: Trip) -> None:
        """Note that a trip keeps its vehicle and its escorts away from home."""
        key = (trip.home, trip.vehicle, trip.unit)
        self._away.setdefault(key, {})[trip.id] = (trip.depart_s, trip.back_s)
        self.guards.take(trip)

    def release(self, trip: Trip) -> None:
        """Take that back."""
        self._away.get((trip.home, trip.vehicle, trip.unit), {}).pop(trip.id, None)
        self.guards.release(trip)

    def gone(self, trip: Trip) -> str:
        """Return the incident that took the vehicle of a trip, or an empty text."""
        key = (trip.home, trip.vehicle)
        return self.lost.get(key, "") if trip.unit > self.counts.get(key, 10**9) else ""

    def unit(
        self,
        home: str,
        kind: str,
        depart_s: int,
        back_s: int,
        *,
        first: int = 1,
        echelon: str = "line-haul",
        escorts: tuple[str, ...] = (),
    ) -> int | None:
        """Return a vehicle that is free all the time, *first* if it is.

        None where there is none, or where somebody who has to ride along is out.
        """
        if escorts and self.guards.busy(
            self.guards.base(home, echelon), escorts, depart_s, back_s
        ):
            return None
        count = self.counts.get((home, kind))
        if count is None:
            return 1
        for unit in sorted(range(1, count + 1), key=lambda u: (u != first, u)):
            away = self._away.get((home, kind, unit), {}).values()
            if all(back <= depart_s or back_s <= left for left, back in away):
                return unit
        return None
