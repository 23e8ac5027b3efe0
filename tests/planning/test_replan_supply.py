"""Supply after incidents: other stock, lots, ways and lenders; and what would mend the rest."""

from __future__ import annotations

import attrs
import pytest
from tests.small_world import BOOK, leg, planned, stocked, world

from silog_core.domain.incidents import (
    AddedStation,
    GoodsLost,
    LendingApproved,
    LotLate,
    LotShort,
    RoadCut,
    StationsAdded,
)
from silog_core.domain.places import Place
from silog_core.domain.stock import StockLot
from silog_core.errors import IncidentError
from silog_core.planning.check import check_plan, check_replan
from silog_core.planning.replanning import replan
from silog_core.planning.replanning.shares import even_shares

DAY_S = 86_400
SHAPE = ((((300, 400), (250,)), ((0, 599),)), (((200,), (100, 220)),))
LEGS = (
    leg("PRINTER", "PORT", "sea", km=100, hours=10),
    leg("PORT", "12.01", km=30, hours=2),
    leg("PORT", "12.02", km=30, hours=2),
    leg("12.02", "12.01", km=50, hours=3),
)
VILLAGE = "12.01.01.1001"


@pytest.fixture(scope="module")
def scenario():
    """Two regencies with a port, and stock that is just enough."""
    return stocked(world(SHAPE, port=True, legs=LEGS))


@pytest.fixture(scope="module")
def plan(scenario):
    """Its plan."""
    return planned(scenario)


def with_stock(scenario, place, pieces=3000, items=None):
    """Return the scenario with stock that the plan does not use."""
    wares = {(s.item, s.area) for s in scenario.stock if items is None or s.item in items}
    more = tuple(
        StockLot(place=place, item=item, area=area, quantity=pieces, lot="spare")
        for item, area in sorted(wares)
    )
    return attrs.evolve(scenario, stock=scenario.stock + more)


def after(scenario, plan, *incidents):
    """Return the re-plan, which both checkers accept."""
    answer = replan(scenario, BOOK, plan, incidents)
    assert [] == check_plan(answer.scenario, answer.plan)
    assert [] == check_replan(scenario, plan, answer)
    return answer


def short(item="box", quantity=5, day=-40):
    """A lot of the printer gives only so many pieces."""
    return LotShort(
        id="short", known_at_s=day * DAY_S, place="PRINTER", item=item, lot="lot-0",
        quantity=quantity,
    )  # fmt: skip


def kinds(answer):
    """Return the kinds of the changes."""
    return {c.kind for c in answer.changes}


def mended(scenario, answer):
    """Return the scenario with as many pieces as are short, where each shortfall says."""
    more = tuple(
        StockLot(
            place=gap.place[:5], item=gap.commodity.item, area=gap.commodity.area,
            quantity=gap.missing, lot=f"mend-{gap.place}",
        )
        for gap in answer.plan.shortfalls
        if f"to {gap.place[:5]} in time" in gap.action
    )  # fmt: skip
    return attrs.evolve(scenario, stock=scenario.stock + more)


@pytest.mark.parametrize("item", ["box", "ballot-regent"])
def test_a_short_lot_says_what_would_mend_it_and_that_does(scenario, plan, item):
    """Whoever lacks pieces is listed with their number; with those nobody is at risk."""
    answer = after(scenario, plan, short(item))
    again = after(mended(scenario, answer), plan, short(item))

    assert {"short"} == {r.code for r in answer.at_risk}
    assert all(r.lacks and r.station[:5] in r.action for r in answer.at_risk)
    assert () == again.at_risk


def test_a_rejected_lot_is_replaced_by_another(scenario, plan):
    """Nothing of it is used, and the other lot's pieces go out in trips of their own."""
    answer = after(with_stock(scenario, "PRINTER"), plan, short(quantity=0))
    lots = {x.lot for x in answer.plan.allocation.lines if x.commodity.item == "box"}

    assert () == answer.at_risk
    assert {"spare"} == lots
    assert {"other-source", "hauled"} <= kinds(answer)


def test_a_neighbour_lends_on_paper(scenario, plan):
    """A loan names document, approver and supervisor, in both languages; the donor keeps."""
    answer = after(with_stock(scenario, "12.02", items={"box"}), plan, short())
    loan = next(c for c in answer.changes if c.kind == "lent")

    assert () == answer.at_risk
    assert {("12.02", "12.01")} == {(t.donor, t.receiver) for t in answer.plan.lent}
    assert "KPU province 12" in loan.reason
    assert "Bawaslu Provinsi 12" in loan.reason_id


