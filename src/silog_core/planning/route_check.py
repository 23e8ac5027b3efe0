"""Judge a routing plan, whoever made it: every limit it breaks, where and by how much.

The checker drives every route along a clock of its own and shares no code with the
solvers, so that one mistake cannot hide in both.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import attrs

from silog_core.domain.routing import Route, RoutingSolution, Unserved

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from silog_core.domain.routing import Client, RoutingProblem, VehicleType, Window


@attrs.frozen(kw_only=True)
class RouteViolation:
    """One limit that a plan breaks."""

    #: Stable word for programs, such as ``late`` or ``payload``.
    code: str
    text: str
    #: By how much, in the unit that the text names.
    amount: int = 1
    #: Index of the route in the plan, None when the plan as a whole is meant.
    route: int | None = None
    #: Index of the client, None when the route as a whole is meant.
    client: int | None = None


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
    for number, route in enumerate(plan.routes):
        found += _check_route(problem, number, route)
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
        end_s, metres = _Drive(problem, number, route, vehicle, vehicle.name).drive()
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
    problem: RoutingProblem, number: int, route: Route
) -> Iterator[RouteViolation]:
    """Yield what is wrong with one route alone."""
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
        yield from _Drive(problem, number, route, kind, name).violations()


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


class _Drive:
    """Drives one route by the clock and notes what goes wrong."""

    def __init__(
        self, problem: RoutingProblem, number: int, route: Route, kind: VehicleType, name: str
    ) -> None:
        self.problem, self.number, self.route = problem, number, route
        self.kind, self.name = kind, name
        self.profile = problem.profiles[kind.profile]
        self.found: list[RouteViolation] = []

    def violations(self) -> list[RouteViolation]:
        """Drive the route and return what was found."""
        self._totals(*self.drive())
        return self.found

    def drive(self) -> tuple[int, int]:
        """Drive the route; return when it ends [s] and how far it goes [m]."""
        problem, kind, route = self.problem, self.kind, self.route
        depot = problem.depots[kind.depot]
        early = kind.shift_start_s - route.start_s
        if early > 0:
            self._note("shift", early, f"leaves {early} s before its shift")
        clock, metres, here = route.start_s, 0, kind.depot
        wait = _wait(depot.windows, clock)
        if wait != 0:
            self._note("depot", abs(wait or 1), f"leaves while {depot.name} is closed")
        for t, trip in enumerate(route.trips):
            if t:
                clock += kind.reload_s
            for place in (*(len(problem.depots) + c for c in trip), kind.depot):
                metres += self.profile.distance_m[here][place]
                clock = self._travel(clock, self.profile.duration_s[here][place])
                clock = self._visit(place, clock)
                here = place
        return clock, metres

    def _travel(self, clock: int, takes: int) -> int:
        """Return the arrival; the vehicle waits while the leg would meet a closure."""
        moved = takes > 0
        while moved:
            moved = False
            for begins, ends in self.kind.closed:
                if clock < ends and begins < clock + takes:
                    clock, moved = ends, True
        return clock + takes

    def _visit(self, place: int, clock: int) -> int:
        """Return the end of a visit, its beginning for the depot."""
        depots = self.problem.depots
        if place < len(depots):
            windows, name, client, takes = depots[place].windows, depots[place].name, None, 0
        else:
            client = place - len(depots)
            stop = self.problem.clients[client]
            windows, name, takes = stop.windows, stop.name, stop.service_s
        wait = _wait(windows, clock)
        if wait is None:
            late = clock - windows[-1][1]
            self._note(
                "late", late, f"reaches {name} at {clock} s, {late} s after closing", client
            )
            wait = 0
        return clock + wait + takes

    def _totals(self, clock: int, metres: int) -> None:
        kind, route = self.kind, self.route
        lasts = clock - route.start_s
        for code, unit, limit, value in (
            ("shift", "s", kind.shift_end_s, clock),
            ("duration", "s", kind.max_duration_s, lasts),
            ("distance", "m", kind.max_distance_m, metres),
        ):
            if limit is not None and value > limit:
                what = {"shift": "ends at", "duration": "lasts", "distance": "covers"}[code]
                self._note(code, value - limit, f"{what} {value} {unit}, limit {limit} {unit}")
        cost = kind.fixed_cost + kind.cost_per_m * metres + kind.cost_per_s * lasts
        for code, unit, claimed, value in (
            ("claimed-end", " s", route.end_s, clock),
            ("claimed-distance", " m", route.distance_m, metres),
            ("claimed-cost", "", route.cost, cost),
        ):
            if claimed != value:
                self._note(
                    code, abs(claimed - value), f"claims {claimed}{unit}, it is {value}{unit}"
                )

    def _note(self, code: str, amount: int, text: str, client: int | None = None) -> None:
        self.found.append(
            RouteViolation(
                code=code,
                amount=amount,
                text=f"{self.name} {text}",
                route=self.number,
                client=client,
            )
        )


def _wait(windows: tuple[Window, ...], clock: int) -> int | None:
    """Return how long to wait for an open door, None when it stays shut."""
    if not windows:
        return 0
    waits = [max(0, opens - clock) for opens, closes in windows if clock <= closes]
    return min(waits, default=None)


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
