"""The same problems for PyVRP, VROOM and OR-tools; imported only when installed."""

from __future__ import annotations

import importlib.util
import math
import time
from datetime import timedelta
from itertools import pairwise

from silog_core.domain.routing import FOREVER_S, Route, RoutingSolution, Unserved


class CannotExpressError(Exception):
    """The solver has no words for a part of the problem."""


def installed():
    """Return the peers that can be imported, by name."""
    peers = {"pyvrp": pyvrp, "vroom": vroom, "ortools": ortools}
    found = {name: run for name, run in peers.items() if importlib.util.find_spec(name)}
    if importlib.util.find_spec("silog_solver_pyvrp"):
        found["pyvrp-plugin"] = pyvrp_plugin
    return found


def pyvrp_plugin(problem, seconds, seed):
    """Solve with the library's own plugin for PyVRP, to see what it costs or loses."""
    from silog_core.domain.stopping import MaxSeconds
    from silog_solver_pyvrp.solver import solve

    return solve(problem, seed=seed, stop=MaxSeconds(seconds)), None


def _plan(problem, routes, iterations):
    """Return a plan from pairs of vehicle type and clients, leaving as early as may be."""
    made, served = [], set()
    for kind, stops in routes:
        vehicle = problem.vehicle_types[kind]
        profile = problem.profiles[vehicle.profile]
        depots = len(problem.depots)
        way = [vehicle.depot, *(depots + c for c in stops), vehicle.depot]
        windows = problem.depots[vehicle.depot].windows
        now = start = max(vehicle.shift_start_s, windows[0][0] if windows else 0)
        for a, b in pairwise(way):
            now += profile.duration_s[a][b]
            if b >= depots:
                client = problem.clients[b - depots]
                if client.windows:
                    now = max(now, client.windows[0][0])
                now += client.service_s
        far = sum(profile.distance_m[a][b] for a, b in pairwise(way))
        made.append(
            Route(
                vehicle_type=kind,
                trips=(tuple(stops),),
                start_s=start,
                end_s=now,
                distance_m=far,
                cost=vehicle.fixed_cost + vehicle.cost_per_m * far,
            )
        )
        served.update(stops)
    missing = [c for c in range(len(problem.clients)) if c not in served]
    return RoutingSolution(
        routes=tuple(made),
        unserved=tuple(Unserved(client=c) for c in missing),
        cost=sum(route.cost for route in made),
        iterations=iterations,
        feasible=not missing,
    )


def _enough(problem, kind):
    """Return how many vehicles of a kind a plan could need, with some to spare."""
    vehicle = problem.vehicle_types[kind]
    if any(client.windows for client in problem.clients):
        return min(vehicle.count, len(problem.clients))
    total = sum(client.mass_g for client in problem.clients)
    need = math.ceil(total / (vehicle.payload_g or total or 1) * 1.3) + 5
    return min(vehicle.count, need)


