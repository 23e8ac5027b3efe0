"""The line haul drives through where nothing is handed over, and obeys counts and nights."""

from __future__ import annotations

from datetime import date
from itertools import pairwise

import attrs
import pytest

from silog_core.planning.check import check_plan
from small_world import H_S, fleet, leg, planned, stocked, world

DAY_S = 86_400
TWO = ((((300, 400),),), (((250, 600),),))
SEA = leg("PRINTER", "PORT", "sea", km=900, hours=60)
#: A port, and two warehouses on one road behind it.
ROAD = (leg("PORT", "12.01"), leg("12.01", "12.02", km=50, hours=2))
SCENARIO = stocked(world(TWO, port=True, legs=(SEA, *ROAD)), from_date=date(2024, 8, 1))
PLAN = planned(SCENARIO)


def hauls(plan, mode="road"):
    """Return the trips of the line haul by a mode."""
    return [t for t in plan.trips if (t.echelon, t.mode.value) == ("line-haul", mode)]


def through(plan=PLAN):
    """Return the first trip that drives through a place."""
    return next(t for t in hauls(plan) if any(s.via for s in t.stops) or len(t.stops) > 1)


def test_what_goes_farther_is_not_handed_over_at_the_warehouse_on_the_way():
    """Invariant 30: each piece changes hands at the port and at its own warehouse alone."""
    for trip in hauls(PLAN):
        assert "PORT" == trip.home
        for stop in trip.stops:
            assert {stop.place} == {load.to for load in stop.loads}
    assert {"12.01", "12.02"} == {s.place for t in hauls(PLAN) for s in t.stops}
    assert [] == check_plan(SCENARIO, PLAN)


def test_a_truck_that_drives_past_takes_what_is_for_the_warehouse_on_the_way():
    """Loads that fill no truck share one, which stops at both ends in turn."""
    shared = [t for t in hauls(PLAN) if len(t.stops) == 2]

    assert shared
    for trip in shared:
        assert ["12.01", "12.02"] == [s.place for s in trip.stops]
        assert [(), ()] == [s.via for s in trip.stops]
        assert 300_000 == trip.distance_m


def test_a_full_truck_drives_past_without_a_stop():
    """A truck that is full for the far warehouse says what it drives through."""
    small = fleet("PORT", "truck", None, payload_g=7_000)
    scenario = attrs.evolve(SCENARIO, fleet=(small,))
    plan = planned(scenario)
    passing = [t for t in hauls(plan) if t.stops[0].via]

    assert passing
    for trip in passing:
        assert (("12.01",), "12.02") == (trip.stops[0].via, trip.stops[0].place)
    assert [] == check_plan(scenario, plan)


def test_a_limit_of_the_far_road_holds_for_the_truck_that_drives_through():
    """Where no vehicle may drive both legs, goods change vehicles after all."""
    legs = (SEA, ROAD[0], attrs.evolve(ROAD[1], mode="sea"))
    scenario = attrs.evolve(SCENARIO, legs=legs)
    plan = planned(scenario)

    assert {("PORT", "12.01")} == {(t.home, t.stops[-1].place) for t in hauls(plan)}
    assert "12.01" in {t.home for t in hauls(plan, "sea")}
    assert [] == check_plan(scenario, plan)


@pytest.mark.parametrize("count", [1, 2])
def test_vehicles_that_there_are_few_of_go_in_turn(count):
    """Invariant 28: no more trucks are on the road than there are; the farthest leave first."""
    few = fleet("PORT", "truck", count, payload_g=4_000)
    scenario = attrs.evolve(SCENARIO, fleet=(few,))
    plan = planned(scenario)
    trips = hauls(plan)
    by_unit = {}
    for trip in sorted(trips, key=lambda t: t.depart_s):
        by_unit.setdefault(trip.unit, []).append(trip)

    assert len(trips) > count
    assert set(range(1, count + 1)) == set(by_unit)
    for turns in by_unit.values():
        assert all(one.back_s <= two.depart_s for one, two in pairwise(turns))
    assert [] == check_plan(scenario, plan)


def test_goods_for_which_no_truck_is_left_are_listed_with_the_reason():
    """One tiny truck cannot carry all between the ship and the work: no-turn."""
    sea = attrs.evolve(SEA, months_closed=(1, 2, 3, 4, 5, 6, 7, 8, 9, 11, 12))
    few = fleet("PORT", "truck", 1, payload_g=1_000)
    scenario = attrs.evolve(
        stocked(world(TWO, port=True, legs=(sea, *ROAD)), from_date=date(2024, 10, 1)),
        fleet=(few,),
    )
    plan = planned(scenario)
    codes = {u.code for u in plan.unserved if u.echelon == "line-haul"}

    assert codes & {"no-turn", "unready", "closed", "too-big"}
    assert [] == check_plan(scenario, plan)


