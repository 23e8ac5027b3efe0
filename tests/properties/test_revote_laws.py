"""Laws of re-votes over drawn countries: ballots, goods, people, escorts and ways are sound."""

from __future__ import annotations

import attrs
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.replan_draws import DAY_S, incident, kinds_of
from tests.small_world import BOOK, _item, planned, worlds

from silog_core.domain.places import PlaceKind
from silog_core.domain.stock import StockLot
from silog_core.domain.workforce import Workforce
from silog_core.planning.check import check_plan, check_replan
from silog_core.planning.replanning import replan

QUICK = settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))


@attrs.frozen
class Case:
    """A country with its plan, and orders to vote again."""

    scenario: object
    book: object
    plan: object
    orders: tuple


@st.composite
def cases(draw, *, voters=12):
    """Draw a country that asks of its crews, with goods to spare, and one order or two."""
    scenario = draw(worlds(warehouses=2, at_least=1, voters=voters, tight=False))
    box = _item("box", 1750, 8000, kit_volume_cm3=96_000, reusable=draw(st.booleans()))
    forces = (
        Workforce(
            region="12", source="a list", workers=draw(st.integers(1, 3)),
            shifts=draw(st.integers(1, 2)), fresh_days=draw(st.integers(1, 3)),
            drop_pct=draw(st.sampled_from([0, 10, 40])),
            kits_per_worker_day=draw(st.sampled_from([1, 2, 8])),
        ),
    )  # fmt: skip
    scenario = attrs.evolve(
        scenario, items=(box,), workforces=forces if draw(st.booleans()) else ()
    )
    book = BOOK.with_overrides(items=scenario.items)
    plan = planned(scenario, book)
    if scenario.stock:
        more = tuple(
            StockLot(
                place=draw(st.sampled_from(["PRINTER", *kinds_of(scenario, "warehouse")])),
                item=item, quantity=draw(st.sampled_from([1, 30, 500])), lot="spare",
            )
            for item in ("box", "seal")
            if draw(st.booleans())
        )  # fmt: skip
        scenario = attrs.evolve(scenario, stock=scenario.stock + more)
    found = [
        draw(incident(scenario, plan, "re-vote", n)) for n in range(draw(st.integers(1, 2)))
    ]
    return Case(scenario, book, plan, tuple(i for i in found if i is not None))


def answered(case, **changes):
    """Return the re-plan, to which neither checker has anything to say that is new."""
    case = attrs.evolve(case, **changes)
    answer = replan(case.scenario, case.book, case.plan, case.orders)
    known = set(check_plan(case.scenario, case.plan))
    assert set() == set(check_plan(answer.scenario or case.scenario, answer.plan)) - known
    assert [] == check_replan(case.scenario, case.plan, answer)
    return answer


@settings(QUICK, max_examples=40)
@given(cases())
def test_whoever_votes_again_has_a_sound_kit_or_a_reason(case):
    """3, 12, 30. Each station is served, or listed; what its kit lacks is said by piece."""
    answer = answered(case)
    told = {r.station: r for r in answer.at_risk}

    for order in case.orders:
        for code in order.stations:
            kits = [k for k in answer.plan.revotes if k.station == code]
            assert 1 == len(kits) or code in told
            lacks = [s for s in answer.plan.revote_shortfalls if s.place == code]
            assert all(s.reason and s.reason_id and s.action and s.action_id for s in lacks)
            assert not lacks or code in told
    assert answer == replan(case.scenario, case.book, case.plan, case.orders[::-1])


@QUICK
@given(cases(), st.sampled_from(["box", "seal"]))
def test_27_more_goods_never_leave_a_kit_with_less(case, item):
    """27. A lot more at each warehouse never makes a kit lack more of it, nor lose a kit."""
    more = tuple(
        StockLot(place=p.code, item=item, quantity=5000, lot="more")
        for p in case.scenario.of_kind(PlaceKind.WAREHOUSE)
    )
    before = answered(case)
    if not case.scenario.stock:
        return
    rich = attrs.evolve(case.scenario, stock=case.scenario.stock + more)
    after = answered(case, scenario=rich)

    assert {k.station for k in before.plan.revotes} == {k.station for k in after.plan.revotes}
    assert not [s for s in after.plan.revote_shortfalls if s.commodity.item == item]


@QUICK
@given(cases())
def test_places_that_share_a_trip_drive_no_farther_than_alone(case):
    """31. A trip of several places is no longer than one trip to each would be."""
    answer = answered(case)
    alone = {}
    for trip in answer.plan.trips:
        if len(trip.stops) == 1:
            key = (trip.home, trip.mode, trip.stops[0].place)
            alone[key] = min(alone.get(key, trip.distance_m), trip.distance_m)
    for trip in answer.plan.revote_trips:
        ways = [alone.get((trip.home, trip.mode, s.place)) for s in trip.stops]
        if len(trip.stops) > 1 and None not in ways:
            assert trip.distance_m <= sum(ways)
        days = {
            k.day_s for k in answer.plan.revotes for s in trip.stops if k.station in s.kits
        }
        assert len(days) <= 1
        assert trip.depart_s >= min((o.known_at_s for o in case.orders), default=DAY_S)
