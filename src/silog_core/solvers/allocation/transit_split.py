"""Limits on what comes in at a node, expressed by splitting it; for every flow solver.

A limited node gets an entrance: arcs that ended at it end there, and one arc of the limit
leads on. What the solver says about the larger network is then read back.
"""

from __future__ import annotations

from functools import wraps
from typing import TYPE_CHECKING

import attrs

from silog_core.domain.flows import FlowProblem

if TYPE_CHECKING:
    from collections.abc import Callable

    from silog_core.domain.flows import FlowSolution


def split_transits(problem: FlowProblem) -> FlowProblem:
    """Return the same problem without transit limits; entrances follow the nodes.

    Example:
        >>> split = split_transits(
        ...     FlowProblem(
        ...         supplies=(4, 0, -4), tails=(0, 1), heads=(1, 2), lowers=(0, 0),
        ...         uppers=(9, 9), costs=(1, 1), transits=(None, 3, None),
        ...     )
        ... )
        >>> split.tails, split.heads, split.uppers
        ((0, 1, 3), (3, 2, 1), (9, 9, 3))
    """  # fmt: skip
    limited = [node for node, most in enumerate(problem.transits) if most is not None]
    entrance = {node: problem.node_count + i for i, node in enumerate(limited)}
    return FlowProblem(
        supplies=(*problem.supplies, *(0 for _ in limited)),
        tails=(*problem.tails, *(entrance[node] for node in limited)),
        heads=(*(entrance.get(head, head) for head in problem.heads), *limited),
        lowers=(*problem.lowers, *(0 for _ in limited)),
        uppers=(*problem.uppers, *(problem.transits[node] or 0 for node in limited)),
        costs=(*problem.costs, *(0 for _ in limited)),
    )


def with_transits(
    solve: Callable[[FlowProblem], FlowSolution],
) -> Callable[[FlowProblem], FlowSolution]:
    """Teach a solver that knows arcs alone to keep transit limits.

    Args:
        solve: Solves problems without such limits.

    Returns:
        A solver that takes both, and states the price at each entrance.
    """

    @wraps(solve)
    def solve_split(problem: FlowProblem) -> FlowSolution:
        limited = [node for node, most in enumerate(problem.transits) if most is not None]
        if not limited:
            return solve(problem)
        found = solve(split_transits(problem))
        prices = list(found.potentials[: problem.node_count])
        if prices:
            for i, node in enumerate(limited):
                prices[node] = found.potentials[problem.node_count + i]
        return attrs.evolve(
            found,
            flows=found.flows[: problem.arc_count],
            potentials=found.potentials[: problem.node_count],
            arrival_prices=tuple(prices),
        )

    return solve_split
