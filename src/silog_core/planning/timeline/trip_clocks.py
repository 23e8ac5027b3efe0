"""When a trip is where, begun at any moment: within hours, by day, or day by day."""

from __future__ import annotations

from bisect import bisect_right
from itertools import pairwise

import attrs

from silog_core.domain.calendar import DAY_S
from silog_core.domain.echelons import OUTBOUND
from silog_core.domain.plan import Trip
from silog_core.domain.scenario import Scenario
from silog_core.domain.vehicles import Vehicle
from silog_core.planning.hours import Hours
from silog_core.planning.rest_drive import has_nights
from silog_core.planning.timeline.clocks import Clock

_ALWAYS = (0, 24)


@attrs.frozen(kw_only=True)
class TripClock:
    """A trip: ways and hand-overs in turn, within hours."""

    hours: Hours
    #: Travel to each halt and work there, then the way home [s].
    parts: tuple[int, ...]
    #: From which hour until which each halt is open.
    doors: tuple[tuple[int, int], ...]

    def run(self, ready_s: int) -> tuple[int, ...] | None:
        """Return departure, arrival and end of each halt, and return home [s]."""
        now: int | None = self.hours.travel(ready_s, self.parts[0])
        if now is None:
            return None
        left = now - self.parts[0] if self.hours.unbroken else self.hours.advance(ready_s, 0)
        if left is None:
            return None
        times = [left, now]
        for i, part in enumerate(self.parts[1:], start=1):
            if i % 2:
                now = self.hours.handed_over(now, part, self.doors[i // 2])
            else:
                now = self.hours.travel(now, part)
            if now is None:
                return None
            times.append(now)
        return tuple(times)


@attrs.frozen(kw_only=True)
class OneDayClock:
    """A trip that is home before night, or before its crew would have to rest.

    Where it would not be, it waits for the next opening. What leaves later within one
    stretch of hours is out no shorter, so that nothing in between would do.
    """

    trip: TripClock
    #: Hours of the day between which it may be out; None where it may be out at night.
    by_day: tuple[int, int] | None = None
    #: The time that counts for that: a truck that has handed over goods may drive home.
    event: int = -1
    #: How long it may be out [s].
    most_s: int | None = None

    def run(self, ready_s: int) -> tuple[int, ...] | None:
        """Return its times from the first moment from which it is back soon enough."""
        times = self.trip.run(ready_s)
        opens = self.trip.hours.opens
        while times is not None and not self.keeps(times):
            i = bisect_right(opens, times[0])
            times = self.trip.run(opens[i]) if i < len(opens) else None
        return times

    def keeps(self, times: tuple[int, ...]) -> bool:
        """Say whether a trip with these times is out as long as it may be, and when."""
        if self.most_s is not None and times[-1] - times[0] > self.most_s:
            return False
        if self.by_day is None:
            return True
        day_s = times[0] // DAY_S * DAY_S
        first, last = self.by_day
        return day_s + first * 3600 <= times[0] and times[self.event] <= day_s + last * 3600


@attrs.frozen(kw_only=True)
class DayClock:
    """A trip that is moved by whole days, with its rests, at the hours that were planned."""

    times: tuple[int, ...]
    hours: Hours

    def run(self, ready_s: int) -> tuple[int, ...] | None:
        """Return its times on the first day on which it is ready and all is open."""
        by_s = -(-(ready_s - self.times[0]) // DAY_S) * DAY_S
        needs = self.hours.within(self.times[0], self.times[-1])
        ends_s = self.hours.closes[-1] if self.hours.closes else 0
        while by_s and not all(self.hours.holds(a + by_s, z + by_s) for a, z in needs):
            by_s += DAY_S
            if self.times[0] + by_s > ends_s:
                return None
        return tuple(t + by_s for t in self.times)


@attrs.frozen(kw_only=True)
class HomeClock:
    """A way back, which is driven some day: by whole days where no hours are known."""

    clock: Clock
    times: tuple[int, ...]

    def run(self, ready_s: int) -> tuple[int, ...] | None:
        """Return its times, later than all known hours if need be."""
        found = self.clock.run(ready_s)
        if found is not None:
            return found
        by_s = -(-(ready_s - self.times[0]) // DAY_S) * DAY_S
        return tuple(t + by_s for t in self.times)


def times_of(trip: Trip) -> tuple[int, ...]:
    """Return departure, arrival and end of each halt, and return home, as planned [s]."""
    stops = (at for stop in trip.stops for at in (stop.arrive_s, stop.depart_s))
    return (trip.depart_s, *stops, trip.back_s)


def trip_clock(
    scenario: Scenario,
    trip: Trip,
    vehicle: Vehicle | None,
    hours: Hours,
    *,
    other: Hours | None = None,
) -> Clock:
    """Return the clock of a trip, read off its planned times.

    The way of a vehicle is what remains of its planned time within its hours. Where
    that does not give the planned times again, as with rests of a crew, the trip can only
    be moved by whole days. Where nights have to be spent at guarded places, or a crew has
    to rest after a while, a trip that needed neither is moved so that it needs neither.

    Args:
        scenario: What was planned for.
        trip: The trip, as planned.
        vehicle: Its vehicle, where that is known.
        hours: The hours in which it was planned.
        other: Hours in which it shall run instead, if it may.
    """
    times = times_of(trip)
    by_day = DayClock(times=times, hours=hours)
    clock = TripClock(
        hours=hours, parts=_parts(scenario, trip, hours), doors=_doors(scenario, trip)
    )
    if trip.rests or clock.run(trip.depart_s) != times:
        return by_day
    handling = scenario.handling
    nights = has_nights(trip, hours, handling)
    most_s = vehicle.break_after_s if vehicle else None
    waits = hours.unbroken or any(door != _ALWAYS for door in clock.doors)
    if other is not None and not nights:
        clock = attrs.evolve(clock, hours=other)
    if not nights and most_s is None:
        return clock
    kept = OneDayClock(
        trip=clock,
        by_day=(handling.first_hour, handling.last_hour) if nights else None,
        event=-2 if trip.echelon == "line-haul" else -1,
        most_s=most_s,
    )
    # A boat that waits for the tide may be out shorter when it leaves later.
    return by_day if (most_s is not None and waits) or not kept.keeps(times) else kept


def _doors(scenario: Scenario, trip: Trip) -> tuple[tuple[int, int], ...]:
    """Return when each halt is open for a hand-over; goods in bulk do not ask."""
    if trip.echelon == "line-haul":
        return (_ALWAYS,) * len(trip.stops)
    return tuple(scenario.by_code[stop.place].open_hours for stop in trip.stops)


def _parts(scenario: Scenario, trip: Trip, hours: Hours) -> tuple[int, ...]:
    handling, doors = scenario.handling, _doors(scenario, trip)
    parts = []
    for i, (one, two) in enumerate(pairwise(times_of(trip))):
        if i % 2 and trip.echelon in OUTBOUND and doors[i // 2] != _ALWAYS:
            kits = len(trip.stops[i // 2].kits)
            parts.append(handling.stop_s + handling.kit_s * kits)
        elif hours.unbroken and i % 2 == 0:
            parts.append(_leg(hours, one, two))
        else:
            parts.append(sum(z - a for a, z in hours.within(one, two)))
    return tuple(parts)


def _leg(hours: Hours, ready_s: int, arrive_s: int) -> int:
    """Return how long a leg takes that must fit into one stretch [s]."""
    i = max(0, bisect_right(hours.opens, arrive_s - 1) - 1)
    return arrive_s - max(ready_s, hours.opens[i])
