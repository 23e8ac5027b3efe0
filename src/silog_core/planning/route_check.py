"""Judge a routing plan, whoever made it: every limit it breaks, where and by how much.

The checker drives every route along a clock of its own and shares no code with the
solvers, so that one mistake cannot hide in both.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import attrs

from silog_core.domain.routing import Route, RoutingSolution, Unserved
from silog_core.planning.route_drive import RouteDrive, RouteViolation

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from silog_core.domain.routing import Client, RoutingProblem, VehicleType


def check_routing(problem: RoutingProblem, plan: RoutingSolution) -> list[RouteViolation]:
    """List every limit of *problem* that *plan* breaks; empty when it is sound.

    Args:
        problem: Clients, fleet and ways.
        plan: Routes with their starts, what is left out, and the cost claimed.

    Returns:
        Violations in the order of the routes, those of the whole plan last.

    Example:
        >>> from silog_core.domain.routing import (
        ...     Client,
        ...     Depot,
        ...     Profile,
        ...     Route,
        ...     RoutingProblem,
        ...     RoutingSolution,
        ...     VehicleType,
        ... )
        >>> way = ((0, 60), (60, 0))
        >>> problem = RoutingProblem(
        ...     depots=(Depot(name="hub"),),
        ...     clients=(Client(name="a", mass_g=7, windows=((0, 30),)),),
        ...     vehicle_types=(VehicleType(name="truck", payload_g=5),),
        ...     profiles=(Profile(distance_m=way, duration_s=way),),
        ... )
        >>> route = Route(
        ...     vehicle_type=0, trips=((0,),), start_s=0, end_s=120, distance_m=120, cost=120
        ... )
        >>> for found in check_routing(problem, RoutingSolution(routes=(route,), cost=120)):
        ...     print(found.code, found.amount, "-", found.text)
        payload 2 - trip 1 of route 1 (truck) carries 7 g, 2 g too much
        late 30 - route 1 (truck) reaches a at 60 s, 30 s after closing
    """
    found: list[RouteViolation] = []
    drives: list[RouteDrive] = []
    for number, route in enumerate(plan.routes):
        found += _check_route(problem, number, route, drives)
    found += _check_escorts(problem, drives)
    found += _check_whole(problem, plan)
    return found


def plan_as_typed(
    problem: RoutingProblem, typed: Sequence[tuple[int, tuple[tuple[int, ...], ...], int]]
) -> RoutingSolution:
    """Return the plan that a person typed, with the sums that follow from it.

    The plan may break any limit; `check_routing` then says which.

    Args:
        problem: Clients, fleet and ways.
        typed: For each vehicle its type, its trips and its departure [s]; types and
            clients that are not there are an error of the caller.

    Returns:
        Routes driven by the clock, and everybody else as unserved.

    Example:
        >>> from silog_core.domain.routing import (
        ...     Client,
        ...     Depot,
        ...     Profile,
        ...     RoutingProblem,
        ...     VehicleType,
        ... )
        >>> way = ((0, 60), (60, 0))
        >>> problem = RoutingProblem(
        ...     depots=(Depot(name="hub"),),
        ...     clients=(Client(name="a", windows=((0, 30),)),),
        ...     vehicle_types=(VehicleType(name="truck"),),
        ...     profiles=(Profile(distance_m=way, duration_s=way),),
        ... )
        >>> plan = plan_as_typed(problem, [(0, ((0,),), 15)])
        >>> plan.routes[0].end_s, [v.text for v in check_routing(problem, plan)]
        (135, ['route 1 (truck) reaches a at 75 s, 45 s after closing'])
    """
    routes = []
    for number, (kind, trips, start_s) in enumerate(typed):
        vehicle = problem.vehicle_types[kind]
        route = Route(
            vehicle_type=kind, trips=trips, start_s=start_s, end_s=0, distance_m=0, cost=0
        )
        end_s, metres = RouteDrive(problem, number, route, vehicle, vehicle.name).drive()
        cost = vehicle.fixed_cost + vehicle.cost_per_m * metres
        cost += vehicle.cost_per_s * (end_s - start_s)
        routes.append(attrs.evolve(route, end_s=end_s, distance_m=metres, cost=cost))
    served = {c for route in routes for trip in route.trips for c in trip}
    out = [c for c in range(len(problem.clients)) if c not in served]
    return RoutingSolution(
        routes=tuple(routes),
        unserved=tuple(Unserved(client=c) for c in out),
        cost=sum(r.cost for r in routes)
        + sum(problem.clients[c].prize for c in out if not problem.clients[c].required),
        feasible=not any(problem.clients[c].required for c in out),
    )


def _check_route(
    problem: RoutingProblem, number: int, route: Route, drives: list[RouteDrive]
) -> Iterator[RouteViolation]:
    """Yield what is wrong with one route alone; note how it was driven."""
    if not 0 <= route.vehicle_type < len(problem.vehicle_types):
        yield RouteViolation(
            code="vehicle",
            route=number,
            text=f"route {number + 1} uses vehicle type {route.vehicle_type}, not known",
        )
        return
    unknown = [c for trip in route.trips for c in trip if not 0 <= c < len(problem.clients)]
    for c in unknown:
        yield RouteViolation(
            code="client",
            route=number,
            client=c,
            text=f"route {number + 1} visits client {c}, not known",
        )
    if unknown:
        return
    kind = problem.vehicle_types[route.vehicle_type]
    name = f"route {number + 1} ({kind.name})"
    if not route.trips or any(not trip for trip in route.trips):
        yield RouteViolation(code="empty", route=number, text=f"{name} has an empty trip")
    excess = len(route.trips) - kind.max_trips
    if excess > 0:
        yield RouteViolation(
            code="trips",
            route=number,
            amount=excess,
            text=f"{name} makes {len(route.trips)} trips, {excess} too many",
        )
    yield from _check_loads(problem, number, route, kind, name)
    yield from _check_skills(problem, number, route, kind, name)
    if all(route.trips):
        drive = RouteDrive(problem, number, route, kind, name)
        yield from drive.violations()
        drives.append(drive)


def _check_escorts(
    problem: RoutingProblem, drives: list[RouteDrive]
) -> Iterator[RouteViolation]:
    """Yield trips that leave while all who should ride along are with others."""
    trips = sorted(
        (leaves, back, drive.number, trip)
        for drive in drives
        for trip, (leaves, back) in enumerate(drive.spans)
    )
    for escort in problem.escorts:
        out: list[int] = []
        for leaves, back, number, trip in trips:
            drive = next(d for d in drives if d.number == number)
            asks = [problem.clients[c].escorts for c in drive.route.trips[trip]]
            if back == leaves or not any(escort.name in names for names in asks):
                continue
            out = [until for until in out if until > leaves] + [back]
            if len(out) > escort.count:
                yield RouteViolation(
                    code="escort",
                    route=number,
                    amount=len(out) - escort.count,
                    text=f"trip {trip + 1} of {drive.name} leaves at {leaves} s with "
                    f"{escort.name}, of whom {escort.count} are there and {len(out) - 1} out",
                )


def _check_skills(
    problem: RoutingProblem, number: int, route: Route, kind: VehicleType, name: str
) -> Iterator[RouteViolation]:
    for trip in route.trips:
        for c in trip:
            lacks = sorted(problem.clients[c].skills - kind.skills)
            if lacks:
                yield RouteViolation(
                    code="skill",
                    route=number,
                    client=c,
                    amount=len(lacks),
                    text=f"{name} visits {problem.clients[c].name} without {', '.join(lacks)}",
                )


def _check_loads(
    problem: RoutingProblem, number: int, route: Route, kind: VehicleType, name: str
) -> Iterator[RouteViolation]:
    """Yield overloads: follow what is on board from stop to stop."""
    for t, trip in enumerate(route.trips):
        stops = [problem.clients[c] for c in trip]
        for code, unit, limit, size in (
            ("payload", "g", kind.payload_g, _mass),
            ("volume", "cm3", kind.volume_cm3, _volume),
        ):
            board = most = sum(size(stop) for stop in stops if not stop.pickup)
            for stop in stops:
                board += size(stop) if stop.pickup else -size(stop)
                most = max(most, board)
            if limit is not None and most > limit:
                yield RouteViolation(
                    code=code,
                    route=number,
                    amount=most - limit,
                    text=f"trip {t + 1} of {name} carries {most} {unit}, "
                    f"{most - limit} {unit} too much",
                )
        collected = False
        for c, stop in zip(trip, stops, strict=True):
            if collected and not stop.pickup:
                yield RouteViolation(
                    code="order",
                    route=number,
                    client=c,
                    text=f"{name} delivers to {stop.name} after it has begun to collect",
                )
            collected = collected or stop.pickup


def _mass(stop: Client) -> int:
    return stop.mass_g


def _volume(stop: Client) -> int:
    return stop.volume_cm3


def _check_whole(problem: RoutingProblem, plan: RoutingSolution) -> Iterator[RouteViolation]:
    """Yield what is wrong with the plan as a whole."""
    visits = Counter(c for route in plan.routes for trip in route.trips for c in trip)
    listed = Counter(one.client for one in plan.unserved)
    for c, client in enumerate(problem.clients):
        if visits[c] > 1:
            yield RouteViolation(
                code="twice",
                client=c,
                amount=visits[c] - 1,
                text=f"{client.name} is visited {visits[c]} times",
            )
        if (visits[c] == 0) != (listed[c] == 1):
            yield RouteViolation(
                code="unserved",
                client=c,
                text=f"{client.name} is visited {visits[c]} times and listed as left out "
                f"{listed[c]} times",
            )
    used = Counter(route.vehicle_type for route in plan.routes)
    for k, kind in enumerate(problem.vehicle_types):
        if used[k] > kind.count:
            yield RouteViolation(
                code="fleet",
                amount=used[k] - kind.count,
                text=f"{used[k]} vehicles of type {kind.name} are used, there are {kind.count}",
            )
    kept = Counter((route.vehicle_type, route.trips) for route in plan.routes)
    for pin in problem.pinned:
        if not kept[pin.vehicle_type, pin.trips]:
            yield RouteViolation(
                code="pinned",
                text=f"the trips {pin.trips} have left already, and the plan changes them",
            )
    yield from _check_claims(problem, plan)


def _check_claims(problem: RoutingProblem, plan: RoutingSolution) -> Iterator[RouteViolation]:
    out = [
        problem.clients[one.client]
        for one in plan.unserved
        if 0 <= one.client < len(problem.clients)
    ]
    cost = sum(route.cost for route in plan.routes)
    cost += sum(client.prize for client in out if not client.required)
    if cost != plan.cost:
        yield RouteViolation(
            code="claimed-cost",
            amount=abs(cost - plan.cost),
            text=f"the plan claims to cost {plan.cost}, it is {cost}",
        )
    complete = not any(client.required for client in out)
    if plan.feasible != complete:
        yield RouteViolation(
            code="claimed-feasible",
            text=f"the plan claims feasible={plan.feasible}, it is {complete}",
        )
