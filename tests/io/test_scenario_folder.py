"""The scenario folder: what is written reads back, whole and unharmed."""

from __future__ import annotations

import pickle
from pathlib import Path
from tempfile import TemporaryDirectory

import attrs
import pytest
from hypothesis import HealthCheck, given, settings

from scenario_draws import scenarios
from scenario_files import LEGS, PLACES, check_scenario, folder
from silog_core.domain.places import Place
from silog_core.domain.problems import ScenarioError
from silog_core.errors import FieldError, StorageError
from silog_core.io.scenario_folder import (
    read_scenario,
    scenario_files,
    write_scenario,
)
from silog_core.io.scenario_folder.places_table import PLACES as PLACES_COLUMNS
from silog_core.io.scenario_folder.rule_tables import ITEMS, RATES
from silog_core.io.scenario_folder.transport_tables import LEGS as LEGS_COLUMNS
from silog_core.io.scenario_folder.transport_tables import STOCK, VEHICLES


@given(scenarios())
@settings(max_examples=30, deadline=None, suppress_health_check=list(HealthCheck))
def test_what_is_written_reads_back(scenario):
    """read(write(s)) == s, whatever the texts hold."""
    with TemporaryDirectory() as here:
        path = write_scenario(scenario, Path(here) / "s")

        assert scenario == read_scenario(path)
        assert () == check_scenario(path)


@given(scenarios())
@settings(max_examples=20, deadline=None, suppress_health_check=list(HealthCheck))
def test_the_same_scenario_gives_the_same_bytes(scenario):
    """Files depend on the scenario alone, so a folder can be compared line by line."""
    assert scenario_files(scenario) == scenario_files(pickle.loads(pickle.dumps(scenario)))


def test_two_files_are_enough(tmp_path):
    """scenario.toml and places.csv alone make a scenario."""
    scenario = read_scenario(folder(tmp_path))

    assert "Medan Tuntungan" == scenario.title
    assert 999 == sum(p.voters for p in scenario.places)
    assert () == scenario.legs
    assert ("flood-prone", "special") == scenario.by_code["12.71.01.1001-002"].flags
    assert 3_591_000 == scenario.by_code["12.71"].lat_microdeg


@pytest.mark.parametrize(
    "change",
    [
        lambda t: "\ufeff" + t,
        lambda t: t.replace("\n", "\r\n"),
        lambda t: t.replace(",", ";"),
        lambda t: "sep=;\r\n" + t.replace(",", ";").replace("\n", "\r\n"),
        lambda t: t.replace(",", "\t"),
        lambda t: t.replace("code,kind", "Code, KIND"),
        lambda t: t + ",,,,,,,,\n\n",
        lambda t: t.replace("\n", ",\n"),
    ],
    ids=["bom", "crlf", "semicolon", "sep", "tab", "capitals", "blank-rows", "blank-column"],
)
def test_what_spreadsheets_do_to_csv_is_read_the_same(tmp_path, change):
    """Byte order mark, CRLF, semicolons and blank edges change nothing."""
    (tmp_path / "a").mkdir()
    (tmp_path / "b").mkdir()

    assert read_scenario(folder(tmp_path / "a")) == read_scenario(
        folder(tmp_path / "b", places_csv=change(PLACES))
    )


def test_documented_other_names_of_columns_are_read(tmp_path):
    """Fixed cost, cost per km and hours per day may be written as words."""
    vehicles = (
        "type,home,count,mode,payload_g,volume_cm3,fixed cost,cost per km,hours per day,skills\n"
        "truck,12.71,2,road,4000000,12000000,500000,9000,9,\n"
    )

    entry = read_scenario(folder(tmp_path, vehicles_csv=vehicles)).fleet[0]

    assert (500_000, 9000, 9) == (
        entry.vehicle.fixed_cost_rupiah,
        entry.vehicle.cost_per_km_rupiah,
        entry.vehicle.hours_per_day,
    )


