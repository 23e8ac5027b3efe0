"""Kits of re-votes: goods from where there are any, packed by people, on shared trips."""

from __future__ import annotations

from datetime import timedelta

import attrs
import pytest
from tests.revote_world import (
    AWAY,
    DAY_S,
    LEGS,
    ONE,
    SHAPE,
    TWO,
    TWO_REGENCIES,
    after,
    order,
    spared,
)
from tests.small_world import BOOK, DAY, RULES, _item, book_of, planned, stocked, world

from silog_core.domain.calendar_rules import DayOff
from silog_core.domain.escorts import EscortPool
from silog_core.domain.plan import Shortfall
from silog_core.domain.workforce import Workforce
from silog_core.planning.check import check_plan, check_replan
from silog_core.planning.replanning import replan


@pytest.fixture(scope="module")
def plan():
    """The plan of the two regencies."""
    return planned(TWO_REGENCIES)


@pytest.fixture
def scenario():
    """The two regencies."""
    return TWO_REGENCIES


def test_goods_come_from_lots_that_have_more_than_was_allocated(scenario, plan):
    """Boxes and seals of the spare lot of the warehouse, and no piece of them twice."""
    answer = after(scenario, plan, order(ONE, TWO))

    assert () == answer.plan.revote_shortfalls
    for kit in answer.plan.revotes:
        got = {(g.commodity.item, g.holder, g.lot, g.quantity) for g in kit.taken}
        assert {
            ("box", "12.01", "spare-12.01", 2),
            ("seal", "12.01", "spare-12.01", 49),
        } == got
        assert () == kit.couriers


def test_goods_of_a_supplier_come_by_courier(scenario):
    """What lies at the printer is fetched, packed when it is there, and not late."""
    rich = spared(stocked(world(SHAPE, legs=LEGS)), "PRINTER", box=9, seal=99)
    answer = after(rich, planned(rich), order(ONE))
    (kit,) = answer.plan.revotes
    (courier,) = (t for t in answer.plan.revote_trips if t.id in kit.couriers)

    assert () == answer.at_risk
    assert {"PRINTER"} == {g.holder for g in kit.taken}
    assert {"box": 2, "seal": 49} == {
        n.commodity.item: n.quantity for n in courier.stops[0].loads
    }
    assert courier.stops[0].arrive_s <= kit.packed_s


def test_couriers_keep_to_what_a_leg_takes(scenario):
    """A leg that is full with the first vote's goods takes no more boxes after it."""
    rich = spared(stocked(world(SHAPE, legs=LEGS)), "PRINTER", box=9, seal=99)
    plan = planned(rich)
    full_g = sum(
        t.mass_g for t in plan.trips
        if t.echelon == "line-haul" and t.stops[0].place == "12.01"
    )  # fmt: skip
    legs = (attrs.evolve(LEGS[0], max_load_g=full_g + 1000), LEGS[1])
    narrow = attrs.evolve(rich, legs=legs)
    wide = after(rich, plan, order(ONE)).plan
    answer = after(narrow, plan, order(ONE))

    assert ["over-leg"] == [v.code for v in check_plan(narrow, wide)]
    assert ["box"] == [s.commodity.item for s in answer.plan.revote_shortfalls]
    assert ["revote-goods"] == [r.code for r in answer.at_risk]


def test_goods_that_nobody_has_are_missing_with_reason_and_action():
    """Ballots travel all the same; who lacks a box is told, and where to bring it."""
    poor = spared(stocked(world(SHAPE, legs=LEGS)), "12.01", box=3)
    answer = after(poor, planned(poor), order(ONE, TWO))
    risk_one, risk_two = answer.at_risk

    assert [ONE, TWO] == [k.station for k in answer.plan.revotes]
    assert {"revote-goods"} == {risk_one.code, risk_two.code}
    lacks = {(s.place, s.commodity.item): s.missing for s in answer.plan.revote_shortfalls}
    assert {(ONE, "seal"): 49, (TWO, "seal"): 49, (TWO, "box"): 1} == lacks
    assert "1 box" in risk_two.reason
    for lang, said in (("en", "missing: 1 box"), ("id", "kurang: 1 box")):
        assert said in str(answer.plan.explain(TWO, lang=lang))
    assert "12.01" in risk_two.action
    assert "berita acara" in risk_two.action_id


