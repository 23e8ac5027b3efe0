"""Days off, deadlines and windows, counted from the voting day."""

from __future__ import annotations

from datetime import date, timedelta

import attrs

from silog_core.domain.fields import text, whole
from silog_core.errors import FieldError

DAY_S = 86_400


def day_start_s(day: date, voting_day: date) -> int:
    """Return the start of *day* [s from 00:00 of voting day, local time].

    Example:
        >>> day_start_s(date(2024, 11, 26), date(2024, 11, 27))
        -86400
    """
    return (day - voting_day).days * DAY_S


def day_of(moment_s: int, voting_day: date) -> date:
    """Return the day on which *moment_s* [s from 00:00 of voting day] falls."""
    return voting_day + timedelta(days=moment_s // DAY_S)


@attrs.frozen(kw_only=True, order=True)
class Window:
    """A stretch of time, its end not included [s from 00:00 of voting day]."""

    open_s: int = attrs.field(validator=whole(-(10**10), "seconds"))
    close_s: int = attrs.field(validator=whole(-(10**10), "seconds"))

    def __attrs_post_init__(self) -> None:
        if self.close_s <= self.open_s:
            raise FieldError(
                f"window closes at {self.close_s} s but opens at {self.open_s} s",
                "give a window that closes after it opens",
            )


@attrs.frozen(kw_only=True)
class DateRange:
    """A validity: from the first day to the last, both included; None is open."""

    first: date | None = None
    last: date | None = None

    def __attrs_post_init__(self) -> None:
        if self.first and self.last and self.last < self.first:
            raise FieldError(
                f"validity ends on {self.last}, before it begins on {self.first}",
                "swap the two dates",
            )

    def holds_on(self, day: date) -> bool:
        """Say whether *day* lies in the range."""
        return (self.first is None or self.first <= day) and (
            self.last is None or day <= self.last
        )

    def overlaps(self, other: DateRange) -> bool:
        """Say whether some day lies in both ranges."""
        starts_late = self.first and other.last and self.first > other.last
        ends_early = self.last and other.first and self.last < other.first
        return not (starts_late or ends_early)


@attrs.frozen(kw_only=True)
class Stage:
    """A stage of the logistics calendar, as days before the vote."""

    name: str = attrs.field(validator=text("the name of the stage"))
    #: First day [days before the vote].
    first_days_before: int = attrs.field(validator=whole(-60, "days"))
    #: Last day [days before the vote]; 1 is H-1.
    last_days_before: int = attrs.field(validator=whole(-60, "days"))
