"""The judge of typed trips finds each kind of fault, and nothing in the planner's trips."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

import attrs
import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from silog_core.domain.places import PlaceKind
from silog_core.io.trip_files import read_typed_trips, scenario_dialect
from silog_core.planning.judge import judge_trips
from small_world import BOOK, VEHICLES, fleet, leg, planned, world, worlds
from typed_tables import HEADER, rows_of, table_of

SCENARIO = world()
PLAN = planned(SCENARIO)
ROWS = rows_of(PLAN)
HIRED = [rule.vehicle.type for rule in VEHICLES]
WAREHOUSE, HUB, ISLAND = "12.01", "12.01.01", "12.01.02"
VILLAGE, STATION = "12.01.01.1001", "12.01.01.1001-001"


def judged(rows, scenario=SCENARIO, book=BOOK, homes=()):
    """Return what is found against rows, read from a file as a person wrote it."""
    with TemporaryDirectory() as here:
        path = table_of(rows, Path(here) / "trips.csv")
        trips = read_typed_trips(path, scenario_dialect(scenario, HIRED))
    return judge_trips(scenario, book, trips, homes=homes)


def changed(place, **cells):
    """Return the rows with the first one to a place changed, or its trip as a whole."""
    rows = [list(row) for row in ROWS]
    found = next(row for row in rows if row[HEADER.index("place")] == place)
    for column, cell in cells.items():
        whole = column in {"vehicle", "home", "departs"} or (column, cell) == ("arrives", "")
        for row in rows:
            if row is found or (whole and row[0] == found[0]):
                row[HEADER.index(column)] = cell
    return rows


def without(place):
    """Return the rows without those to a place."""
    return [row for row in ROWS if row[HEADER.index("place")] != place]


def test_the_planners_own_trips_are_sound():
    """Nothing is found against a plan of the library that is typed off."""
    assert [] == judged(ROWS)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(worlds(tight=False, warehouses=1, at_least=1), st.integers(0, 3))
def test_only_what_the_plan_leaves_is_found(scenario, seed):
    """In any little country, only kits that the plan leaves behind are missed (26, 28, 29)."""
    plan = planned(scenario, seed=seed)
    assume(rows_of(plan))
    codes = {one.code for one in judged(rows_of(plan), scenario)}

    # The planner itself warns of what comes early.
    assert codes <= {"early"} | ({"forgotten", "left-behind"} if plan.unserved else set())


@pytest.mark.parametrize(
    ("code", "rows"),
    [
        ("late", changed(STATION, departs="H 06:00", arrives="")),
        ("early", changed(STATION, departs="H-20 08:00", arrives="")),
        ("hours", changed(VILLAGE, departs="H-3 04:00", arrives="")),
        ("closed", changed(ISLAND, departs="H-3 08:00", arrives="")),
        ("arrival", changed(STATION, departs="H-1 10:00", arrives="H-1 10:01")),
        ("mode", changed(STATION, vehicle="van")),
        ("parent", changed(VILLAGE, home=WAREHOUSE)),
        ("home", changed(HUB, home="PRINTER")),
        ("typed-load", changed(STATION, load="1")),
        ("wrong-kit", changed(STATION, kits=f"{STATION} {VILLAGE}")),
        ("left-behind", changed(VILLAGE, kits=VILLAGE)),
        ("forgotten", without(STATION)),
        ("twice", [*ROWS, ["again", "motorbike", VILLAGE, "H-1 09:00", STATION, *[""] * 4]]),
        ("not-there-yet", changed(VILLAGE, departs="H-5 08:00", arrives="")),
    ],
)
def test_a_spoilt_table_is_found_out(code, rows):
    """Each damage to sound trips has its code, and each row its number."""
    found = judged(rows)

    assert code in {one.code for one in found}
    assert all(one.fix.english and one.fix.indonesian for one in found)
    for one in found:
        if one.row is not None:
            assert one.trip == rows[one.row - 2][0]


@pytest.mark.parametrize(
    ("code", "changes"),
    [
        ("payload", {"fleet": (fleet(WAREHOUSE, "truck", 9, payload_g=1000),)}),
        ("volume", {"fleet": (fleet(WAREHOUSE, "truck", 9, volume_cm3=1000),)}),
        ("vehicle", {"fleet": (fleet(WAREHOUSE, "van", 9),)}),
        ("closed", {"legs": (leg(WAREHOUSE, HUB, months_closed=tuple(range(1, 13))),)}),
    ],
)
def test_a_tighter_world_is_found_broken(code, changes):
    """The same trips break each limit that is made tighter."""
    rows = changed(HUB, vehicle="truck")
    found = judged(rows, attrs.evolve(SCENARIO, **changes), homes=[WAREHOUSE])

    assert code in {one.code for one in found}


def test_one_vehicle_is_not_in_two_places():
    """More trips at once than there are vehicles, or one number twice, are found."""
    one = ["A", "motorbike", VILLAGE, "H-1 08:00", STATION, "", "1", "", ""]
    two = ["B", "motorbike", VILLAGE, "H-1 08:10", f"{VILLAGE}-002", "", "1", "", ""]
    lean = attrs.evolve(SCENARIO, fleet=(fleet(VILLAGE, "motorbike", 1),))
    found = judged([one, two], lean, homes=[VILLAGE])

    assert ["fleet", "two-at-once"] == [f.code for f in found]


def test_a_home_that_sends_nothing_is_one_finding():
    """Who types trips of one home alone is told of the others once, or not at all."""
    rows = rows_of(PLAN, homes=[WAREHOUSE])
    hubs = SCENARIO.of_kind(PlaceKind.HUB)

    assert ["forgotten"] * len(hubs) == [one.code for one in judged(rows)]
    assert [] == judged(rows, homes=[WAREHOUSE])


def test_findings_are_said_in_both_languages():
    """A line names file, row, trip, what is wrong, what to do, and the code."""
    (one, *_) = judged(changed(STATION, departs="H 06:00", arrives=""))
    english, indonesian = one.line("trips.csv"), one.line("trips.csv", "id")

    assert "too late" in english
    assert "terlambat" in indonesian
    assert english.endswith("[late]")
    assert f"row {one.row}, trip {one.trip}" in english
