"""The judge of typed trips knows where goods in bulk spend their nights."""

from __future__ import annotations

from datetime import date
from itertools import pairwise

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from crew_worlds import changed, handled
from judged_plans import found_against, read
from silog_core.planning.judge import judge_trips
from small_world import BOOK, H_S, fleet, leg, planned, stocked, world

#: A port, and two warehouses behind it, the second a day and a half away by road.
TWO = ((((300, 400),),), (((250, 600),),))
SEA = leg("PRINTER", "PORT", "sea", km=900, hours=60)
ROAD = (leg("PORT", "12.01", hours=9), leg("12.01", "12.02", hours=8))
FLEET = (fleet("PORT", "truck", None, payload_g=7_000),)
PLAIN = stocked(
    world(TWO, port=True, legs=(SEA, *ROAD), fleet=FLEET), from_date=date(2024, 8, 1)
)
OPEN = handled(PLAIN, guarded_nights=True)
GUARDED = changed(OPEN, {"12.01"}, guarded=True)
PLAN = planned(GUARDED)
#: A truck to the far warehouse that leaves so that it sleeps half-way.
HEAD = ["T", "truck", "PORT", "H-40 06:00", "12.02", "", "", "", "", "out", ""]


def judged(rows, scenario):
    """Return the codes of what is found against rows."""
    return {one.code for one in judge_trips(scenario, BOOK, read(rows, scenario))}


def test_nights_at_a_guarded_warehouse_are_sound():
    """Invariant 29: the library's own trucks sleep where goods are guarded."""
    assert "guard" not in found_against(PLAN, GUARDED, "line-haul")
    assert any(t.rests for t in PLAN.trips if t.echelon == "line-haul")


def test_the_same_trips_break_the_rule_where_nobody_guards():
    """What drives past an unguarded warehouse at night is found; without the rule it is not."""
    assert "guard" in found_against(PLAN, OPEN, "line-haul")
    assert "guard" not in found_against(PLAN, PLAIN, "line-haul")
    assert "guard" in found_against(planned(PLAIN), OPEN, "line-haul")


@pytest.mark.parametrize(
    ("rests", "arrives", "wrong"),
    [
        (None, "", False),
        (None, "H-39 14:00", False),
        (None, "H-39 18:00", True),
        ("H-40 15:00/H-39 06:00 @ 12.01", "H-39 14:00", False),
        ("H-40 18:00/H-39 06:00", "H-39 12:00", True),
        ("", "H-39 14:00", True),
        ("", "", True),
    ],
)
def test_a_typed_night_counts_where_it_is_spent(rests, arrives, wrong):
    """At the guarded place on the way it is good, on the road it is not.

    An arrival that is typed says when it left that place; one after dark is too late.
    """
    row = [*HEAD, "box", "2", *([] if rests is None else [rests])]
    row[5] = arrives

    assert wrong is ("guard" in judged([row], GUARDED))
    assert "guard" in judged([row], OPEN)


def test_a_truck_that_unloads_after_dark_is_found_and_an_empty_one_is_not():
    """Goods are guarded until they are handed over; an empty truck drives home."""
    late = ["T", "truck", "PORT", "H-40 08:30", "12.01", "", "", "", "", "out", "", "box", "2"]
    slow = handled(OPEN, stop_s=3 * H_S)
    soon = [*late[:3], "H-40 06:00", *late[4:]]

    assert "guard" in judged([late], slow)
    assert "guard" not in judged([soon], OPEN)
    assert "guard" not in judged([late], changed(slow, {"12.01"}, guarded=True))


def test_a_ship_sails_through_the_night():
    """At sea nobody stops, and nothing is asked."""
    row = ["S", "ship", "PRINTER", "H-50 06:00", "PORT", "", "", "", "", "out", "", "box", "2"]

    assert "guard" not in judged([row], OPEN)


def test_of_ways_that_are_as_quick_one_is_taken():
    """Two ways through different warehouses that take as long are no fault of a table."""
    legs = [leg("PORT", code, hours=3) for code in ("12.01", "12.02")]
    legs += [leg(code, "12.03", hours=3) for code in ("12.01", "12.02")]
    shape = (*TWO, (((100,),),))
    scenario = world(shape, port=True, legs=(SEA, *legs), fleet=FLEET)
    row = ["T", "truck", "PORT", "H-40 06:00", "12.03", "", "", "", "", "out", "", "box", "2"]

    assert "no-way" not in judged([row], scenario)


@st.composite
def long_ways(draw):
    """Draw chains of warehouses, some guarded, with breaks or without."""
    hours = st.sampled_from([3, 7, 9, 11, 15])
    shape = (*TWO, (((100,),),))
    chain = ("PORT", "12.01", "12.02", "12.03")
    road = [leg(a, b, hours=draw(hours)) for a, b in pairwise(chain)]
    after_s = draw(st.sampled_from([None, 4 * H_S]))
    truck = fleet("PORT", "truck", draw(st.sampled_from([None, 2])), payload_g=20_000,
                  break_after_s=after_s, break_s=1800 if after_s else 0)  # fmt: skip
    scenario = stocked(
        world(shape, port=True, legs=(SEA, *road), fleet=(truck,)),
        from_date=draw(st.sampled_from([None, date(2024, 9, 1)])),
    )
    guarded = set(draw(st.lists(st.sampled_from(chain), unique=True)))
    hours_open = draw(st.sampled_from([(6, 18), (7, 16)]))
    scenario = handled(
        scenario, guarded_nights=True, first_hour=hours_open[0], last_hour=hours_open[1],
        stop_s=draw(st.sampled_from([900, 2 * H_S])),
    )  # fmt: skip
    return changed(scenario, guarded, guarded=True)


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(long_ways())
def test_29_plans_in_bulk_that_are_typed_off_spend_no_night_unguarded(scenario):
    """Invariant 29: whatever is guarded, the judge agrees with the planner's nights.

    A table says nothing of the way, so there is one here.
    """
    plan = planned(scenario, checks=None)
    found = found_against(plan, scenario, "line-haul")

    assert not {"guard", "arrival", "closed", "rest", "break"} & found
