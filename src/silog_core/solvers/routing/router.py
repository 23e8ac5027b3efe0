"""The routing solver that needs nothing but Python."""

from __future__ import annotations

import time
from itertools import pairwise
from typing import TYPE_CHECKING

from silog_core.domain.routing import Route, RoutingProblem, RoutingSolution, Unserved
from silog_core.solvers.routing.escorts import Busy, busy
from silog_core.solvers.routing.flat import FlatProblem
from silog_core.solvers.routing.general import GeneralSearch
from silog_core.solvers.routing.reasons import reasons_for
from silog_core.solvers.routing.rests import Run, best_run
from silog_core.solvers.routing.simple import as_simple_problem
from silog_core.solvers.routing.strings import search
from silog_core.solvers.routing.tours import (
    Tour,
    Trips,
    as_driven,
    chain,
    timetable,
    tour_builder,
    with_escorts,
)

if TYPE_CHECKING:
    from silog_core.domain.stopping import StoppingRule

#: Kind of vehicle, trips, and how they are driven where that has to be known.
Driven = tuple[int, Trips, Run | None]


def ruin_recreate(
    problem: RoutingProblem,
    *,
    seed: int,
    stop: StoppingRule,
    start: RoutingSolution | None = None,
) -> RoutingSolution:
    """Plan the trips by taking stops out and putting them back better.

    Slack induction by string removals (Christiaens and Vanden Berghe, Transportation
    Science 54, 2020), with greedy insertion with blinks and annealing.

    Args:
        problem: What to carry, with which fleet.
        seed: Start of the random numbers; the same seed gives the same plan as long as
            *stop* does not look at the clock.
        stop: When to stop.
        start: A plan to begin with; what is sound in it is taken over.

    Returns:
        The best plan met. Stops that could not be served are listed in ``unserved``,
        each with one reason for every kind of vehicle.

    Example:
        >>> from silog_core.domain.routing import Client, Depot, Profile, VehicleType
        >>> from silog_core.domain.stopping import MaxIterations
        >>> way = ((0, 5, 9), (5, 0, 4), (9, 4, 0))
        >>> plan = ruin_recreate(
        ...     RoutingProblem(
        ...         depots=(Depot(name="hub"),),
        ...         clients=(Client(name="a", mass_g=2), Client(name="b", mass_g=3)),
        ...         vehicle_types=(VehicleType(name="truck", payload_g=5),),
        ...         profiles=(Profile(distance_m=way, duration_s=way),),
        ...     ),
        ...     seed=1,
        ...     stop=MaxIterations(20),
        ... )
        >>> plan.cost, len(plan.routes), plan.feasible
        (18, 1, True)
    """
    began = time.perf_counter()
    gauge = stop.begin()
    flat = FlatProblem(problem)
    tours: list[Driven] = []
    iterations = 0
    if flat.clients and flat.kinds:
        sound = _sound_tours(flat, start) if start is not None else []
        simple = as_simple_problem(flat)
        if simple is not None:
            plain, iterations = search(flat, simple, sound, seed, gauge)
            tours = [(kind, trips, None) for kind, trips in plain]
        else:
            general = GeneralSearch(flat, seed, _escorts_gone(flat))
            general.begin(sound)
            best, iterations = general.solve(gauge)
            tours = [(tour.kind, tour.trips, tour.run) for tour in best]
    return _solution(flat, tours, iterations, time.perf_counter() - began)


def _escorts_gone(flat: FlatProblem) -> list[Busy]:
    """Return the escorts of vehicles that have left already."""
    if not any(flat.escorts):
        return []
    return [
        busy(flat, trips, run)
        for kind, trips in _pinned(flat)
        if (run := _run_of(flat, kind, trips, None)) is not None
    ]


def _pinned(flat: FlatProblem) -> list[tuple[int, Trips]]:
    free = flat.first_client
    return [
        (p.vehicle_type, tuple(tuple(free + c for c in t) for t in p.trips))
        for p in flat.problem.pinned
    ]


