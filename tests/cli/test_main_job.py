"""The program: check, plan, needs and explain, for people and for programs."""

from __future__ import annotations

import csv
import io
import json
import os
import subprocess
import sys
from pathlib import Path

import attrs
import pytest
from click.testing import CliRunner

from silog_core.cli.context import language
from silog_core.cli.main import cli, main
from silog_core.io.plan_folder import read_plan
from silog_core.io.scenario_folder import write_scenario
from silog_core.planning.check import check_plan
from small_world import RULES, fleet, world

STATION = "12.01.01.1001-001"
LEVELS = ("province", "regency", "subdistrict", "village", "station")
#: The national pack alone, whatever else is installed.
ENV = {"SILOG_PLUGINS": "region.ID", "SILOG_LANG": "en"}
SCENARIO = world()


def silog(*words, **env):
    """Run the program in this process."""
    return CliRunner().invoke(cli, [str(w) for w in words], env={**ENV, **env})


@pytest.fixture(scope="module")
def scenario(tmp_path_factory):
    """A folder with a sound scenario."""
    return write_scenario(SCENARIO, tmp_path_factory.mktemp("s") / "scenario")


@pytest.fixture(scope="module")
def plan(scenario, tmp_path_factory):
    """The plan folder of that scenario, as the program makes it."""
    out = tmp_path_factory.mktemp("p") / "plan"
    done = silog("plan", scenario, "--out", out, "--seed", 3)
    assert 0 == done.exit_code, done.output
    return out


def test_the_page_in_the_plan_folder_has_both_drawings(plan):
    """Stages with waves, and the legs on which most voters hang, each with its title."""
    page = (plan / "report.en.html").read_text(encoding="utf-8")

    assert 2 == page.count("<svg")
    assert "Stages and waves" in page
    assert "Legs on which most voters hang</title>" in page


def test_a_sound_scenario_can_be_planned(scenario):
    """Nothing is wrong: exit code 0, a sentence in either language, an empty list."""
    english, indonesian = (silog("check", scenario, "--lang", lg) for lg in ("en", "id"))
    data = silog("check", scenario, "--json")

    assert (0, 0, 0) == (english.exit_code, indonesian.exit_code, data.exit_code)
    assert "can be planned" in english.stdout
    assert "dapat direncanakan" in indonesian.stdout
    assert [] == json.loads(data.stdout)


FAULTS = {
    "scenario.toml": [
        ('kind = "pilkada"', 'kind = "pilkda"'),
        ("voting_day = 2024-11-27", 'voting_day = "27-11-2024"'),
        ('area_level = "province"', 'area_level = "provinsi"'),
    ],
    "places.csv": [
        ("code,kind,region", "code,kind,region,colour"),
    ],
}
#: One fault in each row: code, kind, region, name, lat, lon, parent, voters, flags.
ROWS = """\
12.02,warehouse,12.02,Gudang,98.67,3.591,,,
12.02.01,hubb,12.02.01,PPK,3.57,98.69,12.02,,
12.03,warehouse,12.3,Gudang,,,,,
12.04,warehouse,12.04,Gudang,"3,5",98.5,,,
12.05,warehouse,12.05,Gudang,3.5,,,,
12.06,warehouse,12.06,Gudang,,,NOWHERE,,
12.07,warehouse,12.07,Gudang,,,,12,
12.01.01.1001-000,station,12.01.01.1001,TPS,,,12.01.01.1001,400,
12.01.01.1001-002,station,12.01.01.1001,TPS,,,12.01.01.1001,400,
12.01.01.1001-003,station,12.01.01.1001,TPS,,,12.01.01.1001,1.204,
12.01.01.1001-004,station,12.01.01.1001,TPS,,,12.01.01.1001,-4,
12.01.01.1001-005,station,12.01.01.1001,TPS,,,12.01.01.1001,,
12.01.01.1001-006,station,12.01.01.1001,TPS,,,12.01,400,
12.01.01.1001-007,station,12.01.01.1002,TPS,,,12.01.01.1002,400,
12.08,warehouse,12.08,Gudang,,,12.08,,
13.01,warehouse,13.01,Gudang,,,,,
,warehouse,12.09,Gudang,,,,,
"""


