"""Faults of a scenario folder: each is placed, explained, and told with all others."""

from __future__ import annotations

import pickle

import pytest

from scenario_files import LEGS, PLACES, check_scenario, folder, only_problem
from scenario_head import HEAD
from silog_core.domain.problems import ScenarioError
from silog_core.io.scenario_folder import (
    read_scenario,
)

TWENTY = """\
code,kind,region,name,lat,lon,parent,voters,flags,colour
12.71,warehouse,12.71,Gudang,98.67,3.591,,,,
12.71.01,hubb,12.71.01,PPK,3.57,98.69,12.71,,,
12.71.01.1001,village,12.71.02.1001,PPS,3.575,98.695,12.71.01,,,
1271011002,village,1271011002,PPS,3.575,98.695,12.71.01,,,
12.71.01.1003,village,12.71.01.1003,PPS,"3,575","98,695",12.71.01,,,
12.71.01.1001-000,station,12.71.01.1001,TPS,,,12.71.01.1001,400,,
12.71.01.1001-001,station,12.71.01.1001,TPS,,,12.71.01.1001,1.204,,
12.71.01.1001-001,station,12.71.01.1001,TPS,,,12.71.01.1001,410,,
12.71.01.1001-003,station,12.71.01.1001,TPS,,,12.71.01.1009,410,,
12.71.01.1001-004,station,12.71.01.1001,TPS,,,12.71,410,,
12.71.01.1001-005,station,12.71.01.1001,TPS,,,12.71.01.1001,,,
12.72,warehouse,12.72,Gudang,,,12.73,700,,
12.73,warehouse,12.73,Gudang,,,12.72,,,
13.71,warehouse,13.71,Gudang,55.1,12.5,,,,
"""


def test_twenty_faults_are_reported_in_one_go(tmp_path):
    """Each with file, row, column and a fix; nothing is returned and nothing written."""
    toml = HEAD.replace('"pilkada"', '"pilkda"').replace('"province"', '"provinsi"')
    toml = toml.replace("2024-11-27", '"27-11-2024"')
    legs = LEGS + "12.71,12.71,road,0,60,,,,\n12.71,12.77,rail,10,60,,,,13\n"
    stock = "place,item,quantity,from_date\n12.79,ink,-4,27/11/2024\n"
    path = folder(
        tmp_path,
        scenario_toml=toml,
        places_csv=TWENTY,
        legs_csv=legs,
        stock_csv=stock,
        vehicles_csv="type,home,mode,payload_g\ntruck,12.71,road,12.5\n",
    )
    before = {p: p.read_bytes() for p in path.iterdir()}

    with pytest.raises(ScenarioError) as caught:
        read_scenario(path)

    found = {(p.file, p.row, p.column) for p in caught.value.problems}
    expected = {
        ("scenario.toml", 4, "election.kind"),
        ("scenario.toml", 5, "election.voting_day"),
        ("scenario.toml", 11, "contests.area_level"),
        ("places.csv", 1, "colour"),
        ("places.csv", 2, "lat"),
        ("places.csv", 3, "kind"),
        ("places.csv", 4, "region"),
        ("places.csv", 5, "region"),
        ("places.csv", 6, "lat"),
        ("places.csv", 6, "lon"),
        ("places.csv", 7, "code"),
        ("places.csv", 8, "voters"),
        ("places.csv", 9, "code"),
        ("places.csv", 10, "parent"),
        ("places.csv", 11, "parent"),
        ("places.csv", 12, "voters"),
        ("places.csv", 13, "voters"),
        ("places.csv", 13, "parent"),
        ("places.csv", 15, "region"),
        ("places.csv", 15, "lat"),
        ("legs.csv", 4, "head"),
        ("legs.csv", 4, "length_m"),
        ("legs.csv", 5, "head"),
        ("legs.csv", 5, "mode"),
        ("legs.csv", 5, "months_closed"),
        ("stock.csv", 2, "place"),
        ("stock.csv", 2, "quantity"),
        ("stock.csv", 2, "from_date"),
        ("vehicles.csv", 1, "volume_cm3"),
        ("vehicles.csv", 2, "payload_g"),
    }
    assert expected == found
    assert caught.value.problems == check_scenario(path)
    assert (
        "places.csv, baris 2, kolom lat: lat 98.67, lon 3.591 tertukar; tulis lat 3.591"
        in (caught.value.problems[6].line("id"))
    )
    assert before == {p: p.read_bytes() for p in path.iterdir()}


