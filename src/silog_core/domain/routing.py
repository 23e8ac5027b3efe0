"""Rich routing: what must be carried, by which fleet, and the trips that carry it.

Times are seconds on one clock whose zero the caller chooses (midnight of the first day,
say); a time window is a pair (opens, closes) in which a visit must *begin*. Waiting is
allowed. Costs are whole numbers in a unit the caller chooses.
"""

from __future__ import annotations

import attrs
from attrs import field

from silog_core.domain.fields import maybe, whole
from silog_core.domain.routing_limits import FOREVER_S as FOREVER_S  # noqa: PLC0414 - exported
from silog_core.domain.routing_limits import Break, Escort, LegClosure, in_order
from silog_core.domain.routing_limits import Window as Window  # noqa: PLC0414 - exported
from silog_core.errors import FieldError

Matrix = tuple[tuple[int, ...], ...]


@attrs.frozen(kw_only=True)
class Depot:
    """A place where vehicles load, reload and end their day; it is guarded at night."""

    name: str
    #: Opening hours: a visit begins inside one; none given means always open.
    windows: tuple[Window, ...] = field(default=(), validator=in_order)


@attrs.frozen(kw_only=True)
class Client:
    """A stop that receives a load, or hands one over on the way back."""

    name: str
    mass_g: int = field(default=0, validator=whole(0, "grams"))
    volume_cm3: int = field(default=0, validator=whole(0, "cubic centimetres"))
    #: Hours in which the visit may begin; none given means any time.
    windows: tuple[Window, ...] = field(default=(), validator=in_order)
    #: Time the visit takes [s].
    service_s: int = field(default=0, validator=whole(0, "seconds"))
    #: What the vehicle must be able to do; all of them.
    skills: frozenset[str] = frozenset()
    #: Higher is served first when not everybody can be.
    priority: int = field(default=0, validator=whole(0, "steps"))
    #: False when the stop may be left out, which then costs its prize.
    required: bool = True
    #: What leaving out an optional stop costs.
    prize: int = field(default=0, validator=whole(0, "cost units"))
    #: True when the load is collected on the way back, after the trip's deliveries.
    pickup: bool = False
    #: Who must ride along on the trip, from its departure to its return.
    escorts: frozenset[str] = frozenset()
    #: True where boxes are guarded overnight, so that a vehicle may spend a night here.
    guarded: bool = False


@attrs.frozen(kw_only=True)
class VehicleType:
    """Vehicles that are alike, with one home depot."""

    name: str
    depot: int = field(default=0, validator=whole(0, "the depot's index"))
    count: int = field(default=1, validator=whole(0, "vehicles"))
    #: Most mass on board [g]; None is no limit.
    payload_g: int | None = field(default=None, validator=maybe(whole(0, "grams")))
    #: Most volume on board [cm3]; None is no limit.
    volume_cm3: int | None = field(
        default=None, validator=maybe(whole(0, "cubic centimetres"))
    )
    #: Paid once for each vehicle that leaves the depot.
    fixed_cost: int = field(default=0, validator=whole(0, "cost units"))
    cost_per_m: int = field(default=1, validator=whole(0, "cost units"))
    #: Paid for the time from departure to the last return, waiting included.
    cost_per_s: int = field(default=0, validator=whole(0, "cost units"))
    shift_start_s: int = field(default=0, validator=whole(0, "seconds"))
    shift_end_s: int = field(default=FOREVER_S, validator=whole(0, "seconds"))
    #: Longest time from departure to the last return [s].
    max_duration_s: int | None = field(default=None, validator=maybe(whole(0, "seconds")))
    #: Longest way in one shift, all trips together [m].
    max_distance_m: int | None = field(default=None, validator=maybe(whole(0, "metres")))
    #: Trips in one shift; between two the vehicle reloads at its depot.
    max_trips: int = field(default=1, validator=whole(1, "trips"))
    #: Time a reload takes [s].
    reload_s: int = field(default=0, validator=whole(0, "seconds"))
    skills: frozenset[str] = frozenset()
    #: Index of the profile whose matrices hold for it.
    profile: int = field(default=0, validator=whole(0, "the profile's index"))
    #: Times in which it may not be under way (night, prayer, ferry out of service): a
    #: leg lies wholly outside each pair, whose ends may be touched.
    closed: tuple[Window, ...] = field(default=(), validator=in_order)
    #: Rests of the crew, one after the other.
    breaks: tuple[Break, ...] = ()
    #: Times off shift: the vehicle neither drives nor serves, and stands at a depot or
    #: at a guarded stop, however long its trip is.
    nights: tuple[Window, ...] = field(default=(), validator=in_order)


