"""Re-plans ask who is free to ride along: with repaired trips, and with goods in bulk."""

from __future__ import annotations

import attrs
import pytest
from tests.small_world import BOOK, leg, planned, stocked, world

from silog_core.domain.escorts import EscortPool
from silog_core.domain.incidents import LotShort, RoadCut
from silog_core.domain.legs import Mode
from silog_core.domain.stock import StockLot
from silog_core.planning.check import check_plan, check_replan
from silog_core.planning.replanning import replan

DAY_S = 86_400
ONE, TWO = "12.01.01.1001", "12.01.01.1002"


def police(count, *on, region="12"):
    """Return so many police for the trips of some kinds."""
    return (EscortPool(name="police", region=region, count=count, on=on),)


def after(scenario, plan, *incidents):
    """Return the re-plan, which both checkers accept."""
    answer = replan(scenario, BOOK, plan, incidents)
    assert [] == check_plan(answer.scenario, answer.plan)
    assert [] == check_replan(scenario, plan, answer)
    return answer


def two_villages(count, *, hours=20):
    """Return two villages a day away from their hub, and so many police; and their plan."""
    legs = [
        leg("PRINTER", "12.01"),
        *(leg("12.01.01", v, km=40, hours=hours) for v in (ONE, TWO)),
    ]
    scenario = world(
        ((((200,), (200,)),),), legs=tuple(legs), escorts=police(count, "hub-village")
    )
    return scenario, planned(scenario)


def to_villages(plan):
    """Return the trips from the hub to the villages, the first one first."""
    return sorted(
        (t for t in plan.trips if t.echelon == "hub-village"), key=lambda t: t.depart_s
    )


def slide(plan, *, until_s):
    """Return a cut of the way of the first trip, a day ahead of it."""
    first = to_villages(plan)[0]
    begins = first.depart_s - DAY_S
    return RoadCut(
        id="slide", known_at_s=begins, from_s=begins, until_s=until_s,
        place=first.stops[0].place, modes=tuple(Mode),
    )  # fmt: skip


def test_a_trip_that_waits_for_the_road_and_for_its_escort_is_listed_with_that_reason():
    """The only police are out with the other village when the road is open again."""
    scenario, plan = two_villages(1)
    first, last = to_villages(plan)
    answer = after(scenario, plan, slide(plan, until_s=last.depart_s - 3600))
    (risk,) = answer.at_risk

    assert first.back_s <= last.depart_s
    assert (f"{first.stops[0].place}-001", "escort") == (risk.station, risk.code)
    assert "no police is free" in risk.reason
    assert "tidak ada police yang bebas" in risk.reason_id
    assert "escort" in {u.code for u in answer.plan.unserved}


def test_with_one_group_more_the_same_trip_is_made():
    """It is the police, and nothing else, that are lacking."""
    scenario, plan = two_villages(1)
    more = attrs.evolve(scenario, escorts=police(2, "hub-village"))
    last = to_villages(plan)[-1]
    answer = after(more, plan, slide(plan, until_s=last.depart_s - 3600))

    assert () == answer.at_risk
    assert [("police",)] * 2 == [t.escorts for t in to_villages(answer.plan)]


def test_a_trip_that_can_go_when_they_are_back_waits_for_them():
    """With ways that are short the police bring the one village after the other."""
    scenario, plan = two_villages(1, hours=6)
    last = to_villages(plan)[-1]
    answer = after(scenario, plan, slide(plan, until_s=last.depart_s - 3600))
    one, two = to_villages(answer.plan)

    assert () == answer.at_risk
    assert one.back_s <= two.depart_s
    assert any(c.kind in {"later", "earlier"} for c in answer.changes)


def other_lot(count):
    """Return a plan, a lot that gives nothing, and another one that replaces it."""
    shape = ((((300, 400),),), (((200,),),))
    legs = (leg("PRINTER", "12.01", hours=30), leg("PRINTER", "12.02", hours=30))
    scenario = stocked(world(shape, legs=legs))
    places = tuple(
        attrs.evolve(p, escorts=("police",)) if p.kind.value == "warehouse" else p
        for p in scenario.places
    )
    scenario = attrs.evolve(scenario, places=places, escorts=police(count, region="ID"))
    spare = StockLot(place="PRINTER", item="box", quantity=900, lot="spare")
    rich = attrs.evolve(scenario, stock=(*scenario.stock, spare))
    short = LotShort(
        id="short", known_at_s=-45 * DAY_S, place="PRINTER", item="box", lot="lot-0",
        quantity=0,
    )  # fmt: skip
    return rich, planned(scenario), short


@pytest.mark.parametrize("count", [1, 5])
def test_goods_of_another_lot_are_escorted_too(count):
    """New trips in bulk take along who has to be there, one group on one trip at a time."""
    scenario, plan, short = other_lot(count)
    answer = after(scenario, plan, short)
    hauls = [t for t in answer.plan.trips if t.echelon == "line-haul"]
    new = [t for t in hauls if t.id not in {p.id for p in plan.trips}]

    assert new
    assert {("police",)} == {t.escorts for t in hauls}
    for trip in new:
        meets = [t for t in hauls if t.depart_s < trip.back_s and trip.depart_s < t.back_s]
        assert len(meets) <= count or count > 1


def test_where_nobody_can_ride_along_goods_do_not_go_another_way():
    """Without any police at the printer its other lot is no help, and who lacks is told."""
    scenario, plan, short = other_lot(1)
    none = attrs.evolve(scenario, escorts=police(0, region="ID"))
    before = [t for t in plan.trips if t.echelon == "line-haul"]
    answer = replan(none, BOOK, plan, [short])
    new = {t.id for t in answer.plan.trips if t.echelon == "line-haul"}

    assert new <= {t.id for t in before}
    assert answer.at_risk
