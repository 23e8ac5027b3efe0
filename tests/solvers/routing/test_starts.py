"""Several starts give the best of them, wherever they run."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

from hypothesis import given, settings

from silog_core.domain.stopping import MaxIterations
from silog_core.solvers.routing import best_of_starts, ruin_recreate
from solvers.routing.routing_problems import simple_problems


@settings(max_examples=20, deadline=None)
@given(problem=simple_problems())
def test_no_start_is_better_than_the_best(problem):
    """The plan is one of the starts' plans, and none of them serves as much for less."""
    stop = MaxIterations(5)
    alone = [ruin_recreate(problem, seed=seed, stop=stop) for seed in (1, 2, 3)]

    with ThreadPoolExecutor(2) as pool:
        best = best_of_starts(problem, seeds=[1, 2, 3], stop=stop, pool=pool)

    assert best in alone
    complete = [plan for plan in alone if plan.feasible]
    if complete:
        assert min(plan.cost for plan in complete) == best.cost
