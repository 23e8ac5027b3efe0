"""Breaks, nights, closed legs and escorts: kept by the router, found by the checker."""

from __future__ import annotations

from datetime import date

import attrs
import pytest
from hypothesis import HealthCheck, given, settings

from silog_core.domain.routing import (
    Client,
    Depot,
    Profile,
    Route,
    RoutingProblem,
    RoutingSolution,
    VehicleType,
)
from silog_core.domain.routing_limits import (
    Break,
    Escort,
    LegClosure,
    closed_windows,
    open_windows,
)
from silog_core.domain.stopping import MaxIterations
from silog_core.domain.travel_rules import Closure
from silog_core.errors import FieldError
from silog_core.planning.route_check import check_routing
from silog_core.solvers.routing import ruin_recreate
from solvers.routing.routing_problems import long_problems

H_S = 3600


def line(size, *, hours=2, clients=None, police=None, **kind):
    """Return stops along one road, each some hours after the other."""
    way = tuple(
        tuple(hours * H_S * abs(a - b) for b in range(size + 1)) for a in range(size + 1)
    )
    made = clients or tuple(Client(name=f"c{i}", service_s=H_S) for i in range(size))
    vehicle = VehicleType(**{"name": "truck", "count": 3} | kind)
    return RoutingProblem(
        depots=(Depot(name="hub"),),
        clients=made,
        vehicle_types=(vehicle,),
        profiles=(Profile(distance_m=way, duration_s=way),),
        escorts=() if police is None else (Escort(name="police", count=police),),
    )


def solved(problem, iterations=100):
    """Return a plan in which the checker finds nothing."""
    plan = ruin_recreate(problem, seed=1, stop=MaxIterations(iterations))
    assert [] == check_routing(problem, plan)
    return plan


def codes_without(plan, problem, **changes):
    """Return what the checker finds when each route is changed."""
    routes = tuple(attrs.evolve(route, **changes) for route in plan.routes)
    found = check_routing(problem, attrs.evolve(plan, routes=routes))
    return {one.code for one in found if not one.code.startswith("claimed")}


