"""Laws of the exchange of tails where vehicles differ, tours are limited, windows decide."""

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
from silog_core.solvers.routing.quotes import clock_changes
from silog_core.solvers.routing.simple import as_simple_problem, neighbours
from silog_core.solvers.routing.state import State
from silog_core.solvers.routing.tails_rich import crossing_rich
from silog_core.solvers.routing.tours import tour_builder


def varied(rng, number):
    """Return a problem with kinds of vehicles, depots, limits and windows drawn at random."""
    depots, timed = rng.randint(1, 2), rng.random() < 0.4
    points = [(rng.randint(0, 50), rng.randint(0, 50)) for _ in range(number + depots)]
    way = tuple(tuple(abs(a[0] - b[0]) + abs(a[1] - b[1]) for b in points) for a in points)
    slower = tuple(tuple(x and x + rng.randint(0, 9) for x in row) for row in way)
    longest = None if timed else rng.choice([None, 260])
    opens = [rng.randint(0, 200) for _ in range(number)]
    sizes = [(15, 30, 1), (25, 45, rng.choice([1, 2])), (40, 60, 2)]
    return RoutingProblem(
        depots=tuple(Depot(name=f"d{d}") for d in range(depots)),
        clients=tuple(
            Client(
                name=f"c{i}",
                mass_g=rng.randint(1, 9),
                volume_cm3=rng.randint(1, 9),
                service_s=rng.randint(0, 5),
                windows=((opens[i], opens[i] + 150),) if timed else (),
            )
            for i in range(number)
        ),
        vehicle_types=tuple(
            VehicleType(
                name=f"v{d}{mass}",
                depot=d,
                payload_g=mass,
                volume_cm3=rng.choice([None, mass]),
                fixed_cost=fixed,
                cost_per_m=per_m,
                count=rng.choice([2, number]),
                max_distance_m=rng.choice([None, 220]),
                max_duration_s=longest,
            )
            for d in range(depots)
            for mass, fixed, per_m in sizes[: rng.randint(1, 3)]
        ),
        profiles=(Profile(distance_m=way, duration_s=rng.choice([way, slower])),),
    )


def begun(problem):
    """Return the fast core's state of a plan slightly improved, and its clock."""
    flat = FlatProblem(problem)
    state = State(flat, as_simple_problem(flat))
    later, sooner = clock_changes(state)
    build, free = tour_builder(flat), flat.first_client
    for route in ruin_recreate(problem, seed=1, stop=MaxIterations(3)).routes:
        trips = tuple(tuple(free + c for c in trip) for trip in route.trips)
        r = state.take(build(route.vehicle_type, trips))
        sooner(state.last[r])
        later(state.first[r])
    return state, later, sooner


def priced(state):
    """Return what the plan costs, its tours held to every limit and worked out anew."""
    flat, cost, build = state.flat, 0, tour_builder(state.flat)
    used = [0] * len(flat.kinds)
    for r in {*state.tour_of} - {-1}:
        way, kind = state.stops_of(r), state.kind_of[r]
        tour = build(kind, (tuple(way),))
        assert tour is not None
        home = state.given.depot[kind]
        legs = list(pairwise([home, *way, home]))
        assert sum(state.given.distance[a][b] for a, b in legs) == state.length[r]
        worked = [state.given.times[a][b] + state.given.service[b] for a, b in legs]
        assert sum(worked) == state.work[r]
        assert sum(state.given.load[c] for c in way) == state.load[r]
        assert sum(state.given.bulk[c] for c in way) == state.bulk[r]
        assert (way[0], way[-1], len(way)) == (state.first[r], state.last[r], state.stops[r])
        for a, b in legs[:-1]:
            assert (a, state.given.distance[a][b], r) == (
                state.before[b],
                state.edge_in[b],
                state.tour_of[b],
            )
        for a, b in legs[1:]:
            assert (b, state.given.distance[a][b]) == (state.after[a], state.edge_out[a])
        used[kind] += 1
        cost += tour.cost
    assert [k - n for k, n in zip(state.given.count, used, strict=True)] == state.left
    assert {*state.tour_of}.isdisjoint(state.spare)
    return cost


@settings(max_examples=30, deadline=None)
@given(rng=st.randoms(use_true_random=False), number=st.integers(2, 30))
def test_exchanges_keep_every_limit_and_say_what_they_cost(rng, number):
    """Properties 27 to 29 hold after each exchange, and the cost changes as returned."""
    state, later, sooner = begun(varied(rng, number))
    near = neighbours(state.given.distance, state.flat.clients, 10)
    cross = crossing_rich(
        state, random.Random(4).random, [js[1:] for js in near], (later, sooner)
    )
    served = {c for c in state.flat.clients if state.tour_of[c] >= 0}
    cheapest = min(k.cost_per_m for k in state.flat.kinds)
    before = priced(state)

    for _ in range(4):
        change = cross(10, 40.0)

        now = priced(state)
        assert abs(before + change * cheapest - now) < 1e-6
        assert served == {c for c in state.flat.clients if state.tour_of[c] >= 0}
        before = now


def on_a_line(line, vehicles):
    """Return a problem of one depot at 0 and clients of one load on a line."""
    way = tuple(tuple(abs(a - b) for b in (0, *line)) for a in (0, *line))
    return RoutingProblem(
        depots=(Depot(name="d"),),
        clients=tuple(Client(name=f"c{i}", mass_g=1) for i in range(len(line))),
        vehicle_types=vehicles,
        profiles=(Profile(distance_m=way, duration_s=way),),
    )


def exchanged(problem, trips):
    """Return what cold exchanges save, and the tours with their kinds."""
    flat = FlatProblem(problem)
    state, build = State(flat, as_simple_problem(flat)), tour_builder(flat)
    for kind, trip in trips:
        state.take(build(kind, (trip,)))
    near = neighbours(state.given.distance, flat.clients, 4)
    cross = crossing_rich(
        state, random.Random(1).random, [js[1:] for js in near], clock_changes(state)
    )
    saved = cross(40, 1e-9)
    tours = {*state.tour_of} - {-1}
    return saved, {(state.kind_of[r], frozenset(state.stops_of(r))) for r in tours}


SMALL = VehicleType(name="small", payload_g=2, fixed_cost=10, cost_per_m=1, count=9)
LARGE = VehicleType(name="large", payload_g=4, fixed_cost=30, cost_per_m=2, count=9)


def test_a_cold_exchange_cuts_a_tour_where_small_vehicles_are_cheaper():
    """One tour of a dear vehicle on two sides of the depot becomes two of a cheap kind."""
    problem = on_a_line([10, 20, -10, -20], (SMALL, LARGE))

    saved, tours = exchanged(problem, [(1, (1, 2, 4, 3))])

    assert saved == 2 * 10 + 2 * 40 - (30 + 2 * 80)
    assert tours == {(0, frozenset({1, 2})), (0, frozenset({3, 4}))}


def test_a_cold_exchange_joins_tours_where_one_vehicle_is_cheaper():
    """Two tours to the same far side become one, with the vehicle that holds both."""
    large = attrs.evolve(LARGE, cost_per_m=1, fixed_cost=12)
    problem = on_a_line([100, 110, 120, 130], (SMALL, large))

    saved, tours = exchanged(problem, [(0, (1, 2)), (0, (3, 4))])

    assert saved == 12 + 260 - (10 + 220 + 10 + 260)
    assert tours == {(1, frozenset({1, 2, 3, 4}))}
