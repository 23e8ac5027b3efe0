"""A routing problem as flat lists, the way the inner loops want it.

Nodes are numbered as in the matrices: depots first, then clients.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from silog_core.domain.routing import FOREVER_S, Matrix

if TYPE_CHECKING:
    from silog_core.domain.routing import RoutingProblem, VehicleType, Window

#: Stands for "no limit" in sums of grams, cubic centimetres, metres and seconds.
NO_LIMIT = 2**60

Rows = list[list[int]] | Matrix


class FlatProblem:
    """The lists. Built once for each problem, read only."""

    def __init__(self, problem: RoutingProblem) -> None:
        depots, clients = problem.depots, problem.clients
        kinds = problem.vehicle_types
        free = len(depots)
        self.problem = problem
        self.first_client = free
        self.size = free + len(clients)
        pinned = {c for route in problem.pinned for trip in route.trips for c in trip}
        #: Nodes of the clients that are still to be planned.
        self.clients = [free + i for i in range(len(clients)) if i not in pinned]
        pad = [0] * free
        self.mass = pad + [c.mass_g for c in clients]
        self.volume = pad + [c.volume_cm3 for c in clients]
        self.service = pad + [c.service_s for c in clients]
        self.pickup = [False] * free + [c.pickup for c in clients]
        hours = [d.windows for d in depots] + [c.windows for c in clients]
        self.opens = [w[0][0] if w else 0 for w in hours]
        self.closes = [w[-1][1] if w else FOREVER_S for w in hours]
        #: Windows of the nodes that have more than one, else None.
        self.several: list[tuple[Window, ...] | None] = [
            w if len(w) > 1 else None for w in hours
        ]
        self.kinds = kinds
        self.payload = [_limit(k.payload_g) for k in kinds]
        self.room = [_limit(k.volume_cm3) for k in kinds]
        self.max_distance = [_limit(k.max_distance_m) for k in kinds]
        self.max_duration = [_limit(k.max_duration_s) for k in kinds]
        self.distance = [problem.profiles[k.profile].distance_m for k in kinds]
        self.duration = [problem.profiles[k.profile].duration_s for k in kinds]
        self.cost = self._costs()
        #: True when some vehicle may go out again after a trip.
        self.reloads = any(k.max_trips > 1 for k in kinds)
        self.left = [k.count for k in kinds]
        for route in problem.pinned:
            self.left[route.vehicle_type] -= 1
        skilled = [(free + i, c.skills) for i, c in enumerate(clients) if c.skills]
        #: Nodes that a vehicle of the kind must not visit.
        self.barred = [{node for node, need in skilled if not need <= k.skills} for k in kinds]

        self.guarded = [True] * free + [c.guarded for c in clients]
        self.escorts = [frozenset[str]()] * free + [c.escorts for c in clients]
        self.escort_count = {escort.name: escort.count for escort in problem.escorts}
        shut = [{(g.tail, g.head): g.windows for g in p.closed} for p in problem.profiles]
        #: By kind: times in which single legs cannot be used.
        self.shut = [shut[k.profile] for k in kinds]
        #: True when tours have to be driven to know whether they can be.
        self.driven = (
            any(k.breaks or k.nights for k in kinds) or any(shut) or any(self.escorts)
        )

    def _costs(self) -> list[Rows]:
        """Return for each kind what going from node to node costs, service included."""
        made: dict[tuple[int, int, int], Rows] = {}
        return [
            made[key]
            if (key := (k.profile, k.cost_per_m, k.cost_per_s)) in made
            else made.setdefault(key, self._cost_rows(k))
            for k in self.kinds
        ]

    def _cost_rows(self, kind: VehicleType) -> Rows:
        profile = self.problem.profiles[kind.profile]
        per_m, per_s = kind.cost_per_m, kind.cost_per_s
        if not per_s:
            if per_m == 1:
                return profile.distance_m
            return [[per_m * d for d in row] for row in profile.distance_m]
        service = self.service
        return [
            [per_m * d + per_s * (t + s) for d, t, s in zip(far, long, service, strict=True)]
            for far, long in zip(profile.distance_m, profile.duration_s, strict=True)
        ]


def has_clock(flat: FlatProblem) -> bool:
    """Return whether a vehicle may have to wait somewhere."""
    return any(flat.opens) or any(flat.several) or any(k.closed for k in flat.kinds)


def _limit(value: int | None) -> int:
    return NO_LIMIT if value is None else value
