"""The judge of typed trips on the way back, of goods in bulk, and of crews."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

import attrs
import pytest
from hypothesis import HealthCheck, assume, given, settings

from silog_core.domain.calendar_rules import StageWindow
from silog_core.domain.escorts import EscortPool
from silog_core.domain.plan import ECHELON_TRIPS
from silog_core.io.trip_files import read_typed_trips, scenario_dialect
from silog_core.planning.judge import judge_trips
from small_world import (
    BOOK,
    DAY,
    RULES,
    VEHICLES,
    book_of,
    fleet,
    leg,
    planned,
    stocked,
    world,
    worlds,
)
from typed_tables import HEADER, MORE, table_of, whole_rows_of

SCENARIO = stocked(world())
PLAN = planned(SCENARIO)
ROWS = whole_rows_of(PLAN)
COLUMNS = (*HEADER, *MORE)
HIRED = [rule.vehicle.type for rule in VEHICLES]
BULK = whole_rows_of(PLAN, echelons=("line-haul",))
WAREHOUSE, HUB, VILLAGE, STATION = "12.01", "12.01.01", "12.01.01.1001", "12.01.01.1001-001"


def judged(rows, scenario=SCENARIO, book=BOOK, homes=()):
    """Return what is found against rows, read from a file as a person wrote it."""
    with TemporaryDirectory() as here:
        path = table_of(rows, Path(here) / "trips.csv")
        words = scenario_dialect(scenario, HIRED, book.item_codes())
        return judge_trips(scenario, book, read_typed_trips(path, words), homes=homes)


def changed(rows, pick, **cells):
    """Return rows with all those of the first trip that *pick* takes changed."""
    rows = [dict(zip(COLUMNS, row, strict=True)) for row in rows]
    first = next(row for row in rows if pick(row))
    for row in rows:
        if row["trip"] == first["trip"]:
            row.update(
                {name: cell(row) if callable(cell) else cell for name, cell in cells.items()}
            )
    return [list(row.values()) for row in rows]


def back_to(home):
    """Return whether a row fetches boxes for a home."""
    return lambda row: row["direction"] == "back" and row["home"] == home


def test_the_planners_own_trips_are_sound_out_back_and_in_bulk():
    """Nothing is found against a whole plan of the library that is typed off."""
    assert {"out", "back"} == {row[9] for row in ROWS}
    assert any(row[11] for row in ROWS)
    assert [] == judged(ROWS)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(worlds(tight=False, capacities=False, warehouses=2, at_least=1))
def test_only_what_the_plan_leaves_is_found(scenario):
    """In any little country, whatever it asks of crews, plans typed off are sound."""
    plan = planned(scenario)
    rows = whole_rows_of(plan)
    assume(any(row[9] == "out" and row[2] != "PRINTER" for row in rows))
    codes = {one.code for one in judged(rows, scenario)}
    left = {"forgotten", "left-behind", "not-there-yet"} if plan.unserved else set()

    # The planner itself warns of what comes early, or late to a warehouse.
    assert codes <= {"early", "late"} | left


def test_a_trip_that_leaves_after_noon_of_the_voting_day_comes_back():
    """Without a direction, the time says whether boxes go out or come in."""
    row = ["B", "motorbike", VILLAGE, "H 17:00", STATION]
    late = ["B", "motorbike", VILLAGE, "H 06:00", STATION]
    header = HEADER[:5]
    found = {}
    for name, one in (("back", row), ("out", late)):
        with TemporaryDirectory() as here:
            path = Path(here) / "trips.csv"
            path.write_text(",".join(header) + "\n" + ",".join(one) + "\n")
            (trip,) = read_typed_trips(path, scenario_dialect(SCENARIO, HIRED))
        found[name] = trip.back

    assert {"back": True, "out": False} == found


@pytest.mark.parametrize(
    ("code", "rows"),
    [
        ("forgotten", [r for r in ROWS if not (r[9] == "back" and r[4] == STATION)]),
        ("left-behind", changed(ROWS, back_to(HUB), kits=VILLAGE)),
        ("mode", changed(ROWS, back_to(WAREHOUSE), vehicle="motorbike")),
        ("mode", changed(ROWS, back_to(VILLAGE), vehicle="van")),
        ("hours", changed(ROWS, back_to(HUB), departs="H+1 20:00", arrives="")),
        ("arrival", changed(ROWS, back_to(HUB), arrives="H 12:30")),
        ("twice", [*ROWS, ["again", "motorbike", VILLAGE, "H 19:00", STATION, *[""] * 4, "back", *[""] * 4]]),
        ("parent", changed(ROWS, back_to(HUB), home=WAREHOUSE)),
        ("mode", changed(ROWS, lambda r: r["home"] == "PRINTER", vehicle="ship")),
        ("late", changed(ROWS, lambda r: r["item"] == "box", departs="H-2 08:00", arrives="")),
        ("not-there-yet", changed(ROWS, lambda r: r["item"] == "box",
                                  quantity=lambda r: "9999" if r["item"] == "box" else r["quantity"])),
        ("left-behind", changed(ROWS, lambda r: r["item"] == "box", item="seal")),
        ("payload", changed(ROWS, lambda r: r["item"] == "box", quantity="999999")),
        ("closed", changed(ROWS, lambda r: r["home"] == "PRINTER", departs="H-40 03:00", arrives="")),
        ("arrival", changed(ROWS, lambda r: r["home"] == "PRINTER", departs="H-40 08:00",
                            arrives="H-40 08:05")),
    ],
)  # fmt: skip
def test_a_spoilt_table_is_found_out(code, rows):
    """Each damage to sound trips has its code, and each row its number."""
    found = judged(rows)

    assert code in {one.code for one in found}
    for one in found:
        assert one.fix.english != one.fix.indonesian
        if one.row is not None:
            assert one.trip == rows[one.row - 2][0]


def test_a_full_leg_and_a_closed_month_are_found():
    """What goes over one leg counts together; a month in which it is closed is named."""
    tight = leg("PRINTER", WAREHOUSE, km=1700, hours=40, max_load_g=1000)
    shut = leg("PRINTER", WAREHOUSE, km=1700, hours=40, months_closed=tuple(range(1, 13)))
    found = {
        name: {one.code for one in judged(BULK, attrs.evolve(SCENARIO, legs=(given_,)))}
        for name, given_ in (("tight", tight), ("shut", shut))
    }

    assert "leg-load" in found["tight"]
    assert "closed" in found["shut"]


def test_boxes_that_come_back_late_are_found():
    """The window of a return stage is judged where a region has one."""
    rule = StageWindow(
        scope="ID", source="a test", election="pilkada", stage="return-hub",
        first_days_before=0, last_days_before=0, last_hour=19,
    )  # fmt: skip
    found = judged(ROWS, book=book_of(*RULES, rule))

    assert {"late"} == {one.code for one in found}


def test_indonesian_lines_name_modes_in_indonesian():
    """A person reads 'lewat darat', not 'road'."""
    rows = changed(ROWS, back_to(VILLAGE), vehicle="van")
    lines = [one.line("t.csv", "id") for one in judged(rows) if one.code == "mode"]

    assert lines
    assert all("lewat darat" in line and "sepeda motor" in line for line in lines)
    assert not any("road" in line or "motorcycle" in line for line in lines)


def crewed(**changes):
    """Return the scenario asking for crews at one hub."""
    places = tuple(attrs.evolve(p, **changes) if p.code == HUB else p for p in SCENARIO.places)
    return attrs.evolve(SCENARIO, places=places)


def test_crews_of_typed_trips_are_judged():
    """Skills, escorts who are missing or too few, and nights that nobody guards."""
    police = EscortPool(name="police", region="12", count=1)
    asking = attrs.evolve(crewed(escorts=("police",)), escorts=(police,))
    nobody = attrs.evolve(asking, escorts=(attrs.evolve(police, count=0),))
    every = attrs.evolve(
        SCENARIO, escorts=(attrs.evolve(police, on=("village-station", "hub-village")),)
    )
    silent = [row[:10] for row in whole_rows_of(PLAN, echelons=ECHELON_TRIPS[1:])]
    codes = {
        "skill": judged(ROWS, crewed(skills=("gps",))),
        "missing": judged(ROWS, asking),
        "enough": judged(silent, asking),
        "nobody": judged(silent, nobody),
        "few": judged(silent, every),
    }

    assert {
        "skill": {"skill"},
        "missing": {"escort"},
        "enough": set(),
        "nobody": {"escort"},
        "few": {"escort"},
    } == {name: {one.code for one in found} for name, found in codes.items()}


def test_a_night_that_nobody_guards_is_found():
    """A vehicle that is out after dark is found, and not where the place is guarded."""
    nights = attrs.evolve(SCENARIO.handling, guarded_nights=True)
    rows = changed(
        ROWS, lambda r: r["direction"] == "out" and r["place"] == HUB,
        departs=lambda r: r["departs"].replace("06:00", "17:30"), arrives="",
    )  # fmt: skip
    open_, safe = (
        judged(rows, attrs.evolve(crewed(guarded=guarded), handling=nights), homes=[WAREHOUSE])
        for guarded in (False, True)
    )

    assert "guard" in {one.code for one in open_}
    assert "guard" not in {one.code for one in safe}


def test_a_table_with_a_strange_direction_or_item_says_so():
    """Faults of the new columns have row, column and fix."""
    with TemporaryDirectory() as here:
        path = table_of([[*ROWS[0][:9], "away", "", "boxx", "3"]], Path(here) / "trips.csv")
        with pytest.raises(Exception, match="problem") as caught:
            read_typed_trips(path, scenario_dialect(SCENARIO, HIRED, BOOK.item_codes()))
    faults = {(p.row, p.column): p.fix for p in caught.value.problems}

    assert "write out or back" == faults[2, "direction"]
    assert (2, "item") in faults
    assert DAY == SCENARIO.election.voting_day


def test_a_counted_truck_is_not_in_two_places_out_and_back():
    """Trips back use the vehicles of their home, one at a time."""
    lean = attrs.evolve(SCENARIO, fleet=(fleet(VILLAGE, "motorbike", 1),))
    rows = [
        [
            name,
            "motorbike",
            VILLAGE,
            "H 18:00",
            f"{VILLAGE}-00{n}",
            *[""] * 4,
            "back",
            *[""] * 3,
        ]
        for n, name in ((1, "A"), (2, "B"))
    ]

    assert {"fleet"} == {one.code for one in judged(rows, lean, homes=[VILLAGE])}
