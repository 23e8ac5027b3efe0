"""The example has the official totals at every level, and estimates only below them."""

from __future__ import annotations

import pickle
from collections import Counter, defaultdict

import pytest

from silog_core.domain.elections import ElectionKind
from silog_core.domain.places import PlaceKind, kpu_station_id, parse_station
from silog_core.plugins.tables import read_table
from silog_region_id.rates import contests, needs_rules, station_caps
from silog_region_id_12.example import ESTIMATES, SUPPLIER, contracts, sumut_pilkada_2024
from silog_region_id_12.places import PACKAGE, VOTERS, sumut_places

#: Voters, stations, and governor ballots delivered in Pilkada 2024.
DELIVERED = {
    "12.21": (176_499, 489, 181_152),  # Padang Lawas
    "12.09": (556_475, 1_385, 571_051),  # Asahan
    "12.71": (1_799_421, 3_326, 1_845_966),  # Medan
}


@pytest.fixture(scope="module")
def scenario():
    """The whole province; values are frozen, so the tests may share it."""
    return sumut_pilkada_2024()


@pytest.mark.parametrize(
    ("kind", "expected"),
    [("warehouse", 33), ("hub", 455), ("village", 6_110), ("station", 25_223)],
)
def test_the_province_is_whole(scenario, kind, expected):
    """Law 38: as many places of each kind as officially counted."""
    assert expected == len(scenario.of_kind(PlaceKind(kind)))


def test_villages_are_desa_and_kelurahan(scenario):
    """Law 38: 5,417 desa and 693 kelurahan, told by the first digit of the number."""
    digits = Counter(p.code[9] for p in scenario.of_kind(PlaceKind.VILLAGE))

    assert {"1": 693, "2": 5_417} == digits


@pytest.mark.parametrize("election", ElectionKind)
def test_totals_are_exact_at_every_level(election):
    """Law 5: stations and voters sum to the official figures, level by level."""
    stations, voters, villages = Counter(), Counter(), Counter()
    for place in sumut_places(election):
        if place.kind in (PlaceKind.VILLAGE, PlaceKind.STATION):
            for region in place.region.lineage():
                villages[str(region)] += place.kind is PlaceKind.VILLAGE
                stations[str(region)] += place.kind is PlaceKind.STATION
                voters[str(region)] += place.voters
    column = f"stations_{election.value}_2024"
    for table in ("regencies.csv", "subdistricts.csv"):
        for row in read_table(PACKAGE, table):
            assert int(row["villages"]) == villages[row["code"]]
            assert int(row[column]) == stations[row["code"]]
    assert VOTERS[election] == voters["12"]
    assert sum(int(r[column]) for r in read_table(PACKAGE, "regencies.csv")) == stations["12"]


def test_voters_of_each_regency_are_those_of_the_table(scenario):
    """Law 5, Pilkada: published and scaled figures alike are met exactly."""
    voters = Counter()
    for place in scenario.of_kind(PlaceKind.STATION):
        voters[place.code[:5]] += place.voters

    assert {
        r["code"]: int(r["voters_pilkada_2024"]) for r in read_table(PACKAGE, "regencies.csv")
    } == voters


@pytest.mark.parametrize("election", ElectionKind)
def test_no_station_is_above_the_cap(election):
    """Law 4: 600 or 300 voters; numbers of a village run from 1 without a gap."""
    cap = next(c.max_voters for c in station_caps() if c.election is election)
    numbers = defaultdict(list)
    for place in sumut_places(election):
        if place.kind is PlaceKind.STATION:
            village, number = parse_station(place.code)
            numbers[village].append(number)
            assert 0 < place.voters <= cap
    assert all(list(range(1, len(n) + 1)) == n for n in numbers.values())


def test_a_code_begins_with_the_code_of_what_holds_it(scenario):
    """Law 16: station, village, subdistrict and regency share their digits."""
    for place in scenario.places:
        if place.kind in (PlaceKind.HUB, PlaceKind.VILLAGE, PlaceKind.STATION):
            parent = scenario.by_code[place.parent]

            assert parent.region.covers(place.region)
            assert place.code.startswith(str(place.region))
    assert all(13 == len(kpu_station_id(p.code)) for p in scenario.of_kind(PlaceKind.STATION))


def test_every_place_has_a_position_and_a_way_up(scenario):
    """No place hangs in the air: each has a parent, up to the supplier."""
    for place in scenario.places:
        assert place.has_position
        assert place.code == SUPPLIER or place.parent in scenario.by_code
    assert len(scenario.places) == len(scenario.by_code)


@pytest.mark.parametrize("regency", sorted(DELIVERED))
def test_ballots_are_those_that_were_delivered(scenario, regency):
    """Delivered ballots lie where rounding up at each station puts them, and near ours."""
    voters, count, delivered = DELIVERED[regency]
    rule = next(r for r in needs_rules(ElectionKind.PILKADA) if r.item == "ballot-governor")
    stations = [p for p in scenario.of_kind(PlaceKind.STATION) if p.code[:5] == regency]
    got = sum(rule.need(p.voters) for p in stations)

    assert (voters, count) == (sum(p.voters for p in stations), len(stations))
    assert rule.need(voters) <= delivered < rule.need(voters) + count
    assert abs(got - delivered) < count // 10


def test_the_contracts_cover_the_need(scenario):
    """Stock is what the rates ask for: 33 kinds of regent ballot, boxes to the piece."""
    stock = {(lot.item, lot.area): lot.quantity for lot in scenario.stock}
    regent = {area for item, area in stock if item == "ballot-regent"}

    assert 51_356 == stock["ballot-box", ""]
    assert 33 == len(regent)
    assert ("ballot-regent", "12") not in stock
    assert {"12"} == {area for item, area in stock if item == "ballot-governor"}


def test_the_order_of_places_does_not_change_the_contracts(scenario):
    """Sums and lots come out alike, however the places are listed."""
    kind = ElectionKind.PILKADA
    again = contracts(reversed(scenario.places), needs_rules(kind), contests(kind))

    assert scenario.stock == tuple(again)


def test_the_example_is_the_same_every_time_and_travels(scenario):
    """Deterministic, and picklable for a worker."""
    assert scenario == sumut_pilkada_2024()
    assert scenario == pickle.loads(pickle.dumps(scenario))
    assert ESTIMATES == scenario.estimates
