"""The plan folder: what is written reads back, and damage is named."""

from __future__ import annotations

import json
import pickle
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

import attrs
import pytest
from hypothesis import HealthCheck, given, settings

from plan_draws import plans
from silog_core.domain.demand import NeedColumn, Needs, PlaceRows
from silog_core.domain.elections import Contest, Election
from silog_core.domain.legs import Mode
from silog_core.domain.plan import (
    ECHELON_TRIPS,
    Allocation,
    Plan,
    Provenance,
    Schedule,
    StageSlot,
    Stop,
    Trip,
)
from silog_core.domain.regions import RegionCode
from silog_core.errors import FieldError, FileFormatError, StorageError
from silog_core.io.plan_folder import plan_files, read_plan, write_plan


def big_plan(villages=900, stations=30):
    """Return a plan of about 28,000 places, with each kit moved five times."""
    station_codes, trips = [], []
    kits_of = {}
    for v in range(villages):
        village = f"12.71.{v // 50 + 1:02d}.{1001 + v}"
        kits_of[village] = tuple(f"{village}-{n:03d}" for n in range(1, stations + 1))
        station_codes.extend(kits_of[village])
    regions = tuple(RegionCode.parse(code[:13]) for code in station_codes)
    size = len(station_codes)

    def trip(name, echelon, home, stops):
        return Trip(
            id=name,
            echelon=echelon,
            vehicle="truck",
            mode=Mode.ROAD,
            home=home,
            stops=stops,
            depart_s=-86_400,
            back_s=-80_000,
            distance_m=9_000,
            cost_rupiah=90_000,
            mass_g=40_000,
            volume_cm3=400_000,
            latest_depart_s=-70_000,
        )

    def stop(place, kits):
        return Stop(place=place, arrive_s=-85_000, depart_s=-84_000, kits=kits)

    for village, kits in kits_of.items():
        hub = village[:8]
        trips.extend(
            trip(f"{way}/{village}", way, hub, (stop(village, kits),))
            for way in ECHELON_TRIPS
            if "station" not in way and way != "line-haul"
        )
        singles = tuple(stop(kit, (kit,)) for kit in kits)
        trips.append(trip(f"out/{village}", "village-station", village, singles))
        trips.append(trip(f"back/{village}", "return-station-village", village, singles))
    ballot = Contest(code="governor", item="ballot-governor", area_level="province")
    return Plan(
        title="Big",
        election=Election(
            kind="pilkada", voting_day=date(2024, 11, 27), root="12", contests=(ballot,)
        ),
        needs=Needs(
            levels=(
                PlaceRows(
                    per="station",
                    codes=tuple(station_codes),
                    regions=regions,
                    voters=(420,) * size,
                ),
            ),
            columns=tuple(
                NeedColumn(
                    item=f"item-{n}",
                    per="station",
                    quantities=tuple(range(size)),
                    rules=("needs:item/station@ID",),
                    rule_of_row=(0,) * size,
                )
                for n in range(20)
            ),
        ),
        allocation=Allocation(),
        trips=tuple(trips),
        schedule=Schedule(
            stages=tuple(
                StageSlot(
                    stage="at-station", place=c, start_s=-9, finish_s=-5, latest_start_s=-1
                )
                for c in station_codes
            )
        ),
        findings=(),
        shortfalls=(),
        names=tuple((c, f"TPS {c[-3:]}") for c in station_codes),
        parents=tuple((c, c[:13]) for c in station_codes),
        provenance=Provenance(seed=1, rules_digest="0" * 16),
    )


@given(plans())
@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
def test_what_is_written_reads_back(plan):
    """read(write(p)) == p, whatever the texts hold."""
    with TemporaryDirectory() as here:
        assert plan == read_plan(write_plan(plan, Path(here) / "plan"))


@given(plans())
@settings(max_examples=20, deadline=None, suppress_health_check=list(HealthCheck))
def test_the_same_plan_gives_the_same_bytes(plan):
    """Two runs with the same result can be compared file by file."""
    assert plan_files(plan) == plan_files(pickle.loads(pickle.dumps(plan)))


@pytest.fixture(scope="module")
def small():
    """A plan of four stations."""
    return big_plan(villages=2, stations=2)


def test_people_find_names_and_local_times(tmp_path, small):
    """Tables carry what a reader needs beside the seconds."""
    folder = write_plan(small, tmp_path / "plan")

    stops = (folder / "stops.csv").read_text().splitlines()
    needs = (folder / "needs.csv").read_text().splitlines()

    assert "trip,stop,place,arrive_s,depart_s,via,name,arrive_at,depart_at" == stops[0]
    wanted = "12.71.01.1001-001,-85000,-84000,,TPS 001,2024-11-26 00:23,2024-11-26 00:40"
    assert any(row.endswith(wanted) for row in stops)
    assert needs[0].startswith("per,code,region,name,voters,item-0,item-1,")
    assert needs[2].startswith("station,12.71.01.1001-002,12.71.01.1001,TPS 002,420,1,1,")