def pyvrp(problem, seconds, seed):
    """Solve with PyVRP."""
    import numpy as np
    import pyvrp as lib
    from pyvrp.stop import MaxRuntime

    profile = problem.profiles[0]
    depots = len(problem.depots)
    top = np.iinfo(np.int64).max
    data = lib.ProblemData(
        locations=[lib.Location(0, 0) for _ in range(depots + len(problem.clients))],
        clients=[
            lib.Client(
                depots + i,
                delivery=[client.mass_g],
                service_duration=client.service_s,
                tw_early=client.windows[0][0] if client.windows else 0,
                tw_late=client.windows[0][1] if client.windows else top,
            )
            for i, client in enumerate(problem.clients)
        ],
        depots=[
            lib.Depot(
                i,
                tw_early=depot.windows[0][0] if depot.windows else 0,
                tw_late=depot.windows[0][1] if depot.windows else top,
            )
            for i, depot in enumerate(problem.depots)
        ],
        vehicle_types=[
            lib.VehicleType(
                num_available=vehicle.count,
                capacity=[vehicle.payload_g if vehicle.payload_g is not None else top],
                start_depot=vehicle.depot,
                end_depot=vehicle.depot,
                fixed_cost=vehicle.fixed_cost,
                unit_distance_cost=vehicle.cost_per_m,
                shift_duration=top
                if vehicle.max_duration_s is None
                else vehicle.max_duration_s,
            )
            for vehicle in problem.vehicle_types
        ],
        distance_matrices=[np.array(profile.distance_m)],
        duration_matrices=[np.array(profile.duration_s)],
    )
    # Its penalties are sized for costs of a few units a step; ours are finer.
    dearest = max(map(max, profile.distance_m)) * max(
        k.cost_per_m for k in problem.vehicle_types
    )
    params = lib.SolveParams(
        penalty=lib.PenaltyParams(max_penalty=100_000.0 * max(1, dearest // 1000))
    )
    result = lib.solve(data, MaxRuntime(seconds), seed=seed, display=False, params=params)
    routes = [
        (
            route.vehicle_type(),
            [visit.idx for visit in route.schedule() if visit.is_client()],
        )
        for route in result.best.routes()
    ]
    return _plan(problem, routes, result.num_iterations), None


def vroom(problem, seconds, seed):
    """Solve with VROOM, which draws no random numbers and stops when it has nothing left."""
    import numpy as np
    import vroom as lib

    profile = problem.profiles[0]
    depots = len(problem.depots)
    top = 2**32 - 1
    if any(vehicle.max_duration_s is not None for vehicle in problem.vehicle_types):
        service = any(client.service_s for client in problem.clients)
        if service:
            raise CannotExpressError("a limit on driving and serving together")
    # VROOM refuses costs near its own limit: priced metres are counted coarsely.
    coarse = 100 if max(kind.cost_per_m for kind in problem.vehicle_types) > 1 else 1
    times = np.array(profile.duration_s, dtype=np.uint32) // coarse
    model = lib.Input()
    model.set_durations_matrix("car", times)
    model.set_distances_matrix("car", times)
    kinds = []
    for kind, vehicle in enumerate(problem.vehicle_types):
        windows = problem.depots[vehicle.depot].windows
        for _ in range(_enough(problem, kind)):
            model.add_vehicle(
                lib.Vehicle(
                    id=len(kinds),
                    start=vehicle.depot,
                    end=vehicle.depot,
                    capacity=[vehicle.payload_g or 0],
                    time_window=lib.TimeWindow(*windows[0]) if windows else None,
                    costs=lib.VehicleCosts(
                        fixed=vehicle.fixed_cost // coarse, per_hour=3600 * vehicle.cost_per_m
                    ),
                    max_travel_time=vehicle.max_duration_s,
                )
            )
            kinds.append(kind)
    for i, client in enumerate(problem.clients):
        model.add_job(
            lib.Job(
                id=i,
                location=depots + i,
                delivery=[client.mass_g],
                default_service=client.service_s,
                time_windows=[
                    lib.TimeWindow(opens, min(closes, top)) for opens, closes in client.windows
                ],
            )
        )
    found = model.solve(exploration_level=5, nb_threads=1, timeout=timedelta(seconds=seconds))
    table = found.routes
    routes: dict = {}
    for row in table.to_dict("records"):
        if row["type"] == "job":
            routes.setdefault(row["vehicle_id"], []).append(int(row["id"]))
    return _plan(problem, [(kinds[v], stops) for v, stops in routes.items()], 0), None


def ortools(problem, seconds, seed):
    """Solve with OR-tools' routing library and guided local search."""
    from ortools.constraint_solver import pywrapcp, routing_enums_pb2

    profile = problem.profiles[0]
    depots = len(problem.depots)
    kinds = [k for k in range(len(problem.vehicle_types)) for _ in range(_enough(problem, k))]
    ends = [problem.vehicle_types[k].depot for k in kinds]
    manager = pywrapcp.RoutingIndexManager(len(profile.distance_m), len(kinds), ends, ends)
    model = pywrapcp.RoutingModel(manager)
    prices = {}
    for vehicle, k in enumerate(kinds):
        kind = problem.vehicle_types[k]
        if kind.cost_per_m not in prices:
            rows = [[kind.cost_per_m * d for d in row] for row in profile.distance_m]
            prices[kind.cost_per_m] = model.RegisterTransitMatrix(rows)
        model.SetArcCostEvaluatorOfVehicle(prices[kind.cost_per_m], vehicle)
        model.SetFixedCostOfVehicle(kind.fixed_cost, vehicle)
    load = model.RegisterUnaryTransitVector(
        [0] * depots + [client.mass_g for client in problem.clients]
    )
    sizes = [problem.vehicle_types[k].payload_g or 2**40 for k in kinds]
    model.AddDimensionWithVehicleCapacity(load, 0, sizes, True, "load")
    timed = any(c.windows for c in problem.clients)
    limits = [problem.vehicle_types[k].max_duration_s for k in kinds]
    if timed or any(limit is not None for limit in limits):
        service = [0] * depots + [client.service_s for client in problem.clients]
        transit = model.RegisterTransitMatrix(
            [[t + service[i] for t in row] for i, row in enumerate(profile.duration_s)]
        )
        top = [min(2**40 if limit is None else limit, FOREVER_S) for limit in limits]
        model.AddDimensionWithVehicleCapacity(
            transit, 2**40 if timed else 0, top, not timed, "t"
        )
        clock = model.GetDimensionOrDie("t")
        for i, client in enumerate(problem.clients):
            if client.windows:
                clock.CumulVar(manager.NodeToIndex(depots + i)).SetRange(*client.windows[0])
        for vehicle, k in enumerate(kinds):
            windows = problem.depots[problem.vehicle_types[k].depot].windows
            if windows:
                clock.CumulVar(model.Start(vehicle)).SetRange(*windows[0])
                clock.CumulVar(model.End(vehicle)).SetRange(*windows[0])
    params = pywrapcp.DefaultRoutingSearchParameters()
    params.first_solution_strategy = (
        routing_enums_pb2.FirstSolutionStrategy.PARALLEL_CHEAPEST_INSERTION
    )
    params.local_search_metaheuristic = (
        routing_enums_pb2.LocalSearchMetaheuristic.GUIDED_LOCAL_SEARCH
    )
    params.time_limit.FromMilliseconds(int(seconds * 1000))
    began, first = time.perf_counter(), []
    model.AddAtSolutionCallback(lambda: first or first.append(time.perf_counter() - began))
    found = model.SolveWithParameters(params)
    if found is None:
        return _plan(problem, [], 0), None
    routes = []
    for vehicle, k in enumerate(kinds):
        stops, at = [], found.Value(model.NextVar(model.Start(vehicle)))
        while not model.IsEnd(at):
            stops.append(manager.IndexToNode(at) - depots)
            at = found.Value(model.NextVar(at))
        if stops:
            routes.append((k, stops))
    return _plan(problem, routes, 0), first[0] if first else None
