"""Time under way: legs take as long as given, and drivers of the line haul rest at night."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from silog_core.domain.calendar import DAY_S
from silog_core.domain.legs import Leg, Mode
from silog_core.domain.plan import Plan, Trip
from silog_core.domain.scenario import Scenario
from silog_core.domain.violations import Violation

#: Modes whose drivers stop for the night wherever they are.
_BY_LAND = {Mode.ROAD, Mode.MOTORCYCLE, Mode.HORSE, Mode.FOOT}
_Given = dict[tuple[str, str, str], int]


def check_driving(scenario: Scenario, plan: Plan) -> Iterator[Violation]:
    """Yield trips of the line haul that are faster than their legs, or drive all night."""
    given = _given(scenario.legs)
    own = {(e.home, e.vehicle.type): e.vehicle for e in scenario.fleet}
    types = {v.type: v for v in plan.vehicles}
    for trip in (*plan.trips, *plan.revote_trips):
        if trip.echelon != "line-haul":
            continue
        yield from _times(trip, given)
        vehicle = own.get((trip.home, trip.vehicle)) or types.get(trip.vehicle)
        if vehicle is None or trip.mode not in _BY_LAND:
            continue
        driving_s = sum(_driving(trip, given))
        day = scenario.handling.first_hour, scenario.handling.last_hour
        room_s = _room_s(trip.depart_s, trip.back_s, day, vehicle.hours_per_day)
        if driving_s > room_s:
            yield Violation(
                code="no-rest",
                where=trip.id,
                text=f"drives {driving_s} s, a {vehicle.type} has {room_s} s in these days",
            )


def _given(legs: tuple[Leg, ...]) -> _Given:
    """Return the shortest time of each given leg, and of the way back where none is."""
    found: _Given = {}
    for leg in legs:
        found[leg.key] = min(found.get(leg.key, leg.travel_s), leg.travel_s)
    for (tail, head, mode), travel_s in list(found.items()):
        found.setdefault((head, tail, mode), travel_s)
    return found


def _hops(trip: Trip) -> Iterator[tuple[tuple[str, ...], int]]:
    """Yield the places of each hop, and the time that it takes; the way home comes last."""
    at, left = trip.home, trip.depart_s
    there: list[str] = [at]
    for stop in trip.stops:
        hop = (at, *stop.via, stop.place)
        there += hop[1:]
        yield hop, stop.arrive_s - left
        at, left = stop.place, stop.depart_s
    yield tuple(reversed(there)), trip.back_s - left


def _driving(trip: Trip, given: _Given) -> Iterator[int]:
    for hop, _ in _hops(trip):
        yield sum(given.get((a, b, trip.mode.value), 0) for a, b in pairwise(hop))


def _times(trip: Trip, given: _Given) -> Iterator[Violation]:
    for (hop, taken_s), least_s in zip(_hops(trip), _driving(trip, given), strict=True):
        if taken_s < least_s:
            yield Violation(
                code="too-fast",
                where=trip.id,
                text=f"{hop[0]} to {hop[-1]} by {trip.mode.value} in {taken_s} s, its legs"
                f" take {least_s} s",
            )


def _room_s(from_s: int, until_s: int, day: tuple[int, int], most_h: int) -> int:
    """Return the time in which a driver may drive, in the working day and his own [s]."""
    return sum(
        max(
            0,
            min(
                most_h * 3600,
                min(until_s, at + day[1] * 3600) - max(from_s, at + day[0] * 3600),
            ),
        )
        for at in range(from_s // DAY_S * DAY_S, until_s + 1, DAY_S)
    )
