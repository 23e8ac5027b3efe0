"""Vehicles of typed trips: which one it is, and whether there are enough."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import attrs

from silog_core.domain.legs import Mode
from silog_core.domain.places import Place, PlaceKind
from silog_core.domain.problems import Said
from silog_core.domain.scenario import Scenario
from silog_core.domain.typed_trips import TripFinding, TypedTrip
from silog_core.domain.vehicles import Vehicle
from silog_core.planning.judge.figures import GRAIN_S, cubic_metres, kilograms
from silog_core.planning.judge.texts import finding
from silog_core.rules.book import RuleBook

#: What drives to a place of any of these drives to where its kits change vehicles.
_BELOW = (PlaceKind.HUB, PlaceKind.VILLAGE, PlaceKind.STATION)


@attrs.frozen(kw_only=True)
class Outing:
    """A trip with its vehicle, and when that is away [s]."""

    trip: TypedTrip
    vehicle: Vehicle
    leaves_s: int
    back_s: int


def check_load(
    trip: TypedTrip,
    vehicle: Vehicle,
    size: tuple[int, int],
    limits: tuple[int | None, int | None],
) -> list[TripFinding]:
    """Find a load above what its vehicle takes, or what may be driven on its way.

    Args:
        trip: The trip.
        vehicle: What drives it.
        size: Mass and volume of the load [g], [cm3].
        limits: Most of both on the way; None is no limit.
    """
    found = []
    for text, unit, total, takes, limit in (
        ("payload", kilograms, size[0], vehicle.payload_g, limits[0]),
        ("volume", cubic_metres, size[1], vehicle.volume_cm3, limits[1]),
    ):
        most = min(takes, limit or takes)
        if total > most:
            found.append(
                finding(
                    text,
                    row=trip.row,
                    trip=trip.id,
                    vehicle=vehicle.type,
                    load=unit(total),
                    over=unit(total - most),
                    amount=total - most,
                )
            )
    return found


def vehicle_of(
    scenario: Scenario, book: RuleBook, trip: TypedTrip, home: Place, first: Place
) -> tuple[Vehicle, list[TripFinding]]:
    """Return the vehicle of a trip, and what is wrong with it.

    A home's own vehicles count; where it has none of a mode, what is hired there.
    """
    own = [entry for entry in scenario.fleet if entry.home == home.code]
    there = {entry.vehicle.type: entry.vehicle for entry in own if entry.count != 0}
    if trip.vehicle in there:
        return there[trip.vehicle], []
    modes = {entry.vehicle.mode for entry in own}
    hired = {
        vehicle.type: vehicle
        for mode in Mode
        if mode not in modes
        for kind in (_BELOW if first.kind is PlaceKind.LANDING else (first.kind,))
        for vehicle in book.typical_vehicles(mode, kind, home.region)
    }
    if trip.vehicle in hired:
        return hired[trip.vehicle], []
    # Judge the rest of the trip by what such a vehicle is elsewhere.
    known = [entry.vehicle for entry in scenario.fleet]
    known += [rule.vehicle for rule in book.vehicle_rules()]
    like = next(vehicle for vehicle in known if vehicle.type == trip.vehicle)
    has = ", ".join(sorted({*there, *hired})) or "-"
    return like, [
        finding(
            "vehicle",
            row=trip.row,
            trip=trip.id,
            home=home.code,
            vehicle=trip.vehicle,
            has=has,
        )
    ]


def is_away(outing: Outing, at_s: int) -> bool:
    """Return whether a trip is still out at a moment; people type whole minutes."""
    return outing.back_s >= at_s + GRAIN_S


def check_fleet(
    scenario: Scenario, outings: Sequence[Outing], when: Callable[[int], Said]
) -> list[TripFinding]:
    """Find more vehicles out at once than a home has, and one that is on two trips."""
    counts = {(e.home, e.vehicle.type): e.count for e in scenario.fleet}
    found: list[TripFinding] = []
    out: dict[tuple[str, str], list[Outing]] = {}
    for outing in sorted(outings, key=lambda o: (o.leaves_s, o.back_s, o.trip.row)):
        trip = outing.trip
        key = (trip.home, trip.vehicle)
        away = [o for o in out.get(key, ()) if is_away(o, outing.leaves_s)]
        out[key] = [*away, outing]
        limit = counts.get(key)
        if limit and len(away) >= limit:
            found.append(
                finding(
                    "fleet",
                    row=trip.row,
                    trip=trip.id,
                    vehicle=trip.vehicle,
                    home=trip.home,
                    count=len(away) + 1,
                    limit=limit,
                    amount=len(away) + 1 - limit,
                    next=when(sorted(o.back_s for o in away)[len(away) - limit]),
                )
            )
        found += [
            finding(
                "two-at-once",
                row=trip.row,
                trip=trip.id,
                vehicle=trip.vehicle,
                unit=trip.unit,
                other=other.trip.id,
                at=when(other.back_s),
                amount=other.back_s - outing.leaves_s,
            )
            for other in away
            if trip.unit is not None and trip.unit == other.trip.unit
        ]
    return found
