"""Crews of the line haul: rests, guarded nights, escorts and skills, and who judges them."""

from __future__ import annotations

from datetime import date
from itertools import pairwise

import attrs
import pytest

from crew_worlds import changed, handled
from silog_core.domain.escorts import EscortPool
from silog_core.domain.plan import Rest
from silog_core.planning.check import check_plan
from silog_core.reports.route_sheets import plan_sheets
from small_world import H_S, fleet, leg, planned, stocked, world

TWO = ((((300, 400),),), (((250, 600),),))
SEA = leg("PRINTER", "PORT", "sea", km=900, hours=60)
#: A port, and two warehouses behind it, the second a day and a half away by road.
ROAD = (leg("PORT", "12.01", hours=9), leg("12.01", "12.02", hours=8))
PLAIN = stocked(world(TWO, port=True, legs=(SEA, *ROAD)), from_date=date(2024, 8, 1))
#: Small trucks, so that some are full for the far warehouse and stop nowhere before it.
SMALL = attrs.evolve(PLAIN, fleet=(fleet("PORT", "truck", None, payload_g=7_000),))
GUARDED = changed(handled(SMALL, guarded_nights=True), {"12.01"}, guarded=True)


def hauls(plan, mode="road"):
    """Return the trips of the line haul by a mode."""
    return [t for t in plan.trips if (t.echelon, t.mode.value) == ("line-haul", mode)]


def escorted(count=1, **changes):
    """Return the scenario with so many police at each place that goods leave."""
    pool = EscortPool(name="police", region="ID", count=count, **changes)
    return attrs.evolve(PLAIN, escorts=(pool,))


def test_a_truck_stands_at_night_where_it_drives_past_a_guarded_place():
    """Invariant 29: with guarded nights a truck sleeps at the warehouse on its way."""
    plan = planned(GUARDED)
    far = [t for t in hauls(plan) if t.stops[-1].place == "12.02"]

    assert () == plan.unserved
    assert any(t.stops[0].via == ("12.01",) for t in far)
    for trip in far:
        assert ("night", "12.01") in {(r.kind, r.place) for r in trip.rests}
    assert [] == check_plan(GUARDED, plan)


def test_without_a_guarded_place_on_a_long_way_nothing_goes():
    """The plan says that a guarded place is missing, and asks nothing where nobody does."""
    scenario = handled(SMALL, guarded_nights=True)
    plan = planned(scenario)

    assert {("guard", "12.02")} == {
        (u.code, u.kit) for u in plan.unserved if u.echelon == "line-haul"
    }
    assert [] == check_plan(scenario, plan)
    assert {()} == {t.rests for t in hauls(planned(SMALL))}


def test_breaks_on_the_line_haul_are_named_on_its_sheets():
    """A rest of the crew has its place and time in the plan, and a line on the sheet."""
    rested = fleet("PORT", "truck", None, break_after_s=4 * H_S, break_s=H_S)
    scenario = attrs.evolve(PLAIN, fleet=(rested,))
    plan = planned(scenario)
    sheets = plan_sheets(plan, lang="en")

    for trip in hauls(plan):
        assert {"break"} <= {r.kind for r in trip.rests}
        assert any(trip.id in str(sheet) and "rest" in str(sheet).lower() for sheet in sheets)
    assert [] == check_plan(scenario, plan)


def test_escorts_of_a_port_are_with_one_truck_at_a_time():
    """Trucks wait for the one policeman whom the port has; so do trips with asking stops."""
    for scenario in (
        escorted(on=("line-haul",)),
        changed(escorted(), {"12.01", "12.02", "PORT"}, escorts=("police",)),
    ):
        plan = planned(attrs.evolve(scenario, fleet=SMALL.fleet))
        away = sorted((t.depart_s, t.back_s) for t in hauls(plan))

        assert {("police",)} == {t.escorts for t in plan.trips if t.echelon == "line-haul"}
        assert len(away) > 2
        assert all(one[1] <= two[0] for one, two in pairwise(away))
        assert [] == check_plan(scenario, plan)


def test_a_warehouse_shares_its_escorts_between_bulk_and_boxes():
    """What a warehouse sends on waits for the people who are out with its own boxes."""
    sail = (SEA, ROAD[0], leg("12.01", "12.02", "sea", hours=8))
    scenario = attrs.evolve(escorted(on=("line-haul", "warehouse-hub")), legs=sail)
    plan = planned(scenario)
    away = sorted(
        (t.depart_s, t.back_s) for t in plan.trips if t.home == "12.01" and t.escorts
    )

    assert {"line-haul", "warehouse-hub"} <= {
        t.echelon for t in plan.trips if t.home == "12.01" and t.escorts
    }
    assert all(one[1] <= two[0] for one, two in pairwise(away))
    assert [] == check_plan(scenario, plan)


