"""Network simplex: the engine below every exact flow of this package."""

from __future__ import annotations

from collections.abc import Sequence

from silog_core.solvers.allocation.spanning_tree import SimplexOutcome, SpanningTree

__all__ = ["SimplexOutcome", "pivot_to_optimum", "price_of_unmet"]


def pivot_to_optimum(
    tails: Sequence[int],
    heads: Sequence[int],
    uppers: Sequence[int],
    costs: Sequence[int],
    supplies: Sequence[int],
    *,
    unmet_price: int = 0,
) -> SimplexOutcome:
    """Find a flow of least unmet demand and, among those, of least cost.

    Arcs have lower bound 0. A positive supply may stay where it is at no cost; a
    negative one that is not filled counts as unmet. With ``p`` the potentials, the
    reduced cost ``cost + p[tail] - p[head]`` of an arc is never negative where the
    arc has room and never positive where it carries flow.

    Args:
        tails: Start node of each arc, numbered from 0.
        heads: End node of each arc.
        uppers: Most that each arc carries [units], at least 0.
        costs: Cost of one unit on each arc; may be negative.
        supplies: Units that enter at each node; negative is a demand.
        unmet_price: Price of an unmet unit, where the network is part of a larger one;
            raised to what this network itself needs.

    Returns:
        Flows, potentials and unmet units.

    Example:
        >>> found = pivot_to_optimum([0, 0], [1, 1], [3, 9], [5, 2], [10, -10])
        >>> found.flows, sum(found.unmet)
        ([1, 9], 0)
    """
    price = max(unmet_price, price_of_unmet(len(supplies), costs))
    if sum(supplies) == 0:
        found = SpanningTree(tails, heads, uppers, costs, supplies, price, balanced=True).run()
        if not any(found.unmet):
            return found
    # Something stays behind: it may do so at its own node only.
    return SpanningTree(tails, heads, uppers, costs, supplies, price, balanced=False).run()


def price_of_unmet(node_count: int, costs: Sequence[int]) -> int:
    """Return a price above the cost of any way through the network.

    Example:
        >>> price_of_unmet(3, [5, -7])
        32
    """
    return (node_count + 1) * (1 + max(map(abs, costs), default=0))
