"""``silog check-route``: exit codes, both languages, and JSON."""

from __future__ import annotations

import json

import pytest
from click.testing import CliRunner

from silog_core.cli.main import cli
from silog_core.io.scenario_folder import write_scenario
from silog_core.session import Session
from small_world import world
from typed_tables import HEADER, rows_of, table_of

ENV = {"SILOG_PLUGINS": "region.ID", "SILOG_LANG": "en"}
SCENARIO = world()


def silog(*words):
    """Run the program in this process."""
    return CliRunner().invoke(cli, [str(w) for w in words], env=ENV)


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """A scenario folder and the rows of its plan under the national pack."""
    folder = write_scenario(SCENARIO, tmp_path_factory.mktemp("s") / "scenario")
    with Session(only=["region.ID"]) as session:
        plan = session.plan(SCENARIO, seed=1)
    return folder, rows_of(plan)


def test_sound_trips_end_with_0(made, tmp_path):
    """Trips of a plan, typed off, are sound; so says either language."""
    folder, rows = made
    done = silog("check-route", folder, table_of(rows, tmp_path / "t.csv"), "--lang", "id")

    assert (0, "Tidak ada yang salah pada perjalanan ini.\n") == (done.exit_code, done.stdout)


def test_broken_rules_end_with_1(made, tmp_path):
    """A forgotten station is a line for people and an object for programs."""
    folder, rows = made
    place = rows[-1][HEADER.index("place")]
    table = table_of(
        [r for r in rows if r[HEADER.index("place")] != place], tmp_path / "t.csv"
    )
    people = silog("check-route", folder, table)
    data = silog("check-route", folder, table, "--json")

    assert (1, 1) == (people.exit_code, data.exit_code)
    assert f"no trip goes to {place}" in people.stdout
    assert {"forgotten"} == {one["code"] for one in json.loads(data.stdout)}


def test_a_bad_table_ends_with_2(made, tmp_path):
    """Faults of the table are listed with row and column, and nothing is judged."""
    folder, rows = made
    bad = [list(rows[0]), list(rows[1])]
    bad[0][1], bad[1][4] = "lorry", "99"
    done = silog("check-route", folder, table_of(bad, tmp_path / "t.csv"))

    assert 2 == done.exit_code
    assert "t.csv, row 2, column vehicle" in done.stderr
    assert "t.csv, row 3, column place" in done.stderr


def test_an_unknown_home_ends_with_2(made, tmp_path):
    """``--home`` wants a place of the scenario."""
    folder, rows = made
    done = silog("check-route", folder, table_of(rows, tmp_path / "t.csv"), "--home", "99")

    assert 2 == done.exit_code


def test_a_published_file_is_judged_too(tmp_path):
    """A capacitated problem and two trips, one of them too heavy."""
    problem, table = tmp_path / "tiny.vrp", tmp_path / "t.csv"
    problem.write_text(
        "NAME : tiny\nTYPE : CVRP\nDIMENSION : 3\nEDGE_WEIGHT_TYPE : EUC_2D\nCAPACITY : 5\n"
        "NODE_COORD_SECTION\n1 0 0\n2 3 4\n3 6 8\nDEMAND_SECTION\n1 0\n2 3\n3 4\n"
        "DEPOT_SECTION\n1\n-1\nEOF\n",
        encoding="utf-8",
    )
    table.write_text("trip,client\nA,2\nA,3\n", encoding="utf-8")
    done = silog("check-route", problem, table)

    assert 1 == done.exit_code
    assert "carries 7, 2 more than it takes" in done.stdout