def test_drivers_rest_at_night_and_after_their_hours():
    """Invariant 29: 25 hours on the road take three days of ten hours, not one night."""
    legs = (SEA, leg("PORT", "12.01", hours=25), ROAD[1])
    scenario = attrs.evolve(SCENARIO, legs=legs)
    plan = planned(scenario)
    for trip in hauls(plan):
        first = trip.stops[0]
        nights = first.arrive_s // DAY_S - trip.depart_s // DAY_S
        assert nights >= 2
        assert first.arrive_s - trip.depart_s >= 25 * H_S + 2 * 14 * H_S
        assert 6 * H_S <= trip.depart_s % DAY_S <= 16 * H_S
    assert [] == check_plan(scenario, plan)


def test_breaks_of_a_vehicle_lengthen_its_way():
    """A truck that rests an hour after every four on the road is an hour later in five."""
    rested = fleet("PORT", "truck", None, break_after_s=4 * H_S, break_s=H_S)
    legs = (SEA, leg("PORT", "12.01", hours=5), ROAD[1])
    scenario = attrs.evolve(SCENARIO, legs=legs, fleet=(rested,))
    for trip in hauls(planned(scenario)):
        assert trip.stops[0].arrive_s - trip.depart_s >= 6 * H_S


# --- the checker finds what is wrong with a way through -------------------------------


def found(scenario, plan):
    """Return the codes of violations."""
    return {v.code for v in check_plan(scenario, plan)}


def with_trip(new, plan=PLAN):
    """Return the plan with one trip replaced by another of its id."""
    trips = tuple(new if t.id == new.id else t for t in plan.trips)
    return attrs.evolve(plan, trips=trips)


def far(**changes):
    """Return the scenario with changes of the leg that is driven past the first warehouse."""
    legs = (SEA, ROAD[0], attrs.evolve(ROAD[1], **changes))
    return attrs.evolve(SCENARIO, legs=legs)


def test_the_checker_adds_up_every_leg_that_is_driven_through():
    """A limit of the second leg is broken by a gram, and a road is closed, unseen at a stop."""
    beyond = sum(
        load.quantity * next(i.mass_g for i in PLAN.items if i.code == load.commodity.item)
        for t in hauls(PLAN)
        for s in t.stops
        if s.place == "12.02"
        for load in s.loads
    )
    assert {"over-leg"} == found(far(max_load_g=beyond - 1), PLAN)
    assert set() == found(far(max_load_g=beyond), PLAN)
    assert {"closed-leg"} == found(far(months_closed=tuple(range(1, 13))), PLAN)
    assert "too-fast" in found(far(travel_s=20 * H_S), PLAN)


def test_the_checker_finds_goods_that_leave_the_way_they_were_allocated():
    """A truck that goes straight where the line goes through a warehouse."""
    small = fleet("PORT", "truck", None, payload_g=7_000)
    scenario = attrs.evolve(SCENARIO, fleet=(small,))
    plan = planned(scenario)
    old = next(t for t in hauls(plan) if t.stops[0].via)
    new = attrs.evolve(old, stops=(attrs.evolve(old.stops[0], via=()), *old.stops[1:]))

    assert {"not-hauled"} == found(scenario, with_trip(new, plan))
    lost = attrs.evolve(old, stops=(attrs.evolve(old.stops[0], via=("99.99",)),))
    assert "unknown-place" in found(scenario, with_trip(lost, plan))


def test_the_checker_finds_a_truck_of_the_line_haul_in_two_places():
    """Counts of the line haul bind: no truck is on two trips, none is invented."""
    few = fleet("PORT", "truck", 2, payload_g=4_000)
    scenario = attrs.evolve(SCENARIO, fleet=(few,))
    plan = planned(scenario)
    one, two = sorted(hauls(plan), key=lambda t: t.unit)[:: len(hauls(plan)) - 1]
    by_s = one.depart_s - two.depart_s
    stops = tuple(
        attrs.evolve(s, arrive_s=s.arrive_s + by_s, depart_s=s.depart_s + by_s)
        for s in two.stops
    )
    moved = attrs.evolve(
        two, unit=one.unit, stops=stops, depart_s=one.depart_s, back_s=two.back_s + by_s,
        latest_depart_s=one.depart_s,
    )  # fmt: skip

    assert "two-at-once" in found(scenario, with_trip(moved, plan))
    assert "fleet" in found(scenario, with_trip(attrs.evolve(two, unit=3), plan))
