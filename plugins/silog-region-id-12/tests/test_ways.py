"""The ways of the province: what leads where, and what is the only way in."""

from __future__ import annotations

import csv
from collections import defaultdict
from importlib.resources import files
from statistics import median

import pytest

from shared_data import shared
from silog_core.domain.geodesy import great_circle_m
from silog_core.domain.legs import Leg, Mode
from silog_core.domain.places import PlaceKind
from silog_core.domain.regions import RegionCode
from silog_core.domain.travel_rules import AccessRule, Closure, SpeedRule, VehicleLimit
from silog_core.plugins.tables import read_rules, read_table
from silog_region_id_12.example import SUPPLIER
from silog_region_id_12.places import PACKAGE, sumut_places

LEGS = read_rules(PACKAGE, "legs.csv", Leg)
CODES = {
    row["code"]
    for name in ("regencies", "subdistricts", "villages")
    for row in read_table(PACKAGE, f"{name}.csv")
}
TABLES = sorted(p.name for p in (files(PACKAGE) / "data").iterdir())
NIAS = ("12.04", "12.14", "12.24", "12.25", "12.78")


@pytest.fixture(scope="module")
def places():
    """Every place by its code."""
    return {place.code: place for place in sumut_places()}


def reached(legs):
    """Return the places that legs, used both ways, join to the supplier."""
    near = defaultdict(set)
    for leg in legs:
        near[leg.tail].add(leg.head)
        near[leg.head].add(leg.tail)
    found, ahead = {SUPPLIER}, [SUPPLIER]
    while ahead:
        for code in near[ahead.pop()] - found:
            found.add(code)
            ahead.append(code)
    return found


def test_legs_join_known_places(places):
    """Both ends exist, and no leg is given twice, in either direction."""
    pairs = [frozenset((leg.tail, leg.head)) for leg in LEGS]

    assert all(pair <= set(places) for pair in pairs)
    assert len(pairs) == len(set(pairs))


def test_every_warehouse_is_reached(places):
    """From the supplier in Java to all 33, and to every port."""
    kinds = (PlaceKind.WAREHOUSE, PlaceKind.PORT)

    assert {p.code for p in places.values() if p.kind in kinds} <= reached(LEGS)


def test_samosir_has_two_ways_in():
    """By Tele and by ferry: with either cut, the other is left; with both, none is."""
    lake = [leg for leg in LEGS if leg.mode is not Mode.LAKE]
    road = [leg for leg in LEGS if {leg.tail, leg.head} != {"12.11-W1", "12.17-W1"}]
    both = [leg for leg in lake if leg in road]

    assert "12.17-W1" in reached(lake)
    assert "12.17-W1" in reached(road)
    assert "12.17-W1" not in reached(both)


def test_nias_is_reached_by_sea_alone():
    """Without the ferries of Sibolga no warehouse of the five regencies is reached."""
    land = [leg for leg in LEGS if leg.mode is not Mode.SEA or leg.tail == "31.72-P1"]

    assert not reached(land) & {f"{code}-W1" for code in NIAS}


def test_a_leg_is_not_shorter_than_the_straight_line(places):
    """Between the positions of the tables, whatever is recalled of the road."""
    for leg in LEGS:
        a, b = places[leg.tail], places[leg.head]
        ends = (a.lat_microdeg, a.lon_microdeg, b.lat_microdeg, b.lon_microdeg)

        assert leg.length_m >= great_circle_m(*ends), leg


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("access.csv", AccessRule),
        ("speeds.csv", SpeedRule),
        ("closures.csv", Closure),
        ("limits.csv", VehicleLimit),
    ],
)
def test_rules_are_of_known_regions(name, kind):
    """Every scope is in the tables, every rule has a source, none stands twice."""
    rules = read_rules(PACKAGE, name, kind)

    assert len(rules) == len({rule.id for rule in rules})
    for rule in rules:
        assert str(rule.scope) in CODES | {"12"}
        assert RegionCode.parse("12").covers(rule.scope)


def test_boats_may_sail_when_they_did(places):
    """The islands were reached by day from 22 November 2024: no closure forbids it."""
    closures = read_rules(PACKAGE, "closures.csv", Closure)

    assert not any(
        c.holds(month=11, weekday=4, hour=h) for c in closures for h in range(6, 18)
    )
    assert any(c.holds(month=12, weekday=4, hour=9) for c in closures if c.mode is Mode.BOAT)


def test_every_table_says_where_it_comes_from():
    """sources.csv has one row for each other table; every figure has a basis."""
    rows = read_table(PACKAGE, "sources.csv")

    assert TABLES == sorted([*(row["file"] for row in rows), "sources.csv"])
    for name in ("access", "closures", "hazards", "legs", "limits", "ports", "speeds"):
        for row in read_table(PACKAGE, f"{name}.csv"):
            assert row.get("source") or row.get("basis")


def test_the_islands_stations_are_counted():
    """96 stations lie in the seven island subdistricts, as derived for Pilkada 2024."""
    islands = {
        str(a.scope)
        for a in read_rules(PACKAGE, "access.csv", AccessRule)
        if a.mode is Mode.BOAT
    }
    rows = {row["code"]: row for row in read_table(PACKAGE, "subdistricts.csv")}

    assert 7 == len(islands)
    assert 96 == sum(int(rows[code]["stations_pilkada_2024"]) for code in islands)


def test_codes_agree_with_an_independent_list(places):
    """The same 6,110 codes stand in KPU's list; positions are a few kilometres off."""
    with shared("data/sumut_villages.csv").open(encoding="utf-8", newline="") as lines:
        real = {
            f"{k[:2]}.{k[2:4]}.{k[4:6]}.{k[6:]}": row
            for row in csv.DictReader(lines)
            if (k := row["kode"])
        }
    villages = {p.code: p for p in places.values() if p.kind is PlaceKind.VILLAGE}
    off = [
        great_circle_m(
            p.lat_microdeg,
            p.lon_microdeg,
            round(float(real[c]["lat"]) * 1e6),
            round(float(real[c]["lng"]) * 1e6),
        )
        for c, p in villages.items()
    ]

    assert set(real) == set(villages)
    assert median(off) < 10_000