def test_no_ballot_leaves_its_area(scenario, plan):
    """A regency's ballots are no help to another one, however many there are."""
    rich = with_stock(scenario, "12.02", items={"ballot-regent"})
    rich = attrs.evolve(
        rich, stock=tuple(s for s in rich.stock if (s.lot, s.area) != ("spare", "12.01"))
    )
    answer = after(rich, plan, short("ballot-regent", quantity=0))

    assert () == answer.plan.lent
    assert {"12.01"} == {r.station[:5] for r in answer.at_risk}


def test_an_approved_loan_is_carried_out_as_far_as_something_lacks():
    """The paper's number and approver stand on the plan; more than is lacking stays."""
    poor = stocked(world(SHAPE, port=True, legs=LEGS), permille=900, items=("seal",))
    before = planned(poor)
    lacking = sum(s.missing for s in before.shortfalls if s.place.startswith("12.01"))
    lends = with_stock(poor, "12.02", items={"seal"})
    donor_gap = sum(s.missing for s in before.shortfalls) - lacking
    loan = LendingApproved(
        id="sk-12", known_at_s=-25 * DAY_S, donor="12.02", receiver="12.01", item="seal",
        quantity=999, document="BA 7/2024", approver="KPU Sumut",
    )  # fmt: skip
    answer = after(lends, before, loan)

    # A donor that lacks the same lends nothing.
    assert donor_gap
    assert {"no-loan"} == kinds(answer)
    richer = attrs.evolve(
        before,
        shortfalls=tuple(s for s in before.shortfalls if s.place.startswith("12.01")),
    )
    lent = replan(lends, BOOK, richer, [loan])
    assert [("BA 7/2024", "KPU Sumut", lacking)] == [
        (t.document, t.approver, t.quantity) for t in lent.plan.lent
    ]


def test_goods_go_around_a_cut_on_the_line_haul(scenario, plan):
    """From the port by way of the other regency, and everything is in time."""
    cut = RoadCut(
        id="slide", known_at_s=-40 * DAY_S, from_s=-40 * DAY_S, place="12.01", other="PORT"
    )
    answer = after(scenario, plan, cut)
    paths = {x.path for x in answer.plan.allocation.lines if x.to == "12.01"}

    assert () == answer.at_risk
    assert {("PRINTER", "PORT", "12.02", "12.01")} == paths


def test_a_late_lot_is_replaced_where_waiting_is_too_late(scenario, plan):
    """Boxes that come on H-1 are borrowed; that they wait is tried before."""
    late = LotLate(
        id="late", known_at_s=-40 * DAY_S, place="PRINTER", item="box", lot="lot-0",
        ready_s=-DAY_S,
    )  # fmt: skip
    rich = with_stock(scenario, "12.02", items={"box"})

    assert after(scenario, plan, late).at_risk
    assert () == after(rich, plan, late).at_risk
    soon = attrs.evolve(late, ready_s=-32 * DAY_S)
    assert not kinds(after(rich, plan, soon)) & {"lent", "other-source", "other-path"}


def test_the_order_in_which_gaps_are_filled_does_the_least_harm():
    """Boxes nearby go to who needs them sooner; who has time waits for those from afar."""
    far = Place(
        code="PRINTER2", kind="supplier", region="31.71", lat_microdeg=3_500_000,
        lon_microdeg=98_500_000,
    )  # fmt: skip
    scenario = world(((((300,),),), (((300,),),)))
    legs = [
        leg(home, warehouse, hours=hours)
        for home, hours in (("PRINTER", 3), ("PRINTER2", 240))
        for warehouse in ("12.01", "12.02")
    ]
    legs.append(leg("12.02", "12.02.01", hours=100))
    scenario = stocked(
        attrs.evolve(scenario, places=(*scenario.places, far), legs=tuple(legs))
    )
    spare = tuple(
        StockLot(place=place, item="box", quantity=pieces, lot=lot)
        for place, pieces, lot in (("PRINTER", 2, "near"), ("PRINTER2", 50, "far"))
    )
    rich = attrs.evolve(scenario, stock=scenario.stock + spare)
    answer = after(rich, planned(scenario), short(quantity=4, day=-31))
    lots = {(x.to, x.lot) for x in answer.plan.allocation.lines if x.lot in ("near", "far")}

    assert () == answer.at_risk
    assert {("12.02", "near"), ("12.01", "far")} == lots


