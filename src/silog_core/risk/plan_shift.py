"""The same plan with some of its trips, and the work before them, earlier."""

from __future__ import annotations

from collections.abc import Mapping

import attrs

from silog_core.domain.plan import Plan, StageSlot, Trip
from silog_core.domain.stages import WORK


def moved_earlier(plan: Plan, trips: Mapping[str, int], work: Mapping[str, int]) -> Plan:
    """Return the plan with trips and work moved to earlier moments.

    Latest departures stay: what is gained is slack. The way back is not moved, unless it
    is named. Whether the earlier days are open, and windows kept, is for the checks
    of a plan to say.

    Args:
        plan: The plan; it is not changed.
        trips: Time by id of a trip [s].
        work: Time by warehouse [s], for sorting, packing and the beginning of dispatch.
    """
    return attrs.evolve(
        plan,
        trips=tuple(_trip(t, trips.get(t.id, 0)) for t in plan.trips),
        schedule=attrs.evolve(
            plan.schedule,
            stages=tuple(_slot(s, work.get(s.place, 0)) for s in plan.schedule.stages),
        ),
    )


def _trip(trip: Trip, by_s: int) -> Trip:
    if not by_s:
        return trip
    return attrs.evolve(
        trip,
        depart_s=trip.depart_s - by_s,
        back_s=trip.back_s - by_s,
        stops=tuple(
            attrs.evolve(s, arrive_s=s.arrive_s - by_s, depart_s=s.depart_s - by_s)
            for s in trip.stops
        ),
    )


def _slot(slot: StageSlot, by_s: int) -> StageSlot:
    if not by_s or slot.stage not in (*WORK, "dispatch"):
        return slot
    return attrs.evolve(slot, start_s=slot.start_s - by_s, finish_s=slot.finish_s - by_s)
