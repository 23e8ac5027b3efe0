"""Judge whether a shortage is shared fairly, by the cuts that an allocation offers as proof.

A cut is a set of places that nothing more can enter. Inside it the pieces must lie in the
one fair order: what a place keeps of its own, floors, then complete kits, then the
rest; classes in turn, and the smallest share first.
Because single-commodity flows form a polymatroid, an allocation that no exchange of one
piece improves is the best of all.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from fractions import Fraction
from typing import TYPE_CHECKING

from silog_core.planning.allocation_check import AllocationViolation

if TYPE_CHECKING:
    from collections.abc import Iterator

    from silog_core.domain.allocation import (
        AllocationProblem,
        AllocationResult,
        Demand,
        FairnessCut,
    )


def check_fairness(
    problem: AllocationProblem, result: AllocationResult
) -> list[AllocationViolation]:
    """List what speaks against the fairness of *result*; empty when its proof holds.

    Args:
        problem: Supplies, demands and legs.
        result: An allocation that `check_allocation` finds sound.

    Returns:
        Short demands without a proof, cuts that leak, and exchanges that would be fairer.
    """
    judge = _Judge(problem, result)
    found = [violation for cut in result.cuts for violation in judge.of(cut)]
    proved = {d for cut in result.cuts for d in cut.demands}
    for number, demand in enumerate(problem.demands):
        if result.served[number] < demand.quantity and number not in proved:
            found.append(
                AllocationViolation(
                    code="unproved",
                    text=f"nothing proves that {demand.place} cannot get more"
                    f" {demand.commodity}",
                    amount=demand.quantity - result.served[number],
                )
            )
    return found


class _Judge:
    """Loads, leftovers and flows of one result, looked up by cut after cut."""

    def __init__(self, problem: AllocationProblem, result: AllocationResult) -> None:
        self.problem, self.result = problem, result
        self.grams: Counter[int] = Counter()
        self.bulk: Counter[int] = Counter()
        self.moved: dict[int, dict[int, int]] = defaultdict(dict)
        for flow in result.flows:
            size = problem.commodities[flow.commodity]
            self.grams[flow.leg] += flow.quantity * size.mass_g
            self.bulk[flow.leg] += flow.quantity * size.volume_cm3
            self.moved[flow.commodity][flow.leg] = flow.quantity
        self.left = [lot.quantity for lot in problem.supplies]
        for line in result.attributions:
            self.left[line.supply] -= line.quantity
        self.number = {place: i for i, place in enumerate(problem.places)}
        self.whole = {name for count in result.kits for name in count.complete}

    def of(self, cut: FairnessCut) -> Iterator[AllocationViolation]:
        """Judge one cut."""
        problem = self.problem
        inside = set(cut.places)
        commodity = problem.commodities[cut.commodity].commodity
        for number, leg in enumerate(problem.legs):
            enters = self.number[leg.head] in inside
            leaves = self.number[leg.tail] in inside
            if enters and not leaves and self._has_room(cut.commodity, number):
                yield AllocationViolation(
                    code="leaky-cut",
                    text=f"{leg.tail} - {leg.head} has room for more {commodity}",
                )
            if leaves and not enters and self.moved[cut.commodity].get(number):
                yield AllocationViolation(
                    code="leaky-cut", text=f"{commodity} leaves by {leg.tail} - {leg.head}"
                )
        for number, lot in enumerate(problem.supplies):
            within = lot.commodity == commodity and self.number[lot.place] in inside
            if within and self.left[number]:
                yield AllocationViolation(
                    code="leaky-cut",
                    text=f"{self.left[number]} of {commodity} lie unused at {lot.place}",
                    amount=self.left[number],
                )
        yield from self._order(cut, inside)

    def _order(self, cut: FairnessCut, inside: set[int]) -> Iterator[AllocationViolation]:
        """Check that no piece inside the cut should rather be with a short demand."""
        commodity = self.problem.commodities[cut.commodity].commodity
        served = self.result.served
        held = (
            (_turn(demand, served[i], i, whole=demand.kit in self.whole), i)
            for i, demand in enumerate(self.problem.demands)
            if demand.commodity == commodity
            and served[i] > demand.kept
            and self.number[demand.place] in inside
        )
        latest, giver = max(held, default=(None, -1))
        for number in cut.demands:
            demand = self.problem.demands[number]
            if demand.commodity != commodity or self.number[demand.place] not in inside:
                yield AllocationViolation(
                    code="unproved", text=f"the cut does not hold {demand.place}"
                )
                continue
            if latest is None or giver == number or served[number] >= demand.quantity:
                continue
            if latest > _turn(demand, served[number] + 1, number):
                yield AllocationViolation(
                    code="unfair",
                    text=f"one {commodity} of {self.problem.demands[giver].place} should"
                    f" rather be with {demand.place}",
                )

    def _has_room(self, commodity: int, number: int) -> bool:
        """Say whether one more piece fits on a leg."""
        leg, size = self.problem.legs[number], self.problem.commodities[commodity]
        heavy = leg.max_load_g is not None and (
            self.grams[number] + size.mass_g > leg.max_load_g
        )
        bulky = leg.max_volume_cm3 is not None and (
            self.bulk[number] + size.volume_cm3 > leg.max_volume_cm3
        )
        return not heavy and not bulky


def _turn(
    demand: Demand, unit: int, number: int, *, whole: bool = False
) -> tuple[int, int, Fraction, int, str, int]:
    """Return when the given unit of a demand has its turn: floors, whole kits, the rest."""
    full = demand.floor if unit <= demand.floor else demand.quantity
    return (
        0 if unit <= demand.floor else 1 if whole else 2,
        demand.priority,
        Fraction(unit - 1, full),
        full,
        demand.place,
        number,
    )
