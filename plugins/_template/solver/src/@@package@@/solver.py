"""The solver."""

from __future__ import annotations

from typing import TYPE_CHECKING

from silog_core.solvers.routing import ruin_recreate

if TYPE_CHECKING:
    from silog_core.domain.routing import RoutingProblem, RoutingSolution
    from silog_core.domain.stopping import StoppingRule


def solve(
    problem: RoutingProblem,
    *,
    seed: int,
    stop: StoppingRule,
    start: RoutingSolution | None = None,
) -> RoutingSolution:
    """Solve until *stop* says so. Replace the built-in solver by yours here."""
    return ruin_recreate(problem, seed=seed, stop=stop, start=start)
