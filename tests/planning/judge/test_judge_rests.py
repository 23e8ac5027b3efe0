"""The judge of typed trips knows rests of crews, and trips to and from landings."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

import attrs
import pytest

from crew_worlds import HUB, changed, crewed, far_hub
from landing_worlds import BOOK_OF_ISLAND, ISLAND, JETTY, island
from silog_core.domain.problems import ScenarioError
from silog_core.io.trip_files import read_typed_trips, scenario_dialect
from silog_core.planning.judge import judge_trips
from small_world import BOOK, H_S, VEHICLES, fleet, leg, planned, stocked, world
from typed_tables import HEADER, MORE, table_of, whole_rows_of

COLUMNS = (*HEADER, *MORE)
HIRED = [rule.vehicle.type for rule in VEHICLES]
RESTS, PLACE, MODE = COLUMNS.index("rests"), COLUMNS.index("place"), COLUMNS.index("vehicle")


def read(rows, scenario, book=BOOK):
    """Return the trips of rows, read from a file as a person wrote it."""
    with TemporaryDirectory() as here:
        path = table_of(rows, Path(here) / "trips.csv")
        return read_typed_trips(path, scenario_dialect(scenario, HIRED, book.item_codes()))


def judged(rows, scenario, book=BOOK):
    """Return the codes of what is found against rows."""
    return {one.code for one in judge_trips(scenario, book, read(rows, scenario, book))}


def rested(rows, change):
    """Return rows with the rests of each trip changed."""
    return [[*row[:RESTS], change(row[RESTS]), *row[RESTS + 1 :]] for row in rows]


def _longer(rests):
    """Return the first rest until an hour before midnight."""
    begins = rests.partition("/")[0]
    return (
        rests
        and f"{begins}/23:00"
        + rests.partition(";")[0].partition(" @")[1]
        + (rests.partition(";")[0].partition(" @")[2])
    )


CREWED = crewed()
ROWS = whole_rows_of(planned(CREWED))


@pytest.mark.parametrize("scenario", [CREWED, far_hub(guarded=True)], ids=["breaks", "nights"])
def test_a_plan_that_is_typed_with_its_rests_is_sound(scenario):
    """Invariant 29: breaks and nights of the library's own trips break no rule."""
    rows = whole_rows_of(planned(scenario))

    assert any(row[RESTS] for row in rows)
    # The planner itself warns of what comes early.
    assert judged(rows, scenario) <= {"early"}


@pytest.mark.parametrize(
    ("code", "change"),
    [
        ("break", lambda _: ""),
        ("rest", lambda rests: rests and f"{rests}; H-9 06:00/07:00"),
        ("rest", lambda rests: rests.split(" @ ")[0] + " @ 12.01.02" if rests else rests),
        ("arrival", _longer),
    ],
    ids=["none", "another day", "another place", "too long"],
)
def test_rests_that_are_not_as_typed_are_found(code, change):
    """None at all, at another time or place, or so long that nobody arrives when typed."""
    assert code in judged(rested(ROWS, change), CREWED)


def test_without_a_column_nothing_is_said_of_rests():
    """Who types no rests is taken to rest when the crew must."""
    rows = [row[:RESTS] for row in ROWS]

    assert not judged(rows, CREWED) & {"break", "rest"}
    assert {None} == {trip.rests for trip in read(rows, CREWED)}


@pytest.mark.parametrize(
    "cell", ["noon", "H-1 12:00", "H-1 12:00/11:00", "H-1 12:00/13:00 @ x"]
)
def test_what_is_no_rest_is_a_fault_of_its_row(cell):
    """A rest has a beginning and a later end, and a place that there is."""
    row = [*ROWS[0][:RESTS], cell]
    with pytest.raises(ScenarioError) as caught:
        read([row], CREWED)

    assert [("rests", 2)] == [(p.column, p.row) for p in caught.value.problems]


def test_trips_to_and_from_a_landing_are_judged_out_and_back():
    """Invariant 30: what the library plans by a jetty is sound when it is typed off."""
    scenario = island()
    rows = whole_rows_of(planned(scenario, BOOK_OF_ISLAND))

    assert JETTY in {row[2] for row in rows} & {row[PLACE] for row in rows}
    assert set() == judged(rows, scenario, BOOK_OF_ISLAND)


@pytest.mark.parametrize(
    ("code", "place", "cells"),
    [
        ("mode", ISLAND, {"vehicle": "truck"}),
        ("parent", ISLAND, {"home": HUB}),
        ("forgotten", ISLAND, None),
        ("not-there-yet", ISLAND, {"departs": "H-9 08:00", "arrives": ""}),
    ],
)
def test_a_spoilt_trip_from_a_landing_is_found(code, place, cells):
    """The wrong vehicle, the wrong home, no trip at all, or before the boxes are there."""
    scenario = island()
    rows = whole_rows_of(planned(scenario, BOOK_OF_ISLAND))
    at = next(i for i, row in enumerate(rows) if row[PLACE] == place)
    for column, cell in (cells or {}).items():
        rows[at][COLUMNS.index(column)] = cell
    if cells is None:
        del rows[at]

    assert code in judged(rows, scenario, BOOK_OF_ISLAND)


def test_a_landing_that_opens_late_is_waited_for():
    """Boxes that come to a shut jetty are handed over when it opens."""
    scenario = island(open_hour=9, close_hour=11)
    rows = whole_rows_of(planned(scenario, BOOK_OF_ISLAND))
    fore = next(row for row in rows if row[PLACE] == JETTY and row[9] == "out")
    onward = next(row for row in rows if row[2] == JETTY and row[9] == "out")
    # As early as the truck could be there, were the jetty open; the boat leaves soon after.
    fore[3], fore[5] = f"{fore[3][:10]} 06:00", ""
    onward[3], onward[5] = f"{fore[3][:10]} 08:30", ""

    assert "not-there-yet" in judged(rows, scenario, BOOK_OF_ISLAND)
    assert "not-there-yet" not in judged(rows, island(), BOOK_OF_ISLAND)


def test_crews_of_goods_in_bulk_are_judged():
    """Escorts, skills and rests hold for typed trips between suppliers and warehouses."""
    legs = (leg("PRINTER", "12.01", hours=9),)
    base = stocked(world(legs=legs))
    truck = fleet("PRINTER", "truck", None, break_after_s=4 * H_S, break_s=H_S)
    plan = planned(attrs.evolve(base, fleet=(truck,)))
    rows = whole_rows_of(plan, echelons=("line-haul",))
    tired = attrs.evolve(base, fleet=(truck,))

    assert set() == judged(rows, tired)
    assert {"break"} == judged(rested(rows, lambda _: ""), tired)
    assert {"skill"} == judged(rows, changed(tired, {"12.01"}, skills=("crane",)))
    assert {"escort"} == judged(rows, changed(tired, {"12.01"}, escorts=("police",)))
