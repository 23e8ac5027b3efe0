"""Needs of any little country keep the laws of docs/invariants.md, numbers 1 to 7, 16, 35."""

from __future__ import annotations

from collections import Counter
from fractions import Fraction

import attrs
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from silog_core.domain.items import Item
from silog_core.domain.needs_rules import NeedsRule
from silog_core.domain.places import PlaceKind, parse_station, station_code
from silog_core.errors import RuleConflictError
from silog_core.planning.allocate import wanted_by_warehouse
from silog_core.planning.needs import compute_needs
from silog_core.planning.station_caps import split_station
from small_world import BOOK, RULES, book_of, rate, shapes, stocked, world, worlds

QUICK = settings(max_examples=40, deadline=None)
BALLOTS = ("ballot-governor", "ballot-regent")
RESERVE = Fraction(25, 1000)


@st.composite
def reserves(draw):
    """Draw rates that give a ballot to each voter, and a reserve."""
    denominator = draw(st.integers(1, 1000))
    return rate(
        "ballot", per_voter=1, reserve_numerator=draw(st.integers(0, denominator)),
        reserve_denominator=denominator,
    )  # fmt: skip


@QUICK
@given(reserves(), st.integers(0, 10**6), st.integers(0, 1000))
def test_1_a_need_is_the_voters_and_a_reserve_rounded_up(rule, voters, more):
    """Invariant 1: whole, none for nobody, rising, less than one above the exact share."""
    exact = voters * (1 + Fraction(rule.reserve_numerator, rule.reserve_denominator))

    assert type(rule.need(voters)) is int
    assert 0 == rule.need(0)
    assert voters <= exact <= rule.need(voters) < exact + 1
    assert rule.need(voters) <= rule.need(voters + more)


@QUICK
@given(reserves(), st.lists(st.integers(0, 600), max_size=20))
def test_2_rounding_at_each_station_costs_less_than_one_each(rule, voters):
    """Invariant 2: the sum of needs is the need of the sum, plus under one a station."""
    apart = sum(rule.need(v) for v in voters)
    together = rule.need(sum(voters))

    assert together <= apart
    assert apart == together or apart - together < len(voters)


