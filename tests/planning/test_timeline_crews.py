"""Repair keeps what crews need: escorts that are shared, guarded nights, and rests."""

from __future__ import annotations

from datetime import date
from functools import cache

import attrs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from silog_core.domain.calendar_rules import DayOff
from silog_core.domain.escorts import EscortPool
from silog_core.domain.plan import Rest
from silog_core.planning.check import check_plan
from silog_core.planning.timeline import critical_path, repair_forward
from small_world import BOOK, H_S, RULES, book_of, planned, world

HUBS = ("12.01.01", "12.01.02", "12.01.03")


@cache
def escorted(count):
    """Return three hubs with long trips to their villages, each with police, and the plan."""
    police = EscortPool(name="police", region="12", count=count, on=("hub-village",))
    scenario = world(((((20,),), ((30,),), ((40,),)),))
    handling = attrs.evolve(scenario.handling, stop_s=4 * H_S)
    scenario = attrs.evolve(scenario, escorts=(police,), handling=handling)
    return scenario, planned(scenario)


def more_of(scenario):
    """Return the scenario with one more group of police."""
    pools = (attrs.evolve(pool, count=pool.count + 1) for pool in scenario.escorts)
    return attrs.evolve(scenario, escorts=tuple(pools))


def outs(plan):
    """Return the trips with police to the villages, first to last."""
    found = [t for t in plan.trips if t.echelon == "hub-village"]
    return sorted(found, key=lambda t: (t.depart_s, t.id))


def test_a_trip_waits_until_its_escorts_are_home():
    """One group goes with one trip after the other, in the order in which they were planned."""
    scenario, plan = escorted(1)
    found = repair_forward(scenario, BOOK, plan, -17 * H_S, not_begun=HUBS)
    new = outs(found.plan)
    wrong = check_plan(scenario, found.plan)

    assert [t.id for t in outs(plan)] == [t.id for t in new]
    assert [new[0].back_s, new[1].back_s] == [new[1].depart_s, new[2].depart_s]
    assert {("late", u.station) for u in found.unmet} == {(v.code, v.where) for v in wrong}
    waits = {s.step: s.waits_for for s in found.shifted}
    assert ["", new[0].id, new[1].id] == [waits[t.id] for t in new]


def test_one_more_group_is_named_where_it_mends():
    """What a shared group makes late is in time with one more, in either language."""
    scenario, plan = escorted(1)
    found = repair_forward(scenario, BOOK, plan, -17 * H_S, not_begun=HUBS)
    mended = {u.station: u for u in found.unmet if u.mend == "escort"}
    more = repair_forward(more_of(scenario), BOOK, plan, -17 * H_S, not_begun=HUBS)

    assert mended
    assert not mended.keys() & {u.station for u in more.unmet}
    for one in mended.values():
        assert "one more group of police" in one.action
        assert "satu regu police lagi" in one.action_id


def test_whoever_is_free_goes_instead_where_that_is_in_time():
    """A second group that is home goes with the next trip, rather than let it be late."""
    scenario, plan = escorted(2)
    first = outs(plan)[0]
    found = repair_forward(scenario, BOOK, plan, -17 * H_S, not_begun=[first.id])
    moved = [t.depart_s for t in outs(found.plan) if t.depart_s >= -17 * H_S]

    assert () == found.unmet
    assert [-17 * H_S, -17 * H_S] == moved
    assert [] == check_plan(scenario, found.plan)


def test_the_chain_says_whom_escorts_are_needed_by():
    """The latest start of a trip is fixed by who needs its escorts next."""
    scenario, plan = escorted(1)
    one, two, _ = outs(plan)
    steps = critical_path(scenario, BOOK, plan).steps
    step = next(s for s in steps if s.id == one.id)
    after = next(s for s in steps if s.id == two.id)

    assert two.id == step.bound_by
    assert f"{two.id} must leave with its escorts by" in step.why
    assert f"{two.id} harus berangkat dengan pengawalnya paling lambat" in step.why_id
    assert one.back_s - one.depart_s == after.latest_start_s - step.latest_start_s
    # With a group for each, none waits for another, and all have more slack.
    rich, free = escorted(3)
    assert all("escorts" not in s.why for s in critical_path(rich, BOOK, free).steps)


