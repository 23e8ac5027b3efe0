"""Buffers reach their targets where leaving earlier can, and say where it cannot."""

from __future__ import annotations

import attrs

from risk_chains import H_S, chain, model, shock, stage
from silog_core.domain.time_buffers import Target
from silog_core.risk.buffers import buffers
from silog_core.risk.simulate import simulate

DAY_S = 86_400
TARGETS = tuple(
    Target(name=name, on_time_ppm=950_000, source="a test")
    for name in ("road", "sea", "remote")
)
#: Three mishaps of half a day each would need a buffer of two days, if all could happen.
SHOCKS = model(shock(lasts=(12 * H_S, 12 * H_S, 12 * H_S)))


def _planned(**more):
    plan = chain(**more)
    packing = stage("kitting", -90 * H_S, plan.trips[0].depart_s)
    return attrs.evolve(plan, schedule=attrs.evolve(plan.schedule, stages=(packing,)))


def test_a_buffer_covers_what_the_target_asks_for():
    """P(two or more of three mishaps) is 2.8 %: 95 % needs to bear one, that is a day."""
    found = buffers(_planned(), targets=TARGETS, model=SHOCKS, draws=2000, seed=1)
    one = found.buffers[0]

    assert (1, 12 * H_S) == (one.days, one.needed_s)
    assert one.before_ppm < 800_000
    assert one.reached
    assert one.after_ppm >= one.target.on_time_ppm


def test_what_it_promises_is_what_a_simulation_of_the_moved_plan_gives():
    """The result is that of the plan with all buffers, on the same draws."""
    more = {"model": SHOCKS, "draws": 500, "seed": 4}
    found = buffers(_planned(), targets=TARGETS, **more)

    assert simulate(_planned(), **more) == found.before
    assert simulate(found.plan, **more) == found.after
    assert found.by_branch[found.buffers[0].branch].days == 1
    assert found.plan.trips[0].depart_s == _planned().trips[0].depart_s - DAY_S


def test_a_plan_with_slack_is_left_alone():
    """Where the target is kept already, nothing is moved."""
    plan = _planned(slack_s=12 * H_S)
    found = buffers(plan, targets=TARGETS, model=SHOCKS, draws=500)

    assert plan == found.plan
    assert found.before == found.after


def test_what_leaving_earlier_does_not_help_is_said():
    """A kit that is short for a week stays so: no move, and the reason in both languages."""
    week = 7 * 24 * H_S
    short = model(shock("short", "kit", 200_000, (week, week, week)))
    one = buffers(_planned(), targets=TARGETS, model=short, draws=500, most_days=2).buffers[0]

    assert (0, False) == (one.days, one.reached)
    assert "short" in one.reason
    assert one.reason != one.reason_id