@pytest.mark.parametrize("name", ["stops.csv", "needs.csv", "findings.csv", "places.csv"])
def test_a_changed_or_missing_table_is_named(tmp_path, small, name):
    """A table that was edited, cut or removed is not half read."""
    folder = write_plan(small, tmp_path / "plan")
    content = (folder / name).read_bytes()

    (folder / name).write_bytes(content + b"\n")
    with pytest.raises(FileFormatError, match=rf"{name} was changed after it was written"):
        read_plan(folder)
    (folder / name).unlink()
    with pytest.raises(FileFormatError, match=rf"{name} cannot be read"):
        read_plan(folder)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (lambda h: h.update(version=99), "version 99 of the format, this program reads 1"),
        (lambda h: h.update(format="other"), "is not of a plan"),
        (lambda h: h.update(sha256={"../secret": ""}), "does not list the tables"),
        (lambda h: h["sha256"].pop("kits.csv"), "damaged"),
        (lambda h: h["plan"].pop("title"), "damaged"),
        (lambda h: h["plan"].update(title=3), "title is 3"),
        (lambda h: h["plan"].update(colour="red"), "damaged"),
        (lambda h: h["needs"]["columns"][0].update(rule_of_row="0x1"), "rules for 1 rows"),
        (lambda h: h.pop("needs"), "damaged"),
    ],
    ids=[
        "version",
        "format",
        "stray",
        "no-kits",
        "no-title",
        "title",
        "field",
        "runs",
        "needs",
    ],
)
def test_a_damaged_head_is_explained(tmp_path, small, change, message):
    """Another version, another format and lost parts each have their sentence."""
    folder = write_plan(small, tmp_path / "plan")
    head = json.loads((folder / "plan.json").read_text())
    change(head)
    (folder / "plan.json").write_text(json.dumps(head))

    with pytest.raises(FileFormatError) as caught:
        read_plan(folder)

    assert message in caught.value.problem
    assert caught.value.fix
    assert str(pickle.loads(pickle.dumps(caught.value))) == str(caught.value)


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b"\xff\xfe", b'"plan"'])
def test_what_is_not_json_is_not_a_plan(tmp_path, content):
    """Whatever lies in plan.json, the answer is a sentence."""
    (tmp_path / "plan.json").write_bytes(content)

    with pytest.raises(FileFormatError):
        read_plan(tmp_path)


def test_a_folder_without_a_plan_says_so(tmp_path):
    """A scenario folder, an empty folder and no folder are told apart from a plan."""
    with pytest.raises(FileFormatError, match=r"has no plan\.json"):
        read_plan(tmp_path)
    with pytest.raises(FileFormatError, match="there is no folder"):
        read_plan(tmp_path / "nowhere")


def test_nothing_is_written_unless_everything_can_be(tmp_path, small):
    """Two trips of one id cannot be told apart: the old plan stays as it was."""
    folder = write_plan(small, tmp_path / "plan")
    before = {p.name: p.read_bytes() for p in folder.iterdir()}

    with pytest.raises(FieldError, match="two trips have id"):
        write_plan(attrs.evolve(small, trips=(*small.trips, small.trips[0])), folder)
    with pytest.raises(StorageError):
        write_plan(small, folder / "plan.json")

    assert before == {p.name: p.read_bytes() for p in folder.iterdir()}
    assert ["plan"] == [p.name for p in tmp_path.iterdir()]


def test_a_full_disk_leaves_the_old_plan(tmp_path, small, monkeypatch):
    """When a file cannot be written, no half-written folder is left behind."""
    folder = write_plan(small, tmp_path / "plan")
    before = {p.name: p.read_bytes() for p in folder.iterdir()}

    def no_room(_fd):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("silog_core.io.atomic_folder.os.fsync", no_room)
    with pytest.raises(StorageError, match="No space left"):
        write_plan(attrs.evolve(small, title="New"), folder)

    assert before == {p.name: p.read_bytes() for p in folder.iterdir()}
    assert ["plan"] == [p.name for p in tmp_path.iterdir()]


def test_a_large_plan_survives(tmp_path):
    """27,000 stations, 57,600 stops, 162,000 hand-overs of kits."""
    plan = big_plan()

    assert plan == read_plan(write_plan(plan, tmp_path / "plan"))
