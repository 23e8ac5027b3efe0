"""Events of the chain of custody: what happened to what, where, when, between whom."""

from __future__ import annotations

from collections.abc import Iterable
from enum import Enum
from functools import lru_cache
from itertools import pairwise
from typing import Any, NamedTuple

import attrs

from silog_core.domain.custody_kinds import Kind
from silog_core.domain.custody_roles import Party, plain
from silog_core.domain.demand import Commodity
from silog_core.errors import FieldError

#: Largest whole number that every JSON reader keeps exact.
LARGEST = 2**53 - 1


class EventId(NamedTuple):
    """Name of an event: the device that recorded it, and its number there, from 1."""

    device: str
    sequence: int

    def __str__(self) -> str:
        return f"{self.device}:{self.sequence}"


class Measure(Enum):
    """What a count counts."""

    #: Quantity on the delivery note (surat jalan).
    NOTE = "note"
    SURPLUS = "surplus"
    SHORTAGE = "shortage"
    COUNTED = "counted"
    GOOD = "good"
    DAMAGED = "damaged"
    #: Accounting of a station, by ballot.
    RECEIVED = "received"
    USED = "used"
    #: Returned by a voter as spoiled or wrongly punched.
    SPOILED = "spoiled"
    UNUSED = "unused"
    VALID = "valid"
    INVALID = "invalid"
    #: Voters who signed the attendance list.
    SIGNATURES = "signatures"
    #: Voters on the fixed list, movers and walk-ins who used their right.
    VOTERS_LISTED = "voters-listed"
    VOTERS_MOVED = "voters-moved"
    VOTERS_WALK_IN = "voters-walk-in"


def _whole(value: object, what: str, lowest: int = 0) -> None:
    if type(value) is not int or not lowest <= value <= LARGEST:
        raise FieldError(f"{what} is {value!r}", f"give a whole number, {lowest} or more")


def _composed(*texts: str) -> None:
    for text in texts:
        if text and plain(text, "an item, area or lot") != text:
            raise FieldError(f"{text!r} is not in composed form", "write it in Unicode's NFC")


@attrs.frozen
class Quantity:
    """Pieces of one commodity, and the lot that they come from if it is known."""

    commodity: Commodity
    pieces: int
    lot: str = ""

    def __attrs_post_init__(self) -> None:
        _whole(self.pieces, "Quantity.pieces", 1)
        _composed(self.commodity.item, self.commodity.area, self.lot)

    @property
    def key(self) -> tuple[str, str, str]:
        """Item, electoral area and lot: what it is a quantity of."""
        return (self.commodity.item, self.commodity.area, self.lot)


@attrs.frozen
class Count:
    """What somebody counted of one commodity."""

    commodity: Commodity
    measure: Measure = attrs.field(converter=Measure)
    pieces: int

    def __attrs_post_init__(self) -> None:
        _whole(self.pieces, "Count.pieces")
        _composed(self.commodity.item, self.commodity.area)

    @property
    def key(self) -> tuple[str, str, str]:
        """Item, electoral area and measure: what it is a count of."""
        return (self.commodity.item, self.commodity.area, self.measure.value)


def _names(values: Iterable[str]) -> tuple[str, ...]:
    found = tuple(values)
    return _ordered(found) if found else found


# Hand-overs name the same boxes and seals over and over.
@lru_cache(maxsize=1 << 14)
def _ordered(found: tuple[str, ...]) -> tuple[str, ...]:
    ordered = tuple(sorted({plain(value, "a code") for value in found}))
    return found if found == ordered else ordered


def _keyed(values: Iterable[Any]) -> tuple[Any, ...]:
    found = tuple(values)
    if len(found) < 2:
        return found
    ordered = sorted(found, key=lambda value: value.key)
    for one, next_one in pairwise(ordered):
        if one.key == next_one.key:
            raise FieldError(f"{one.key} is given twice", "give one number for each")
    return tuple(ordered)


def _pairs(values: Iterable[tuple[str, Any]]) -> tuple[tuple[str, Any], ...]:
    given = tuple(values)
    if not given:
        return given
    found = sorted((plain(key, "a key"), value) for key, value in dict(given).items())
    ordered = tuple(
        (key, plain(value, key) if isinstance(value, str) else value) for key, value in found
    )
    return given if given == ordered else ordered


def _stated(values: Iterable[tuple[str, Iterable[str]]]) -> tuple[Any, ...]:
    given = tuple(values)
    if not given:
        return given
    found = dict(given)
    ordered = tuple(sorted((plain(unit, "a code"), _names(found[unit])) for unit in found))
    # The same tuple serves all hand-overs of a unit: half a million events share it.
    return given if given == ordered else ordered


