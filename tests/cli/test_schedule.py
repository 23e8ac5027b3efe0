"""``silog schedule``: the critical path of a written plan, and its repair from today."""

from __future__ import annotations

import json

import pytest
from click.testing import CliRunner

from silog_core.cli.main import cli
from silog_core.cli.reading import SCENARIO_FOLDER
from silog_core.io.plan_folder import read_plan, write_plan
from silog_core.io.scenario_folder import write_scenario
from silog_core.plugins.examples import load_example
from silog_core.session import Session


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """Natuna, planned and written with its scenario."""
    scenario = load_example("natuna-2024")
    home = tmp_path_factory.mktemp("schedule") / "plan"
    with Session() as session:
        write_plan(session.plan(scenario, seed=1), home)
    write_scenario(scenario, home / SCENARIO_FOLDER)
    return home


def run(folder, *arguments):
    """Run the command."""
    done = CliRunner().invoke(cli, ["schedule", str(folder), *arguments])
    return done.exit_code, done.output


def test_the_chain_of_a_place_is_printed_with_its_slack(folder):
    """JSON has every step; own and shared slack add up."""
    code, text = run(folder, "--json", "--place", "21.03.05")
    facts = json.loads(text)

    assert 0 == code
    assert "kitting@21.03-W1" in {s["id"] for s in facts["steps"]}
    assert all(s["free_s"] + s["shared_s"] == s["slack_s"] for s in facts["steps"])


@pytest.mark.parametrize(("lang", "said"), [("en", "at the latest"), ("id", "paling lambat")])
def test_people_read_it_in_either_language(folder, lang, said):
    """Steps and reasons are in the language that was asked for."""
    assert said in run(folder, "--lang", lang)[1]


def test_the_repaired_plan_is_written(folder, tmp_path):
    """What has not begun leaves later; the new folder reads as a plan."""
    today = ("--today", "2024-11-24T08:00", "--not-begun", "kitting@21.03-W1")
    code, text = run(folder, *today, "--out", str(tmp_path / "new"), "--json")
    facts = json.loads(text)
    new = read_plan(tmp_path / "new")

    assert int(bool(facts["unmet"])) == code
    assert facts["shifted"]
    assert {t.id for t in read_plan(folder).trips} == {t.id for t in new.trips}


def test_options_that_need_today_and_unknown_names_are_refused(folder, tmp_path):
    """Bad usage and bad input end with 2."""
    assert 2 == run(folder, "--out", str(tmp_path / "x"))[0]
    assert 2 == run(folder, "--today", "2024-11-24", "--not-begun", "nowhere")[0]
    assert 2 == run(folder, "--place", "99.99")[0]
