from __future__ import annotations

from collections import Counter

import attrs
import pytest
from hypothesis import given, settings

from silog_core.domain.allocation import (
    AllocationLeg,
    AllocationProblem,
    Attribution,
    CommodityFlow,
    Demand,
    ShortCode,
    SupplyLot,
    UnitSize,
)
from silog_core.planning.allocation_check import check_allocation
from silog_core.planning.allocation_difference import compare_allocations
from silog_core.planning.cost_check import check_cost
from silog_core.planning.fairness_check import check_fairness
from silog_core.solvers.allocation import solve_allocation
from silog_core.solvers.allocation.assemble import assemble
from solvers.allocation.small_problems import WARES, problems

INK = WARES[2]


def star(*, lot=9, needs=(6, 6, 6), **leg):
    """Return one supplier and a warehouse for each need."""
    houses = [f"W{i}" for i in range(len(needs))]
    return AllocationProblem(
        places=("P", *houses),
        commodities=(UnitSize(commodity=INK, mass_g=2),),
        supplies=(SupplyLot(place="P", commodity=INK, quantity=lot, lot="A"),),
        demands=tuple(
            Demand(place=w, commodity=INK, quantity=n, due_s=0)
            for w, n in zip(houses, needs, strict=True)
        ),
        legs=tuple(
            AllocationLeg(tail="P", head=w, **{"cost_per_tonne_rupiah": 3, **leg})
            for w in houses
        ),
    )


def swapped(problem, result, giver, taker, units):
    """Move pieces of one demand to another, as a consistent allocation."""
    lines = []
    for line in result.attributions:
        change = {giver: -units, taker: units}.get(line.demand, 0)
        if line.quantity + change:
            lines.append(attrs.evolve(line, quantity=line.quantity + change))
    return attrs.evolve(
        assemble(problem, lines, solver="swapped", bound_microrupiah=None), cuts=result.cuts
    )


def test_two_units_swapped_are_found():
    """The proof of fairness holds for the fair allocation and for no other."""
    problem = star()
    fair = solve_allocation(problem)
    unfair = swapped(problem, fair, 0, 1, 2)

    assert (3, 3, 3) == fair.served
    assert [] == check_fairness(problem, fair)
    assert [] == check_allocation(problem, unfair)
    assert "unfair" in {v.code for v in check_fairness(problem, unfair)}


def test_a_cut_that_leaks_is_found():
    """Pieces kept back, or room on the way in, make a proof worthless."""
    problem = star()
    fair = solve_allocation(problem)
    kept = attrs.evolve(
        assemble(problem, fair.attributions[:2], solver="kept", bound_microrupiah=None),
        cuts=fair.cuts,
    )

    assert "leaky-cut" in {v.code for v in check_fairness(problem, kept)}
    assert "unproved" in {v.code for v in check_fairness(problem, attrs.evolve(fair, cuts=()))}


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"served": (4, 3, 3)}, "conservation"),
        ({"flows": (CommodityFlow(leg=0, commodity=0, quantity=9),)}, "conservation"),
        ({"cost_microrupiah": 1}, "cost"),
        ({"unmet": ()}, "no-reason"),
        ({"attributions": (Attribution(supply=0, demand=0, quantity=3),)}, "broken-way"),
        ({"bound_microrupiah": 10**9}, "bound"),
    ],
)
def test_each_law_is_judged(change, code):
    """A result that breaks one law is told which."""
    problem = star()
    broken = attrs.evolve(solve_allocation(problem), **change)

    assert code in {v.code for v in check_allocation(problem, broken)}


def test_a_bound_that_the_prices_do_not_bear_out_is_found():
    """A stated bound above what the prices prove is refused."""
    problem = star(lot=99)
    result = solve_allocation(problem)
    prices = tuple(tuple(p // 2 for p in row) for row in result.proof.potentials)
    weak = attrs.evolve(result, proof=attrs.evolve(result.proof, potentials=prices))

    assert [] == check_cost(problem, result)
    assert ["bound"] == [v.code for v in check_cost(problem, weak)]


def reason(problem):
    """Return the codes of what lacks."""
    return {line.code for line in solve_allocation(problem).unmet}


def test_every_cause_has_its_code():
    """Supply, leg capacity, time, area, floor and reach are told apart."""
    assert {ShortCode.SUPPLY} == reason(star())
    assert {ShortCode.LEG_CAPACITY} == reason(star(lot=99, max_load_g=6))
    assert {ShortCode.UNREACHABLE} == reason(attrs.evolve(star(lot=99), legs=()))
    late = star(lot=99, travel_s=50)
    lots = (attrs.evolve(late.supplies[0], available_s=-20),)
    assert {ShortCode.TIME} == reason(attrs.evolve(late, supplies=lots))
    floors = star(lot=6)
    first = attrs.evolve(floors.demands[0], floor=6)
    assert {ShortCode.FLOOR} == reason(
        attrs.evolve(floors, demands=(first, *floors.demands[1:]))
    )
    wrong = AllocationProblem(
        places=("P",),
        commodities=tuple(UnitSize(commodity=w) for w in WARES[:2]),
        supplies=(SupplyLot(place="P", commodity=WARES[0], quantity=5),),
        demands=(Demand(place="P", commodity=WARES[1], quantity=5),),
        legs=(),
    )
    assert {ShortCode.AREA} == reason(wrong)


@settings(max_examples=100, deadline=None)
@given(problems())
def test_areas_never_mix_and_lots_are_conserved(problem):
    """Invariants 12, 14 and 17: each piece comes from a lot of the very same commodity."""
    result = solve_allocation(problem)
    used = Counter()
    for line in result.attributions:
        lot, demand = problem.supplies[line.supply], problem.demands[line.demand]
        assert lot.commodity == demand.commodity
        used[line.supply] += line.quantity

    assert all(units <= problem.supplies[i].quantity for i, units in used.items())


def test_a_what_if_says_who_gains():
    """A larger lot gives more to all, and the difference says how much."""
    small, large = star(lot=9), star(lot=12)
    change = compare_allocations(
        (small, solve_allocation(small)), (large, solve_allocation(large))
    )

    assert [("W0", 3, 4), ("W1", 3, 4), ("W2", 3, 4)] == [
        (c.place, c.before, c.after) for c in change.gains
    ]
    assert () == change.losses
    assert 18 == change.cost_microrupiah
