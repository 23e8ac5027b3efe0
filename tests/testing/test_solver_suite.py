"""The built-in solvers keep the laws; each law notices the solver that does not."""

from __future__ import annotations

from itertools import count

import attrs
import pytest

from silog_core.domain.routing import Route, RoutingSolution, Unserved
from silog_core.solvers.allocation import solve_allocation
from silog_core.solvers.routing import ruin_recreate
from silog_core.testing import AllocationSolverSuite, RoutingSolverSuite
from suite_mutants import breaks


class TestBuiltInAllocation(AllocationSolverSuite):
    """Tree stripping and network simplex."""

    can = frozenset({"exact"})

    def solver(self):
        return solve_allocation


class TestBuiltInRouting(RoutingSolverSuite):
    """Ruin and recreate."""

    can = frozenset({"clock", "reasons"})

    def solver(self):
        return ruin_recreate


def changed(**how):
    """Return an allocation solver whose result is changed afterwards."""

    def solve(problem, *, seed=0):
        result = solve_allocation(problem, seed=seed)
        return attrs.evolve(result, **{k: v(problem, result) for k, v in how.items()})

    return solve


calls = count()
ALLOCATION = {
    "a1": changed(solver=lambda problem, result: f"run {next(calls)}"),
    "a2": changed(served=lambda p, r: tuple(s + 1 for s in r.served)),
    "a3": changed(unmet=lambda p, r: ()),
    "a4": changed(fairness=lambda p, r: attrs.evolve(r.fairness, gini_ppm=0.5)),
    "a5": changed(cost_microrupiah=lambda p, r: r.cost_microrupiah + 1),
    "a6": changed(
        served=lambda p, r: (
            r.served if p.supplies[0].quantity % 2 == 0 else (0,) * len(r.served)
        )
    ),
    "a7": changed(cost_microrupiah=lambda p, r: r.cost_microrupiah + 1),
}


@pytest.mark.parametrize("law", ALLOCATION)
def test_a_wrong_allocation_breaks_its_law(law):
    """Each law notices the solver that breaks it."""
    suite = type("Suite", (AllocationSolverSuite,), {"can": frozenset({"exact"})})()
    suite.solver = lambda: ALLOCATION[law]

    assert breaks(suite, law)


def gives_up(problem, *, seed, stop, start=None):
    """Serve nobody, and give no reason."""
    del seed, stop, start
    left = tuple(Unserved(client=c) for c in range(len(problem.clients)))
    return RoutingSolution(routes=(), unserved=left, cost=0, feasible=not left)


def drops(problem, *, seed, stop, start=None):
    """Serve nobody, and say nothing of it."""
    del problem, seed, stop, start
    return RoutingSolution(routes=(), cost=0)


def overloads(problem, *, seed, stop, start=None):
    """Put everybody into one trip of the first vehicle."""
    everybody = tuple(range(len(problem.clients)))
    if not everybody or not problem.vehicle_types:
        return ruin_recreate(problem, seed=seed, stop=stop, start=start)
    trip = Route(vehicle_type=0, trips=(everybody,), start_s=0, end_s=0, distance_m=0, cost=0)
    return RoutingSolution(routes=(trip,), cost=0)


def rerouted(**how):
    """Return a routing solver whose solution is changed afterwards."""

    def solve(problem, *, seed, stop, start=None):
        found = ruin_recreate(problem, seed=seed, stop=stop, start=start)
        return attrs.evolve(found, **{k: v(found) for k, v in how.items()})

    return solve


ROUTING = {
    "v1": rerouted(iterations=lambda found: next(calls)),
    "v2": overloads,
    "v3": drops,
    "v4": rerouted(cost=lambda found: float(found.cost) + 0.5),
    "v5": rerouted(iterations=lambda found: 10_000),
    "v6": gives_up,
}


@pytest.mark.parametrize("law", ROUTING)
def test_a_wrong_route_breaks_its_law(law):
    """Each law notices the solver that breaks it."""
    suite = RoutingSolverSuite()
    suite.solver = lambda: ROUTING[law]

    assert breaks(suite, law)
