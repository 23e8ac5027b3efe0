"""PyVRP keeps the laws of a routing solver, and loses nothing on the way to us."""

from __future__ import annotations

from importlib.metadata import entry_points
from random import Random

import numpy as np
import pytest
import pyvrp
from pyvrp.stop import MaxIterations as PyvrpIterations

from silog_core.domain.routing import Client, Depot, Profile, RoutingProblem, VehicleType
from silog_core.domain.stopping import MaxIterations
from silog_core.session import Session
from silog_core.testing import RoutingSolverSuite
from silog_solver_pyvrp import plugin
from silog_solver_pyvrp.solver import solve


class TestPyvrp(RoutingSolverSuite):
    """The suite, with all that it can ask."""

    can = frozenset(plugin.silog_routing_solvers()[0].can)

    def solver(self):
        return solve


def grid(count=60, seed=1, **kind):
    """Return a problem with clients on a grid and loads that need several vehicles."""
    rng = Random(seed)
    points = [(rng.randint(0, 1000), rng.randint(0, 1000)) for _ in range(count + 1)]
    way = tuple(
        tuple(round(((a[0] - b[0]) ** 2 + (a[1] - b[1]) ** 2) ** 0.5) for b in points)
        for a in points
    )
    vehicle = {"name": "truck", "count": count, "payload_g": 100}
    return RoutingProblem(
        depots=(Depot(name="hub"),),
        clients=tuple(Client(name=f"c{n}", mass_g=rng.randint(5, 30)) for n in range(count)),
        vehicle_types=(VehicleType(**vehicle | kind),),
        profiles=(Profile(distance_m=way, duration_s=way),),
    )


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_no_worse_than_pyvrp_called_directly(seed):
    """At equal iterations and seed, within a thousandth of PyVRP by itself."""
    problem = grid(seed=seed)
    matrix = np.array(problem.profiles[0].distance_m)
    alone = pyvrp.solve(
        pyvrp.ProblemData(
            locations=[pyvrp.Location(0, 0) for _ in matrix],
            clients=[
                pyvrp.Client(n + 1, delivery=[c.mass_g]) for n, c in enumerate(problem.clients)
            ],
            depots=[pyvrp.Depot(0)],
            vehicle_types=[pyvrp.VehicleType(60, [100])],
            distance_matrices=[matrix],
            duration_matrices=[matrix],
        ),
        stop=PyvrpIterations(300),
        seed=seed,
        display=False,
    )
    mine = solve(problem, seed=seed, stop=MaxIterations(300))

    assert mine.feasible
    assert mine.cost * 1000 <= alone.cost() * 1001


def test_what_pyvrp_has_no_words_for_is_kept():
    """Hours in which nothing moves: the plan obeys them although PyVRP never heard of any."""
    problem = grid(count=20, closed=((300, 900),), max_trips=2, reload_s=50)
    from silog_core.planning.route_check import check_routing

    plan = solve(problem, seed=1, stop=MaxIterations(50))

    assert [] == check_routing(problem, plan)


def test_a_better_start_is_kept():
    """A plan that is given to begin with is never made worse."""
    problem = grid(count=30)
    good = solve(problem, seed=1, stop=MaxIterations(300))
    again = solve(problem, seed=2, stop=MaxIterations(1), start=good)

    assert again.cost <= good.cost


def test_the_plugin_is_installed():
    """Its entry point leads to its module, and the session offers it by name."""
    (point,) = entry_points(group="silog.v1", name="solver.pyvrp")

    assert plugin is point.load()
    with Session() as session:
        assert callable(session.routing_solver("pyvrp"))
