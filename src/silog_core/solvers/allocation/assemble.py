"""From flows on networks to the result that people read; for every solver."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from silog_core.domain.allocation import (
    AllocationProblem,
    AllocationResult,
    Attribution,
    CommodityFlow,
    FairnessCut,
    PriceProof,
)
from silog_core.planning.allocation_fairness import measure_fairness
from silog_core.planning.allocation_reasons import explain_unmet
from silog_core.planning.kit_count import count_kits

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence


def assemble(
    problem: AllocationProblem,
    attributions: Iterable[Attribution],
    *,
    solver: str,
    bound_microrupiah: int | None,
    proof: PriceProof | None = None,
    cuts: tuple[FairnessCut, ...] = (),
) -> AllocationResult:
    """Return the result that a list of attributions amounts to.

    Flows, served pieces and cost follow from the attributions, so that they cannot
    disagree.

    Args:
        problem: The question.
        attributions: Which lot serves which demand, by which legs.
        solver: Name of the solver.
        bound_microrupiah: Least cost of any allocation of the same pieces, if known.
        proof: Prices behind the bound.
        cuts: Proof that the shortage is shared fairly.
    """
    lines = tuple(sorted(attributions, key=_rank))
    served = [0] * len(problem.demands)
    moved: dict[tuple[int, int], int] = defaultdict(int)
    for line in lines:
        served[line.demand] += line.quantity
        commodity = problem.commodity_index[problem.demands[line.demand].commodity]
        for leg in line.legs:
            moved[leg, commodity] += line.quantity
    flows = tuple(
        CommodityFlow(leg=leg, commodity=commodity, quantity=quantity)
        for (leg, commodity), quantity in sorted(moved.items())
    )
    return AllocationResult(
        flows=flows,
        served=tuple(served),
        attributions=lines,
        unmet=explain_unmet(problem, flows, served, lines),
        cost_microrupiah=cost_of(problem, flows),
        bound_microrupiah=bound_microrupiah,
        fairness=measure_fairness(problem, served),
        solver=solver,
        proof=proof,
        cuts=cuts,
        kits=count_kits(problem, served),
    )


def cost_of(problem: AllocationProblem, flows: Sequence[CommodityFlow]) -> int:
    """Return the cost of the flows [millionths of a rupiah]."""
    return sum(
        flow.quantity
        * problem.commodities[flow.commodity].mass_g
        * problem.legs[flow.leg].cost_per_tonne_rupiah
        for flow in flows
    )


def _rank(line: Attribution) -> tuple[int, int, tuple[int, ...], int]:
    return (line.demand, line.supply, line.legs, line.quantity)
