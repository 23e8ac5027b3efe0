"""Judge flows of one or several commodities, and the prices that claim to prove them best.

Optimality is complementary slackness: with ``p`` the price of a unit at each node, an arc
that could carry more costs at least the difference of its ends, and an arc that could carry
less costs at most that. The outside, where units stay or are missed, has price 0.
"""

from __future__ import annotations

from collections import Counter
from operator import mul
from typing import TYPE_CHECKING

from silog_core.planning.allocation_check import AllocationViolation

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from silog_core.domain.flows import (
        FlowProblem,
        FlowSolution,
        MultiFlowProblem,
        MultiFlowSolution,
    )


def check_flow(problem: FlowProblem, solution: FlowSolution) -> list[AllocationViolation]:
    """List what *solution* breaks: bounds, conservation, cost and the proof of optimality.

    Args:
        problem: Supplies, demands and arcs.
        solution: What is claimed to be a cheapest flow. Without potentials only its
            soundness is judged.

    Example:
        >>> from silog_core.domain.flows import FlowProblem, FlowSolution
        >>> problem = FlowProblem(
        ...     supplies=(2, -2),
        ...     tails=(0, 0),
        ...     heads=(1, 1),
        ...     lowers=(0, 0),
        ...     uppers=(2, 2),
        ...     costs=(1, 5),
        ... )
        >>> claim = FlowSolution(
        ...     flows=(1, 1), potentials=(0, 1), unmet_price=99, cost=6, solver="hasty"
        ... )
        >>> [violation.code for violation in check_flow(problem, claim)]
        ['not-optimal']
    """
    if len(solution.flows) != problem.arc_count:
        return [AllocationViolation(code="shape", text="there is not one flow for each arc")]
    found = list(_sound(problem, solution))
    if solution.potentials:
        found += _proved(problem, solution)
    return found


def _free_part(problem: FlowProblem, flows: Sequence[int]) -> tuple[list[int], list[int]]:
    """Return supply and net outflow of each node beyond the least flows of the arcs.

    What a least flow brings to a node is supply there, what it takes away is demand.
    """
    supply, sent = list(problem.supplies), [0] * problem.node_count
    for e, units in enumerate(flows):
        tail, head, least = problem.tails[e], problem.heads[e], problem.lowers[e]
        supply[tail] -= least
        supply[head] += least
        sent[tail] += units - least
        sent[head] -= units - least
    return supply, sent


