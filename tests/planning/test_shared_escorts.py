"""Escorts whom warehouses, suppliers and ports of a region share."""

from __future__ import annotations

from datetime import date

import attrs
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from crew_worlds import changed
from judged_plans import found_against
from silog_core.domain.escorts import ESCORTED, EscortPool
from silog_core.domain.incidents import RoadCut
from silog_core.domain.legs import Mode
from silog_core.domain.plan import ECHELON_TRIPS
from silog_core.io.scenario_folder import read_scenario, write_scenario
from silog_core.planning.check import check_plan, check_replan
from silog_core.planning.replanning import replan
from silog_core.planning.shared_escorts import sharing
from silog_core.planning.timeline import repair_forward
from small_world import BOOK, fleet, leg, planned, stocked, world

TWO = ((((300, 400),), ((250,),)), (((250, 600),), ((100,),)))
WAREHOUSES = ("12.01", "12.02")
PLAIN = stocked(
    world(TWO, legs=tuple(leg("PRINTER", code, hours=9) for code in WAREHOUSES)),
    from_date=date(2024, 8, 1),
)


def guarded(count=1, *, shared=True, on=("warehouse-hub",), region="12", scenario=PLAIN):
    """Return the scenario with so many police, whom its warehouses share or each have."""
    pool = EscortPool(name="police", region=region, count=count, on=on, shared=shared)
    return attrs.evolve(scenario, escorts=(pool,))


def most_out(plan, bases):
    """Return how many trips with police of some homes are out at once."""
    spans = [
        (t.depart_s, t.back_s) for t in plan.trips if t.escorts and t.home.startswith(bases)
    ]
    return max((sum(a <= at < b for a, b in spans) for at, _ in spans), default=0)


def test_one_group_goes_with_one_trip_of_all_warehouses_at_a_time():
    """What each warehouse has alone, two share: their trips take turns."""
    own, common = planned(guarded(shared=False)), planned(guarded())

    assert (2, 1) == (most_out(own, WAREHOUSES), most_out(common, WAREHOUSES))
    assert () == common.unserved
    assert [] == check_plan(guarded(), common)
    assert not {"escort"} & found_against(common, guarded(), *ECHELON_TRIPS)


def test_a_plan_in_which_each_has_its_own_breaks_the_rule_of_sharing():
    """The checker and the judge count the people of a region once."""
    own = planned(guarded(shared=False))

    assert [] == check_plan(guarded(shared=False), own)
    assert {"escort"} == {v.code for v in check_plan(guarded(), own)}
    assert "escort" in found_against(own, guarded(), *ECHELON_TRIPS)


def test_without_sharing_nothing_changes():
    """A pool for one warehouse is shared with nobody: its plan is the same, to the byte."""
    one = guarded(region="12.01", shared=False)

    assert planned(one) == planned(guarded(region="12.01"))
    assert [] == sharing(one, PLAIN.places)


@pytest.mark.parametrize("first", WAREHOUSES)
def test_who_has_priority_chooses_first(first):
    """The warehouse with a place of priority is planned as if it were alone."""
    scenario = changed(guarded(), {f"{first}.01"}, priority=3)
    order = [p.code for p in sharing(scenario, [scenario.by_code[c] for c in WAREHOUSES])]
    alone = changed(guarded(shared=False), {f"{first}.01"}, priority=3)

    def out(plan):
        return [t for t in plan.trips if t.home.startswith(first)]

    assert first == order[0]
    assert out(planned(alone)) == out(planned(scenario))


def test_suppliers_and_warehouses_share_on_the_line_haul():
    """Police of the country ride with goods from the supplier, or with boxes: once."""
    scenario = guarded(on=("line-haul", "warehouse-hub"), region="ID")
    plan = planned(scenario)

    assert 1 == most_out(plan, ("PRINTER", *WAREHOUSES))
    assert {"line-haul", "warehouse-hub"} <= {t.echelon for t in plan.trips if t.escorts}
    assert [] == check_plan(scenario, plan)


def test_a_folder_keeps_that_they_are_shared(tmp_path):
    """It is written as it was read; without it nothing is said of it."""
    for shared in (True, False):
        write_scenario(guarded(shared=shared), tmp_path / str(shared))
        assert shared is read_scenario(tmp_path / str(shared)).escorts[0].shared
        text = (tmp_path / str(shared) / "scenario.toml").read_text()
        assert shared is ("shared = true" in text)


def test_a_repair_keeps_them_with_one_trip_at_a_time():
    """What goes late waits for the people who are out for another warehouse."""
    scenario = guarded()
    plan = planned(scenario)
    first = min(t.depart_s for t in plan.trips if t.escorts)
    found = repair_forward(
        scenario, BOOK, plan, first + 3 * 3600, not_begun=[*WAREHOUSES, "12.01.01"]
    )

    assert found.plan.trips != plan.trips
    assert 1 == most_out(found.plan, WAREHOUSES)
    assert "escort" not in {v.code for v in check_plan(scenario, found.plan)}


def test_a_replan_keeps_them_with_one_trip_at_a_time():
    """A trip that waits for its road goes when nobody of the region needs them."""
    scenario = guarded()
    plan = planned(scenario)
    trip = min(
        (t for t in plan.trips if t.echelon == "warehouse-hub"), key=lambda t: t.depart_s
    )
    begins = trip.depart_s - 86_400
    slide = RoadCut(
        id="slide", known_at_s=begins, from_s=begins, until_s=trip.depart_s + 1800,
        place=trip.stops[0].place, modes=tuple(Mode),
    )  # fmt: skip
    answer = replan(scenario, BOOK, plan, (slide,))

    assert answer.plan.trips != plan.trips
    assert 1 == most_out(answer.plan, WAREHOUSES)
    assert [] == check_plan(answer.scenario, answer.plan)
    assert [] == check_replan(scenario, plan, answer)


@st.composite
def pressed(draw):
    """Draw warehouses that share a few people, or have some of their own besides."""
    hours = st.sampled_from([3, 9, 20])
    legs = [leg("PRINTER", code, hours=draw(hours)) for code in WAREHOUSES]
    legs += [leg(c, f"{c}.01", hours=draw(hours)) for c in WAREHOUSES]
    trucks = [fleet("12.01", "truck", draw(st.sampled_from([1, None])), payload_g=9_000)]
    scenario = attrs.evolve(PLAIN, legs=tuple(legs), fleet=tuple(trucks))
    on = draw(st.sampled_from([("warehouse-hub",), ("line-haul", "warehouse-hub"), ESCORTED]))
    pools = [
        EscortPool(
            name="police", region=draw(st.sampled_from(["12", "ID"])),
            count=draw(st.integers(1, 2)), on=on, shared=True,
        )
    ]  # fmt: skip
    if draw(st.booleans()):
        pools.append(EscortPool(name="police", region="12.02", count=1, on=on))
    if draw(st.booleans()):
        pools.append(EscortPool(name="supervisor", region="12", count=1, on=on))
    scenario = changed(scenario, {"12.01.02"}, priority=draw(st.integers(0, 1)))
    return attrs.evolve(scenario, escorts=tuple(pools))


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(pressed())
def test_nobody_is_on_two_trips_at_once(scenario):
    """Whoever shares whom, the checker and the judge find every trip with people of its own."""
    plan = planned(scenario)

    assert [] == check_plan(scenario, plan)
    assert "escort" not in found_against(plan, scenario, *ECHELON_TRIPS)
