"""``silog risk``: register, criticality, chances and mitigations of a written plan."""

from __future__ import annotations

import json
from xml.etree import ElementTree as ET

import attrs
import pytest
from click.testing import CliRunner

from silog_core.cli.main import cli
from silog_core.cli.reading import SCENARIO_FOLDER
from silog_core.io.lessons import write_lessons
from silog_core.io.plan_folder import read_plan, write_plan
from silog_core.io.scenario_folder import read_scenario, write_scenario
from silog_core.risk.simulate_back import return_due_s
from silog_core.session import Session
from silog_core.testing.worlds import small_world


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """A small world planned by the packs' rules, written with its scenario."""
    scenario = small_world().scenario
    contests = (attrs.evolve(scenario.election.contests[0], item="ballot-governor"),)
    election = attrs.evolve(scenario.election, contests=contests)
    scenario = attrs.evolve(scenario, election=election)
    with Session(only=["region.ID", "region.12"]) as session:
        plan = session.plan(scenario, seed=1)
    home = tmp_path_factory.mktemp("risk")
    write_plan(plan, home / "plan")
    write_scenario(scenario, home / "plan" / SCENARIO_FOLDER)
    return home


def run(folder, *arguments):
    """Run the command with the national and the provincial pack."""
    command = ["risk", str(folder / "plan"), "--draws", "300", *arguments]
    done = CliRunner().invoke(cli, command, env={"SILOG_PLUGINS": "region.ID,region.12"})
    return done.exit_code, done.output


def test_it_says_the_same_for_the_same_seed(folder):
    """Same draws, same output; the exit code says whether anybody may be late."""
    one, two = run(folder, "--json", "--seed", "4"), run(folder, "--json", "--seed", "4")
    facts = json.loads(one[1])

    assert one == two
    assert one[0] == int(facts["late_ppm"] > 0)
    assert 4 == len(facts["stations"])
    for station in facts["stations"]:
        assert station["low_ppm"] <= station["on_time_ppm"] <= station["high_ppm"]


def test_mitigations_are_ranked_by_what_they_gain(folder):
    """Each was simulated on the same draws; the most voters gained come first."""
    facts = json.loads(run(folder, "--json")[1])
    gains = [m["gain_voters_milli"] for m in facts["mitigations"]]

    assert gains
    assert sorted(gains, reverse=True) == gains


def test_each_change_says_what_its_price_is_founded_on(folder):
    """In JSON as it stands, in text in the language of the reader."""
    facts = json.loads(run(folder, "--json")[1])
    english, indonesian = (run(folder, "--lang", lang)[1] for lang in ("en", "id"))

    assert all(m["price_source"] for m in facts["mitigations"])
    assert "the price: a day of scouting by pickup; own estimate" in english
    assert "harganya: sehari meninjau jalan dengan pikap; perkiraan sendiri" in indonesian


def test_boxes_come_back_by_the_deadline_of_the_calendar_or_not(folder):
    """The same draws, played on the way back; where there is none it says so."""
    facts = json.loads(run(folder, "--json")[1])
    indonesian = run(folder, "--lang", "id")[1]
    plan = read_plan(folder / "plan")
    with Session(only=["region.ID", "region.12"]) as session:
        world = read_scenario(folder / "plan" / SCENARIO_FOLDER)
        due_s = return_due_s(world, session.rule_book_for(world))
        odds = session.simulate_return(plan, due_s=due_s, scenario=world, draws=300)
        one_way = attrs.evolve(
            plan, trips=tuple(t for t in plan.trips if not t.echelon.startswith("return"))
        )
    write_plan(one_way, folder / "out-only" / "plan")
    write_scenario(world, folder / "out-only" / "plan" / SCENARIO_FOLDER)

    assert due_s == facts["back"]["due_s"]
    assert odds.late_ppm == facts["back"]["late_ppm"]
    assert [s.on_time_ppm for s in odds.stations] == [
        s["on_time_ppm"] for s in facts["back"]["stations"]
    ]
    assert "P(kotak kembali sebelum" in indonesian
    assert None is json.loads(run(folder / "out-only", "--json")[1])["back"]
    assert "the plan has no way back" in run(folder / "out-only", "--lang", "en")[1]


def test_without_regencies_nothing_is_tried(folder):
    """Zero regencies: chances without mitigations."""
    assert [] == json.loads(run(folder, "--json", "--mitigations", "0")[1])["mitigations"]


def test_register_and_drawings_are_written(folder):
    """The folder holds the register and two drawings that parse."""
    run(folder, "--out", str(folder / "out"), "--lang", "id")
    register = json.loads((folder / "out" / "register.json").read_text(encoding="utf-8"))

    assert {f"LOG-{n:02d}" for n in range(1, 19)} <= {e["code"] for e in register}
    assert all(e["residual_weight"] <= e["weight"] for e in register)
    for name in ("gantt.svg", "critical.svg"):
        ET.parse(folder / "out" / name)


@pytest.mark.parametrize(
    ("lang", "said"), [("en", "Register, the heaviest first"), ("id", "Daftar risiko")]
)
def test_people_read_it_in_either_language(folder, lang, said):
    """Headings and risks are in the language that was asked for."""
    assert said in run(folder, "--lang", lang)[1]


def test_lessons_of_others_are_proposed(folder):
    """A lesson from a region alike is printed; a file that is none is bad input."""
    from silog_core.domain.lessons import Lesson

    lesson = Lesson(
        region="53", incident="road-cut", mode="road", worked="porters",
        worked_id="porter", source="a report",
    )  # fmt: skip
    file = write_lessons([lesson], folder / "lessons.jsonl")
    (folder / "bad").write_text("no", encoding="utf-8")

    assert "porters [a report]" in run(folder, "--lang", "en", "--lessons", str(file))[1]
    assert 2 == run(folder, "--lessons", str(folder / "bad"))[0]