@pytest.mark.parametrize(("guarded", "leaves_h"), [(False, -34), (True, -18)])
def test_what_would_not_be_home_by_night_waits_for_the_morning(guarded, leaves_h):
    """Begun at two in the afternoon, it would be out at night where nobody guards boxes."""
    scenario, plan = escorted(3)
    handling = attrs.evolve(scenario.handling, guarded_nights=guarded)
    scenario = attrs.evolve(scenario, handling=handling)
    first = outs(plan)[0]
    found = repair_forward(scenario, BOOK, plan, -34 * H_S, not_begun=[first.id])

    assert leaves_h * H_S == {t.id: t.depart_s for t in found.plan.trips}[first.id]
    assert check_plan(scenario, plan) == check_plan(scenario, found.plan)


def test_a_trip_with_rests_is_put_off_to_a_day_that_is_as_open():
    """It is moved by whole days, with its rests, and not to a day off."""
    scenario, plan = escorted(1)
    first = outs(plan)[0]
    nap = Rest(kind="break", place="", from_s=first.depart_s, until_s=first.depart_s + 60)
    trips = tuple(attrs.evolve(t, rests=(nap,)) if t.id == first.id else t for t in plan.trips)
    plan = attrs.evolve(plan, trips=trips)
    sunday = DayOff(scope="ID", source="a test", day=date(2024, 11, 24), name="a feast")
    found = repair_forward(
        scenario, book_of(*RULES, sunday), plan, first.depart_s + 1, not_begun=[first.id]
    )
    new = {t.id: t for t in found.plan.trips}[first.id]

    assert first.depart_s + 2 * 24 * H_S == new.depart_s
    assert first.depart_s + 2 * 24 * H_S == new.rests[0].from_s


def test_the_way_back_waits_for_what_comes_home_late():
    """Boxes are fetched when they are there, and by escorts who are home (30)."""
    scenario, plan = escorted(1)
    back = [t for t in plan.trips if t.echelon == "return-village-hub"]
    first = min(back, key=lambda t: t.depart_s)
    found = repair_forward(
        scenario, BOOK, plan, first.depart_s + 30 * H_S, not_begun=[first.id]
    )
    new = {t.id: t for t in found.plan.trips}
    fetches = {t.id: t for t in plan.trips if first.home in {s.place for s in t.stops}}
    later = [i for i, t in fetches.items() if t.echelon == "return-hub-warehouse"]

    assert [] == check_plan(scenario, found.plan)
    assert all(fetches[i].depart_s < new[i].depart_s for i in later)
    assert later


@given(
    count=st.integers(1, 2),
    now_h=st.integers(-48, -4),
    late=st.sets(st.sampled_from(HUBS), min_size=1),
)
@settings(max_examples=12, deadline=None)
def test_every_change_that_is_named_mends(count, now_h, late):
    """With no rest, or one more group, the kits for which it is named are in time."""
    scenario, plan = escorted(count)
    found = repair_forward(scenario, BOOK, plan, now_h * H_S, not_begun=late)
    handling = attrs.evolve(scenario.handling, turnround_s=0)
    changed = {
        "rest": attrs.evolve(scenario, handling=handling),
        "escort": more_of(scenario),
    }
    for mend, other in changed.items():
        named = {u.station for u in found.unmet if u.mend == mend}
        still = repair_forward(other, BOOK, plan, now_h * H_S, not_begun=late).unmet
        assert not named & {u.station for u in still}
    assert {v.code for v in check_plan(scenario, found.plan)} <= {"late"}


@pytest.mark.parametrize("count", [1, 2, 3])
def test_a_plan_of_too_few_groups_is_carried_out_as_it_is(count):
    """Where a plan takes more groups than there are, nothing of it is put off for them."""
    scenario, plan = escorted(count)
    none = attrs.evolve(scenario, escorts=(attrs.evolve(scenario.escorts[0], count=0),))

    assert plan == repair_forward(none, BOOK, plan, -60 * 24 * H_S, not_begun=["all"]).plan
