"""Solve with PyVRP; every limit that it does not know is held by the core's own solver.

PyVRP's trips are handed to the built-in solver as a plan to begin with. That keeps what
breaks no limit of the full problem, puts back what it had to take out, and says why a stop
is left out.
"""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import attrs
import pyvrp

from silog_core.domain.routing import Route, RoutingSolution
from silog_core.domain.stopping import MaxIterations
from silog_core.solvers.routing import ruin_recreate
from silog_solver_pyvrp.translate import Translation, translate

if TYPE_CHECKING:
    from silog_core.domain.routing import RoutingProblem
    from silog_core.domain.stopping import Gauge, StoppingRule


class _Stop:
    """PyVRP's question whether to stop, answered by a stopping rule of silog_core."""

    def __init__(self, gauge: Gauge) -> None:
        self._gauge = gauge
        self.done = -1

    def __call__(self, best_cost: float) -> bool:
        self.done += 1
        return self._gauge.used(self.done, int(best_cost)) >= 1.0


def solve(
    problem: RoutingProblem,
    *,
    seed: int,
    stop: StoppingRule,
    start: RoutingSolution | None = None,
) -> RoutingSolution:
    """Plan the trips with PyVRP until *stop* says so.

    The same seed gives the same plan as long as *stop* does not look at the clock.
    """
    began = time.perf_counter()
    translation = translate(problem)
    done = 0
    found = start
    if translation is not None:
        rule = _Stop(stop.begin())
        result = pyvrp.solve(translation.data, stop=rule, seed=seed, display=False)
        done = max(0, rule.done)
        found = _proposal(translation, result.best)
    plan = _judged(problem, seed, found)
    if start is not None and translation is not None:
        plan = min(plan, _judged(problem, seed, start), key=_rank)
    return attrs.evolve(plan, iterations=done, seconds=time.perf_counter() - began)


def _judged(
    problem: RoutingProblem, seed: int, start: RoutingSolution | None
) -> RoutingSolution:
    return ruin_recreate(problem, seed=seed, stop=MaxIterations(1), start=start)


def _rank(plan: RoutingSolution) -> tuple[int, int]:
    return (len(plan.unserved), plan.cost)


def _proposal(translation: Translation, best: pyvrp.Solution) -> RoutingSolution:
    """Return PyVRP's routes in the problem's numbers; times and costs are worked out later."""
    routes = []
    for route in best.routes():
        trips: list[list[int]] = [[]]
        for visit in route.schedule():
            if visit.is_client():
                trips[-1].append(translation.clients[visit.idx])
            elif trips[-1]:
                trips.append([])
        routes.append(
            Route(
                vehicle_type=translation.types[route.vehicle_type()],
                trips=tuple(tuple(trip) for trip in trips if trip),
                start_s=0,
                end_s=0,
                distance_m=0,
                cost=0,
            )
        )
    return RoutingSolution(routes=tuple(routes), cost=0)
