"""Open and closed hours as the judge of typed trips sees them, hour by hour.

It reads the rules itself and shares no code with what plans the hours of trips.
"""

from __future__ import annotations

from datetime import timedelta

from silog_core.domain.calendar import DAY_S
from silog_core.domain.legs import Mode
from silog_core.domain.problems import Said
from silog_core.domain.regions import RegionCode
from silog_core.domain.scenario import Scenario
from silog_core.rules.book import RuleBook

HOUR_S = 3600
#: Modes that have to make a leg in one go, and the one that goes through the night.
_ONE_GO = {Mode.SEA, Mode.BOAT, Mode.RIVER, Mode.LAKE, Mode.AIR, Mode.HELICOPTER}
_NIGHT_TOO = {Mode.SEA}
#: Days that are looked at before a way counts as closed for good.
_FAR_DAYS = 160
REST = Said("the working day is over", "di luar jam kerja")


class Calendar:
    """Says of each hour whether a mode may move between some regions, and why not."""

    def __init__(self, scenario: Scenario, book: RuleBook) -> None:
        """Take the voting day, the working hours and the rules."""
        self._scenario, self._book = scenario, book
        self._known: dict[tuple[object, ...], Said | None] = {}

    def why_closed(
        self,
        moment_s: int,
        mode: Mode,
        regions: tuple[RegionCode, ...],
        months: tuple[int, ...],
        *,
        night: bool = False,
    ) -> Said | None:
        """Return why nothing moves in the hour of a moment, None when it does.

        Args:
            moment_s: The moment [s from 00:00 of voting day].
            mode: How cargo moves.
            regions: Regions that the way touches.
            months: Months in which the leg is closed.
            night: Whether work goes on after the working day, as on voting night.
        """
        key = (moment_s // HOUR_S, mode, regions, months)
        if key not in self._known:
            self._known[key] = self._look(moment_s // HOUR_S, mode, regions, months)
        why = self._known[key]
        return None if night and why is REST else why

    def _look(
        self, hour: int, mode: Mode, regions: tuple[RegionCode, ...], months: tuple[int, ...]
    ) -> Said | None:
        election, handling = self._scenario.election, self._scenario.handling
        day = election.voting_day + timedelta(days=hour // 24)
        clock = hour % 24
        for region in regions:
            for off in self._book.days_off(region):
                if off.day == day:
                    return Said("a day off", "hari libur")
        if day.month in months:
            return Said(
                f"the leg is closed in month {day.month}", f"ruas tutup bulan {day.month}"
            )
        for closure in self._book.closures(mode, *regions):
            if closure.holds(month=day.month, weekday=day.weekday(), hour=clock):
                return Said.same(closure.reason)
        if mode not in _NIGHT_TOO and not handling.first_hour <= clock < handling.last_hour:
            return REST
        return None

    def next_open(
        self,
        moment_s: int,
        mode: Mode,
        regions: tuple[RegionCode, ...],
        months: tuple[int, ...],
        *,
        night: bool = False,
    ) -> int | None:
        """Return the first moment from *moment_s* on in an open hour; None for never."""
        until = moment_s + _FAR_DAYS * DAY_S
        while moment_s < until:
            if self.why_closed(moment_s, mode, regions, months, night=night) is None:
                return moment_s
            moment_s = (moment_s // HOUR_S + 1) * HOUR_S
        return None

    def leave(
        self,
        moment_s: int,
        takes_s: int,
        mode: Mode,
        regions: tuple[RegionCode, ...],
        months: tuple[int, ...],
        *,
        night: bool = False,
    ) -> tuple[int, int] | None:
        """Return when a leg can be left for and arrives, ready at *moment_s*.

        A boat or plane waits until it can make the leg in one go; others pause on the way.
        None where that is never.
        """
        leaves = self.next_open(moment_s, mode, regions, months, night=night)
        if leaves is None:
            return None
        now, rest, first = leaves, takes_s, leaves
        while rest > 0:
            step = min(rest, (now // HOUR_S + 1) * HOUR_S - now)
            now, rest = now + step, rest - step
            shut = self.why_closed(now, mode, regions, months, night=night)
            if rest and shut is not None:
                again = self.next_open(now, mode, regions, months, night=night)
                if again is None:
                    return None
                if mode in _ONE_GO:
                    first, rest = again, takes_s
                now = again
        return first, now

    def hand_over(
        self,
        moment_s: int,
        takes_s: int,
        mode: Mode,
        regions: tuple[RegionCode, ...],
        months: tuple[int, ...],
        *,
        night: bool,
        doors: tuple[int, int],
    ) -> tuple[int, int] | None:
        """Return when a hand-over begins and ends, while the *doors* of a place are open.

        Doors are two hours of the day; what takes longer than they are open has never time.
        """
        now = moment_s
        for _ in range(_FAR_DAYS):
            day_s = now // DAY_S * DAY_S
            now = max(now, day_s + doors[0] * HOUR_S)
            times = self.leave(now, takes_s, mode, regions, months, night=night)
            if times is None or doors == (0, 24):
                return times
            if times[1] <= day_s + doors[1] * HOUR_S:
                return times
            now = day_s + DAY_S
        return None

    def open_s(
        self,
        from_s: int,
        until_s: int,
        mode: Mode,
        regions: tuple[RegionCode, ...],
        months: tuple[int, ...],
        *,
        night: bool = False,
    ) -> int:
        """Return how much of a stretch of time is open [s]."""
        total, now = 0, from_s
        while now < until_s:
            ends = min(until_s, (now // HOUR_S + 1) * HOUR_S)
            if self.why_closed(now, mode, regions, months, night=night) is None:
                total += ends - now
            now = ends
        return total

    @staticmethod
    def in_one_go(mode: Mode) -> bool:
        """Say whether a mode has to make a leg without a pause."""
        return mode in _ONE_GO