@pytest.mark.parametrize(
    ("code", "scenario"),
    [
        ("escort", escorted(0, on=("line-haul",))),
        ("skill", changed(PLAIN, {"12.02"}, skills=("crane",))),
        (
            "rest",
            attrs.evolve(
                PLAIN, fleet=(fleet("PRINTER", "ship", None, break_after_s=H_S, break_s=60),)
            ),
        ),
    ],
    ids=["escort", "skill", "rest"],
)
def test_what_nobody_can_haul_has_a_reason(code, scenario):
    """Nobody to ride along, no vehicle that can, no rest at sea: said, and sound."""
    plan = planned(scenario)

    assert {code} == {u.code for u in plan.unserved if u.echelon == "line-haul"}
    assert [] == check_plan(scenario, plan)


def test_only_trucks_that_can_unload_where_a_crane_is_asked_for():
    """The dearer truck that has one goes to that warehouse; loads for it join no other."""
    cheap = fleet("PORT", "truck", None)
    able = fleet("PORT", "van", None, fixed_cost_rupiah=9_000_000, skills=("crane",))
    scenario = changed(attrs.evolve(PLAIN, fleet=(cheap, able)), {"12.01"}, skills=("crane",))
    plan = planned(scenario)

    assert {"van"} == {t.vehicle for t in hauls(plan) if "12.01" in {s.place for s in t.stops}}
    assert "truck" in {t.vehicle for t in hauls(plan)}
    assert [] == check_plan(scenario, plan)


# --- the checker finds what is wrong with crews of the line haul ------------------------


def _broken(plan, pick, **changes):
    trip = next(t for t in hauls(plan) if pick(t))
    other = attrs.evolve(trip, **{name: made(trip) for name, made in changes.items()})
    return attrs.evolve(plan, trips=tuple(other if t is trip else t for t in plan.trips))


def _far(trip):
    return any(r.place == "12.01" for r in trip.rests)


MUTANTS = {
    "no night": ("guard", GUARDED, _far, {"rests": lambda _: ()}),
    "a night on the road": (
        "guard",
        GUARDED,
        _far,
        {"rests": lambda t: tuple(attrs.evolve(r, place="") for r in t.rests)},
    ),
    "a rest where it does not pass": (
        "rest",
        GUARDED,
        _far,
        {"rests": lambda t: tuple(attrs.evolve(r, place="12.02.01") for r in t.rests)},
    ),
    "it rests while it drives": (
        "rest",
        GUARDED,
        _far,
        {"rests": lambda t: (_whole(t, t.stops[0].arrive_s - 60),)},
    ),
    "nobody rides along": (
        "escort",
        escorted(on=("line-haul",)),
        lambda t: t.escorts,
        {"escorts": lambda _: ()},
    ),
    "one policeman on two trips": (
        "escort",
        attrs.evolve(escorted(on=("line-haul",)), fleet=SMALL.fleet),
        lambda t: t.escorts,
        {"depart_s": lambda t: t.depart_s - 900 * H_S, "back_s": lambda t: t.back_s + 900 * H_S},
    ),
    "no break": (
        "break",
        attrs.evolve(
            PLAIN, fleet=(fleet("PORT", "truck", None, break_after_s=4 * H_S, break_s=H_S),)
        ),
        lambda t: t.rests,
        {"rests": lambda _: ()},
    ),
    "a truck that cannot": (
        "skill",
        changed(
            attrs.evolve(PLAIN, fleet=(
                fleet("PORT", "truck", None, skills=("crane",)), fleet("PORT", "van", None),
            )),
            {"12.01"},
            skills=("crane",),
        ),
        lambda t: t.vehicle == "truck",
        {"vehicle": lambda _: "van"},
    ),
}  # fmt: skip


def _whole(trip, until_s):
    return Rest(kind="night", place="12.01", from_s=trip.depart_s, until_s=until_s)


@pytest.mark.parametrize("name", MUTANTS)
def test_a_mutant_of_the_line_haul_is_found(name):
    """Each way to cheat on crews above the warehouse has its violation."""
    code, scenario, pick, changes = MUTANTS[name]
    plan = planned(scenario)

    assert [] == check_plan(scenario, plan)
    assert code in {v.code for v in check_plan(scenario, _broken(plan, pick, **changes))}
