"""When work is done, begun at any moment: in whole days, or by a press day and night."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Protocol

import attrs

from silog_core.domain.calendar import day_of, day_start_s
from silog_core.domain.labour import Labour, whole_days
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
        return whole_days(ready_s, self.days, self.days_off, self.voting_day)


@attrs.frozen(kw_only=True)
class PressClock:
    """Work of a press, day and night, days off left out."""

    hours: Hours
    work_s: int

    def run(self, ready_s: int) -> tuple[int, ...] | None:
        """Return when it begins and ends [s]."""
        return self.hours.job(ready_s, self.work_s)


@attrs.frozen(kw_only=True)
class LabourClock:
    """Work of a crew that tires: as many working days as its pieces take from then on."""

    pieces: int
    labour: Labour
    days_off: frozenset[date]
    voting_day: date

    def run(self, ready_s: int) -> tuple[int, ...] | None:
        """Return the start of the first day and the end of the last [s]."""
        start_s, _ = whole_days(ready_s, 0, self.days_off, self.voting_day)
        day = day_of(start_s, self.voting_day)
        done = streak = 0
        while done < self.pieces:
            streak = 0 if day in self.days_off else streak + 1
            done += self.labour.on_day(streak) if streak else 0
            day += timedelta(days=1)
        return start_s, day_start_s(day, self.voting_day)
