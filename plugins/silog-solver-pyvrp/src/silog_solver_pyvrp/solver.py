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

from silog_core.solvers.routing.proposals import better, settled
from silog_solver_pyvrp.translate import Translation, translate

if TYPE_CHECKING:
    from silog_core.domain.routing import RoutingProblem, RoutingSolution
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
    if translation is None:
        return settled(problem, [], seed=seed, start=start)
    rule = _Stop(stop.begin())
    result = pyvrp.solve(
        translation.data, stop=rule, seed=seed, display=False, params=_params(problem)
    )
    plan = settled(problem, _proposal(translation, result.best), seed=seed)
    if start is not None:
        plan = better(plan, settled(problem, [], seed=seed, start=start))
    return attrs.evolve(
        plan, iterations=max(0, rule.done), seconds=time.perf_counter() - began
    )


def _params(problem: RoutingProblem) -> pyvrp.SolveParams:
    """Return PyVRP's settings, with room for penalties that outweigh the dearest way.

    Its own limit is made for ways of some thousand units; metres and rupiah are finer.
    """
    dearest = max(
        kind.cost_per_m * max(map(max, problem.profiles[kind.profile].distance_m))
        for kind in problem.vehicle_types
    )
    most = 100_000.0 * max(1, dearest // 1000)
    return pyvrp.SolveParams(penalty=pyvrp.PenaltyParams(max_penalty=most))


def _proposal(
    translation: Translation, best: pyvrp.Solution
) -> list[tuple[int, tuple[tuple[int, ...], ...]]]:
    """Return PyVRP's trips in the problem's numbers."""
    found = []
    for route in best.routes():
        trips: list[list[int]] = [[]]
        for visit in route.schedule():
            if visit.is_client():
                trips[-1].append(translation.clients[visit.idx])
            elif trips[-1]:
                trips.append([])
        kind = translation.types[route.vehicle_type()]
        found.append((kind, tuple(tuple(trip) for trip in trips if trip)))
    return found
