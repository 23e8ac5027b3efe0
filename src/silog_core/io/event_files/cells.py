"""Cells of event tables: parties, quantities and counts as short texts, and back."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import datetime, timedelta, timezone

from silog_core.domain.custody_events import Count, EventId, Measure, Quantity
from silog_core.domain.custody_roles import Party
from silog_core.domain.demand import Commodity
from silog_core.errors import FieldError

_SIGNS = re.compile(r"[%:;=,\"]|^[ ]|[ ]$")
_CODED = re.compile(r"%([0-9A-F]{2})")


def atom(text: str) -> str:
    """Return *text* with the signs that set cells apart written as ``%3A``.

    Example:
        >>> atom("CV Maju"), atom("a:b")
        ('CV Maju', 'a%3Ab')
    """
    return _SIGNS.sub(lambda found: f"%{ord(found[0]):02X}", text)


def plain_atom(cell: str) -> str:
    """Return what `atom` wrote."""
    return _CODED.sub(lambda found: chr(int(found[1], 16)), cell.strip())


def listed(values: Iterable[str]) -> str:
    """Return texts as one cell, with semicolons between them."""
    return ";".join(atom(value) for value in values)


def list_in(cell: str) -> tuple[str, ...]:
    """Return the texts of a cell."""
    return tuple(plain_atom(part) for part in cell.split(";") if part.strip())


def stated_cell(stated: Iterable[tuple[str, Iterable[str]]]) -> str:
    """Return the serial numbers of units as ``unit=serial,serial``.

    Example:
        >>> stated_cell([("BOX-1", ["S-1", "S-2"]), ("BOX-2", [])])
        'BOX-1=S-1,S-2;BOX-2='
    """
    return ";".join(f"{atom(unit)}={','.join(map(atom, seals))}" for unit, seals in stated)


def stated_in(cell: str) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Return the serial numbers of each unit of a cell.

    Raises:
        FieldError: A part of it names no unit.
    """
    found = []
    for part in filter(str.strip, cell.split(";")):
        unit, sign, seals = part.partition("=")
        if not sign:
            raise FieldError(f"{part!r} names no unit", "write it like BOX-1=S-1,S-2")
        told = tuple(plain_atom(seal) for seal in seals.split(",") if seal.strip())
        found.append((plain_atom(unit), told))
    return tuple(found)


def party_cell(party: Party | None) -> str:
    """Return a party as ``role:office`` or ``role:office:person``; nothing for None."""
    if party is None:
        return ""
    names = (party.role.value, party.office, party.person)
    return ":".join(atom(name) for name in names if name)


def party_in(cell: str) -> Party:
    """Return the party of a cell.

    Raises:
        FieldError: It is not written as ``role:office``.
    """
    names = [plain_atom(part) for part in cell.split(":")]
    if len(names) not in {2, 3}:
        raise FieldError(f"{cell!r} is no party", "write role:office")
    try:
        return Party(*names)
    except ValueError as wrong:
        raise FieldError(
            f"{names[0]!r} is no role", "use a role of docs/custody.md"
        ) from wrong


def _numbered(names: Iterable[str], pieces: int) -> str:
    return f"{':'.join(atom(name) for name in names).rstrip(':')}={pieces}"


def quantity_cell(quantity: Quantity) -> str:
    """Return ``item:area:lot=pieces``; empty names at the end are left out.

    Example:
        >>> quantity_cell(Quantity(Commodity(item="box"), 3))
        'box=3'
    """
    made_of = quantity.commodity
    return _numbered((made_of.item, made_of.area, quantity.lot), quantity.pieces)


def count_cell(count: Count) -> str:
    """Return ``measure:item:area=pieces``."""
    made_of = count.commodity
    return _numbered((count.measure.value, made_of.item, made_of.area), count.pieces)


def _numbered_in(part: str, names: int) -> tuple[list[str], int]:
    name, sign, number = part.partition("=")
    found = [plain_atom(one) for one in name.split(":")]
    number = number.strip()
    if not sign or not number.isascii() or not number.isdecimal() or len(found) > names:
        raise FieldError(f"{part!r} is no name with a number", "write it like box=12")
    return [*found, *[""] * (names - len(found))], int(number)