@pytest.mark.parametrize("reusable", [True, False])
def test_what_came_back_is_used_again_only_where_its_item_says_so(reusable):
    """Boxes of the first vote, back at the warehouse before the new kit is packed."""
    box = _item("box", 1750, 8000, kit_volume_cm3=96_000, reusable=reusable)
    rich = spared(stocked(world(SHAPE, legs=LEGS, items=(box,))), "12.01", seal=99)
    plan = planned(rich, BOOK.with_overrides(items=(box,)))
    answer = after(rich, plan, order(ONE, day=9))
    (kit,) = answer.plan.revotes
    boxes = [g for g in kit.taken if g.commodity.item == "box"]

    assert ([("returned", 2)] if reusable else []) == [(g.source, g.quantity) for g in boxes]
    assert (() if reusable else ("box",)) == tuple(
        s.commodity.item for s in answer.plan.revote_shortfalls
    )
    if reusable:
        home = {k: t.back_s for t in plan.trips if t.home == "12.01"
                for s in t.stops for k in s.kits}  # fmt: skip
        assert home[boxes[0].lot] <= kit.packed_s


def test_places_of_one_day_share_a_trip_where_that_is_shorter(scenario, plan):
    """Two villages of one hub on one truck, out and back; another day has its own."""
    same = after(scenario, plan, order(ONE, AWAY))
    (to,) = (t for t in same.plan.revote_trips if t.echelon == "hub-village")
    (back,) = (t for t in same.plan.revote_trips if t.echelon == "return-village-hub")
    apart = after(scenario, plan, order(ONE), order(AWAY, day=8, id="psu-2"))

    assert {"12.01.01.1001", "12.01.01.1002"} == {s.place for s in to.stops}
    assert [s.place for s in to.stops] == [s.place for s in reversed(back.stops)]
    assert 2 == sum(t.echelon == "hub-village" for t in apart.plan.revote_trips)


