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
