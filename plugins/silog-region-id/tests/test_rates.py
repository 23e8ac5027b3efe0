"""The national rates reproduce what was delivered in 2023 and 2024."""

from __future__ import annotations

from collections import Counter
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from silog_core.domain.elections import ElectionKind
from silog_core.domain.items import Confidence
from silog_core.plugins.tables import read_table
from silog_region_id.rates import PACKAGE, contests, items, needs_rules, station_caps

PILKADA, PEMILU = ElectionKind.PILKADA, ElectionKind.PEMILU
RESERVE = {PILKADA: Fraction(25, 1000), PEMILU: Fraction(2, 100)}


def order(election, item, **places):
    """Return the order of an item that does not depend on voters."""
    rates = Counter()
    for rule in needs_rules(election):
        if rule.item == item:
            rates[rule.per] += rule.quantity
    return sum(rates[per] * count for per, count in places.items())


def ballots(election):
    """Return the rules of the ordinary ballots of an election."""
    return [rule for rule in needs_rules(election) if rule.per_voter]


@pytest.mark.parametrize(
    ("item", "expected"),
    [
        ("ballot-box", 1_380),
        ("voting-booth", 2_692),
        ("ink-bottle", 1_346),
        ("seal-sticker", 33_133),
        ("cable-tie", 4_038),
        ("cover-c-result", 1_346),
        ("form-c-result-plano", 1_346),
        ("cube-cover", 7_672),
    ],
)
def test_karo_received_what_the_rates_say(item, expected):
    """Karo, Pilkada 2024: 673 stations, 269 villages, 17 subdistricts."""
    got = order(PILKADA, item, station=673, village=269, subdistrict=17, regency=1)

    assert expected == got


@pytest.mark.parametrize(
    ("item", "expected"), [("ballot-box", 4_078), ("seal-sticker", 98_634)]
)
def test_simalungun_received_what_the_rates_say(item, expected):
    """Simalungun, Pilkada 2024: 2,007 stations, 32 subdistricts."""
    assert expected == order(PILKADA, item, station=2007, subdistrict=32, regency=1)


@pytest.mark.parametrize(
    ("item", "expected"),
    [
        ("ballot-box", 51_356),
        ("voting-booth", 100_892),
        ("ink-bottle", 50_446),
        ("seal-sticker", 1_240_121),
        ("cable-tie", 151_338),
    ],
)
def test_the_province_adds_up(item, expected):
    """Sumatera Utara, Pilkada 2024: 25,223 stations, 455 subdistricts, 33 regencies."""
    assert expected == order(PILKADA, item, station=25_223, subdistrict=455, regency=33)


@pytest.mark.parametrize(
    ("item", "stations", "subdistricts", "expected"),
    [
        ("ballot-box", 7_761, 33, 38_871),  # Malang
        ("ballot-box", 622, 7, 3_124),  # Pangkalpinang
        ("cable-tie", 7_761, 33, 201_786),  # Malang
        ("cable-tie", 4_646, 16, 120_796),  # Semarang
        ("voting-booth", 820_161, 7_277, 3_280_644),  # the country
        ("ink-bottle", 820_161, 7_277, 1_640_322),
        ("braille-template", 820_161, 7_277, 1_640_322),
    ],
)
def test_the_general_election_adds_up(item, stations, subdistricts, expected):
    """Pemilu 2024, where the reported figure is an exact multiple."""
    assert expected == order(PEMILU, item, station=stations, subdistrict=subdistricts)


@pytest.mark.parametrize(
    ("stations", "subdistricts", "delivered"), [(7_761, 33, 745_814), (4_646, 16, 446_374)]
)
def test_the_seals_of_the_general_election_never_fall_short(stations, subdistricts, delivered):
    """No exact fit is known: the estimate gives a little more than was delivered."""
    got = order(PEMILU, "seal-sticker", station=stations, subdistrict=subdistricts)

    assert 0 <= got - delivered < 50


@given(st.sampled_from(ElectionKind), st.integers(0, 1_000))
def test_ballots_are_voters_and_a_reserve_rounded_up(election, voters):
    """Law 1: whole, none for nobody, never below the law's share, at most one above."""
    exact = voters * (1 + RESERVE[election])
    for rule in ballots(election):
        need = rule.need(voters)

        assert exact <= need < exact + 1
        assert need <= rule.need(voters + 1)
        assert 0 == rule.need(0)


@given(st.sampled_from(ElectionKind), st.lists(st.integers(0, 600), max_size=30))
def test_rounding_at_each_station_costs_less_than_one_each(election, voters):
    """Law 2: the sum of needs is at least the need of the sum, by under one a station."""
    for rule in ballots(election):
        excess = sum(map(rule.need, voters)) - rule.need(sum(voters))

        assert 0 <= excess <= max(0, len(voters) - 1)