def test_a_break_comes_before_too_much_work():
    """After four hours on duty the crew rests, and the way takes that much longer."""
    problem = line(1, hours=4, breaks=(Break(duration_s=H_S // 2, after_s=4 * H_S),))
    plan = solved(problem)
    (route,) = plan.routes

    assert ((4 * H_S, 4 * H_S + H_S // 2),) == route.rests
    assert 9 * H_S + H_S // 2 == route.end_s - route.start_s
    assert {"break"} == codes_without(plan, problem, rests=())


def test_waiting_pays_for_a_break():
    """A break in the time that the vehicle waits anyway costs nothing."""
    at_ten = (Client(name="a", windows=((10 * H_S, 11 * H_S),)),)
    lunch = Break(duration_s=H_S, earliest_s=2 * H_S, latest_s=12 * H_S)
    problem = line(1, clients=at_ten, shift_start_s=0, breaks=(lunch,))

    assert 12 * H_S == solved(problem).routes[0].end_s


def test_a_vehicle_that_is_back_needs_no_break():
    """A break that is due later than the return is not taken."""
    problem = line(1, breaks=(Break(duration_s=H_S, after_s=6 * H_S),))

    assert () == solved(problem).routes[0].rests


def test_nights_are_spent_where_boxes_are_guarded():
    """A trip longer than the shift halts at the guarded stop, not at the others."""
    stops = tuple(Client(name=f"c{i}", guarded=i == 1) for i in range(3))
    night = (12 * H_S, 24 * H_S)
    problem = line(
        3, hours=3, clients=stops, count=1, nights=(night, (36 * H_S, 48 * H_S)),
        shift_end_s=60 * H_S,
    )  # fmt: skip
    plan = solved(problem)

    assert plan.feasible
    assert plan.routes[0].start_s < night[0] < night[1] < plan.routes[0].end_s
    nobody = attrs.evolve(
        problem, clients=tuple(attrs.evolve(c, guarded=False) for c in stops)
    )
    assert "guard" in {one.code for one in check_routing(nobody, plan)}


def test_without_a_guarded_place_the_reason_says_so():
    """A stop a day and a half away cannot be served unless somebody guards a place."""
    problem = line(
        1, hours=9, shift_end_s=48 * H_S, nights=((12 * H_S, 24 * H_S), (36 * H_S, 48 * H_S))
    )
    (left,) = solved(problem).unserved

    assert ["guard"] == [reason.code for reason in left.reasons]
    guarded = attrs.evolve(problem, clients=(attrs.evolve(problem.clients[0], guarded=True),))
    assert solved(guarded).feasible


def test_a_closed_leg_is_waited_for_or_gone_around():
    """A leg that is closed in the morning is taken later, or another way is cheaper."""
    problem = line(1)
    shut = LegClosure(tail=0, head=1, windows=((0, 8 * H_S),))
    profile = attrs.evolve(problem.profiles[0], closed=(shut,))
    closed = attrs.evolve(problem, profiles=(profile,))
    plan = solved(closed)

    assert 8 * H_S == plan.routes[0].start_s
    assert {"late"} & {
        one.code
        for one in check_routing(
            attrs.evolve(
                closed, clients=(attrs.evolve(problem.clients[0], windows=((0, 3 * H_S),)),)
            ),
            plan,
        )
    }


def test_a_leg_closed_for_good_has_its_reason():
    """Who cannot go there in the whole shift says that the leg is closed."""
    problem = line(1, shift_end_s=20 * H_S)
    shut = LegClosure(tail=1, head=0, windows=((0, 40 * H_S),))
    profile = attrs.evolve(problem.profiles[0], closed=(shut,))
    (left,) = solved(attrs.evolve(problem, profiles=(profile,))).unserved

    assert ["closed"] == [reason.code for reason in left.reasons]


def test_escorts_ride_with_one_trip_at_a_time():
    """With one police escort two trips follow each other; with two they go together."""
    stops = tuple(
        Client(name=f"c{i}", mass_g=1, escorts=frozenset({"police"})) for i in range(2)
    )
    problem = line(2, clients=stops, payload_g=1, police=1)
    one = solved(problem)
    (first, second) = sorted(one.routes, key=lambda route: route.start_s)
    two = solved(attrs.evolve(problem, escorts=(Escort(name="police", count=2),)))

    assert first.end_s <= second.start_s
    assert {0} == {route.start_s for route in two.routes}
    assert "escort" in {found.code for found in check_routing(problem, two)}


def test_nobody_to_escort_is_a_reason():
    """Where there is no police at all, or all are out for too long, the reason says so."""
    stops = (Client(name="c", escorts=frozenset({"police"})),)
    none = line(1, clients=stops, police=0)
    two = tuple(attrs.evolve(stops[0], name=name, mass_g=1) for name in "ab")
    busy = line(2, clients=two, payload_g=1, shift_end_s=9 * H_S, police=1)

    assert ["escort"] == [r.code for u in solved(none).unserved for r in u.reasons]
    assert ["escort"] == [r.code for u in solved(busy).unserved for r in u.reasons]


def test_closures_of_a_region_become_times():
    """Months, weekdays and hours of a closure are times on the problem's clock (29)."""
    sunday = Closure(
        scope="ID", source="a test", name="sunday", mode="boat", weekdays=(6,), reason="church"
    )
    # 24 November 2024 is a Sunday.
    closed = closed_windows([sunday], date(2024, 11, 23), 3)
    problem = line(1, closed=closed)
    stop = attrs.evolve(problem.clients[0], windows=open_windows(closed, 3 * 24 * H_S))
    (route,) = solved(
        attrs.evolve(line(1, shift_start_s=23 * H_S, closed=closed), clients=(stop,))
    ).routes

    assert ((24 * H_S, 48 * H_S),) == closed
    assert 48 * H_S <= route.start_s


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(long_problems())
def test_everybody_left_out_has_a_reason(problem):
    """Whatever cannot be served is listed, one reason for each kind of vehicle (26)."""
    plan = solved(problem, 10)

    for left in plan.unserved:
        assert len(problem.vehicle_types) == len(left.reasons)
        assert all(reason.text and reason.action for reason in left.reasons)


@pytest.mark.parametrize(
    "wrong",
    [
        lambda: attrs.evolve(line(1), escorts=(Escort(name="a", count=1),) * 2),
        lambda: line(1, clients=(Client(name="c", escorts=frozenset({"police"})),)),
        lambda: Profile(
            distance_m=((0,),),
            duration_s=((0,),),
            closed=(LegClosure(tail=0, head=1, windows=()),),
        ),
    ],
    ids=["escort twice", "unknown escort", "no such leg"],
)
def test_a_problem_that_contradicts_itself_is_refused(wrong):
    """Escorts that nobody names and legs that are not there are errors of input."""
    with pytest.raises(FieldError):
        wrong()


def test_two_trips_that_share_an_escort_are_found():
    """The checker counts escorts by trip, from departure to return."""
    stop = Client(name="c", escorts=frozenset({"police"}))
    problem = line(2, clients=(stop, attrs.evolve(stop, name="d")), police=1)
    routes = tuple(
        Route(vehicle_type=0, trips=((c,),), start_s=0, end_s=4 * H_S * (c + 1),
              distance_m=4 * H_S * (c + 1), cost=4 * H_S * (c + 1))
        for c in range(2)
    )  # fmt: skip
    found = check_routing(problem, RoutingSolution(routes=routes, cost=12 * H_S))

    assert [("escort", 1)] == [(one.code, one.amount) for one in found]
