"""Workbooks: a sheet for each file of a scenario folder or a plan folder."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from datetime import date, datetime
from pathlib import Path
from typing import Any

from openpyxl import Workbook, load_workbook
from openpyxl.utils.exceptions import InvalidFileException
from openpyxl.worksheet.worksheet import Worksheet
from openpyxl.writer.excel import ExcelWriter

from silog_core.domain.plan import Plan
from silog_core.domain.problems import ScenarioError
from silog_core.domain.scenario import Scenario
from silog_core.errors import FileFormatError
from silog_core.io.csv_text import csv_bytes
from silog_core.io.plan_folder import plan_files
from silog_core.io.scenario_folder import read_files, scenario_files

SETTINGS = "scenario"
_TABLES = ("places", "legs", "stock", "vehicles", "items", "rates")
#: When every workbook says it was made: the same tables are the same file, byte for byte.
_MADE = datetime(1980, 1, 1)
_WHOLE = re.compile(r"-?(0|[1-9]\d{0,14})")


def read_workbook(path: Path) -> Scenario:
    """Return the scenario that a workbook holds.

    Args:
        path: An ``.xlsx`` file with the sheets ``scenario`` and ``places``, and any of
            ``legs``, ``stock``, ``vehicles``, ``items``, ``rates``.

    Raises:
        FileFormatError: It is no workbook.
        ScenarioError: Something in it is wrong; all problems in one go.
    """
    try:
        book = load_workbook(path, read_only=True, data_only=True)
    except (InvalidFileException, zipfile.BadZipFile, KeyError, OSError, ValueError) as wrong:
        raise FileFormatError(
            f"{path.name} is no Excel workbook: {wrong}", "save it as .xlsx from Excel"
        ) from wrong
    try:
        files = {}
        if SETTINGS in book.sheetnames:
            lines = (str(row[0] or "") if row else "" for row in _rows(book[SETTINGS]))
            files["scenario.toml"] = "\n".join(lines).encode()
        for name in _TABLES:
            if name in book.sheetnames:
                head, *rows = [*_rows(book[name])] or [[]]
                files[f"{name}.csv"] = csv_bytes(head, rows)
    finally:
        book.close()
    scenario, problems = read_files(files)
    if scenario is None:
        raise ScenarioError.of(problems, path)
    return scenario


def _rows(sheet: Worksheet) -> list[list[str]]:
    """Return the cells of a sheet as texts, without empty rows and columns at the end."""
    rows = [[_text(cell) for cell in row] for row in sheet.iter_rows(values_only=True)]
    while rows and not any(rows[-1]):
        rows.pop()
    width = max((i + 1 for row in rows for i, cell in enumerate(row) if cell), default=0)
    return [(row + [""] * width)[:width] for row in rows]


def _text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)


def write_scenario_workbook(scenario: Scenario, path: Path) -> None:
    """Write a scenario as a workbook that `read_workbook` reads back."""
    book = Workbook(write_only=True)
    for name, content in scenario_files(scenario).items():
        sheet = book.create_sheet(name.rpartition(".")[0])
        text = content.decode()
        if name.endswith(".toml"):
            for line in text.split("\n"):
                sheet.append([line])
        else:
            # Codes such as 12.10 are texts: as numbers they would lose their last zero.
            for row in csv.reader(io.StringIO(text)):
                sheet.append(row)
    _save(book, path)


def write_plan_workbook(plan: Plan, path: Path) -> None:
    """Write the tables of a plan, a sheet each; whole numbers are numbers."""
    book = Workbook(write_only=True)
    for name, content in sorted(plan_files(plan).items()):
        if name.endswith(".csv"):
            sheet = book.create_sheet(name.removesuffix(".csv"))
            for row in csv.reader(io.StringIO(content.decode("utf-8-sig"))):
                sheet.append([int(c) if _WHOLE.fullmatch(c) else c for c in row])
    _save(book, path)


def _save(book: Workbook, path: Path) -> None:
    """Write a workbook without the time of writing, which openpyxl and zip files state."""
    book.properties.created = book.properties.modified = _MADE
    written = io.BytesIO()
    ExcelWriter(book, zipfile.ZipFile(written, "w")).save()
    with (
        zipfile.ZipFile(written) as given,
        zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as made,
    ):
        for entry in given.infolist():
            made.writestr(
                zipfile.ZipInfo(entry.filename, _MADE.timetuple()[:6]),
                given.read(entry),
                zipfile.ZIP_DEFLATED,
            )
