"""A route sheet a trip: stops in order, times, loads, and room to sign."""

from __future__ import annotations

import pytest
from click.testing import CliRunner

from silog_core.cli.main import cli
from silog_core.domain.locale import tenths
from silog_core.domain.stopping import MaxIterations
from silog_core.io.plan_folder import write_plan
from silog_core.io.vrp_files import read_vrp_file
from silog_core.reports.report import rendered
from silog_core.reports.route_sheets import plan_sheets, solution_sheets
from silog_core.solvers.routing import ruin_recreate
from silog_core.testing.worlds import small_world

PLAN = small_world().plan
TINY = (
    "NAME : tiny\nTYPE : CVRP\nDIMENSION : 3\nEDGE_WEIGHT_TYPE : EUC_2D\nCAPACITY : 9\n"
    "NODE_COORD_SECTION\n1 0 0\n2 3 4\n3 6 8\nDEMAND_SECTION\n1 0\n2 3\n3 4\n"
    "DEPOT_SECTION\n1\n-1\nEOF\n"
)


def silog(*words):
    """Run the program in this process."""
    return CliRunner().invoke(cli, [str(w) for w in words], env={"SILOG_PLUGINS": ""})


@pytest.mark.parametrize("lang", ["en", "id"])
def test_each_trip_has_its_sheet(lang):
    """One sheet a trip, one row a stop, in order; the loads add up to the trip's."""
    sheets = plan_sheets(PLAN, lang)

    assert len(PLAN.trips) == len(sheets)
    for trip, sheet in zip(PLAN.trips, sheets, strict=True):
        stops, signatures = sheet.tables
        assert [s.place for s in trip.stops] == [row[1].split()[0] for row in stops.rows]
        assert sheet.title.endswith(trip.id)
        assert 3 == len(signatures.rows)
        if len(trip.stops) == 1:
            assert tenths(trip.mass_g, 1000, lang) == stops.rows[0][5]


def test_both_languages_say_the_same():
    """English and Indonesian sheets have the same shape."""
    pairs = zip(plan_sheets(PLAN, "en"), plan_sheets(PLAN, "id"), strict=True)

    for english, indonesian in pairs:
        assert english.title != indonesian.title
        assert len(english.paragraphs) == len(indonesian.paragraphs)
        assert len(english.tables[0].head) == len(indonesian.tables[0].head)


def test_printed_sheets_have_a_page_each():
    """Printed HTML begins a page for each sheet; a report does not."""
    sheets = plan_sheets(PLAN)

    assert "break-before:page" in rendered(sheets, ".html", "en", one_a_page=True)
    assert "break-before:page" not in rendered(sheets, ".html", "en")


def test_a_solved_file_has_sheets(tmp_path):
    """Routes of a published file are printed in the numbers of that file."""
    path = tmp_path / "tiny.vrp"
    path.write_text(TINY, encoding="utf-8")
    problem = read_vrp_file(path).problem()
    plan = ruin_recreate(problem, seed=1, stop=MaxIterations(5))
    (sheet,) = solution_sheets(problem, plan)
    rows = {row[1]: (row[2], row[3]) for row in sheet.tables[0].rows}

    assert {"2", "3"} == set(rows)
    assert {"3", "4"} == {load for _, load in rows.values()}


def test_the_program_writes_them(tmp_path):
    """``silog report --sheets`` and ``silog route --sheets`` fill the file that is named."""
    folder, problem = tmp_path / "plan", tmp_path / "tiny.vrp"
    write_plan(PLAN, folder)
    problem.write_text(TINY, encoding="utf-8")
    one, two = tmp_path / "plan.html", tmp_path / "route.md"
    first = silog("report", folder, "--sheets", one, "--home", "12.01", "--lang", "id")
    second = silog("route", problem, "--seconds", "0.1", "--sheets", two, "--lang", "id")

    assert (0, 0) == (first.exit_code, second.exit_code), first.output + second.output
    assert one.read_text(encoding="utf-8").count("<h2>Lembar rute") == sum(
        trip.home == "12.01" for trip in PLAN.trips
    )
    assert "## Lembar rute 1" in two.read_text(encoding="utf-8")


def test_a_report_needs_a_file(tmp_path):
    """Neither ``--out`` nor ``--sheets``: bad usage; an ending that nobody writes: too."""
    folder = tmp_path / "plan"
    write_plan(PLAN, folder)

    assert 2 == silog("report", folder).exit_code
    assert 2 == silog("report", folder, "--sheets", tmp_path / "s.docx").exit_code
