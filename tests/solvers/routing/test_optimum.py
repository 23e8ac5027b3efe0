"""On tiny problems the router finds the optimum, which moves the right way."""

from __future__ import annotations

from itertools import pairwise, permutations

import attrs
from hypothesis import given, settings
from hypothesis import strategies as st

from silog_core.domain.routing import Client, Depot, Profile, RoutingProblem, VehicleType
from silog_core.domain.stopping import MaxIterations
from silog_core.solvers.routing import ruin_recreate


@st.composite
def tiny_problems(draw):
    """Draw problems of at most four clients, with one kind of vehicle and many of it."""
    count = draw(st.integers(1, 4))
    rng = draw(st.randoms(use_true_random=False))
    points = [(rng.randint(0, 50), rng.randint(0, 50)) for _ in range(count + 1)]
    way = tuple(tuple(abs(a[0] - b[0]) + abs(a[1] - b[1]) for b in points) for a in points)
    timed = draw(st.booleans())
    return RoutingProblem(
        depots=(Depot(name="hub"),),
        clients=tuple(
            Client(
                name=f"c{i}",
                mass_g=rng.randint(1, 5),
                windows=((0, rng.randint(100, 400)),) if timed else (),
            )
            for i in range(count)
        ),
        vehicle_types=(
            VehicleType(
                name="v", count=9, payload_g=rng.randint(5, 12), fixed_cost=rng.choice([0, 40])
            ),
        ),
        profiles=(Profile(distance_m=way, duration_s=way),),
    )


def optimum(problem):
    """Return the least cost over all orders and all ways to cut them into tours."""
    (kind,), (profile,) = problem.vehicle_types, problem.profiles
    count = len(problem.clients)

    def cost(tour):
        now, far = 0, 0
        for a, b in pairwise((0, *tour, 0)):
            now += profile.duration_s[a][b]
            far += profile.distance_m[a][b]
            windows = problem.clients[b - 1].windows if b else ()
            if windows and now > windows[0][1]:
                return None
        load = sum(problem.clients[c - 1].mass_g for c in tour)
        return None if load > kind.payload_g else kind.fixed_cost + kind.cost_per_m * far

    best = None
    for order in permutations(range(1, count + 1)):
        for cuts in range(2 ** (count - 1)):
            tours, tour = [], []
            for place, c in enumerate(order):
                tour.append(c)
                if place == count - 1 or cuts >> place & 1:
                    tours.append(tour)
                    tour = []
            costs = [cost(t) for t in tours]
            if None not in costs and (best is None or sum(costs) < best):
                best = sum(costs)
    return best


def solved(problem):
    """Return the plan of a generous search."""
    return ruin_recreate(problem, seed=1, stop=MaxIterations(300))


@settings(max_examples=80, deadline=None)
@given(problem=tiny_problems())
def test_tiny_problems_are_solved_to_the_optimum(problem):
    """No order and no cut into tours is cheaper than the plan."""
    assert optimum(problem) == solved(problem).cost


@settings(max_examples=40, deadline=None)
@given(problem=tiny_problems(), more=st.integers(1, 9))
def test_more_capacity_never_costs_more(problem, more):
    """A larger vehicle at the same price can only make the plan cheaper."""
    (kind,) = problem.vehicle_types
    larger = attrs.evolve(kind, payload_g=kind.payload_g + more)

    after = solved(attrs.evolve(problem, vehicle_types=(larger,)))

    assert after.cost <= solved(problem).cost


@settings(max_examples=40, deadline=None)
@given(problem=tiny_problems(), longer=st.integers(1, 60), data=st.data())
def test_a_longer_way_never_costs_less(problem, longer, data):
    """Lengthening one way, as a cut road does, can only make the plan dearer."""
    (profile,) = problem.profiles
    size = len(profile.distance_m)
    a = data.draw(st.integers(0, size - 1))
    b = data.draw(st.integers(0, size - 1).filter(lambda node: node != a))
    rows = [list(row) for row in profile.distance_m]
    rows[a][b] += longer
    harder = attrs.evolve(profile, distance_m=tuple(map(tuple, rows)))

    after = solved(attrs.evolve(problem, profiles=(harder,)))

    assert after.cost >= solved(problem).cost
