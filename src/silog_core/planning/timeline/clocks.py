"""When a step is done, begun at any moment: trips within open hours, work in whole days."""

from __future__ import annotations

from bisect import bisect_right
from datetime import date, timedelta
from itertools import pairwise
from typing import Protocol

import attrs

from silog_core.domain.calendar import DAY_S, day_of, day_start_s
from silog_core.domain.labour import Labour
from silog_core.domain.plan import Trip
from silog_core.planning.hours import Hours


class Clock(Protocol):
    """Says when a step is where."""

    def run(self, ready_s: int) -> tuple[int, ...] | None:
        """Return the start and the end of each part, ready at a moment; None is never."""
        ...


@attrs.frozen(kw_only=True)
class WorkClock:
    """Work of whole working days: it begins with a day, and days off are not worked."""

    days: int
    days_off: frozenset[date]
    voting_day: date

    def run(self, ready_s: int) -> tuple[int, ...] | None:
        """Return the start of the first day and the end of the last [s]."""
        start = day = _first_day(ready_s, self.days_off, self.voting_day)
        left = self.days
        while left > 0:
            left -= day not in self.days_off
            day += timedelta(days=1)
        return day_start_s(start, self.voting_day), day_start_s(day, self.voting_day)


@attrs.frozen(kw_only=True)
class LabourClock:
    """Work of a crew that tires: as many working days as its pieces take from then on."""

    pieces: int
    labour: Labour
    days_off: frozenset[date]
    voting_day: date

    def run(self, ready_s: int) -> tuple[int, ...] | None:
        """Return the start of the first day and the end of the last [s]."""
        start = day = _first_day(ready_s, self.days_off, self.voting_day)
        done = streak = 0
        while done < self.pieces:
            streak = 0 if day in self.days_off else streak + 1
            done += self.labour.on_day(streak) if streak else 0
            day += timedelta(days=1)
        return day_start_s(start, self.voting_day), day_start_s(day, self.voting_day)


def _first_day(ready_s: int, days_off: frozenset[date], voting_day: date) -> date:
    """Return the first working day that begins at a moment or after it."""
    day = day_of(ready_s + DAY_S - 1, voting_day)
    while day in days_off:
        day += timedelta(days=1)
    return day


@attrs.frozen(kw_only=True)
class TripClock:
    """A trip: ways and hand-overs in turn, within hours."""

    hours: Hours
    #: Travel to each halt and work there, then the way home [s].
    parts: tuple[int, ...]

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
            now = self.hours.advance(now, part) if i % 2 else self.hours.travel(now, part)
            if now is None:
                return None
            times.append(now)
        return tuple(times)


@attrs.frozen(kw_only=True)
class DayClock:
    """A trip that is moved by whole days, at the hours that were planned."""

    times: tuple[int, ...]

    def run(self, ready_s: int) -> tuple[int, ...] | None:
        """Return its times on the first day on which it is ready."""
        by_s = -(-(ready_s - self.times[0]) // DAY_S) * DAY_S
        return tuple(t + by_s for t in self.times)


def times_of(trip: Trip) -> tuple[int, ...]:
    """Return departure, arrival and end of each halt, and return home, as planned [s]."""
    stops = (at for stop in trip.stops for at in (stop.arrive_s, stop.depart_s))
    return (trip.depart_s, *stops, trip.back_s)


def trip_clock(trip: Trip, hours: Hours, *, other: Hours | None = None) -> Clock:
    """Return the clock of a trip, read off its planned times.

    The way of a vehicle is what remains of its planned time within its hours. Where
    that does not give the planned times again, as with rests of a crew, the trip can only
    be moved by whole days.

    Args:
        trip: The trip, as planned.
        hours: The hours in which it was planned.
        other: Hours in which it shall run instead.
    """
    times = times_of(trip)
    parts = []
    for i, (one, two) in enumerate(pairwise(times)):
        if hours.unbroken and i % 2 == 0:
            parts.append(_leg(hours, one, two))
        else:
            parts.append(_open(hours, one, two))
    clock = TripClock(hours=hours, parts=tuple(parts))
    if trip.rests or clock.run(trip.depart_s) != times:
        return DayClock(times=times)
    return clock if other is None else attrs.evolve(clock, hours=other)


def _open(hours: Hours, from_s: int, until_s: int) -> int:
    """Return how much of a stretch is open [s]."""
    i, total = max(0, bisect_right(hours.opens, from_s) - 1), 0
    while i < len(hours.opens) and hours.opens[i] < until_s:
        total += max(0, min(until_s, hours.closes[i]) - max(from_s, hours.opens[i]))
        i += 1
    return total


def _leg(hours: Hours, ready_s: int, arrive_s: int) -> int:
    """Return how long a leg takes that must fit into one stretch [s]."""
    i = max(0, bisect_right(hours.opens, arrive_s - 1) - 1)
    return arrive_s - max(ready_s, hours.opens[i])
