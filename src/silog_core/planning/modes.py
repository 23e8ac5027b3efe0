"""How a place below the warehouse is reached: the modes that are possible, weighed."""

from __future__ import annotations

from collections.abc import Set as AbstractSet

import attrs

from silog_core.domain.legs import Mode
from silog_core.domain.places import Place, PlaceKind
from silog_core.domain.scenario import Scenario
from silog_core.network.travel import Travel
from silog_core.planning.rides import Group, Ride, rides_of, way_of_home
from silog_core.rules.book import RuleBook

#: Home, place and mode that have been tried in vain.
Barred = AbstractSet[tuple[str, str, Mode]]


@attrs.frozen(kw_only=True)
class Modes:
    """Weighs the modes between a home and the places that it supplies."""

    scenario: Scenario
    book: RuleBook
    travel: Travel

    def possible(self, home: Place, place: Place) -> tuple[tuple[Mode, str], ...]:
        """Return modes with their surfaces: that of the region's rule, then given legs'.

        From a landing only given legs count, where there are any: it is there because the
        usual mode ends.
        """
        access = self.book.access(place.kind, place.region)
        usual = (access.mode, access.surface) if access else (Mode.ROAD, "")
        given = self.travel.modes(home.code, place.code)
        if not given or given == (usual[0],):
            return (usual,)
        if home.kind is PlaceKind.LANDING:
            return tuple((mode, usual[1] if mode is usual[0] else "") for mode in given)
        return (usual, *((mode, "") for mode in given if mode is not usual[0]))

    def group(self, home: Place, place: Place, barred: Barred = frozenset()) -> Group:
        """Return the vehicles that serve a place: the cheapest mode for one trip there.

        A mode without a way or a vehicle is passed over, as is one that is *barred*;
        where none is left, it is the usual one, and the plan says what it lacks.
        """
        possible = self.possible(home, place)
        if len(possible) == 1:
            return self._group(home, place, *possible[0])
        left = [m for m in possible if (home.code, place.code, m[0]) not in barred]
        weighed = [
            (price, number, group)
            for number, (mode, surface) in enumerate(left)
            for group in [self._group(home, place, mode, surface)]
            if (price := self._price(home, place, group)) is not None
        ]
        return min(weighed)[2] if weighed else self._group(home, place, *possible[0])

    def others(self, home: Place, place: Place, barred: Barred) -> bool:
        """Say whether some mode to a place is not barred."""
        return any(
            (home.code, place.code, mode) not in barred
            for mode, _ in self.possible(home, place)
        )

    def _group(self, home: Place, place: Place, mode: Mode, surface: str) -> Group:
        # A vehicle obeys the limits at both ends of its way.
        limit = self.book.vehicle_limit(mode, home.region, place.region)
        return Group(kind=place.kind, mode=mode, surface=surface, limit=limit)

    def _price(self, home: Place, place: Place, group: Group) -> tuple[int, int] | None:
        """Return what one trip there and back costs [rupiah] and takes [s]."""
        rides: tuple[Ride, ...] = rides_of(self.scenario, self.book, home, group)
        way = way_of_home(self.travel, home, home, place, group.mode, group.surface)
        if way is None or not rides:
            return None
        km = -(-2 * way.length_m // 1000)
        cost = min(
            r.vehicle.fixed_cost_rupiah + km * r.vehicle.cost_per_km_rupiah for r in rides
        )
        return cost, way.travel_s
