"""Ways between places: given legs first, derived ones else, and the legs above the hubs."""

from __future__ import annotations

import attrs
from hypothesis import given, settings
from hypothesis import strategies as st

from silog_core.domain.geodesy import great_circle_m
from silog_core.domain.legs import Mode
from silog_core.domain.regions import RegionCode
from silog_core.network.travel import Travel
from silog_core.network.upper import UPPER, upper_legs
from small_world import BOOK, RULES, book_of, leg, speed, world, worlds

HERE, THERE = (
    world(((((1,), (2,)),),)).by_code[c] for c in ("12.01.01.1001", "12.01.01.1002")
)


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 10**6), st.integers(0, 10**6))
def test_a_derived_way_is_longer_than_straight_and_slower_than_its_speed(north, east):
    """Length is the great circle times the circuity; time is that length at the speed."""
    away = attrs.evolve(
        HERE,
        code="X",
        lat_microdeg=HERE.lat_microdeg + north,
        lon_microdeg=HERE.lon_microdeg + east,
    )
    way = Travel(BOOK, ()).way(HERE, away, Mode.ROAD)
    straight_m = great_circle_m(
        HERE.lat_microdeg, HERE.lon_microdeg, away.lat_microdeg, away.lon_microdeg
    )

    assert "derived" == way.basis
    assert max(1, straight_m * 13 // 10) == way.length_m
    assert way.length_m * 3600 <= way.travel_s * 30_000 < way.length_m * 3600 + 30_000


def test_a_given_leg_comes_before_positions_and_holds_both_ways():
    """What is known of a way is not derived; the way back is the same until given."""
    travel = Travel(BOOK, [leg(HERE.code, THERE.code, km=5, hours=2)])
    there, back = travel.way(HERE, THERE, Mode.ROAD), travel.way(THERE, HERE, Mode.ROAD)

    assert (5_000, 7_200, "given") == (there.length_m, there.travel_s, there.basis)
    assert there == back


def test_of_two_given_legs_the_faster_counts():
    """Parallel legs of one mode: the shortest time holds."""
    slow, fast = (leg(HERE.code, THERE.code, km=5, hours=h) for h in (3, 1))

    assert 3600 == Travel(BOOK, [slow, fast]).way(HERE, THERE, Mode.ROAD).travel_s


def test_a_way_that_cannot_be_known_is_none():
    """No leg, and no position or no speed: nothing is made up."""
    lost = attrs.evolve(THERE, lat_microdeg=None)

    assert Travel(BOOK, ()).way(HERE, lost, Mode.ROAD) is None
    assert Travel(BOOK, ()).way(HERE, THERE, Mode.HORSE) is None
    assert Travel(BOOK, ()).way(HERE, THERE, Mode.ROAD) is not None


def test_the_slower_end_of_a_leg_counts():
    """A leg between two regions goes at the slower region's speed."""
    slow = attrs.evolve(speed("road", 10_000), scope="12.02", replaces="speed:road@ID")
    travel = Travel(book_of(*RULES, slow), ())
    one, two = RegionCode.parse("12.01"), RegionCode.parse("12.02")

    assert 30_000 == travel.speed(Mode.ROAD, "", one).speed_m_per_h
    assert 10_000 == travel.speed(Mode.ROAD, "", one, two).speed_m_per_h
    assert 10_000 == travel.speed(Mode.ROAD, "", two, one).speed_m_per_h


@settings(max_examples=40, deadline=None)
@given(worlds())
def test_upper_legs_go_both_ways_have_a_price_and_stay_above_the_hubs(scenario):
    """Each leg above the hubs has its way back and a price, whether given or derived."""
    legs = upper_legs(scenario, BOOK)
    keys = {g.key for g in legs}
    upper = {p.code for kind in UPPER for p in scenario.of_kind(kind)}

    assert all((g.head, g.tail, g.mode.value) in keys for g in legs)
    assert all(g.cost_per_tonne_rupiah >= 1 for g in legs)
    assert {end for g in legs for end in (g.tail, g.head)} <= upper
    assert len(legs) == len(keys)
    touched = {end for g in legs for end in (g.tail, g.head)}
    assert {p.code for p in scenario.places if p.kind.value == "warehouse"} <= touched


def test_a_place_with_given_legs_gets_no_derived_one():
    """Where legs are known, none is made up beside them."""
    scenario = world(legs=(leg("PRINTER", "12.01", "sea"),))

    assert {"sea"} == {g.mode.value for g in upper_legs(scenario, BOOK)}
    assert {"derived"} == {g.basis for g in upper_legs(world(), BOOK)}
