"""Driving a tour whose crew rests, and whose nights are spent where boxes are guarded.

A break is put off as long as it can be, and taken where the vehicle stands rather than on
the way; a night is spent at the last guarded place before it, as late as that allows.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from typing import NamedTuple

from silog_core.domain.calendar import DAY_S
from silog_core.domain.legs import Mode
from silog_core.domain.plan import Rest, Trip
from silog_core.domain.scenario import Handling
from silog_core.planning.hours import Hours
from silog_core.planning.tours import Tour

#: Nights that a tour waits for a day on which it gets through.
_NIGHTS = 40


class Driven(NamedTuple):
    """When a tour leaves, is at its halts, rests and is back [s]."""

    depart_s: int
    times: tuple[tuple[int, int], ...]
    back_s: int
    rests: tuple[Rest, ...]


class _Point(NamedTuple):
    """A place on the way out: a halt, by its number, or one that is driven through."""

    place: str
    travel_s: int
    guarded: bool
    halt: int | None


def _points(tour: Tour) -> list[_Point]:
    found: list[_Point] = []
    for number, halt in enumerate(tour.halts):
        found += [_Point(p.place, p.travel_s, p.guarded, None) for p in halt.passes]
        rest_s = halt.travel_s - sum(p.travel_s for p in halt.passes)
        found.append(_Point(halt.place, rest_s, halt.guarded, number))
    return found


class _Safe(NamedTuple):
    """Where the drive can be taken up again: the last place that is guarded."""

    leg: int
    now: int
    since: int
    rests: tuple[Rest, ...]
    times: tuple[tuple[int, int], ...]


def has_rests(tour: Tour, hours: Hours, handling: Handling) -> bool:
    """Say whether a tour has rules for its rests."""
    return tour.vehicle.break_after_s is not None or has_nights(tour, hours, handling)


def has_nights(tour: Tour | Trip, hours: Hours, handling: Handling) -> bool:
    """Say whether a tour may stand at night at guarded places alone.

    A ship sails through the night, and boxes come in from stations on voting night.
    """
    after_dark = tour.mode is Mode.SEA or (
        tour.echelon == "return-station-village" and not hours.unbroken
    )
    return handling.guarded_nights and not after_dark


class RestedDrive:
    """Drives one tour by the clock."""

    def __init__(
        self, tour: Tour, hours: Hours, handling: Handling, ready: Sequence[int] = ()
    ) -> None:
        """Take what `silog_core.planning.timing.drive` takes."""
        self._tour, self._hours, self._handling, self._ready = tour, hours, handling, ready
        self._after = tour.vehicle.break_after_s
        self._pause_s = tour.vehicle.break_s
        self._watched = has_nights(tour, hours, handling)
        self._points = _points(tour)
        #: A truck that has handed over goods in bulk drives home empty.
        self._guarded_home = tour.echelon != "line-haul"
        self._now = self._since = 0
        self._rests: list[Rest] = []
        self._times: list[tuple[int, int]] = []

    def run(self, depart_s: int) -> Driven | None:
        """Return how the tour goes that is ready to leave at *depart_s*, or None."""
        points = self._points
        travel = [*(p.travel_s for p in points), self._tour.back_travel_s]
        guarded = [True, *(p.guarded for p in points)]
        self._now, leg, tries = depart_s, 0, 0
        left = out = depart_s
        safe = _Safe(0, depart_s, depart_s, (), ())
        while True:
            if guarded[leg]:
                safe = _Safe(
                    leg, self._now, self._since, tuple(self._rests), tuple(self._times)
                )
            leaves = self._leg(leg, travel[leg])
            if leaves is None:
                return None
            left = leaves if leg == 0 else left
            out = leaves if guarded[leg] else out
            arrives = self._now
            home = leg == len(points)
            dark = (self._guarded_home or not home) and self._dark(out)
            if not dark and home:
                return Driven(left, tuple(self._times), self._now, tuple(self._rests))
            halt = None if home else points[leg].halt
            if not dark and halt is not None:
                if not self._hand_over(halt):
                    return None
                dark = not guarded[leg + 1] and self._dark(out)
            if dark:
                tries += 1
                if tries > _NIGHTS:
                    return None
                self._sleep(safe, out)
                leg = safe.leg
                continue
            if halt is not None:
                self._times.append((arrives, self._now))
            leg += 1

    def _dark(self, out_s: int) -> bool:
        """Return whether the vehicle that left at *out_s* is out after the working day."""
        if not self._watched:
            return False
        return self._now > out_s // DAY_S * DAY_S + self._handling.last_hour * 3600

    def _sleep(self, safe: _Safe, out_s: int) -> None:
        """Go back to the last guarded place and leave it on the next morning."""
        morning = (out_s // DAY_S + 1) * DAY_S + self._handling.first_hour * 3600
        self._rests, self._times = list(safe.rests), list(safe.times)
        self._now, self._since = safe.now, safe.since
        if safe.leg:
            self._idle(self._points[safe.leg - 1].place, morning)
        self._now = morning

    def _leg(self, leg: int, travel_s: int) -> int | None:
        """Drive a leg; return when it was left for, None when it cannot be driven."""
        place = self._points[leg - 1].place if leg else None
        if self._hours.unbroken:
            return self._sail(place, travel_s)
        return self._work(place, "", travel_s)

    def _hand_over(self, number: int) -> bool:
        """Wait until kits can be handed over, and do it; return whether there was time."""
        halt, handling = self._tour.halts[number], self._handling
        if self._ready and self._ready[number] > self._now:
            self._idle(halt.place, self._ready[number])
        takes_s = handling.stop_s + handling.kit_s * len(halt.kits) + halt.bulk_s
        if halt.open_hours != (0, 24):
            done = self._hours.handed_over(self._now, takes_s, halt.open_hours)
            opens_s = halt.open_hours[0] * 3600
            if done is None:
                return False
            if done // DAY_S > self._now // DAY_S or self._now % DAY_S < opens_s:
                self._idle(halt.place, max(self._now, done // DAY_S * DAY_S + opens_s))
        return self._work(halt.place, halt.place, takes_s) is not None

    def _sail(self, place: str | None, travel_s: int) -> int | None:
        """Make a leg in one go, with the break that would be due before it."""
        while True:
            arrives = self._hours.travel(self._now, travel_s)
            if arrives is None:
                return None
            self._idle(place, arrives - travel_s)
            if self._after is None or arrives <= self._since + self._after:
                leaves, self._now = self._now, arrives
                return leaves
            if self._since == self._now or place is None:
                return None  # nobody can rest under way
            self._break(place)

    def _work(self, place: str | None, way: str, takes_s: int) -> int | None:
        """Spend time that may pause; return when it began, None when there is too little.

        Args:
            place: Where the vehicle stands before; None is its home.
            way: Where it is when it pauses: the place, or nothing when it is under way.
            takes_s: How long it takes.
        """
        closes = self._open(place)
        if closes is None:
            return None
        fresh = self._since == self._now
        if place is not None and not fresh and self._due(self._now + takes_s):
            self._break(place)
            closes = self._open(place)
            if closes is None:
                return None
        began, rest = self._now, takes_s
        while True:
            step = min(rest, closes - self._now)
            if self._after is not None:
                step = min(step, self._since + self._after - self._now)
            self._now, rest = self._now + step, rest - step
            if not rest:
                return began
            if self._due(self._now + 1):
                self._break(way)
            again = self._open(way)
            if again is None:
                return None
            closes = again

    def _open(self, place: str | None) -> int | None:
        """Wait until the hours are open; return when they close, None for never."""
        hours = self._hours
        i = max(0, bisect_right(hours.opens, self._now) - 1)
        while i < len(hours.opens):
            if self._now < hours.closes[i]:
                self._idle(place, max(self._now, hours.opens[i]))
                return hours.closes[i]
            i += 1
        return None

    def _due(self, until_s: int) -> bool:
        return self._after is not None and until_s > self._since + self._after

    def _idle(self, place: str | None, until_s: int) -> None:
        """Stand somewhere until then; long enough, that is a rest."""
        began, self._now = self._now, until_s
        if place is None:  # at home, duty has not begun
            self._since = until_s
            return
        if until_s == began:
            return
        last = self._rests[-1] if self._rests else None
        goes_on = last is not None and (last.place, last.until_s) == (place, began)
        if goes_on and last is not None:
            self._rests.pop()
            began = last.from_s
        night = until_s > began // DAY_S * DAY_S + self._handling.last_hour * 3600
        breaks = self._after is not None and until_s - began >= self._pause_s
        if goes_on or breaks or (night and self._watched):
            kind = "night" if night else "break"
            self._rests.append(Rest(kind=kind, place=place, from_s=began, until_s=until_s))
            self._since = until_s if breaks else self._since

    def _break(self, place: str) -> None:
        self._idle(place, self._now + self._pause_s)