@pytest.mark.parametrize("rich", [False, True])
def test_lost_kits_are_packed_and_carried_once_more(scenario, plan, rich):
    """A hub burns with its kits: others replace them if there is anything to pack."""
    trip = next(t for t in plan.trips if t.echelon == "warehouse-hub")
    hub = trip.stops[0].place
    burnt = GoodsLost(id="fire", known_at_s=trip.stops[0].depart_s + 60, place=hub)
    answer = after(with_stock(scenario, "12.01") if rich else scenario, plan, burnt)
    lost = {k.kit for k in answer.plan.losses.kits}

    assert set(trip.stops[0].kits) == lost
    assert rich == (not answer.at_risk)
    if not rich:
        assert {"lost"} == {r.code for r in answer.at_risk}
        assert () == after(mended(scenario, answer), plan, burnt).at_risk


def test_an_accident_takes_what_is_aboard(scenario, plan):
    """A ship sinks: what it carried is missing, or comes from elsewhere."""
    ship = next(t for t in plan.trips if t.home == "PRINTER")
    sunk = GoodsLost(id="wreck", known_at_s=ship.depart_s + 60, trip=ship.id)
    answer = after(with_stock(scenario, "PRINTER"), plan, sunk)

    assert ship in answer.plan.trips
    assert sum(x.quantity for x in ship.stops[0].loads) == sum(
        x.quantity for x in answer.plan.losses.pieces
    )
    assert () == answer.at_risk


def test_stations_that_a_court_adds_are_served(scenario, plan):
    """A new station and more voters: needs, supply and trips, out and back."""
    order = StationsAdded(
        id="court", known_at_s=-40 * DAY_S,
        stations=(
            AddedStation(station=f"{VILLAGE}-003", voters=200),
            AddedStation(station=f"{VILLAGE}-001", voters=550),
        ),
    )  # fmt: skip
    answer = after(with_stock(scenario, "PRINTER"), plan, order)

    assert () == answer.at_risk
    assert 6 == len(answer.plan.trips_to[f"{VILLAGE}-003"])
    poor = after(scenario, plan, order)
    assert poor.at_risk
    assert () == after(mended(scenario, poor), plan, order).at_risk


def test_more_voters_after_the_kit_has_left_are_a_risk_to_name(scenario, plan):
    """The kit stays as it is; what would be needed more is said."""
    order = StationsAdded(
        id="court", known_at_s=-DAY_S,
        stations=(AddedStation(station=f"{VILLAGE}-001", voters=550),),
    )  # fmt: skip
    answer = after(scenario, plan, order)

    assert ["grown"] == [r.code for r in answer.at_risk]
    assert "256 ballot-regent" in answer.at_risk[0].reason


@pytest.mark.parametrize(
    "wrong",
    [
        GoodsLost(id="x", known_at_s=0, trip="W-0"),
        GoodsLost(id="x", known_at_s=0, place="12.01", items=("gold",)),
        LotShort(id="x", known_at_s=0, place="PRINTER", item="box", lot="no", quantity=1),
        StationsAdded(
            id="x",
            known_at_s=0,
            stations=(AddedStation(station="12.09.01.1001-001", voters=9),),
        ),
        StationsAdded(
            id="x", known_at_s=0, stations=(AddedStation(station=f"{VILLAGE}-001", voters=9),)
        ),
    ],
)
def test_what_cannot_be_is_refused(scenario, plan, wrong):
    """Unknown trips, items, lots and villages, and lists that a court would make shorter."""
    with pytest.raises(IncidentError):
        replan(scenario, BOOK, plan, [wrong])


def test_shares_are_even_and_floors_come_first():
    """Nobody is ahead by more than a piece of an even share, once floors are met."""
    assert (9, 2, 1) == even_shares([10, 10, 5], [9, 2, 1], 12)
    assert (7, 7, 3) == even_shares([10, 10, 5], [0, 0, 0], 17)
    assert 99 == sum(even_shares([50, 60, 7], [10, 0, 7], 99))


def test_the_judge_sees_what_a_re_plan_must_not_do(scenario, plan):
    """A trip that had left, a change without a reason, a station that is not listed."""
    answer = after(scenario, plan, short(day=-25))
    trips = {t.id: t for t in answer.plan.trips}
    gone = answer.frozen[0]
    kept = next(t for t in answer.plan.trips if t.id not in answer.frozen)
    for changed, code in ((gone, "frozen-trip"), (kept.id, "no-reason")):
        trip = attrs.evolve(trips[changed], back_s=trips[changed].back_s + 60)
        new = attrs.evolve(answer.plan, trips=tuple((trips | {changed: trip}).values()))
        found = check_replan(scenario, plan, attrs.evolve(answer, plan=new))
        assert code in {v.code for v in found}
    hidden = attrs.evolve(answer, at_risk=answer.at_risk[1:])
    assert {"not-listed"} == {v.code for v in check_replan(scenario, plan, hidden)}
