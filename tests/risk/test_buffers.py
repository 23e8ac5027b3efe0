"""Buffers reach their targets where leaving earlier can, and say where it cannot."""

from __future__ import annotations

from datetime import date

import attrs

from risk_chains import H_S, chain, model, shock, stage
from silog_core.domain.calendar import day_of
from silog_core.domain.stock import StockLot
from silog_core.domain.time_buffers import Target
from silog_core.planning.check import check_plan
from silog_core.risk.buffer_moves import Branch, Mover
from silog_core.risk.buffers import buffers
from silog_core.risk.simulate import simulate
from silog_core.testing.worlds import small_world

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
    """P(two or more of three mishaps) is 2.8 %: 95 % needs to bear one, half a day."""
    found = buffers(_planned(), targets=TARGETS, model=SHOCKS, draws=2000, seed=1)
    one = found.buffers[0]

    assert (12 * H_S, 12 * H_S, 1) == (one.earlier_s, one.needed_s, one.days)
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
    assert (
        found.plan.trips[0].depart_s
        == _planned().trips[0].depart_s - found.buffers[0].earlier_s
    )


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


def test_the_goods_come_earlier_with_the_work_or_nothing_moves():
    """The moved plan is sound; where the lot is not there earlier, it says so."""
    world = small_world()
    targets = [attrs.evolve(t, on_time_ppm=998_000) for t in TARGETS]
    more = {"targets": targets, "draws": 1000, "seed": 1}
    found = buffers(world.plan, scenario=world.scenario, **more)
    moved = {a.id for a, b in zip(world.plan.trips, found.plan.trips, strict=True) if a != b}

    assert found.buffers[0].reached
    assert "L-PRINTER-001" in moved
    assert [] == list(check_plan(world.scenario, found.plan))

    late_lots = attrs.evolve(
        world.scenario,
        stock=tuple(
            StockLot(
                place="PRINTER", item=load.commodity.item, quantity=load.quantity, lot="L",
                from_date=day_of(world.plan.trips[0].depart_s, date(2024, 11, 27)),
            )
            for load in world.plan.trips[0].stops[0].loads
        ),
    )  # fmt: skip
    held = buffers(world.plan, scenario=late_lots, **more)

    assert world.plan.trips[0] == held.plan.trips[0]
    assert [] == list(check_plan(world.scenario, held.plan))
    assert held.before == simulate(world.plan, scenario=late_lots, draws=1000, seed=1)


def test_a_move_by_hours_stays_in_the_working_day():
    """Boats go no earlier than by daylight: where hours will not do, it is whole days."""
    shocks = attrs.evolve(SHOCKS, daylight=("road",))
    mover = Mover(_planned(slack_s=6 * H_S), None, shocks)
    branch = Branch(
        warehouse="12.01", name="b", targets={}, trips=tuple(t.id for t in mover.plan.trips)
    )

    # The chain runs from 15:00 to 18:00 of H-1: nine hours earlier is 06:00.
    assert 9 * H_S == mover.rounded_s(branch, 9 * H_S)
    assert DAY_S == mover.rounded_s(branch, 9 * H_S + 1)
    assert 2 * H_S == mover.rounded_s(branch, H_S + 1)
