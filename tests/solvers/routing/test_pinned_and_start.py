"""Vehicles that have left stay as they are; a given plan is taken up."""

from __future__ import annotations

import attrs
from hypothesis import assume, given, settings

from silog_core.domain.routing import PinnedRoute
from silog_core.domain.stopping import MaxIterations
from silog_core.planning.route_check import check_routing
from silog_core.solvers.routing import ruin_recreate
from solvers.routing.routing_problems import rich_problems, simple_problems


@settings(max_examples=30, deadline=None)
@given(problem=simple_problems() | rich_problems())
def test_pinned_trips_do_not_change(problem):
    """A route that has left is in the new plan, and the rest breaks no limit."""
    before = ruin_recreate(problem, seed=1, stop=MaxIterations(10))
    assume(before.routes)
    left = before.routes[0]
    pin = PinnedRoute(vehicle_type=left.vehicle_type, trips=left.trips)
    pinned = attrs.evolve(problem, pinned=(pin,))

    after = ruin_recreate(pinned, seed=2, stop=MaxIterations(10))

    assert [] == check_routing(pinned, after)


@settings(max_examples=30, deadline=None)
@given(problem=simple_problems() | rich_problems())
def test_a_damaged_start_does_no_harm(problem):
    """What is unsound in a given plan is dropped, and the result is sound."""
    plan = ruin_recreate(problem, seed=1, stop=MaxIterations(5))
    twice = attrs.evolve(plan, routes=plan.routes * 3)

    again = ruin_recreate(problem, seed=1, stop=MaxIterations(5), start=twice)

    assert [] == check_routing(problem, again)
