"""Trips below a warehouse: whole kits, real fleets, open ways, and home again."""

from __future__ import annotations

from itertools import pairwise

import attrs

from silog_core.domain.travel_rules import VehicleLimit
from silog_core.planning.check import check_plan
from small_world import BOOK, H_S, RULES, access, book_of, fleet, leg, planned, world

VILLAGE, HUB = "12.01.01.1001", "12.01.01"
#: One village with nine stations.
NINE = world(((((300,) * 9,),),))


def trips(plan, echelon, home=None):
    """Return the trips of an echelon."""
    return [t for t in plan.trips if t.echelon == echelon and home in {None, t.home}]


def test_kits_that_fill_several_vehicles_are_never_split():
    """Nine kits on motorbikes for two: each rides on exactly one, and all ride."""
    bike = fleet(VILLAGE, "motorbike", None, volume_cm3=400_000)
    found = trips(planned(attrs.evolve(NINE, fleet=(bike,))), "village-station")
    kits = [kit for t in found for s in t.stops for kit in s.kits]

    assert 9 == len(kits) == len(set(kits))
    assert 5 == len(found)
    assert all(t.volume_cm3 <= 400_000 for t in found)


def test_the_only_vehicle_goes_again_when_it_is_back():
    """One motorbike for one kit at a time: nine trips, one after the other, all in time."""
    scenario = attrs.evolve(NINE, fleet=(fleet(VILLAGE, "motorbike", 1, volume_cm3=200_000),))
    plan = planned(scenario)
    found = sorted(trips(plan, "village-station"), key=lambda t: t.depart_s)

    assert 9 == len(found)
    assert {1} == {t.unit for t in found}
    assert all(one.back_s <= two.depart_s for one, two in pairwise(found))
    assert [] == check_plan(scenario, plan)


def test_a_second_vehicle_shares_the_work():
    """Two motorbikes: both ride, and nobody waits for the other."""
    scenario = attrs.evolve(NINE, fleet=(fleet(VILLAGE, "motorbike", 2, volume_cm3=200_000),))
    found = trips(planned(scenario), "village-station")

    assert {1, 2} == {t.unit for t in found}


def test_a_fleet_of_none_is_none():
    """A type that is listed with a count of 0 is not hired instead."""
    plan = planned(attrs.evolve(NINE, fleet=(fleet(VILLAGE, "motorbike", 0),)))

    assert [] == trips(plan, "village-station")
    assert {"no-vehicle"} == {u.code for u in plan.unserved}
    assert 9 == len(plan.unserved)


def test_a_kit_that_fits_one_vehicle_rides_on_that_one():
    """Of a long light and a short heavy vehicle, each takes what it can."""
    light = fleet(VILLAGE, "motorbike", None, type="light", payload_g=1_000)
    heavy = fleet(VILLAGE, "motorbike", None, type="heavy", volume_cm3=193_000)
    plan = planned(attrs.evolve(NINE, fleet=(light, heavy)))

    assert () == plan.unserved
    assert {"heavy"} == {t.vehicle for t in trips(plan, "village-station")}


def test_limits_at_either_end_bind():
    """A bridge in one subdistrict limits every truck that goes there, and no other."""
    limit = VehicleLimit(scope=HUB, source="a sign", name="bridge", mode="road",
                         max_payload_g=10_000, reason="a weak bridge")  # fmt: skip
    scenario = world(((((300, 300), (300,)), ((300, 300), (300,))),))
    road = (access("12.01.02", "hub", "road", replaces="access:hub@ID"),)
    rules = [r for r in RULES if str(r.scope) != "12.01.02"]
    plan = planned(scenario, book_of(*rules, *road, limit))

    assert 1 < len([t for t in trips(plan, "warehouse-hub") if HUB in t.stops[0].place])
    for trip in plan.trips:
        if HUB in {trip.home, *(s.place for s in trip.stops)} and trip.mode.value == "road":
            assert trip.mass_g <= 10_000
    assert max(t.mass_g for t in plan.trips if t.echelon == "hub-village") > 0


def test_an_island_is_reached_by_boat_alone():
    """The mode of a region's access rule carries its kits, out and back."""
    plan = planned(world())
    modes = {t.mode.value for t in plan.trips if any(s.place == "12.01.02" for s in t.stops)}

    assert {"boat"} == modes


def test_boxes_come_back_on_the_night_by_land_and_by_day_by_sea():
    """Stations are emptied after the count; boats wait for the morning."""
    plan = planned(world())
    for trip in trips(plan, "return-station-village"):
        assert 18 * H_S <= trip.stops[0].depart_s < 24 * H_S
    for trip in trips(plan, "return-hub-warehouse"):
        if trip.mode.value == "boat":
            assert trip.depart_s >= 30 * H_S


def test_a_leg_that_is_closed_all_the_time_leaves_its_kits_with_a_reason():
    """No vehicle waits for months: the kits are listed, and the others go."""
    shut = leg(HUB, VILLAGE, km=9, hours=1, months_closed=tuple(range(1, 13)))
    scenario = world(legs=(shut,))
    plan = planned(scenario)
    lost = {u.kit for u in plan.unserved}

    assert {"closed"} == {u.code for u in plan.unserved}
    assert {VILLAGE, f"{VILLAGE}-001", f"{VILLAGE}-002"} <= lost
    assert "12.01.02.1001-001" not in lost
    assert [] == check_plan(scenario, plan)


def test_a_leg_closed_for_one_month_is_used_before_or_not_at_all():
    """Nothing moves over a leg in its closed months, and nobody else goes early for it."""
    scenario = world(legs=(leg(HUB, VILLAGE, km=9, hours=1, months_closed=(11,)),))
    plan = planned(scenario, BOOK)
    out = trips(plan, "hub-village", HUB)
    early = [t for t in out if VILLAGE in {s.place for s in t.stops}]
    others = [t for t in out if t not in early]

    assert early
    assert others
    assert all(t.depart_s < -26 * 24 * H_S for t in early)
    assert all(t.depart_s > -26 * 24 * H_S for t in others)
    assert "too-early" in {f.check for f in plan.findings}


def test_a_warehouse_below_another_has_an_area_of_its_own():
    """The province's warehouse supplies the regency's, and serves none of its hubs."""
    scenario = world(((((5,),),), (((7,),),)))
    places = tuple(
        attrs.evolve(p, parent="12.01") if p.code == "12.02" else p for p in scenario.places
    )
    scenario = attrs.evolve(scenario, places=places)
    plan = planned(scenario)

    assert [] == check_plan(scenario, plan)
    assert {"12.01": "12.01.01", "12.02": "12.02.01"} == {
        t.home: t.stops[0].place for t in trips(plan, "warehouse-hub")
    }
    assert {("PRINTER", "12.01"), ("PRINTER", "12.02")} == {
        (t.home, s.place) for t in trips(plan, "line-haul") for s in t.stops
    }


def test_homes_may_have_vehicles_of_one_name_and_different_size():
    """A truck of one village's own is not judged, or filled, by another's."""
    small = fleet(HUB, "truck", 1, payload_g=10_000, volume_cm3=600_000)
    big = fleet("12.01", "truck", 1)
    scenario = world(fleet=(big, small))
    plan = planned(scenario)

    assert [] == check_plan(scenario, plan)
    assert all(t.mass_g <= 10_000 for t in trips(plan, "hub-village", HUB))
    assert max(t.mass_g for t in trips(plan, "warehouse-hub")) > 10_000
