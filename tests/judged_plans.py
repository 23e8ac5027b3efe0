"""Plans typed off as a person would, for the judge of typed trips."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

from silog_core.io.trip_files import read_typed_trips, scenario_dialect
from silog_core.planning.judge import judge_trips
from small_world import BOOK, VEHICLES
from typed_tables import table_of, whole_rows_of


def found_against(plan, scenario, *echelons, book=BOOK):
    """Return the codes of what the judge finds against a plan's trips of some echelons."""
    units = {trip.id: str(trip.unit) for trip in plan.trips}
    rows = whole_rows_of(plan, echelons=echelons)
    rows = [[*row[:6], units[row[0]], *row[7:]] for row in rows]
    if not rows:
        return set()
    trips = read(rows, scenario, book)
    return {one.code for one in judge_trips(scenario, book, trips)}


def read(rows, scenario, book=BOOK):
    """Return the trips of rows, read from a file as a person wrote it."""
    hired = [rule.vehicle.type for rule in VEHICLES]
    with TemporaryDirectory() as here:
        path = table_of(rows, Path(here) / "trips.csv")
        words = scenario_dialect(scenario, hired, book.item_codes())
        return read_typed_trips(path, words)
