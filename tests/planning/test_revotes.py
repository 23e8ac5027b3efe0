"""Re-votes: from their reserve, in new kits, out and back; or the reason why there is none."""

from __future__ import annotations

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
from tests.small_world import BOOK, _item, planned, rate, stocked, world

from silog_core.domain.incidents import Flooded
from silog_core.domain.locale import tenths
from silog_core.domain.places import PlaceKind
from silog_core.domain.wire import from_wire, to_wire
from silog_core.errors import IncidentError
from silog_core.io.plan_folder import read_plan, write_plan
from silog_core.planning.check import check_replan
from silog_core.planning.replanning import replan
from silog_core.reports.report import as_text, sections_of
from silog_core.reports.route_sheets import plan_sheets


@pytest.fixture(scope="module")
def plan():
    """The plan of the two regencies."""
    return planned(TWO_REGENCIES)


@pytest.fixture
def scenario():
    """The two regencies."""
    return TWO_REGENCIES


def test_a_station_votes_again_with_ballots_of_the_reserve(scenario, plan):
    """3. As many marked ballots as the first time, and never an ordinary one."""
    answer = after(scenario, plan, order(ONE))
    (kit,) = answer.plan.revotes
    first = next(n.quantity for n in plan.needs.at(ONE) if n.item == "ballot-regent")
    why = next(c for c in answer.changes if c.kind == "re-vote")

    assert () == answer.at_risk
    assert [("ballot-revote-regent", "12.01", first)] == [
        (b.commodity.item, b.commodity.area, b.quantity) for b in kit.ballots
    ]
    assert {"box": 2, "seal": 49} == {ware.item: n for ware, n in kit.goods}
    assert "reserve of 12.01" in why.reason
    assert "needs:ballot-revote-regent/regency@ID" in why.reason
    assert "4 Desember 2024" in why.reason_id
    assert plan.trips == answer.plan.trips


def test_its_kit_comes_in_time_and_its_boxes_come_back(scenario, plan):
    """30. From the warehouse to the station without a gap, and the same way back."""
    answer = after(scenario, plan, order(ONE, AWAY))
    trips = {t.id: t for t in answer.plan.revote_trips}

    for kit in answer.plan.revotes:
        out, back = ([trips[i] for i in ids] for ids in (kit.out, kit.back))
        assert ["warehouse-hub", "hub-village", "village-station"] == [t.echelon for t in out]
        assert [t.home for t in out] == [t.home for t in reversed(back)]
        assert kit.packed_s <= out[0].depart_s
        assert out[-1].stops[0].arrive_s <= kit.day_s
        assert kit.day_s + 13 * 3600 <= back[0].stops[0].depart_s


def test_what_does_not_fit_in_the_reserve_is_said(scenario, plan):
    """A ballot for each voter comes before any reserve; who gets none is told how many lack."""
    answer = after(scenario, plan, order(ONE, TWO, AWAY))
    (short,) = answer.at_risk

    assert [9, 8] == [k.pieces for k in answer.plan.revotes]
    assert (AWAY, "revote-short", 4) == (short.station, short.code, short.lacks[0][1])
    assert "no ordinary ballot" in short.action
    assert "surat suara biasa tidak boleh" in short.action_id


def test_a_reserve_is_used_once(scenario, plan):
    """A second re-plan keeps the kit that had left, and has what remains."""
    first = after(scenario, plan, order(ONE))
    again = replan(
        first.scenario, BOOK, first.plan,
        [order(TWO, AWAY, day=10, known=6, id="psu-2")],
    )  # fmt: skip

    assert first.plan.revotes[0] in again.plan.revotes
    assert set(first.plan.revote_trips) <= set(again.plan.revote_trips)
    assert 20 >= sum(k.pieces for k in again.plan.revotes)
    assert [AWAY] == [r.station for r in again.at_risk]
    assert [] == check_replan(first.scenario, first.plan, again)
    broken = attrs.evolve(again, plan=attrs.evolve(again.plan, revotes=again.plan.revotes[1:]))
    laws = {v.code for v in check_replan(first.scenario, first.plan, broken)}
    assert "revote-frozen" in laws


def test_a_courier_brings_what_lies_in_another_reserve(scenario):
    """What the province keeps in one warehouse goes to the one that packs the kit."""
    item = "ballot-revote-governor"
    province = attrs.evolve(
        world(SHAPE, legs=LEGS),
        items=(_item(item, 4, 8, in_kit=False, reserve=True),),
        rates=(rate(item, per="province", contest="governor", quantity=30),),
    )
    province = spared(stocked(province, book=BOOK.with_overrides(
        items=province.items, rates=province.rates
    )))  # fmt: skip
    plan = planned(province)
    holder = next(x.to for x in plan.allocation.lines if x.commodity.item == item)
    other = next(
        p for p in province.of_kind(PlaceKind.STATION) if not p.code.startswith(holder)
    )
    answer = after(province, plan, order(other.code, contests=("governor",)))
    (kit,) = answer.plan.revotes
    courier = next(t for t in answer.plan.revote_trips if t.id == kit.couriers[0])

    assert () == answer.at_risk
    assert {holder} == {b.holder for b in kit.ballots}
    assert (holder, kit.pieces) == (courier.home, courier.stops[-1].loads[0].quantity)
    assert courier.stops[-1].arrive_s <= kit.packed_s