def _run_of(flat: FlatProblem, kind: int, trips: Trips, run: Run | None) -> Run | None:
    """Return how a tour is driven, as late as it can; not when others wait for its escorts."""
    if not flat.driven or (run is not None and any(flat.escorts)):
        return run
    return best_run(flat, kind, chain(flat, kind, trips), fine=True)


def _sound_tours(flat: FlatProblem, start: RoutingSolution) -> list[Tour]:
    """Return the tours of a plan that break no limit, without what has left already."""
    free, build, left = flat.first_client, tour_builder(flat), list(flat.left)
    gone = _escorts_gone(flat)
    open_nodes = set(flat.clients)
    sound: list[Tour] = []
    for route in start.routes:
        kind = route.vehicle_type
        trips = tuple(tuple(free + c for c in trip) for trip in route.trips if trip)
        nodes = [node for trip in trips for node in trip]
        if (
            not nodes
            or kind >= len(left)
            or left[kind] < 1
            or len(nodes) != len(set(nodes))
            or not open_nodes.issuperset(nodes)
            or not flat.barred[kind].isdisjoint(nodes)
        ):
            continue
        tour = build(kind, trips)
        if tour is not None and tour.run is not None:
            # At its own time, so that escorts are where the plan says they are.
            lasts = tour.run.end - tour.run.start
            tour = as_driven(flat, tour, lasts, route.start_s) or tour
            tour = with_escorts(flat, tour, [*gone, *(t.busy for t in sound)])
        if tour is not None:
            sound.append(tour)
            left[kind] -= 1
            open_nodes.difference_update(nodes)
    return sound


def _solution(
    flat: FlatProblem, tours: list[Driven], iterations: int, seconds: float
) -> RoutingSolution:
    """Return the plan in the terms of the problem, the tours in a fixed order."""
    problem, free = flat.problem, flat.first_client
    planned: list[Driven] = [(kind, trips, None) for kind, trips in _pinned(flat)]
    planned += sorted(tours, key=lambda tour: tour[:2])
    routes = [_route(flat, *one) for one in planned]
    served = {c for route in routes for trip in route.trips for c in trip}
    unserved = [c for c in range(len(problem.clients)) if c not in served]
    clients = problem.clients
    build = tour_builder(flat)
    built = (
        [t for t in (build(*one[:2]) for one in tours) if t is not None] if unserved else []
    )
    return RoutingSolution(
        routes=tuple(routes),
        unserved=tuple(
            Unserved(client=c, reasons=reasons_for(flat, free + c, built)) for c in unserved
        ),
        cost=sum(route.cost for route in routes)
        + sum(clients[c].prize for c in unserved if not clients[c].required),
        iterations=iterations,
        feasible=not any(clients[c].required for c in unserved),
        seconds=seconds,
    )


def _route(flat: FlatProblem, kind: int, trips: Trips, run: Run | None) -> Route:
    """Return the route with its times; a pinned one may miss a window."""
    vehicle = flat.kinds[kind]
    legs = [leg for trip in trips for leg in pairwise((vehicle.depot, *trip, vehicle.depot))]
    distance = sum(flat.distance[kind][a][b] for a, b in legs)
    run = _run_of(flat, kind, trips, run)
    times = timetable(flat, kind, trips) if run is None else [run.start, run.end]
    if times is None:
        driven = sum(flat.duration[kind][a][b] + flat.service[b] for a, b in legs)
        driven += vehicle.reload_s * (len(trips) - 1)
        times = [vehicle.shift_start_s, vehicle.shift_start_s + driven]
    free = flat.first_client
    return Route(
        vehicle_type=kind,
        trips=tuple(tuple(node - free for node in trip) for trip in trips),
        start_s=times[0],
        end_s=times[-1],
        distance_m=distance,
        rests=run.rests if run else (),
        cost=vehicle.fixed_cost
        + vehicle.cost_per_m * distance
        + vehicle.cost_per_s * (times[-1] - times[0]),
    )