def test_the_error_survives_a_worker(tmp_path):
    """It pickles with all its problems, and prints the first of them."""
    with pytest.raises(ScenarioError) as caught:
        read_scenario(folder(tmp_path, places_csv=TWENTY))

    again = pickle.loads(pickle.dumps(caught.value))

    assert caught.value.problems == again.problems
    assert str(caught.value) == str(again)
    assert "places.csv, row 2, column lat" in str(again)


@pytest.mark.parametrize(
    ("old", "new", "row", "column", "what", "fix"),
    [
        (",3.576,98.696,", ",98.696,3.576,", 5, "lat", "swapped", "lat 3.576 and lon 98.696"),
        (",3.576,98.696,", ",0,0,", 5, "lat", "placeholder", "leave it empty"),
        (",3.576,98.696,", ",3.576,,", 5, "lon", "lon is empty", "both lat and lon"),
        (",3.576,98.696,", ',3.576,"98,696",', 5, "lon", "'98,696'", "as a point: 98.696"),
        (",3.576,98.696,", ",3.576,98.696.123,", 5, "lon", "'98.696.123'", "one decimal"),
        (",3.576,98.696,", ",3.576,198.696,", 5, "lon", "outside Indonesia", "94.5 to 141.5"),
        (",487,", ",-5,", 5, "voters", "'-5'", "0 or more, in plain digits"),
        (",487,", ",487.0,", 5, "voters", "'487.0'", "without decimals: 487"),
        (",487,", ",1.487,", 5, "voters", "'1.487'", "thousands signs: 1487"),
        (",487,", ",4E+02,", 5, "voters", "'4E+02'", "all its digits"),
        (",487,", ",,", 5, "voters", "voters is empty", "station's list"),
        (",12.71,,\n", ",12.71,90,\n", 3, "voters", "a hub has 90 voters", "stations alone"),
        ("-002,", "-2,", 6, "code", "not a station code", "12.71.01.1001-002"),
        ("-002,", "-000,", 6, "code", "not a station code", "from 001"),
        ("12.71.01.1001-002", "1271011001002", 6, "code", "not a st", "12.71.01.1001-002"),
        (
            "-002,station,12.71.01.1001",
            "-002,station,12.71.01.1002",
            6,
            "region",
            "outside its",
            "1001",
        ),
        ("-002,", "-001,", 6, "code", "row 5 already", "of its own"),
        (
            "TPS 2,,,12.71.01.1001",
            "TPS 2,,,12.71.01.1010",
            6,
            "parent",
            "did you mean 12.71.01.1001?",
            "village",
        ),
        ("TPS 2,,,12.71.01.1001", "TPS 2,,,12.71.01", 6, "parent", "is a hub", "a village"),
        (
            "TPS 2,,,12.71.01.1001",
            "TPS 2,,,",
            6,
            "parent",
            "no parent",
            "such as 12.71.01.1001",
        ),
        (
            "001,village,12.71.01.1001",
            "001,village,12.71.01",
            4,
            "region",
            "is a subdistrict",
            "code of its village",
        ),
        ("-002,station,", "-002,stasiun,", 6, "kind", "did you mean station?", "supplier"),
        ("-002,station,", "-002,,", 6, "kind", "kind is empty", "supplier"),
        ("12.71.01.1001-002", "TPS 2", 6, "code", "'TPS 2'", "without spaces"),
        (",,,12.71.01.1001,512", ",,,12.71.01.1001", 6, "", "has 8 cells", "add the missing"),
        ("TPS 2", "TPS 2, barat", 6, "", "has 10 cells", "in quotes"),
        ("TPS 2", '"TPS 2', 6, "", "cannot be split", "close every quote"),
        (",flags\n", ",flag\n", 1, "flag", "did you mean flags?", "remove it"),
        (",flags\n", ",voters\n", 1, "voters", "there twice", "remove one"),
        ("code,kind", "kode,kind", 1, "kode", "did you mean code?", "use code"),
    ],
)
def test_a_fault_of_places_is_placed_and_explained(tmp_path, old, new, row, column, what, fix):
    """One wrong cell gives its row, its column, what is wrong and how to mend it."""
    assert old in PLACES

    problems = check_scenario(folder(tmp_path, places_csv=PLACES.replace(old, new, 1)))

    hits = [p for p in problems if what in p.what]
    assert [(row, column)] == [(p.row, p.column) for p in hits], [str(p) for p in problems]
    assert fix in hits[0].fix


