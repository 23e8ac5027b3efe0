"""The example end to end: official totals, a sound plan, each answer to "why?"."""

from __future__ import annotations

from collections import Counter

import pytest

from silog_core.domain.places import PlaceKind
from silog_core.io.plan_folder import read_plan, write_plan
from silog_core.planning.check import check_plan
from silog_core.reports.report import as_text, sections_of

#: A station of the Batu islands: a ship, a motor boat and a motorcycle lead there.
BATU = "12.14.04.2001-001"


@pytest.mark.parametrize(
    ("kind", "expected"),
    [("warehouse", 33), ("hub", 455), ("village", 6_110), ("station", 25_223)],
)
def test_the_province_is_whole(sumut, kind, expected):
    """Invariant 38: as many places as officially counted, each in the plan's needs."""
    scenario, plan = sumut
    per = {"warehouse": "regency", "hub": "subdistrict"}.get(kind, kind)

    assert expected == len(scenario.of_kind(PlaceKind(kind)))
    assert expected == len(plan.needs.level(per).codes)


def test_the_voters_are_those_of_the_list(sumut):
    """Invariant 38: 10,771,496 voters."""
    assert 10_771_496 == sum(sumut[1].needs.level("station").voters)


@pytest.mark.parametrize(
    ("item", "expected"),
    [
        ("ballot-box", 51_356),
        ("voting-booth", 100_892),
        ("ink-bottle", 50_446),
        ("seal-sticker", 1_240_121),
        ("cable-tie", 151_338),
        ("ballot-revote-governor", 2_000),
        ("ballot-revote-regent", 66_000),
    ],
)
def test_the_province_needs_what_was_published(sumut, item, expected):
    """Invariant 38: the published totals, from the rates and the places alone."""
    assert expected == sumut[1].needs.total(item)


def test_ballots_are_voters_and_a_reserve_rounded_up_per_station(sumut):
    """Ballots are 2.5 % more than the voters, and half a ballot a station for rounding."""
    needs = sumut[1].needs
    ballots, exact = needs.total("ballot-governor"), 10_771_496 * 1025 // 1000

    assert ballots == needs.total("ballot-regent")
    assert exact < ballots < exact + 25_223
    assert 0.4 < (ballots - exact) / 25_223 < 0.6


def test_the_plan_is_sound(sumut):
    """The independent checker finds nothing."""
    assert [] == check_plan(*sumut)


def test_every_station_is_served_and_comes_back(sumut):
    """Nothing is missing or left behind: three hops out, three back for each kit."""
    scenario, plan = sumut
    hops = Counter(len(plan.trips_to[p.code]) for p in scenario.of_kind(PlaceKind.STATION))

    assert ((), ()) == (plan.shortfalls, plan.unserved)
    assert {6: 25_223} == hops


def test_everything_leaves_before_the_voting_day(sumut):
    """Latest departures keep every deadline: each lies on H-1 or before."""
    latest = {}
    for trip in sumut[1].trips:
        if not trip.echelon.startswith("return"):
            assert trip.depart_s <= trip.latest_depart_s < 0
            assert trip.stops[-1].depart_s <= 0
            known = latest.get(trip.echelon, trip.latest_depart_s)
            latest[trip.echelon] = min(known, trip.latest_depart_s)

    order = ["line-haul", "warehouse-hub", "hub-village", "village-station"]
    assert sorted(order, key=latest.get) == order


def test_ballots_stay_in_their_regency(sumut):
    """Invariant 17: 33 kinds of regent ballot, each in its own area."""
    scenario, plan = sumut
    lines = [x for x in plan.allocation.lines if x.commodity.item == "ballot-regent"]

    assert 33 == len({x.commodity.area for x in lines})
    assert all(str(scenario.by_code[x.to].region) == x.commodity.area for x in lines)


def test_the_written_plan_reads_back(sumut, tmp_path):
    """write, read: the same plan, which the checker accepts as it did the first."""
    plan = sumut[1]

    assert plan == read_plan(write_plan(plan, tmp_path / "plan"))


@pytest.mark.parametrize(
    ("lang", "words"),
    [
        (
            "en",
            (
                "rule needs:ballot-box/station@ID: 2 for each station",
                "supplied from 31-S1, lot contract-ballot-regent-12.14, by way of 31-S1 > ",
                "(sea) from 12.14-W1, leaves ",
                "(boat) from 12.14.04, leaves ",
                "leaves at the latest ",
                " November 2024 ",
            ),
        ),
        (
            "id",
            (
                "aturan needs:ballot-box/station@ID: 2 for each station",
                "dipasok dari 31-S1, lot contract-ballot-regent-12.14, melalui 31-S1 > ",
                "(laut) dari 12.14-W1, berangkat ",
                "(perahu) dari 12.14.04, berangkat ",
                "paling lambat berangkat ",
                " November 2024 ",
            ),
        ),
    ],
)
def test_a_station_of_the_batu_islands_is_explained(sumut, lang, words):
    """Rule, source, lot, way, trips and times, in both languages."""
    plan = sumut[1]
    text = str(plan.explain(BATU, lang=lang))

    assert text.startswith(BATU)
    assert [] == [word for word in words if word not in text]
    assert 6 == len(plan.trips_to[BATU])
    assert all(trip.id in text for trip in plan.trips_to[BATU])


def test_the_summary_shows_the_official_figures(sumut):
    """What a reader looks for first stands in it, in Indonesian and in English."""
    for lang, figures in (
        ("id", ("33", "455", "6.110", "25.223", "10.771.496")),
        ("en", ("33", "455", "6,110", "25,223", "10,771,496")),
    ):
        text = as_text(sections_of(sumut[1], lang=lang))
        assert all(figure in text for figure in figures)
