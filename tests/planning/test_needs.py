"""Needs by level, flag and rule; kits as the sum of what a place needs."""

from __future__ import annotations

from dataclasses import dataclass

import attrs
import pytest

from silog_core.domain.places import Place
from silog_core.errors import PlanningError
from silog_core.planning.kits import kits_below, make_kits
from silog_core.planning.needs import PROVINCIAL, compute_needs
from small_world import BOOK, RULES, TRAVEL, book_of, rate, world


@dataclass
class At:
    """A warehouse: its region and flags."""

    code: str
    region: str
    flags: tuple = ()


def warehouses(*given):
    """Return a scenario of warehouses alone."""
    return world(
        (),
        places=tuple(
            Place(code=w.code, kind="warehouse", region=w.region, flags=w.flags) for w in given
        ),
    )


@pytest.mark.parametrize(
    ("given", "holder"),
    [
        ((At("P", "12"), At("A", "12.01"), At("B", "12.02", (PROVINCIAL,))), "P"),
        ((At("A", "12.01"), At("B", "12.02", (PROVINCIAL,))), "B"),
        ((At("B", "12.02"), At("A", "12.01")), "A"),
    ],
    ids=["its-own", "flagged", "first"],
)
def test_a_province_is_counted_once(given, holder):
    """Its allotment lies in its own warehouse, else the flagged one, else the first."""
    book = book_of(*RULES, rate("banner", per="province", quantity=5))
    needs = compute_needs(warehouses(*given), book)

    assert 5 == needs.total("banner")
    assert [holder] == [n.place for n in needs.rows() if n.item == "banner"]


def test_a_regency_with_two_warehouses_is_counted_once():
    """Two warehouses of one regency share its allotment: the first holds it."""
    needs = compute_needs(warehouses(At("A", "12.01"), At("B", "12.01")), BOOK)

    assert 3 == needs.total("seal")


def test_a_rule_for_flags_holds_where_one_of_them_stands():
    """Only flagged places need what only they need; the others have no rule for it."""
    book = book_of(*RULES, rate("tarpaulin", quantity=1, only_flags=("flood-prone", "camp")))
    scenario = world()
    places = [
        attrs.evolve(p, flags=("camp",)) if p.code.endswith("1001-001") else p
        for p in scenario.places
    ]
    needs = compute_needs(attrs.evolve(scenario, places=tuple(places)), book)

    assert {"12.01.01.1001-001", "12.01.02.1001-001"} == {
        n.place for n in needs.rows() if n.item == "tarpaulin"
    }


def test_the_deepest_rate_holds_and_is_named():
    """A regency's own rate stands in for the country's, there alone."""
    own = attrs.evolve(rate("box", quantity=3), scope="12.02", replaces="needs:box/station@ID")
    needs = compute_needs(world(((((5,),),), (((5,),),))), book_of(*RULES, own))
    boxes = {n.place: (n.quantity, n.rule) for n in needs.rows() if n.item == "box"}

    assert (2, "needs:box/station@ID") == boxes["12.01.01.1001-001"]
    assert (3, "needs:box/station@12.02") == boxes["12.02.01.1001-001"]


def test_a_contest_that_is_not_held_needs_no_ballots():
    """Without a regent's vote there are no regent's ballots, nor any for its re-vote."""
    scenario = world()
    only = attrs.evolve(scenario.election, contests=scenario.election.contests[:1])
    needs = compute_needs(attrs.evolve(scenario, election=only), BOOK)

    assert {"ballot-governor", "box", "seal", "cover"} == set(needs.items)


def test_a_scenario_may_bring_its_own_rates():
    """A rate of the scenario stands in for the pack's."""
    scenario = attrs.evolve(world(), rates=(rate("seal", quantity=1),))
    needs = compute_needs(scenario, BOOK)

    assert 5 + 2 * 9 + 3 == needs.total("seal")


def test_without_any_rate_nothing_can_be_planned():
    """The error says what to install."""
    with pytest.raises(PlanningError, match="no rate is known") as caught:
        compute_needs(world(), book_of(*TRAVEL))

    assert "silog-region-id" in caught.value.fix


def test_a_kit_is_what_a_place_needs_and_the_reserve_is_in_none():
    """Mass and room add up over items; a box stands assembled in a kit, ballots lie in it."""
    scenario = world()
    kits = make_kits(compute_needs(scenario, BOOK), BOOK)
    ballots = 300 + 8  # 2.5 % of 300 is 7.5

    assert 2 * ballots * 4 + 2 * 1750 + 49 == kits["12.01.01.1001-001"].mass_g
    assert 2 * 96_000 + 49 == kits["12.01.01.1001-001"].volume_cm3
    assert 60 == kits["12.01.01.1001"].mass_g
    assert "12.01" not in kits


def test_what_passes_through_a_place_is_its_own_kit_and_those_below():
    """Every kit passes through each place above it, once."""
    scenario = world()
    kits = make_kits(compute_needs(scenario, BOOK), BOOK)
    below = kits_below(scenario, kits)

    for place in scenario.places:
        if place.kind.value in ("hub", "village", "station"):
            passing = [k.place for k in below[place.code]]
            assert sorted(c for c in kits if c.startswith(place.code)) == sorted(passing)
            assert place.code == passing[0]
