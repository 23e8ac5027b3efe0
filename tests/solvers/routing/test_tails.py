"""Laws of the exchange of tails in the fast core."""

from __future__ import annotations

import random
from itertools import pairwise

import attrs
from hypothesis import given, settings
from hypothesis import strategies as st

from silog_core.domain.routing import Client, Depot, Profile, RoutingProblem, VehicleType
from silog_core.domain.stopping import MaxIterations
from silog_core.solvers.routing import ruin_recreate
from silog_core.solvers.routing.flat import FlatProblem
from silog_core.solvers.routing.simple import as_simple_problem, neighbours
from silog_core.solvers.routing.state import State
from silog_core.solvers.routing.tails import crossing
from silog_core.solvers.routing.tours import tour_builder


def scattered(rng, number, fixed_cost):
    """Return a problem of one kind of vehicle that holds about four stops."""
    points = [(rng.randint(0, 50), rng.randint(0, 50)) for _ in range(number + 1)]
    way = tuple(tuple(abs(a[0] - b[0]) + abs(a[1] - b[1]) for b in points) for a in points)
    return RoutingProblem(
        depots=(Depot(name="d"),),
        clients=tuple(Client(name=f"c{i}", mass_g=rng.randint(1, 9)) for i in range(number)),
        vehicle_types=(
            VehicleType(name="v", payload_g=20, fixed_cost=fixed_cost, count=number),
        ),
        profiles=(Profile(distance_m=way, duration_s=way),),
    )


def state_of(problem):
    """Return the fast core's state of a plan of one stop a tour, slightly improved."""
    flat = FlatProblem(problem)
    given = as_simple_problem(flat)
    state, build = State(flat, given), tour_builder(flat)
    for route in ruin_recreate(problem, seed=1, stop=MaxIterations(3)).routes:
        state.take(build(0, tuple(tuple(1 + c for c in trip) for trip in route.trips)))
    return state


def driven(state):
    """Return the tours by number and what they cost, worked out anew."""
    tours = {r: state.stops_of(r) for r in {*state.tour_of[1:]}}
    rows = state.given.distance
    legs = [leg for way in tours.values() for leg in pairwise([0, *way, 0])]
    return tours, sum(rows[a][b] for a, b in legs) + state.given.fixed[0] * len(tours)


@settings(max_examples=60, deadline=None)
@given(rng=st.randoms(use_true_random=False), number=st.integers(2, 30))
def test_exchanges_keep_the_plan_sound_and_say_what_they_cost(rng, number):
    """Everybody stays served within the loads, and the cost changes by what is returned."""
    problem = scattered(rng, number, fixed_cost=rng.choice([0, 30]))
    state = state_of(problem)
    near = neighbours(state.given.distance, state.flat.clients, 10)
    cross = crossing(state, random.Random(4).random, [js[1:] for js in near])
    _, before = driven(state)

    change = cross(40, 30.0)

    tours, now = driven(state)
    assert before + change == now
    assert sorted(c for way in tours.values() for c in way) == state.flat.clients
    assert state.left[0] == number - len(tours)
    for r, way in tours.items():
        assert sum(state.given.load[c] for c in way) == state.load[r] <= 20
        assert (len(way), way[0], way[-1]) == (state.stops[r], state.first[r], state.last[r])
        for p, c in pairwise([0, *way]):
            assert (p, state.given.distance[p][c]) == (state.before[c], state.edge_in[c])
        for c, q in pairwise([*way, 0]):
            assert (q, state.given.distance[c][q]) == (state.after[c], state.edge_out[c])


def test_a_cold_exchange_unties_a_crossing():
    """Two tours that cross each other are swapped over, a loop in one is turned."""
    line = [0, 10, 20, -10, -20]
    way = tuple(tuple(abs(a - b) for b in line) for a in line)
    problem = attrs.evolve(
        scattered(random.Random(1), 4, 0), profiles=(Profile(distance_m=way, duration_s=way),)
    )
    flat = FlatProblem(problem)
    state, build = State(flat, as_simple_problem(flat)), tour_builder(flat)
    for trip in ((1, 4), (3, 2)):
        state.take(build(0, (trip,)))
    near = neighbours(state.given.distance, flat.clients, 3)

    change = crossing(state, random.Random(1).random, [js[1:] for js in near])(20, 1e-9)

    assert change == -40
    assert {frozenset(way) for way in driven(state)[0].values()} == {
        frozenset({1, 2}),
        frozenset({3, 4}),
    }
