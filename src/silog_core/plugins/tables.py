"""Rules of a plugin read from its CSV files: a column for each field.

A region pack keeps its figures in tables that an officer can open and check; this
turns their rows into rules, so that a pack needs no reading code of its own.
"""

from __future__ import annotations

import csv
import typing
from collections.abc import Iterable, Mapping
from datetime import date
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Any, TypeVar

import attrs

from silog_core.domain.calendar import DateRange
from silog_core.errors import FieldError, FileFormatError

T = TypeVar("T")

_ALL: Mapping[str, str] = MappingProxyType({})


def read_table(package: str, name: str) -> list[dict[str, str]]:
    """Return the rows of ``data/<name>`` of *package*, as texts by column.

    Args:
        package: Import name of the plugin's package.
        name: File name, such as ``speeds.csv``.

    Raises:
        FileNotFoundError: The package has no such file.
    """
    text = (files(package) / "data" / name).read_text(encoding="utf-8")
    return list(csv.DictReader(text.splitlines()))


def read_rules(
    package: str,
    name: str,
    kind: type[T],
    *,
    beside: Iterable[str] = (),
    where: Mapping[str, str] = _ALL,
) -> tuple[T, ...]:
    """Return one *kind* for each row of ``data/<name>`` of *package*.

    Args:
        package: Import name of the plugin's package.
        name: File name, such as ``speeds.csv``.
        kind: Class of the rules, such as ``SpeedRule``.
        beside: Columns that are for the reader of the table only.
        where: Takes only rows that have these texts in these columns.

    Raises:
        FileFormatError: A row cannot be read; the message names file and row.
    """
    skipped = set(beside)
    found = []
    # Row 1 is the heading, as spreadsheets count.
    for number, row in enumerate(read_table(package, name), start=2):
        if any(row.get(column) != cell for column, cell in where.items()):
            continue
        kept = {column: cell for column, cell in row.items() if column not in skipped}
        try:
            found.append(from_row(kind, kept))
        except (FieldError, ValueError, TypeError) as exc:
            raise FileFormatError(
                f"{package}/data/{name}, row {number}: {exc}",
                "mend the row; columns are field names, and empty cells keep the default",
            ) from exc
    return tuple(found)


def from_row(kind: type[T], row: Mapping[str, str]) -> T:
    """Return the *kind* whose fields the columns of *row* name.

    Empty cells keep the default. Lists are written with spaces between, flags as
    ``yes`` or ``no``, and a validity as ``valid_from`` and ``valid_to``.

    Raises:
        FieldError: A column is no field, or a value does not fit.

    Example:
        >>> from silog_core.domain.travel_rules import Closure
        >>> row = {
        ...     "scope": "12.14",
        ...     "name": "night",
        ...     "mode": "boat",
        ...     "months": "",
        ...     "hours": "0 1 2",
        ...     "reason": "boats sail by day",
        ...     "source": "harbour",
        ... }
        >>> closure = from_row(Closure, row)
        >>> closure.hours, closure.months
        ((0, 1, 2), ())
    """
    kinds = _field_kinds(typing.cast("Any", kind))
    given: dict[str, Any] = {}
    dates: dict[str, date] = {}
    for column, cell in row.items():
        text = (cell or "").strip()
        if column in ("valid_from", "valid_to"):
            if text:
                dates["first" if column == "valid_from" else "last"] = date.fromisoformat(text)
        elif column not in kinds:
            raise FieldError(
                f"{kind.__name__} has no field {column!r}",
                f"use {', '.join(sorted(kinds))}, or name the column in `beside`",
            )
        elif text:
            given[column] = _cell(kinds[column], text)
    if dates:
        given["valid"] = DateRange(**dates)
    return kind(**given)


@cache
def _field_kinds(kind: Any) -> dict[str, str]:
    """Return how a cell of each field is read, such as whole, flag or day."""
    hints = typing.get_type_hints(kind)
    return {a.name: _reading(hints[a.name]) for a in attrs.fields(kind) if a.init}


def _reading(hint: Any) -> str:
    parts = typing.get_args(hint) or (hint,)
    if bool in parts:
        return "flag"
    if typing.get_origin(hint) is tuple:
        return "wholes" if int in parts else "texts"
    if date in parts:
        return "day"
    return "whole" if int in parts else "text"


def _cell(reading: str, text: str) -> Any:
    match reading:
        case "whole":
            return int(text)
        case "day":
            return date.fromisoformat(text)
        case "wholes":
            return tuple(int(part) for part in text.split())
        case "texts":
            return tuple(text.split())
        case "flag":
            if text not in ("yes", "no"):
                raise FieldError(f"{text!r} is not a flag", "write yes or no")
            return text == "yes"
    return text
