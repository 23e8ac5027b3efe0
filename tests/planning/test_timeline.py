"""Latest starts are exact, slack has an owner, and repair never touches the past."""

from __future__ import annotations

from datetime import date
from itertools import pairwise

import attrs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from plain_clock import arrivals
from silog_core.domain.calendar_rules import DayOff
from silog_core.domain.regions import RegionCode
from silog_core.errors import PlanningError
from silog_core.planning.check import check_plan
from silog_core.planning.timeline import critical_path, repair_forward
from silog_core.testing.strategies import workforces
from silog_core.testing.worlds import small_world
from small_world import BOOK, H_S, RULES, book_of, planned, worlds

WORLD = small_world()
DAY_S = 24 * H_S
#: A Sunday and a Monday shortly before the vote on which nobody works.
OFF = book_of(
    *RULES,
    *(
        DayOff(scope="ID", source="a test", day=date(2024, 11, day), name=f"off {day}")
        for day in (24, 25)
    ),
)
FEW = settings(max_examples=15, deadline=None)


def path_of(place="", world=WORLD):
    """Return the critical path of a place of the small world."""
    return critical_path(world.scenario, world.book, world.plan, place)


def repaired(now_s, *names, world=WORLD):
    """Return the small world's plan, repaired from a moment on."""
    return repair_forward(world.scenario, world.book, world.plan, now_s, not_begun=names)


@given(scenario=worlds(tight=False, capacities=False))
@FEW
def test_one_second_later_breaks_the_deadline(scenario):
    """Each step of a chain is in time at its latest start, and late a second after it."""
    plan = planned(scenario)
    path = critical_path(scenario, BOOK, plan) if plan.trips else None
    trips = {t.id: t for t in plan.trips}
    for step, after in pairwise([*path.steps, None] if path else []):
        trip = trips.get(step.id)
        if trip is None:
            continue
        # What waits for a vehicle, or for escorts, waits until they are home.
        home = step.to == step.place
        at = next((i for i, s in enumerate(trip.stops) if s.place == step.to), -1)
        bound = path.deadline_s
        if after is not None:
            gap = after.start_s - (trip.back_s if home else trip.stops[at].depart_s)
            rest = min(scenario.handling.turnround_s, max(0, gap))
            bound = after.latest_start_s - (rest if after.id in trips and not home else 0)

        def done(ready_s, trip=trip, at=at):
            return arrivals(scenario, BOOK, plan, trip, ready_s)[at]

        assert done(step.latest_start_s) <= bound
        assert bound < done(step.latest_start_s + 1)


def test_slack_is_the_steps_own_or_shared_with_later_ones():
    """Slack adds up: free and shared; work without free slack hands all of it on."""
    path = path_of("12.01")
    for step in path.steps:
        assert step.free_s + step.shared_s == step.slack_s
        assert 0 <= step.shared_s
    work = [s for s in path.steps if "@" in s.id]
    # A day lost while sorting is a day lost while packing.
    assert work[0].slack_s == work[0].free_s + work[1].slack_s
    assert path.owner == max(path.steps, key=lambda s: s.free_s)


def test_a_chain_names_what_follows_and_ends_at_a_window():
    """Each step is bound by the next one, the last by the station, in both languages."""
    station = "12.01.01.1002-002"
    path = path_of(station)

    assert [s.id for s in path.steps[1:]] == [s.bound_by for s in path.steps[:-1]]
    assert station == path.ends_at == path.steps[-1].bound_by
    assert all(s.bound_by in s.why and s.bound_by in s.why_id for s in path.steps)
    assert path_of("12.01").slack_s == min(path_of(c).slack_s for c in ("12.01.01", "12.01"))


def test_a_place_that_nobody_serves_has_no_path():
    """An error, with what to name instead."""
    with pytest.raises(PlanningError, match="serves"):
        path_of("99")


def test_before_anything_began_nothing_changes():
    """Long before the first step the plan is what it was, though nothing has begun."""
    found = repaired(-60 * DAY_S, "all")

    assert WORLD.plan == found.plan
    assert ((), (), ()) == (found.begun, found.shifted, found.unmet)


@pytest.mark.parametrize("name", ["kitting@12.01", "W-12.01-001", "12.01.01"])
def test_what_can_still_be_met_is_shifted_and_no_more(name):
    """Every station still has its kit on H-1, and the checker of plans finds nothing."""
    first = {"kitting@12.01": -96 * H_S, "W-12.01-001": -66 * H_S, "12.01.01": -42 * H_S}
    found = repaired(first[name] + 6 * H_S, name)

    assert () == found.unmet
    assert name in {s.step for s in found.shifted} or "H-12.01.01-001" in found.shifted[0].step
    assert [] == check_plan(WORLD.scenario, found.plan)


