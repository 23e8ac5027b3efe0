"""Workbooks hold what folders hold."""

from __future__ import annotations

import pytest
from openpyxl import Workbook, load_workbook

from silog_core.domain.problems import ScenarioError
from silog_core.session import Session
from silog_core.testing import ExporterSuite, ImporterSuite
from silog_format_xlsx.examples import example_scenario
from silog_format_xlsx.plugin import silog_exporters, silog_importers
from silog_format_xlsx.workbook import (
    read_workbook,
    write_plan_workbook,
    write_scenario_workbook,
)


class TestXlsxImporter(ImporterSuite):
    def spec(self):
        return silog_importers()[0]


class TestXlsxExporter(ExporterSuite):
    def spec(self):
        return silog_exporters()[0]


def test_a_scenario_survives_a_workbook(tmp_path):
    """What is written is read back the same."""
    write_scenario_workbook(example_scenario(), tmp_path / "s.xlsx")

    assert example_scenario() == read_workbook(tmp_path / "s.xlsx")


def test_numbers_and_dates_of_excel_are_read(tmp_path):
    """Cells that Excel keeps as numbers mean the same as texts."""
    write_scenario_workbook(example_scenario(), tmp_path / "s.xlsx")
    book = load_workbook(tmp_path / "s.xlsx")
    sheet = book["places"]
    column = [cell.value for cell in sheet[1]].index("voters") + 1
    sheet.cell(row=5, column=column).value = 308.0
    book.save(tmp_path / "n.xlsx")

    assert example_scenario() == read_workbook(tmp_path / "n.xlsx")


def test_all_problems_are_named_by_row(tmp_path):
    """Two faults in one sheet are reported together, each with its row."""
    write_scenario_workbook(example_scenario(), tmp_path / "s.xlsx")
    book = load_workbook(tmp_path / "s.xlsx")
    head = [cell.value for cell in book["places"][1]]
    book["places"].cell(row=3, column=head.index("kind") + 1).value = "hubb"
    book["places"].cell(row=5, column=head.index("voters") + 1).value = "many"
    book.save(tmp_path / "bad.xlsx")

    with pytest.raises(ScenarioError) as caught:
        read_workbook(tmp_path / "bad.xlsx")

    assert {(3, "kind"), (5, "voters")} <= {(p.row, p.column) for p in caught.value.problems}


def test_a_missing_sheet_is_a_problem(tmp_path):
    """A workbook without places says so."""
    Workbook().save(tmp_path / "empty.xlsx")

    with pytest.raises(ScenarioError, match=r"places\.csv"):
        read_workbook(tmp_path / "empty.xlsx")


def test_a_plan_becomes_sheets(tmp_path):
    """Trips and needs of a plan are sheets with a heading and rows."""
    with Session() as session:
        plan = session.plan(example_scenario())
    write_plan_workbook(plan, tmp_path / "plan.xlsx")
    book = load_workbook(tmp_path / "plan.xlsx", read_only=True)

    assert {"trips", "needs", "stops"} <= set(book.sheetnames)
    assert len(plan.trips) + 1 == len(list(book["trips"].iter_rows()))
