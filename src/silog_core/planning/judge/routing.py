"""Judge trips that were typed for a routing problem, such as that of a published file."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING

import attrs

from silog_core.domain.routing import RoutingProblem
from silog_core.planning.judge.figures import plain
from silog_core.planning.judge.texts import finding
from silog_core.planning.route_check import check_routing, plan_as_typed
from silog_core.planning.route_drive import RouteDrive, RouteViolation

if TYPE_CHECKING:
    from silog_core.domain.routing import Route
    from silog_core.domain.typed_trips import TripFinding, TypedTrip

#: What the checker calls it, and the text for it, where they differ.
_TEXT_OF = {"fleet": "more-vehicles"}
#: Judged row by row, or not for people.
_SKIPPED = {"twice", "unserved", "fleet", "empty", "trips"}


def judge_problem_trips(
    problem: RoutingProblem,
    trips: Sequence[TypedTrip],
    *,
    time_scale: int = 1,
    load_scale: int = 1,
) -> list[TripFinding]:
    """List every limit of *problem* that typed trips break; empty when they are sound.

    Vehicles are numbers of vehicle types from 1, places are names of clients; each trip
    takes a vehicle of its own. A trip without a departure leaves as early as it may.

    Args:
        problem: Clients, fleet and ways.
        trips: What was typed.
        time_scale: Units of length and time in *problem* for one unit of the file.
        load_scale: The same for loads.
    """
    return _Judge(problem, trips, time_scale, load_scale).findings()


class _Judge:
    """Joins what the checker finds to the rows that were typed."""

    def __init__(
        self, problem: RoutingProblem, trips: Sequence[TypedTrip], time: int, load: int
    ) -> None:
        self.problem, self.trips, self.time, self.load = problem, trips, time, load
        number = {client.name: i for i, client in enumerate(problem.clients)}
        self.clients = [tuple(number[stop.place] for stop in trip.stops) for trip in trips]
        self.plan = plan_as_typed(
            problem,
            [
                (int(trip.vehicle) - 1, (clients,), self._departure(trip))
                for trip, clients in zip(trips, self.clients, strict=True)
            ],
        )

    def findings(self) -> list[TripFinding]:
        found = [
            self._said(violation)
            for violation in check_routing(self.problem, self.plan)
            if violation.route is not None and violation.code not in _SKIPPED
        ]
        found += [*self._visits(), *self._fleet()]
        for trip, route in zip(self.trips, self.plan.routes, strict=True):
            found += self._typed_figures(trip, route)
        return sorted(found, key=lambda f: f.order)

    def _departure(self, trip: TypedTrip) -> int:
        if trip.depart_s is not None:
            return trip.depart_s
        kind = self.problem.vehicle_types[int(trip.vehicle) - 1]
        hours = self.problem.depots[kind.depot].windows
        return max(kind.shift_start_s, hours[0][0] if hours else 0)

    def _said(self, violation: RouteViolation) -> TripFinding:
        trip = self.trips[violation.route or 0]
        kind = self.problem.vehicle_types[int(trip.vehicle) - 1]
        place, row, limit, at = "", trip.row, 0, 0
        if violation.client is not None:
            client = self.problem.clients[violation.client]
            place = client.name
            row = next(stop.row for stop in trip.stops if stop.place == place)
            if violation.code == "late":
                limit = client.windows[-1][1]
                at = limit + violation.amount
        elif violation.code == "late":
            place, row = self.problem.depots[kind.depot].name, trip.stops[-1].row
            limit = self.problem.depots[kind.depot].windows[-1][1]
            at = limit + violation.amount
        scale = self.load if violation.code in {"payload", "volume"} else self.time
        full = kind.payload_g if violation.code == "payload" else kind.volume_cm3
        return finding(
            _TEXT_OF.get(violation.code, violation.code),
            row=row,
            trip=trip.id,
            amount=violation.amount,
            vehicle=trip.vehicle,
            place=place,
            load=plain((full or 0) + violation.amount, scale),
            over=plain(violation.amount, scale),
            at=plain(at, scale),
            limit=plain(limit, scale),
        )

    def _visits(self) -> list[TripFinding]:
        found, seen = [], set()
        for trip in self.trips:
            for stop in trip.stops:
                if stop.place in seen:
                    found.append(
                        finding("again", row=stop.row, trip=trip.id, place=stop.place)
                    )
                seen.add(stop.place)
        found += [
            finding("unserved", place=client.name)
            for client in self.problem.clients
            if client.required and client.name not in seen
        ]
        return found

    def _fleet(self) -> list[TripFinding]:
        used: Counter[str] = Counter()
        found = []
        for trip in self.trips:
            used[trip.vehicle] += 1
            there = self.problem.vehicle_types[int(trip.vehicle) - 1].count
            if used[trip.vehicle] > there:
                found.append(
                    finding(
                        "more-vehicles",
                        row=trip.row,
                        trip=trip.id,
                        vehicle=trip.vehicle,
                        count=used[trip.vehicle],
                        limit=there,
                        amount=used[trip.vehicle] - there,
                    )
                )
        return found

    def _typed_figures(self, trip: TypedTrip, route: Route) -> list[TripFinding]:
        """Compare arrivals and loads that were typed with what they can be."""
        kind = self.problem.vehicle_types[route.vehicle_type]
        drive = RouteDrive(self.problem, 0, attrs.evolve(route, rests=()), kind, "")
        drive.drive()
        found = []
        for stop, client, arrives in zip(
            trip.stops, route.trips[0], drive.arrivals, strict=True
        ):
            if stop.arrive_s is not None and stop.arrive_s < arrives:
                found.append(
                    finding(
                        "arrival",
                        row=stop.row,
                        trip=trip.id,
                        place=stop.place,
                        typed=plain(stop.arrive_s, self.time),
                        at=plain(arrives, self.time),
                        amount=arrives - stop.arrive_s,
                    )
                )
            mass = self.problem.clients[client].mass_g
            if stop.load_g is not None and stop.load_g != mass:
                found.append(
                    finding(
                        "typed-load",
                        row=stop.row,
                        trip=trip.id,
                        place=stop.place,
                        typed=plain(stop.load_g, self.load),
                        load=plain(mass, self.load),
                        amount=abs(stop.load_g - mass),
                    )
                )
        return found
