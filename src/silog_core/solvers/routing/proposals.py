"""Trips that another solver proposes, held to every limit of the full problem."""

from __future__ import annotations

from typing import TYPE_CHECKING

from silog_core.domain.routing import Route, RoutingSolution
from silog_core.domain.stopping import MaxIterations
from silog_core.solvers.routing.router import ruin_recreate

if TYPE_CHECKING:
    from collections.abc import Iterable

    from silog_core.domain.routing import RoutingProblem


def settled(
    problem: RoutingProblem,
    proposed: Iterable[tuple[int, tuple[tuple[int, ...], ...]]],
    *,
    seed: int,
    start: RoutingSolution | None = None,
) -> RoutingSolution:
    """Return the plan of proposed trips: what breaks a limit is put back otherwise.

    A solver that knows only some of the limits proposes; the built-in one keeps what is
    sound, places the other stops, sets the times, and says why a stop is left out.

    Args:
        problem: The problem with all its limits.
        proposed: Vehicle type and trips of each vehicle, in the numbers of *problem*.
        seed: Of the random numbers.
        start: A plan to take instead of trips.

    Example:
        >>> from silog_core.domain.routing import (
        ...     Client,
        ...     Depot,
        ...     Profile,
        ...     RoutingProblem,
        ...     VehicleType,
        ... )
        >>> way = ((0, 5), (5, 0))
        >>> problem = RoutingProblem(
        ...     depots=(Depot(name="hub"),),
        ...     clients=(Client(name="a"),),
        ...     vehicle_types=(VehicleType(name="truck"),),
        ...     profiles=(Profile(distance_m=way, duration_s=way),),
        ... )
        >>> settled(problem, [(0, ((0,),))], seed=1).cost
        10
    """
    routes = tuple(
        Route(vehicle_type=kind, trips=trips, start_s=0, end_s=0, distance_m=0, cost=0)
        for kind, trips in proposed
    )
    begin = start or RoutingSolution(routes=routes, cost=0)
    return ruin_recreate(problem, seed=seed, stop=MaxIterations(1), start=begin)


def remaining(problem: RoutingProblem) -> tuple[list[int], list[int]]:
    """Return the clients that no pinned route serves, and the vehicles left of each type."""
    gone = {c for route in problem.pinned for trip in route.trips for c in trip}
    left = [kind.count for kind in problem.vehicle_types]
    for route in problem.pinned:
        left[route.vehicle_type] -= 1
    return [c for c in range(len(problem.clients)) if c not in gone], left


def better(one: RoutingSolution, two: RoutingSolution) -> RoutingSolution:
    """Return the plan that serves more, else the cheaper one, else the first."""
    return min(one, two, key=lambda plan: (len(plan.unserved), plan.cost))
