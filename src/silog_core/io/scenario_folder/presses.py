"""``[[press]]`` and ``[[receiving]]`` of ``scenario.toml``: what is made, and counted."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime
from typing import Any

import attrs

from silog_core.domain.places import PlaceKind
from silog_core.domain.presses import Press, Receiving
from silog_core.domain.problems import InputProblem, Said
from silog_core.domain.regions import RegionCode
from silog_core.errors import FieldError
from silog_core.io.scenario_folder.escorts import region_of
from silog_core.io.scenario_folder.mending import field_fix
from silog_core.io.scenario_folder.places_table import PlaceRow
from silog_core.io.scenario_folder.tables import suggest
from silog_core.io.scenario_folder.toml_lines import Section, TomlText, tables

PRESS_KEYS = ("place", "pieces_per_day", "from_date", "items", "source")
RECEIVING_KEYS = ("region", "people", "packs_per_worker_day", "source")

Cell = str | int | date | tuple[str, ...]


def read_presses(
    source: TomlText, problems: list[InputProblem]
) -> tuple[tuple[Press, ...], tuple[int | None, ...]]:
    """Return the presses that are sound, and the line of each."""
    found: list[Press] = []
    lines: list[int | None] = []
    keys = ", ".join(PRESS_KEYS)
    for section in tables(source, "press", keys, keys, problems):
        section.only(PRESS_KEYS, {})
        place, who = section.text("place"), section.text("source")
        pieces = _number(section, Press, "pieces_per_day")
        day, items = _day(section), section.texts("items")
        if place is None or who is None or pieces is None or day is None:
            continue
        press = Press(
            place=place, pieces_per_day=pieces, from_date=day, items=items, source=who
        )
        if _made_twice(section, press, found):
            continue
        found.append(press)
        lines.append(source.line("press", "place", section.at))
    return tuple(found), tuple(lines)


def _made_twice(section: Section, press: Press, others: Sequence[Press]) -> bool:
    for other in others:
        both = sorted(set(press.items) & set(other.items))
        if other.place == press.place and (both or not (press.items or other.items)):
            what = ", ".join(both) or "everything"
            said = ", ".join(both) or "semuanya"
            section.fault(
                "items" if both else "place",
                Said(
                    f"two presses at {press.place} make {what}",
                    f"dua mesin cetak di {press.place} membuat {said}",
                ),
                Said(
                    "add up their output in one table, or name other items",
                    "gabungkan hasilnya di satu tabel, atau sebut barang lain",
                ),
            )
            return True
    return False


def read_receivings(
    source: TomlText, root: RegionCode | None, problems: list[InputProblem]
) -> tuple[tuple[Receiving, ...], tuple[int | None, ...]]:
    """Return those who count that are sound, and the line of each."""
    found: list[Receiving] = []
    lines: list[int | None] = []
    keys = ", ".join(RECEIVING_KEYS)
    for section in tables(source, "receiving", keys, keys, problems):
        section.only(RECEIVING_KEYS, {})
        region, who = region_of(section, root), section.text("source")
        people = _number(section, Receiving, "people")
        packs = _number(section, Receiving, "packs_per_worker_day")
        if region is None or who is None or people is None or packs is None:
            continue
        if any(other.region == region for other in found):
            section.fault(
                "region",
                Said(
                    f"those who receive in {region} are given twice",
                    f"penerima di {region} disebut dua kali",
                ),
                Said("keep one of the two tables", "pakai satu dari dua tabel itu"),
            )
            continue
        found.append(
            Receiving(region=region, people=people, packs_per_worker_day=packs, source=who)
        )
        lines.append(source.line("receiving", "region", section.at))
    return tuple(found), tuple(lines)


def _number(section: Section, kind: type[Any], key: str) -> int | None:
    field = getattr(attrs.fields(kind), key)
    value = section.data.get(key)
    if value is None:
        section.missing(key)
        return None
    try:
        field.validator(None, field, value)
    except FieldError as wrong:
        section.holds(key, field_fix(wrong.fix))
        return None
    assert isinstance(value, int)  # the validator saw to it
    return value


def _day(section: Section) -> date | None:
    value = section.data.get("from_date")
    if isinstance(value, date) and not isinstance(value, datetime):
        return value
    if value is None:
        section.missing("from_date")
        return None
    section.holds(
        "from_date",
        Said(
            "give the first day without quotes: 2024-10-05",
            "isi hari pertama tanpa kutip: 2024-10-05",
        ),
    )
    return None


def check_presses(
    rows: Sequence[PlaceRow],
    presses: Sequence[Press],
    lines: Sequence[int | None],
    settings_file: str,
    problems: list[InputProblem],
) -> None:
    """Note presses at places that are no suppliers."""
    suppliers = sorted(r.code for r in rows if r.kind is PlaceKind.SUPPLIER)
    for press, line in zip(presses, lines, strict=True):
        if rows and press.place not in suppliers:
            problems.append(
                InputProblem.said(
                    file=settings_file,
                    row=line,
                    column="press.place",
                    what=Said(f"{press.place} is no supplier", f"{press.place} bukan pemasok")
                    + suggest(press.place, suppliers),
                    fix=Said(
                        "give the code of a place of kind supplier in places.csv",
                        "isi kode tempat dengan kind supplier di places.csv",
                    ),
                )
            )


def cells(value: Press | Receiving, keys: Sequence[str]) -> Iterator[tuple[str, Cell]]:
    """Yield keys and values of a table as it is written."""
    for key in keys:
        cell = getattr(value, key)
        if cell != ():
            yield key, str(cell) if isinstance(cell, RegionCode) else cell