@attrs.frozen(kw_only=True)
class Profile:
    """Distances and times between all places: depots first, then clients."""

    distance_m: Matrix = field(repr=False)
    duration_s: Matrix = field(repr=False)
    #: Legs that cannot be used at all times.
    closed: tuple[LegClosure, ...] = ()

    def __attrs_post_init__(self) -> None:
        """Check that both matrices are square and hold no negative number."""
        size = len(self.distance_m)
        for name in ("distance_m", "duration_s"):
            matrix = getattr(self, name)
            if len(matrix) != size or not all(
                len(row) == size and set(map(type, row)) == {int} and min(row) >= 0
                for row in matrix
            ):
                raise FieldError(
                    f"Profile.{name} is not a square of whole numbers of size {size}",
                    "give one row for each depot and client, with numbers from 0 on",
                )
        legs = [(leg.tail, leg.head) for leg in self.closed]
        if len(legs) != len(set(legs)) or any(max(leg) >= size for leg in legs):
            raise FieldError(
                "Profile.closed names a leg twice, or a place that is not there",
                f"give each leg once, between places below {size}",
            )


@attrs.frozen(kw_only=True)
class PinnedRoute:
    """A vehicle that has left already: its trips stay as they are."""

    vehicle_type: int = field(validator=whole(0, "the type's index"))
    trips: tuple[tuple[int, ...], ...]


@attrs.frozen(kw_only=True)
class RoutingProblem:
    """Clients, a fleet, and the ways between them.

    Example:
        >>> way = ((0, 5, 9), (5, 0, 4), (9, 4, 0))
        >>> problem = RoutingProblem(
        ...     depots=(Depot(name="hub"),),
        ...     clients=(Client(name="a", mass_g=2), Client(name="b", mass_g=3)),
        ...     vehicle_types=(VehicleType(name="truck", payload_g=5),),
        ...     profiles=(Profile(distance_m=way, duration_s=way),),
        ... )
        >>> len(problem.clients)
        2
    """

    depots: tuple[Depot, ...]
    clients: tuple[Client, ...]
    vehicle_types: tuple[VehicleType, ...]
    profiles: tuple[Profile, ...]
    #: Vehicles that have left: part of the plan, never changed.
    pinned: tuple[PinnedRoute, ...] = ()
    #: Who can ride along, and how many of them there are.
    escorts: tuple[Escort, ...] = ()

    def __attrs_post_init__(self) -> None:
        """Check that every index points at something and every matrix fits."""
        size = len(self.depots) + len(self.clients)
        if not self.depots:
            raise FieldError("RoutingProblem.depots is empty", "give at least one depot")
        for i, profile in enumerate(self.profiles):
            if len(profile.distance_m) != size:
                raise FieldError(
                    f"RoutingProblem.profiles[{i}] has {len(profile.distance_m)} rows",
                    f"give one row for each depot and client, {size} in all",
                )
        for i, kind in enumerate(self.vehicle_types):
            if kind.depot >= len(self.depots) or kind.profile >= len(self.profiles):
                raise FieldError(
                    f"RoutingProblem.vehicle_types[{i}] names depot {kind.depot} and "
                    f"profile {kind.profile}",
                    f"use depots below {len(self.depots)} and profiles below "
                    f"{len(self.profiles)}",
                )
        names = [escort.name for escort in self.escorts]
        unknown = sorted({e for c in self.clients for e in c.escorts} - {*names})
        if unknown or len(names) != len(set(names)):
            raise FieldError(
                f"RoutingProblem.escorts names {', '.join(names) or 'nobody'}"
                + (f"; stops ask for {', '.join(unknown)}" if unknown else ""),
                "name everybody whom stops ask for, once, with 0 where there is nobody",
            )
        stops = [c for route in self.pinned for trip in route.trips for c in trip]
        if (
            len(stops) != len(set(stops))
            or any(not 0 <= c < len(self.clients) for c in stops)
            or any(r.vehicle_type >= len(self.vehicle_types) for r in self.pinned)
        ):
            raise FieldError(
                "RoutingProblem.pinned names a client twice, or one that is not there",
                "name each client in at most one pinned trip, by its index",
            )


@attrs.frozen(kw_only=True)
class Route:
    """What one vehicle does in its shift."""

    vehicle_type: int
    #: Client indexes, one tuple for each trip.
    trips: tuple[tuple[int, ...], ...]
    #: Departure from the depot [s].
    start_s: int
    #: Last return to the depot [s].
    end_s: int
    distance_m: int
    cost: int
    #: Times in which the vehicle stands by choice: breaks, and nights spent on the way.
    rests: tuple[Window, ...] = ()


@attrs.frozen(kw_only=True)
class Reason:
    """Why one way of serving a stop does not work, and what would help."""

    #: Stable word for programs, such as ``capacity`` or ``window``.
    code: str
    text: str
    action: str


@attrs.frozen(kw_only=True)
class Unserved:
    """A stop that no vehicle visits, with one reason for each alternative."""

    client: int
    reasons: tuple[Reason, ...] = ()


@attrs.frozen(kw_only=True)
class RoutingSolution:
    """Routes, and the stops that none of them reaches.

    Two solutions are equal when they plan the same; how long it took does not count.
    """

    routes: tuple[Route, ...]
    unserved: tuple[Unserved, ...] = ()
    #: Of the routes, plus the prizes of the optional stops left out.
    cost: int
    iterations: int = 0
    #: True when every required stop is served.
    feasible: bool = True
    seconds: float = field(default=0.0, eq=False)