@st.composite
def delays(draw):
    """Draw a book, a plan, today, and what has not begun: everything, one trip, or nothing."""
    scenario = draw(worlds())
    book = draw(st.sampled_from([BOOK, OFF]))
    if draw(st.booleans()):  # hubs that take things in by day only
        places = (
            attrs.evolve(p, open_hour=8, close_hour=draw(st.sampled_from([12, 15])))
            if p.kind.value == "hub"
            else p
            for p in scenario.places
        )
        scenario = attrs.evolve(scenario, places=tuple(places))
    if draw(st.booleans()):
        people = draw(workforces(within=RegionCode.parse("12")))
        scenario = attrs.evolve(scenario, workforces=(people,))
    plan, hours = planned(scenario, book), draw(st.integers(1, 24 * 20))
    out = [t for t in plan.trips if not t.echelon.startswith("return")]
    if out and draw(st.booleans()):
        late = draw(st.sampled_from(out))
        return book, scenario, plan, late.depart_s + hours % 60 * 1000 + 1, (late.id,)
    return book, scenario, plan, -hours * H_S, draw(st.sampled_from([("all",), ()]))


@given(delay=delays())
@FEW
def test_repair_never_moves_the_past(delay):
    """What began stays to the second, nothing is made earlier, the rest is not before today.

    Whatever it asks of vehicles, crews, escorts and people, the plan is as sound as it was,
    but for kits that are listed as late.
    """
    book, scenario, plan, now_s, names = delay
    found = repair_forward(scenario, book, plan, now_s, not_begun=names)
    after = {t.id: t for t in found.plan.trips}
    # What never runs keeps its times, and is listed.
    never = any(u.late_s > 200 * DAY_S for u in found.unmet)
    for trip in plan.trips:
        new = after[trip.id]
        if trip.id in found.begun:
            assert trip == new
        assert trip.depart_s <= new.depart_s
        if trip.id not in found.begun:
            assert now_s <= new.depart_s or never
    wrong = check_plan(scenario, found.plan)
    old = {str(v) for v in check_plan(scenario, plan)}
    fair = {("late", u.station) for u in found.unmet}
    lost = {"stage-order", "custody-gap", "two-at-once", "escort"} if never else set()
    wrong = [v for v in wrong if (v.code, v.where) not in fair and v.code not in lost]
    assert [] == [v for v in wrong if str(v) not in old]


@given(delay=delays())
@FEW
def test_nothing_changes_before_anything_began(delay):
    """Whatever crews ask for, a plan of which nothing has begun stays what it is."""
    book, scenario, plan, _, _ = delay
    slots = plan.schedule.stages
    first_s = min([0, *(t.depart_s for t in plan.trips), *(s.start_s for s in slots)])
    found = repair_forward(scenario, book, plan, first_s, not_begun=["all"])

    assert (plan, ()) == (found.plan, found.shifted)


@pytest.mark.parametrize(
    ("now_h", "name", "mend"),
    [(-5, "12.01.01.1001", "night"), (-20, "12.01", "deadline")],
)
def test_what_cannot_be_met_has_a_reason_and_the_smallest_change(now_h, name, mend):
    """Kits that come too late name the step with which it began, and what mends it."""
    found = repaired(now_h * H_S, name)

    assert found.unmet
    for one in found.unmet:
        assert mend == one.mend
        assert name in one.root
        assert one.root in one.reason
        assert one.root in one.reason_id
        assert one.action
        assert one.action_id
    assert sorted(found.unmet, key=lambda u: -u.voters) == list(found.unmet)


def test_more_hands_are_named_where_they_mend_it():
    """Four days of packing begun two days before dispatch: twice the crew is enough."""
    handling = attrs.evolve(
        WORLD.scenario.handling, kits_per_worker_day=1, sheets_per_worker_day=10**6
    )
    scenario = attrs.evolve(WORLD.scenario, handling=handling)
    slots = tuple(
        attrs.evolve(s, start_s=s.start_s - 3 * DAY_S) if s.stage == "kitting"
        else attrs.evolve(s, start_s=s.start_s - 3 * DAY_S, finish_s=s.finish_s - 3 * DAY_S)
        if s.stage == "sort-fold" else s
        for s in WORLD.plan.schedule.stages
    )  # fmt: skip
    plan = attrs.evolve(WORLD.plan, schedule=attrs.evolve(WORLD.plan.schedule, stages=slots))
    found = repair_forward(scenario, WORLD.book, plan, -96 * H_S, not_begun=["kitting@12.01"])

    assert {"crew"} == {u.mend for u in found.unmet}
    assert all("2 times the crew" in u.action for u in found.unmet)


def test_a_step_that_is_not_there_is_an_error():
    """A misspelt name is refused, not ignored."""
    with pytest.raises(PlanningError, match="kiting"):
        repaired(-DAY_S, "kiting@12.01")
