"""Clocks of the stages of work: of crews, of those who count, and of presses."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from itertools import pairwise

from silog_core.domain.calendar import DAY_S, day_of
from silog_core.domain.labour import force_at, labour_at
from silog_core.domain.plan import Plan, StageSlot
from silog_core.domain.presses import Press, press_for
from silog_core.domain.scenario import Scenario
from silog_core.planning.printing import press_hours
from silog_core.planning.schedule import work_amounts
from silog_core.planning.timeline.clocks import Clock, LabourClock, PressClock, WorkClock
from silog_core.rules.book import RuleBook


def stage_clock(
    scenario: Scenario,
    book: RuleBook,
    plan: Plan,
    slot: StageSlot,
    *,
    crews: int = 1,
    shifts: int = 0,
    presses: int = 1,
) -> Clock:
    """Return when a stage is done, begun at any moment.

    Args:
        scenario: What was planned for.
        book: Days off of the regions.
        plan: The plan, for what it needs.
        slot: The stage.
        crews: How many times the crew works, where nobody knows its people.
        shifts: Shifts a day on top, where people are known, as far as they can be found.
        presses: How many times the output of a press there is.
    """
    voting_day = scenario.election.voting_day
    if slot.load is not None:
        press = press_for(scenario.presses, slot.place, slot.load.commodity.item)
        if press is not None:
            work_s = -(-press.work_s(slot.load.quantity) // presses)
            return PressClock(hours=press_hours(scenario, book, press), work_s=work_s)
    region = scenario.by_code[slot.place].region
    off = frozenset(d.day for d in book.days_off(region))
    span = [
        day_of(slot.start_s, voting_day) + timedelta(days=n) not in off
        for n in range(-(-(slot.finish_s - slot.start_s) // DAY_S))
    ]
    known = force_at(scenario, scenario.by_code[slot.place]) is not None
    if known and slot.stage in {"sort-fold", "kitting"}:
        return _labour_clock(scenario, plan, slot, span, off, shifts)
    return WorkClock(days=-(-sum(span) // crews), days_off=off, voting_day=voting_day)


def _labour_clock(
    scenario: Scenario,
    plan: Plan,
    slot: StageSlot,
    span: list[bool],
    off: frozenset[date],
    more_shifts: int,
) -> LabourClock:
    """Return the clock of people who are known: more of them only by further shifts.

    Where the stage does not last as long as its pieces take, as after a re-plan, it
    does what its days yield.
    """
    place, sheets = scenario.by_code[slot.place], slot.stage == "sort-fold"
    force = force_at(scenario, place)
    assert force is not None  # the caller asked
    amounts = work_amounts(scenario, plan.needs, [place.code])[place.code]
    labour = labour_at(scenario, place, sheets=sheets, people=slot.workers)
    pieces = amounts.sheets if sheets else max(1, amounts.kits)
    if not labour.on(span[:-1]) < pieces <= labour.on(span):
        pieces = labour.on(span)
    shifts = force.shifts + min(more_shifts, force.shifts_to_add)
    people = slot.workers * shifts // force.shifts
    return LabourClock(
        pieces=pieces, days_off=off, voting_day=scenario.election.voting_day,
        labour=labour_at(scenario, place, sheets=sheets, people=people),
    )  # fmt: skip


def on_one_press(
    scenario: Scenario, slots: Iterable[StageSlot]
) -> Iterator[tuple[StageSlot, StageSlot]]:
    """Yield each job with the next one on its press."""
    runs: dict[Press | None, list[StageSlot]] = {}
    for slot in sorted(slots, key=lambda s: (s.start_s, s.finish_s, s.step)):
        if slot.load is not None:
            press = press_for(scenario.presses, slot.place, slot.load.commodity.item)
            runs.setdefault(press, []).append(slot)
    for press, run in runs.items():
        if press is not None:
            yield from pairwise(run)
