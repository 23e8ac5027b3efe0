"""What a scenario folder says of presses and of those who receive, with every fault."""

from __future__ import annotations

from datetime import date

import pytest

from scenario_head import HEAD
from silog_core.domain.demand import Commodity
from silog_core.domain.plan import Load, Schedule, StageSlot
from silog_core.domain.presses import Press, Receiving
from silog_core.io.plan_folder.trip_tables import read_schedule, write_schedule
from silog_core.io.scenario_folder import check_scenario, read_scenario, write_scenario

PRESS = """
[[press]]
place = "PT-CETAK"
pieces_per_day = 2000000
from_date = 2024-10-05
items = ["ballot-governor"]
source = "a \\"contract\\""
"""
RECEIVING = """
[[receiving]]
region = "12.71"
people = 6
packs_per_worker_day = 40
source = "a list"
"""
PLACES = """\
code,kind,region,parent,voters
PT-CETAK,supplier,31.71,,
12.71,warehouse,12.71,PT-CETAK,
12.71.01,hub,12.71.01,12.71,
12.71.01.1001,village,12.71.01.1001,12.71.01,
12.71.01.1001-001,station,12.71.01.1001,12.71.01.1001,300
"""


def folder(here, *tables):
    """Make a folder."""
    (here / "scenario.toml").write_text("".join((HEAD, *tables)))
    (here / "places.csv").write_text(PLACES)
    return here


def test_presses_and_receivers_are_read_and_written(tmp_path):
    """Every value comes back, also through a folder that the library writes."""
    scenario = read_scenario(folder(tmp_path, PRESS, RECEIVING))
    press = Press(
        place="PT-CETAK", pieces_per_day=2_000_000, from_date=date(2024, 10, 5),
        items=("ballot-governor",), source='a "contract"',
    )  # fmt: skip
    crew = Receiving(region="12.71", people=6, packs_per_worker_day=40, source="a list")

    assert ((press,), (crew,)) == (scenario.presses, scenario.receivings)
    assert scenario == read_scenario(write_scenario(scenario, tmp_path / "copy"))


@pytest.mark.parametrize(
    ("old", "new", "column", "said"),
    [
        ('"PT-CETAK"', '"12.71"', "press.place", "12.71 is no supplier"),
        ("2000000", "0", "press.pieces_per_day", "pieces_per_day is 0"),
        ("2024-10-05", '"5 October"', "press.from_date", "from_date is '5 October'"),
        ('["ballot-governor"]', '"all"', "press.items", "items is 'all'"),
        ("from_date", "form_date", "press.form_date", "there is no key 'form_date'"),
        ("people = 6\n", "", "receiving.people", "people is missing"),
        ("= 40", '= "40"', "receiving.packs_per_worker_day", "packs_per_worker_day is '40'"),
        ('region = "12.71"', 'region = "31"', "receiving.region", "31 is not in 12"),
        ('region = "12.71"', 'region = "12.14"', "receiving.region", "no warehouse lies in"),
        (PRESS, PRESS * 2, "press.items", "two presses at PT-CETAK make ballot-governor"),
        (RECEIVING, RECEIVING * 2, "receiving.region", "in 12.71 are given twice"),
        ("[[press]]", "[press]", "press", "press is"),
    ],
)
def test_each_fault_names_its_key_and_line(tmp_path, old, new, column, said):
    """Whatever is wrong is told with file, line and key, in two languages, with a fix."""
    text = PRESS + RECEIVING
    assert old in text
    found = check_scenario(folder(tmp_path, text.replace(old, new)))
    mine = [p for p in found if p.column == column and said in p.what]

    assert 1 == len(mine)
    assert "scenario.toml" == mine[0].file
    assert mine[0].row
    assert mine[0].fix
    assert mine[0].what != mine[0].what_id


def test_all_faults_come_at_once(tmp_path):
    """A press and a crew that are wrong are told together."""
    text = (PRESS + RECEIVING).replace("2000000", "-1").replace("people = 6", "people = 0")
    columns = {p.column for p in check_scenario(folder(tmp_path, text))}

    assert {"press.pieces_per_day", "receiving.people"} == columns


def test_a_schedule_without_print_has_the_columns_that_it_had():
    """What is printed has columns of its own only where something is."""
    plain = StageSlot(stage="kitting", place="12.71", start_s=0, finish_s=9, latest_start_s=5)
    ware = Commodity(item="ballot-governor", area="12")
    load = Load(commodity=ware, quantity=7, to="12.71")
    job = StageSlot(
        stage="print", place="PT-CETAK", start_s=0, finish_s=9, latest_start_s=5, load=load
    )
    day = date(2024, 11, 27)
    before, after = (write_schedule(Schedule(stages=s), day) for s in ((plain,), (job, plain)))

    assert b"quantity" not in before
    assert b"ballot-governor" in after
    assert (job, plain) == read_schedule(after).stages
