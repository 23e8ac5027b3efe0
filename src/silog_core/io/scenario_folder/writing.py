"""Write a scenario folder that reads back as the same scenario."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from enum import Enum
from pathlib import Path

import attrs

from silog_core.domain.contributions import Contribution
from silog_core.domain.places import MICRO
from silog_core.domain.problems import ScenarioError
from silog_core.domain.scenario import Scenario
from silog_core.errors import FieldError
from silog_core.io.atomic_folder import write_folder
from silog_core.io.csv_text import csv_bytes
from silog_core.io.scenario_folder.places_table import PLACE_EXTRAS, PLACES
from silog_core.io.scenario_folder.presses import PRESS_KEYS, RECEIVING_KEYS, Cell, cells
from silog_core.io.scenario_folder.reading import FILES, read_files
from silog_core.io.scenario_folder.rule_tables import ITEMS, RATES
from silog_core.io.scenario_folder.settings import HANDLING_KEYS, SETTINGS, SWITCHES
from silog_core.io.scenario_folder.transport_tables import BREAKS, LEGS, STOCK, VEHICLES
from silog_core.io.scenario_folder.workforces import workforce_lines


def write_scenario(scenario: Scenario, path: str | os.PathLike[str]) -> Path:
    """Write *scenario* as a folder, and return the folder.

    The folder appears whole or not at all. What is written has been read back first,
    so a scenario that the format cannot hold is refused instead of changed.

    Raises:
        ScenarioError: `read_scenario` would find problems in it.
        FieldError: A text, such as a name with spaces around it, would not survive.
        StorageError: The folder cannot be written.
    """
    files = scenario_files(scenario)
    again, problems = read_files(files)
    if again is None:
        raise ScenarioError.of(problems, f"scenario {scenario.title!r}")
    if again != scenario:
        raise FieldError(
            f"scenario {scenario.title!r} does not survive a folder: {_differs(scenario, again)}",
            "use texts without outer spaces, and flags and skills of one word each",
        )
    return write_folder(path, files, FILES)


def scenario_files(scenario: Scenario) -> dict[str, bytes]:
    """Return the content of each file; the same scenario gives the same bytes."""
    files = {SETTINGS: _settings(scenario).encode(), PLACES.file: _places(scenario)}
    if scenario.legs:
        files[LEGS.file] = _legs(scenario)
    if scenario.stock:
        header = ("place", "item", "quantity", "lot", "from_date", "area")
        rows = ([_cell(getattr(lot, name)) for name in header] for lot in scenario.stock)
        files[STOCK.file] = _table(header, rows, optional=("area",))
    if scenario.fleet:
        files[VEHICLES.file] = _vehicles(scenario)
    if scenario.items:
        files[ITEMS.file] = _items(scenario)
    if scenario.rates:
        files[RATES.file] = _rates(scenario)
    return files


def _settings(scenario: Scenario) -> str:
    election = scenario.election
    lines = [f"title = {_quoted(scenario.title)}"]
    if scenario.estimates:
        lines += ["estimates = [", *(f"    {_quoted(e)}," for e in scenario.estimates), "]"]
    if not election.contests:
        lines.append("contests = []")
    lines += [
        "",
        "[election]",
        f"kind = {_quoted(election.kind.value)}",
        f"voting_day = {election.voting_day.isoformat()}",
        f"root = {_quoted(str(election.root))}",
        f"utc_offset_min = {election.utc_offset_min}",
    ]
    for contest in election.contests:
        lines += ["", "[[contests]]"]
        for name in ("code", "item", "area_level", "title_id", "title_en"):
            value = _cell(getattr(contest, name))
            if value:
                lines.append(f"{name} = {_quoted(str(value))}")
        if contest.districts:
            lines.append("[contests.districts]")
            lines += [f"{_quoted(k)} = {_quoted(v)}" for k, v in contest.districts]
    for table, keys in HANDLING_KEYS.items():
        lines += ["", f"[{table}]"]
        lines += [f"{key} = {getattr(scenario.handling, key)}" for key in keys]
        on = [key for key in SWITCHES.get(table, ()) if getattr(scenario.handling, key)]
        lines += [f"{key} = true" for key in on]
    for pool in scenario.escorts:
        lines += ["", "[[escorts]]", f"name = {_quoted(pool.name)}"]
        lines += [f"region = {_quoted(str(pool.region))}", f"count = {pool.count}"]
        if pool.on:
            lines.append(f"on = [{', '.join(map(_quoted, pool.on))}]")
        lines += ["shared = true"] * pool.shared
    for key, value in workforce_lines(scenario.workforces):
        lines += ["", "[[workforce]]"] if key == "region" else []
        lines.append(f"{key} = {_toml(value)}")
    for press in scenario.presses:
        lines += ["", "[[press]]", *_lines(cells(press, PRESS_KEYS))]
    for crew in scenario.receivings:
        lines += ["", "[[receiving]]", *_lines(cells(crew, RECEIVING_KEYS))]
    return "\n".join(lines) + "\n"


def _lines(pairs: Iterable[tuple[str, Cell]]) -> Iterator[str]:
    for key, value in pairs:
        yield f"{key} = {_toml(value)}"


def _toml(value: Cell) -> str:
    if isinstance(value, tuple):
        return f"[{', '.join(map(_quoted, value))}]"
    return _quoted(value) if isinstance(value, str) else str(value)


def _places(scenario: Scenario) -> bytes:
    header = ("code", "kind", "region", "name", "lat", "lon", "parent", "voters", "flags")
    used = [n for n in PLACE_EXTRAS if any(getattr(p, n) for p in scenario.places)]
    rows = (
        [
            p.code,
            p.kind.value,
            str(p.region),
            p.name,
            _degrees(p.lat_microdeg),
            _degrees(p.lon_microdeg),
            p.parent,
            p.voters if p.kind.value == "station" or p.voters else "",
            " ".join(p.flags),
            *(_cell(getattr(p, name)) for name in used),
        ]
        for p in scenario.places
    )
    return csv_bytes((*header, *used), rows)


def _legs(scenario: Scenario) -> bytes:
    header = (
        *("tail", "head", "mode", "length_m", "travel_s", "cost"),
        *("max_load_g", "max_volume_cm3", "months_closed", "basis", "surface"),
    )
    names = ["cost_per_tonne_rupiah" if name == "cost" else name for name in header]
    rows = ([_cell(getattr(leg, name)) for name in names] for leg in scenario.legs)
    return _table(header, rows, optional=("basis", "surface"), usual=("given", ""))


def _vehicles(scenario: Scenario) -> bytes:
    header = (
        *("type", "home", "count", "mode", "payload_g", "volume_cm3", "fixed_cost_rupiah"),
        *("cost_per_km_rupiah", "hours_per_day", "skills", "basis"),
    )
    if any(entry.vehicle.break_s for entry in scenario.fleet):
        return csv_bytes((*header, *BREAKS), _fleet_rows(scenario, (*header, *BREAKS)))
    return _table(header, _fleet_rows(scenario, header), optional=("basis",))


def _fleet_rows(scenario: Scenario, header: Sequence[str]) -> list[list[object]]:
    return [
        [
            # No rest is an empty cell, not one of no length.
            _cell(getattr(entry if name in ("home", "count") else entry.vehicle, name))
            if name != "break_s"
            else entry.vehicle.break_s or ""
            for name in header
        ]
        for entry in scenario.fleet
    ]


def _items(scenario: Scenario) -> bytes:
    own = (
        *("code", "title_id", "title_en", "mass_g", "volume_cm3"),
        *("pack_size", "pack_name", "sensitivity", "in_kit", "reserve", "reusable"),
    )
    rows = [
        {
            **{name: _cell(getattr(rule.item, name)) for name in own},
            **_rule(rule),
            "item_source": rule.item.source,
            "item_confidence": rule.item.confidence.value,
        }
        for rule in scenario.items
    ]
    same = all(
        (r.item.source, r.item.confidence) == (r.source, r.confidence) for r in scenario.items
    )
    header = (*own, *_rule(scenario.items[0]), "item_source", "item_confidence")
    if same:
        header = header[:-2]
    return csv_bytes(header, ([row[name] for name in header] for row in rows))


def _rates(scenario: Scenario) -> bytes:
    own = (
        *("item", "per", "quantity", "per_voter", "reserve_numerator"),
        *(
            "reserve_denominator",
            "contest",
            "only_flags",
            "not_in",
            "legal_minimum",
            "election",
        ),
    )
    rows = (
        [*(_cell(getattr(rule, name)) for name in own), *_rule(rule).values()]
        for rule in scenario.rates
    )
    return csv_bytes((*own, *_rule(scenario.rates[0])), rows)


def _rule(rule: Contribution) -> dict[str, object]:
    return {
        "scope": str(rule.scope),
        "source": rule.source,
        "confidence": rule.confidence.value,
        "valid_from": _cell(rule.valid.first),
        "valid_to": _cell(rule.valid.last),
        "replaces": rule.replaces,
        "waives": rule.waives,
    }


def _cell(value: object) -> object:
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, tuple):
        return " ".join(map(str, value))
    return value


def _table(
    header: Sequence[str],
    rows: Iterable[list[object]],
    *,
    optional: Sequence[str],
    usual: Sequence[str] = ("",),
) -> bytes:
    """Return a table without the *optional* last columns when all hold their *usual*."""
    body = list(rows)
    if all(row[-len(optional) :] == list(usual) for row in body):
        header = header[: -len(optional)]
        body = [row[: -len(optional)] for row in body]
    return csv_bytes(header, body)


def _degrees(microdegrees: int | None) -> str:
    if microdegrees is None:
        return ""
    sign = "-" if microdegrees < 0 else ""
    return f"{sign}{abs(microdegrees) // MICRO}.{abs(microdegrees) % MICRO:06d}"


def _quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return '"' + "".join(c if c.isprintable() else _escaped(c) for c in escaped) + '"'


def _escaped(sign: str) -> str:
    return f"\\u{ord(sign):04X}" if ord(sign) < 0x10000 else f"\\U{ord(sign):08X}"


def _differs(one: Scenario, two: Scenario) -> str:
    for field in attrs.fields(Scenario):
        mine, other = getattr(one, field.name), getattr(two, field.name)
        if mine == other:
            continue
        if isinstance(mine, tuple):
            at = next(
                (i for i, (a, b) in enumerate(zip(mine, other, strict=False)) if a != b), 0
            )
            return f"{field.name}[{at}] {mine[at]!r}"
        return field.name
    return "a field"
