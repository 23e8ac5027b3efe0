"""Procurement on the record: needs, orders, progress, money, approvals, the public view."""

from __future__ import annotations

from datetime import date
from random import Random

import attrs
import pytest

from custody_world import CLERK, OFFICER, SUPPLIER, WATCHER, Recorder, honest
from silog_core.custody.procurement import order_events, procurement_of
from silog_core.domain.custody_events import Count, Measure, Quantity
from silog_core.domain.custody_roles import Party
from silog_core.domain.demand import Commodity
from silog_core.domain.procurement import PriceOffer, packages_for
from silog_core.testing.election_play import play_election
from silog_core.testing.worlds import small_world

BOX = Commodity(item="box")
SECRETARY = Party("regency-secretary", "12.71")
NOON = 1_730_000_000  # 27 October 2024
DAY_S = 86_400


def offer(**given):
    """An offer of boxes, bent by *given*."""
    first = {"item": "box", "supplier": "PT Karton", "method": "e-catalogue"}
    price = {"unit_price_rupiah": 18_000, "price_source": "catalogue of 1 August"}
    return PriceOffer(**{**first, **price, "due": date(2024, 11, 1), **given})


def story(*, approver=SECRETARY, came_days=3, came=100, budget=2_000_000):
    """Tell one order of 100 boxes at Rp 18,000 that is due on 1 November."""
    recorder = Recorder()
    goods = {"quantities": (Quantity(BOX, 100, "L1"),)}
    need = {"quantities": (Quantity(BOX, 80, "L1"),)}
    said = {"document": "SP-1", **goods}
    recorder.say("need-stated", NOON, CLERK, **need)
    money = (("budget-rupiah", budget),)
    recorder.say("budgeted", NOON + 1, SECRETARY, document="D-1", facts=money, **need)
    facts = {
        "method": "e-catalogue",
        "supplier": SUPPLIER.office,
        "unit-price-rupiah": 18_000,
        "price-source": "catalogue of 1 August",
        "due": "2024-11-01",
    }
    recorder.say("ordered", NOON + 2, OFFICER, facts=tuple(facts.items()), **said)
    if approver is not None:
        recorder.say("order-approved", NOON + 3, approver, **said)
    recorder.say("produced", NOON + 4, OFFICER, **said)
    recorder.say("quality-passed", NOON + 5, OFFICER, witnesses=(CLERK,), **said)
    sent = {"giver": SUPPLIER, "receiver": CLERK, **said}
    recorder.say("shipped", NOON + 6, OFFICER, **sent)
    arrived = {**sent, "quantities": (Quantity(BOX, came, "L1"),)}
    counts = (Count(BOX, Measure.NOTE, came), Count(BOX, Measure.GOOD, came))
    recorder.say("received", NOON + came_days * DAY_S, CLERK, counts=counts, **arrived)
    return recorder.events


def test_needs_become_packages_by_region_item_and_area():
    """Packs are filled and the over-order stays visible; ballots keep their area."""
    needs = small_world().plan.needs
    ballots = offer(item="ballot", unit_price_rupiah=400, over_order_ppm=20_000)
    found = packages_for(needs, [offer(pack_size=10), ballots])

    assert [
        ("12.01/ballot@12", 1206, 1231, 492_400),
        ("12.01/box", 4, 10, 180_000),
    ] == [(p.number, p.needed, p.ordered, p.value_rupiah) for p in found]
    assert sum(p.needed for p in found if p.commodity.item == "ballot") == needs.total(
        "ballot"
    )


def test_packages_become_events_that_tell_them():
    """What is ordered from a package is read back from the record."""
    packages = packages_for(small_world().plan.needs, [offer()])
    events = order_events(
        packages, device="d", time_s=NOON, decided_by=OFFICER, stated_by=CLERK
    )
    lines = procurement_of(events).lines

    assert [(p.number, p.ordered, p.needed) for p in packages] == [
        (line.package, line.ordered, line.needed) for line in lines
    ]
    assert [1, 2] == [event.sequence for event in events]


