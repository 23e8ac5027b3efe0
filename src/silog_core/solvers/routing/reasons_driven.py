"""Why breaks, nights, closed legs or escorts keep a vehicle from a stop."""

from __future__ import annotations

from typing import TYPE_CHECKING

import attrs

from silog_core.domain.routing import Reason
from silog_core.solvers.routing.flat import FlatProblem
from silog_core.solvers.routing.tours import tour_builder

if TYPE_CHECKING:
    from silog_core.domain.routing import RoutingProblem, VehicleType


def never_driven(flat: FlatProblem, node: int, kind: int) -> Reason | None:
    """Return why a trip to the stop alone cannot be driven, None when it can.

    One limit after the other is lifted, and the first without which it could is named.
    """
    problem, vehicle = flat.problem, flat.kinds[kind]
    number = node - flat.first_client
    client = problem.clients[number]
    nobody = sorted(name for name in client.escorts if not flat.escort_count[name])
    if nobody:
        who = ", ".join(nobody)
        return Reason(
            code="escort",
            text=f"it must be visited with {who}, and there is nobody",
            action=f"find {who}, or lift the rule for this stop",
        )
    if _can(problem, number, vehicle):
        return None
    guarded = attrs.evolve(client, guarded=True)
    clients = (*problem.clients[:number], guarded, *problem.clients[number + 1 :])
    watched = attrs.evolve(problem, clients=clients)
    opened = attrs.evolve(
        problem, profiles=tuple(attrs.evolve(p, closed=()) for p in problem.profiles)
    )
    at_night = attrs.evolve(vehicle, nights=())
    without = attrs.evolve(vehicle, breaks=())
    for looser, other, code, text, action in (
        (
            opened, vehicle, "closed", "the leg there or back is closed when {} could take it",
            "go at another time or another way, or serve it from another depot",
        ),
        (
            watched, vehicle, "guard", "{} would stand there at night, and nobody guards it",
            "guard the place at night, or serve it from a nearer depot",
        ),
        (
            problem, at_night, "night", "the nights leave {} no time to get there and back",
            "lengthen the shift, or serve it from a nearer depot",
        ),
        (
            problem, without, "break", "{} has to rest, and then is too late",
            "send two crews, or serve it from a nearer depot",
        ),
    ):  # fmt: skip
        if _can(looser, number, other):
            return Reason(code=code, text=text.format(vehicle.name), action=action)
    return Reason(
        code="night",
        text=f"breaks, nights and closed legs together leave {vehicle.name} no time for it",
        action="lengthen the shift, or serve it from a nearer depot",
    )


def _can(problem: RoutingProblem, client: int, vehicle: VehicleType) -> bool:
    """Return whether one vehicle could serve one stop and nothing else."""
    one = attrs.evolve(vehicle, count=1)
    flat = FlatProblem(attrs.evolve(problem, vehicle_types=(one,), pinned=()))
    return tour_builder(flat)(0, ((flat.first_client + client,),)) is not None
