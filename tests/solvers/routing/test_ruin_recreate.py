"""Laws of the built-in router on rich problems."""

from __future__ import annotations

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from silog_core.domain.stopping import MaxIterations
from silog_core.planning.route_check import check_routing
from silog_core.solvers.routing import ruin_recreate
from solvers.routing.routing_problems import long_problems, rich_problems, simple_problems

few = settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@few
@given(problem=rich_problems() | long_problems() | simple_problems(), seed=st.integers(0, 9))
def test_a_plan_breaks_no_limit(problem, seed):
    """Whatever the problem, the independent checker finds nothing in the plan."""
    plan = ruin_recreate(problem, seed=seed, stop=MaxIterations(30))

    assert [] == check_routing(problem, plan)


@few
@given(problem=rich_problems() | long_problems() | simple_problems())
def test_same_seed_same_plan(problem):
    """With a budget of iterations the plan depends on problem and seed alone."""
    first = ruin_recreate(problem, seed=3, stop=MaxIterations(20))

    assert first == ruin_recreate(problem, seed=3, stop=MaxIterations(20))


@few
@given(problem=rich_problems() | long_problems() | simple_problems())
def test_warm_start_never_loses(problem):
    """A plan that begins from another serves as much, and costs no more if it serves it."""
    cold = ruin_recreate(problem, seed=1, stop=MaxIterations(10))
    warm = ruin_recreate(problem, seed=2, stop=MaxIterations(5), start=cold)

    def lacking(plan):
        left_out = [problem.clients[one.client] for one in plan.unserved]
        return sum(1 + c.priority for c in left_out if c.required)

    assert (lacking(warm), warm.cost) <= (lacking(cold), cold.cost)
