"""People who are known: how many, in which shifts, and how they tire, move the start of work."""

from __future__ import annotations

from datetime import timedelta

import attrs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from silog_core.domain.calendar import day_of
from silog_core.domain.labour import Labour, labour_at
from silog_core.domain.workforce import Workforce, workforce_at
from silog_core.errors import FieldError
from silog_core.planning.check import check_plan
from silog_core.planning.pipeline import make_plan
from silog_core.planning.timeline import critical_path, repair_forward
from silog_core.risk.assess import assess
from silog_core.solvers.allocation import solve_allocation
from silog_core.solvers.routing import ruin_recreate
from silog_core.testing.strategies import workforces
from silog_core.testing.worlds import VOTING_DAY, small_world

QUICK = settings(max_examples=60, deadline=None)
DAY_S = 86_400
WORLD = small_world()
FORCE = Workforce(region="12.01", source="a list", workers=1, sheets_per_worker_day=100)


def planned(force):
    """Return the small world's scenario with these people, and its plan."""
    scenario = attrs.evolve(WORLD.scenario, workforces=(force,))
    return scenario, make_plan(
        scenario, WORLD.book, allocation_solver=solve_allocation,
        routing_solver=ruin_recreate, provenance=WORLD.plan.provenance,
    )  # fmt: skip


def slot(plan, stage="sort-fold"):
    """Return the one stage of that name."""
    return next(s for s in plan.schedule.stages if s.stage == stage)


