"""A plan with its steps at new times: trips, stages, arrivals and dispatches."""

from __future__ import annotations

from collections.abc import Mapping

import attrs

from silog_core.domain.echelons import DISPATCH
from silog_core.domain.plan import Plan, Schedule, StageSlot, Trip
from silog_core.planning.timeline.network import Network, Node


@attrs.frozen(kw_only=True)
class Run:
    """All steps after they were shifted: their times, and whom each waited for."""

    times: Mapping[str, tuple[int, ...] | None]
    waited: Mapping[str, str]


def moved(plan: Plan, network: Network, run: Run) -> Plan:
    """Return the plan with trips and stages at their new times."""
    trips = tuple(_trip(t, network.nodes.get(t.id), run) for t in plan.trips)
    leaves: dict[str, list[int]] = {}
    brings: dict[tuple[str, bool], list[tuple[int, int]]] = {}
    ballots = {c.item for c in plan.needs.columns if c.contest is not None}
    for trip in trips:
        if trip.echelon in DISPATCH:
            leaves.setdefault(trip.home, []).append(trip.depart_s)
        for stop in trip.stops:
            for load in stop.loads:
                if load.to == stop.place:
                    key = (load.to, load.commodity.item in ballots)
                    brings.setdefault(key, []).append((stop.arrive_s, stop.depart_s))
    slots = []
    for slot in plan.schedule.stages:
        node = network.nodes.get(slot.step)
        times = run.times[node.id] if node else None
        if node and times and times != node.times:
            slots.append(attrs.evolve(slot, start_s=times[0], finish_s=times[1]))
        elif slot.stage == "dispatch":
            packed = run.times.get(f"kitting@{slot.place}")
            slots.append(_dispatch(slot, leaves.get(slot.place), packed))
        else:
            slots.append(_arrival(slot, brings))
    return attrs.evolve(plan, trips=trips, schedule=Schedule(stages=tuple(slots)))


def _dispatch(
    slot: StageSlot, leaves: list[int] | None, packed: tuple[int, ...] | None
) -> StageSlot:
    """Return a dispatch from its first to its last vehicle, or after packing with none."""
    if leaves is None:
        at_s = max(slot.start_s, packed[1] if packed else slot.start_s)
        return attrs.evolve(slot, start_s=at_s, finish_s=max(at_s, slot.finish_s))
    start_s = min(leaves)
    end_s = max(*leaves, slot.finish_s if start_s == slot.start_s else start_s)
    return attrs.evolve(slot, start_s=start_s, finish_s=end_s)


def _arrival(
    slot: StageSlot, brings: Mapping[tuple[str, bool], list[tuple[int, int]]]
) -> StageSlot:
    kinds = {"ballot-arrival": True, "equipment-arrival": False}
    if slot.stage not in kinds or (slot.place, kinds[slot.stage]) not in brings:
        return slot
    times = brings[(slot.place, kinds[slot.stage])]
    start_s, end_s = min(a for a, _ in times), max(z for _, z in times)
    due_s = slot.latest_start_s + slot.finish_s - slot.start_s
    return attrs.evolve(
        slot, start_s=start_s, finish_s=end_s, latest_start_s=due_s - (end_s - start_s)
    )


def _trip(trip: Trip, node: Node | None, run: Run) -> Trip:
    times = run.times[node.id] if node else None
    if node is None or times is None or times == node.times:
        return trip
    by_s = times[0] - trip.depart_s
    stops = tuple(
        attrs.evolve(stop, arrive_s=times[2 * i + 1], depart_s=times[2 * i + 2])
        for i, stop in enumerate(trip.stops)
    )
    rests = tuple(
        attrs.evolve(r, from_s=r.from_s + by_s, until_s=r.until_s + by_s) for r in trip.rests
    )
    return attrs.evolve(
        trip, stops=stops, rests=rests, depart_s=times[0], back_s=times[-1],
        latest_depart_s=max(trip.latest_depart_s, times[0]),
    )  # fmt: skip