@pytest.mark.parametrize(
    ("old", "new", "row", "column", "what", "fix"),
    [
        (
            "12.71,12.71.01,road",
            "12.71,12.71.07,road",
            2,
            "head",
            "'12.71.07'; did you mean",
            "places.csv",
        ),
        (
            "12.71,12.71.01,road",
            "12.71.01,12.71.01,road",
            2,
            "head",
            "to itself",
            "another place",
        ),
        (",road,4200", ",raod,4200", 2, "mode", "did you mean road?", "use road, sea"),
        (",4200,", ",0,", 2, "length_m", "'0'", "metres, 1 or more"),
        (",4200,", ",,", 2, "length_m", "is empty", "a whole number of metres"),
        (",15000,", ",Rp 15000,", 2, "cost", "'Rp 15000'", "rupiah"),
        ("12 1 2", "12 Jan", 3, "months_closed", "'Jan'", "(Jan: 1)"),
        ("12 1 2", "12-2", 3, "months_closed", "'12-2'", "between spaces"),
        ("12.71.01,12.71.01.1001,", "12.71,12.71.01,", 3, "mode", "those of row 2", "join"),
    ],
)
def test_a_fault_of_legs_is_placed_and_explained(tmp_path, old, new, row, column, what, fix):
    """Legs name places that exist, and move forward."""
    assert old in LEGS

    found = only_problem(tmp_path, legs_csv=LEGS.replace(old, new, 1))

    assert (row, column) == found[:2]
    assert what in found[2]
    assert fix in found[3]


@pytest.mark.parametrize(
    ("old", "new", "row", "column", "what"),
    [
        ("title =", "titel =", 1, "titel", "did you mean title?"),
        ('title = "Medan Tuntungan"', "title = 3", 1, "title", "title is 3"),
        ('"pilkada"', '"pemilukada"', 4, "election.kind", "did you mean"),
        ("2024-11-27", "2024-11-31", 5, "", "not TOML"),
        ("2024-11-27", "27-11-2024", 5, "", "not TOML"),
        ("2024-11-27", "2024-11-27T07:00:00", 5, "election.voting_day", "voting_day is"),
        ('root = "12"', 'root = "12"\nroot = "13"', 7, "", "not TOML"),
        ('root = "12"', "root = 12", 6, "election.root", "root is 12"),
        ('root = "12"', 'root = "Sumut"', 6, "election.root", "not a region code"),
        ('root = "12"', 'root = "12"\nstop_s = 3', 7, "election.stop_s", "not belong here"),
        ('"province"', '"provinsi"', 11, "contests.area_level", "did you mean province?"),
        ('"province"', '"district"', 8, "contests.districts", "lists none"),
        ("[election]", "[elektion]", 3, "elektion", "did you mean election?"),
        ("area_level", "arealevel", 11, "contests.arealevel", "did you mean area_level?"),
    ],
)
def test_a_fault_of_the_settings_names_its_line(tmp_path, old, new, row, column, what):
    """Also when the file is not TOML at all."""
    assert old in HEAD

    problems = check_scenario(folder(tmp_path, scenario_toml=HEAD.replace(old, new, 1)))

    hits = [p for p in problems if what in p.what and p.file == "scenario.toml"]
    assert (row, column) in [(p.row, p.column) for p in hits], [str(p) for p in problems]


