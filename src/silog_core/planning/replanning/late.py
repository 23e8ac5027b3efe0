"""Goods that come late: when the work at a warehouse can begin, and when kits are packed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import attrs

from silog_core.domain.calendar import DAY_S
from silog_core.domain.demand import Commodity
from silog_core.domain.incidents import LotLate
from silog_core.domain.labour import force_at, labour_at
from silog_core.domain.plan import StageSlot, Supply
from silog_core.domain.workforce import MOST_SHIFTS
from silog_core.planning.replanning.settle import moved, settle
from silog_core.planning.replanning.state import State

#: Long before anything moves, and long after [s].
_EVER, _NEVER = -(10**9), 10**7


@attrs.frozen(kw_only=True)
class Packing:
    """Stages of all warehouses, and when kits are packed where not as planned."""

    stages: tuple[StageSlot, ...]
    #: Trip to the moment its kits are packed [s], and the incident.
    packed: Mapping[str, tuple[int, str]] = attrs.field(factory=dict)


def packing(
    state: State, lines: Sequence[Supply], came: Mapping[str, Mapping[bool, tuple[int, str]]]
) -> Packing:
    """Return the stages after late lots, forward from when the goods are there.

    What is late is carried by the ways that were planned, each leg as soon as it can.
    The crew works in more shifts where one is not enough, and packs the kits first that
    have to leave first.

    Args:
        state: Trips and incidents.
        lines: Lines of the allocation after the incidents.
        came: When ballots (True) and other goods are at a warehouse that waits for them.
    """
    stages = list(state.plan.schedule.stages)
    packed: dict[str, tuple[int, str]] = {}
    arrives = {
        to: {
            is_ballot: (state.counts.done_s(to, at_s, is_ballot=is_ballot), incident)
            for is_ballot, (at_s, incident) in times.items()
        }
        for to, times in came.items()
    }

    def note(to: str, ware: Commodity, at_s: int, incident: str) -> None:
        item = state.book.item(ware.item)
        if item is None or item.reserve or not item.in_kit:
            return  # no work waits for it
        # Ballots, and nothing else, are bound to an area; they are sorted first.
        known = arrives.setdefault(to, {})
        at = (state.counts.done_s(to, at_s, is_ballot=bool(ware.area)), incident)
        known[bool(ware.area)] = max(known.get(bool(ware.area), at), at)

    before = dict(state.trips)
    because: dict[str, str] = {}
    for line, ready_s, incident in list(hindered(state, lines)):
        note(line.to, line.commodity, _forward(state, line, ready_s, incident), incident)
        because |= {i: incident for i, t in state.trips.items() if before.get(i) is not t}
    if because:
        settle(state, lines, because)
        for trip_id, incident in because.items():
            trip = state.trips[trip_id]
            if before.get(trip_id) is not trip:
                for stop in trip.stops:
                    for load in (n for n in stop.loads if n.to == stop.place):
                        note(load.to, load.commodity, stop.depart_s, incident)
    state.choices = state.choices or bool(arrives)
    for to in sorted(arrives):
        slots = {s.stage: s for s in state.plan.schedule.at(to)}
        if "kitting" not in slots:
            continue
        ballots, ballot_incident = arrives[to].get(True, (_EVER, ""))
        others, incident = arrives[to].get(False, (_EVER, ""))
        sort = slots.get("sort-fold", slots["kitting"])
        if ballots > sort.start_s or others > slots["kitting"].start_s:
            cause = ballot_incident if ballots > sort.start_s else incident
            packed.update(_work(state, stages, to, ballots, others, cause))
    return Packing(stages=tuple(stages), packed=packed)


def hindered(state: State, lines: Sequence[Supply]) -> Iterator[tuple[Supply, int, str]]:
    """Yield lines of late lots and presses, or whose way is blocked, and when they can leave."""
    late_lots = [i for i in state.incidents if isinstance(i, LotLate)]
    hit: dict[tuple[str, Commodity], str] = {}
    for trip in state.trips.values():
        if trip.echelon == "line-haul" and trip.id not in state.frozen:
            for block in state.blocks.hit_trip(trip):
                for load in (load for stop in trip.stops for load in stop.loads):
                    hit.setdefault((load.to, load.commodity), block.id)
    for line in lines:
        lot = (line.from_place, line.commodity.item, line.lot)
        late = next((i for i in late_lots if (i.place, i.item, i.lot) == lot), None)
        if late is not None:
            yield line, max(late.ready_s, state.first_s), late.id
        elif (stopped := state.prints.stopped(line)) is not None:
            yield line, max(stopped[0], state.first_s), stopped[1]
        elif (line.to, line.commodity) in hit:
            yield line, _EVER, hit[(line.to, line.commodity)]


def _forward(state: State, line: Supply, ready_s: int, incident: str) -> int:
    """Move the trips of a line to when they can go; return when all of it is there."""
    there = {line.path[0]: ready_s} if len(line.path) > 1 else {line.to: ready_s}
    for at in line.path[:-1]:
        ready = there.get(at, ready_s)
        for trip in list(state.trips.values()):
            if trip.echelon != "line-haul" or trip.home != at:
                continue
            mine = [s for s in trip.stops for x in s.loads
                    if x.to == line.to and x.commodity == line.commodity]  # fmt: skip
            if not mine or mine[0].place not in line.path:
                continue
            new = moved(state, trip, ready, incident)
            if new is None:
                return _NEVER
            stop = next(s for s in new.stops if s.place == mine[0].place)
            turn = 0 if stop.place == line.to else state.scenario.handling.turnround_s
            there[stop.place] = max(there.get(stop.place, _EVER), stop.depart_s + turn)
    # Where no trip brings it, nothing waits for it.
    return there.get(line.to, _EVER)


def _work(
    state: State,
    stages: list[StageSlot],
    place: str,
    ballots_s: int,
    others_s: int,
    incident: str,
) -> dict[str, tuple[int, str]]:
    """Set sorting and packing after the arrival; return when each trip's kits are packed."""
    slots = {s.stage: s for s in state.plan.schedule.at(place)}
    kitting, sort = slots["kitting"], slots.get("sort-fold")
    planned = kitting.start_s if sort is None else sort.start_s
    begin = max(planned, -(-ballots_s // DAY_S) * DAY_S)
    out = [t for t in state.trips.values() if t.home == place and t.echelon == "warehouse-hub"]
    begun = any(t.id in state.frozen for t in out)
    trips = sorted(
        (t for t in out if t.id not in state.frozen),
        key=lambda t: (t.latest_depart_s, t.depart_s, t.id),
    )
    if not trips:
        return {}
    home = state.scenario.by_code[place]
    force = force_at(state.scenario, home)
    now = 1 if force is None else force.shifts
    most = MOST_SHIFTS if force is None else now + force.shifts_to_add
    for shifts in range(now, most + 1):
        sort_days = 0 if sort is None else -(-(sort.finish_s - sort.start_s) // DAY_S)
        sorted_s = begin + -(-sort_days * now // shifts) * DAY_S
        # Other material may come as late as it was planned to.
        pack_s = max(sorted_s, kitting.start_s, -(-others_s // DAY_S) * DAY_S)
        people = kitting.workers * shifts // now
        crew = labour_at(state.scenario, home, sheets=False, people=people)
        packed, count = {}, 0
        for trip in trips:
            count += sum(len(s.kits) for s in trip.stops)
            packed[trip.id] = (pack_s + crew.days(count) * DAY_S, incident)
        if all(packed[t.id][0] <= t.latest_depart_s for t in trips):
            break
    finish = max((at for at, _ in packed.values()), default=pack_s)
    for i, slot in enumerate(stages):
        if slot.place != place or slot.stage not in {"sort-fold", "kitting"}:
            continue
        if begun and slot.stage == "sort-fold":
            continue  # what is left is sorted beside the packing
        start, end = (begin, sorted_s) if slot.stage == "sort-fold" else (pack_s, finish)
        if begun:
            start = slot.start_s
        workers = slot.workers * shifts // now
        stages[i] = attrs.evolve(slot, start_s=start, finish_s=end, workers=workers)
        if start != slot.start_s:
            state.say(
                "stage", place, incident, stage=slot.stage, new_s=start, old_s=slot.start_s
            )
        if shifts > now:
            state.say("crew", place, incident, stage=slot.stage, new=workers, old=slot.workers)
    return packed
