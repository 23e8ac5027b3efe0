"""A table of trips is read whole, or every fault in it is named."""

from __future__ import annotations

import pytest

from silog_core.domain.problems import ScenarioError
from silog_core.errors import StorageError
from silog_core.io.trip_files import read_typed_trips, scenario_dialect
from silog_core.testing.worlds import small_world

DIALECT = scenario_dialect(small_world().scenario, ["truck"])
HUB, VILLAGE = "12.01.01", "12.01.01.1001"


def read(tmp_path, text):
    """Return the trips of a table."""
    path = tmp_path / "trips.csv"
    path.write_text(text, encoding="utf-8")
    return read_typed_trips(path, DIALECT)


def faults(tmp_path, text):
    """Return row and column of each fault."""
    with pytest.raises(ScenarioError) as caught:
        read(tmp_path, text)
    return [(p.row, p.column) for p in caught.value.problems]


def test_rows_of_a_trip_are_joined(tmp_path):
    """What belongs to the trip is typed once; column ``stop`` gives the order."""
    (trip,) = read(
        tmp_path,
        "trip;vehicle;departs;stop;place;load\n"
        f"T1;truck;H-1 06.30;2;{VILLAGE};1.5\n"
        f"T1;;;1;{HUB};\n",
    )

    assert ("T1", "truck", -86_400 + 6 * 3600 + 1800) == (trip.id, trip.vehicle, trip.depart_s)
    assert [(3, HUB, None), (2, VILLAGE, 1500)] == [
        (stop.row, stop.place, stop.load_g) for stop in trip.stops
    ]


def test_indonesian_headers_are_read(tmp_path):
    """An officer may write the columns in Indonesian."""
    (trip,) = read(
        tmp_path,
        f"perjalanan,kendaraan,berangkat,tempat\nT1,truck,2024-11-26 06:00,{HUB}\n",
    )

    assert -64_800 == trip.depart_s


def test_every_fault_is_named(tmp_path):
    """Unknown places and vehicles, bad moments, loads and numbers: all in one go."""
    found = faults(
        tmp_path,
        "trip,vehicle,departs,place,load,unit\n"
        "T1,lorry,6 am,12.99,heavy,0\n"
        f"T2,truck,,{HUB},1,\n"
        f",truck,H-1 06:00,{HUB},,\n"
        f"T2,,H-1 06:00,{HUB},,\n"
        f"T2,,H-2 06:00,{HUB},,\n",
    )

    assert [
        (2, "departs"), (2, "load"), (2, "place"), (2, "unit"), (2, "vehicle"), (4, "trip"),
        (6, "departs"),
    ] == found  # fmt: skip


@pytest.mark.parametrize(
    ("text", "where"),
    [
        ("", [(1, "")]),
        ("trip,place\n", [(None, "")]),
        (f"trip,place,kits\nT1,{HUB},12.98\n", [(2, "departs"), (2, "kits"), (2, "vehicle")]),
        (
            f"trip,vehicle,departs,stop,place\nT1,truck,H-1 06:00,1,{HUB}\nT1,,,1,{VILLAGE}\n",
            [(3, "stop")],
        ),
    ],
)
def test_a_table_without_sense_is_refused(tmp_path, text, where):
    """No rows, no header, no vehicle, one stop twice: each has its place."""
    assert where == faults(tmp_path, text)


def test_a_missing_file_says_so(tmp_path):
    """A path that leads nowhere is an error of storage."""
    with pytest.raises(StorageError):
        read_typed_trips(tmp_path / "none.csv", DIALECT)
