"""Cells of one row: each read as what its column holds, with the fault and its mending."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from enum import Enum
from functools import cache
from typing import TypeVar

from silog_core.domain.places import MICRO
from silog_core.domain.problems import InputProblem
from silog_core.domain.regions import RegionCode
from silog_core.errors import FieldError
from silog_core.io.scenario_folder.codes import mend_region
from silog_core.io.scenario_folder.tables import Table, suggest

E = TypeVar("E", bound=Enum)

_DEGREES = re.compile(r"[+-]?\d{1,3}(\.\d+)?")
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

    def fault(self, column: str, what: str, fix: str) -> None:
        """Note a problem of this row."""
        self.sound = False
        self._problems.append(
            InputProblem(file=self._file, row=self.number, column=column, what=what, fix=fix)
        )

    def has(self, column: str) -> bool:
        """Say whether the file has *column*."""
        return column in self._column

    def text(self, column: str, default: str = "") -> str:
        """Return the cell as it stands; *default* where it is empty or missing."""
        at = self._column.get(column)
        return default if at is None else self._cells[at] or default

    def needed(self, column: str, what: str) -> str | None:
        """Return a cell that must not be empty."""
        cell = self.text(column)
        if not cell:
            if column in self._column:  # a missing column is reported once, not each row
                self.fault(column, f"{column} is empty", f"give {what}")
            self.sound = False
            return None
        return cell

    def code(self, column: str) -> str | None:
        """Return the code of a place or item: one word."""
        cell = self.needed(column, "a code")
        if cell is not None and any(c.isspace() or c in ",;|" for c in cell):
            self.fault(
                column,
                f"{column} is {cell!r}",
                "write a code without spaces, commas, semicolons and bars",
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
        self.fault(column, f"{column} is {cell!r}", _mend_whole(cell, unit, lowest, highest))
        return None

    def needed_whole(self, column: str, unit: str, *, lowest: int = 0) -> int | None:
        """Return a whole number of *unit* that must be given."""
        if self.needed(column, f"a whole number of {unit}") is None:
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
        what = f"{column} is {cell!r}{suggest(cell.lower(), names)}"
        if not cell:
            what = f"{column} is empty"
        if cell or column in self._column:
            self.fault(column, what, f"use {', '.join(names)}")
        self.sound = False
        return None

    def region(self, column: str, default: RegionCode | None = None) -> RegionCode | None:
        """Return a dotted region code."""
        if default is not None and not self.text(column):
            return default
        cell = self.needed(column, "a region code such as 12.71.01")
        if cell is None:
            return None
        try:
            return RegionCode.parse(cell)
        except FieldError:
            self.fault(column, f"{cell!r} is not a region code", mend_region(cell))
            return None

    def degrees(self, column: str) -> int | None:
        """Return decimal degrees as microdegrees, or None where the cell is empty."""
        cell = self.text(column)
        if not cell:
            return None
        if _DEGREES.fullmatch(cell):
            return round(float(cell) * MICRO)
        if _DEGREES.fullmatch(cell.replace(",", ".")):
            fix = f"write the decimal sign as a point: {cell.replace(',', '.')}"
        elif cell.count(".") + cell.count(",") > 1:
            fix = "write degrees with one decimal point and no thousands signs: 98.672223"
        else:
            fix = "write decimal degrees such as 3.595196, south and west negative"
        self.fault(column, f"{column} is {cell!r}", fix)
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
                self.fault(column, f"{column} is {cell!r}: {wrong}", "give a day that exists")
                return None
        self.fault(column, f"{column} is {cell!r}", _mend_day(cell))
        return None

    def words(self, column: str) -> tuple[str, ...]:
        """Return words set apart by spaces, commas, semicolons or bars, sorted."""
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
                number = f" (here {_MONTHS.index(name) + 1})" if name in _MONTHS else ""
                self.fault(
                    column,
                    f"{column} holds {word!r}",
                    f"write months as numbers from 1 to 12 between spaces{number}: 12 1 2",
                )
        return tuple(sorted(found))

    def flag(self, column: str, *, default: bool) -> bool:
        """Return yes or no."""
        cell = self.text(column).lower()
        if not cell:
            return default
        answer = _YES.get(cell, _NO.get(cell))
        if answer is None:
            self.fault(column, f"{column} is {cell!r}", "write yes or no")
            return default
        return answer


def each_row(table: Table, problems: list[InputProblem]) -> Iterator[Row]:
    """Yield the rows of *table*."""
    for number, cells in table.rows:
        yield Row(table, number, cells, problems)


@cache
def _words(cell: str) -> tuple[str, ...]:
    return tuple(sorted({word for word in re.split(r"[\s,;|]+", cell) if word}))


def _mend_whole(cell: str, unit: str, lowest: int, highest: int | None) -> str:
    bound = f"{lowest} or more" if highest is None else f"from {lowest} to {highest}"
    if re.fullmatch(r"\d{1,3}([.,  ']\d{3})+", cell):
        return f"write it without thousands signs: {re.sub('[^0-9]', '', cell)}"
    if re.fullmatch(r"\d+[.,]0+", cell):
        return f"write it without decimals: {re.split('[.,]', cell)[0]}"
    if re.fullmatch(r"\d+[.,]\d+", cell):
        return f"round it: a whole number of {unit}, {bound}"
    if re.fullmatch(r"\d([.,]\d+)?[eE]\+?\d+", cell):
        return "write all its digits: a spreadsheet shortened it"
    return f"give a whole number of {unit}, {bound}, in plain digits"


def _mend_day(cell: str) -> str:
    found = re.fullmatch(r"(\d{1,2})[-/. ](\d{1,2})[-/. ](\d{4})", cell)
    if found and int(found[2]) <= 12 and 1 <= int(found[1]) <= 31:
        return f"write year, month, day: {found[3]}-{int(found[2]):02d}-{int(found[1]):02d}"
    return "write year, month, day: 2024-11-27"
