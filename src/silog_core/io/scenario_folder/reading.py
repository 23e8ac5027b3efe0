"""Read or check a scenario folder: all problems in one go, or none."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from silog_core.domain.elections import ElectionKind
from silog_core.domain.problems import InputProblem, Said, ScenarioError
from silog_core.domain.regions import COUNTRY
from silog_core.domain.scenario import Scenario
from silog_core.io.scenario_folder.escorts import check_escorts, check_guarded
from silog_core.io.scenario_folder.links import check_places
from silog_core.io.scenario_folder.places_table import PLACES, PlaceRow, read_places
from silog_core.io.scenario_folder.presses import check_presses
from silog_core.io.scenario_folder.rule_tables import ITEMS, RATES, read_items, read_rates
from silog_core.io.scenario_folder.settings import SETTINGS, Settings, read_settings
from silog_core.io.scenario_folder.tables import Columns, Table, read_table, suggest
from silog_core.io.scenario_folder.transport_tables import (
    LEGS,
    STOCK,
    VEHICLES,
    read_legs,
    read_stock,
    read_vehicles,
)
from silog_core.io.scenario_folder.workforces import check_people

#: Files of a scenario folder; the first two must be there.
FILES = (
    SETTINGS,
    PLACES.file,
    LEGS.file,
    STOCK.file,
    VEHICLES.file,
    ITEMS.file,
    RATES.file,
)


def read_scenario(path: str | os.PathLike[str]) -> Scenario:
    """Return the scenario that a folder holds.

    Args:
        path: Folder with ``scenario.toml``, ``places.csv`` and optional tables, as
            ``docs/scenario-folder.md`` describes them.

    Raises:
        ScenarioError: Something is wrong; `ScenarioError.problems` holds every
            problem of every file, each with its row, column and mending.

    Example:
        >>> read_scenario("no/such/folder")
        Traceback (most recent call last):
            ...
        silog_core.domain.problems.ScenarioError: [SLG110] no/such/folder has 1 problem
          no/such/folder: there is no such folder
            fix: name the folder that holds scenario.toml
          fix: mend each of them as it says; docs/scenario-folder.md has the format
    """
    scenario, problems = _read_folder(path)
    if scenario is None:
        raise ScenarioError.of(problems, path)
    return scenario


def check_scenario(path: str | os.PathLike[str]) -> tuple[InputProblem, ...]:
    """Return every problem of a scenario folder, in the order of files and rows.

    Empty when `read_scenario` would succeed.
    """
    return tuple(sorted(_read_folder(path)[1], key=lambda p: p.order))


def _read_folder(path: str | os.PathLike[str]) -> tuple[Scenario | None, list[InputProblem]]:
    folder = Path(path)
    if not folder.is_dir():
        what = Said("there is no such folder", "folder itu tidak ada")
        if folder.exists():
            what = Said("it is a file, not a folder", "itu berkas, bukan folder")
        fix = Said(
            f"name the folder that holds {SETTINGS}", f"sebut folder yang berisi {SETTINGS}"
        )
        return None, [InputProblem.said(file=str(path), what=what, fix=fix)]
    problems: list[InputProblem] = []
    contents: dict[str, bytes] = {}
    others = []
    for entry in sorted(folder.iterdir()):
        if entry.name not in FILES:
            others.append(entry.name)
            continue
        try:
            contents[entry.name] = entry.read_bytes()
        except OSError as wrong:
            reason = wrong.strerror or str(wrong)
            problems.append(
                InputProblem.said(
                    file=entry.name,
                    what=Said(
                        f"the file cannot be read: {reason}",
                        f"berkas tidak dapat dibaca: {reason}",
                    ),
                    fix=Said(
                        "close other programs that hold it, or mend its permissions",
                        "tutup program lain yang memakainya, atau perbaiki izinnya",
                    ),
                )
            )
            contents[entry.name] = b""
    missing = [name for name in FILES if name not in contents]
    for other in others:
        near = suggest(other.lower(), missing)
        if near.english and other.endswith((".csv", ".toml")):
            problems.append(
                InputProblem.said(
                    file=other,
                    what=Said("no such file is read", "berkas ini tidak dibaca") + near,
                    fix=Said(
                        "rename the file, or move it elsewhere",
                        "ganti nama berkas, atau pindahkan",
                    ),
                )
            )
    scenario, found = read_files(contents)
    problems.extend(found)
    return (None if problems else scenario), problems


def read_files(contents: Mapping[str, bytes]) -> tuple[Scenario | None, list[InputProblem]]:
    """Return the scenario in the files of a folder, or None, and the problems."""
    problems: list[InputProblem] = []
    problems.extend(
        InputProblem.said(
            file=name,
            what=Said("the file is missing", "berkas ini tidak ada"),
            fix=Said(
                "add it: it is one of two that must be there",
                "tambahkan: ini satu dari dua yang wajib ada",
            ),
        )
        for name in FILES[:2]
        if name not in contents
    )

    def table(columns: Columns) -> Table | None:
        content = contents.get(columns.file)
        return None if content is None else read_table(columns, content, problems)

    settings = read_settings(contents[SETTINGS], problems) if SETTINGS in contents else None
    places = table(PLACES)
    rows = read_places(places, problems) if places else []
    _check_voters(places, rows, problems)
    codes = check_places(rows, settings.root if settings else None, problems)
    if settings is not None:
        pools, lines = settings.escorts, settings.escort_lines
        check_escorts(rows, pools, lines, SETTINGS, problems)
        forces, lines = settings.workforces, settings.workforce_lines
        check_people(rows, forces, lines, "workforce", SETTINGS, problems)
        check_presses(rows, settings.presses, settings.press_lines, SETTINGS, problems)
        crews, lines = settings.receivings, settings.receiving_lines
        check_people(rows, crews, lines, "receiving", SETTINGS, problems)
        check_guarded(rows, settings.handling, problems)
    legs, stock, fleet = table(LEGS), table(STOCK), table(VEHICLES)
    read: dict[str, Any] = {
        "legs": read_legs(legs, codes, problems) if legs else [],
        "stock": read_stock(stock, codes, problems) if stock else [],
        "fleet": read_vehicles(fleet, codes, problems) if fleet else [],
    }
    root = (settings.root if settings else None) or COUNTRY
    items, rates = table(ITEMS), table(RATES)
    read["items"] = read_items(items, root, problems) if items else []
    read["rates"] = _rates(rates, settings, problems) if rates else []
    if problems or settings is None or settings.title is None or settings.election is None:
        return None, problems
    scenario = Scenario(
        title=settings.title,
        election=settings.election,
        places=tuple(row.place for row in rows if row.place is not None),
        handling=settings.handling,
        estimates=settings.estimates,
        escorts=settings.escorts,
        workforces=settings.workforces,
        presses=settings.presses,
        receivings=settings.receivings,
        **{name: tuple(rows_) for name, rows_ in read.items()},
    )
    return scenario, problems


def _rates(
    table: Table, settings: Settings | None, problems: list[InputProblem]
) -> list[object]:
    if settings is None or settings.kind is None or settings.root is None:
        # Rates lean on the election; its own fault is reported already.
        kind, root, contests = ElectionKind.PILKADA, COUNTRY, frozenset[str]()
        found: list[InputProblem] = []
        read_rates(table, root, kind, contests, found)
        problems.extend(p for p in found if p.column not in ("contest", "scope"))
        return []
    return list(read_rates(table, settings.root, settings.kind, settings.contests, problems))


def _check_voters(
    table: Table | None, rows: list[PlaceRow], problems: list[InputProblem]
) -> None:
    if table is None or "voters" in table.column:
        return
    stations = sum(row.kind is not None and row.kind.value == "station" for row in rows)
    if stations:
        problems.append(
            InputProblem.said(
                file=table.file,
                row=1,
                column="voters",
                what=Said(
                    f"column voters is missing, and there are {stations} stations",
                    f"kolom voters tidak ada, padahal ada {stations} TPS",
                ),
                fix=Said(
                    "add a column voters with the voters on each station's list",
                    "tambahkan kolom voters berisi jumlah pemilih tiap TPS",
                ),
            )
        )