def test_the_reserve_for_a_re_vote_is_kept_apart():
    """Law 3: 2,000 a contest in a Pilkada, never in a kit, never counted by station."""
    reserve = {rule.item.code for rule in items() if rule.item.reserve}

    assert {
        c.item.replace("ballot-", "ballot-revote-") for k in ElectionKind for c in contests(k)
    } == reserve
    assert not any(rule.item.in_kit for rule in items() if rule.item.reserve)
    assert [2_000, 2_000] == [r.quantity for r in needs_rules(PILKADA) if r.item in reserve]
    assert not any(
        r.per == "station" for k in ElectionKind for r in needs_rules(k) if r.item in reserve
    )


@given(st.integers(0, 5_000))
def test_rates_are_linear_in_stations(stations):
    """Law 6: twice the stations, twice what is counted by station and no more."""
    for item in ("ballot-box", "seal-sticker"):
        fixed = order(PILKADA, item, subdistrict=17, regency=1)
        once = order(PILKADA, item, station=stations, subdistrict=17, regency=1)
        twice = order(PILKADA, item, station=2 * stations, subdistrict=17, regency=1)

        assert 2 * (once - fixed) == twice - fixed


@given(st.integers(0, 10**7))
def test_packing_loses_nothing(quantity):
    """Law 7: packs are rounded up, and unpacking gives back what was packed."""
    for rule in items():
        item = rule.item
        full, loose = item.split(quantity)

        assert quantity == item.joined(full, loose)
        assert full + (loose > 0) == item.packs(quantity)


def test_packs_are_those_of_the_deliveries():
    """31 cartons of ballots in Padang Lawas; 108 of ties in Demak, from 107."""
    pack = {rule.item.code: rule.item.packs for rule in items()}

    assert (31, 31) == (pack["ballot-governor"](181_152), pack["ballot-regent"](183_152))
    assert pack["cable-tie"](21_336) in (107, 108)
    assert 2_535 == pack["ballot-dprd-province"](1_267_357)


def test_only_the_law_is_a_legal_minimum():
    """Ordinary ballots cannot be cut by a region; they are published."""
    for election in ElectionKind:
        legal = [rule for rule in needs_rules(election) if rule.legal_minimum]

        assert ballots(election) == legal
        assert {Confidence.PUBLISHED} == {rule.confidence for rule in legal}


def test_stations_are_capped():
    """Law 4: 600 voters in a Pilkada, 300 in a general election."""
    assert {PILKADA: 600, PEMILU: 300} == {c.election: c.max_voters for c in station_caps()}


@pytest.mark.parametrize("election", ElectionKind)
def test_every_rate_is_of_a_known_item(election):
    """No rate without an item, no ballot without a contest, no rule twice."""
    known = {rule.item.code for rule in items()}
    held = {contest.code: contest for contest in contests(election)}
    ids = [rule.id for rule in needs_rules(election)]

    assert len(ids) == len(set(ids))
    for rule in needs_rules(election):
        assert rule.item in known
        assert rule.source
        assert rule.contest == "" or rule.contest in held
        assert not rule.per_voter or held[rule.contest].item == rule.item


def test_a_ballot_is_exchangeable_within_its_electoral_area():
    """What the item table says is what the contest says."""
    within = {r["code"]: r["interchangeable_within"] for r in read_table(PACKAGE, "items.csv")}
    name = {"district": "electoral area"}
    for election in ElectionKind:
        for contest in contests(election):
            level = contest.area_level.value

            assert name.get(level, level) == within[contest.item]


@pytest.mark.parametrize(
    ("election", "voters", "kilograms", "litres"),
    [(PILKADA, 427, (15, 20), (200, 280)), (PEMILU, 237, (35, 50), (480, 600))],
)
def test_a_station_set_has_a_plausible_mass_and_room(election, voters, kilograms, litres):
    """15 to 20 kg and about 0.25 m3 in a Pilkada; 35 to 50 kg and 0.55 m3 in a Pemilu."""
    known = {rule.item.code: rule.item for rule in items()}
    mass_g = volume_cm3 = 0
    for rule in needs_rules(election):
        item = known[rule.item]
        if rule.per == "station" and item.in_kit:
            room = item.volume_cm3 if item.kit_volume_cm3 is None else item.kit_volume_cm3
            mass_g += rule.need(voters) * item.mass_g
            volume_cm3 += rule.need(voters) * room

    assert kilograms[0] <= mass_g / 1000 <= kilograms[1]
    assert litres[0] <= volume_cm3 / 1000 <= litres[1]
