"""Judge how good an allocation claims to be, by the prices that it offers as proof.

For any price of a piece at every place, and any price of room on the legs, the same pieces
cannot cost less than what the demands pay, minus what lots are worth, minus what the room
is worth. The claim holds when these prices bear out the bound that is stated.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from silog_core.planning.allocation_check import AllocationViolation

if TYPE_CHECKING:
    from collections.abc import Sequence

    from silog_core.domain.allocation import (
        AllocationLeg,
        AllocationProblem,
        AllocationResult,
        UnitSize,
    )


def check_cost(
    problem: AllocationProblem, result: AllocationResult
) -> list[AllocationViolation]:
    """List what speaks against the stated bound; empty when the prices bear it out.

    Args:
        problem: Supplies, demands and legs.
        result: An allocation that `check_allocation` finds sound. Without a bound there
            is nothing to judge.
    """
    if result.bound_microrupiah is None:
        return []
    if result.proof is None:
        return [AllocationViolation(code="unproved", text="no prices bear out the bound")]
    borne_out = proved_bound(problem, result)
    if borne_out < result.bound_microrupiah:
        return [
            AllocationViolation(
                code="bound",
                text=f"the prices bear out {borne_out}, and {result.bound_microrupiah} is stated",
                amount=result.bound_microrupiah - borne_out,
            )
        ]
    return []


def proved_bound(problem: AllocationProblem, result: AllocationResult) -> int:
    """Return the bound that the prices of *result* prove [millionths of a rupiah].

    Each commodity is counted by itself, within what an empty leg takes of it: what the
    commodities do to each other can only cost more.
    """
    if result.proof is None:
        return 0
    total = 0
    for number, price in enumerate(result.proof.potentials):
        if price:
            total += _bound_of_one(problem, result, number, price)
    return total


def _bound_of_one(
    problem: AllocationProblem, result: AllocationResult, number: int, price: Sequence[int]
) -> int:
    size = problem.commodities[number]
    at = {place: i for i, place in enumerate(problem.places)}
    sent: Counter[int] = Counter()
    for lot in problem.supplies:
        if lot.commodity == size.commodity:
            sent[at[lot.place]] += lot.quantity
    taken: Counter[int] = Counter()
    for demand, units in zip(problem.demands, result.served, strict=True):
        if demand.commodity == size.commodity:
            taken[at[demand.place]] += units
    lots = sum(sent.values())
    # A place's own lots serve its own demand first, at no cost.
    for place in list(taken):
        own = min(taken[place], sent[place])
        taken[place] -= own
        sent[place] -= own
    # With every lot used up, prices count only against each other.
    left = sum(sent.values()) > sum(taken.values())
    base = 0 if left else min((price[p] for p, units in sent.items() if units), default=0)
    worth = sum(units * (price[p] - base) for p, units in taken.items())
    worth -= sum(units * max(0, price[p] - base) for p, units in sent.items())
    for leg in problem.legs:
        reduced = (
            leg.cost_per_tonne_rupiah * size.mass_g + price[at[leg.tail]] - price[at[leg.head]]
        )
        if reduced < 0 and leg.tail != leg.head:
            worth += reduced * _fits(leg, size, most=lots)
    return worth


def _fits(leg: AllocationLeg, size: UnitSize, *, most: int) -> int:
    """Return how many pieces an empty leg takes."""
    limits = [most]
    if leg.max_load_g is not None and size.mass_g > 0:
        limits.append(leg.max_load_g // size.mass_g)
    if leg.max_volume_cm3 is not None and size.volume_cm3 > 0:
        limits.append(leg.max_volume_cm3 // size.volume_cm3)
    return min(limits)
