"""Who can be reached in time is served in time, however many others there are."""

from __future__ import annotations

from random import Random

import networkx as nx
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from silog_core.domain.allocation import (
    AllocationLeg,
    AllocationProblem,
    Demand,
    SupplyLot,
    UnitSize,
)
from silog_core.domain.demand import Commodity
from silog_core.solvers.allocation import solve_allocation

WARE = Commodity(item="ware")
FEW = settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))


def meshed(seed, receivers, roads):
    """Return a mesh of receivers, roads both ways, with dues of which some are too early."""
    chance = Random(seed)
    places = [f"W{n:02d}" for n in range(receivers)]
    ways = {("P", chance.choice(places)) for _ in range(2)}
    while len(ways) < roads:
        one, two = chance.sample(places, 2)
        ways |= {(one, two), (two, one)}
    legs = tuple(
        AllocationLeg(
            tail=a, head=b, travel_s=chance.randint(1, 500),
            cost_per_tonne_rupiah=chance.randint(0, 900),
        )
        for a, b in sorted(ways)
    )  # fmt: skip
    return AllocationProblem(
        places=("P", *places),
        commodities=(UnitSize(commodity=WARE, mass_g=5, volume_cm3=1),),
        supplies=(
            SupplyLot(place="P", commodity=WARE, quantity=10 * receivers, available_s=0),
        ),
        demands=tuple(
            Demand(place=p, commodity=WARE, quantity=10, due_s=chance.randint(0, 2_500))
            for p in places
        ),
        legs=legs,
    )


def reached_in_time(problem):
    """Return what each demand can get where legs have no limits, by shortest times alone."""
    graph = nx.DiGraph()
    graph.add_nodes_from(problem.places)
    graph.add_weighted_edges_from((g.tail, g.head, g.travel_s) for g in problem.legs)
    times = nx.single_source_dijkstra_path_length(graph, "P")
    return tuple(
        d.quantity if times.get(d.place, 10**9) <= d.due_s else 0 for d in problem.demands
    )


@FEW
@given(st.integers(0, 10**6), st.integers(2, 12), st.integers(3, 40))
def test_who_can_be_reached_in_time_is_served(seed, receivers, roads):
    """With room and pieces for all, each gets all or nothing, by its own due time."""
    problem = meshed(seed, receivers, min(roads, receivers * (receivers - 1)))

    assert reached_in_time(problem) == solve_allocation(problem).served


@pytest.mark.parametrize("seed", range(4))
def test_many_dues_take_nothing_from_each_other(seed):
    """Fifty receivers whose ways run through each other: one that is late starves nobody."""
    problem = meshed(seed, 50, 160)

    assert reached_in_time(problem) == solve_allocation(problem).served
