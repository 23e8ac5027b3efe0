"""Landings in ``places.csv``: read, written back, and every fault explained."""

from __future__ import annotations

import pytest

from silog_core.io.scenario_folder import check_scenario, read_scenario, write_scenario
from silog_core.planning.check import check_plan
from silog_core.testing.worlds import small_book
from small_world import planned

TOML = """\
title = "Pulau"

[election]
kind = "pilkada"
voting_day = 2024-11-27
root = "12"

[[contests]]
code = "governor"
item = "ballot"
area_level = "province"
"""
HEADER = "code,kind,region,name,lat,lon,parent,voters,open_hour,close_hour"
ROWS = {
    "12.71": "12.71,warehouse,12.71,Gudang,3.59,98.67,,,,",
    "12.71.01": "12.71.01,hub,12.71.01,PPK,3.57,98.69,12.71,,,",
    "JETTY": "JETTY,landing,12.71.01,Dermaga,3.58,98.70,12.71.01,,8,16",
    "12.71.01.1001": "12.71.01.1001,village,12.71.01.1001,PPS,3.57,98.72,JETTY,,,",
    "12.71.01.1001-001": "12.71.01.1001-001,station,12.71.01.1001,TPS,3.57,98.72,"
    "12.71.01.1001,300,,",
}


def folder(here, **changed):
    """Make a folder of an island, with rows changed by their code."""
    rows = [HEADER, *(ROWS | changed).values()]
    (here / "scenario.toml").write_text(TOML, encoding="utf-8")
    (here / "places.csv").write_text("\n".join(rows) + "\n", encoding="utf-8")
    return here


def test_an_island_behind_a_jetty_is_read_planned_and_written_back(tmp_path):
    """A folder with a landing gives a sound plan, and reads back as it was."""
    scenario = read_scenario(folder(tmp_path))
    again = read_scenario(write_scenario(scenario, tmp_path / "again"))
    plan = planned(scenario, small_book(), checks=None)

    assert (8, 16) == scenario.by_code["JETTY"].open_hours
    assert scenario == again
    assert [] == check_plan(scenario, plan)
    assert {"hub-landing"} <= {t.echelon for t in plan.trips}


@pytest.mark.parametrize(
    ("code", "row", "where", "fix"),
    [
        (
            "JETTY",
            "JETTY,landing,12.71.01,Dermaga,3.58,98.70,12.71.01,,16,8",
            (4, "close_hour"),
            "give an hour after open_hour",
        ),
        (
            "JETTY",
            "JETTY,landing,12.71.01,Dermaga,3.58,98.70,12.71.01,,8,25",
            (4, "close_hour"),
            "24",
        ),
        (
            "JETTY",
            "JETTY,landing,12.71.01,Dermaga,3.58,98.70,,,8,16",
            (4, "parent"),
            "give the code of the warehouse or hub or village",
        ),
        (
            "JETTY",
            "JETTY,landing,12.71.01,Dermaga,3.58,98.70,12.71,,8,16",
            (5, "parent"),
            "a hub supplies the landing of a village",
        ),
    ],
    ids=["closes before it opens", "no such hour", "nobody supplies it", "wrong level"],
)
def test_a_fault_of_a_landing_says_row_column_and_fix(tmp_path, code, row, where, fix):
    """Each fault names the file, the row, the column and what to do, in both languages."""
    (problem,) = check_scenario(folder(tmp_path, **{code: row}))

    assert ("places.csv", *where) == (problem.file, problem.row, problem.column)
    assert fix in problem.fix
    assert problem.what != problem.what_id
    assert problem.fix != problem.fix_id
