"""``silog replan``: from two folders and a file to a new plan, or every fault at once."""

from __future__ import annotations

import json
from functools import cache

import attrs
import pytest
from click.testing import CliRunner

from silog_core.cli.main import cli
from silog_core.cli.reading import SCENARIO_FOLDER
from silog_core.domain.problems import ScenarioError
from silog_core.io.incidents import read_incidents
from silog_core.io.plan_folder import read_plan, write_plan
from silog_core.io.scenario_folder import write_scenario
from silog_core.session import Session
from silog_core.testing.worlds import VOTING_DAY, small_world

CUT = """
[[incident]]
kind = "road-cut"
id = "slide"
known_at = 2024-11-24T00:00:00
place = "12.01.01.1002"
modes = ["road", "motorcycle", "foot", "horse", "helicopter"]

[[incident.way]]
mode = "road"
length_m = 40000
travel_s = 7200
note = "round the hill"
"""
WRONG = """
[[incident]]
kind = "road-cut"
known_at = "yesterday"
place = "12.01"
lenght = 3

[[incident]]
kind = "sea-close"
known_at = 2024-11-24T00:00:00
"""


@cache
def planned():
    """The places of the small world, planned by the packs' rules."""
    scenario = small_world().scenario
    contests = (attrs.evolve(scenario.election.contests[0], item="ballot-governor"),)
    election = attrs.evolve(scenario.election, contests=contests)
    scenario = attrs.evolve(scenario, election=election)
    with Session(only=["region.ID", "region.12"]) as session:
        return scenario, session.plan(scenario, seed=1)


@pytest.fixture
def folder(tmp_path):
    """A plan, its scenario beside it."""
    scenario, plan = planned()
    write_plan(plan, tmp_path / "plan")
    write_scenario(scenario, tmp_path / "plan" / SCENARIO_FOLDER)
    return tmp_path


def test_every_fault_of_the_file_is_named_at_once(tmp_path):
    """Wrong time, unknown key, unknown kind: each with its line and what to write."""
    (tmp_path / "what.toml").write_text(WRONG, encoding="utf-8")

    with pytest.raises(ScenarioError) as caught:
        read_incidents(tmp_path / "what.toml", VOTING_DAY)

    assert [(4, "incident.known_at"), (6, "incident.lenght"), (9, "incident.kind")] == [
        (p.row, p.column) for p in caught.value.problems
    ]


def test_moments_are_counted_from_the_voting_day(tmp_path):
    """24 November 00:00 is three days before the vote."""
    (tmp_path / "what.toml").write_text(CUT, encoding="utf-8")
    (incident,) = read_incidents(tmp_path / "what.toml", VOTING_DAY)

    assert -3 * 86_400 == incident.known_at_s == incident.from_s
    assert incident.until_s is None
    assert 7200 == incident.detours[0].travel_s


def run(folder, *arguments):
    """Run the command without plugins; return exit code and output."""
    command = ["replan", str(folder / "plan"), "--out", str(folder / "new"), *arguments]
    done = CliRunner().invoke(cli, command, env={"SILOG_PLUGINS": "region.ID,region.12"})
    return done.exit_code, done.output


def test_a_reason_comes_with_each_change(folder):
    """JSON output lists changes with reasons; the new plan reads back."""
    (folder / "what.toml").write_text(CUT, encoding="utf-8")
    code, output = run(folder, "--incident", str(folder / "what.toml"), "--json")
    facts = json.loads(output)

    assert 0 == code, output
    assert any("round the hill" in c["reason"] for c in facts["changes"])
    assert [] == facts["at_risk"]
    assert read_plan(folder / "new").trips != read_plan(folder / "plan").trips


def test_stations_at_risk_come_first_and_in_indonesian(folder):
    """Without a way round the stations lead the output, and the exit code is 1."""
    (folder / "what.toml").write_text(CUT.partition("[[incident.way]]")[0], encoding="utf-8")
    code, output = run(folder, "--incident", str(folder / "what.toml"), "--lang", "id")

    assert 1 == code, output
    assert output.startswith("TPS yang masih berisiko: 2")


LOST = """
[[incident]]
kind = "goods-lost"
id = "fire"
known_at = 2024-11-20T00:00:00
place = "12.01"
"""


def test_what_is_lost_and_missing_is_kept_on_the_plan(folder):
    """A warehouse burns: losses stand on the new plan, which reads back and re-plans."""
    (folder / "what.toml").write_text(LOST, encoding="utf-8")
    code, output = run(folder, "--incident", str(folder / "what.toml"), "--json")
    facts = json.loads(output)
    new = read_plan(folder / "new")

    assert 1 == code, output
    assert 0 == facts["violations"]
    assert {"lost"} == {r["code"] for r in facts["at_risk"]}
    assert new.losses.pieces
    assert new.shortfalls


def test_an_unknown_place_is_refused(folder):
    """A code that the scenario does not have is bad input."""
    (folder / "what.toml").write_text(CUT.replace("1002", "1009"), encoding="utf-8")
    code, output = run(folder, "--incident", str(folder / "what.toml"))

    assert 2 == code
    assert "12.01.01.1009" in output
