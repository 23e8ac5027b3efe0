"""Stages of a warehouse: each ends after it begins, and before what waits for it."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from silog_core.domain.calendar import DAY_S
from silog_core.domain.echelons import DISPATCH
from silog_core.domain.plan import Plan, StageSlot
from silog_core.domain.scenario import Scenario
from silog_core.domain.violations import Violation
from silog_core.planning.check.labour import most_done

#: The work in a warehouse, in order; material comes in before it.
_WORK = ("sort-fold", "kitting", "dispatch")
_BEFORE = {"equipment-arrival": "kitting", "ballot-arrival": "sort-fold"}


def check_stages(scenario: Scenario, plan: Plan) -> Iterator[Violation]:
    """Yield stages that overlap what waits for them, and dispatches without a vehicle.

    A supply that comes too late for the work is no fault of the schedule as long as the
    slot itself says so, by a slack below zero. A warehouse may dispatch while it still
    packs, as long as what leaves can have been packed by then.
    """
    first: dict[str, int] = {}
    for trip in plan.trips:
        if trip.echelon in DISPATCH:
            first[trip.home] = min(first.get(trip.home, trip.depart_s), trip.depart_s)
    for place in sorted({slot.place for slot in plan.schedule.stages}):
        slots = {slot.stage: slot for slot in plan.schedule.at(place)}
        for slot in slots.values():
            if slot.finish_s < slot.start_s:
                yield _wrong(place, f"{slot.stage} ends before it begins")
        work = [slots[name] for name in _WORK if name in slots]
        for one, two in pairwise(work):
            if two.stage != "dispatch" or not _in_waves(scenario, plan, one):
                yield from _in_order(place, one, two)
        for name, waiting in _BEFORE.items():
            arrival, next_ = slots.get(name), slots.get(waiting)
            if arrival is not None and next_ is not None and arrival.slack_s >= 0:
                yield from _in_order(place, arrival, next_)
        leaves_s = first.get(place)
        dispatch = slots.get("dispatch")
        if dispatch is not None and leaves_s not in {None, dispatch.start_s}:
            yield _wrong(place, f"dispatch begins at {dispatch.start_s} s, not {leaves_s} s")


def _in_waves(scenario: Scenario, plan: Plan, kitting: StageSlot) -> bool:
    """Say whether the crew can have packed all that leaves, by the day on which it leaves."""
    leaves = sorted(
        (t.depart_s, sum(len(s.kits) for s in t.stops))
        for t in plan.trips
        if t.echelon in DISPATCH and t.home == kitting.place
    )
    packed = 0
    for depart_s, kits in leaves:
        packed += kits
        days = (depart_s - kitting.start_s) // DAY_S
        if depart_s < kitting.finish_s and packed > most_done(scenario, kitting, days):
            return False
    return bool(leaves)


def _in_order(place: str, one: StageSlot, two: StageSlot) -> Iterator[Violation]:
    if two.start_s < one.finish_s:
        yield _wrong(place, f"{two.stage} begins before {one.stage} has ended")


def _wrong(place: str, text: str) -> Violation:
    return Violation(code="stage-order", where=place, text=text)
