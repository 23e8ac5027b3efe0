"""Laws 27 to 31 on drawn routing problems with breaks, nights, closed legs and escorts."""

from __future__ import annotations

from itertools import pairwise

import attrs
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from silog_core.domain.routing import Client, Depot, Profile, RoutingProblem, VehicleType
from silog_core.domain.routing_limits import Break
from silog_core.domain.stopping import MaxIterations
from silog_core.planning.route_check import check_routing
from silog_core.solvers.routing import ruin_recreate
from solvers.routing.routing_problems import long_problems, rich_problems

few = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
H_S = 3600


def solved(problem, **more):
    """Return a short search's plan."""
    return ruin_recreate(problem, seed=1, stop=MaxIterations(8), **more)


def rank(problem, plan):
    """Return what counts first: who is left out; then the cost."""
    left = [problem.clients[one.client] for one in plan.unserved]
    return sum(1 + c.priority for c in left if c.required), plan.cost


LOOSER = {
    "payload": lambda p: _kinds(p, lambda k: {"payload_g": None}),
    "fleet": lambda p: _kinds(p, lambda k: {"count": k.count + 1}),
    "shift": lambda p: _kinds(p, lambda k: {"shift_end_s": k.shift_end_s + 500}),
    "guard": lambda p: attrs.evolve(
        p, clients=tuple(attrs.evolve(c, guarded=True) for c in p.clients)
    ),
    "escorts": lambda p: attrs.evolve(
        p, escorts=tuple(attrs.evolve(e, count=e.count + 1) for e in p.escorts)
    ),
}


def _kinds(problem, change):
    kinds = tuple(attrs.evolve(k, **change(k)) for k in problem.vehicle_types)
    return attrs.evolve(problem, vehicle_types=kinds)


@few
@given(long_problems(), st.sampled_from(sorted(LOOSER)))
def test_more_room_is_never_dearer(problem, what):
    """27. From the plan that there was, a wider problem serves as many, and costs no more."""
    plan = solved(problem)
    looser = LOOSER[what](problem)
    again = solved(looser, start=plan)

    assert [] == check_routing(looser, again)
    assert rank(looser, again) <= rank(problem, plan)


@few
@given(rich_problems() | long_problems())
def test_no_vehicle_carries_more_than_it_may(problem):
    """28. On every stretch of a trip, in grams and in cubic centimetres."""
    for route in solved(problem).routes:
        kind = problem.vehicle_types[route.vehicle_type]
        for trip in route.trips:
            stops = [problem.clients[c] for c in trip]
            for limit, size in (
                (kind.payload_g, [s.mass_g for s in stops]),
                (kind.volume_cm3, [s.volume_cm3 for s in stops]),
            ):
                for at in range(len(stops) + 1):
                    board = sum(
                        n
                        for i, (n, stop) in enumerate(zip(size, stops, strict=True))
                        if stop.pickup is (i < at)
                    )
                    assert limit is None or board <= limit


@few
@given(rich_problems() | long_problems())
def test_routes_keep_to_open_hours(problem):
    """29. Shifts, windows, nights, closed legs and breaks, by a clock that is not ours."""
    plan = solved(problem)

    assert [] == check_routing(problem, plan)
    for route in plan.routes:
        kind = problem.vehicle_types[route.vehicle_type]
        assert kind.shift_start_s <= route.start_s <= route.end_s <= kind.shift_end_s


@few
@given(rich_problems() | long_problems())
def test_every_stop_has_one_receiver_or_a_reason(problem):
    """30. Each stop is on one trip, or listed with one reason for each kind of vehicle."""
    plan = solved(problem)
    visits = [c for route in plan.routes for trip in route.trips for c in trip]
    left = [one.client for one in plan.unserved]

    assert sorted(visits + left) == list(range(len(problem.clients)))
    assert all(len(one.reasons) == max(1, len(problem.vehicle_types)) for one in plan.unserved)


@few
@given(
    st.integers(40, 60),
    st.lists(st.integers(0, 14 * H_S), min_size=2, max_size=4).map(sorted),
    st.booleans(),
    st.booleans(),
)
def test_who_has_farther_to_go_leaves_no_later(hour, ways, rests, at_night):
    """31. With one vehicle and one hour of arrival, through nights and breaks too."""
    starts = []
    for way in ways:
        rows = ((0, way), (way, 0))
        problem = RoutingProblem(
            depots=(Depot(name="hub"),),
            clients=(Client(name="c", windows=((hour * H_S, hour * H_S),), guarded=True),),
            vehicle_types=(
                VehicleType(
                    name="truck",
                    breaks=(Break(duration_s=H_S, after_s=5 * H_S),) if rests else (),
                    nights=((20 * H_S, 29 * H_S), (44 * H_S, 53 * H_S)) if at_night else (),
                ),
            ),
            profiles=(Profile(distance_m=rows, duration_s=rows),),
        )
        plan = solved(problem)
        if plan.routes:
            starts.append(plan.routes[0].start_s)

    assert all(later >= earlier for later, earlier in pairwise(starts))
