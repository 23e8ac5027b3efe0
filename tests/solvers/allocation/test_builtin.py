from __future__ import annotations

from itertools import product

import attrs
import networkx as nx
from hypothesis import given, settings
from hypothesis import strategies as st

from silog_core.domain.allocation import (
    AllocationLeg,
    AllocationProblem,
    Demand,
    SupplyLot,
    UnitSize,
)
from silog_core.domain.demand import Commodity
from silog_core.planning.allocation_check import check_allocation
from silog_core.planning.cost_check import check_cost
from silog_core.planning.fairness_check import check_fairness
from silog_core.solvers.allocation import solve_allocation
from solvers.allocation.small_problems import PLACES, WARES, problems

quick = settings(max_examples=60, deadline=None)


@quick
@given(problems())
def test_allocations_are_sound(problem):
    """Pieces, lots, areas, legs and costs hold, with a reason for each unmet piece."""
    result = solve_allocation(problem)

    assert [] == check_allocation(problem, result)
    assert [] == check_cost(problem, result)


@quick
@given(problems(timed=True))
def test_nothing_arrives_late(problem):
    """The same holds where lots come late and demands are due early, bound and all."""
    result = solve_allocation(problem)

    assert [] == check_allocation(problem, result)
    assert [] == check_cost(problem, result)


def test_what_others_push_aside_still_comes_in_time():
    """Ink that fills the fast leg leaves it to a ballot that has no time for the slow one."""
    ballot, ink = Commodity(item="ballot", area="12.71"), Commodity(item="ink")
    problem = AllocationProblem(
        places=("P", "Q"),
        commodities=tuple(
            UnitSize(commodity=ware, mass_g=1, volume_cm3=1) for ware in (ballot, ink)
        ),
        supplies=(
            SupplyLot(place="P", commodity=ballot, quantity=1, available_s=0),
            SupplyLot(place="P", commodity=ink, quantity=2, available_s=0),
        ),
        demands=(
            Demand(place="Q", commodity=ballot, quantity=1, due_s=0),
            Demand(place="Q", commodity=ink, quantity=2),
        ),
        legs=(
            AllocationLeg(tail="P", head="Q", cost_per_tonne_rupiah=1, travel_s=1),
            AllocationLeg(tail="P", head="Q", travel_s=0, max_volume_cm3=1),
        ),
    )
    result = solve_allocation(problem)

    assert [] == check_allocation(problem, result)
    assert [] == check_cost(problem, result)
    assert (1, 2) == result.served


@quick
@given(problems(wares=WARES[2:]))
def test_shortage_of_one_commodity_is_shared_fairly(problem):
    """The proof of fairness is accepted."""
    assert [] == check_fairness(problem, solve_allocation(problem))


def deliverable(problem, served):
    """Say by networkx whether the served pieces can all be brought."""
    graph = nx.DiGraph()
    size = problem.commodities[0]
    for lot in problem.supplies:
        room = graph.get_edge_data("S", lot.place, {"capacity": 0})["capacity"]
        graph.add_edge("S", lot.place, capacity=room + lot.quantity)
    for leg in problem.legs:
        room = 99
        if leg.max_load_g is not None and size.mass_g:
            room = min(room, leg.max_load_g // size.mass_g)
        if leg.max_volume_cm3 is not None and size.volume_cm3:
            room = min(room, leg.max_volume_cm3 // size.volume_cm3)
        had = graph.get_edge_data(leg.tail, leg.head, {"capacity": 0})["capacity"]
        graph.add_edge(leg.tail, leg.head, capacity=had + room)
    for demand, units in zip(problem.demands, served, strict=True):
        graph.add_edge(demand.place, "T", capacity=units)
    if "S" not in graph or "T" not in graph:
        return sum(served) == 0
    return nx.maximum_flow_value(graph, "S", "T") == sum(served)


def by_hand(problem):
    """Give pieces one at a time in the fair order, asking networkx each time."""
    units = []
    for i, demand in enumerate(problem.demands):
        for unit in range(1, demand.quantity + 1):
            on_floor = unit <= demand.floor
            whole = demand.floor if on_floor else demand.quantity
            turn = (not on_floor, demand.priority, (unit - 1) / whole, whole, demand.place)
            units.append((turn, i))
    served, stuck = [0] * len(problem.demands), set()
    for _, i in sorted(units):
        served[i] += 1
        if i in stuck or not deliverable(problem, served):
            served[i] -= 1
            stuck.add(i)
    return tuple(served)


@settings(max_examples=60, deadline=None)
@given(problems(wares=WARES[2:], most=6))
def test_shares_are_those_of_handing_out_one_by_one(problem):
    """Whole runs of pieces give what one piece at a time would give."""
    assert by_hand(problem) == solve_allocation(problem).served


@quick
@given(problems(limits=False), st.permutations(range(len(PLACES))))
def test_names_do_not_matter(problem, order):
    """Other names, in another order, change who wins a tie and nothing else."""
    names = {place: f"X{rank}" for place, rank in zip(PLACES, order, strict=True)}
    renamed = attrs.evolve(
        problem,
        places=tuple(names[p] for p in problem.places),
        supplies=tuple(attrs.evolve(s, place=names[s.place]) for s in problem.supplies),
        demands=tuple(attrs.evolve(d, place=names[d.place]) for d in problem.demands),
        legs=tuple(
            attrs.evolve(g, tail=names[g.tail], head=names[g.head]) for g in problem.legs
        ),
    )

    first, second = solve_allocation(problem), solve_allocation(renamed)

    assert sum(first.served) == sum(second.served)
    assert first.fairness.least_ppm == second.fairness.least_ppm


@quick
@given(problems(wares=WARES[2:]), st.data())
def test_more_supply_never_lowers_the_least_share(problem, data):
    """A larger lot leaves nobody at the bottom worse off."""
    if not problem.supplies:
        return
    at = data.draw(st.integers(0, len(problem.supplies) - 1))
    lots = list(problem.supplies)
    lots[at] = attrs.evolve(lots[at], quantity=lots[at].quantity + 3)
    before = solve_allocation(problem)
    after = solve_allocation(attrs.evolve(problem, supplies=tuple(lots)))

    assert before.fairness.least_ppm <= after.fairness.least_ppm
    assert sum(before.served) <= sum(after.served)


def test_product_of_small_cases_is_cheapest():
    """With plenty, the cost is that of the cheapest way for every unit."""
    from silog_core.domain.allocation import (
        AllocationLeg,
        AllocationProblem,
        Demand,
        SupplyLot,
        UnitSize,
    )

    for near, far in product((1, 5), (2, 4)):
        problem = AllocationProblem(
            places=PLACES,
            commodities=(UnitSize(commodity=WARES[2], mass_g=10),),
            supplies=(SupplyLot(place="P", commodity=WARES[2], quantity=20),),
            demands=(Demand(place="A", commodity=WARES[2], quantity=8),),
            legs=(
                AllocationLeg(tail="P", head="A", cost_per_tonne_rupiah=near, max_load_g=50),
                AllocationLeg(tail="P", head="A", cost_per_tonne_rupiah=far),
            ),
        )
        assert (
            10 * min(near * min(k, 5) + far * (8 - k) for k in range(6))
            == solve_allocation(problem).cost_microrupiah
        )
