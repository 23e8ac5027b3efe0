"""The example on the real positions of its villages, where they are known."""

from __future__ import annotations

import csv
from statistics import median

import attrs
import pytest

from shared_data import shared
from silog_core.domain.geodesy import great_circle_m
from silog_core.domain.places import MICRO, PlaceKind
from silog_core.planning.check import check_plan
from silog_core.session import Session
from small_world import planned


def dotted(code):
    """Return a code of ten digits with its dots."""
    return f"{code[:2]}.{code[2:4]}.{code[4:6]}.{code[6:]}"


@pytest.fixture(scope="module")
def surveyed(example):
    """The example with each village, and its stations around it, where they really lie."""
    with shared("data/sumut_villages.csv").open(encoding="utf-8", newline="") as table:
        real = {
            dotted(row["kode"]): (
                round(float(row["lat"]) * MICRO),
                round(float(row["lng"]) * MICRO),
            )
            for row in csv.DictReader(table)
        }

    def moved(place):
        if place.kind not in (PlaceKind.VILLAGE, PlaceKind.STATION):
            return place
        village = example.by_code[str(place.region)]
        lat, lon = real[village.code]
        return attrs.evolve(
            place,
            lat_microdeg=lat + place.lat_microdeg - village.lat_microdeg,
            lon_microdeg=lon + place.lon_microdeg - village.lon_microdeg,
        )

    return attrs.evolve(example, places=tuple(moved(p) for p in example.places))


@pytest.fixture(scope="module")
def plan(surveyed):
    """Its plan, of routes that are hardly improved: sound and in time all the same."""
    with Session() as session:
        book = session.rule_book_for(surveyed)
    return planned(surveyed, book, seed=1, iterations=20)


def test_the_estimated_positions_are_near_the_real_ones(example, surveyed):
    """Half of the villages are laid within 6 km of where they are, none 60 km off."""
    off_m = [
        great_circle_m(one.lat_microdeg, one.lon_microdeg, two.lat_microdeg, two.lon_microdeg)
        for one, two in zip(example.places, surveyed.places, strict=True)
        if one.kind is PlaceKind.VILLAGE
    ]

    assert 6_110 == len(off_m)
    assert median(off_m) < 6_000
    assert max(off_m) < 60_000


def test_the_plan_is_sound(surveyed, plan):
    """The independent checker finds nothing on real positions either."""
    assert [] == check_plan(surveyed, plan)


def test_everything_is_served(surveyed, plan):
    """Nothing is missing, and what no vehicle reaches is listed: here, nothing."""
    assert ((), ()) == (plan.shortfalls, plan.unserved)
    assert 25_223 == len(plan.needs.level("station").codes)
    assert 51_356 == plan.needs.total("ballot-box")


def test_nothing_is_late(plan):
    """No check finds a stop or a stage after its time."""
    late = [f for f in plan.findings if f.check in {"late-stop", "late-stage"}]

    assert [] == late