def _parties(values: Iterable[Party]) -> tuple[Party, ...]:
    found = tuple(values)
    if len(found) < 2:
        return found
    ordered = tuple(sorted(set(found)))
    return found if found == ordered else ordered


@attrs.frozen(kw_only=True)
class Event:
    """One entry of the record; never changed, only corrected by a later one.

    Example:
        >>> clerk = Party("operator", "12.71")
        >>> event = Event(
        ...     device="tablet-1",
        ...     sequence=1,
        ...     kind="packed",
        ...     time_s=1_732_500_000,
        ...     place="12.71",
        ...     author=clerk,
        ...     units=("BOX-1",),
        ... )
        >>> str(event.id), event.kind.title_id
        ('tablet-1:1', 'Dipak')
    """

    device: str
    #: Number on the device, from 1, without gaps.
    sequence: int
    kind: Kind = attrs.field(converter=Kind)
    #: When it happened [s since 1970, UTC], and local time ahead of UTC [minutes].
    time_s: int
    offset_min: int = 420
    #: When it was entered [s since 1970, UTC]; None is at once.
    recorded_s: int | None = None
    #: Code of the place where it happened.
    place: str
    #: Who records it.
    author: Party
    giver: Party | None = None
    receiver: Party | None = None
    witnesses: tuple[Party, ...] = attrs.field(default=(), converter=_parties)
    #: Number of the paper: delivery note, receipt, minutes.
    document: str = ""
    #: Codes of boxes, cartons and kits.
    units: tuple[str, ...] = attrs.field(default=(), converter=_names)
    #: Unit that the units and quantities are put into.
    container: str = ""
    #: Place that the units are for.
    destination: str = ""
    quantities: tuple[Quantity, ...] = attrs.field(default=(), converter=_keyed)
    counts: tuple[Count, ...] = attrs.field(default=(), converter=_keyed)
    seals_applied: tuple[str, ...] = attrs.field(default=(), converter=_names)
    seals_removed: tuple[str, ...] = attrs.field(default=(), converter=_names)
    seals_broken: tuple[str, ...] = attrs.field(default=(), converter=_names)
    #: Serial numbers on each unit at a hand-over, as its giver and its receiver read
    #: them: unit and serials; a unit with none is one whose seals are gone.
    seals_given: tuple[tuple[str, tuple[str, ...]], ...] = attrs.field(
        default=(), converter=_stated
    )
    seals_taken: tuple[tuple[str, tuple[str, ...]], ...] = attrs.field(
        default=(), converter=_stated
    )
    reason: str = ""
    #: Earlier event that this one stands in for.
    corrects: EventId | None = None
    #: What else the kind carries, such as ``unit-price-rupiah``: a text or whole number.
    facts: tuple[tuple[str, str | int], ...] = attrs.field(default=(), converter=_pairs)
    #: Commitments to what is kept beside the record: name and hexadecimal digest.
    commitments: tuple[tuple[str, str], ...] = attrs.field(default=(), converter=_pairs)
    #: Plan that it carries out, by digest.
    plan: str = ""

    def __attrs_post_init__(self) -> None:
        _whole(self.sequence, "Event.sequence", 1)
        _whole(self.time_s, "Event.time_s")
        if self.recorded_s is not None:
            _whole(self.recorded_s, "Event.recorded_s")
        if type(self.offset_min) is not int or not -720 <= self.offset_min <= 840:
            raise FieldError(
                f"Event.offset_min is {self.offset_min!r}", "give minutes from -720 to 840"
            )
        for name in ("device", "place"):
            self._keep(name, plain(getattr(self, name), f"Event.{name}"))
        for name in ("document", "container", "destination", "reason", "plan"):
            value = getattr(self, name)
            if value != "":
                self._keep(name, plain(value, f"Event.{name}"))
        if self.corrects is not None:
            plain(self.corrects.device, "Event.corrects")
            _whole(self.corrects.sequence, "Event.corrects", 1)
        for key, value in (*self.facts, *self.commitments):
            if not isinstance(value, str):
                _whole(value, f"Event.facts[{key}]")

    def _keep(self, name: str, value: str) -> None:
        if value is not getattr(self, name):
            object.__setattr__(self, name, value)

    @property
    def id(self) -> EventId:
        """Device and sequence."""
        return EventId(self.device, self.sequence)

    @property
    def order(self) -> tuple[int, str, int]:
        """Place in time: ties go by device and sequence."""
        return (self.time_s, self.device, self.sequence)

    def fact(self, key: str) -> str | int | None:
        """Return one of the facts, or None."""
        for name, value in self.facts:
            if name == key:
                return value
        return None
