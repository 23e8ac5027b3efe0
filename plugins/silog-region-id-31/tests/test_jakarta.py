"""Jakarta: as many boxes as were delivered, no council of a regency, islands by boat."""

from __future__ import annotations

import csv
from collections import Counter
from importlib.resources import files

import attrs
import pytest

import silog_region_id.plugin as national
import silog_region_id_31.plugin as jakarta
from pack_books import PEMILU, PILKADA, book_of
from shared_data import shared
from silog_core.domain.elections import ElectionKind
from silog_core.domain.needs_rules import NeedsRule
from silog_core.domain.places import Place, PlaceKind
from silog_core.domain.regions import RegionCode
from silog_core.errors import RuleConflictError
from silog_core.planning.check import check_plan
from silog_core.planning.needs import compute_needs
from silog_core.plugins.tables import read_table
from silog_core.session import Session
from silog_core.testing import RegionSuite
from silog_region_id.rates import contests
from silog_region_id_31.example import jakarta_pemilu_2024_mini
from silog_region_id_31.plugin import PACKAGE

PACKS = (("region.ID", national), ("region.31", jakarta))


class TestJakarta(RegionSuite):
    """The laws of every region pack."""

    plugin = jakarta
    name = "region.31"
    around = (("region.ID", national),)


@pytest.fixture(scope="module")
def scenario():
    """Kepulauan Seribu."""
    return jakarta_pemilu_2024_mini()


@pytest.fixture(scope="module")
def plan(scenario):
    """Its plan with what is installed."""
    with Session() as session:
        return session.plan(scenario, seed=1)


def by_village(scenario, plan, item):
    """Return how many of an item the stations of each village need."""
    column = next(c for c in plan.needs.columns if c.item == item and c.per == "station")
    rows = next(level for level in plan.needs.levels if level.per == "station")
    found = Counter()
    for region, quantity in zip(rows.regions, column.quantities, strict=True):
        found[scenario.by_code[str(region)].name] += quantity
    return found


def test_the_example_is_planned_whole(scenario, plan):
    """Every kit of the 88 stations travels, and the checker finds nothing."""
    assert 88 == len(scenario.of_kind(PlaceKind.STATION))
    assert 22_036 == sum(place.voters for place in scenario.places)
    assert ((), (), []) == (plan.unserved, plan.shortfalls, list(check_plan(scenario, plan)))


@pytest.mark.parametrize(
    ("village", "boxes"),
    [
        ("Pulau Kelapa", 76),
        ("Pulau Tidung", 72),
        ("Pulau Pari", 40),
        ("Pulau Untung Jawa", 28),
    ],
)
def test_a_general_election_has_four_boxes_a_station(scenario, plan, village, boxes):
    """As many boxes, and as many booths, as the boats carried on 13 February 2024."""
    assert boxes == by_village(scenario, plan, "ballot-box")[village]
    assert boxes == by_village(scenario, plan, "voting-booth")[village]


@pytest.mark.parametrize(
    ("village", "stations", "sheets"),
    [("Pulau Tidung", 18, 4_385), ("Pulau Pari", 10, 2_665), ("Pulau Untung Jawa", 7, 1_843)],
)
def test_ballots_are_those_delivered(scenario, plan, village, stations, sheets):
    """To less than one sheet a station: how voters are spread was not published."""
    ours = by_village(scenario, plan, "ballot-dpd")[village]

    assert abs(ours - sheets) < stations


def test_there_is_no_council_of_a_regency(scenario, plan):
    """The contests are those of the country without it, and nothing of it is needed."""
    national_ones = [c.code for c in contests(scenario.election.kind)]

    assert [c for c in national_ones if c != "dprd-regency"] == [
        c.code for c in scenario.election.contests
    ]
    assert not {c.item for c in plan.needs.columns if "dprd-regency" in c.item}


def test_a_pilkada_elects_the_governor_alone(scenario):
    """One box a station, and no ballot of a regent, for nobody else is elected."""
    governor = tuple(c for c in contests(ElectionKind.PILKADA) if c.code == "governor")
    election = attrs.evolve(
        scenario.election, kind="pilkada", voting_day=PILKADA, contests=governor
    )
    pilkada = attrs.evolve(scenario, election=election)
    needs = compute_needs(pilkada, book_of(*PACKS))
    sums = {(c.item, c.per): sum(c.quantities) for c in needs.columns}

    assert 88 == sums["ballot-box", "station"]
    assert not [item for item, _ in sums if "regent" in item]


