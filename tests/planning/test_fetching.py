"""Boxes of places with priority are back first where vehicles or escorts are few."""

from __future__ import annotations

import attrs
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from crew_worlds import changed
from judged_plans import found_against
from silog_core.domain.calendar_rules import StageWindow
from silog_core.domain.escorts import EscortPool
from silog_core.planning.check import check_plan
from silog_core.planning.returning import WayBack
from small_world import H_S, RULES, book_of, fleet, leg, planned, world

HUBS = ("12.01.01", "12.01.03", "12.01.04")
SHAPE = ((((300,),), ((0,),), ((100,),), ((200,),)),)
BACK = "return-hub-warehouse"
DUE_S = 3 * 86_400
BOOK = book_of(
    *RULES,
    StageWindow(
        scope="ID", source="a test", election="pilkada", stage="return-regency",
        first_days_before=0, last_days_before=-2,
    ),
)  # fmt: skip
LEGS = tuple(leg("12.01", hub, hours=9) for hub in HUBS)
#: A truck for three hubs, each a day and a half there and back, to be in by H+2.
FEW = world(SHAPE, legs=LEGS, fleet=(fleet("12.01", "truck", 1, payload_g=12_000),))


def late(plan):
    """Return the hubs whose boxes come back to the warehouse after the deadline."""
    trips = [t for t in plan.trips if t.echelon == BACK and t.back_s > DUE_S]
    return {stop.place for trip in trips for stop in trip.stops}


@pytest.mark.parametrize("hub", HUBS)
def test_the_hub_with_priority_is_fetched_in_time(hub):
    """Whichever hub it is, its boxes are back in time; those of others are late."""
    scenario = changed(FEW, {hub}, priority=1)
    plan = planned(scenario, BOOK)

    assert late(plan)
    assert hub not in late(plan)
    assert [] == check_plan(scenario, plan)
    assert "priority" not in found_against(plan, scenario, BACK, book=BOOK)


def test_where_all_are_back_in_time_priority_changes_nothing():
    """It says who is fetched first where somebody is late, and is no order of trips."""
    many = attrs.evolve(FEW, fleet=(attrs.evolve(FEW.fleet[0], count=9),))
    plan = planned(many, BOOK)

    assert set() == late(plan)
    assert plan.trips == planned(changed(many, {HUBS[2]}, priority=9), BOOK).trips


def test_the_judge_finds_boxes_fetched_without_priority(monkeypatch):
    """A planner that does not look at priority is told which vehicle could have gone."""
    monkeypatch.setattr(WayBack, "_outdone", lambda *_: False)
    hub = sorted(late(planned(FEW, BOOK)))[0]
    scenario = changed(FEW, {hub}, priority=1)

    assert "priority" in found_against(planned(scenario, BOOK), scenario, BACK, book=BOOK)


@st.composite
def hard_pressed(draw):
    """Draw hubs of any priority and way, and vehicles and escorts that are few."""
    hours = st.sampled_from([1, 4, 7, 9, 13])
    sizes = st.sampled_from([4_000, 9_000, 30_000])
    legs = tuple(leg("12.01", hub, hours=draw(hours)) for hub in HUBS)
    trucks = [fleet("12.01", "truck", draw(st.integers(1, 2)), payload_g=draw(sizes))]
    if draw(st.booleans()):
        trucks.append(fleet("12.01", "van", 1, payload_g=draw(sizes)))
    if draw(st.booleans()):
        trucks.append(fleet(HUBS[0], "truck", 1))
    pool = EscortPool(name="police", region="12", count=1, on=("warehouse-hub",))
    scenario = world(
        SHAPE, legs=legs, fleet=tuple(trucks), escorts=draw(st.sampled_from([(), (pool,)]))
    )
    for hub in HUBS:
        scenario = changed(scenario, {hub}, priority=draw(st.integers(0, 2)))
    done = draw(st.sampled_from([15, 18, 23]))
    handling = attrs.evolve(scenario.handling, count_done_hour=done, stop_s=H_S)
    return attrs.evolve(scenario, handling=handling)


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(hard_pressed())
def test_nothing_less_urgent_takes_the_vehicle_of_what_is_late(scenario):
    """Judged by other code: no truck with other boxes could have been back with them."""
    plan = planned(scenario, BOOK)

    assert [] == check_plan(scenario, plan)
    assert "priority" not in found_against(plan, scenario, BACK, book=BOOK)
