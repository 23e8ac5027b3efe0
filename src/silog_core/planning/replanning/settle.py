"""Trips in bulk that wait: each leaves on the first day on which its goods are there."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import TYPE_CHECKING

import attrs

from silog_core.domain.calendar import DAY_S
from silog_core.domain.demand import Commodity
from silog_core.domain.plan import Supply, Trip

if TYPE_CHECKING:
    from silog_core.planning.replanning.state import State

#: A blocked trip waits so many days at most.
_MOST_DAYS = 40
#: Place that goods lie at, place that they are for, and what they are.
_Pile = tuple[str, str, Commodity]


def settle(state: State, lines: Sequence[Supply], because: dict[str, str]) -> None:
    """Move trips that would leave before their goods have come, until none is left.

    A trip that goes later carries others' goods too, and what takes those on has to wait.

    Args:
        state: Trips.
        lines: Lines of the allocation; where they begin, goods need not come first.
        because: Trips that moved, with the incident; it grows by those that move now.
    """
    begin = {(x.from_place, x.to, x.commodity) for x in lines}
    turn_s = state.scenario.handling.turnround_s
    while True:
        hauls = [t for t in state.trips.values() if t.echelon == "line-haul"]
        came: dict[_Pile, list[tuple[int, int, str]]] = {}
        for trip in hauls:
            for stop in trip.stops:
                for load in stop.loads:
                    key = (stop.place, load.to, load.commodity)
                    came.setdefault(key, []).append((stop.depart_s, load.quantity, trip.id))
        gone: dict[_Pile, int] = {}
        late: tuple[Trip, int, str] | None = None
        for trip in sorted(hauls, key=lambda t: (t.depart_s, t.id)):
            for load in (n for s in trip.stops for n in s.loads):
                key = (trip.home, load.to, load.commodity)
                if key in begin:
                    continue
                gone[key] = gone.get(key, 0) + load.quantity
                at_s, carrier = _when(came.get(key, ()), gone[key])
                if trip.depart_s < at_s and trip.id not in state.frozen:
                    late = (trip, at_s + turn_s, because.get(carrier, state.incidents[0].id))
                    break
            if late is not None:
                break
        if late is None or moved(state, *late) is None:
            return
        because[late[0].id] = late[2]


def _when(came: Sequence[tuple[int, int, str]], pieces: int) -> tuple[int, str]:
    """Return when so many pieces have come, and the trip that brought the last of them."""
    there = 0
    for at_s, quantity, trip_id in sorted(came):
        there += quantity
        if there >= pieces:
            return at_s, trip_id
    return -(10**10), ""


def moved(state: State, trip: Trip, ready_s: int, incident: str) -> Trip | None:
    """Put a trip to the first day on which it can go; None where it never can."""
    new = waiting(state, trip, ready_s)
    if new is not None and new is not trip:
        state.say("later", trip.id, incident, new_s=new.depart_s, old_s=trip.depart_s)
        state.replace(trip, new)
    return new


def waiting(state: State, trip: Trip, ready_s: int) -> Trip | None:
    """Return a trip at the first day on which it can go; None where it never can."""
    blocked = bool(state.blocks.hit_trip(trip))
    if trip.id in state.frozen or (trip.depart_s >= ready_s and not blocked):
        return trip
    new = _shifted(trip, max(ready_s, state.first_s))
    for _ in range(_MOST_DAYS):
        if not state.blocks.hit_trip(new) and _is_open(state, new):
            unit = _free_unit(state, trip, new)
            if unit is not None:
                return attrs.evolve(new, unit=unit)
        new = _shifted(new, new.depart_s + 1)
    return None


def _free_unit(state: State, trip: Trip, new: Trip) -> int | None:
    """Return a vehicle that is free for a trip at its new time, its own if it can be."""
    state.fleet.release(trip)
    unit = state.fleet.unit(
        trip.home, trip.vehicle, new.depart_s, new.back_s, first=trip.unit,
        echelon=trip.echelon, escorts=trip.escorts,
    )  # fmt: skip
    state.fleet.take(trip)
    return unit


def _shifted(trip: Trip, ready_s: int) -> Trip:
    """Return a trip a whole number of days later, so that its hours stay as they were."""
    by_s = max(0, -(-(ready_s - trip.depart_s) // DAY_S)) * DAY_S
    stops = tuple(
        attrs.evolve(s, arrive_s=s.arrive_s + by_s, depart_s=s.depart_s + by_s)
        for s in trip.stops
    )
    return attrs.evolve(
        trip,
        stops=stops,
        depart_s=trip.depart_s + by_s,
        back_s=trip.back_s + by_s,
        latest_depart_s=max(trip.latest_depart_s, trip.depart_s + by_s),
        rests=tuple(
            attrs.evolve(r, from_s=r.from_s + by_s, until_s=r.until_s + by_s)
            for r in trip.rests
        ),
    )


def _is_open(state: State, trip: Trip) -> bool:
    """Say whether a trip leaves, arrives and comes back while its legs are open."""
    places = state.scenario.by_code
    ends = {frozenset(hop) for n in range(len(trip.stops)) for hop in pairwise(trip.way_to(n))}
    months = {
        m
        for leg in state.scenario.legs
        if leg.mode is trip.mode and frozenset((leg.tail, leg.head)) in ends
        for m in leg.months_closed
    }
    regions = {places[c].region for n in range(len(trip.stops)) for c in trip.way_to(n)}
    hours = state.hours_of(trip.mode, *sorted(regions), months_closed=tuple(sorted(months)))
    moments = [trip.depart_s, *(s.arrive_s for s in trip.stops), trip.back_s]
    return all(
        any(o <= at <= c for o, c in zip(hours.opens, hours.closes, strict=True))
        for at in moments
    )
