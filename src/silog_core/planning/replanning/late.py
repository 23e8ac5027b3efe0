"""Goods that come late: when the work at a warehouse can begin, and when kits are packed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import attrs

from silog_core.domain.calendar import DAY_S
from silog_core.domain.incidents import LotLate
from silog_core.domain.plan import StageSlot, Supply, Trip
from silog_core.planning.replanning.state import State

#: People work in three shifts at most.
_SHIFTS = (1, 2, 3)


@attrs.frozen(kw_only=True)
class Packing:
    """Stages of all warehouses, and when kits are packed where not as planned."""

    stages: tuple[StageSlot, ...]
    #: Trip to the moment its kits are packed [s], and the incident.
    packed: Mapping[str, tuple[int, str]] = attrs.field(factory=dict)


def packing(state: State) -> Packing:
    """Return the stages after late lots, forward from when the goods are there.

    What is late is carried by the ways that were planned, each leg as soon as it can.
    The crew works in more shifts where one is not enough, and packs the kits first that
    have to leave first.
    """
    stages = list(state.plan.schedule.stages)
    packed: dict[str, tuple[int, str]] = {}
    for late in (i for i in state.incidents if isinstance(i, LotLate)):
        for to in sorted({x.to for x in _lines(state, late)}):
            arrives_s = max(
                _forward(state, line, late) for line in _lines(state, late) if line.to == to
            )
            slots = {s.stage: s for s in state.plan.schedule.at(to)}
            first = slots.get("sort-fold") or slots.get("kitting")
            if first is None or arrives_s <= first.start_s:
                continue
            packed.update(_work(state, stages, to, arrives_s, late))
    return Packing(stages=tuple(stages), packed=packed)


def _lines(state: State, late: LotLate) -> Iterator[Supply]:
    for line in state.plan.allocation.lines:
        if (line.from_place, line.commodity.item, line.lot) == (
            late.place, late.item, late.lot,
        ):  # fmt: skip
            yield line


def _forward(state: State, line: Supply, late: LotLate) -> int:
    """Move the trips of a line to when its lot is ready; return when all of it is there."""
    ready_s = max(late.ready_s, state.first_s)
    for tail, head in zip(line.path, line.path[1:], strict=False):
        there = ready_s
        for trip in list(state.trips.values()):
            if trip.echelon != "line-haul" or trip.home != tail:
                continue
            stop = trip.stops[0]
            mine = any(x.to == line.to and x.commodity == line.commodity for x in stop.loads)
            if stop.place != head or not mine:
                continue
            if trip.id in state.frozen or trip.depart_s >= ready_s:
                there = max(there, stop.depart_s)
                continue
            new = _shifted(trip, ready_s)
            state.say("later", trip.id, late.id, new_s=new.depart_s, old_s=trip.depart_s)
            state.replace(trip, new)
            there = max(there, new.stops[0].depart_s)
        ready_s = there if head == line.to else there + state.scenario.handling.turnround_s
    return ready_s


def _shifted(trip: Trip, ready_s: int) -> Trip:
    """Return a trip a whole number of days later, so that its hours stay as they were."""
    by_s = -(-(ready_s - trip.depart_s) // DAY_S) * DAY_S
    stops = tuple(
        attrs.evolve(s, arrive_s=s.arrive_s + by_s, depart_s=s.depart_s + by_s)
        for s in trip.stops
    )
    return attrs.evolve(
        trip,
        stops=stops,
        depart_s=trip.depart_s + by_s,
        back_s=trip.back_s + by_s,
        latest_depart_s=max(trip.latest_depart_s, trip.depart_s + by_s),
    )


def _work(
    state: State, stages: list[StageSlot], place: str, arrives_s: int, late: LotLate
) -> dict[str, tuple[int, str]]:
    """Set sorting and packing after the arrival; return when each trip's kits are packed."""
    slots = {s.stage: s for s in state.plan.schedule.at(place)}
    kitting, sort = slots["kitting"], slots.get("sort-fold")
    begin = -(-arrives_s // DAY_S) * DAY_S
    trips = sorted(
        (t for t in state.trips.values() if t.home == place and t.echelon == "warehouse-hub"),
        key=lambda t: (t.latest_depart_s, t.depart_s, t.id),
    )
    for shifts in _SHIFTS:
        sort_days = 0 if sort is None else -(-(sort.finish_s - sort.start_s) // DAY_S)
        sorted_s = begin + -(-sort_days // shifts) * DAY_S
        # Other material may come as late as it was planned to.
        pack_s = max(sorted_s, kitting.start_s)
        each_day = kitting.workers * shifts * state.scenario.handling.kits_per_worker_day
        packed, count = {}, 0
        for trip in trips:
            count += sum(len(s.kits) for s in trip.stops)
            packed[trip.id] = (pack_s + -(-count // max(1, each_day)) * DAY_S, late.id)
        if all(packed[t.id][0] <= t.latest_depart_s for t in trips):
            break
    finish = max((at for at, _ in packed.values()), default=pack_s)
    for i, slot in enumerate(stages):
        if slot.place != place or slot.stage not in {"sort-fold", "kitting"}:
            continue
        start, end = (begin, sorted_s) if slot.stage == "sort-fold" else (pack_s, finish)
        workers = slot.workers * shifts
        stages[i] = attrs.evolve(slot, start_s=start, finish_s=end, workers=workers)
        state.say("stage", place, late.id, stage=slot.stage, new_s=start, old_s=slot.start_s)
        if shifts > 1:
            state.say("crew", place, late.id, stage=slot.stage, new=workers, old=slot.workers)
    return packed
