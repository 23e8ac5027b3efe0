"""Solve with VROOM; every limit that it does not know is held by the core's own solver.

VROOM's trips are handed to the built-in solver as a plan to begin with. That keeps what
breaks no limit of the full problem, puts back what it had to take out, and says why a stop
is left out.
"""

from __future__ import annotations

import time
from datetime import timedelta
from typing import TYPE_CHECKING

import attrs

from silog_core.domain.stopping import FirstOf, MaxSeconds
from silog_core.solvers.routing import ruin_recreate
from silog_core.solvers.routing.proposals import better, settled
from silog_solver_vroom.limits import too_large
from silog_solver_vroom.translate import Translation, translate

if TYPE_CHECKING:
    from silog_core.domain.routing import RoutingProblem, RoutingSolution
    from silog_core.domain.stopping import StoppingRule

#: How thoroughly VROOM looks, from 0 to 5.
_THOROUGH = 5


def solve(
    problem: RoutingProblem,
    *,
    seed: int,
    stop: StoppingRule,
    start: RoutingSolution | None = None,
) -> RoutingSolution:
    """Plan the trips with VROOM, which draws no random numbers.

    It stops when it has nothing left to improve, or when the seconds of *stop* are over;
    a problem in numbers that it cannot count in is solved by the built-in solver.
    """
    began = time.perf_counter()
    if problem.vehicle_types and too_large(problem):
        return ruin_recreate(problem, seed=seed, stop=stop, start=start)
    translation = translate(problem) if problem.vehicle_types else None
    if translation is None:
        return settled(problem, [], seed=seed, start=start)
    plan = settled(problem, _trips(translation, _seconds(stop)), seed=seed)
    if start is not None:
        plan = better(plan, settled(problem, [], seed=seed, start=start))
    return attrs.evolve(plan, iterations=1, seconds=time.perf_counter() - began)


def _trips(
    translation: Translation, seconds: float | None
) -> list[tuple[int, tuple[tuple[int, ...], ...]]]:
    """Return VROOM's tours: the vehicle type, and the clients of its one trip.

    They are in an order of their own, because which of two equal vehicles takes which tour
    is chance in VROOM.
    """
    timeout = None if seconds is None else timedelta(seconds=seconds)
    found = translation.model.solve(exploration_level=_THOROUGH, nb_threads=1, timeout=timeout)
    tours: dict[int, list[int]] = {}
    for row in found.routes.to_dict("records"):
        if row["type"] == "job":
            tours.setdefault(int(row["vehicle_id"]), []).append(int(row["id"]))
    return sorted((translation.types[v], (tuple(stops),)) for v, stops in tours.items())


def _seconds(stop: StoppingRule) -> float | None:
    """Return the seconds that a rule allows; None when it does not look at the clock."""
    if isinstance(stop, MaxSeconds):
        return stop.seconds
    if isinstance(stop, FirstOf):
        found = [s for s in map(_seconds, stop.rules) if s is not None]
        return min(found, default=None)
    return None
