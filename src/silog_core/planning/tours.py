"""Tours: who drives where with which kits, before times are set."""

from __future__ import annotations

import attrs

from silog_core.domain.legs import Mode
from silog_core.domain.plan import UnservedKit
from silog_core.domain.vehicles import Vehicle


@attrs.frozen(kw_only=True)
class Pass:
    """A place on a leg that a vehicle drives through, and where its crew can rest."""

    place: str
    #: Time under way since the place before [s].
    travel_s: int
    #: Whether the vehicle may spend a night here.
    guarded: bool = False


@attrs.frozen(kw_only=True)
class Halt:
    """A stop of a tour: the place, its kits, and the leg that leads to it."""

    place: str
    kits: tuple[str, ...]
    length_m: int
    travel_s: int
    #: Places on the leg that the vehicle drives through.
    via: tuple[str, ...] = ()
    #: The same places with their times, where the crew's rests are asked for.
    passes: tuple[Pass, ...] = ()
    #: Handling that goods in bulk take here, on top of what every stop takes [s].
    bulk_s: int = 0
    #: Whether the vehicle may spend a night here.
    guarded: bool = False
    #: From which hour of a day until which it can be handed over here.
    open_hours: tuple[int, int] = (0, 24)


@attrs.frozen(kw_only=True)
class Tour:
    """One vehicle's way out from its home and back."""

    echelon: str
    home: str
    vehicle: Vehicle
    #: Vehicles of this type at the home; None is as many as are hired.
    count: int | None
    mode: Mode
    surface: str
    halts: tuple[Halt, ...]
    #: The leg from the last halt back home.
    back_length_m: int
    back_travel_s: int
    #: Months in which a leg of the tour is closed [1-12].
    months_closed: tuple[int, ...] = ()
    mass_g: int
    volume_cm3: int
    #: Who rides along, out and back.
    escorts: tuple[str, ...] = ()

    @property
    def distance_m(self) -> int:
        """Whole way, out and back [m]."""
        return sum(h.length_m for h in self.halts) + self.back_length_m

    @property
    def cost_rupiah(self) -> int:
        """Fixed and distance cost, the distance in started kilometres [rupiah]."""
        km = -(-self.distance_m // 1000)
        return self.vehicle.fixed_cost_rupiah + km * self.vehicle.cost_per_km_rupiah


@attrs.frozen(kw_only=True)
class Tours:
    """The tours of one regency, and the kits that no tour carries."""

    tours: tuple[Tour, ...]
    unserved: tuple[UnservedKit, ...] = ()
