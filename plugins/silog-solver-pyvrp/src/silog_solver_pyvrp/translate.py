"""A routing problem in PyVRP's words.

PyVRP knows one window a stop, two loads, shifts, prizes and reloads. What it has no words
for is made no harder than it is: several windows become the stretch from the first to the
last, a stop that a vehicle may not serve lies very far away for it, and hours in which
nothing may move are left out. The answer is judged by the full problem afterwards.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import attrs
import numpy as np
import pyvrp

from silog_core.solvers.routing.proposals import remaining

if TYPE_CHECKING:
    from silog_core.domain.routing import RoutingProblem, VehicleType, Window

#: Farther than any way, and small enough that sums stay within 64 bits [m, s].
_FAR = 10**12
_TOP = int(np.iinfo(np.int64).max)


@attrs.frozen
class Translation:
    """The problem as PyVRP takes it, and what its numbers stand for."""

    data: pyvrp.ProblemData
    #: Client of the problem for each client of PyVRP.
    clients: tuple[int, ...]
    #: Vehicle type of the problem for each type of PyVRP.
    types: tuple[int, ...]


def translate(problem: RoutingProblem) -> Translation | None:
    """Return the problem without what has left already; None when nothing can be done."""
    clients, left = remaining(problem)
    types = [number for number, count in enumerate(left) if count > 0]
    if not clients or not types:
        return None
    sites = [*range(len(problem.depots)), *(len(problem.depots) + c for c in clients)]
    profiles, distances, durations = _profiles(problem, clients, types, sites)
    data = pyvrp.ProblemData(
        locations=[pyvrp.Location(0, 0) for _ in sites],
        clients=[
            _client(problem, c, len(problem.depots) + place) for place, c in enumerate(clients)
        ],
        depots=[
            pyvrp.Depot(number, **_opening(depot.windows))
            for number, depot in enumerate(problem.depots)
        ],
        vehicle_types=[
            _vehicle(problem, problem.vehicle_types[number], left[number], profile)
            for number, profile in zip(types, profiles, strict=True)
        ],
        distance_matrices=distances,
        duration_matrices=durations,
    )
    return Translation(data, tuple(clients), tuple(types))


def _opening(windows: Sequence[Window]) -> dict[str, Any]:
    return {"tw_early": windows[0][0], "tw_late": windows[-1][1]} if windows else {}


def _client(problem: RoutingProblem, number: int, location: int) -> pyvrp.Client:
    client = problem.clients[number]
    load = [client.mass_g, client.volume_cm3]
    return pyvrp.Client(
        location,
        delivery=[0, 0] if client.pickup else load,
        pickup=load if client.pickup else [0, 0],
        service_duration=client.service_s,
        prize=client.prize,
        required=client.required,
        **_opening(client.windows),
    )


def _vehicle(
    problem: RoutingProblem, kind: VehicleType, count: int, profile: int
) -> pyvrp.VehicleType:
    loads = problem.clients
    limits = (
        kind.payload_g if kind.payload_g is not None else sum(c.mass_g for c in loads),
        kind.volume_cm3 if kind.volume_cm3 is not None else sum(c.volume_cm3 for c in loads),
    )
    trips: dict[str, Any] = {}
    if kind.max_trips > 1:
        trips = {"reload_depots": [kind.depot], "max_reloads": kind.max_trips - 1}
    return pyvrp.VehicleType(
        num_available=min(count, len(loads)),
        capacity=list(limits),
        start_depot=kind.depot,
        end_depot=kind.depot,
        fixed_cost=kind.fixed_cost,
        tw_early=kind.shift_start_s,
        tw_late=kind.shift_end_s,
        shift_duration=_TOP if kind.max_duration_s is None else kind.max_duration_s,
        max_distance=_TOP if kind.max_distance_m is None else kind.max_distance_m,
        unit_distance_cost=kind.cost_per_m,
        unit_duration_cost=kind.cost_per_s,
        profile=profile,
        **trips,
    )


def _profiles(
    problem: RoutingProblem, clients: list[int], types: list[int], sites: list[int]
) -> tuple[list[int], list[Any], list[Any]]:
    """Return the profile of each type, and the matrices: one for ways and forbidden stops."""
    known: dict[tuple[int, tuple[int, ...]], int] = {}
    distances: list[Any] = []
    durations: list[Any] = []
    found = []
    for number in types:
        kind = problem.vehicle_types[number]
        barred = tuple(
            len(problem.depots) + place
            for place, c in enumerate(clients)
            if not problem.clients[c].skills <= kind.skills
        )
        key = (kind.profile, barred)
        if key not in known:
            known[key] = len(distances)
            way = problem.profiles[kind.profile]
            distances.append(_matrix(way.distance_m, sites, barred))
            durations.append(_matrix(way.duration_s, sites, barred))
        found.append(known[key])
    return found, distances, durations


def _matrix(rows: Any, sites: list[int], barred: Sequence[int]) -> Any:
    matrix = np.array([[rows[a][b] for b in sites] for a in sites], dtype=np.int64)
    matrix[:, list(barred)] = _FAR
    np.fill_diagonal(matrix, 0)
    return matrix