def faulty(folder):
    """Write a scenario with at least twenty different faults; return the folder."""
    write_scenario(SCENARIO, folder)
    for name, changes in FAULTS.items():
        text = (folder / name).read_text(encoding="utf-8")
        for old, new in changes:
            assert old in text, (name, old)
            text = text.replace(old, new, 1)
        (folder / name).write_text(text, encoding="utf-8")
    with (folder / "places.csv").open("a", encoding="utf-8") as places:
        places.write(ROWS)
    return folder


def test_twenty_faults_are_reported_in_one_go(tmp_path):
    """Every fault with file, row, column, what and fix; exit code 1; nothing is written."""
    folder = faulty(tmp_path / "s")
    before = {p.name: p.read_bytes() for p in folder.iterdir()}
    done, told = silog("check", folder, "--json"), silog("check", folder, "--lang", "id")
    problems = json.loads(done.stdout)

    assert (1, 1) == (done.exit_code, told.exit_code)
    assert 20 <= len({(p["file"], p["row"], p["column"]) for p in problems})
    assert all({"file", "row", "column", "what", "fix"} == set(p) for p in problems)
    assert all(p["what"] and p["fix"] for p in problems)
    assert f"{len(problems)} masalah" in told.stdout
    assert before == {p.name: p.read_bytes() for p in folder.iterdir()}


def test_a_faulty_scenario_is_not_planned(tmp_path):
    """All faults go to the error stream, exit code 2, and no plan folder appears."""
    folder, out = faulty(tmp_path / "s"), tmp_path / "plan"
    done = silog("plan", folder, "--out", out)
    problems = json.loads(silog("check", folder, "--json").stdout)

    assert 2 == done.exit_code
    assert "" == done.stdout
    assert all(p["file"] in done.stderr and p["fix"] in done.stderr for p in problems)
    assert not out.exists()


def test_a_plan_is_written_sound_and_summed_up(scenario, plan):
    """The folder reads back to a sound plan, and holds its summary in the language asked."""
    again = read_plan(plan)
    summary = (plan / "summary.en.txt").read_text(encoding="utf-8")

    assert [] == check_plan(SCENARIO, again)
    assert 3 == again.provenance.seed
    assert "1,549" in summary
    for word in ("Polling stations", "Trips by mode", "Latest departures", "Findings"):
        assert word in summary


def test_the_summary_speaks_indonesian(scenario, tmp_path):
    """--lang id, or the environment, chooses Indonesian words and numbers."""
    done = silog("plan", scenario, "--out", tmp_path / "plan", SILOG_LANG="id")

    assert 0 == done.exit_code
    assert "1.549" in done.stdout
    assert "Pemeriksa tidak menemukan pelanggaran." in done.stdout
    assert (tmp_path / "plan" / "summary.id.txt").exists()


def test_programs_read_facts(scenario, tmp_path):
    """--json prints figures, and nothing else, on standard output."""
    facts = json.loads(silog("plan", scenario, "--out", tmp_path / "p", "--json").stdout)

    assert (5, 1549, 0) == (facts["stations"], facts["voters"], facts["violations"])
    assert 0 == facts["shortfalls"] == facts["unserved"]
    assert 5 * 2 + 2 * 2 == facts["needs"]["ballot-box"]
    assert facts["distance_m"] > 0
    assert facts["cost_rupiah"] > 0
    assert {"title", "out", "trips", "findings"} <= set(facts)


def test_the_same_seed_writes_the_same_folder(scenario, plan, tmp_path):
    """Two runs with one seed can be compared file by file."""
    silog("plan", scenario, "--out", tmp_path / "p", "--seed", 3)

    assert {p.relative_to(plan): p.read_bytes() for p in plan.rglob("*.*")} == {
        p.relative_to(tmp_path / "p"): p.read_bytes() for p in (tmp_path / "p").rglob("*.*")
    }


def test_a_violation_is_exit_code_1(scenario, tmp_path, monkeypatch):
    """A plan that the checker rejects is written, named and never passed off as sound."""
    from silog_core.domain.violations import Violation

    bad = Violation(code="over-payload", where="W-1", text="a tonne too much")
    monkeypatch.setattr("silog_core.planning.check.check_plan", lambda *_: [bad])
    done = silog("plan", scenario, "--out", tmp_path / "p")

    assert 1 == done.exit_code
    assert "W-1: a tonne too much [over-payload]" in done.stdout
    assert "finds nothing" not in done.stdout