def test_handling_times_are_checked_one_by_one(tmp_path):
    """Each wrong time names its own key; a day that ends before it begins is one too."""
    toml = (
        HEAD
        + '[windows]\nfirst_hour = 20\nlast_hour = 6\n[handling]\nkit_s = "60"\nstop_s = -1\n'
    )

    problems = check_scenario(folder(tmp_path, scenario_toml=toml))

    assert [(14, "windows.last_hour"), (16, "handling.kit_s"), (17, "handling.stop_s")] == [
        (p.row, p.column) for p in problems
    ]


def test_two_contests_cannot_share_a_ballot(tmp_path):
    """The wrong ballot is worthless, so each contest has one of its own."""
    contest = HEAD[HEAD.index("[[contests]]") :]

    problems = check_scenario(folder(tmp_path, scenario_toml=HEAD + "\n" + contest))

    assert [(14, "contests.code"), (15, "contests.item")] == [
        (p.row, p.column) for p in problems
    ]


@pytest.mark.parametrize(
    ("content", "what"),
    [
        (PLACES.replace("Kota", "Kotá").encode("cp1252"), "is not UTF-8"),
        (PLACES.encode("utf-16"), "UTF-16"),
    ],
)
def test_a_wrong_encoding_names_the_row(tmp_path, content, what):
    """A file saved as ANSI or Unicode Text says which row, and how to save it."""
    problems = check_scenario(folder(tmp_path, places_csv=content))

    assert what in problems[0].what
    assert "CSV UTF-8" in problems[0].fix
    assert problems[0].row == (1 if "16" in what else 3)


@pytest.mark.parametrize("missing", ["scenario_toml", "places_csv"])
def test_a_missing_file_is_named(tmp_path, missing):
    """Both compulsory files are asked for by name."""
    problems = check_scenario(folder(tmp_path, **{missing: None}))

    assert (missing.replace("_", "."), "the file is missing") in [
        (p.file, p.what) for p in problems
    ]


def test_a_misnamed_file_is_noticed(tmp_path):
    """A table that would not be read is a fault, not an empty table."""
    path = folder(tmp_path)
    (path / "leg.csv").write_text(LEGS)
    (path / "notes.txt").write_text("for people")

    assert [("leg.csv", "no such file is read; did you mean legs.csv?")] == [
        (p.file, p.what) for p in check_scenario(path)
    ]


def test_cycles_of_parents_are_shown_whole(tmp_path):
    """A circle is one problem that names its members."""
    places = PLACES + "".join(
        f"12.7{a},warehouse,12.7{a},G,,,12.7{b},,\n" for a, b in ((2, 3), (3, 4), (4, 2))
    )

    row, column, what, _fix = only_problem(tmp_path, places_csv=places)

    assert (7, "parent") == (row, column)
    assert "12.72 > 12.73 > 12.74 > 12.72" in what


def test_the_code_that_a_spreadsheet_shortened_is_restored(tmp_path):
    """12.10 becomes 12.1 in a number cell; the fix says so."""
    places = PLACES + "gudang-2,warehouse,12.1,Gudang,,,,,\n"

    _row, _column, _what, fix = only_problem(tmp_path, places_csv=places)

    assert "write 12.10" in fix


def test_rules_of_a_scenario_need_a_source(tmp_path):
    """An override without a basis is refused, as a plugin's would be."""
    items = "code,title_id,title_en,mass_g,volume_cm3,source\nink,tinta,ink,60,120,\n"
    rates = "item,per,quantity,source,contest,scope\nink,stasion,2,KPU,mayor,13\n"

    problems = check_scenario(folder(tmp_path, items_csv=items, rates_csv=rates))

    assert [
        ("items.csv", "source"),
        ("rates.csv", "contest"),
        ("rates.csv", "per"),
        ("rates.csv", "scope"),
    ] == [(p.file, p.column) for p in problems]
