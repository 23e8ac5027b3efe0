"""Hours in which cargo may move, and moving through them: rests, closures, days off."""

from __future__ import annotations

from bisect import bisect_right
from datetime import date, timedelta

import attrs

from silog_core.domain.calendar import DAY_S, day_start_s
from silog_core.domain.legs import Mode
from silog_core.domain.regions import RegionCode
from silog_core.domain.scenario import Handling
from silog_core.domain.travel_rules import Closure
from silog_core.rules.book import RuleBook

#: Days before and after the vote in which anything can be planned.
BEFORE_DAYS, AFTER_DAYS = 120, 30
#: Modes that cannot halt between two places: a leg fits into open hours as a whole.
_UNBROKEN = {
    Mode.SEA, Mode.BOAT, Mode.RIVER, Mode.LAKE, Mode.AIR, Mode.HELICOPTER,
}  # fmt: skip
#: Modes that go day and night.
_NIGHT = {Mode.SEA}


@attrs.frozen(kw_only=True)
class Hours:
    """Open stretches of time in order [s from 00:00 of voting day], ends not included."""

    opens: tuple[int, ...]
    closes: tuple[int, ...]
    #: A leg must fit into one stretch, instead of pausing between two.
    unbroken: bool = False

    def advance(self, start_s: int, work_s: int) -> int | None:
        """Return when work of *work_s* that may pause is done, begun at *start_s*.

        None means that there is no open time left for it.
        """
        i = max(0, bisect_right(self.opens, start_s) - 1)
        opens, closes = self.opens, self.closes
        while i < len(opens):
            now = start_s if start_s > opens[i] else opens[i]
            room = closes[i] - now
            if room > 0 or (room == 0 and work_s == 0):
                if work_s <= room:
                    return now + work_s
                work_s -= room
            i += 1
        return None

    def job(self, ready_s: int, work_s: int) -> tuple[int, int] | None:
        """Return when work that may pause begins and ends, ready at *ready_s*; None is never."""
        start = self.advance(ready_s, 0)
        done = None if start is None else self.advance(start, work_s)
        return None if start is None or done is None else (start, done)

    def travel(self, start_s: int, travel_s: int) -> int | None:
        """Return when a leg of *travel_s* that is ready at *start_s* arrives."""
        if not self.unbroken:
            return self.advance(start_s, travel_s)
        i = max(0, bisect_right(self.opens, start_s) - 1)
        while i < len(self.opens):
            now = start_s if start_s > self.opens[i] else self.opens[i]
            if now + travel_s <= self.closes[i]:
                return now + travel_s
            i += 1
        return None

    def handed_over(
        self, ready_s: int, work_s: int, open_hours: tuple[int, int] = (0, 24)
    ) -> int | None:
        """Return when a hand-over is done that a place has to be open for, all along.

        Args:
            ready_s: When the vehicle is ready for it [s].
            work_s: How long it takes [s].
            open_hours: From which hour of a day until which the place is open.
        """
        if open_hours == (0, 24):
            return self.advance(ready_s, work_s)
        opens_s, closes_s = open_hours[0] * 3600, open_hours[1] * 3600
        if work_s > closes_s - opens_s:
            return None
        day_s = ready_s // DAY_S * DAY_S
        while self.closes and day_s < self.closes[-1]:
            done = self.advance(max(ready_s, day_s + opens_s), work_s)
            if done is None or done <= day_s + closes_s:
                return done
            day_s += DAY_S
        return None

    def without(self, from_s: int, until_s: int | None) -> Hours:
        """Return the hours without a stretch; *until_s* None closes them for good."""
        end = 10**12 if until_s is None else until_s
        rest = [
            part
            for opens, closes in zip(self.opens, self.closes, strict=True)
            for part in ((opens, min(closes, from_s)), (max(opens, end), closes))
            if part[0] < part[1]
        ]
        rest = sorted(set(rest))
        return attrs.evolve(
            self, opens=tuple(o for o, _ in rest), closes=tuple(c for _, c in rest)
        )

    def within(self, from_s: int, until_s: int) -> list[tuple[int, int]]:
        """Return the open stretches of a time, cut at its ends."""
        found = []
        i = max(0, bisect_right(self.opens, from_s) - 1)
        while i < len(self.opens) and self.opens[i] < until_s:
            part = max(from_s, self.opens[i]), min(until_s, self.closes[i])
            if part[0] < part[1]:
                found.append(part)
            i += 1
        return found

    def holds(self, from_s: int, until_s: int) -> bool:
        """Say whether a time is open from its beginning to its end."""
        i = bisect_right(self.opens, from_s) - 1
        return i >= 0 and until_s <= self.closes[i]

    def open_at_or_before(self, moment_s: int) -> int | None:
        """Return the last opening at or before a moment, or None."""
        i = bisect_right(self.opens, moment_s) - 1
        return self.opens[i] if i >= 0 else None


class HoursOf:
    """Finds, and remembers, the hours for a mode between regions."""

    def __init__(self, book: RuleBook, handling: Handling, voting_day: date) -> None:
        """Take the rules, the working day and the voting day."""
        self._book, self._handling, self._voting_day = book, handling, voting_day
        self._known: dict[tuple[object, ...], Hours] = {}

    def __call__(
        self,
        mode: Mode,
        *regions: RegionCode,
        night: bool = False,
        months_closed: tuple[int, ...] = (),
        most_h: int = 24,
    ) -> Hours:
        """Return the hours in which *mode* may move in all of *regions*.

        Args:
            mode: How cargo moves.
            regions: Regions that the way touches; each may close it.
            night: Whether work goes on after the working day, as on voting night.
            months_closed: Months in which a leg of the way is closed [1-12].
            most_h: Hours a day that people may drive; it does not bind boats and planes.
        """
        closures = self._book.closures(mode, *regions)
        days_off = frozenset(d.day for r in regions for d in self._book.days_off(r))
        key = (mode, closures, days_off, night, months_closed, most_h)
        if key not in self._known:
            self._known[key] = self._build(
                mode, closures, days_off,
                night=night, months_closed=months_closed, most_h=most_h,
            )  # fmt: skip
        return self._known[key]

    def _build(
        self,
        mode: Mode,
        closures: tuple[Closure, ...],
        days_off: frozenset[date],
        *,
        night: bool,
        months_closed: tuple[int, ...],
        most_h: int,
    ) -> Hours:
        all_day = mode in _NIGHT or (night and mode not in _UNBROKEN)
        first = 0 if all_day else self._handling.first_hour
        last = 24 if all_day else self._handling.last_hour
        if not all_day and mode not in _UNBROKEN:
            last = min(last, first + most_h)
        opens: list[int] = []
        closes: list[int] = []
        for offset in range(-BEFORE_DAYS, AFTER_DAYS + 1):
            day = self._voting_day + timedelta(days=offset)
            if day in days_off or day.month in months_closed:
                continue
            start = day_start_s(day, self._voting_day)
            for hour in range(first, last):
                if any(
                    c.holds(month=day.month, weekday=day.weekday(), hour=hour)
                    for c in closures
                ):
                    continue
                begin = start + hour * 3600
                if closes and closes[-1] == begin:
                    closes[-1] = begin + 3600
                else:
                    opens.append(begin)
                    closes.append(begin + 3600)
        return Hours(opens=tuple(opens), closes=tuple(closes), unbroken=mode in _UNBROKEN)