@pytest.mark.parametrize("kind", ElectionKind)
def test_contests_that_are_not_held_need_nothing_whoever_lists_them(scenario, kind):
    """In a plan of the country Jakarta gets no ballot for a regent or a regency's council."""
    day = PEMILU if kind is ElectionKind.PEMILU else PILKADA
    far = [
        Place(code="32.01-W1", kind="warehouse", region="32.01"),
        Place(code="32.01.01", kind="hub", region="32.01.01", parent="32.01-W1"),
        Place(code="32.01.01.1001", kind="village", region="32.01.01.1001", parent="32.01.01"),
        Place(
            code="32.01.01.1001-001",
            kind="station",
            region="32.01.01.1001",
            parent="32.01.01.1001",
            voters=200,
        ),
    ]
    country = attrs.evolve(
        scenario,
        election=attrs.evolve(
            scenario.election, kind=kind, voting_day=day, root="ID", contests=contests(kind)
        ),
        places=(*scenario.places, *far),
    )
    needs = compute_needs(country, book_of(*PACKS, election=kind.value, on=day))
    columns = [c for c in needs.columns if c.contest]
    levels = {level.per: level for level in needs.levels}

    assert columns
    for column in columns:
        for region, quantity in zip(
            levels[column.per].regions, column.quantities, strict=True
        ):
            local = column.contest.code in ("regent", "dprd-regency")
            held = not local or str(region) > "32"

            assert held == (quantity > 0), (column.item, region)


@pytest.mark.parametrize(
    ("regency", "stations"),
    [("31.71", 1_542), ("31.72", 2_386), ("31.73", 3_452), ("31.74", 3_270), ("31.75", 4_144)],
)
def test_cities_had_one_box_a_station_in_2024(regency, stations):
    """Boxes reported of each city in November 2024 are the stations of the city."""
    rule = book_of(*PACKS).needs_rule("needs:ballot-box/station", RegionCode.parse(regency))
    with shared("data/pilkada2024_tps_per_kecamatan.csv").open(encoding="utf-8") as lines:
        rows = [r for r in csv.DictReader(lines) if r["kab"] == regency.replace(".", "")]

    assert stations == sum(int(r["tps_total"]) for r in rows) * rule.need(0)


def test_the_islands_are_reached_by_boat(plan):
    """To the committees and the villages by boat, to the stations on foot."""
    modes = {(trip.echelon, trip.mode.value) for trip in plan.trips}

    assert {
        ("warehouse-hub", "boat"),
        ("hub-village", "boat"),
        ("village-station", "foot"),
    } == {(echelon, mode) for echelon, mode in modes if "return" not in echelon}


def test_the_rest_of_the_country_is_as_it_was():
    """Outside Jakarta five boxes, in it four: the rule stays in its scope."""
    book = book_of(*PACKS, election="pemilu", on=PEMILU)
    there = {
        code: book.needs_rule("needs:ballot-box/station", RegionCode.parse(code)).quantity
        for code in ("31.01", "31.75", "32.01")
    }

    assert {"31.01": 4, "31.75": 4, "32.01": 5} == there


def test_every_rate_says_which_it_replaces():
    """Without replaces= each is a conflict that prints the line to add."""
    for rule in jakarta.silog_needs_rules(ElectionKind.PEMILU):
        bare = attrs.evolve(rule, replaces="")
        with pytest.raises(RuleConflictError) as caught:
            book_of(
                *PACKS,
                election="pemilu",
                on=PEMILU,
                change=lambda r, old=rule, new=bare: new if r == old else r,
            )

        assert f'replaces="{rule.replaces}#' in caught.value.fix


def test_jakarta_cannot_lower_the_ballot_reserve():
    """2 % is the law: the error names the rule and the law it goes against."""
    lower = NeedsRule(
        scope="31",
        source="a decree of the province",
        election="pemilu",
        item="ballot-dpd",
        per="station",
        contest="dpd",
        per_voter=1,
        reserve_numerator=1,
        reserve_denominator=100,
        replaces="needs:ballot-dpd/station@ID",
    )
    with pytest.raises(RuleConflictError) as caught:
        book_of(*PACKS, election="pemilu", on=PEMILU, more=[("region.31", lower)])

    assert lower.id in caught.value.problem
    assert lower.replaces in caught.value.problem


def test_every_table_says_where_it_comes_from():
    """sources.csv has one row for each other table."""
    tables = {p.name for p in (files(PACKAGE) / "data").iterdir()} - {"sources.csv"}

    assert tables == {row["file"] for row in read_table(PACKAGE, "sources.csv")}
