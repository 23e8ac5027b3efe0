"""Judge an allocation, whoever made it: pieces, lots, legs, areas, times and costs.

Nothing here is shared with the solvers, so that one mistake cannot hide in both. Proofs
of cost and fairness are judged in `cost_check` and `fairness_check`.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import attrs

if TYPE_CHECKING:
    from collections.abc import Iterator

    from silog_core.domain.allocation import (
        AllocationProblem,
        AllocationResult,
        Attribution,
    )


@attrs.frozen(kw_only=True)
class AllocationViolation:
    """One law that an allocation breaks."""

    #: Stable word for programs, such as ``leg-mass`` or ``late``.
    code: str
    text: str
    #: By how much, in the unit that the text names.
    amount: int = 1


def check_allocation(
    problem: AllocationProblem, result: AllocationResult
) -> list[AllocationViolation]:
    """List every law of *problem* that *result* breaks; empty when it is sound.

    Args:
        problem: Supplies, demands and legs.
        result: What is claimed to be an allocation.

    Returns:
        Violations, in no order that means anything.

    Example:
        >>> from silog_core.domain.allocation import (
        ...     AllocationProblem,
        ...     AllocationResult,
        ...     Attribution,
        ...     Demand,
        ...     Fairness,
        ...     SupplyLot,
        ...     UnitSize,
        ... )
        >>> from silog_core.domain.demand import Commodity
        >>> ink = Commodity(item="ink")
        >>> problem = AllocationProblem(
        ...     places=("W",),
        ...     commodities=(UnitSize(commodity=ink),),
        ...     legs=(),
        ...     supplies=(SupplyLot(place="W", commodity=ink, quantity=2),),
        ...     demands=(Demand(place="W", commodity=ink, quantity=3),),
        ... )
        >>> claim = AllocationResult(
        ...     flows=(),
        ...     served=(3,),
        ...     unmet=(),
        ...     cost_microrupiah=0,
        ...     bound_microrupiah=0,
        ...     attributions=(Attribution(supply=0, demand=0, quantity=3),),
        ...     fairness=Fairness(least_ppm=1_000_000, gini_ppm=0),
        ...     solver="wishful",
        ... )
        >>> [violation.code for violation in check_allocation(problem, claim)]
        ['lot-overdrawn']
    """
    return [
        *_lines(problem, result),
        *_totals(problem, result),
        *_legs(problem, result),
        *_statements(problem, result),
    ]


def _lines(
    problem: AllocationProblem, result: AllocationResult
) -> Iterator[AllocationViolation]:
    """Check each lot-to-demand line by itself, and the lots."""
    used: Counter[int] = Counter()
    for line in result.attributions:
        lot, demand = problem.supplies[line.supply], problem.demands[line.demand]
        used[line.supply] += line.quantity
        if lot.commodity != demand.commodity:
            code = "area" if lot.commodity.item == demand.commodity.item else "commodity"
            yield AllocationViolation(
                code=code,
                text=f"{demand.place} asks for {demand.commodity} and gets {lot.commodity}",
                amount=line.quantity,
            )
        yield from _way(problem, line)
    for number, units in used.items():
        lot = problem.supplies[number]
        if units > lot.quantity:
            yield AllocationViolation(
                code="lot-overdrawn",
                text=f"lot {lot.lot or number} of {lot.commodity} at {lot.place} has"
                f" {lot.quantity} pieces, and {units} leave it",
                amount=units - lot.quantity,
            )


def _way(problem: AllocationProblem, line: Attribution) -> Iterator[AllocationViolation]:
    """Check that the legs join lot and demand, and when pieces arrive."""
    lot, demand = problem.supplies[line.supply], problem.demands[line.demand]
    at, moment = lot.place, lot.available_s
    for number in line.legs:
        leg = problem.legs[number]
        if leg.tail != at:
            yield AllocationViolation(
                code="broken-way",
                text=f"pieces for {demand.place} jump from {at} to {leg.tail}",
            )
        at = leg.head
        moment = None if moment is None else moment + leg.travel_s
    if at != demand.place:
        yield AllocationViolation(
            code="broken-way", text=f"pieces for {demand.place} end at {at}"
        )
    if moment != line.arrive_s:
        yield AllocationViolation(
            code="wrong-moment",
            text=f"pieces reach {demand.place} at {moment}, and {line.arrive_s} is stated",
        )
    if moment is not None and demand.due_s is not None and moment > demand.due_s:
        yield AllocationViolation(
            code="late",
            text=f"pieces of {demand.commodity} reach {demand.place} late [s]",
            amount=moment - demand.due_s,
        )


def _totals(
    problem: AllocationProblem, result: AllocationResult
) -> Iterator[AllocationViolation]:
    """Check that lines, flows and served pieces agree, and that nobody gets too much."""
    served: Counter[int] = Counter()
    moved: Counter[tuple[int, int]] = Counter()
    for line in result.attributions:
        served[line.demand] += line.quantity
        commodity = problem.commodity_index[problem.demands[line.demand].commodity]
        for leg in line.legs:
            moved[leg, commodity] += line.quantity
    if len(result.served) != len(problem.demands):
        yield AllocationViolation(code="shape", text="served has not one number per demand")
        return
    for number, demand in enumerate(problem.demands):
        if served[number] != result.served[number]:
            yield AllocationViolation(
                code="conservation",
                text=f"{result.served[number]} pieces of {demand.commodity} are stated for"
                f" {demand.place}, and {served[number]} come from lots",
                amount=abs(served[number] - result.served[number]),
            )
        if result.served[number] < demand.kept:
            yield AllocationViolation(
                code="donor-keeps",
                text=f"{demand.place} keeps {demand.kept} of its own {demand.commodity} and"
                f" is left {result.served[number]}",
                amount=demand.kept - result.served[number],
            )
        if result.served[number] > demand.quantity:
            yield AllocationViolation(
                code="over-need",
                text=f"{demand.place} gets more {demand.commodity} than it needs",
                amount=result.served[number] - demand.quantity,
            )
    stated: Counter[tuple[int, int]] = Counter()
    for flow in result.flows:
        stated[flow.leg, flow.commodity] += flow.quantity
    for leg, commodity in sorted(stated.keys() | moved.keys()):
        if stated[leg, commodity] != moved[leg, commodity]:
            ends = f"{problem.legs[leg].tail} - {problem.legs[leg].head}"
            yield AllocationViolation(
                code="conservation",
                text=f"flow and lots disagree on {ends}",
                amount=abs(stated[leg, commodity] - moved[leg, commodity]),
            )


def _legs(
    problem: AllocationProblem, result: AllocationResult
) -> Iterator[AllocationViolation]:
    """Check load and volume of every leg over all commodities."""
    grams: Counter[int] = Counter()
    bulk: Counter[int] = Counter()
    for flow in result.flows:
        size = problem.commodities[flow.commodity]
        grams[flow.leg] += flow.quantity * size.mass_g
        bulk[flow.leg] += flow.quantity * size.volume_cm3
    for number, leg in enumerate(problem.legs):
        for code, unit, load, limit in (
            ("leg-mass", "g", grams[number], leg.max_load_g),
            ("leg-volume", "cm3", bulk[number], leg.max_volume_cm3),
        ):
            if limit is not None and load > limit:
                yield AllocationViolation(
                    code=code,
                    text=f"{leg.tail} - {leg.head} carries {load} {unit} of {limit}",
                    amount=load - limit,
                )


def _statements(
    problem: AllocationProblem, result: AllocationResult
) -> Iterator[AllocationViolation]:
    """Check the cost, its bound, and that every unmet piece has a reason."""
    cost = sum(
        problem.legs[flow.leg].cost_per_tonne_rupiah
        * problem.commodities[flow.commodity].mass_g
        * flow.quantity
        for flow in result.flows
    )
    if cost != result.cost_microrupiah:
        yield AllocationViolation(
            code="cost",
            text=f"the flows cost {cost}, and {result.cost_microrupiah} is stated",
            amount=abs(cost - result.cost_microrupiah),
        )
    if result.bound_microrupiah is not None and result.bound_microrupiah > cost:
        yield AllocationViolation(code="bound", text="the bound is above the cost")
    named: Counter[int] = Counter()
    for line in result.unmet:
        named[line.demand] += line.quantity
        if not (line.reason and line.reason_id and line.action and line.action_id):
            yield AllocationViolation(code="no-reason", text="an unmet line has no text")
    for number, demand in enumerate(problem.demands[: len(result.served)]):
        lacking = max(0, demand.quantity - result.served[number])
        if named[number] != lacking:
            yield AllocationViolation(
                code="no-reason",
                text=f"{demand.place} lacks {lacking} of {demand.commodity}, and reasons"
                f" are given for {named[number]}",
                amount=abs(lacking - named[number]),
            )
