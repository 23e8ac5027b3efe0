"""Exact flow of one commodity: strip the trees, pivot on the core, walk back down."""

from __future__ import annotations

from operator import add, mul, sub
from typing import TYPE_CHECKING

from silog_core.domain.flows import FlowProblem, FlowSolution
from silog_core.solvers.allocation.network_simplex import (
    SimplexOutcome,
    pivot_to_optimum,
    price_of_unmet,
)
from silog_core.solvers.allocation.transit_split import with_transits
from silog_core.solvers.allocation.tree_stripping import (
    StrippedNetwork,
    strip_leaves,
    walk_back,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

#: Name under which the solver is chosen.
NAME = "builtin"


@with_transits
def solve_flow(problem: FlowProblem) -> FlowSolution:
    """Return a flow that leaves least unmet and, among those, costs least.

    Args:
        problem: Supplies, demands and arcs.

    Returns:
        Flows with the prices that prove them optimal; the proof of
        `silog_core.planning.flow_check`.

    Example:
        >>> found = solve_flow(
        ...     FlowProblem(
        ...         supplies=(7, 0, -7),
        ...         tails=(0, 1, 0),
        ...         heads=(1, 2, 2),
        ...         lowers=(0, 0, 2),
        ...         uppers=(9, 9, 3),
        ...         costs=(1, 1, 9),
        ...     )
        ... )
        >>> found.flows, found.cost, found.unmet
        ((5, 5, 2), 28, ())
    """
    shifted = any(problem.lowers)
    supplies = list(problem.supplies)
    uppers: list[int] | tuple[int, ...] = problem.uppers
    if shifted:
        uppers = list(map(sub, problem.uppers, problem.lowers))
        for tail, head, low in zip(problem.tails, problem.heads, problem.lowers, strict=True):
            supplies[tail] -= low
            supplies[head] += low
    found = _stripped(problem, supplies, uppers)
    flows = list(map(add, found.flows, problem.lowers)) if shifted else found.flows
    return FlowSolution(
        flows=tuple(flows),
        unmet=tuple((node, units) for node, units in enumerate(found.unmet) if units),
        potentials=tuple(found.potentials),
        unmet_price=found.unmet_price,
        cost=sum(map(mul, flows, problem.costs)),
        solver=NAME,
    )


def _stripped(
    problem: FlowProblem, supplies: list[int], uppers: list[int] | tuple[int, ...]
) -> SimplexOutcome:
    """Solve through the core, and by the whole where the core proves too little."""
    tails, heads, costs = problem.tails, problem.heads, problem.costs
    net = strip_leaves(supplies, tails, heads, uppers)
    price = price_of_unmet(len(supplies), costs)
    number = [0] * len(supplies)
    for i, node in enumerate(net.core_nodes):
        number[node] = i
    core = pivot_to_optimum(
        [number[tails[e]] for e in net.core_arcs],
        [number[heads[e]] for e in net.core_arcs],
        [uppers[e] for e in net.core_arcs],
        [costs[e] for e in net.core_arcs],
        [net.supplies[node] for node in net.core_nodes],
        unmet_price=price,
    )
    flows, potentials, unmet = net.flows, [0] * len(supplies), [0] * len(supplies)
    for e, units in zip(net.core_arcs, core.flows, strict=True):
        flows[e] = units
    for i, node in enumerate(net.core_nodes):
        potentials[node], unmet[node] = core.potentials[i], core.unmet[i]
    walk_back(net, potentials, heads, tails, costs)
    found = SimplexOutcome(
        flows=flows, potentials=potentials, unmet=unmet, unmet_price=price, pivots=core.pivots
    )
    if net.folded and (sum(supplies) != 0 or any(core.unmet)):
        stays = _stays(net, core, [number[tails[e]] for e in net.core_arcs], number, heads)
        if not _folding_was_exact(net, found, supplies, stays):
            return pivot_to_optimum(tails, heads, uppers, costs, supplies)
    return found


def _stays(
    net: StrippedNetwork,
    core: SimplexOutcome,
    core_tails: list[int],
    number: list[int],
    heads: Sequence[int],
) -> list[int]:
    """Return what stays behind at each node of the core."""
    left = [max(0, net.supplies[node]) for node in net.core_nodes]
    for i, lacking in enumerate(core.unmet):
        left[i] += lacking + min(0, net.supplies[net.core_nodes[i]])
    for e, tail, units in zip(net.core_arcs, core_tails, core.flows, strict=True):
        left[tail] -= units
        left[number[heads[e]]] += units
    return left


def _folding_was_exact(
    net: StrippedNetwork, found: SimplexOutcome, supplies: Sequence[int], stays: Sequence[int]
) -> bool:
    """Say whether the prices prove the flow best, also where units stay or are missed.

    Folding took for granted that every folded supply leaves and every folded demand is
    met; prices of the outside, 0 for what stays and the price of unmet units, must agree.
    """
    price, worth = found.unmet_price, found.potentials
    for node in net.folded:
        if (supplies[node] > 0 > worth[node]) or (supplies[node] < 0 and worth[node] > price):
            return False
    for node, left in zip(net.core_nodes, stays, strict=True):
        own, lacking = supplies[node], found.unmet[node]
        if left > max(own, 0) or lacking > max(-own, 0):
            return False
        if (own > left and worth[node] < 0) or (-own > lacking and worth[node] > price):
            return False
    return True