def _arrivals(problem: FlowProblem, flows: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Yield each node with a transit limit, and what comes in there."""
    if not problem.transits:
        return
    into = Counter[int]()
    for head, units in zip(problem.heads, flows, strict=True):
        into[head] += units
    for node, most in enumerate(problem.transits):
        if most is not None:
            yield node, into[node]


def _sound(problem: FlowProblem, solution: FlowSolution) -> Iterator[AllocationViolation]:
    for e, units in enumerate(solution.flows):
        if not problem.lowers[e] <= units <= problem.uppers[e]:
            yield AllocationViolation(
                code="bounds",
                text=f"arc {e} carries {units}, outside {problem.lowers[e]} to"
                f" {problem.uppers[e]}",
            )
    for node, units in _arrivals(problem, solution.flows):
        most = problem.transits[node] or 0
        if units > most:
            yield AllocationViolation(
                code="transit",
                text=f"{units} come in at node {node}, which takes {most}",
                amount=units - most,
            )
    unmet = Counter(dict(solution.unmet))
    supplies, sent = _free_part(problem, solution.flows)
    for node, supply in enumerate(supplies):
        stays = supply + unmet[node] - sent[node]
        if not (0 <= stays <= max(supply, 0) and 0 <= unmet[node] <= max(-supply, 0)):
            yield AllocationViolation(
                code="conservation",
                text=f"node {node} sends {sent[node]} net with a supply of {supply} and"
                f" {unmet[node]} unmet",
                amount=abs(stays),
            )
    cost = sum(map(mul, solution.flows, problem.costs))
    if cost != solution.cost:
        yield AllocationViolation(
            code="cost",
            text=f"the flows cost {cost}, and {solution.cost} is stated",
            amount=abs(cost - solution.cost),
        )


def _proved(problem: FlowProblem, solution: FlowSolution) -> Iterator[AllocationViolation]:
    """Check complementary slackness on every arc and at every node."""
    price = solution.potentials
    arrival = solution.arrival_prices or price
    for node, units in _arrivals(problem, solution.flows):
        worth = price[node] - arrival[node]
        if worth < 0 < units or (worth > 0 and units < (problem.transits[node] or 0)):
            yield AllocationViolation(
                code="not-optimal",
                text=f"{units} come in at node {node}, where passing is priced at {worth}",
                amount=abs(worth),
            )
    for e, units in enumerate(solution.flows):
        reduced = problem.costs[e] + price[problem.tails[e]] - arrival[problem.heads[e]]
        if (units < problem.uppers[e] and reduced < 0) or (
            units > problem.lowers[e] and reduced > 0
        ):
            yield AllocationViolation(
                code="not-optimal",
                text=f"arc {e} carries {units} at a reduced cost of {reduced}",
                amount=abs(reduced),
            )
    unmet = dict(solution.unmet)
    supplies, sent = _free_part(problem, solution.flows)
    if not unmet and sent == supplies:
        return  # everything is used and met: the outside takes no part
    for node, supply in enumerate(supplies):
        lacking = unmet.get(node, 0)
        stays = supply + lacking - sent[node]
        if (stays > 0 and price[node] > 0) or (0 <= stays < supply and price[node] < 0):
            yield AllocationViolation(
                code="not-optimal", text=f"{stays} of {supply} stay at node {node}"
            )
        if (lacking and price[node] < solution.unmet_price) or (
            supply < 0 and lacking < -supply and price[node] > solution.unmet_price
        ):
            yield AllocationViolation(
                code="not-optimal", text=f"{lacking} stay unmet at node {node}"
            )
    reach = problem.node_count * max(map(abs, problem.costs), default=0)
    if unmet and solution.unmet_price <= reach:
        yield AllocationViolation(
            code="not-optimal",
            text=f"unmet units are priced at {solution.unmet_price}, below what a way"
            f" may cost ({reach})",
        )


def check_multi_flow(
    problem: MultiFlowProblem, solution: MultiFlowSolution
) -> list[AllocationViolation]:
    """List what *solution* breaks: shared limits, conservation and cost.

    Args:
        problem: Arcs and commodities.
        solution: Flows by arc and commodity.
    """
    load = [0] * len(problem.tails)
    net: Counter[tuple[int, int]] = Counter()
    cost = 0
    found: list[AllocationViolation] = []
    for arc, commodity, units in solution.flows:
        if units <= 0:
            found.append(AllocationViolation(code="bounds", text=f"arc {arc} carries {units}"))
        load[arc] += units
        cost += units * problem.costs[arc]
        net[problem.tails[arc], commodity] += units
        net[problem.heads[arc], commodity] -= units
    unmet = Counter(dict(solution.unmet))
    for arc, (units, upper) in enumerate(zip(load, problem.uppers, strict=True)):
        if units > upper:
            found.append(
                AllocationViolation(
                    code="bounds",
                    text=f"arc {arc} carries {units} of {upper}",
                    amount=units - upper,
                )
            )
    for k, amount in enumerate(problem.amounts):
        if problem.origins[k] != problem.targets[k]:
            net[problem.origins[k], k] -= amount - unmet[k]
            net[problem.targets[k], k] += amount - unmet[k]
    found += [
        AllocationViolation(
            code="conservation",
            text=f"commodity {k} is not conserved at node {node}",
            amount=abs(units),
        )
        for (node, k), units in sorted(net.items())
        if units
    ]
    if cost != solution.cost:
        found.append(
            AllocationViolation(
                code="cost",
                text=f"the flows cost {cost}, and {solution.cost} is stated",
                amount=abs(cost - solution.cost),
            )
        )
    return found
