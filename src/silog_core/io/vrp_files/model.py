"""A published problem, with what is needed to report in the terms of its file."""

from __future__ import annotations

import math
from collections.abc import Sequence
from decimal import Decimal
from itertools import pairwise
from typing import TYPE_CHECKING

import attrs
from attrs import field

from silog_core.domain.routing import (
    Client,
    Depot,
    Matrix,
    Profile,
    RoutingProblem,
    VehicleType,
)

if TYPE_CHECKING:
    from silog_core.domain.routing import RoutingSolution

#: Whole units inside for one unit of a file with real distances.
FINE = 10_000

Numbers = Sequence[Sequence[float]]


@attrs.frozen(kw_only=True)
class Fleet:
    """Vehicles of one kind, in the numbers of the file."""

    count: int
    capacity: float | None = None
    depot: int = 0
    fixed: float = 0
    per_distance: float = 1
    #: Longest tour, service included.
    longest: float | None = None


@attrs.frozen(kw_only=True)
class Stop:
    """A client, in the numbers of the file."""

    number: int
    demand: float = 0
    service: float = 0
    window: tuple[float, float] | None = None


@attrs.frozen(kw_only=True)
class VrpFile:
    """A problem as it stands in a file, and as the solvers take it.

    Real distances are scaled and rounded *up* inside, so that a tour which keeps its
    windows there keeps them in the file; costs are reported from the real distances.
    """

    name: str
    #: ``vrplib``, ``solomon`` or ``cordeau``.
    style: str
    stops: tuple[Stop, ...]
    fleets: tuple[Fleet, ...]
    #: Distances of the file: depots first, then clients.
    distances: Numbers = field(repr=False)
    #: Hours of each depot.
    hours: tuple[tuple[float, float] | None, ...] = (None,)

    @property
    def scale(self) -> int:
        """Whole units inside for one unit of length or time in the file."""
        values = [d for row in self.distances for d in row]
        values += [v for stop in self.stops for v in (*(stop.window or ()), stop.service)]
        values += [f.longest for f in self.fleets if f.longest is not None]
        return 1 if all(v == int(v) for v in values) else FINE

    @property
    def load_scale(self) -> int:
        """Whole units inside for one unit of a load in the file."""
        return _whole_factor(
            [s.demand for s in self.stops]
            + [f.capacity for f in self.fleets if f.capacity is not None]
        )

    def problem(self) -> RoutingProblem:
        """Return the problem in whole numbers."""
        scale = self.scale
        rows: Matrix = tuple(
            tuple(math.ceil(d * scale) for d in row) for row in self.distances
        )
        price = _whole_factor([f.per_distance for f in self.fleets])
        weigh = self.load_scale
        return RoutingProblem(
            depots=tuple(
                Depot(name=f"depot {i + 1}", windows=_window(hours, scale))
                for i, hours in enumerate(self.hours)
            ),
            clients=tuple(
                Client(
                    name=str(stop.number),
                    mass_g=round(stop.demand * weigh),
                    windows=_window(stop.window, scale),
                    service_s=math.ceil(stop.service * scale),
                )
                for stop in self.stops
            ),
            vehicle_types=tuple(
                VehicleType(
                    name=f"vehicle {i + 1}",
                    depot=fleet.depot,
                    count=fleet.count,
                    payload_g=None
                    if fleet.capacity is None
                    else round(fleet.capacity * weigh),
                    fixed_cost=round(fleet.fixed * scale * price),
                    cost_per_m=round(fleet.per_distance * price),
                    max_duration_s=(
                        None if fleet.longest is None else math.floor(fleet.longest * scale)
                    ),
                )
                for i, fleet in enumerate(self.fleets)
            ),
            profiles=(Profile(distance_m=rows, duration_s=rows),),
        )

    def cost_of(self, plan: RoutingSolution) -> int | float:
        """Return what *plan* costs in the convention of the file, to six decimals."""
        cost = 0.0
        depots = len(self.hours)
        for route in plan.routes:
            fleet = self.fleets[route.vehicle_type]
            far = 0.0
            for trip in route.trips:
                way = (fleet.depot, *(depots + c for c in trip), fleet.depot)
                far += sum(self.distances[a][b] for a, b in pairwise(way))
            cost += fleet.fixed + fleet.per_distance * far
        return int(cost) if cost == int(cost) else round(cost, 6)

    def routes_of(self, plan: RoutingSolution) -> list[list[int]]:
        """Return the tours with clients numbered as in the file."""
        return [
            [self.stops[c].number for trip in route.trips for c in trip]
            for route in plan.routes
        ]


def _window(hours: tuple[float, float] | None, scale: int) -> tuple[tuple[int, int], ...]:
    if hours is None:
        return ()
    return ((math.ceil(hours[0] * scale), math.floor(hours[1] * scale)),)


def _whole_factor(values: list[float]) -> int:
    """Return the power of ten that makes all *values* whole.

    Example:
        >>> _whole_factor([1, 0.25, 3.5])
        100
    """
    places = [-int(Decimal(repr(v)).normalize().as_tuple().exponent) for v in values if v]
    return int(10 ** max([0, *places]))


def euclid(points: Sequence[tuple[float, float]], *, rounded: bool) -> list[list[float]]:
    """Return straight distances, to the nearest whole number when *rounded*.

    Example:
        >>> euclid([(0, 0), (1, 1)], rounded=True)
        [[0, 1], [1, 0]]
    """
    if rounded:
        return [[int(math.dist(a, b) + 0.5) for b in points] for a in points]
    return [[math.dist(a, b) for b in points] for a in points]