def test_a_faulty_scenario_is_not_written(tmp_path):
    """Writing refuses what reading would refuse, and leaves what lay there."""
    scenario = read_scenario(folder(tmp_path))
    orphan = attrs.evolve(scenario.places[-1], parent="12.71.01.1099")
    target = write_scenario(scenario, tmp_path / "out")
    before = (target / "places.csv").read_bytes()

    with pytest.raises(ScenarioError):
        write_scenario(attrs.evolve(scenario, places=(*scenario.places[:-1], orphan)), target)
    spaced = attrs.evolve(scenario.places[0], name=" Gudang")
    with pytest.raises(FieldError, match="does not survive"):
        write_scenario(attrs.evolve(scenario, places=(spaced, *scenario.places[1:])), target)

    assert before == (target / "places.csv").read_bytes()
    assert ["out", "places.csv", "scenario.toml"] == sorted(p.name for p in tmp_path.iterdir())


def test_writing_leaves_other_peoples_files_alone(tmp_path):
    """A folder of something else is refused; a note beside the tables stays."""
    scenario = read_scenario(folder(tmp_path))
    other = tmp_path / "other"
    other.mkdir()
    (other / "thesis.doc").write_text("mine")

    with pytest.raises(StorageError):
        write_scenario(scenario, other)
    target = write_scenario(scenario, tmp_path / "out")
    (target / "note.txt").write_text("mine")
    (target / "legs.csv").write_text(LEGS)
    write_scenario(scenario, target)

    assert ["note.txt", "places.csv", "scenario.toml"] == sorted(
        p.name for p in target.iterdir()
    )


def test_thirty_thousand_places_are_read(tmp_path):
    """A folder as large as a province is read whole."""
    scenario = read_scenario(folder(tmp_path))
    stations = [
        Place(
            code=f"12.71.01.{1002 + v}-{n:03d}",
            kind="station",
            region=f"12.71.01.{1002 + v}",
            name=f"TPS {n}",
            lat_microdeg=3_500_000 + v,
            lon_microdeg=98_600_000 + n,
            parent=f"12.71.01.{1002 + v}",
            voters=300,
        )
        for v in range(1000)
        for n in range(1, 31)
    ]
    villages = [
        attrs.evolve(scenario.by_code["12.71.01.1001"], code=c, region=c)
        for c in (f"12.71.01.{1002 + v}" for v in range(1000))
    ]
    write_scenario(
        attrs.evolve(scenario, places=(*scenario.places, *villages, *stations)),
        tmp_path / "big",
    )

    assert 31_005 == len(read_scenario(tmp_path / "big").places)


@pytest.mark.parametrize(
    "columns",
    [PLACES_COLUMNS, LEGS_COLUMNS, STOCK, VEHICLES, ITEMS, RATES],
    ids=lambda columns: columns.file,
)
def test_every_column_is_documented(columns):
    """docs/scenario-folder.md names each column of each file in its tables."""
    page = (Path(__file__).parents[2] / "docs" / "scenario-folder.md").read_text()
    rows = [line for line in page.splitlines() if line.startswith("| `")]
    named = {word for row in rows for word in row.split("|")[1].replace("`", "").split(", ")}

    assert set() == {name for name in columns.names if name not in {n.strip() for n in named}}


def test_thousands_of_slips_are_all_explained(tmp_path):
    """Each of a thousand misspelt parents is reported, the first with a suggestion."""
    slips = "".join(
        f"12.71.01.1001-{n:03d},station,12.71.01.1001,TPS,,,12.71.01.{2000 + n},9,\n"
        for n in range(3, 1000)
    )
    many = "".join(
        f"12.71.01.{1002 + n},village,12.71.01.{1002 + n},PPS,,,12.71.01,,\n"
        for n in range(5000)
        if not 2000 <= 1002 + n < 3000
    )

    problems = check_scenario(folder(tmp_path, places_csv=PLACES + slips + many))

    assert 997 == len(problems)
    assert "did you mean" in problems[0].what