def done_between(force, fresh, start, end, off):
    """Return what is done from one day up to another, day by day, without the planner's."""
    total = tired = 0
    for day in range(start, end):
        if day in off:
            tired = 0
            continue
        tired += 1
        over = 0 if force.fresh_days is None else max(0, tired - force.fresh_days)
        share = max(force.least_pct, 100 - over * force.drop_pct) if over else 100
        total += max(1, fresh * share // 100)
    return total


@given(
    force=workforces(),
    fresh=st.integers(1, 500),
    pieces=st.integers(1, 8000),
    off=st.sets(st.integers(-40, 0), max_size=12),
)
@QUICK
def test_the_latest_start_is_tight(force, fresh, pieces, off):
    """From the latest start all is done in time; from the next working day it is not."""
    labour = Labour(fresh=max(fresh, pieces // 30 + 1), force=force)
    days_off = frozenset(VOTING_DAY + timedelta(days=d) for d in off)
    start_s, worked = labour.back(0, pieces, days_off, VOTING_DAY)
    start = start_s // DAY_S

    assert start not in off
    assert worked == sum(day not in off for day in range(start, 0))
    assert pieces <= done_between(force, labour.fresh, start, 0, off)
    after = next(d for d in range(start + 1, 2) if d not in off or d >= 0)
    assert done_between(force, labour.fresh, after, 0, off) < pieces


@given(force=workforces(), fresh=st.integers(1, 60), pieces=st.integers(0, 900))
@QUICK
def test_days_on_end_are_as_few_as_will_do(force, fresh, pieces):
    """So many days on end suffice, one fewer does not; hours of the last day as well."""
    labour = Labour(fresh=fresh, force=force)
    days = labour.days(pieces)

    assert pieces <= done_between(force, fresh, 0, days, ())
    assert days == 0 or done_between(force, fresh, 0, days - 1, ()) < pieces
    assert -(-labour.hours(pieces, 12) // 12) == days


@given(
    force=workforces(),
    pieces=st.integers(1, 5000),
    off=st.sets(st.integers(-40, 0), max_size=12),
    more=st.integers(1, 3),
)
@QUICK
def test_more_people_begin_no_earlier_and_more_fatigue_no_later(force, pieces, off, more):
    """Workers, shifts and rates let work begin later or as before; tiring never does."""
    days_off = frozenset(VOTING_DAY + timedelta(days=d) for d in off)

    def start(people, who):
        return Labour(fresh=people, force=who).back(0, pieces, days_off, VOTING_DAY)[0]

    few = max(40, pieces // 20)
    worse = attrs.evolve(force, drop_pct=min(100, force.drop_pct + 10)) if (
        force.fresh_days is not None
    ) else attrs.evolve(force, fresh_days=more, drop_pct=20)  # fmt: skip
    assert start(few, force) <= start(few + more, force) <= start(few * (more + 1), force)
    assert start(few, worse) <= start(few, force) <= start(few, None)
    if force.fresh_days is not None and force.fresh_days > 1:
        sooner = attrs.evolve(force, fresh_days=force.fresh_days - 1)
        assert start(few, sooner) <= start(few, force)


def test_a_plan_of_known_people_counts_their_days():
    """1,206 sheets by one worker of 100 a day are 13 days; in two shifts 7; tired more."""
    days = {
        "one": FORCE,
        "two": attrs.evolve(FORCE, shifts=2),
        "tired": attrs.evolve(FORCE, fresh_days=5, drop_pct=10),
    }
    plans = {name: planned(force) for name, force in days.items()}
    found = {n: (slot(p).finish_s - slot(p).start_s) // DAY_S for n, (_, p) in plans.items()}

    # Five fresh days, then 90, 80, 70, 60, and 50 for each day that is left.
    assert {"one": 13, "two": 7, "tired": 18} == found
    assert [1, 2, 1] == [slot(p).workers for _, p in plans.values()]
    assert all(check_plan(scenario, plan) == [] for scenario, plan in plans.values())


def test_nothing_said_and_nothing_new_said_plan_alike():
    """People who are sized by voters, in one shift and never tired, change no byte."""
    same = Workforce(region="12", source="a list")
    assert WORLD.plan == planned(same)[1]


def test_the_deepest_region_counts():
    """A regency's own people stand in for those of the province."""
    wide, narrow = Workforce(region="12", source="a list"), FORCE

    assert narrow == workforce_at([wide, narrow], narrow.region)
    assert wide == workforce_at([narrow, wide], wide.region)
    assert workforce_at([narrow], Workforce(region="11", source="a list").region) is None


@pytest.mark.parametrize(
    ("wrong", "text"),
    [
        ({"shifts": 2, "most_shifts": 1}, "most_shifts"),
        ({"drop_pct": 10}, "fresh_days"),
        ({"workers": 0}, "workers"),
        ({"source": ""}, "source"),
    ],
)
def test_people_that_cannot_be_are_refused(wrong, text):
    """Fewer shifts than are worked, tiring from no day on, nobody, and nobody's word."""
    with pytest.raises(FieldError, match=text):
        Workforce(**{"region": "12", "source": "a list", **wrong})


@given(force=workforces(), lost=st.integers(0, 3))
@settings(max_examples=12, deadline=None)
def test_backwards_and_forwards_keep_the_same_days(force, lost):
    """A step is in time at its latest start; begun a day later it shifts what waits."""
    force = attrs.evolve(force, workers=max(2, force.workers or 2), sheets_per_worker_day=90)
    scenario, plan = planned(force)
    path = critical_path(scenario, WORLD.book, plan, "12.01")
    work = next(s for s in path.steps if s.kind in ("sort-fold", "kitting"))
    after = path.steps[path.steps.index(work) + 1]
    stage = slot(plan, work.kind)
    end = after.latest_start_s // DAY_S
    sheets = work.kind == "sort-fold"
    fresh = labour_at(scenario, scenario.by_code["12.01"], sheets=sheets, people=stage.workers)
    planned_days = (stage.finish_s - stage.start_s) // DAY_S
    latest = work.latest_start_s // DAY_S

    # No day is off in this world: as many days as planned, and not one fewer.
    assert end - latest == planned_days
    assert stage.latest_start_s <= work.latest_start_s
    now_s = work.latest_start_s + lost * DAY_S
    found = repair_forward(scenario, WORLD.book, plan, now_s, not_begun=[work.id])
    again = slot(found.plan, work.kind)
    assert planned_days * DAY_S == again.finish_s - again.start_s
    assert done_between(force, fresh.fresh, 0, planned_days - 1, ()) < fresh.on(
        [True] * planned_days
    )
    assert bool(found.unmet) == bool(lost)


def test_a_shift_more_is_tried_where_people_can_be_found():
    """What begins too late is in time with a second shift, and not where nobody can be found."""
    more = attrs.evolve(FORCE, sheets_per_worker_day=150, most_shifts=2)
    mends = {}
    for name, force in {"more": more, "none": attrs.evolve(more, most_shifts=1)}.items():
        scenario, plan = planned(force)
        now_s = slot(plan).latest_start_s + 4 * DAY_S
        found = repair_forward(
            scenario, WORLD.book, plan, now_s, not_begun=["sort-fold@12.01"]
        )
        mends[name] = {(u.mend, u.action) for u in found.unmet}

    ((mend, action),) = mends["more"]
    assert ("shift", True) == (mend, action.startswith("add 1 shifts a day"))
    assert {"deadline"} == {mend for mend, _ in mends["none"]}


def _changed(plan, **new):
    stages = tuple(
        attrs.evolve(s, **new) if s.stage == "sort-fold" else s for s in plan.schedule.stages
    )
    return attrs.evolve(plan, schedule=attrs.evolve(plan.schedule, stages=stages))


@pytest.mark.parametrize(
    "force", [FORCE, attrs.evolve(FORCE, shifts=2), attrs.evolve(FORCE, most_shifts=2)]
)
def test_the_checker_counts_people_and_days(force):
    """One worker more than there are, or a day less than they need, is a violation."""
    scenario, plan = planned(force)
    stage = slot(plan)
    more = (force.workers or 0) * (force.most_shifts or force.shifts) + 1
    crowd = _changed(plan, workers=more)
    short = _changed(plan, start_s=stage.start_s + DAY_S)

    assert {"too-few-people"} == {v.code for v in check_plan(scenario, crowd)}
    assert {"work-short"} == {v.code for v in check_plan(scenario, short)}


def test_the_checker_lets_people_recover():
    """Tired people are held to no more than days off could have let them do."""
    force = attrs.evolve(FORCE, fresh_days=1, drop_pct=100, least_pct=1)
    scenario, plan = planned(force)
    stage = slot(plan)
    day = day_of(stage.start_s, VOTING_DAY)
    short = _changed(plan, start_s=stage.finish_s - 3 * DAY_S)

    assert [] == check_plan(scenario, plan)
    assert day < VOTING_DAY
    assert {"work-short"} == {v.code for v in check_plan(scenario, short)}


def test_what_a_finding_lists_is_no_violation():
    """Slower people than planned: a violation in silence, a finding with days that do."""
    scenario, plan = planned(FORCE)
    slow = attrs.evolve(scenario, workforces=(attrs.evolve(FORCE, sheets_per_worker_day=75),))
    (found,) = [f for f in assess(slow, WORLD.book, plan) if f.check == "work-short"]
    told = attrs.evolve(plan, findings=(found,))

    assert "1 workers do 975 of 1206 pieces" in found.message
    # 1,206 sheets at 75 a day are 17 days, and the plan gives 13.
    assert "begin 4 working days earlier" in found.fix
    assert "975 dari 1206" in found.message_id
    assert {"work-short"} == {v.code for v in check_plan(slow, plan)}
    assert [] == check_plan(slow, told)


def test_medan_2024_took_as_many_days_as_it_did():
    """400 workers folded 3,693,962 sheets in 12 working days, at 770 sheets a day each."""
    assert 12 == Labour(fresh=400 * 770).days(3_693_962)
    assert 14 == Labour(fresh=400 * 700).days(3_693_962)