@pytest.mark.parametrize("level", LEVELS)
def test_every_level_adds_up_to_the_same_totals(scenario, level):
    """What is printed at a level sums, item by item, to what the rates ask for."""
    table = silog("needs", scenario, "--level", level, "--format", "csv").stdout
    sums = {}
    for row in csv.DictReader(io.StringIO(table)):
        sums[row["item"]] = sums.get(row["item"], 0) + int(row["quantity"])

    assert 5 * 2 + 2 * 2 == sums["ballot-box"]
    assert 5 * 49 + 2 * 9 + 3 == sums["seal-sticker"]
    assert 300 + 8 + 400 + 10 + 250 + 7 + 599 + 15 == sums["ballot-governor"]
    assert 2000 == sums["ballot-revote-regent"]


def test_needs_are_printed_in_three_forms(scenario):
    """Table, CSV and JSON hold the same figures; one item can be picked."""
    ask = ("needs", scenario, "--level", "subdistrict", "--item", "ballot-box")
    table, text = silog(*ask), silog(*ask, "--format", "csv").stdout
    data = json.loads(silog(*ask, "--format", "json").stdout)
    rows = list(csv.DictReader(io.StringIO(text)))

    assert [("12.01.01", 8), ("12.01.02", 6)] == [(r["place"], r["quantity"]) for r in data]
    assert [{**r, "quantity": str(r["quantity"])} for r in data] == rows
    assert 3 == len(table.stdout.splitlines())
    assert "place" in table.stdout
    assert "tempat" in silog(*ask, "--lang", "id").stdout


def test_an_unknown_item_is_named_with_those_there_are(scenario):
    """Exit code 2, and the items that something needs."""
    done = silog("needs", scenario, "--item", "ballot-bx")

    assert 2 == done.exit_code
    assert "ballot-bx" in done.stderr
    assert "ballot-box" in done.stderr


def test_a_station_is_explained_in_either_language(plan):
    """Plan, read back, explain: the rule, the lot, the trips and their times."""
    english = silog("explain", plan, STATION).stdout
    indonesian = silog("explain", plan, STATION, "--lang", "id").stdout

    for text, words in (
        (english, ("needs:ballot-box/station@ID", "supplied from", "leaves at the latest")),
        (indonesian, ("needs:ballot-box/station@ID", "dipasok dari", "paling lambat")),
    ):
        assert all(word in text for word in words)
        assert text.startswith(STATION)
    trips = read_plan(plan).trips_to[STATION]
    assert all(trip.id in english for trip in trips)


def test_a_rule_is_explained_where_it_holds(plan):
    """--at names a region: which rule holds there, and where it comes from."""
    done = silog("explain", plan, "needs:ballot-box/station", "--at", "12.01")

    assert 0 == done.exit_code
    assert "needs:ballot-box/station@ID" in done.stdout


def test_an_unknown_station_brings_near_misses(plan):
    """Exit code 2, and the codes that may have been meant."""
    done = silog("explain", plan, "12.01.01.1001-009")

    assert 2 == done.exit_code
    assert "did you mean" in done.stderr
    assert "12.01.01.1001-00" in done.stderr.partition("did you mean")[2]


@pytest.mark.parametrize(
    "words",
    [
        ("check", "nowhere"),
        ("plan", "nowhere", "--out", "p"),
        ("explain", "nowhere", STATION),
        ("needs", ".", "--level", "galaxy"),
        ("plan",),
        ("fly",),
    ],
    ids=" ".join,
)
def test_bad_usage_is_exit_code_2(words):
    """What cannot be understood changes nothing and says what was expected."""
    done = silog(*words)

    assert 2 == done.exit_code
    assert done.stderr


