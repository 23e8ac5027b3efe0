"""What VROOM has no words for."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from silog_core.domain.routing import RoutingProblem

#: Largest number that VROOM takes for a time, a distance or a cost.
TOP = 2**32 - 1
#: Sums of times and costs that it still adds up.
_SUM = 2**31


def inexpressible(problem: RoutingProblem) -> tuple[str, ...]:
    """Return what VROOM would not understand of *problem*; empty when it knows it all.

    Trips that break one of these are taken apart afterwards, and their stops put back by
    the core's own solver, so that the plan keeps every limit all the same.

    Example:
        >>> from silog_core.domain.routing import Client, Depot, Profile, RoutingProblem
        >>> way = ((0, 5), (5, 0))
        >>> problem = RoutingProblem(
        ...     depots=(Depot(name="hub"),),
        ...     clients=(Client(name="a", required=False),),
        ...     vehicle_types=(),
        ...     profiles=(Profile(distance_m=way, duration_s=way),),
        ... )
        >>> inexpressible(problem)
        ('prizes of optional stops',)
    """
    kinds, clients = problem.vehicle_types, problem.clients
    said = {
        "several trips of one vehicle": any(k.max_trips > 1 for k in kinds),
        "hours in which a vehicle stands still": any(k.closed or k.nights for k in kinds),
        "breaks of the crew": any(k.breaks for k in kinds),
        "longest days": any(k.max_duration_s is not None for k in kinds),
        "closed legs": any(p.closed for p in problem.profiles),
        "escorts": any(c.escorts for c in clients),
        "deliveries before pickups": any(c.pickup for c in clients),
        "prizes of optional stops": any(not c.required for c in clients),
        "several opening hours of a depot": any(len(d.windows) > 1 for d in problem.depots),
    }
    return tuple(words for words, there in said.items() if there)


def too_large(problem: RoutingProblem) -> bool:
    """Return whether times or costs are beyond the numbers that VROOM counts in."""
    stops = len(problem.clients) + 1
    return any(
        max(map(max, profile.duration_s)) * stops > _SUM
        or max(map(max, profile.distance_m)) > TOP
        for profile in problem.profiles
    )
