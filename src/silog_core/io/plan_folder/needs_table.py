"""``needs.csv``: one row a place, one column an item, as people read it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import groupby
from typing import Any

from silog_core.domain.demand import NeedColumn, Needs, PlaceRows
from silog_core.domain.elections import Contest
from silog_core.domain.regions import RegionCode
from silog_core.domain.wire import from_wire, to_wire
from silog_core.errors import FieldError, FileFormatError
from silog_core.io.csv_text import csv_bytes
from silog_core.io.plan_folder.flat_rows import damaged, read_rows

NEEDS_FILE = "needs.csv"
_HEAD = ("per", "code", "region", "name", "voters")


def write_needs(needs: Needs, names: Mapping[str, str]) -> tuple[bytes, dict[str, Any]]:
    """Return the table, and what ``plan.json`` says of its columns.

    The name of each place is there for people; reading passes over it.
    """
    headings = _headings(needs.columns)
    rows: list[Sequence[object]] = []
    for level in needs.levels:
        rows.extend(_rows(level, needs.columns, headings, names))
    meta = {
        "levels": [level.per for level in needs.levels],
        "columns": [
            {
                "heading": heading,
                "item": column.item,
                "per": column.per,
                "contest": to_wire(column.contest),
                "reserve": column.reserve,
                "rules": list(column.rules),
                "rule_of_row": _runs(column.rule_of_row),
            }
            for column, heading in zip(needs.columns, headings, strict=True)
        ],
    }
    header = (*_HEAD, *dict.fromkeys(headings))
    return csv_bytes(header, rows), meta


def read_needs(content: bytes, meta: Mapping[str, Any]) -> Needs:
    """Return the needs that `write_needs` wrote."""
    headings = tuple(dict.fromkeys(c["heading"] for c in meta["columns"]))
    rows = read_rows(NEEDS_FILE, content, (*_HEAD, *headings))
    cells: dict[str, list[tuple[str, ...]]] = {}
    for per, group in groupby(rows, key=lambda row: row[0]):
        cells[per] = list(zip(*group, strict=True))
    levels = []
    for per in meta["levels"]:
        _per, codes, regions, _names, voters = cells.get(per, [()] * len(_HEAD))[: len(_HEAD)]
        levels.append(
            PlaceRows(
                per=per,
                codes=tuple(codes),
                regions=tuple(map(RegionCode.parse, regions)),
                voters=_whole(voters),
            )
        )
    place_of = {heading: len(_HEAD) + at for at, heading in enumerate(headings)}
    columns = []
    for said in meta["columns"]:
        level = cells.get(said["per"])
        quantities = _whole(level[place_of[said["heading"]]]) if level else ()
        rules = _spread(said["rule_of_row"])
        if len(rules) != len(quantities):
            raise FileFormatError(
                f"plan.json has rules for {len(rules)} rows of {said['heading']},"
                f" {NEEDS_FILE} has {len(quantities)} of them",
                "write the plan again; a plan folder is not edited by hand",
            )
        contest = said["contest"]
        columns.append(
            NeedColumn(
                item=said["item"],
                per=said["per"],
                contest=None if contest is None else from_wire(Contest, contest),
                reserve=said["reserve"],
                quantities=quantities,
                rules=tuple(said["rules"]),
                rule_of_row=rules,
            )
        )
    return Needs(levels=tuple(levels), columns=tuple(columns))


def _headings(columns: Sequence[NeedColumn]) -> list[str]:
    """Return the item of each column, numbered where one level has it twice."""
    seen: dict[tuple[str, str], int] = {}
    found = []
    for column in columns:
        number = seen[column.item, column.per] = seen.get((column.item, column.per), 0) + 1
        found.append(column.item if number == 1 else f"{column.item} ({number})")
    return found


def _rows(
    level: PlaceRows,
    columns: Sequence[NeedColumn],
    headings: Sequence[str],
    names: Mapping[str, str],
) -> list[tuple[object, ...]]:
    size = len(level.codes)
    own: dict[str, Sequence[object]] = {
        heading: _quantities(column, size)
        for column, heading in zip(columns, headings, strict=True)
        if column.per == level.per
    }
    blank = ("",) * size
    body = [own.get(heading, blank) for heading in dict.fromkeys(headings)]
    head = (
        (level.per,) * size,
        level.codes,
        tuple(map(str, level.regions)),
        tuple(names.get(code, "") for code in level.codes),
        level.voters,
    )
    return list(zip(*head, *body, strict=True))


def _quantities(column: NeedColumn, size: int) -> Sequence[object]:
    if len(column.quantities) != size or len(column.rule_of_row) != size:
        raise FieldError(
            f"needs of {column.item} have {len(column.quantities)} rows,"
            f" the level {column.per} has {size}",
            "give one quantity and one rule for each place",
        )
    if -1 not in column.rule_of_row:
        return column.quantities
    return [
        quantity if quantity or rule >= 0 else ""
        for quantity, rule in zip(column.quantities, column.rule_of_row, strict=True)
    ]


def _whole(cells: Sequence[str]) -> tuple[int, ...]:
    try:
        return tuple([int(cell) if cell else 0 for cell in cells])
    except ValueError as wrong:
        bad = next(i for i, cell in enumerate(cells) if cell and not cell.isdecimal())
        raise damaged(NEEDS_FILE, bad + 2, f"{cells[bad]!r} is not a number") from wrong


def _runs(values: Sequence[int]) -> str:
    """Return a sequence with repeats counted: ``0x25223 -1x3``."""
    return " ".join(f"{value}x{sum(1 for _ in run)}" for value, run in groupby(values))


def _spread(runs: str) -> tuple[int, ...]:
    found: list[int] = []
    for run in runs.split():
        value, _, times = run.partition("x")
        found.extend([int(value)] * int(times))
    return tuple(found)
