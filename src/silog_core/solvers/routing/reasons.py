"""Why a stop is not served: one reason for each kind of vehicle, found after solving."""

from __future__ import annotations

from typing import TYPE_CHECKING

from silog_core.domain.routing import Reason
from silog_core.solvers.routing.clock import earliest, latest
from silog_core.solvers.routing.reasons_driven import never_driven
from silog_core.solvers.routing.tours import grown, has_room, tour_builder

if TYPE_CHECKING:
    from silog_core.solvers.routing.flat import FlatProblem
    from silog_core.solvers.routing.tours import Tour


def reasons_for(flat: FlatProblem, node: int, tours: list[Tour]) -> tuple[Reason, ...]:
    """Return why no vehicle visits a stop, kind by kind.

    Args:
        flat: The problem.
        node: The stop's node.
        tours: The plan that leaves it out.

    Returns:
        One reason for each kind of vehicle there is, in their order.
    """
    if not flat.kinds:
        return (
            Reason(
                code="fleet",
                text="there is no vehicle at all",
                action="add a vehicle type to the problem",
            ),
        )
    return tuple(
        _never(flat, node, kind) or _not_now(flat, node, kind, tours)
        for kind in range(len(flat.kinds))
    )


def _never(flat: FlatProblem, node: int, kind: int) -> Reason | None:
    """Return why a vehicle of the kind could not serve the stop even alone."""
    vehicle = flat.kinds[kind]
    client = flat.problem.clients[node - flat.first_client]
    lacks = sorted(client.skills - vehicle.skills)
    if lacks:
        return Reason(
            code="skill",
            text=f"{vehicle.name} lacks {', '.join(lacks)}",
            action=f"send a vehicle that has {', '.join(lacks)}",
        )
    for code, unit, needs, limit in (
        ("payload", "g", flat.mass[node], flat.payload[kind]),
        ("volume", "cm3", flat.volume[node], flat.room[kind]),
    ):
        if needs > limit:
            return Reason(
                code=code,
                text=f"the load is {needs - limit} {unit} more than {vehicle.name} takes",
                action="split the load, or use a larger vehicle",
            )
    return _never_in_time(flat, node, kind)


def _never_in_time(flat: FlatProblem, node: int, kind: int) -> Reason | None:
    """Return why a trip to the stop alone breaks a limit of distance or time."""
    vehicle = flat.kinds[kind]
    depot = vehicle.depot
    far = flat.distance[kind][depot][node] + flat.distance[kind][node][depot]
    if far > flat.max_distance[kind]:
        return Reason(
            code="distance",
            text=f"there and back are {far - flat.max_distance[kind]} m too far for "
            f"{vehicle.name}",
            action="serve it from a nearer depot, or raise the vehicle's range",
        )
    out = earliest(flat, kind, [depot, node], vehicle.shift_start_s)
    if out is None:
        return Reason(
            code="window",
            text=f"{vehicle.name} cannot arrive before the last window closes",
            action="widen the window, start the shift earlier, or serve from a nearer depot",
        )
    back = earliest(flat, kind, [depot, node, depot], vehicle.shift_start_s)
    if back is None or back[-1] > vehicle.shift_end_s:
        return Reason(
            code="shift",
            text=f"{vehicle.name} cannot be back before its shift or its depot ends",
            action="lengthen the shift, or serve it from a nearer depot",
        )
    late = latest(flat, kind, [depot, node, depot], back[-1])
    lasts = back[-1] - (late or back)[0]
    if lasts > flat.max_duration[kind]:
        return Reason(
            code="duration",
            text=f"the trip takes {lasts - flat.max_duration[kind]} s more than "
            f"{vehicle.name} may be out",
            action="allow longer days, or serve it from a nearer depot",
        )
    return never_driven(flat, node, kind) if flat.driven else None


def _not_now(flat: FlatProblem, node: int, kind: int, tours: list[Tour]) -> Reason:
    """Return why the plan has no place for a stop that the kind could serve."""
    vehicle = flat.kinds[kind]
    client = flat.problem.clients[node - flat.first_client]
    mine = [tour for tour in tours if tour.kind == kind]
    used = len(mine) + sum(p.vehicle_type == kind for p in flat.problem.pinned)
    if not client.required:
        return Reason(
            code="prize",
            text=f"serving it with {vehicle.name} costs more than its prize of {client.prize}",
            action="raise the prize, or make the stop required",
        )
    if used < vehicle.count and client.escorts:
        who = ", ".join(sorted(client.escorts))
        return Reason(
            code="escort",
            text=f"{vehicle.name} could serve it, and no {who} is free at the time",
            action=f"find more {who}, or put stops that need them on one trip",
        )
    if used < vehicle.count:
        return Reason(
            code="search",
            text=f"{vehicle.name} could serve it, the search did not get that far",
            action="give the solver more iterations",
        )
    full = sum(not _has_room(flat, node, tour) for tour in mine)
    return Reason(
        code="fleet",
        text=f"all {vehicle.count} of {vehicle.name} are in use: {full} have no room left, "
        f"{used - full} no time or distance",
        action="add a vehicle or a trip, or leave out a stop of lower priority",
    )


def _has_room(flat: FlatProblem, node: int, tour: Tour) -> bool:
    """Return whether some trip of the tour has room for the stop."""
    if len(tour.trips) < flat.kinds[tour.kind].max_trips:
        build = tour_builder(flat)
        if build(tour.kind, grown(tour.trips, len(tour.trips), 0, node)) is None:
            return True  # another trip has room by itself; it is time that is short
    return any(has_room(flat, node, segment) for segment in tour.segments)
