"""The clock of the checker of routes: drives one route and notes what goes wrong."""

from __future__ import annotations

from typing import TYPE_CHECKING

import attrs

if TYPE_CHECKING:
    from silog_core.domain.routing import Route, RoutingProblem, VehicleType
    from silog_core.domain.routing_limits import Window


@attrs.frozen(kw_only=True)
class RouteViolation:
    """One limit that a plan breaks."""

    #: Stable word for programs, such as ``late`` or ``payload``.
    code: str
    text: str
    #: By how much, in the unit that the text names.
    amount: int = 1
    #: Index of the route in the plan, None when the plan as a whole is meant.
    route: int | None = None
    #: Index of the client, None when the route as a whole is meant.
    client: int | None = None


class RouteDrive:
    """Drives one route by the clock and notes what goes wrong.

    It goes as early as it can: it waits for opening hours, and where a leg or a visit
    would meet a time in which the vehicle stands.
    """

    def __init__(
        self, problem: RoutingProblem, number: int, route: Route, kind: VehicleType, name: str
    ) -> None:
        """Take the route, its place in the plan, and its name in texts."""
        self.problem, self.number, self.route = problem, number, route
        self.kind, self.name = kind, name
        self.profile = problem.profiles[kind.profile]
        self.found: list[RouteViolation] = []
        #: For each stop in order, when the vehicle arrives [s].
        self.arrivals: list[int] = []
        #: For each trip, when it leaves the depot and when it is back [s].
        self.spans: list[tuple[int, int]] = []
        #: Place, arrival and departure of each stay on the way [s].
        self._stays: list[tuple[int, int, int]] = []
        self._shut = {(leg.tail, leg.head): leg.windows for leg in self.profile.closed}

    def violations(self) -> list[RouteViolation]:
        """Drive the route and return what was found."""
        self._totals(*self.drive())
        return self.found

    def drive(self) -> tuple[int, int]:
        """Drive the route; return when it ends [s] and how far it goes [m]."""
        problem, kind, route = self.problem, self.kind, self.route
        depot = problem.depots[kind.depot]
        early = kind.shift_start_s - route.start_s
        if early > 0:
            self._note("shift", early, f"leaves {early} s before its shift")
        clock, metres, here = route.start_s, 0, kind.depot
        wait = _wait(depot.windows, clock)
        if wait != 0:
            self._note("depot", abs(wait or 1), f"leaves while {depot.name} is closed")
        came = clock
        for t, trip in enumerate(route.trips):
            if t:
                clock = self._still(clock, kind.reload_s) + kind.reload_s
            left = -1
            for place in (*(len(problem.depots) + c for c in trip), kind.depot):
                metres += self.profile.distance_m[here][place]
                takes = self.profile.duration_s[here][place]
                clock = self._leaves(clock, here, place, takes)
                self._stays.append((here, came, clock))
                left = clock if left < 0 else left
                came = clock + takes
                clock = self._visit(place, came)
                here = place
            self.spans.append((left, came))
        return clock, metres

    def _leaves(self, clock: int, here: int, place: int, takes: int) -> int:
        """Return when a leg is left for; the vehicle waits while it would meet a closure."""
        closed = (*self.kind.closed, *self._shut.get((here, place), ())) if takes else ()
        return _first_free(clock, takes, (*closed, *self.kind.nights, *self.route.rests))

    def _still(self, clock: int, takes: int) -> int:
        """Return when work at a place can begin, without meeting a rest."""
        return _first_free(clock, takes, (*self.kind.nights, *self.route.rests))

    def _visit(self, place: int, clock: int) -> int:
        """Return the end of a visit, its beginning for the depot."""
        depots = self.problem.depots
        if place < len(depots):
            windows, name, client, takes = depots[place].windows, depots[place].name, None, 0
        else:
            client = place - len(depots)
            stop = self.problem.clients[client]
            windows, name, takes = stop.windows, stop.name, stop.service_s
            self.arrivals.append(clock)
        while True:
            wait = _wait(windows, clock)
            if wait is None:
                late = clock - windows[-1][1]
                self._note(
                    "late",
                    late,
                    f"reaches {name} at {clock} s, {late} s after closing",
                    client,
                )
                wait, windows = 0, ()
            free = clock + wait
            if client is not None:
                free = self._still(free, takes)
            if free == clock:
                return clock + takes
            clock = free

    def _totals(self, clock: int, metres: int) -> None:
        kind, route = self.kind, self.route
        lasts = clock - route.start_s
        for code, unit, limit, value in (
            ("shift", "s", kind.shift_end_s, clock),
            ("duration", "s", kind.max_duration_s, lasts),
            ("distance", "m", kind.max_distance_m, metres),
        ):
            if limit is not None and value > limit:
                what = {"shift": "ends at", "duration": "lasts", "distance": "covers"}[code]
                self._note(code, value - limit, f"{what} {value} {unit}, limit {limit} {unit}")
        self._check_breaks(clock)
        self._check_nights()
        cost = kind.fixed_cost + kind.cost_per_m * metres + kind.cost_per_s * lasts
        for code, unit, claimed, value in (
            ("claimed-end", " s", route.end_s, clock),
            ("claimed-distance", " m", route.distance_m, metres),
            ("claimed-cost", "", route.cost, cost),
        ):
            if claimed != value:
                self._note(
                    code, abs(claimed - value), f"claims {claimed}{unit}, it is {value}{unit}"
                )

    def _check_breaks(self, end_s: int) -> None:
        """Note breaks that are due and not taken in time, at full length."""
        since = self.route.start_s
        rests = sorted(self.route.rests)
        for number, pause in enumerate(self.kind.breaks, 1):
            due = pause.due_s(since)
            taken = [
                (begins, ends)
                for begins, ends in rests
                if max(pause.earliest_s, since) <= begins <= due
                and ends - begins >= pause.duration_s
            ]
            if taken:
                since = min(begins for begins, _ in taken) + pause.duration_s
            elif end_s <= due:
                return  # back before it is due, and the next ones come after it
            else:
                self._note(
                    "break",
                    end_s - due,
                    f"takes no break {number} of {pause.duration_s} s by {due} s",
                )

    def _check_nights(self) -> None:
        """Note nights that the vehicle spends where nobody guards it."""
        depots, clients = len(self.problem.depots), self.problem.clients
        for begins, ends in self.kind.nights:
            for place, came, left in self._stays:
                hours = min(ends, left) - max(begins, came)
                if hours > 0 and place >= depots and not clients[place - depots].guarded:
                    stop = clients[place - depots].name
                    self._note(
                        "guard",
                        hours,
                        f"stands {hours} s of the night at {stop}, which is not guarded",
                        place - depots,
                    )

    def _note(self, code: str, amount: int, text: str, client: int | None = None) -> None:
        self.found.append(
            RouteViolation(
                code=code,
                amount=amount,
                text=f"{self.name} {text}",
                route=self.number,
                client=client,
            )
        )


def _first_free(clock: int, takes: int, still: tuple[Window, ...]) -> int:
    """Return the first time from *clock* on at which *takes* seconds meet no window."""
    moved = True
    while moved:
        moved = False
        for begins, ends in still:
            if clock < ends and begins < clock + takes:
                clock, moved = ends, True
    return clock


def _wait(windows: tuple[Window, ...], clock: int) -> int | None:
    """Return how long to wait for an open door, None when it stays shut."""
    if not windows:
        return 0
    waits = [max(0, opens - clock) for opens, closes in windows if clock <= closes]
    return min(waits, default=None)
