"""The line haul carries what was allocated over the legs it was allocated to, in time."""

from __future__ import annotations

from datetime import date

import attrs
import pytest

from silog_core.planning.check import check_plan
from small_world import fleet, leg, planned, stocked, world

SEA = leg("PRINTER", "PORT", "sea", km=900, hours=60)
LAND = leg("PORT", "12.01")
DAY_S = 86_400


def hauls(plan):
    """Return the trips of the line haul."""
    return [t for t in plan.trips if t.echelon == "line-haul"]


def test_goods_change_vehicles_at_the_port():
    """What a ship brings is there before the truck leaves; both carry all of it."""
    plan = planned(stocked(world(port=True, legs=(SEA, LAND))))
    ships = [t for t in hauls(plan) if t.mode.value == "sea"]
    trucks = [t for t in hauls(plan) if t.mode.value == "road"]

    assert sum(t.mass_g for t in ships) == sum(t.mass_g for t in trucks) > 0
    assert max(t.stops[0].depart_s for t in ships) <= max(t.depart_s for t in trucks)
    assert {"PORT"} == {t.home for t in trucks}


def test_ballots_and_equipment_come_in_the_windows_of_their_stages():
    """With time enough, equipment is there by H-30 and ballots by H-20."""
    plan = planned(stocked(world(port=True, legs=(SEA, LAND)), from_date=date(2024, 9, 1)))
    for trip in hauls(plan):
        for load in trip.stops[0].loads:
            latest = -19 if load.commodity.area else -29
            assert trip.stops[0].arrive_s <= latest * DAY_S


def test_a_lot_that_is_ready_late_still_comes_before_the_work_begins():
    """Ready after its window, a lot leaves no earlier than it is there, and arrives in time."""
    scenario = stocked(world(port=True, legs=(SEA, LAND)), from_date=date(2024, 11, 11))
    plan = planned(scenario)

    assert ((), ()) == (plan.shortfalls, plan.unserved)
    assert [] == check_plan(scenario, plan)
    assert all(-16 * DAY_S <= t.depart_s for t in hauls(plan) if t.home == "PRINTER")
    assert not [s for s in plan.schedule.stages if s.slack_s < 0]


def test_two_legs_between_two_places_share_what_one_cannot_take():
    """The dear leg carries what is above the limit of the cheap one."""
    cheap = attrs.evolve(LAND, max_load_g=15_000, cost_per_tonne_rupiah=1000)
    dear = leg("PORT", "12.01", "sea", cost_per_tonne_rupiah=9000)
    scenario = stocked(world(port=True, legs=(SEA, cheap, dear)))
    plan = planned(scenario)
    masses = {"road": 0, "sea": 0}
    for trip in hauls(plan):
        if trip.stops[-1].place == "12.01":
            masses[trip.mode.value] += trip.mass_g

    assert 15_000 >= masses["road"] > 13_000
    assert masses["sea"] > 0
    assert [] == check_plan(scenario, plan)


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"legs": (attrs.evolve(SEA, months_closed=(7, 8, 9, 10, 11)), LAND)}, "closed"),
        ({"legs": (attrs.evolve(SEA, mode="helicopter"), LAND)}, "no-vehicle"),
        ({"fleet": (fleet("PRINTER", "ship", 1, payload_g=1000),)}, "too-big"),
    ],
    ids=["closed", "no-vehicle", "too-big"],
)
def test_what_one_leg_cannot_carry_is_not_carried_on_the_next(change, code):
    """No truck waits at a port for a ship that never comes, and the plan says why."""
    scenario = world(port=True, **{"legs": (SEA, LAND), **change})
    plan = planned(scenario)
    boxes = [
        trip
        for trip in hauls(plan)
        if any(load.commodity.item == "box" for load in trip.stops[0].loads)
    ]

    assert [] == boxes
    assert {code} == {u.code for u in plan.unserved if u.echelon == "line-haul"}
    assert [] == check_plan(scenario, plan)
    assert "not-carried" in {f.check for f in plan.findings}


def test_goods_that_are_ready_after_the_last_ship_are_listed():
    """A lot of 1 November cannot use a sea that is closed in November."""
    sea = attrs.evolve(SEA, months_closed=(11,))
    scenario = stocked(world(port=True, legs=(sea, LAND)), from_date=date(2024, 11, 1))
    plan = planned(scenario)

    assert [] == hauls(plan)
    assert {"unready"} == {u.code for u in plan.unserved}
    assert [] == check_plan(scenario, plan)


def test_a_vehicle_is_filled_and_the_rest_follows_on_another():
    """A truck with room for a tenth of the load goes some ten times, never over its load."""
    scenario = world(legs=(leg("PRINTER", "12.01"),))
    total_g = sum(t.mass_g for t in hauls(planned(scenario)))
    small = fleet("PRINTER", "truck", None, payload_g=total_g // 10)
    trips = hauls(planned(attrs.evolve(scenario, fleet=(small,))))

    assert total_g == sum(t.mass_g for t in trips)
    assert 10 <= len(trips) <= 13
    assert all(t.mass_g <= total_g // 10 for t in trips)
