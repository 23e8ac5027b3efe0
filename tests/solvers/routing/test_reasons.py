"""An impossible problem gives reasons, one for each kind of vehicle."""

from __future__ import annotations

import pytest
from hypothesis import given, settings

from silog_core.domain.routing import Client, Depot, Profile, RoutingProblem, VehicleType
from silog_core.domain.stopping import MaxIterations
from silog_core.solvers.routing import ruin_recreate
from solvers.routing.routing_problems import rich_problems

WAY = ((0, 100, 100), (100, 0, 100), (100, 100, 0))


def solved(client, *vehicles):
    """Return the plan for one hard client and one easy one."""
    problem = RoutingProblem(
        depots=(Depot(name="hub"),),
        clients=(client, Client(name="easy", mass_g=1)),
        vehicle_types=vehicles,
        profiles=(Profile(distance_m=WAY, duration_s=WAY),),
    )
    return ruin_recreate(problem, seed=1, stop=MaxIterations(5))


@pytest.mark.parametrize(
    ("client", "vehicle", "code"),
    [
        ({"skills": frozenset({"boat"})}, {}, "skill"),
        ({"mass_g": 9}, {"payload_g": 5}, "payload"),
        ({"volume_cm3": 9}, {"volume_cm3": 5}, "volume"),
        ({}, {"max_distance_m": 150}, "distance"),
        ({"windows": ((0, 50),)}, {}, "window"),
        ({}, {"shift_end_s": 150}, "shift"),
        ({"service_s": 50}, {"max_duration_s": 220}, "duration"),
        ({"mass_g": 5, "priority": 0}, {"count": 0}, "fleet"),
        ({"required": False, "prize": 3}, {"fixed_cost": 900, "max_distance_m": 250}, "prize"),
    ],
)
def test_the_reason_names_the_limit(client, vehicle, code):
    """Each limit that alone keeps a stop out has a code of its own."""
    plan = solved(Client(name="hard", **client), VehicleType(name="truck", **vehicle))

    found = next(one for one in plan.unserved if one.client == 0)

    assert [code] == [reason.code for reason in found.reasons]


def test_a_full_fleet_is_named():
    """When every vehicle is out, the reason says how many are full."""
    plan = solved(Client(name="hard", mass_g=5), VehicleType(name="truck", payload_g=5))

    (left_out,) = plan.unserved

    assert not plan.feasible
    assert left_out.reasons[0].code == "fleet"
    assert "1 have no room left" in left_out.reasons[0].text


@settings(max_examples=30, deadline=None)
@given(problem=rich_problems())
def test_every_stop_left_out_has_a_reason_for_each_kind(problem):
    """There are as many reasons as kinds of vehicle, and each has text and action."""
    plan = ruin_recreate(problem, seed=1, stop=MaxIterations(5))

    for one in plan.unserved:
        assert max(1, len(problem.vehicle_types)) == len(one.reasons)
        assert all(reason.text and reason.action for reason in one.reasons)
