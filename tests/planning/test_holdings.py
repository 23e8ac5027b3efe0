from __future__ import annotations

import attrs
from hypothesis import given, settings

from silog_core.domain.stock import StockLot
from silog_core.planning.check import check_plan
from silog_core.planning.holdings import lend_now
from silog_core.planning.needs import compute_needs
from small_world import BOOK, planned, stocked, world, worlds

#: Two regencies of one hub, one village and one station each.
TWINS = ((((300,),),), (((300,),),))
NEED = 49 + 9 + 3  # seals of one such regency


def twins(*lots, legs=()):
    """Return two regencies whose seals lie where *lots* say, all else at the supplier."""
    scenario = stocked(world(TWINS, legs=legs))
    rest = tuple(s for s in scenario.stock if s.item != "seal")
    seals = tuple(
        StockLot(place=place, item="seal", quantity=units, lot=f"S{i}")
        for i, (place, units) in enumerate(lots)
    )
    return attrs.evolve(scenario, stock=rest + seals)


def lent(scenario):
    return lend_now(scenario, BOOK, compute_needs(scenario, BOOK))


def seals(lending):
    return [
        (t.donor, t.receiver, t.quantity)
        for t in lending.transfers
        if t.commodity.item == "seal"
    ]


def test_a_neighbour_lends_what_it_does_not_need():
    """The donor keeps its need; both parties, the paper and the offices are named."""
    found = lent(twins(("12.01", NEED + 20), ("12.02", 30)))
    first = next(t for t in found.transfers if t.commodity.item == "seal")

    assert [("12.01", "12.02", 20)] == seals(found)
    assert ("KPU province 12", "KPU Provinsi 12") == (first.approver, first.approver_id)
    assert (NEED, 0) == (first.keeps_need, first.keeps_reserve)
    assert "nearest of 1" in first.reason
    assert "terdekat" in first.reason_id


def test_what_cannot_be_lent_says_why():
    """Own need, another area and nobody at all are told apart, in both languages."""
    scenario = twins(("12.01", NEED))
    wrong = StockLot(place="12.01", item="ballot-regent", quantity=900, lot="B")
    found = lent(attrs.evolve(scenario, stock=(*scenario.stock, wrong)))
    codes = {
        (w.receiver, str(w.commodity)): w.code for w in found.withheld if w.receiver == "12.02"
    }

    assert () == found.transfers
    assert "need" == codes["12.02", "seal"]
    assert "area" == codes["12.02", "ballot-regent@12.02"]
    assert "none" == codes["12.02", "box"]
    assert all(w.reason and w.reason_id and w.reason != w.reason_id for w in found.withheld)


def test_a_reserve_for_a_re_vote_is_never_lent():
    """Invariant 3: what is kept apart stays, and nobody asks for it."""
    scenario = twins(("12.01", NEED))
    kept = StockLot(
        place="12.01", item="ballot-revote-regent", area="12.01", quantity=20, lot="R"
    )
    found = lent(attrs.evolve(scenario, stock=(*scenario.stock, kept)))

    assert not [t for t in found.transfers if "revote" in t.commodity.item]
    assert not [w for w in found.withheld if "revote" in w.commodity.item]


def test_stock_below_a_warehouse_is_the_warehouses():
    """Seals in a subdistrict count for its regency."""
    assert [("12.01", "12.02", 5)] == seals(
        lent(twins(("12.01.01", NEED + 5), ("12.02", NEED - 5)))
    )


def test_a_shortfall_names_the_transfer_that_mends_it():
    """A plan says who could lend, and does not do it by itself."""
    scenario = twins(("12.01.01", 10), ("12.01", NEED), ("12.02", NEED - 4))
    plan = planned(scenario)
    gaps = [gap for gap in plan.shortfalls if gap.commodity.item == "seal"]

    assert [("12.01", "12.02", 4)] == seals(plan.lending)
    assert 4 == sum(gap.missing for gap in gaps)
    assert all("let 12.01 lend 4 to 12.02" in gap.action for gap in gaps)
    assert all("meminjamkan 4 kepada 12.02" in gap.action_id for gap in gaps)
    assert [] == check_plan(scenario, plan)


@settings(max_examples=15, deadline=None)
@given(worlds(fleets=False))
def test_transfers_of_a_plan_never_exceed_what_lacks(scenario):
    """Whatever is drawn: each transfer goes to a warehouse that lacks as much."""
    plan = planned(scenario)
    lacking = {}
    for gap in plan.shortfalls:
        at = gap.place
        while at not in {"12.01", "12.02", "12.03"}:
            at = plan.parent_of[at]
        lacking[at, gap.commodity] = lacking.get((at, gap.commodity), 0) + gap.missing
    for t in plan.lending.transfers:
        lacking[t.receiver, t.commodity] -= t.quantity

    assert all(units >= 0 for units in lacking.values())
