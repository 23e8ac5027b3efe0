"""The checker finds each fault of presses and counts, and calls it by its name."""

from __future__ import annotations

from datetime import date
from functools import cache
from pathlib import Path

import attrs
import pytest

import silog_core.planning.check.presses as judged
from silog_core.domain.incidents import PressStopped
from silog_core.domain.presses import Press, Receiving
from silog_core.planning.check import check_plan, check_replan
from silog_core.planning.replanning import replan
from small_world import BOOK, planned, stocked, world

DAY_S = 86_400
MUTANTS = {}


@cache
def sound():
    """Return a scenario with a press and receivers, and its plan."""
    every = Press(
        place="PRINTER", pieces_per_day=500, from_date=date(2024, 10, 1), source="a test"
    )
    crew = Receiving(region="12", people=2, packs_per_worker_day=20, source="a test")
    scenario = attrs.evolve(stocked(world()), presses=(every,), receivings=(crew,))
    return scenario, planned(scenario)


def mutant(code, said):
    """Note a fault: the code and the words by which the checker has to find it."""

    def register(change):
        MUTANTS[change.__name__] = (code, said, change)
        return change

    return register


def with_slots(plan, change):
    """Return the plan with stages changed one by one; None takes one away."""
    slots = (change(s) for s in plan.schedule.stages)
    stages = tuple(s for s in slots if s is not None)
    return attrs.evolve(plan, schedule=attrs.evolve(plan.schedule, stages=stages))


def only(stage, **changes):
    """Return a change of the stages of one name; a number is added to what there is."""

    def change(slot):
        if slot.stage != stage:
            return slot
        return attrs.evolve(slot, **{k: getattr(slot, k) + n for k, n in changes.items()})

    return change


@mutant("press", "no press makes")
def nobody_makes_it(scenario, plan):
    boxes = attrs.evolve(scenario.presses[0], items=("box",))
    return attrs.evolve(scenario, presses=(boxes,)), plan


@mutant("press", "too little for")
def a_slower_press(scenario, plan):
    slow = attrs.evolve(scenario.presses[0], pieces_per_day=499)
    return attrs.evolve(scenario, presses=(slow,)), plan


@mutant("press", "before its press may begin")
def a_contract_that_begins_later(scenario, plan):
    late = attrs.evolve(scenario.presses[0], from_date=date(2024, 10, 2))
    return attrs.evolve(scenario, presses=(late,)), plan


@mutant("press", "beside another")
def two_jobs_at_once(scenario, plan):
    first = next(s for s in plan.schedule.stages if s.load)

    def change(slot):
        by_s = -1 if slot.load and slot is not first else 0
        return attrs.evolve(slot, start_s=slot.start_s + by_s, finish_s=slot.finish_s + by_s)

    return scenario, with_slots(plan, change)


@mutant("unprinted", "have left")
def a_truck_before_the_print(scenario, plan):
    return scenario, with_slots(plan, only("print", start_s=40 * DAY_S, finish_s=40 * DAY_S))


@mutant("unprinted", "and 0 are printed")
def goods_that_nobody_prints(scenario, plan):
    return scenario, with_slots(plan, lambda s: None if s.stage == "print" else s)


@mutant("unprinted", "are printed")
def a_sheet_too_few(scenario, plan):
    def change(slot):
        if slot.load is None:
            return slot
        less = attrs.evolve(slot.load, quantity=slot.load.quantity - 1)
        return attrs.evolve(slot, load=less)

    return scenario, with_slots(plan, change)


@mutant("receipt", "there is no ballot-receipt")
def nobody_counts(scenario, plan):
    return scenario, with_slots(plan, lambda s: None if s.stage == "ballot-receipt" else s)


@mutant("receipt", "counts")
def a_count_that_is_too_short(scenario, plan):
    return scenario, with_slots(plan, only("equipment-receipt", finish_s=-DAY_S))


@mutant("receipt", "has 3, not 2")
def more_people_than_there_are(scenario, plan):
    return scenario, with_slots(plan, only("ballot-receipt", workers=1))


@mutant("receipt", "before the last goods are there")
def a_count_of_what_is_not_there(scenario, plan):
    by_s = -10 * DAY_S
    return scenario, with_slots(plan, only("ballot-receipt", start_s=by_s, finish_s=by_s))


@mutant("receipt", "before ballot-receipt has ended")
def folding_before_the_count(scenario, plan):
    by_s = 12 * DAY_S
    found = with_slots(plan, only("ballot-receipt", start_s=by_s, finish_s=by_s))
    # What is late says so itself; here it says that it is in time.
    return scenario, with_slots(found, only("ballot-receipt", latest_start_s=by_s))


def _stopped():
    """Return a press that stands from the middle of its orders, and the re-plan."""
    scenario, plan = sound()
    orders = [s for s in plan.schedule.stages if s.load]
    now_s = orders[2].start_s + 60
    stop = PressStopped(
        id="strike", known_at_s=now_s, place="PRINTER", ready_s=now_s + 5 * DAY_S
    )
    return scenario, plan, orders, replan(scenario, BOOK, plan, [stop])


def _with(answer, change):
    return attrs.evolve(answer, plan=with_slots(answer.plan, change))


def test_what_a_press_makes_while_it_stands_is_found():
    """Each law of orders after a stop is broken once, and called by its name."""
    scenario, plan, orders, answer = _stopped()

    def put_back(number):
        old = orders[number]
        return lambda s: old if s.step == old.step else s

    def named_elsewhere(slot):
        return attrs.evolve(slot, turn=2) if slot.step == orders[-1].step else slot

    def codes(broken):
        return {v.code for v in check_replan(scenario, plan, broken)}

    silent = attrs.evolve(
        answer, changes=tuple(c for c in answer.changes if c.kind != "printed")
    )
    assert [] == check_replan(scenario, plan, answer)
    assert [] == check_plan(scenario, answer.plan)
    # In progress, it goes on when the press does; after it, nothing begins before.
    assert {"stopped-press"} == codes(_with(answer, put_back(2)))
    assert {"stopped-press"} == codes(_with(answer, put_back(3)))
    assert {"reprinted"} == codes(_with(answer, only_first(orders[0], 1)))
    assert {"reprinted"} == codes(silent)
    early = attrs.evolve(orders[-1], turn=2, start_s=orders[0].start_s)
    assert "reprinted" in codes(
        _with(answer, lambda s: early if s.turn == 1 and s.step == orders[-1].step else s)
    )
    assert [] == check_replan(scenario, plan, _with(answer, named_elsewhere))


def only_first(order, by_s):
    """Return a change that moves one order."""

    def change(slot):
        if slot.step != order.step:
            return slot
        return attrs.evolve(slot, start_s=slot.start_s + by_s, finish_s=slot.finish_s + by_s)

    return change


def test_the_plan_without_a_fault_has_no_violation():
    """All that is found in the others is their own."""
    assert [] == check_plan(*sound())


@pytest.mark.parametrize("name", sorted(MUTANTS))
def test_a_fault_is_found_and_named(name):
    """Each fault is called by its code, with words that say what is wrong."""
    code, said, change = MUTANTS[name]
    found = [v for v in check_plan(*change(*sound())) if v.code == code]

    assert any(said in v.text for v in found)


def test_every_law_has_a_fault():
    """Each place of the checker that yields a violation is reached by one of them."""
    source = Path(judged.__file__).read_text(encoding="utf-8")
    yields = source.count("yield Violation(")

    # "before its press may begin" and "beside another" share one.
    said = {said for _, said, _ in MUTANTS.values()}
    assert yields + 1 == len(said - {"and 0 are printed", "are printed"})
