"""Loads of the line haul: what rides together on one vehicle, full loads first."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

import attrs

from silog_core.domain.calendar import DAY_S
from silog_core.domain.demand import Commodity
from silog_core.domain.plan import Load
from silog_core.domain.vehicles import Vehicle
from silog_core.planning.haul_ways import Stretch


@attrs.frozen(kw_only=True)
class Parcel:
    """Pieces of one line that wait at the tail of a stretch, and when they are due ahead."""

    load: Load
    mass_g: int
    volume_cm3: int
    due_s: int
    line: int
    #: When they can leave the tail at the earliest [s].
    ready_s: int
    #: Rides with what is due at the same moment only, as late as it can.
    hurried: bool
    stretch: Stretch


@attrs.define(kw_only=True)
class Cargo:
    """What one vehicle carries, for one place or for several on its way."""

    parcels: list[Parcel] = attrs.field(factory=list)

    @property
    def mass_g(self) -> int:
        """Mass of all [g]."""
        return sum(p.mass_g * p.load.quantity for p in self.parcels)

    @property
    def volume_cm3(self) -> int:
        """Room of all [cm3]."""
        return sum(p.volume_cm3 * p.load.quantity for p in self.parcels)

    @property
    def stretch(self) -> Stretch:
        """The way of the vehicle: that of what goes farthest."""
        return max((p.stretch for p in self.parcels), key=lambda s: len(s.legs))

    @property
    def halts(self) -> tuple[Stretch, ...]:
        """Where it hands over, each as the stretch that ends there."""
        ends = {p.stretch.key: p.stretch for p in self.parcels}
        return tuple(sorted(ends.values(), key=lambda s: len(s.legs)))

    @property
    def leaves_s(self) -> int:
        """About when it leaves at the latest, were there no nights [s]."""
        return min(p.due_s - p.stretch.travel_s for p in self.parcels)

    def at(self, stretch: Stretch) -> list[Parcel]:
        """Return what is handed over at the end of a stretch."""
        return [p for p in self.parcels if p.stretch.key == stretch.key]

    def merged(self, stretch: Stretch) -> tuple[Load, ...]:
        """Return what is handed over at the end of a stretch, one load a ware and place."""
        total: dict[tuple[str, Commodity], int] = {}
        for parcel in self.at(stretch):
            key = (parcel.load.to, parcel.load.commodity)
            total[key] = total.get(key, 0) + parcel.load.quantity
        return tuple(
            Load(commodity=ware, quantity=quantity, to=to)
            for (to, ware), quantity in sorted(
                total.items(), key=lambda x: (x[0][0], str(x[0][1]))
            )
        )


def cargos(
    parcels: Iterable[Parcel], biggest: Vehicle, too_big: list[Parcel]
) -> Iterator[tuple[Cargo, bool]]:
    """Yield loads for one stretch, what is due first in the first one, and if it is full.

    What fits no vehicle is appended to *too_big*.
    """
    cargo, mass, volume = Cargo(), 0, 0
    for parcel in sorted(
        parcels, key=lambda p: (p.hurried, p.due_s, p.load.to, str(p.load.commodity))
    ):
        # What is due days later may not even be ready when this vehicle leaves.
        apart_s = 0 if parcel.hurried else DAY_S
        if cargo.parcels and not 0 <= parcel.due_s - cargo.parcels[0].due_s <= apart_s:
            yield cargo, False
            cargo, mass, volume = Cargo(), 0, 0
        left = parcel.load.quantity
        while left:
            fits = min(
                left,
                _pieces(biggest.payload_g - mass, parcel.mass_g),
                _pieces(biggest.volume_cm3 - volume, parcel.volume_cm3),
            )
            if fits:
                cargo.parcels.append(
                    attrs.evolve(parcel, load=attrs.evolve(parcel.load, quantity=fits))
                )
                mass += fits * parcel.mass_g
                volume += fits * parcel.volume_cm3
                left -= fits
            if left:
                if not cargo.parcels:
                    too_big.append(parcel)
                    break
                yield cargo, True
                cargo, mass, volume = Cargo(), 0, 0
    if cargo.parcels:
        yield cargo, False


def _pieces(room: int, each: int) -> int:
    return room // each if each else 10**12


def joined(
    rests: Sequence[tuple[Cargo, Vehicle]], skills: Mapping[str, tuple[str, ...]]
) -> Iterator[Cargo]:
    """Yield loads that fill no vehicle alone, together where one drives past the other's end.

    A load joins one that goes its way and farther, at about the same time, if the
    biggest vehicle there takes both.

    Args:
        rests: Loads with the biggest vehicle that may drive their stretch.
        skills: What some places ask of a vehicle that stops there.
    """
    done: list[tuple[Cargo, Vehicle]] = []
    for rest, biggest in sorted(
        rests,
        key=lambda r: (-len(r[0].stretch.legs), r[0].stretch.key, r[0].leaves_s),
    ):
        for trunk, vehicle in done:
            asked = skills.get(rest.stretch.head, ())
            if set(asked) <= set(vehicle.skills) and _rides_along(rest, trunk, vehicle):
                trunk.parcels += rest.parcels
                break
        else:
            done.append((rest, biggest))
    for cargo, _ in done:
        yield cargo


def _rides_along(rest: Cargo, trunk: Cargo, vehicle: Vehicle) -> bool:
    return (
        trunk.stretch.key != rest.stretch.key
        and trunk.stretch.leads_by(rest.stretch)
        and not any(p.hurried for p in (*trunk.parcels, *rest.parcels))
        and abs(trunk.leaves_s - rest.leaves_s) <= DAY_S
        and trunk.mass_g + rest.mass_g <= vehicle.payload_g
        and trunk.volume_cm3 + rest.volume_cm3 <= vehicle.volume_cm3
    )
