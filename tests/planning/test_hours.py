"""Cargo moves in open hours only, whatever closes them."""

from __future__ import annotations

from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from silog_core.domain.calendar_rules import DayOff
from silog_core.domain.labour import Labour
from silog_core.domain.legs import Mode
from silog_core.domain.regions import COUNTRY, RegionCode
from silog_core.domain.scenario import Handling
from silog_core.domain.travel_rules import Closure
from silog_core.planning.hours import Hours, HoursOf
from small_world import BOOK, DAY, H_S, RULES, book_of

DAY_S = 86_400
QUICK = settings(max_examples=60, deadline=None)


@st.composite
def hours(draw, *, unbroken=None):
    """Draw open stretches that do not touch."""
    edges = sorted(draw(st.sets(st.integers(0, 300), min_size=2, max_size=12)))
    edges = edges[: len(edges) // 2 * 2]
    return Hours(
        opens=tuple(edges[::2]),
        closes=tuple(edges[1::2]),
        unbroken=draw(st.booleans()) if unbroken is None else unbroken,
    )


def open_between(open_hours, start, end):
    """Return the open time between two moments."""
    return sum(
        max(0, min(end, b) - max(start, a))
        for a, b in zip(open_hours.opens, open_hours.closes, strict=True)
    )


@QUICK
@given(hours(), st.integers(0, 300), st.integers(1, 100))
def test_work_takes_as_much_open_time_as_it_needs(open_hours, start, work):
    """Work ends when its time is used up, counted in open hours only, and not before."""
    end = open_hours.advance(start, work)

    if end is None:
        assert open_between(open_hours, start, 10**9) < work
    else:
        assert work == open_between(open_hours, start, end)
        assert work - 1 == open_between(open_hours, start, end - 1)


@QUICK
@given(hours(unbroken=True), st.integers(0, 300), st.integers(1, 60))
def test_a_boat_arrives_in_the_stretch_in_which_it_left(open_hours, start, travel):
    """An unbroken leg fits into one stretch, the first that has room for it."""
    stretches = list(zip(open_hours.opens, open_hours.closes, strict=True))
    fits = [max(start, a) for a, b in stretches if max(start, a) + travel <= b]

    assert (min(fits) + travel if fits else None) == open_hours.travel(start, travel)


@QUICK
@given(hours(), st.integers(0, 300), st.integers(0, 50), st.integers(1, 60))
def test_leaving_later_never_arrives_earlier(open_hours, start, later, travel):
    """What the search for the latest departure rests on."""
    one, two = open_hours.travel(start, travel), open_hours.travel(start + later, travel)

    assert two is None or (one is not None and one <= two)


@pytest.mark.parametrize(
    ("mode", "night", "first", "last"),
    [
        (Mode.ROAD, False, 6, 18),
        (Mode.SEA, False, 0, 24),
        (Mode.ROAD, True, 0, 24),
        (Mode.BOAT, True, 6, 18),
    ],
)
def test_each_mode_has_its_day(mode, night, first, last):
    """Trucks rest at night, ships do not, and nobody rows in the dark after the count."""
    open_hours = HoursOf(BOOK, Handling(), DAY)(mode, COUNTRY, night=night)
    day = 2 * DAY_S  # a Friday
    inside = open_between(open_hours, day, day + DAY_S)

    assert (last - first) * H_S == inside
    assert inside == open_between(open_hours, day + first * H_S, day + last * H_S)


def test_days_off_closures_and_closed_months_leave_no_open_hour():
    """Whatever closes a day closes it: a feast, a rule at either end, a leg's own months."""
    feast = DayOff(scope="12", source="a law", day=date(2024, 11, 25), name="a feast")
    strike = Closure(scope="12.02", source="a letter", name="strike", mode="road",
                     weekdays=(1,), reason="a strike")  # fmt: skip
    hours_of = HoursOf(book_of(*RULES, feast, strike), Handling(), DAY)
    one, two = RegionCode.parse("12.01"), RegionCode.parse("12.02")
    here, across = hours_of(Mode.ROAD, one), hours_of(Mode.ROAD, one, two)
    winter = hours_of(Mode.ROAD, one, months_closed=(11, 12))

    assert 0 == open_between(here, -2 * DAY_S, -DAY_S)
    assert 12 * H_S == open_between(here, -DAY_S, 0)  # Tuesday
    assert 0 == open_between(across, -DAY_S, 0)
    assert 0 == open_between(winter, -26 * DAY_S, 10 * DAY_S)
    assert 12 * H_S == open_between(winter, -27 * DAY_S, -26 * DAY_S)


def test_stretches_rise_and_do_not_touch():
    """A day without closure is one stretch."""
    open_hours = HoursOf(BOOK, Handling(), DAY)(Mode.ROAD, COUNTRY)

    assert all(a < b for a, b in zip(open_hours.opens, open_hours.closes, strict=True))
    assert all(b < a for (_, b), (a, _) in pairwise(
        zip(open_hours.opens, open_hours.closes, strict=True)
    ))  # fmt: skip
    assert open_hours.opens[3] == open_hours.open_at_or_before(open_hours.opens[3] + 5)
    assert open_hours.open_at_or_before(-(10**9)) is None


@QUICK
@given(st.integers(-40, 5), st.integers(0, 15), st.sets(st.integers(-60, 5), max_size=10))
def test_working_days_are_counted_back_over_days_off(end, days, off):
    """The days from the start to the end hold so many working days, and start on one."""
    days_off = frozenset(_day(d) for d in off)
    start_s, worked = Labour(fresh=1).back(end * DAY_S, days, days_off, DAY)
    start = start_s // DAY_S

    assert days == worked == sum(_day(d) not in days_off for d in range(start, end))
    assert days == 0 or _day(start) not in days_off


def _day(offset):
    return date.fromordinal(DAY.toordinal() + offset)