def test_the_workforce_packs_in_its_days(scenario, plan):
    """One packer who does one kit a day; on a day off nobody packs."""
    one = Workforce(region="12", source="a list", workers=1, kits_per_worker_day=1)
    slow = attrs.evolve(scenario, workforces=(one,))
    off = DayOff(scope="ID", source="a decree", day=DAY + timedelta(days=2), name="a feast")
    free, feast = (
        replan(slow, book, plan, [order(ONE, TWO, day=10)])
        for book in (BOOK, book_of(*RULES, off))
    )

    # It is known at midnight: a day's work is done at 18.00.
    assert [42, 66] == sorted(k.packed_s // 3600 for k in free.plan.revotes)
    assert [42, 90] == sorted(k.packed_s // 3600 for k in feast.plan.revotes)
    assert [] == check_replan(slow, plan, free)


def test_sheets_that_come_after_sorting_are_sorted_first(scenario, plan):
    """A reserve that lay at the printer until after the vote takes people's time."""
    one = Workforce(region="12", source="a list", workers=1, sheets_per_worker_day=9)
    slow = attrs.evolve(scenario, workforces=(one,))
    late = tuple(
        attrs.evolve(
            t,
            depart_s=DAY_S + 6 * 3600, back_s=DAY_S + 16 * 3600, latest_depart_s=9 * DAY_S,
            stops=(attrs.evolve(t.stops[0], arrive_s=DAY_S + 9 * 3600,
                                depart_s=DAY_S + 10 * 3600),),
        )
        if any(n.commodity.item == "ballot-revote-regent" for s in t.stops for n in s.loads)
        else t
        for t in plan.trips
    )  # fmt: skip
    behind = attrs.evolve(plan, trips=late)
    prompt = replan(slow, BOOK, plan, [order(ONE)])
    answer = replan(slow, BOOK, behind, [order(ONE)])

    assert prompt.plan.revotes[0].packed_s + DAY_S <= answer.plan.revotes[0].packed_s
    assert [] == check_replan(slow, behind, answer)
    hasty = attrs.evolve(answer, plan=attrs.evolve(answer.plan, revotes=prompt.plan.revotes))
    assert {"revote-early", "revote-work"} <= {
        v.code for v in check_replan(slow, behind, hasty)
    }


def test_escorts_ride_along_and_are_nowhere_else(scenario):
    """One police officer of the warehouse, one trip after the other; without one, a reason."""
    for there, codes in ((1, set()), (0, {"revote-escort"})):
        pool = EscortPool(name="police", region="12.01", count=1, on=("hub-village",))
        guarded = attrs.evolve(scenario, escorts=(pool,))
        plan = planned(guarded)
        fewer = attrs.evolve(guarded, escorts=(attrs.evolve(pool, count=there),))
        answer = replan(fewer, BOOK, plan, [order(ONE), order(AWAY, id="psu-2")])
        trips = [t for t in answer.plan.revote_trips if t.echelon == "hub-village"]

        assert codes == {r.code for r in answer.at_risk}
        assert {("police",)} >= {t.escorts for t in trips}
        if there:
            assert [] == check_plan(answer.scenario, answer.plan)
            bare = tuple(attrs.evolve(t, escorts=()) for t in answer.plan.revote_trips)
            broken = attrs.evolve(answer.plan, revote_trips=bare)
            assert "escort" in {v.code for v in check_plan(answer.scenario, broken)}


def test_check_plan_judges_the_trips_of_re_votes(scenario, plan):
    """Loads, speed and open places of these trips are judged as those of all others."""
    made = after(scenario, plan, order(ONE))
    heavy, fast, far = (
        attrs.evolve(
            made.plan,
            revote_trips=tuple(attrs.evolve(t, **change) for t in made.plan.revote_trips),
        )
        for change in ({"mass_g": 1}, {"back_s": 0}, {"distance_m": 0})
    )

    for law, broken in (("load-sum", heavy), ("too-fast", fast), ("distance", far)):
        assert law in {v.code for v in check_plan(made.scenario, broken)}


def test_the_checker_finds_what_is_wrong_with_goods_and_work(scenario, plan):
    """Goods forgotten, given twice, used again against the rules, or not there; no hands."""
    answer = after(scenario, plan, order(ONE))
    (kit,) = answer.plan.revotes
    box, seal = kit.taken
    gap = Shortfall(
        place=ONE, commodity=seal.commodity, needed=49, served=0, code="supply", reason="r",
        reason_id="r", action="a", action_id="a",
    )  # fmt: skip
    back = attrs.evolve(box, source="returned", lot=ONE)
    late = tuple(
        attrs.evolve(row, from_date=DAY + timedelta(days=20))
        if row.lot.startswith("spare")
        else row
        for row in answer.scenario.stock
    )
    wrong = {
        "revote-goods": {"taken": (box,)},
        "revote-unlisted": {"taken": (box,), "revote_shortfalls": (gap,)},
        "revote-stock": {"taken": (box, attrs.evolve(seal, lot="lot-0"))},
        "revote-returned": {"taken": (back, seal)},
        "revote-early": {"stock": late},
        "revote-work": {"packed_s": DAY_S},
    }
    for law, change in wrong.items():
        change = dict(change)  # noqa: PLW2901
        more = {"revote_shortfalls": change.pop("revote_shortfalls", ())}
        place = attrs.evolve(answer.scenario, stock=change.pop("stock", answer.scenario.stock))
        broken = attrs.evolve(
            answer, scenario=place,
            plan=attrs.evolve(answer.plan, revotes=(attrs.evolve(kit, **change),), **more),
        )  # fmt: skip

        assert law in {v.code for v in check_replan(scenario, plan, broken)}, law
