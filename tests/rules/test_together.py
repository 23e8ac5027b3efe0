"""Limits, closures, caps, windows and days off hold together, and only tighten."""

from __future__ import annotations

from datetime import date

import pytest

from rule_making import book, cap, closure, day_off, limit, window
from silog_core.domain.legs import Mode
from silog_core.domain.regions import RegionCode

MEDAN = RegionCode.parse("12.71.01.1001")
NTT = RegionCode.parse("53")


def test_a_leg_is_closed_by_either_end():
    """The closures of both regions count."""
    found = book(closure("12", months=(1,)), closure("53", months=(7,)))

    assert {(1,), (7,)} == {c.months for c in found.closures(Mode.SEA, MEDAN, NTT)}
    assert {(7,)} == {c.months for c in found.closures(Mode.SEA, NTT)}
    assert () == found.closures(Mode.BOAT, MEDAN, NTT)


def test_the_tightest_limit_of_both_ends_holds():
    """Payload and volume are each the least that some rule allows."""
    found = book(
        limit(max_payload_g=9),
        limit("12", max_volume_cm3=7),
        limit("53", max_payload_g=5, max_volume_cm3=8),
    )

    assert (9, 7) == found.vehicle_limit(Mode.ROAD, MEDAN)
    assert (5, 7) == found.vehicle_limit(Mode.ROAD, MEDAN, NTT)
    assert (None, None) == found.vehicle_limit(Mode.SEA, MEDAN)


def test_the_smallest_cap_holds():
    """A region may want smaller stations."""
    found = book(cap(max_voters=600), cap("12", max_voters=500), cap("53", max_voters=700))

    assert [500, 600] == [found.station_cap(r).max_voters for r in (MEDAN, NTT)]


def test_windows_are_what_all_leave():
    """The latest opening and the earliest closing, with both sources."""
    found = book(
        window(first=5, last=1, source="wide"),
        window("12", first=3, last=0, first_hour=6, source="narrow"),
    ).stage_window("dispatch", MEDAN)

    assert (3, 6, 1, 24) == (
        found.first_days_before,
        found.first_hour,
        found.last_days_before,
        found.last_hour,
    )
    assert "narrow; wide" == found.source


def test_a_waiver_opens_what_a_wider_region_closed():
    """In its own region only, and the book says so."""
    wide = closure("12", months=(1, 2, 12))
    lifts = closure("12.71", months=(1,), waives=wide.id)
    found = book(wide, lifts)

    assert (lifts,) == found.closures(Mode.SEA, MEDAN)
    assert (wide,) == found.closures(Mode.SEA, RegionCode.parse("12.72"))
    assert "waives closure:sea/swell@12" in found.notes[0]
    assert "gives way: closure:sea/swell@12.71 waives it" in str(
        found.explain("closure:sea/swell", "12.71")
    )


@pytest.mark.parametrize("moved", [date(2024, 11, 26), date(2024, 11, 28)])
def test_a_day_off_is_lifted_or_moved(moved):
    """A working day lifts the day off; a moved one takes its place."""
    wide = day_off()
    found = book(wide, day_off("12", day=moved, waives=wide.id)).days_off(MEDAN)

    expected = [] if moved == wide.day else [moved]
    assert expected == [d.day for d in found]


def test_a_moment_that_only_one_waives_stays_for_the_others():
    """Two closures of one name in two regions do not touch each other."""
    found = book(closure("12", months=(1,)), closure("12.71", months=(2,)))

    assert {(1,), (2,)} == {c.months for c in found.closures(Mode.SEA, MEDAN)}
