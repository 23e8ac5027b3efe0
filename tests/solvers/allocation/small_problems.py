"""Hypothesis strategies for allocation problems small enough to check by other means."""

from __future__ import annotations

from hypothesis import strategies as st

from silog_core.domain.allocation import (
    AllocationLeg,
    AllocationProblem,
    Demand,
    SupplyLot,
    UnitSize,
)
from silog_core.domain.demand import Commodity
from silog_core.domain.flows import FlowProblem

PLACES = ("P", "Q", "A", "B", "C")
WARES = (
    Commodity(item="ballot", area="12.71"),
    Commodity(item="ballot", area="12.72"),
    Commodity(item="ink"),
)


@st.composite
def problems(draw, *, wares=WARES, timed=False, limits=True, most=12):
    """Draw supplies, demands and legs on five places."""
    sizes = tuple(
        UnitSize(
            commodity=ware,
            mass_g=draw(st.integers(1, 3)),
            volume_cm3=draw(st.integers(0, 2)),
        )
        for ware in wares
    )
    moment = st.integers(-20, 0) if timed else st.none()
    supplies = tuple(
        SupplyLot(
            place=draw(st.sampled_from(PLACES)),
            commodity=draw(st.sampled_from(wares)),
            quantity=draw(st.integers(0, most)),
            available_s=draw(moment),
            lot=f"L{i}",
        )
        for i in range(draw(st.integers(0, 5)))
    )
    demands = []
    for place in PLACES:
        for ware in wares:
            if draw(st.booleans()):
                need = draw(st.integers(0, most))
                demands.append(
                    Demand(
                        place=place,
                        commodity=ware,
                        quantity=need,
                        floor=draw(st.integers(0, need)),
                        priority=draw(st.integers(1, 2)),
                        due_s=draw(st.none() | st.integers(-12, 4)) if timed else None,
                    )
                )
    limit = st.none() | st.integers(0, 30) if limits else st.none()
    legs = tuple(
        AllocationLeg(
            tail=tail,
            head=head,
            cost_per_tonne_rupiah=draw(st.integers(0, 9)),
            travel_s=draw(st.integers(0, 8)),
            max_load_g=draw(limit),
            max_volume_cm3=draw(limit),
        )
        for tail, head in draw(
            st.lists(st.tuples(st.sampled_from(PLACES), st.sampled_from(PLACES)), max_size=9)
        )
        if tail != head
    )
    return AllocationProblem(
        places=PLACES, commodities=sizes, supplies=supplies, demands=tuple(demands), legs=legs
    )


@st.composite
def flow_problems(draw, *, balanced=False, trees=False, transits=False):
    """Draw a problem of up to ten nodes; *trees* hangs leaves on it."""
    count = draw(st.integers(1, 5))
    supplies = draw(st.lists(st.integers(-9, 9), min_size=count, max_size=count))
    arcs = draw(
        st.lists(
            st.tuples(
                st.integers(0, count - 1),
                st.integers(0, count - 1),
                st.integers(0, 2),
                st.integers(0, 12),
                st.integers(-4, 9),
            ),
            max_size=12,
        )
    )
    if trees:
        for _ in range(draw(st.integers(1, 5))):
            ends = [draw(st.integers(0, len(supplies) - 1)), len(supplies)]
            if draw(st.booleans()):
                ends.reverse()
            supplies.append(draw(st.integers(-6, 6)))
            arcs.append((*ends, 0, draw(st.integers(0, 15)), draw(st.integers(-3, 6))))
    if balanced:
        supplies[0] -= sum(supplies)
    limits = [draw(st.none() | st.integers(0, 9)) for _ in supplies] if transits else []
    if transits:  # a least flow and a limit cannot meet
        arcs = [(t, h, 0 if limits[h] is not None else low, *r) for t, h, low, *r in arcs]
    return FlowProblem(
        supplies=supplies,
        tails=[a[0] for a in arcs],
        heads=[a[1] for a in arcs],
        lowers=[a[2] for a in arcs],
        uppers=[a[2] + a[3] for a in arcs],
        costs=[a[4] for a in arcs],
        transits=limits,
    )