@pytest.mark.parametrize(
    ("option", "known"),
    [("--allocation-solver", "builtin"), ("--routing-solver", "ruin-recreate"),
     ("--executor", "processes")],
)  # fmt: skip
def test_an_unknown_choice_names_those_there_are(scenario, tmp_path, option, known):
    """A solver or executor nobody gives: exit code 2, the names, and no folder."""
    done = silog("plan", scenario, "--out", tmp_path / "p", option, "magic")

    assert 2 == done.exit_code
    assert known in done.stderr
    assert not (tmp_path / "p").exists()


def test_a_scenario_without_rates_cannot_be_planned(scenario, tmp_path):
    """Without any pack the message says what to install."""
    done = silog("plan", scenario, "--out", tmp_path / "p", SILOG_PLUGINS="")

    assert 2 == done.exit_code
    assert "pip install silog-region-id" in done.stderr


def test_rates_and_fleet_of_the_folder_are_used(tmp_path):
    """A scenario's own rates stand in for the pack's, all the way to the plan."""
    own = tuple(r for r in RULES if getattr(r, "item", None) == "seal")
    small = attrs.evolve(SCENARIO, rates=own, fleet=(fleet("12.01", "truck", 2),))
    folder = write_scenario(small, tmp_path / "s")
    facts = json.loads(silog("plan", folder, "--out", tmp_path / "p", "--json").stdout)

    assert 5 * 49 + 2 * 9 + 3 == facts["needs"]["seal"]
    assert 5 * 49 + 2 * 9 + 3 == facts["needs"]["seal-sticker"]
    assert 0 == facts["violations"]


@pytest.mark.parametrize(
    ("env", "expected"),
    [
        ({"SILOG_LANG": "id", "LANG": "en_US.UTF-8"}, "id"),
        ({"SILOG_LANG": "", "LC_ALL": "id_ID.UTF-8"}, "id"),
        ({"SILOG_LANG": "", "LC_ALL": "", "LC_MESSAGES": "", "LANG": "C.UTF-8"}, "en"),
        ({"SILOG_LANG": "", "LC_ALL": "", "LC_MESSAGES": "", "LANG": ""}, "en"),
    ],
)
def test_the_environment_chooses_the_language(monkeypatch, env, expected):
    """As asked; else SILOG_LANG, then what the system speaks."""
    for name, value in env.items():
        monkeypatch.setenv(name, value)

    assert expected == language(None)
    assert "en" == language("en")


def test_an_unforeseen_error_is_exit_code_3(scenario, monkeypatch, capsys):
    """A bug is said to be one, without a traceback unless SILOG_DEBUG asks for it."""

    def bug(folder):
        raise ZeroDivisionError("nobody thought of that")

    monkeypatch.setattr("silog_core.io.scenario_folder.check_scenario", bug)
    monkeypatch.setattr(sys, "argv", ["silog", "check", str(scenario)])
    with pytest.raises(SystemExit) as end:
        main()

    assert 3 == end.value.code
    assert (
        "internal error: ZeroDivisionError: nobody thought of that" in capsys.readouterr().err
    )


def run(*words):
    """Run the program as people do, in a process of its own."""
    return subprocess.run(
        [str(Path(sys.executable).with_name("silog")), *map(str, words)],
        capture_output=True,
        text=True,
        env={**os.environ, **ENV},
        check=False,
    )


def test_the_installed_program_plans_and_explains(scenario, tmp_path):
    """As a process: plan with two workers, then explain; bars go to the error stream."""
    made = run("plan", scenario, "--out", tmp_path / "p", "--workers", 2, "--json")
    told = run("explain", tmp_path / "p", STATION)

    assert (0, 0) == (made.returncode, told.returncode), made.stderr
    assert 5 == json.loads(made.stdout)["stations"]
    assert told.stdout.startswith(STATION)


def test_the_installed_program_ends_with_the_codes_of_the_manual(scenario, tmp_path):
    """0 for fine, 1 for problems, 2 for bad input."""
    codes = [
        run("check", scenario).returncode,
        run("check", faulty(tmp_path / "s")).returncode,
        run("check", tmp_path / "nowhere").returncode,
    ]

    assert [0, 1, 2] == codes


def test_help_lists_every_command():
    """Each command of the manual has a line that says what it does."""
    text = silog("--help").stdout

    for name in ("allocate", "check", "demo", "explain", "needs", "plan", "plugins", "route"):
        assert f"\n  {name} " in text
