"""Cells of one row: each read as what its column holds, with the fault and its mending."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date
from enum import Enum
from functools import cache
from typing import TypeVar

from silog_core.domain.places import MICRO
from silog_core.domain.problems import InputProblem, Said
from silog_core.domain.regions import RegionCode
from silog_core.errors import FieldError
from silog_core.io.scenario_folder.codes import mend_region
from silog_core.io.scenario_folder.mending import (
    DEGREES,
    empty,
    mend_day,
    mend_degrees,
    mend_whole,
    no_region,
    whole_of,
)
from silog_core.io.scenario_folder.tables import Table, suggest

E = TypeVar("E", bound=Enum)

_MONTHS = ["jan", "feb", "mar", "apr", "mei", "jun", "jul", "agu", "sep", "okt", "nov", "des"]
_YES = {"1": True, "true": True, "yes": True, "ya": True}
_NO = {"0": False, "false": False, "no": False, "tidak": False}


class Row:
    """One row of a table. Every reading method returns None after noting a fault."""

    __slots__ = ("_cells", "_column", "_file", "_problems", "number", "sound")

    def __init__(
        self, table: Table, number: int, cells: list[str], problems: list[InputProblem]
    ) -> None:
        self._file, self._column = table.file, table.column
        self._cells, self._problems = cells, problems
        #: Row number in a spreadsheet.
        self.number = number
        #: Whether no fault was noted.
        self.sound = True

    def fault(self, column: str, what: Said, fix: Said) -> None:
        """Note a problem of this row."""
        self.sound = False
        self._problems.append(
            InputProblem.said(
                file=self._file, row=self.number, column=column, what=what, fix=fix
            )
        )

    def holds(self, column: str, fix: Said) -> None:
        """Note that a column holds something that it cannot."""
        cell = self.text(column)
        what = Said(f"{column} is {cell!r}", f"{column} berisi {cell!r}")
        self.fault(column, what if cell else empty(column), fix)

    def has(self, column: str) -> bool:
        """Say whether the file has *column*."""
        return column in self._column

    def text(self, column: str, default: str = "") -> str:
        """Return the cell as it stands; *default* where it is empty or missing."""
        at = self._column.get(column)
        return default if at is None else self._cells[at] or default

    def needed(self, column: str, what: Said) -> str | None:
        """Return a cell that must not be empty; *what* it holds."""
        cell = self.text(column)
        if not cell:
            if column in self._column:  # a missing column is reported once, not each row
                self.fault(column, empty(column), Said("give ", "isi ") + what)
            self.sound = False
            return None
        return cell

    def code(self, column: str) -> str | None:
        """Return the code of a place or item: one word."""
        cell = self.needed(column, Said("a code", "sebuah kode"))
        if cell is not None and any(c.isspace() or c in ",;|" for c in cell):
            self.holds(
                column,
                Said(
                    "write a code without spaces, commas, semicolons and bars",
                    "tulis kode tanpa spasi, koma, titik koma dan garis tegak",
                ),
            )
            return None
        return cell

    def whole(
        self,
        column: str,
        unit: str,
        *,
        lowest: int = 0,
        highest: int | None = None,
        default: int | None = None,
    ) -> int | None:
        """Return a whole number of *unit*; *default* where the cell is empty."""
        cell = self.text(column)
        if not cell:
            return default
        if cell.isascii() and cell.isdigit() and len(cell) < 19:
            value = int(cell)
            if value >= lowest and (highest is None or value <= highest):
                return value
        self.holds(column, mend_whole(cell, unit, lowest, highest))
        return None

    def needed_whole(self, column: str, unit: str, *, lowest: int = 0) -> int | None:
        """Return a whole number of *unit* that must be given."""
        if self.needed(column, whole_of(unit)) is None:
            return None
        return self.whole(column, unit, lowest=lowest)

    def choice(self, column: str, kinds: type[E], default: E | None = None) -> E | None:
        """Return the member of *kinds* that the cell names."""
        cell = self.text(column)
        if not cell and default is not None:
            return default
        names: list[str] = [kind.value for kind in kinds]
        if cell.lower() in names:
            return kinds(cell.lower())
        if cell or column in self._column:
            self.unknown(column, names)
        self.sound = False
        return None

    def unknown(self, column: str, names: Sequence[str]) -> None:
        """Note that a cell is none of *names*."""
        cell = self.text(column)
        what = Said(f"{column} is {cell!r}", f"{column} berisi {cell!r}")
        what = what + suggest(cell.lower(), names) if cell else empty(column)
        self.fault(column, what, Said("use ", "gunakan ") + Said.same(", ".join(names)))

    def region(self, column: str, default: RegionCode | None = None) -> RegionCode | None:
        """Return a dotted region code."""
        if default is not None and not self.text(column):
            return default
        cell = self.needed(
            column, Said("a region code such as 12.71.01", "kode wilayah seperti 12.71.01")
        )
        if cell is None:
            return None
        try:
            return RegionCode.parse(cell)
        except FieldError:
            self.fault(column, no_region(cell), mend_region(cell))
            return None

    def degrees(self, column: str) -> int | None:
        """Return decimal degrees as microdegrees, or None where the cell is empty."""
        cell = self.text(column)
        if not cell:
            return None
        if DEGREES.fullmatch(cell):
            return round(float(cell) * MICRO)
        self.holds(column, mend_degrees(cell))
        return None

    def day(self, column: str) -> date | None:
        """Return a date, or None where the cell is empty."""
        cell = self.text(column)
        if not cell:
            return None
        if re.fullmatch(r"\d{4}-\d\d-\d\d", cell):
            try:
                return date.fromisoformat(cell)
            except ValueError as wrong:
                self.holds(
                    column,
                    Said(
                        f"give a day that exists: {wrong}", f"tulis tanggal yang ada: {wrong}"
                    ),
                )
                return None
        self.holds(column, mend_day(cell))
        return None

    def words(self, column: str) -> tuple[str, ...]:
        """Return words set apart by spaces, commas, semicolons or bars."""
        cell = self.text(column)
        return _words(cell) if cell else ()

    def months(self, column: str) -> tuple[int, ...]:
        """Return months [1-12], rising."""
        found = set()
        for word in self.words(column):
            if word.isascii() and word.isdigit() and 1 <= int(word) <= 12:
                found.add(int(word))
            else:
                name = word.lower()[:3]
                number = f" ({word}: {_MONTHS.index(name) + 1})" if name in _MONTHS else ""
                self.fault(
                    column,
                    Said(f"{column} holds {word!r}", f"{column} berisi {word!r}"),
                    Said(
                        f"write months as numbers from 1 to 12 between spaces{number}: 12 1 2",
                        f"tulis bulan sebagai angka 1 sampai 12, dipisah spasi{number}: 12 1 2",
                    ),
                )
        return tuple(sorted(found))

    def flag(self, column: str, *, default: bool) -> bool:
        """Return yes or no."""
        cell = self.text(column).lower()
        if not cell:
            return default
        answer = _YES.get(cell, _NO.get(cell))
        if answer is None:
            self.holds(column, Said("write yes or no", "tulis ya atau tidak"))
            return default
        return answer


def each_row(table: Table, problems: list[InputProblem]) -> Iterator[Row]:
    """Yield the rows of *table*."""
    for number, cells in table.rows:
        yield Row(table, number, cells, problems)


@cache
def _words(cell: str) -> tuple[str, ...]:
    return tuple(word for word in re.split(r"[\s,;|]+", cell) if word)
