"""Trips typed for a published file are judged in the numbers of that file."""

from __future__ import annotations

import pytest

from silog_core.domain.stopping import MaxIterations
from silog_core.io.csv_text import csv_bytes
from silog_core.io.trip_files import file_dialect, read_typed_trips
from silog_core.io.vrp_files import read_vrp_file
from silog_core.planning.judge import judge_problem_trips
from silog_core.solvers.routing import ruin_recreate

SOLOMON = """\
T101

VEHICLE
NUMBER     CAPACITY
  2         10

CUSTOMER
CUST NO.  XCOORD.   YCOORD.    DEMAND   READY TIME  DUE DATE   SERVICE TIME

    0      0          0          0          0        100          0
    1      3          4          6          0         20          2
    2      1          1          5          0         50          2
    3     10          0          4          0         90          2
"""
HEADER = ("trip", "vehicle", "departs", "place", "arrives", "load")


def judged(tmp_path, *rows):
    """Return what is found against rows, read from files."""
    problem, table = tmp_path / "t101.txt", tmp_path / "trips.csv"
    problem.write_text(SOLOMON, encoding="utf-8")
    table.write_bytes(csv_bytes(HEADER, [[*row, *[""] * (6 - len(row))] for row in rows]))
    source = read_vrp_file(problem)
    trips = read_typed_trips(table, file_dialect(source))
    return judge_problem_trips(
        source.problem(), trips, time_scale=source.scale, load_scale=source.load_scale
    )


def test_a_solvers_trips_are_sound(tmp_path):
    """What the built-in router plans, typed off, breaks nothing."""
    problem = tmp_path / "t101.txt"
    problem.write_text(SOLOMON, encoding="utf-8")
    source = read_vrp_file(problem)
    plan = ruin_recreate(source.problem(), seed=1, stop=MaxIterations(20))
    rows = [
        (f"T{i}", "1", "", str(c)) for i, r in enumerate(source.routes_of(plan)) for c in r
    ]

    assert [] == judged(tmp_path, *rows)


@pytest.mark.parametrize(
    ("code", "amount", "rows"),
    [
        ("payload", 1, [("A", "1", "", "1"), ("A", "", "", "2"), ("B", "1", "", "3")]),
        ("late", 10_000, [("A", "1", "16", "1"), ("B", "1", "", "2"), ("B", "", "", "3")]),
        ("forgotten", 1, [("A", "1", "", "1"), ("A", "", "", "3")]),
        ("twice", 1, [("A", "1", "", "2"), ("A", "", "", "3"), ("B", "1", "", "1"),
                      ("B", "", "", "3")]),
        ("fleet", 1, [("A", "1", "", "1"), ("B", "1", "", "2"), ("C", "1", "", "3")]),
        ("arrival", 20_000, [("A", "1", "0", "1", "3"), ("B", "1", "", "2"),
                             ("B", "", "", "3")]),
        ("typed-load", 2, [("A", "1", "0", "1", "", "4"), ("B", "1", "", "2"),
                           ("B", "", "", "3")]),
        ("depot", 1, [("A", "1", "150", "1"), ("B", "1", "", "2"), ("B", "", "", "3")]),
    ],
)  # fmt: skip
def test_each_fault_has_its_code_and_amount(tmp_path, code, amount, rows):
    """Each damage is found, with how much it is."""
    found = judged(tmp_path, *rows)

    assert (code, amount) in {(one.code, one.amount) for one in found}


def test_figures_are_those_of_the_file(tmp_path):
    """A text never shows the finer numbers that are used inside."""
    (late, *_) = judged(
        tmp_path, ("A", "1", "16.5", "1"), ("B", "1", "", "2"), ("B", "", "", "3")
    )

    assert "1 is served 1.5 too late: 21.5 instead of 20" == late.what.english
