"""VROOM keeps the laws of a routing solver, and what it does not know is held to."""

from __future__ import annotations

from importlib.metadata import entry_points

import attrs

from silog_core.domain.routing import Client, Depot, Profile, RoutingProblem, VehicleType
from silog_core.domain.stopping import FirstOf, MaxIterations, MaxSeconds
from silog_core.planning.route_check import check_routing
from silog_core.session import Session
from silog_core.solvers.routing import ruin_recreate
from silog_core.testing import RoutingSolverSuite
from silog_solver_vroom import plugin
from silog_solver_vroom.limits import inexpressible, too_large
from silog_solver_vroom.solver import solve


class TestVroom(RoutingSolverSuite):
    """The suite, with all that it can ask."""

    can = frozenset(plugin.silog_routing_solvers()[0].can)

    def solver(self):
        return solve


def grid(side=6, scale=100, **kind):
    """Return clients on a grid, and loads that need several vehicles."""
    points = [(0, 0), *((x, y) for x in range(1, side) for y in range(1, side))]
    way = tuple(
        tuple(round(scale * ((a[0] - b[0]) ** 2 + (a[1] - b[1]) ** 2) ** 0.5) for b in points)
        for a in points
    )
    vehicle = {"name": "truck", "count": 25, "payload_g": 50}
    return RoutingProblem(
        depots=(Depot(name="hub"),),
        clients=tuple(Client(name=f"c{n}", mass_g=5 + n % 9) for n in range(len(points) - 1)),
        vehicle_types=(VehicleType(**vehicle | kind),),
        profiles=(Profile(distance_m=way, duration_s=way),),
    )


def test_the_plan_is_vrooms():
    """On a plain problem the plan is sound, complete, and close to the core's own."""
    problem = grid()
    plan = solve(problem, seed=1, stop=MaxIterations(50))
    own = ruin_recreate(problem, seed=1, stop=MaxIterations(2000))

    assert [] == check_routing(problem, plan)
    assert plan.feasible
    assert plan.cost <= own.cost * 1.05


def test_prices_choose_the_vehicle():
    """Fixed and distance costs decide which kind of vehicle goes."""
    problem = grid(side=3)
    dear = attrs.evolve(problem.vehicle_types[0], name="dear", fixed_cost=10**9)
    both = attrs.evolve(problem, vehicle_types=(dear, *problem.vehicle_types))
    plan = solve(both, seed=1, stop=MaxIterations(50))

    assert {1} == {route.vehicle_type for route in plan.routes}


def test_what_vroom_has_no_words_for_is_kept():
    """Hours in which nothing moves are obeyed although VROOM never heard of any."""
    problem = grid(closed=((300, 900),), max_trips=2, reload_s=50)
    plan = solve(problem, seed=1, stop=MaxIterations(50))

    assert {
        "several trips of one vehicle",
        "hours in which a vehicle stands still",
    } == {*inexpressible(problem)}
    assert [] == check_routing(problem, plan)


def test_numbers_beyond_vrooms_are_the_cores():
    """Times that VROOM cannot add up are planned by the built-in solver."""
    problem = grid(side=3, scale=10**9)
    plan = solve(problem, seed=1, stop=MaxIterations(20))

    assert too_large(problem)
    assert plan == ruin_recreate(problem, seed=1, stop=MaxIterations(20))


def test_a_better_start_is_kept():
    """A plan that is given to begin with is never made worse."""
    problem = grid()
    good = ruin_recreate(problem, seed=1, stop=MaxIterations(3000))
    again = solve(problem, seed=2, stop=FirstOf(MaxIterations(1), MaxSeconds(5)), start=good)

    assert again.cost <= good.cost


def test_the_plugin_is_installed():
    """Its entry point leads to its module, and the session offers it by name."""
    (point,) = entry_points(group="silog.v1", name="solver.vroom")

    assert plugin is point.load()
    with Session() as session:
        assert callable(session.routing_solver("vroom"))


def test_chance_has_no_part_in_it():
    """VROOM's searches overtake each other: among plans of one cost, it took any of them."""
    way = (
        (0, 63, 48, 24, 34, 73, 73, 30, 35),
        (63, 0, 15, 51, 49, 56, 56, 33, 62),
        (48, 15, 0, 42, 34, 55, 55, 20, 53),
        (24, 51, 42, 0, 58, 97, 97, 22, 11),
        (34, 49, 34, 58, 0, 39, 39, 36, 69),
        (73, 56, 55, 97, 39, 0, 0, 75, 108),
        (73, 56, 55, 97, 39, 0, 0, 75, 108),
        (30, 33, 20, 22, 36, 75, 75, 0, 33),
        (35, 62, 53, 11, 69, 108, 108, 33, 0),
    )
    ranks = (1, 2, 2, 1, 1, 2, 2, 0)
    masses = (0, 3, 3, 0, 7, 8, 8, 1)
    rooms = (3, 12, 4, 11, 11, 5, 4, 11)
    services = (23, 22, 33, 21, 1, 4, 39, 23)
    opens = (101, 113, 346, 52, 0, 249, 110, 441)
    closes = (397, 256, 469, 171, 999, 261, 134, 461)
    problem = RoutingProblem(
        depots=(Depot(name="hub"),),
        clients=tuple(
            Client(
                name=f"c{n}",
                priority=rank,
                mass_g=mass,
                volume_cm3=room,
                service_s=long,
                windows=((first, last),) if first else (),
            )
            for n, (rank, mass, room, long, first, last) in enumerate(
                zip(ranks, masses, rooms, services, opens, closes, strict=True)
            )
        ),
        vehicle_types=(VehicleType(name="truck", count=3, volume_cm3=26, fixed_cost=18),),
        profiles=(Profile(distance_m=way, duration_s=way),),
    )
    first, *again = (solve(problem, seed=1, stop=MaxIterations(9)).routes for _ in range(300))

    assert all(routes == first for routes in again)
