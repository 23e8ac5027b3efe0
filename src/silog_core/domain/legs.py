"""Legs of the network: modes, speeds, access and closures."""

from __future__ import annotations

from enum import Enum

import attrs

from silog_core.domain.fields import each_within, maybe, text, whole


class Mode(Enum):
    """How cargo moves along a leg."""

    ROAD = "road"
    #: Ro-ro or cargo ship between ports.
    SEA = "sea"
    #: Small motor boat or sampan.
    BOAT = "boat"
    RIVER = "river"
    LAKE = "lake"
    AIR = "air"
    HELICOPTER = "helicopter"
    MOTORCYCLE = "motorcycle"
    HORSE = "horse"
    #: Carried by porters.
    FOOT = "foot"


@attrs.frozen(kw_only=True)
class Leg:
    """One way to move cargo from one place to the next, in that direction."""

    tail: str = attrs.field(validator=text("a place code"))
    head: str = attrs.field(validator=text("a place code"))
    mode: Mode = attrs.field(converter=Mode)
    #: Distance along the way [m].
    length_m: int = attrs.field(validator=whole(1, "metres"))
    #: Time under way, transfers at both ends included [s].
    travel_s: int = attrs.field(validator=whole(1, "seconds"))
    #: Price of moving one tonne along the whole leg [rupiah].
    cost_per_tonne_rupiah: int = attrs.field(default=0, validator=whole(0, "rupiah"))
    #: Heaviest load in all [g]; None is no limit.
    max_load_g: int | None = attrs.field(default=None, validator=maybe(whole(1, "grams")))
    #: Bulkiest load in all [cm3]; None is no limit.
    max_volume_cm3: int | None = attrs.field(
        default=None, validator=maybe(whole(1, "cubic centimetres"))
    )
    #: Months in which nothing moves [1-12].
    months_closed: tuple[int, ...] = attrs.field(
        default=(), validator=each_within(1, 12, "months")
    )
    #: Where the figures come from; ``derived`` for a leg made from positions.
    basis: str = "given"
    surface: str = ""

    @property
    def key(self) -> tuple[str, str, str]:
        """Tail, head and mode: what tells one leg from another."""
        return (self.tail, self.head, self.mode.value)