def quantities_in(cell: str) -> tuple[Quantity, ...]:
    """Return the quantities of a cell.

    Example:
        >>> quantities_in("ballot:12:LOT-1=300;box=2")[1].pieces
        2
    """
    found = []
    for part in filter(None, cell.split(";")):
        (item, area, lot), pieces = _numbered_in(part, 3)
        found.append(Quantity(Commodity(item=item, area=area), pieces, lot))
    return tuple(found)


def counts_in(cell: str) -> tuple[Count, ...]:
    """Return the counts of a cell, such as ``used:ballot:12=240``."""
    found = []
    for part in filter(None, cell.split(";")):
        (measure, item, area), pieces = _numbered_in(part, 3)
        try:
            found.append(Count(Commodity(item=item, area=area), Measure(measure), pieces))
        except ValueError as wrong:
            if isinstance(wrong, FieldError):
                raise
            names = ", ".join(one.value for one in Measure)
            raise FieldError(f"{measure!r} is no measure", f"use one of {names}") from wrong
    return tuple(found)


def pairs_cell(pairs: Iterable[tuple[str, str | int]]) -> str:
    """Return ``key=value``; a text that could be taken for a number gets an apostrophe."""
    return ";".join(f"{atom(key)}={_value(value)}" for key, value in pairs)


def _value(value: str | int) -> str:
    if isinstance(value, int):
        return str(value)
    mark = "'" if value.isdecimal() or value.startswith("'") else ""
    return mark + atom(value)


def pairs_in(cell: str) -> tuple[tuple[str, str | int], ...]:
    """Return the keys and values of a cell.

    Example:
        >>> pairs_in("unit-price-rupiah=400;due=2024-10-29;lot='12")
        (('unit-price-rupiah', 400), ('due', '2024-10-29'), ('lot', '12'))
    """
    found: list[tuple[str, str | int]] = []
    for part in filter(None, cell.split(";")):
        key, sign, told = part.partition("=")
        if not sign:
            raise FieldError(f"{part!r} has no value", "write it like due=2024-10-29")
        told = told.strip()
        number = told.isascii() and told.isdecimal()
        value = int(told) if number else plain_atom(told.removeprefix("'"))
        found.append((plain_atom(key), value))
    return tuple(found)


def moment_cell(time_s: int, offset_min: int) -> str:
    """Return a moment as local time with its offset.

    Example:
        >>> moment_cell(1_732_500_000, 420)
        '2024-11-25T09:00:00+07:00'
        >>> moment_in("2024-11-25 09:00", 420)
        (1732500000, 420)
    """
    try:
        zone = timezone(timedelta(minutes=offset_min))
        return datetime.fromtimestamp(time_s, zone).isoformat(timespec="seconds")
    except (ValueError, OverflowError, OSError) as wrong:
        raise FieldError(
            f"a calendar cannot say the moment {time_s} s", "give one before the year 9999"
        ) from wrong


def moment_in(cell: str, offset_min: int) -> tuple[int, int]:
    """Return the moment [s since 1970, UTC] and the offset [minutes] of a cell.

    *offset_min* stands for an offset that is not written.
    """
    try:
        found = datetime.fromisoformat(cell)
    except ValueError as wrong:
        raise FieldError(f"{cell!r} is no time", "write it like 2024-11-26 18:00") from wrong
    if found.tzinfo is None:
        found = found.replace(tzinfo=timezone(timedelta(minutes=offset_min)))
    ahead = found.utcoffset()
    assert ahead is not None
    return int(found.timestamp()), int(ahead.total_seconds()) // 60


def event_id_in(cell: str) -> EventId:
    """Return the name of an event, ``device:number``."""
    device, sign, number = cell.rpartition(":")
    if not sign or not number.isdecimal():
        raise FieldError(f"{cell!r} names no event", "write it like tablet-1:17")
    return EventId(plain_atom(device), int(number))
