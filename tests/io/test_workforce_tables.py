"""What a scenario folder says of people at warehouses and of storage, with every fault."""

from __future__ import annotations

import pytest

from scenario_head import HEAD
from silog_core.domain.workforce import Workforce
from silog_core.io.scenario_folder import check_scenario, read_scenario, write_scenario

TOML = f"""\
{HEAD}
[[workforce]]
region = "12.71"
source = "a list of \\"October\\""
workers = 400
shifts = 1
most_shifts = 2
fresh_days = 6
drop_pct = 10
least_pct = 60
sheets_per_worker_day = 770
"""
PLACES = """\
code,kind,region,parent,voters,holds_kits
12.71,warehouse,12.71,,,
12.71.01,hub,12.71.01,12.71,,40
12.71.01.1001,village,12.71.01.1001,12.71.01,,
12.71.01.1001-001,station,12.71.01.1001,12.71.01.1001,300,
"""


def folder(here, toml=TOML, places=PLACES):
    """Make a folder."""
    (here / "scenario.toml").write_text(toml)
    (here / "places.csv").write_text(places)
    return here


def test_people_and_room_are_read_and_written(tmp_path):
    """Every number comes back, also through a folder that the library writes."""
    scenario = read_scenario(folder(tmp_path))
    medan = Workforce(
        region="12.71", source='a list of "October"', workers=400, most_shifts=2, fresh_days=6,
        drop_pct=10, least_pct=60, sheets_per_worker_day=770,
    )  # fmt: skip

    assert (medan,) == scenario.workforces
    assert [None, 40, None, None] == [p.holds_kits for p in scenario.places]
    assert scenario == read_scenario(write_scenario(scenario, tmp_path / "copy"))


FAULTS = {
    "no people": (
        {"toml": TOML.replace("workers = 400", "workers = 0")},
        ("scenario.toml", 16, "workforce.workers"),
        "give a whole number of workers, 1 or more",
    ),
    "too many shifts": (
        {"toml": TOML.replace("most_shifts = 2", "most_shifts = 4")},
        ("scenario.toml", 18, "workforce.most_shifts"),
        "give a whole number of shifts, from 1 to 3",
    ),
    "fewer shifts than are worked": (
        {"toml": TOML.replace("shifts = 1\n", "shifts = 3\n", 1)},
        ("scenario.toml", 18, "workforce.most_shifts"),
        "give as many as are worked, or more",
    ),
    "tired from no day on": (
        {"toml": TOML.replace("fresh_days = 6\n", "")},
        ("scenario.toml", 19, "workforce.drop_pct"),
        "give fresh_days: after how many days on end the output falls",
    ),
    "nobody says so": (
        {"toml": TOML.replace('source = "a list of \\"October\\""\n', "")},
        ("scenario.toml", 13, "workforce.source"),
        'add source = "..."',
    ),
    "twice": (
        {"toml": TOML + '\n[[workforce]]\nregion = "12.71"\nsource = "another"\n'},
        ("scenario.toml", 25, "workforce.region"),
        "keep one of the two tables",
    ),
    "no warehouse there": (
        {"toml": TOML.replace('region = "12.71"', 'region = "12.14"')},
        ("scenario.toml", 14, "workforce.region"),
        "give the region of a warehouse, or a wider one",
    ),
    "a station holds its own kit": (
        {"places": PLACES.replace("300,\n", "300,1\n")},
        ("places.csv", 5, "holds_kits"),
        "give it for warehouses, hubs, villages and landings alone",
    ),
}


@pytest.mark.parametrize("name", FAULTS)
def test_every_fault_is_explained(tmp_path, name):
    """Each fault has its file, row, column and fix, in both languages."""
    files, place, fix = FAULTS[name]
    (problem,) = check_scenario(folder(tmp_path, **files))

    assert place == (problem.file, problem.row, problem.column)
    assert fix == problem.fix
    assert problem.what != problem.what_id
    assert problem.fix != problem.fix_id


def test_what_is_no_table_is_refused(tmp_path):
    """A key that should be tables, and one that nobody knows."""
    head, _, tail = TOML.partition("[[workforce]]")
    start = 'workforce = "many"\n' + head
    (problem,) = check_scenario(folder(tmp_path, toml=start))
    assert "make it tables [[workforce]]" in problem.fix
    (problem,) = check_scenario(folder(tmp_path, toml=TOML + "tired = 3\n"))
    assert ("workforce.tired", True) == (problem.column, bool(tail))
