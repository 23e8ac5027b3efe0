"""A scenario: everything that planning starts from."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property

import attrs

from silog_core.domain.elections import Election
from silog_core.domain.escorts import EscortPool
from silog_core.domain.fields import a_tuple, text, whole
from silog_core.domain.legs import Leg
from silog_core.domain.needs_rules import ItemRule, NeedsRule
from silog_core.domain.places import Place, PlaceKind
from silog_core.domain.presses import Press, Receiving
from silog_core.domain.stock import StockLot
from silog_core.domain.vehicles import FleetEntry
from silog_core.domain.workforce import Workforce
from silog_core.errors import FieldError


@attrs.frozen(kw_only=True)
class Handling:
    """Times and working hours of handling, the same everywhere in a scenario."""

    #: Unloading and hand-over at a stop [s].
    stop_s: int = attrs.field(default=900, validator=whole(0, "seconds"))
    #: Unloading, counting and hand-over of one kit on top [s].
    kit_s: int = attrs.field(default=60, validator=whole(0, "seconds"))
    #: First hour of the working day [0-23].
    first_hour: int = attrs.field(default=6, validator=whole(0, "hours", highest=23))
    #: Hour at which the working day ends [1-24].
    last_hour: int = attrs.field(default=18, validator=whole(1, "hours", highest=24))
    #: Rest between taking over and sending on [s].
    turnround_s: int = attrs.field(default=3600, validator=whole(0, "seconds"))
    #: Ballots that one worker sorts and folds a day [sheets].
    sheets_per_worker_day: int = attrs.field(default=770, validator=whole(1, "sheets"))
    #: Voters for one sorting worker; sets the size of each warehouse's crew.
    voters_per_worker: int = attrs.field(default=4500, validator=whole(1, "voters"))
    #: Kits that one warehouse packs a day, for each worker.
    kits_per_worker_day: int = attrs.field(default=8, validator=whole(1, "kits"))
    #: Local hour by which counting ends and boxes can leave stations [0-24].
    count_done_hour: int = attrs.field(default=18, validator=whole(0, "hours", highest=24))

    #: Whether a vehicle may spend a night at its home and at guarded places alone.
    guarded_nights: bool = attrs.field(
        default=False, validator=attrs.validators.instance_of(bool)
    )
    #: Whether unloading counts against the hours that a vehicle has in a day.
    in_day: bool = attrs.field(default=False, validator=attrs.validators.instance_of(bool))

    def __attrs_post_init__(self) -> None:
        if self.last_hour <= self.first_hour:
            raise FieldError(
                f"the working day ends at {self.last_hour} but begins at {self.first_hour}",
                "give a last_hour after first_hour",
            )


@attrs.frozen(kw_only=True)
class Scenario:
    """Places, legs, stock and fleet of one election, with overrides of rules.

    Legs, items and rates that it does not list are derived from the rule book.
    """

    title: str = attrs.field(validator=text("a title"))
    election: Election
    places: tuple[Place, ...] = attrs.field(validator=a_tuple)
    legs: tuple[Leg, ...] = attrs.field(default=(), validator=a_tuple)
    stock: tuple[StockLot, ...] = attrs.field(default=(), validator=a_tuple)
    fleet: tuple[FleetEntry, ...] = attrs.field(default=(), validator=a_tuple)
    #: Items that stand in for those of the rule book.
    items: tuple[ItemRule, ...] = attrs.field(default=(), validator=a_tuple)
    #: Rates that stand in for those of the rule book.
    rates: tuple[NeedsRule, ...] = attrs.field(default=(), validator=a_tuple)
    handling: Handling = attrs.field(factory=Handling)
    #: Who can ride along, region by region.
    escorts: tuple[EscortPool, ...] = attrs.field(default=(), validator=a_tuple)
    #: Who sorts and packs, region by region.
    workforces: tuple[Workforce, ...] = attrs.field(default=(), validator=a_tuple)
    #: Output of printers; without one, lots are there on the date of their own.
    presses: tuple[Press, ...] = attrs.field(default=(), validator=a_tuple)
    #: Who counts what arrives, region by region; without them it takes no time.
    receivings: tuple[Receiving, ...] = attrs.field(default=(), validator=a_tuple)
    #: What is estimated, and how: printed on the plan.
    estimates: tuple[str, ...] = attrs.field(default=(), validator=a_tuple)

    @cached_property
    def by_code(self) -> Mapping[str, Place]:
        """Places by their code."""
        return {p.code: p for p in self.places}

    @cached_property
    def children(self) -> Mapping[str, tuple[Place, ...]]:
        """Places by the code of the place that supplies them, in code order."""
        found: dict[str, list[Place]] = {}
        for place in self.places:
            if place.parent:
                found.setdefault(place.parent, []).append(place)
        return {k: tuple(sorted(v, key=lambda p: p.code)) for k, v in found.items()}

    def of_kind(self, kind: PlaceKind) -> tuple[Place, ...]:
        """Return the places of one kind, in code order."""
        return self._by_kind.get(kind, ())

    @cached_property
    def _by_kind(self) -> Mapping[PlaceKind, tuple[Place, ...]]:
        found: dict[PlaceKind, list[Place]] = {}
        for place in self.places:
            found.setdefault(place.kind, []).append(place)
        return {k: tuple(sorted(v, key=lambda p: p.code)) for k, v in found.items()}
