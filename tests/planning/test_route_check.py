"""The checker finds every way to spoil a sound plan."""

from __future__ import annotations

import ast
from pathlib import Path

import attrs
import pytest

from silog_core import planning
from silog_core.domain.routing import (
    Client,
    Depot,
    PinnedRoute,
    Profile,
    Route,
    RoutingProblem,
    RoutingSolution,
    Unserved,
    VehicleType,
)
from silog_core.planning.route_check import check_routing, plan_as_typed

WAY = tuple(tuple(0 if a == b else 10 for b in range(5)) for a in range(5))
TRUCK = VehicleType(
    name="truck",
    payload_g=10,
    volume_cm3=10,
    count=1,
    max_trips=2,
    reload_s=5,
    max_duration_s=200,
    max_distance_m=80,
    shift_start_s=0,
    shift_end_s=200,
    skills=frozenset({"boat"}),
    fixed_cost=7,
    cost_per_s=2,
)
PROBLEM = RoutingProblem(
    depots=(Depot(name="hub", windows=((0, 150),)),),
    clients=(
        Client(name="a", mass_g=6, volume_cm3=2, service_s=4, windows=((0, 40), (60, 90))),
        Client(name="b", mass_g=4, volume_cm3=2, skills=frozenset({"boat"})),
        Client(name="c", mass_g=5, volume_cm3=9, pickup=True),
        Client(name="d", mass_g=1, required=False, prize=3),
    ),
    vehicle_types=(TRUCK,),
    profiles=(Profile(distance_m=WAY, duration_s=WAY),),
)
# There and back twice: 34 s and 50 m, 5 s to reload, 20 s.
ROUTE = Route(
    vehicle_type=0, trips=((0, 1), (2,)), start_s=0, end_s=59, distance_m=50, cost=7 + 50 + 118
)
PLAN = RoutingSolution(routes=(ROUTE,), unserved=(Unserved(client=3),), cost=178)


def codes(plan=PLAN, problem=PROBLEM):
    """Return the codes of what the checker finds, without the claims about sums."""
    return {v.code for v in check_routing(problem, plan) if not v.code.startswith("claimed")}


def with_route(**changes):
    """Return the plan with its route changed."""
    return attrs.evolve(PLAN, routes=(attrs.evolve(ROUTE, **changes),))


def with_truck(**changes):
    """Return the problem with its vehicle changed."""
    return attrs.evolve(PROBLEM, vehicle_types=(attrs.evolve(TRUCK, **changes),))


def test_a_sound_plan_passes():
    """Nothing is found in a plan that keeps every limit."""
    assert [] == check_routing(PROBLEM, PLAN)


@pytest.mark.parametrize(
    ("code", "plan"),
    [
        ("vehicle", with_route(vehicle_type=4)),
        ("client", with_route(trips=((0, 9), (2,)))),
        ("empty", with_route(trips=((0, 1), ()))),
        ("trips", with_route(trips=((0,), (1,), (2,)))),
        ("twice", with_route(trips=((0, 1), (1,)))),
        ("unserved", with_route(trips=((0, 1),))),
        ("order", with_route(trips=((2, 0),))),
        ("late", with_route(start_s=95)),
        ("depot", with_route(start_s=151)),
        ("fleet", attrs.evolve(PLAN, routes=(ROUTE, ROUTE))),
    ],
)
def test_a_spoilt_plan_is_found_out(code, plan):
    """Each damage to a plan has its code."""
    assert code in codes(plan)


@pytest.mark.parametrize(
    ("code", "changes"),
    [
        ("payload", {"payload_g": 9}),
        ("volume", {"volume_cm3": 8}),
        ("skill", {"skills": frozenset()}),
        ("trips", {"max_trips": 1}),
        ("shift", {"shift_start_s": 1}),
        ("shift", {"shift_end_s": 58}),
        ("duration", {"max_duration_s": 58}),
        ("distance", {"max_distance_m": 49}),
        ("late", {"closed": ((5, 90),)}),
    ],
)
def test_a_tighter_limit_is_found_broken(code, changes):
    """Each limit of the vehicle, once tightened, is found broken."""
    assert code in codes(problem=with_truck(**changes))


@pytest.mark.parametrize("field", ["cost", "end_s", "distance_m"])
def test_a_false_claim_about_a_route_is_found(field):
    """What a route claims of itself is worked out again."""
    wrong = with_route(**{field: 1})

    assert any(v.code.startswith("claimed") for v in check_routing(PROBLEM, wrong))


def test_false_claims_about_the_plan_are_found():
    """Cost and completeness of the whole plan are worked out again."""
    wrong = attrs.evolve(PLAN, cost=1, feasible=False)

    assert {"claimed-cost", "claimed-feasible"} == {
        v.code for v in check_routing(PROBLEM, wrong)
    }


def test_a_vehicle_that_has_left_stays_as_it_is():
    """A plan that changes pinned trips is found out."""
    pinned = attrs.evolve(PROBLEM, pinned=(PinnedRoute(vehicle_type=0, trips=((1, 0), (2,))),))

    assert {"pinned"} == codes(problem=pinned)


def test_amounts_say_by_how_much():
    """The amount of a violation is the excess itself."""
    found = check_routing(with_truck(max_distance_m=42), PLAN)

    assert [("distance", 8)] == [(v.code, v.amount) for v in found]


def test_checker_and_solvers_share_no_code():
    """The checker imports nothing of the solvers, nor they of it."""
    tree = ast.parse((Path(planning.__file__).parent / "route_check.py").read_text())
    names = [n.module or "" for n in ast.walk(tree) if isinstance(n, ast.ImportFrom)]

    assert not [name for name in names if "solvers" in name]


def test_a_plan_typed_by_hand_gets_its_sums():
    """Types, trips and departures are enough to judge a plan."""
    typed = plan_as_typed(PROBLEM, [(0, ROUTE.trips, 0)])

    assert PLAN == typed
    assert [] == check_routing(PROBLEM, typed)