def test_a_cut_way_is_a_reason(scenario, plan):
    """Where water stands until after the day no kit comes; the answer says so."""
    flood = Flooded(id="flood", known_at_s=DAY_S, from_s=DAY_S, places=("12.01.01.1002",))
    answer = after(scenario, plan, order(AWAY, ONE), flood)

    assert [ONE] == [k.station for k in answer.plan.revotes]
    assert [(AWAY, "revote-late")] == [(r.station, r.code) for r in answer.at_risk]
    assert "UU 7/2017 pasal 372-373" in answer.at_risk[0].action_id


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"day": 11}, "within 10 days"),
        ({"known": 0}, "after voting began"),
        ({"contests": ("mayor",)}, "no contest 'mayor'"),
        ({"station": "12.01.01"}, "no station '12.01.01'"),
    ],
)
def test_an_order_that_cannot_be_is_refused(scenario, plan, wrong, said):
    """A day too late, an order before the vote, contests and stations that are not there."""
    wrong = dict(wrong)
    station = wrong.pop("station", ONE)

    with pytest.raises(IncidentError, match=said):
        replan(scenario, BOOK, plan, [order(station, **wrong)])


def test_the_checker_finds_what_is_wrong_with_a_re_vote(scenario, plan):
    """3, 30. Each mutant of a sound re-vote breaks the law that it is made for."""
    answer = after(scenario, plan, order(ONE))
    (kit,) = answer.plan.revotes
    (ballots,) = kit.ballots
    ordinary = attrs.evolve(ballots.commodity, item="ballot-regent")
    elsewhere = attrs.evolve(ballots.commodity, area="12.02")
    last = kit.out[-1]

    def with_trip(**change):
        return tuple(
            attrs.evolve(t, **change) if t.id == last else t for t in answer.plan.revote_trips
        )

    late = attrs.evolve(
        next(t for t in answer.plan.revote_trips if t.id == last).stops[0],
        arrive_s=9 * DAY_S, depart_s=9 * DAY_S,
    )  # fmt: skip
    mutants = {
        "revote-missing": {"revotes": ()},
        "revote-twice": {"revotes": (kit, kit)},
        "revote-ballot": {"ballots": attrs.evolve(ballots, commodity=ordinary)},
        "revote-area": {"ballots": attrs.evolve(ballots, commodity=elsewhere)},
        "revote-ballots": {"ballots": attrs.evolve(ballots, quantity=8)},
        "revote-reserve": {"ballots": attrs.evolve(ballots, quantity=21)},
        "revote-courier": {"ballots": attrs.evolve(ballots, holder="12.02")},
        "revote-day": {"day_s": 11 * DAY_S},
        "revote-early": {"packed_s": 8 * DAY_S},
        "revote-trip": {"out": (*kit.out[:-1], "PSU-X")},
        "revote-way": {"out": kit.out[1:]},
        "revote-back": {"back": kit.back[:-1]},
        "revote-gap": {"back_first": kit.day_s},
        "revote-late": {"revote_trips": with_trip(stops=(late,))},
        "revote-rider": {"revote_trips": with_trip(stops=(attrs.evolve(late, kits=(TWO,)),))},
        "overweight": {"revote_trips": with_trip(mass_g=10**12)},
        "in-the-past": {"revote_trips": with_trip(depart_s=0)},
    }
    for law, change in mutants.items():
        if "back_first" in change:
            early = tuple(
                attrs.evolve(t, stops=tuple(
                    attrs.evolve(s, depart_s=change["back_first"]) for s in t.stops
                )) if t.id == kit.back[0] else t
                for t in answer.plan.revote_trips
            )  # fmt: skip
            change = {"revote_trips": early}  # noqa: PLW2901
        if "ballots" in change:
            change = {"ballots": (change["ballots"],)}  # noqa: PLW2901
        if not {"revotes", "revote_trips"} & set(change):
            change = {"revotes": (attrs.evolve(kit, **change),)}  # noqa: PLW2901
        broken = attrs.evolve(answer, plan=attrs.evolve(answer.plan, **change))

        assert law in {v.code for v in check_replan(scenario, plan, broken)}, law


def test_re_votes_are_written_read_and_told(scenario, plan, tmp_path):
    """The folder gives them back; reports, explanations and route sheets name them."""
    made = after(scenario, plan, order(ONE)).plan
    write_plan(made, tmp_path / "plan")
    (kit,) = made.revotes

    assert made == read_plan(tmp_path / "plan")
    assert kit == from_wire(type(kit), to_wire(kit))
    for lang, said in (("en", "votes again on 4 December"), ("id", "memungut suara ulang")):
        assert said in as_text(sections_of(made, lang=lang))
        assert said in str(made.explain(ONE, lang=lang))
        assert "spare-12.01" in as_text(sections_of(made, lang=lang))
    assert {f"Route sheet {i}" for i in kit.out} <= {s.title for s in plan_sheets(made)}
    sheets = {s.title.split()[-1]: s.tables[0].rows for s in plan_sheets(made)}
    trip = next(t for t in made.revote_trips if t.id == kit.out[0])
    assert [tenths(trip.mass_g, 1000, "en")] == [row[5] for row in sheets[trip.id]]
    assert PlaceKind.STATION is scenario.by_code[kit.station].kind
