"""Days, validities and windows."""

from __future__ import annotations

from datetime import date

from hypothesis import strategies as st
from hypothesis.strategies import DrawFn, SearchStrategy

from silog_core.domain.calendar import DAY_S, DateRange, Window

#: Voting day of the regional elections of 2024.
PILKADA_2024 = date(2024, 11, 27)


def days(
    *, first: date = date(2024, 1, 1), last: date = date(2029, 12, 31)
) -> SearchStrategy[date]:
    """Draw days of a stretch."""
    return st.dates(first, last)


@st.composite
def date_ranges(draw: DrawFn, *, around: date | None = None) -> DateRange:
    """Draw validities, shrinking towards always; all hold on *around* if it is given."""
    first = draw(st.none() | (days() if around is None else days(last=around)))
    floor = max(d for d in (first, around, date(2024, 1, 1)) if d)
    return DateRange(first=first, last=draw(st.none() | days(first=floor)))


@st.composite
def windows(draw: DrawFn, *, first_day: int = -30, last_day: int = 3) -> Window:
    """Draw stretches of time between two days counted from the vote."""
    opens = draw(st.integers(first_day * DAY_S, last_day * DAY_S - 1))
    return Window(open_s=opens, close_s=draw(st.integers(opens + 1, last_day * DAY_S)))
