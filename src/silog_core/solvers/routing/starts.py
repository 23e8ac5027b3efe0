"""Several searches of one problem side by side, the best plan of all."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from silog_core.solvers.routing.router import ruin_recreate

if TYPE_CHECKING:
    from collections.abc import Sequence
    from concurrent.futures import Executor

    from silog_core.domain.routing import RoutingProblem, RoutingSolution
    from silog_core.domain.stopping import StoppingRule


def best_of_starts(
    problem: RoutingProblem, *, seeds: Sequence[int], stop: StoppingRule, pool: Executor
) -> RoutingSolution:
    """Return the best plan of one search for each seed, run on any executor.

    A plan that serves more, by priority, beats a cheaper one; of equal plans the one of
    the earlier seed wins, so the result does not depend on the number of workers.

    Args:
        problem: What to plan.
        seeds: One for each search, at least one.
        stop: When each search stops.
        pool: Where the searches run; on two cores, a pool of two processes.

    Example:
        >>> from concurrent.futures import ThreadPoolExecutor
        >>> from silog_core.domain.routing import (
        ...     Client,
        ...     Depot,
        ...     Profile,
        ...     RoutingProblem,
        ...     VehicleType,
        ... )
        >>> from silog_core.domain.stopping import MaxIterations
        >>> way = ((0, 5, 9), (5, 0, 4), (9, 4, 0))
        >>> problem = RoutingProblem(
        ...     depots=(Depot(name="hub"),),
        ...     clients=(Client(name="a"), Client(name="b")),
        ...     vehicle_types=(VehicleType(name="truck"),),
        ...     profiles=(Profile(distance_m=way, duration_s=way),),
        ... )
        >>> with ThreadPoolExecutor(2) as pool:
        ...     plan = best_of_starts(problem, seeds=[1, 2], stop=MaxIterations(10), pool=pool)
        >>> plan.cost
        18
    """
    plans = list(pool.map(partial(_search, problem, stop), seeds))
    return min(plans, key=partial(_rank, problem))


def _search(problem: RoutingProblem, stop: StoppingRule, seed: int) -> RoutingSolution:
    return ruin_recreate(problem, seed=seed, stop=stop)


def _rank(problem: RoutingProblem, plan: RoutingSolution) -> tuple[int, int]:
    """Return what a plan lacks, by priority, and what it costs."""
    out = [problem.clients[one.client] for one in plan.unserved]
    return sum(1 + client.priority for client in out if client.required), plan.cost
