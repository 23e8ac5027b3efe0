"""Rows of a CSV file for frozen values whose fields are plain, by their annotations."""

from __future__ import annotations

import csv
import io
import typing
from collections.abc import Callable, Iterable, Iterator, Sequence
from enum import Enum, IntEnum
from functools import cache
from types import NoneType
from typing import Any, Generic, TypeVar

import attrs

from silog_core.domain.demand import Commodity
from silog_core.domain.regions import RegionCode
from silog_core.errors import FieldError, FileFormatError, SilogError
from silog_core.io.csv_text import csv_bytes

T = TypeVar("T")
#: Sets texts apart inside one cell, such as the places of a path.
BAR = "|"


class FlatRows(Generic[T]):
    """How values of one class stand in a table: a column for each field.

    A field that is added to the class later becomes a column without more ado, so no
    part of a value is ever left out by oversight.

    Example:
        >>> from silog_core.domain.stock import StockLot
        >>> lots = FlatRows(StockLot, "stock.csv", skip=("from_date",))
        >>> lots.header
        ('place', 'item', 'quantity', 'area', 'lot')
        >>> lots.value(["12.71", "ink", "3", "", ""], 2).quantity
        3
    """

    def __init__(self, of: type[T], file: str, *, skip: Sequence[str] = ()) -> None:
        self.file = file
        self._of: Callable[..., T] = of
        hints = typing.get_type_hints(of)
        self._names = tuple(
            a.name
            for a in attrs.fields(of)  # type: ignore[arg-type]
            if a.init and a.name not in skip
        )
        self._codecs = tuple(_codec(hints[name]) for name in self._names)
        self.header: tuple[str, ...] = tuple(
            column
            for name, codec in zip(self._names, self._codecs, strict=True)
            for column in (codec.columns or (name,))
        )

    def cells(self, value: T) -> list[object]:
        """Return the cells of one value."""
        found: list[object] = []
        for name, codec in zip(self._names, self._codecs, strict=True):
            if codec.columns:
                found.extend(codec.write(getattr(value, name)))
            else:
                found.append(codec.write(getattr(value, name)))
        return found

    def value(self, cells: Sequence[str], row: int, **given: object) -> T:
        """Return the value of one row; *given* are the fields that are not in it."""
        at = 0
        try:
            for name, codec in zip(self._names, self._codecs, strict=True):
                if codec.columns:
                    upto = at + len(codec.columns)
                    given[name] = codec.read(*cells[at:upto])
                    at = upto
                else:
                    given[name] = codec.read(cells[at])
                    at += 1
            return self._of(**given)
        except (SilogError, ValueError, KeyError, IndexError) as wrong:
            detail = wrong.problem if isinstance(wrong, SilogError) else repr(str(wrong))
            raise damaged(self.file, row, detail) from wrong

    def write(self, values: Iterable[T]) -> bytes:
        """Return the whole file."""
        return csv_bytes(self.header, map(self.cells, values))

    def read(self, content: bytes) -> tuple[T, ...]:
        """Return the values of a whole file."""
        rows = read_rows(self.file, content, self.header)
        return tuple(self.value(cells, row) for row, cells in enumerate(rows, start=2))


def damaged(file: str, row: int, what: str) -> FileFormatError:
    """Return the error for a row that cannot be read."""
    return FileFormatError(
        f"{file}, row {row} cannot be read: {what}",
        "write the plan again; a plan folder is not edited by hand",
    )


def read_rows(file: str, content: bytes, header: Sequence[str]) -> Iterator[list[str]]:
    """Yield the rows below a header that must begin with *header*."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as wrong:
        row = content.count(b"\n", 0, wrong.start) + 1
        raise damaged(file, row, "it is not UTF-8") from wrong
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    row = 1
    try:
        found = next(reader, [])
        if found[: len(header)] != list(header):
            raise damaged(file, 1, f"the header must begin with {','.join(header)}")
        for row, cells in enumerate(reader, start=2):
            if len(cells) != len(found):
                raise damaged(
                    file, row, f"{len(cells)} cells stand under {len(found)} headings"
                )
            yield cells
    except csv.Error as wrong:
        raise damaged(file, row + 1, str(wrong)) from wrong


@attrs.frozen(kw_only=True)
class _Codec:
    write: Callable[[Any], Any]
    read: Callable[..., Any]
    #: Columns of a field that takes several; none for one that has its own name.
    columns: tuple[str, ...] = ()


def _same(value: Any) -> Any:
    return value


def _codec(kind: Any) -> _Codec:
    if kind is str:
        return _Codec(write=_same, read=_same)
    if kind is int:
        return _Codec(write=_same, read=int)
    if kind is RegionCode:
        return _Codec(write=str, read=RegionCode.parse)
    if kind is Commodity:
        return _Codec(write=_goods, read=commodity, columns=("item", "area"))
    if isinstance(kind, type) and issubclass(kind, IntEnum):
        by_name = {member.name.lower(): member for member in kind}
        return _Codec(write=lambda m: kind(m).name.lower(), read=by_name.__getitem__)
    if isinstance(kind, type) and issubclass(kind, Enum):
        by_value = {str(member.value): member for member in kind}
        return _Codec(write=lambda m: m.value, read=by_value.__getitem__)
    if kind == tuple[str, ...]:
        return _Codec(write=joined, read=lambda cell: tuple(cell.split(BAR)) if cell else ())
    args = typing.get_args(kind)
    if len(args) == 2 and NoneType in args:
        inner = _codec(args[0] if args[1] is NoneType else args[1])
        return _Codec(
            write=lambda v: "" if v is None else inner.write(v),
            read=lambda cell: inner.read(cell) if cell else None,
        )
    raise FieldError(
        f"a field of type {kind} has no column form", "keep it in plan.json, or add a codec"
    )


def _goods(value: Commodity) -> tuple[str, str]:
    return value.item, value.area


@cache
def commodity(item: str, area: str) -> Commodity:
    """Return the commodity, one object for all rows that name it."""
    return Commodity(item=item, area=area)


def joined(texts: Sequence[str]) -> str:
    """Return texts as one cell.

    Raises:
        FieldError: One of them is empty or holds a bar, and would not come back.
    """
    if any(not t or BAR in t for t in texts):
        raise FieldError(
            f"{list(texts)!r} cannot stand in one cell", f"use codes without {BAR!r} in them"
        )
    return BAR.join(texts)
