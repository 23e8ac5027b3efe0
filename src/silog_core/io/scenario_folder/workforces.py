"""``[[workforce]]`` of ``scenario.toml``: who sorts and packs at warehouses."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import attrs

from silog_core.domain.places import PlaceKind
from silog_core.domain.presses import Receiving
from silog_core.domain.problems import InputProblem, Said
from silog_core.domain.regions import RegionCode
from silog_core.domain.workforce import Workforce
from silog_core.errors import FieldError
from silog_core.io.scenario_folder.escorts import nobody_there, region_of
from silog_core.io.scenario_folder.mending import field_fix
from silog_core.io.scenario_folder.places_table import PlaceRow
from silog_core.io.scenario_folder.toml_lines import Section, TomlText, tables

#: Numbers that may be given, in the order in which they are written.
WORKFORCE_NUMBERS = (
    *("workers", "shifts", "most_shifts", "fresh_days", "drop_pct", "least_pct"),
    *("sheets_per_worker_day", "kits_per_worker_day"),
)
WORKFORCE_KEYS = ("region", "source", *WORKFORCE_NUMBERS)


def read_workforces(
    source: TomlText, root: RegionCode | None, problems: list[InputProblem]
) -> tuple[tuple[Workforce, ...], tuple[int | None, ...]]:
    """Return the tables that are sound, and the line of each."""
    found: list[Workforce] = []
    lines: list[int | None] = []
    keys = ("region and source", "region dan source")
    for section in tables(source, "workforce", *keys, problems):
        force = _workforce(section, root)
        if force is None:
            continue
        if any(other.region == force.region for other in found):
            section.fault(
                "region",
                Said(
                    f"the workforce of {force.region} is given twice",
                    f"tenaga kerja {force.region} disebut dua kali",
                ),
                Said("keep one of the two tables", "pakai satu dari dua tabel itu"),
            )
            continue
        found.append(force)
        lines.append(source.line("workforce", "region", section.at))
    return tuple(found), tuple(lines)


def _workforce(section: Section, root: RegionCode | None) -> Workforce | None:
    section.only(WORKFORCE_KEYS, {})
    region, who = region_of(section, root), section.text("source")
    given: dict[str, Any] = {}
    sound = region is not None and who is not None
    for key in WORKFORCE_NUMBERS:
        if key not in section.data:
            continue
        field = getattr(attrs.fields(Workforce), key)
        try:
            field.validator(None, field, section.data[key])
        except FieldError as wrong:
            section.holds(key, field_fix(wrong.fix))
            sound = False
        else:
            given[key] = section.data[key]
    most, shifts = given.get("most_shifts"), given.get("shifts", 1)
    if most is not None and most < shifts:
        section.fault(
            "most_shifts",
            Said(
                f"most_shifts is {most}, and {shifts} are worked",
                f"most_shifts berisi {most}, padahal {shifts} regu bekerja",
            ),
            Said("give as many as are worked, or more", "isi sebanyak shifts atau lebih"),
        )
        sound = False
    if given.get("drop_pct") and "fresh_days" not in section.data:
        section.fault(
            "drop_pct",
            Said("drop_pct is given without fresh_days", "drop_pct diisi tanpa fresh_days"),
            Said(
                "give fresh_days: after how many days on end the output falls",
                "isi fresh_days: setelah berapa hari berturut-turut hasil menurun",
            ),
        )
        sound = False
    if not sound or region is None or who is None:
        return None
    return Workforce(region=region, source=who, **given)


def check_people(
    rows: Sequence[PlaceRow],
    people: Sequence[Workforce | Receiving],
    lines: Sequence[int | None],
    table: str,
    settings_file: str,
    problems: list[InputProblem],
) -> None:
    """Note people whom no warehouse has; *table* is where they are listed."""
    bases = [r.region for r in rows if r.kind is PlaceKind.WAREHOUSE and r.region is not None]
    who = Said("these people", "tenaga ini")
    for one, line in zip(people, lines, strict=True):
        if bases and not any(one.region.covers(region) for region in bases):
            column = f"{table}.region"
            problems.append(nobody_there(settings_file, line, column, one.region, who))


def workforce_lines(forces: Sequence[Workforce]) -> Iterator[tuple[str, str | int]]:
    """Yield key and value of each table as it is written; a region begins a table."""
    usual = {f.name: f.default for f in attrs.fields(Workforce)}
    for force in forces:
        yield "region", str(force.region)
        yield "source", force.source
        for key in WORKFORCE_NUMBERS:
            value = getattr(force, key)
            if value != usual[key]:
                yield key, value
