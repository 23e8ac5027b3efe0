"""Vehicles, boats and people that carry, and what a fleet has of them."""

from __future__ import annotations

import attrs

from silog_core.domain.fields import maybe, sorted_texts, text, whole
from silog_core.domain.legs import Mode
from silog_core.errors import FieldError


@attrs.frozen(kw_only=True)
class Vehicle:
    """A type of carrier: a truck, a boat, a porter."""

    type: str = attrs.field(validator=text("a type name such as truck-cdd"))
    mode: Mode = attrs.field(converter=Mode)
    #: Heaviest load [g].
    payload_g: int = attrs.field(validator=whole(1, "grams"))
    #: Bulkiest load [cm3].
    volume_cm3: int = attrs.field(validator=whole(1, "cubic centimetres"))
    #: Price of using one for the election [rupiah].
    fixed_cost_rupiah: int = attrs.field(default=0, validator=whole(0, "rupiah"))
    cost_per_km_rupiah: int = attrs.field(default=0, validator=whole(0, "rupiah"))
    #: Longest working day [h].
    hours_per_day: int = attrs.field(default=10, validator=whole(1, "hours", highest=24))
    skills: tuple[str, ...] = attrs.field(default=(), converter=sorted_texts)
    #: Where the figures come from.
    basis: str = ""
    #: Longest time on duty before the crew rests [s]; None is no rule.
    break_after_s: int | None = attrs.field(default=None, validator=maybe(whole(1, "seconds")))
    #: How long it then rests [s].
    break_s: int = attrs.field(default=0, validator=whole(0, "seconds"))

    def __attrs_post_init__(self) -> None:
        if (self.break_after_s is None) != (self.break_s == 0):
            raise FieldError(
                f"vehicle {self.type} says half of a rest: after {self.break_after_s} s on"
                f" duty, {self.break_s} s long",
                "give both break_after_s and break_s, or neither",
            )


@attrs.frozen(kw_only=True)
class FleetEntry:
    """How many of a vehicle type a place has."""

    vehicle: Vehicle
    #: Code of the place that the vehicles start from.
    home: str = attrs.field(validator=text("a place code"))
    #: How many there are; None is as many as are hired.
    count: int | None = attrs.field(default=None, validator=maybe(whole(0, "vehicles")))
