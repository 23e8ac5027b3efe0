from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from silog_core.domain.allocation import (
    AllocationLeg,
    AllocationProblem,
    Demand,
    SupplyLot,
    UnitSize,
)
from silog_core.errors import ProblemInstanceError
from silog_core.planning.allocation_check import check_allocation
from silog_core.solvers.allocation.alternatives import near_optimal
from solvers.allocation.small_problems import WARES, problems

INK = WARES[2]
#: A cheap slow source, and a quick one that is a tenth dearer.
TWO = AllocationProblem(
    places=("A", "B", "W"),
    commodities=(UnitSize(commodity=INK, mass_g=1000),),
    supplies=tuple(SupplyLot(place=p, commodity=INK, quantity=8) for p in "AB"),
    demands=(Demand(place="W", commodity=INK, quantity=8),),
    legs=(
        AllocationLeg(tail="A", head="W", cost_per_tonne_rupiah=1000, travel_s=7200),
        AllocationLeg(tail="B", head="W", cost_per_tonne_rupiah=1100, travel_s=3600),
    ),
)


@settings(max_examples=60, deadline=None)
@given(problems(limits=False) | problems(wares=WARES[2:], timed=True), st.integers(0, 400))
def test_alternatives_are_sound_and_within_the_tolerance(problem, tolerance):
    """The same pieces for everybody, at no more than was allowed, and never worse."""
    cheapest, earliest, spread = near_optimal(problem, tolerance_permille=tolerance)

    for found in (cheapest, earliest, spread):
        assert [] == check_allocation(problem, found.result)
        assert cheapest.result.served == found.result.served
        allowed = cheapest.result.cost_microrupiah * (1000 + tolerance)
        assert found.result.cost_microrupiah * 1000 <= allowed
    assert earliest.mean_arrival_s <= cheapest.mean_arrival_s
    assert spread.at_risk <= cheapest.at_risk


def test_a_tenth_more_buys_an_hour_or_half_the_risk():
    """Each alternative says what it costs and what it gains, in both languages."""
    cheapest, earliest, spread = near_optimal(TWO, tolerance_permille=100)

    assert (7200, 8, 0) == (
        cheapest.mean_arrival_s,
        cheapest.at_risk,
        cheapest.extra_microrupiah,
    )
    assert (3600, 800_000) == (earliest.mean_arrival_s, earliest.extra_microrupiah)
    assert (4, 0, 400_000) == (spread.at_risk, spread.single_points, spread.extra_microrupiah)
    assert "costs 1 rupiah more" in spread.tell()
    assert "paling tersebar" in spread.tell(lang="id")


def test_nothing_is_bought_without_a_tolerance():
    """With no tolerance all three are the cheapest."""
    assert {0} == {a.extra_microrupiah for a in near_optimal(TWO, tolerance_permille=0)}


@pytest.mark.parametrize("wrong", [-1, 0.5, None, True])
def test_a_tolerance_is_a_whole_number(wrong):
    """Anything else is refused with a clear error."""
    with pytest.raises(ProblemInstanceError, match="tolerance"):
        near_optimal(TWO, tolerance_permille=wrong)
