"""Priority on the line haul: what is urgent goes first where vehicles or escorts are few."""

from __future__ import annotations

from datetime import date

import attrs
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from crew_worlds import changed
from judged_plans import found_against
from silog_core.domain.escorts import EscortPool
from silog_core.planning import line_haul
from silog_core.planning.check import check_plan
from silog_core.planning.haul_ranks import outdone
from silog_core.planning.haul_ways import Stretch
from small_world import fleet, leg, planned, stocked, world

HUBS = ("12.01", "12.02", "12.03")
#: Three warehouses, one to two days away, and one small truck from 20 September on.
SHAPE = ((((300, 400),),), (((250, 600),),), (((500,),),))
LEGS = tuple(leg("PRINTER", code, hours=30 + 10 * n) for n, code in enumerate(HUBS, 1))
TRUCK = fleet("PRINTER", "truck", 1, payload_g=9_000)
FEW = stocked(world(SHAPE, legs=LEGS, fleet=(TRUCK,)), from_date=date(2024, 9, 20))


def left(plan):
    """Return the warehouses that get less than they are allocated, and the reasons."""
    found = [u for u in plan.unserved if u.echelon == "line-haul"]
    return {u.kit for u in found}, {u.code for u in found}


@pytest.mark.parametrize("code", HUBS)
def test_goods_for_the_warehouse_with_priority_go_first(code):
    """Whichever it is: nothing of it is left, and the others hear that it comes first."""
    scenario = changed(FEW, {code}, priority=2)
    plan = planned(scenario)
    kits, codes = left(plan)

    assert left(planned(FEW))[0]
    assert code not in kits
    assert codes <= {"outranked", "unready"}
    assert [] == check_plan(scenario, plan)
    assert "priority" not in found_against(plan, scenario, "line-haul")


def test_a_station_lends_its_priority_to_the_goods_of_its_warehouse():
    """What a remote station is waiting for is urgent from the supplier on."""
    assert "12.03" in left(planned(FEW))[0]
    assert "12.03" not in left(planned(changed(FEW, {"12.03.01.1001-001"}, priority=1)))[0]


def test_one_escort_of_a_supplier_rides_to_where_priority_is():
    """People are shared as vehicles are."""
    pool = EscortPool(name="police", region="ID", count=1, on=("line-haul",))
    scenario = attrs.evolve(FEW, fleet=(attrs.evolve(TRUCK, count=None),), escorts=(pool,))
    scenario = changed(scenario, {"12.03"}, priority=1)
    kits, codes = left(planned(scenario))

    assert kits
    assert "12.03" not in kits
    assert "outranked" in codes


def test_where_all_is_carried_priority_changes_nothing():
    """It says what goes first where something cannot go, and is no order of departures."""
    many = attrs.evolve(FEW, fleet=(attrs.evolve(TRUCK, count=9),))
    plan = planned(many)

    assert set() == left(plan)[0]
    assert plan.trips == planned(changed(many, {"12.03"}, priority=9)).trips


def test_the_judge_finds_a_line_haul_without_priority(monkeypatch):
    """A planner that does not look at priority is told which vehicle could have gone."""
    monkeypatch.setattr(line_haul, "outdone", lambda *_, **__: False)
    scenario = changed(FEW, {"12.03"}, priority=2)
    plan = planned(scenario)

    assert "12.03" in left(plan)[0]
    assert "priority" in found_against(plan, scenario, "line-haul")


def test_places_that_share_escorts_are_looked_at_together():
    """What leaves one port may keep the police from what is urgent at another."""
    carried = {0: (Stretch(legs=(leg("PORT", "12.01"),)),)}

    assert outdone({(1, "PORT")}, [0, 1], carried)
    assert not outdone({(1, "PRINTER")}, [0, 1], carried)
    assert outdone({(1, "PRINTER")}, [0, 1], carried, shared=True)
    assert not outdone({(1, "PRINTER")}, [1, 1], carried, shared=True)


@st.composite
def hard_pressed(draw):
    """Draw warehouses of any priority with too few trucks, or too few to ride along."""
    codes = HUBS[: draw(st.integers(2, 3))]
    port = draw(st.booleans())
    home = "PORT" if port else "PRINTER"
    legs = [leg(home, code, hours=draw(st.sampled_from([5, 20, 40]))) for code in codes]
    if port:
        legs.append(leg("PRINTER", "PORT", "sea", km=900, hours=60))
    if draw(st.booleans()):
        legs.append(leg(codes[0], codes[1], hours=draw(st.sampled_from([1, 9]))))
    sizes = st.sampled_from([4_000, 9_000, 20_000])
    trucks = [
        fleet(home, "truck", draw(st.sampled_from([1, 1, 2, None])), payload_g=draw(sizes))
    ]
    if draw(st.booleans()):
        trucks.append(fleet(home, "van", 1, payload_g=draw(sizes)))
    scenario = world(SHAPE[: len(codes)], port=port, legs=tuple(legs), fleet=tuple(trucks))
    pool = EscortPool(name="police", region="ID", count=1, on=("line-haul",))
    scenario = attrs.evolve(scenario, escorts=draw(st.sampled_from([(), (pool,)])))
    for code in codes:
        scenario = changed(scenario, {code}, priority=draw(st.integers(0, 2)))
    day = draw(
        st.sampled_from([None, date(2024, 9, 20), date(2024, 10, 1), date(2024, 10, 15)])
    )
    return stocked(scenario, from_date=day, lots=draw(st.integers(1, 2)))


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(hard_pressed())
def test_nothing_less_urgent_takes_the_vehicle_of_what_is_left(scenario):
    """Judged by other code: no truck with something less urgent could have brought it."""
    plan = planned(scenario)

    assert [] == check_plan(scenario, plan)
    assert "priority" not in found_against(plan, scenario, "line-haul")
