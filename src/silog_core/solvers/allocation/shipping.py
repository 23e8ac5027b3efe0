"""Cheapest way to bring given amounts of one commodity to its demands."""

from __future__ import annotations

from typing import TYPE_CHECKING

from silog_core.solvers.allocation.network_simplex import SimplexOutcome, pivot_to_optimum

if TYPE_CHECKING:
    from collections.abc import Sequence

    from silog_core.domain.allocation import AllocationProblem
    from silog_core.solvers.allocation.commodity_network import CommodityNetwork


def ship(
    problem: AllocationProblem,
    network: CommodityNetwork,
    served: Sequence[int],
    *,
    uppers: Sequence[int] | None = None,
    costs: Sequence[int] | None = None,
) -> SimplexOutcome:
    """Return the cheapest flow that gives each demand its pieces.

    Args:
        problem: What the numbers refer to.
        network: Network of the commodity.
        served: Pieces for each demand of *problem*.
        uppers: Most pieces on each arc, instead of the limits of the network.
        costs: Cost of a piece on each arc, instead of those of the network.
    """
    supplies = [0] * network.node_count
    for node, lot in network.entries:
        supplies[node] += problem.supplies[lot].quantity
    for node, demand in network.exits:
        supplies[node] -= served[demand]
    return pivot_to_optimum(
        [arc.tail for arc in network.arcs],
        [arc.head for arc in network.arcs],
        network.uppers if uppers is None else uppers,
        network.costs if costs is None else costs,
        supplies,
    )
