"""Vehicles at a home, by mode and kind of place, and the ways that they drive."""

from __future__ import annotations

import attrs

from silog_core.domain.legs import Mode
from silog_core.domain.places import ECHELONS, Place, PlaceKind
from silog_core.domain.scenario import Scenario
from silog_core.domain.vehicles import Vehicle
from silog_core.network.travel import Travel, Way
from silog_core.rules.book import RuleBook


@attrs.frozen(kw_only=True)
class Group:
    """Places that the same vehicles of a home can serve."""

    kind: PlaceKind
    mode: Mode
    surface: str
    #: Heaviest and bulkiest load [g], [cm3]; None is no limit.
    limit: tuple[int | None, int | None]

    @property
    def order(self) -> tuple[str, str, str, int, int]:
        """Sort key."""
        return (
            self.kind.value, self.mode.value, self.surface, self.limit[0] or 0,
            self.limit[1] or 0,
        )  # fmt: skip


@attrs.frozen(kw_only=True)
class Ride:
    """A vehicle type at a home: what carries, and how many there are."""

    vehicle: Vehicle
    count: int | None


def rides_of(
    scenario: Scenario, book: RuleBook, home: Place, group: Group
) -> tuple[Ride, ...]:
    """Return the fleet of a home by mode, within limits; hired types where none is listed.

    A type that is listed with a count of 0 is there no more, and nothing is hired for it.
    """
    listed = [
        e for e in scenario.fleet if e.home == home.code and e.vehicle.mode is group.mode
    ]
    if listed:
        rides = [
            Ride(vehicle=limited(e.vehicle, *group.limit), count=e.count)
            for e in listed
            if e.count != 0
        ]
    else:
        # What drives to a place of any kind drives to where its kits change vehicles.
        to = ECHELONS[2:] if group.kind is PlaceKind.LANDING else (group.kind,)
        hired = {
            v.type: v for k in to for v in book.typical_vehicles(group.mode, k, home.region)
        }
        rides = [Ride(vehicle=limited(v, *group.limit), count=None) for v in hired.values()]
    return tuple(sorted(rides, key=lambda r: r.vehicle.type))


def limited(vehicle: Vehicle, payload_g: int | None, volume_cm3: int | None) -> Vehicle:
    """Return a vehicle that takes no more than a limit; None is no limit."""
    return attrs.evolve(
        vehicle,
        payload_g=min(vehicle.payload_g, payload_g or vehicle.payload_g),
        volume_cm3=min(vehicle.volume_cm3, volume_cm3 or vehicle.volume_cm3),
    )


def way_of_home(
    travel: Travel, home: Place, tail: Place, head: Place, mode: Mode, surface: str
) -> Way | None:
    """Return the way of a vehicle of *home* between two places, loading included.

    None means that no leg is given and a position or a speed is missing.
    """
    if tail.code == head.code:
        return Way(length_m=0, travel_s=0, basis="same place")
    way = travel.way(tail, head, mode, surface)
    if way is None or home.code not in (tail.code, head.code):
        return way
    rule = travel.speed(mode, surface, tail.region, head.region)
    if rule is None or way.basis == "given":
        return way  # a given leg's time has its transfers in it
    if not rule.transfer_s:
        return way
    return Way(
        length_m=way.length_m,
        travel_s=way.travel_s + rule.transfer_s,
        basis=way.basis,
        months_closed=way.months_closed,
    )
