"""The way back has tours of its own, real vehicles, whole boxes, and a deadline."""

from __future__ import annotations

from itertools import pairwise

import attrs

from silog_core.domain.calendar_rules import StageWindow
from silog_core.planning.check import check_plan
from small_world import H_S, RULES, book_of, fleet, leg, planned, world

DAY_S = 86_400
VILLAGE, HUB, WAREHOUSE = "12.01.01.1001", "12.01.01", "12.01"
#: One hub, one village, nine stations; and two hubs by road.
NINE = world(((((300,) * 9,),),))


def deadline(stage, days_after, hour):
    """Return a rule until when boxes have to be back."""
    return StageWindow(
        scope="ID", source="a test", election="pilkada", stage=stage,
        first_days_before=0, last_days_before=-days_after, last_hour=hour,
    )  # fmt: skip


def trips(plan, echelon, home=None):
    """Return the trips of an echelon."""
    return [t for t in plan.trips if t.echelon == echelon and home in {None, t.home}]


def test_what_went_out_comes_back_whole_and_from_hand_to_hand():
    """Invariants 25 and 30: each box that went out is back, by one vehicle a level."""
    plan = planned(NINE)
    out = [k for t in trips(plan, "village-station") for s in t.stops for k in s.kits]
    back = [k for t in trips(plan, "return-station-village") for s in t.stops for k in s.kits]

    assert sorted(out) == sorted(back)
    assert len(back) == len(set(back))
    assert [] == check_plan(NINE, plan)


def test_boxes_that_are_ready_on_another_day_wait_for_nobody():
    """A village whose boat is at home only days later holds up no other village."""
    far = leg(f"{HUB}.1002", "12.01.01.1002-001", "motorcycle", km=300, hours=40)
    scenario = world(legs=(far,))
    plan = planned(scenario)
    found = {s.place: t for t in trips(plan, "return-village-hub", HUB) for s in t.stops}
    near, late = found[VILLAGE], found[f"{HUB}.1002"]

    assert near.id != late.id
    assert near.back_s // DAY_S < late.back_s // DAY_S
    assert [] == check_plan(scenario, plan)


def test_kits_that_never_went_out_are_not_fetched():
    """A village that no vehicle reaches has no boxes to bring back."""
    shut = leg(HUB, VILLAGE, km=9, hours=1, months_closed=tuple(range(1, 13)))
    scenario = world(legs=(shut,))
    plan = planned(scenario)
    fetched = {s.place for t in trips(plan, "return-village-hub") for s in t.stops}

    assert VILLAGE not in fetched
    assert [] == check_plan(scenario, plan)


def test_a_deadline_is_kept_by_shorter_tours_where_vehicles_can_be_hired():
    """Tours that are cheap and late give way to more vehicles that are in time."""
    shape = ((((300,), (300,), (300,), (300,), (300,), (300,)),),)
    legs = tuple(
        leg(*sorted((a, b)), km=30, hours=2)
        for a in (HUB, *(f"{HUB}.100{n}" for n in range(1, 7)))
        for b in (HUB, *(f"{HUB}.100{n}" for n in range(1, 7)))
        if a < b
    )
    scenario = world(shape, legs=legs)
    loose, tight = deadline("return-hub", 3, 24), deadline("return-hub", 1, 12)
    relaxed = planned(scenario, book_of(*RULES, loose))
    pressed = planned(scenario, book_of(*RULES, tight))
    slow, fast = (trips(p, "return-village-hub") for p in (relaxed, pressed))

    assert len(slow) < len(fast)
    assert max(t.back_s for t in slow) > DAY_S + 12 * H_S
    assert max(t.back_s for t in fast) <= DAY_S + 12 * H_S
    assert set() == {f.check for f in pressed.findings if f.check == "late-return"}


def late(plan):
    """Return the findings that boxes are back late."""
    return [f for f in plan.findings if f.check == "late-return"]


def test_a_return_that_cannot_be_in_time_says_that_its_vehicle_was_out():
    """One motorbike for nine villages' boxes: late, and the finding names the trip before."""
    scenario = attrs.evolve(
        world(((((300, 300), (300, 300), (300, 300)),),)),
        legs=tuple(leg(HUB, f"{HUB}.100{n}", km=90, hours=4) for n in (1, 2, 3)),
        fleet=(fleet(HUB, "truck", 1, volume_cm3=600_000),),
    )
    book = book_of(*RULES, deadline("return-hub", 1, 18))
    plan = planned(scenario, book)
    turns = sorted(trips(plan, "return-village-hub"), key=lambda t: t.depart_s)

    assert all(one.back_s <= two.depart_s for one, two in pairwise(turns))
    assert late(plan)
    assert any(f"was out with {turns[0].id}" in f.message for f in late(plan))
    assert any(f"masih dipakai {turns[0].id}" in f.message_id for f in late(plan))


def test_a_return_that_waits_for_boxes_says_so():
    """A deadline before the boxes of the stations are in the village blames them."""
    far = leg(VILLAGE, f"{VILLAGE}-001", "motorcycle", km=300, hours=40)
    book = book_of(*RULES, deadline("return-hub", 1, 6))
    plan = planned(world(((((300,),),),), legs=(far,)), book)

    assert ["its boxes were at"] == [
        part for f in late(plan) for part in ["its boxes were at"] if part in f.message
    ]


def test_of_few_vehicles_the_farthest_is_fetched_first():
    """Invariant 31: one truck and boxes that are ready at once: the longest way goes first."""
    scenario = attrs.evolve(
        world(((((300, 300), (300, 300), (300, 300)),),)),
        legs=tuple(leg(HUB, f"{HUB}.100{n}", km=30 * n, hours=n) for n in (1, 2, 3)),
        fleet=(fleet(HUB, "truck", 1, volume_cm3=600_000),),
    )
    found = sorted(trips(planned(scenario), "return-village-hub"), key=lambda t: t.depart_s)
    lengths = [t.back_s - t.depart_s for t in found if len(t.stops) == 1]

    assert len(lengths) > 1
    assert [f"{HUB}.1003"] == [s.place for s in found[0].stops]


def test_the_checker_finds_boxes_that_come_back_to_the_wrong_place():
    """Invariant 30: what a village fetched cannot be fetched at another one."""
    scenario = world(((((300,), (300,)),),))
    plan = planned(scenario)
    old = trips(plan, "return-village-hub")[0]
    stops = tuple(attrs.evolve(s, place=f"{HUB}.1001") for s in old.stops)
    new = attrs.evolve(old, stops=stops)
    wrong = attrs.evolve(plan, trips=tuple(new if t is old else t for t in plan.trips))

    assert "custody-gap" in {v.code for v in check_plan(scenario, wrong)}