def test_an_order_is_followed_to_its_delivery():
    """Price with source, supplier, who decided and approved, and each step, in any order."""
    events = story()
    Random(1).shuffle(events)
    found = procurement_of([*events, *events])
    (line,) = found.lines

    assert (1_800_000, "received", (SECRETARY,), OFFICER) == (
        line.value_rupiah,
        line.stage,
        line.approved_by,
        line.decided_by,
    )
    assert (100, 100, 0, 100, 0) == (
        line.produced,
        line.passed,
        line.failed,
        line.received,
        line.accepted,
    )
    (row,) = found.budget
    assert (80, 100, 250_000, 200_000) == (
        row.needed,
        row.ordered,
        row.over_order_ppm,
        row.left_rupiah,
    )
    assert () == found.problems


@pytest.mark.parametrize(
    ("days", "came", "today", "expected"),
    [
        (3, 100, date(2024, 11, 9), (1, 0, 0, 1_000_000)),
        (9, 100, date(2024, 11, 9), (0, 1, 0, 0)),
        (3, 60, date(2024, 11, 9), (0, 0, 1, 0)),
        (3, 60, date(2024, 11, 1), (0, 0, 0, None)),
    ],
)
def test_punctuality_of_suppliers(days, came, today, expected):
    """Complete by the due day, after it, overdue, or not yet due."""
    (row,) = procurement_of(story(came_days=days, came=came)).suppliers(today=today)

    assert expected == (row.on_time, row.late, row.overdue, row.punctual_ppm)


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"approver": None}, "order-not-approved"),
        ({"approver": OFFICER}, "approved-by-decider"),
        ({"came": 101}, "more-than-ordered"),
        ({"budget": 1_799_999}, "over-budget"),
    ],
)
def test_what_is_wrong_is_said(given, code):
    """Missing or own approval, surplus and an overdrawn budget are problems in two languages."""
    found = procurement_of(story(**given)).problems

    assert [code] == [problem.code for problem in found]
    assert found[0].said("id") != found[0].said("en")


def test_shipping_without_quality_control_is_said():
    """Goods that nobody inspected are named."""
    events = [e for e in story() if e.kind.value != "quality-passed"]

    assert ["no-quality-control"] == [p.code for p in procurement_of(events).problems]


def test_a_correction_changes_the_price():
    """The record's corrections hold for procurement too (20)."""
    events = story()
    ordered = next(e for e in events if e.kind.value == "ordered")
    facts = tuple({**dict(ordered.facts), "unit-price-rupiah": 17_000}.items())
    right = attrs.evolve(
        ordered,
        sequence=99,
        facts=facts,
        corrects=ordered.id,
        reason="typing",
        recorded_s=NOON * 2,
    )

    assert 1_700_000 == procurement_of([right, *events]).lines[0].value_rupiah


def test_the_public_view_names_no_person_and_no_time():
    """What, from whom, at what price, how far: nothing of officers, days or escorts."""
    play = play_election(small_world().scenario, small_world().plan, devices=2, incidents=0)
    (row,) = procurement_of(play.events).public()

    assert ("PT Cetak 1", 385, "accepted") == (
        row["supplier"],
        row["unit-price-rupiah"],
        row["stage"],
    )
    for hidden in ("operator", "officer", "2024", "Angkut", WATCHER.office):
        assert hidden not in repr(row)
    assert procurement_of(honest(1)).public()[0]["value-rupiah"] == 40_000


def test_the_public_view_tells_money_and_over_order_by_region_and_item():
    """Need, order, what exceeds it, budget and value: sums of the orders, no persons."""
    play = play_election(small_world().scenario, small_world().plan, devices=2, incidents=0)
    book = procurement_of(play.events)
    (row,) = book.public_budgets()
    (line,) = book.lines

    assert (line.ordered, line.value_rupiah) == (row["ordered"], row["value-rupiah"])
    assert row["over-order-ppm"] == (line.ordered - line.needed) * 10**6 // line.needed > 0
    assert "officer" not in repr(row)
    assert 1 == book.public()[0]["approved"]
