"""Of rates, speeds, items and ways in, the deepest region holds."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rule_making import book, limit, rate, speed
from silog_core.domain.calendar import DateRange
from silog_core.domain.items import Item
from silog_core.domain.legs import Mode
from silog_core.domain.needs_rules import ItemRule
from silog_core.domain.places import PlaceKind
from silog_core.domain.regions import COUNTRY, RegionCode
from silog_core.domain.travel_rules import AccessRule, TypicalVehicle
from silog_core.domain.vehicles import Vehicle

MEDAN = RegionCode.parse("12.71.01.1001")
SIANTAR = RegionCode.parse("12.72.01")
TOPIC = "needs:box/station"


def test_the_deepest_rate_holds():
    """A regency's rate holds there, the province's around it, the country's elsewhere."""
    found = book(
        rate(),
        rate("12", quantity=3, replaces="needs:box/station@ID"),
        rate("12.71", quantity=4, replaces="needs:box/station@12"),
    )

    assert [4, 3, 2] == [
        found.needs_rule(TOPIC, r).quantity
        for r in (MEDAN, SIANTAR, RegionCode.parse("53.01"))
    ]


def test_rules_of_other_elections_and_days_are_left_out():
    """A rule counts only for its election, and only while it is valid."""
    old = rate(quantity=9, valid=DateRange(last=date(2023, 12, 31)))
    found = book(
        old, rate(valid=DateRange(first=date(2024, 1, 1))), rate(election="pemilu", quantity=5)
    )

    assert 2 == found.needs_rule(TOPIC, COUNTRY).quantity
    assert ("needs:box/station",) == found.needs_topics()


def test_speeds_fall_back_to_the_ordinary_surface():
    """A surface that nobody knows goes at the mode's ordinary speed."""
    found = book(speed(), speed(surface="track", speed_m_per_h=9000))

    assert [9000, 30_000] == [
        found.speed(Mode.ROAD, surface, MEDAN).speed_m_per_h for surface in ("track", "mud")
    ]
    assert found.speed(Mode.SEA, "", MEDAN) is None


def test_a_leg_goes_at_its_slower_end():
    """Of the speeds at both ends of a leg the lower one counts."""
    found = book(speed(), speed("12.71", speed_m_per_h=12_000, replaces="speed:road@ID"))

    assert 12_000 == found.leg_speed(Mode.ROAD, "", SIANTAR, MEDAN).speed_m_per_h
    assert 30_000 == found.leg_speed(Mode.ROAD, "", SIANTAR).speed_m_per_h


def test_vehicles_are_cut_to_the_limit_of_the_region():
    """A truck carries no more than the bridge holds, there and only there."""
    truck = Vehicle(type="truck", mode="road", payload_g=5_000_000, volume_cm3=9_000_000)
    found = book(
        TypicalVehicle(scope="ID", source="s", vehicle=truck, to=("hub", "village")),
        limit("12.71", max_payload_g=2_000_000),
    )

    loads = [
        found.typical_vehicles(Mode.ROAD, PlaceKind.HUB, r)[0].payload_g
        for r in (MEDAN, SIANTAR)
    ]
    assert [2_000_000, 5_000_000] == loads
    assert () == found.typical_vehicles(Mode.ROAD, PlaceKind.STATION, MEDAN)
    assert () == found.typical_vehicles(Mode.SEA, PlaceKind.HUB, MEDAN)
    assert (truck,) == tuple(rule.vehicle for rule in found.vehicle_rules())


def test_items_and_access_are_found():
    """An item's facts and a place's way in come from the deepest region as well."""
    ink = Item(code="ink", title_id="tinta", title_en="ink", mass_g=50, volume_cm3=60)
    found = book(
        ItemRule(scope="ID", source="s", item=ink),
        AccessRule(scope="ID", source="s", to="hub", mode="road"),
        AccessRule(scope="12.71", source="s", to="hub", mode="boat", replaces="access:hub@ID"),
    )

    assert ink == found.item("ink")
    assert ("ink",) == found.item_codes()
    assert found.item("pen") is None
    assert [Mode.BOAT, Mode.ROAD] == [
        found.access(PlaceKind.HUB, r).mode for r in (MEDAN, SIANTAR)
    ]
    assert found.access(PlaceKind.PORT, MEDAN) is None


@pytest.mark.parametrize("deepest", ["ID", "12", "12.71", "12.71.01"])
@given(st.data())
def test_the_index_agrees_with_a_search(deepest, data):
    """The look-up by cut codes finds what walking the lineage finds."""
    lineage = list(RegionCode.parse(deepest).lineage())
    kept = [c for c in lineage if data.draw(st.booleans())]
    rules = []
    for place, scope in enumerate(kept):
        wide = rules[-1].id if rules else ""
        rules.append(rate(str(scope), quantity=place, replaces=wide))
    found = book(*rules)
    region = data.draw(
        st.sampled_from(["ID", "12", "12.71", "12.71.01", "12.71.02.1001", "12.71.01.1003"])
    )
    at = RegionCode.parse(region)

    expected = [r for r in rules if r.scope.covers(at)]
    assert (expected[-1] if expected else None) == found.needs_rule(TOPIC, at)
