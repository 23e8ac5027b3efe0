"""The scenario folder: what is written reads back, and every fault is explained."""

from __future__ import annotations

import pickle
from pathlib import Path
from tempfile import TemporaryDirectory

import attrs
import pytest
from hypothesis import HealthCheck, given, settings

from scenario_draws import scenarios
from scenario_head import HEAD
from silog_core.domain.places import Place
from silog_core.domain.problems import ScenarioError
from silog_core.errors import FieldError, StorageError
from silog_core.io.scenario_folder import check_scenario as check_folder
from silog_core.io.scenario_folder import (
    read_scenario,
    scenario_files,
    write_scenario,
)
from silog_core.io.scenario_folder.places_table import PLACES as PLACES_COLUMNS
from silog_core.io.scenario_folder.rule_tables import ITEMS, RATES
from silog_core.io.scenario_folder.transport_tables import LEGS as LEGS_COLUMNS
from silog_core.io.scenario_folder.transport_tables import STOCK, VEHICLES

PLACES = """\
code,kind,region,name,lat,lon,parent,voters,flags
12.71,warehouse,12.71,Gudang KPU Medan,3.591,98.67,,,
12.71.01,hub,12.71.01,PPK Medan Kota,3.57,98.69,12.71,,
12.71.01.1001,village,12.71.01.1001,PPS Kotamatsum,3.575,98.695,12.71.01,,
12.71.01.1001-001,station,12.71.01.1001,TPS 1,3.576,98.696,12.71.01.1001,487,
12.71.01.1001-002,station,12.71.01.1001,TPS 2,,,12.71.01.1001,512,special flood-prone
"""
LEGS = """\
tail,head,mode,length_m,travel_s,cost,max_load_g,max_volume_cm3,months_closed
12.71,12.71.01,road,4200,900,15000,,,
12.71.01,12.71.01.1001,road,1500,400,,2000000,,12 1 2
"""


def folder(here, **files):
    """Make a folder: keyword ``places_csv`` is the content of ``places.csv``."""
    path = Path(here)
    for name, content in {"scenario_toml": HEAD, "places_csv": PLACES, **files}.items():
        if content is not None:
            raw = content if isinstance(content, bytes) else content.encode()
            (path / name.replace("_", ".")).write_bytes(raw)
    return path


def check_scenario(path):
    """Return the problems of a folder; each is said in both languages."""
    problems = check_folder(path)
    for p in problems:
        assert p.what != p.what_id
        assert p.fix != p.fix_id
    return problems


def only_problem(here, **files):
    """Return the one problem of a folder, as (row, column, what, fix)."""
    problems = check_scenario(folder(here, **files))
    assert len(problems) == 1, [str(p) for p in problems]
    p = problems[0]
    return p.row, p.column, p.what, p.fix


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
