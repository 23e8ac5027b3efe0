from __future__ import annotations

from itertools import combinations

import attrs
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
from silog_core.planning.fairness_check import check_fairness
from silog_core.planning.kit_count import check_kits, tell_kits
from silog_core.solvers.allocation import solve_allocation

INK, SEAL = Commodity(item="ink"), Commodity(item="seal")


def stations(needs, *, ink, seal, floors=(), priorities=()):
    """Return one warehouse, and stations that need (ink, seals) each, as one kit."""
    names = [f"S{i}" for i in range(len(needs))]
    return AllocationProblem(
        places=("W", *names),
        commodities=(UnitSize(commodity=INK), UnitSize(commodity=SEAL)),
        supplies=(
            SupplyLot(place="W", commodity=INK, quantity=ink),
            SupplyLot(place="W", commodity=SEAL, quantity=seal),
        ),
        demands=tuple(
            Demand(
                place=name,
                commodity=ware,
                quantity=units,
                kit=name,
                floor=min(units, floors[i]) if floors and ware == INK else 0,
                priority=priorities[i] if priorities else 1,
            )
            for i, (name, need) in enumerate(zip(names, needs, strict=True))
            for ware, units in zip((INK, SEAL), need, strict=True)
        ),
        legs=tuple(AllocationLeg(tail="W", head=name) for name in names),
    )


def test_whole_kits_come_before_equal_shares():
    """Half the seals complete half the kits; equal shares would complete none."""
    problem = stations([(2, 4)] * 4, ink=8, seal=8)
    found = solve_allocation(problem)
    scattered = solve_allocation(
        attrs.evolve(problem, demands=tuple(attrs.evolve(d, kit="") for d in problem.demands))
    )

    assert ("S0", "S1") == found.kits[0].complete
    assert found.kits[0].is_proved
    assert (2,) * 4 == scattered.served[1::2]
    assert ("class 1: 2 of 4 kits are complete, and no more can be",) == tell_kits(found)
    assert "lengkap" in tell_kits(found, lang="id")[0]


def test_what_completes_no_kit_is_shared_fairly():
    """Two seals are left over for two kits that both need four."""
    found = solve_allocation(stations([(1, 4)] * 3, ink=3, seal=6))

    assert (4, 1, 1) == found.served[1::2]


def test_floors_come_before_kits():
    """Nobody's legal minimum is taken to complete another's kit."""
    problem = stations([(4, 1), (4, 1)], ink=5, seal=2, floors=(2, 2))
    found = solve_allocation(problem)

    assert (3, 2) == found.served[::2]
    assert () == found.kits[0].complete
    assert 0 == found.kits[0].most


needs = st.lists(st.tuples(st.integers(0, 4), st.integers(0, 4)), min_size=1, max_size=5)


@settings(max_examples=60, deadline=None)
@given(needs, st.integers(0, 12), st.integers(0, 12), st.data())
def test_no_choice_of_kits_is_larger(kits, ink, seal, data):
    """Trying every set of kits, with floors kept, finds none larger."""
    floors = data.draw(st.lists(st.integers(0, 2), min_size=5, max_size=5))
    problem = stations(kits, ink=ink, seal=seal, floors=floors)
    found = solve_allocation(problem)
    least = [min(need[0], f) for need, f in zip(kits, floors, strict=False)]
    if sum(least) > ink:
        return  # floors themselves are short
    largest = 0
    for size in range(len(kits) + 1):
        for chosen in combinations(range(len(kits)), size):
            inks = sum(kits[i][0] if i in chosen else least[i] for i in range(len(kits)))
            if inks <= ink and sum(kits[i][1] for i in chosen) <= seal:
                largest = size

    assert largest == len(found.kits[0].complete)
    assert largest <= found.kits[0].most


@settings(max_examples=100, deadline=None)
@given(needs, st.integers(0, 12), st.integers(0, 12), st.permutations(range(5)))
def test_proofs_hold_and_names_decide_ties_alone(kits, ink, seal, order):
    """The checkers accept, and other names complete as many kits."""
    problem = stations(kits, ink=ink, seal=seal)
    found = solve_allocation(problem)
    names = {"W": "W"} | {f"S{i}": f"S{order[i]}" for i in range(len(kits))}
    renamed = attrs.evolve(
        problem,
        places=tuple(names[p] for p in problem.places),
        demands=tuple(
            attrs.evolve(d, place=names[d.place], kit=names[d.kit]) for d in problem.demands
        ),
        legs=tuple(attrs.evolve(g, head=names[g.head]) for g in problem.legs),
    )

    assert [] == check_allocation(problem, found)
    assert [] == check_fairness(problem, found)
    assert [] == check_kits(problem, found)
    assert len(found.kits[0].complete) == len(solve_allocation(renamed).kits[0].complete)


def test_first_classes_complete_first():
    """A kit of class 1 comes before two smaller ones of class 2."""
    found = solve_allocation(
        stations([(1, 1), (1, 1), (2, 2)], ink=2, seal=9, priorities=(2, 2, 1))
    )

    assert [(1, ("S2",)), (2, ())] == [(k.priority, k.complete) for k in found.kits]


def test_a_kit_that_is_claimed_and_not_complete_is_found():
    """Counting again finds what was invented."""
    problem = stations([(2, 4)] * 4, ink=8, seal=8)
    found = solve_allocation(problem)
    more = attrs.evolve(found.kits[0], complete=("S0", "S1", "S2"))

    assert ["kits"] == [v.code for v in check_kits(problem, attrs.evolve(found, kits=(more,)))]
    assert ["kits"] == [v.code for v in check_kits(problem, attrs.evolve(found, kits=()))]


def test_many_kits_of_one_scarce_item_are_proved():
    """Where one item is short the smallest kits first are the most there can be."""
    kits = [(1 + i % 3, 1 + i % 7) for i in range(60)]
    found = solve_allocation(stations(kits, ink=999, seal=100))

    assert found.kits[0].is_proved
    assert 0 < len(found.kits[0].complete) < 60
