"""A sound plan, and tools that change one thing in it."""

from __future__ import annotations

import attrs

from silog_core.domain.demand import Commodity
from silog_core.domain.plan import Shortfall
from small_world import fleet, leg, planned, stocked, world

H_S, DAY_S = 3600, 86_400
#: One regency behind a port, with one truck and just enough stock; a hub by boat.
SCENARIO = stocked(
    world(
        (
            (
                ((300, 400, 600, 590), (250,)),
                ((0, 599),),
            ),
        ),
        port=True,
        legs=(
            leg("PRINTER", "PORT", "sea", km=900, hours=60),
            leg("PORT", "12.01", max_load_g=10**9, max_volume_cm3=10**10),
        ),
    )
)
SCENARIO = attrs.evolve(
    SCENARIO, fleet=(fleet("12.01", "truck", 1), fleet("12.01.01.1001", "motorbike", 1))
)
PLAN = planned(SCENARIO)
STATION, VILLAGE, HUB = "12.01.01.1001-001", "12.01.01.1001", "12.01.01"
ALONE = "12.01.01.1002-001"

MUTANTS = {}


def mutant(code, *, also=()):
    """Register a change of (scenario, plan), with the codes that it has to be found by."""

    def register(change):
        MUTANTS[change.__name__] = (frozenset({code, *also}), change)
        return change

    return register


def trip(kit, echelon):
    """Return the trip that carries a kit in an echelon."""
    return next(t for t in PLAN.trips_to[kit] if t.echelon == echelon)


def haul(head):
    """Return the first trip of the line haul to a place."""
    return next(t for t in PLAN.trips if t.echelon == "line-haul" and t.stops[0].place == head)


def with_trip(old, *new, plan=PLAN):
    """Return the plan with one trip replaced."""
    trips = [n for t in plan.trips for n in (new if t is old else (t,))]
    return attrs.evolve(plan, trips=tuple(trips))


def with_stop(old, number, **changes):
    """Return the plan with one stop of a trip changed."""
    stops = list(old.stops)
    stops[number] = attrs.evolve(stops[number], **changes)
    return with_trip(old, attrs.evolve(old, stops=tuple(stops)))


def shifted(old, by_s):
    """Return a trip at another time."""
    stops = tuple(
        attrs.evolve(s, arrive_s=s.arrive_s + by_s, depart_s=s.depart_s + by_s)
        for s in old.stops
    )
    return attrs.evolve(
        old,
        stops=stops,
        depart_s=old.depart_s + by_s,
        back_s=old.back_s + by_s,
        latest_depart_s=old.latest_depart_s + by_s,
    )


def with_vehicle(name, **changes):
    """Return the plan with one of its vehicle types changed."""
    vehicles = [attrs.evolve(v, **changes) if v.type == name else v for v in PLAN.vehicles]
    return attrs.evolve(PLAN, vehicles=tuple(vehicles))


def with_column(item, per, **changes):
    """Return the plan with one column of its needs changed."""
    columns = [
        attrs.evolve(c, **changes) if (c.item, c.per) == (item, per) else c
        for c in PLAN.needs.columns
    ]
    return attrs.evolve(PLAN, needs=attrs.evolve(PLAN.needs, columns=tuple(columns)))


def with_level(per, **changes):
    """Return the plan with one level of its needs changed."""
    levels = [attrs.evolve(r, **changes) if r.per == per else r for r in PLAN.needs.levels]
    return attrs.evolve(PLAN, needs=attrs.evolve(PLAN.needs, levels=tuple(levels)))


def with_lines(change):
    """Return the plan with its lines changed, one by one."""
    lines = tuple(change(line) for line in PLAN.allocation.lines)
    return attrs.evolve(PLAN, allocation=attrs.evolve(PLAN.allocation, lines=lines))


def with_slot(stage, **changes):
    """Return the plan with one stage of its schedule changed."""
    stages = [
        attrs.evolve(s, **changes) if s.stage == stage else s for s in PLAN.schedule.stages
    ]
    return attrs.evolve(PLAN, schedule=attrs.evolve(PLAN.schedule, stages=tuple(stages)))


def slot(stage):
    """Return one stage of the schedule."""
    return next(s for s in PLAN.schedule.stages if s.stage == stage)


def gap(*, served):
    """Return a shortfall of a station's 49 seals."""
    text = dict.fromkeys(("reason", "reason_id", "action", "action_id"), "a reason")
    return Shortfall(
        place=STATION, commodity=Commodity(item="seal"), needed=49, served=served,
        code="supply", **text,
    )  # fmt: skip