@QUICK
@given(worlds(tight=False, capacities=False, fleets=False))
def test_3_a_regency_orders_for_its_stations_and_keeps_the_reserve_apart(scenario):
    """Invariant 3: order = stations + reserve, and no station is given of the reserve."""
    needs = compute_needs(scenario, BOOK)
    wanted = wanted_by_warehouse(scenario, needs)

    for warehouse in scenario.of_kind(PlaceKind.WAREHOUSE):
        order = {w.item: m for (code, w), m in wanted.items() if code == warehouse.code}
        stations = [
            p.voters
            for p in scenario.of_kind(PlaceKind.STATION)
            if warehouse.region.covers(p.region)
        ]
        expected = sum(v + -(-v * 25 // 1000) for v in stations)
        assert expected == sum(m.quantity for m in order.get("ballot-regent", ()))
        assert [20] == [m.quantity for m in order["ballot-revote-regent"]]
        assert [warehouse.code] == [m.place for m in order["ballot-revote-regent"]]


@QUICK
@given(st.integers(0, 5000), st.integers(10, 700), st.integers(2, 300))
def test_4_a_station_over_its_cap_is_split_without_losing_a_voter(voters, cap, free):
    """Invariant 4: no part is above the cap, all keep their village, numbers differ."""
    place = world((((((voters,)),),),)).of_kind(PlaceKind.STATION)[0]
    parts = split_station(place, cap, first_free=free)

    assert voters == sum(p.voters for p in parts)
    assert max(p.voters for p in parts) <= cap
    assert max(p.voters for p in parts) - min(p.voters for p in parts) <= 1
    assert len(parts) == len({p.code for p in parts}) == max(1, -(-voters // cap))
    assert {place.region} == {parse_station(p.code)[0] for p in parts}


@QUICK
@given(worlds(tight=False, capacities=False, fleets=False))
def test_5_every_level_adds_up_to_the_same_totals(scenario):
    """Invariant 5: what regions need is what the regions within them need, item by item."""
    needs = compute_needs(scenario, BOOK)
    totals = {item: needs.total(item) for item in needs.items}

    for level in ("province", "regency", "subdistrict", "village"):
        sums = Counter()
        for (_, item), quantity in needs.by_region(level).items():
            sums[item] += quantity
        assert totals == {item: sums[item] for item in needs.items}
    rows = Counter()
    for need in needs.rows():
        rows[need.item] += need.quantity
    assert totals == {item: rows[item] for item in needs.items}
    for warehouse in scenario.of_kind(PlaceKind.WAREHOUSE):
        within = needs.total("seal", within=warehouse.region)
        assert within == needs.by_region("regency")[str(warehouse.region), "seal"]


@QUICK
@given(shapes(warehouses=2))
def test_6_rates_are_linear_in_stations(shape):
    """Invariant 6: twice the stations need twice the station's items, no more of others."""
    double = tuple(tuple(tuple(v + v for v in hub) for hub in regency) for regency in shape)
    once, twice = (compute_needs(world(s), BOOK) for s in (shape, double))

    for one, two in zip(once.columns, twice.columns, strict=True):
        factor = 2 if one.per == "station" else 1
        assert (one.item, one.per) == (two.item, two.per)
        assert factor * sum(one.quantities) == sum(two.quantities)


def test_6_each_level_counts_its_own_places():
    """Invariant 6: 49 seals a station, 9 a subdistrict and 3 a regency, for each of them."""
    needs = compute_needs(world(((((1, 2), (3,)), ((4,),)), ())), BOOK)

    assert 4 * 49 + 2 * 9 + 2 * 3 == needs.total("seal")
    assert 4 * 2 + 2 * 2 == needs.total("box")
    assert 3 == needs.total("cover")


@QUICK
@given(st.integers(0, 10**6), st.integers(1, 7000))
def test_7_packs_hold_everything_and_come_apart_again(quantity, size):
    """Invariant 7: as few packs as hold it; joining what was split gives it back."""
    item = Item(
        code="seal", title_id="segel", title_en="seal", mass_g=1, volume_cm3=1, pack_size=size
    )

    assert 0 <= item.packs(quantity) * size - quantity < size
    assert quantity == item.joined(*item.split(quantity))
    assert item.split(quantity)[1] < size


@QUICK
@given(worlds(tight=False, capacities=False, fleets=False))
def test_16_a_code_begins_with_the_code_of_what_holds_it(scenario):
    """Invariant 16: station, village, subdistrict and regency share their digits."""
    needs = compute_needs(scenario, BOOK)
    for per in ("station", "village", "subdistrict"):
        rows = needs.level(per)
        for code, region in zip(rows.codes, rows.regions, strict=True):
            parent = scenario.by_code[scenario.by_code[code].parent]
            assert code.startswith(str(region))
            assert str(region).startswith(str(parent.region))
    assert list(needs.level("station").codes) == sorted(
        station_code(*parse_station(c)) for c in needs.level("station").codes
    )


@QUICK
@given(worlds(capacities=False, fleets=False), st.integers(0, 999))
def test_17_no_ballot_is_wanted_outside_its_area(scenario, permille):
    """Invariant 17: a regency wants its own regent ballots, and its province's governor's."""
    scenario = stocked(scenario, permille=permille)
    for (code, ware), members in wanted_by_warehouse(
        scenario, compute_needs(scenario, BOOK)
    ).items():
        regency = str(scenario.by_code[code].region)
        areas = {"ballot-governor": "12", "ballot-regent": regency}
        assert areas.get(ware.item, ware.area) == ware.area
        assert all(m.floor <= m.quantity for m in members)


@QUICK
@given(st.integers(0, 3), st.integers(0, 60), st.integers(1, 600))
def test_35_a_region_tightens_and_never_loosens(quantity, numerator, voters):
    """Invariant 35: a reserve below the law's is refused, one above is what holds."""
    wide = next(r for r in RULES if isinstance(r, NeedsRule) and r.legal_minimum)
    own = attrs.evolve(
        wide, scope="12.01", replaces=wide.id, quantity=quantity, legal_minimum=False,
        reserve_numerator=numerator,
    )  # fmt: skip
    if numerator < 25:
        with pytest.raises(RuleConflictError, match="legal minimum"):
            book_of(*RULES, own)
        return
    needs = compute_needs(world(((((voters,),),),)), book_of(*RULES, own))

    assert own.need(voters) == needs.total(wide.item)
    assert wide.need(voters) <= needs.total(wide.item)


@QUICK
@given(worlds(tight=False, capacities=False, fleets=False), st.randoms())
def test_names_and_order_of_places_do_not_matter(scenario, chance):
    """The same places in any order, under any names, need the same."""
    assume(len(scenario.places) > 1)
    mixed = [attrs.evolve(p, name=f"{chance.random()}") for p in scenario.places]
    chance.shuffle(mixed)

    assert compute_needs(scenario, BOOK) == compute_needs(
        attrs.evolve(scenario, places=tuple(mixed)), BOOK
    )
