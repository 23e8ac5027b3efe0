"""The checker of plans finds each kind of fault, and nothing in a sound plan."""

from __future__ import annotations

import re
from pathlib import Path

import attrs
import pytest

import silog_core.planning.check
from silog_core.domain.calendar import day_of
from silog_core.domain.demand import Commodity
from silog_core.domain.plan import Load, Shortfall
from silog_core.domain.workforce import Workforce
from silog_core.planning.check import check_plan
from small_world import fleet, leg, planned, stocked, world

H_S, DAY_S = 3600, 86_400
#: One regency behind a port, with one truck and just enough stock; a hub by boat.
SCENARIO = stocked(
    world(
        (
            (
                ((300, 400, 600, 590), (250,)),
                ((0, 599),),
            ),
        ),
        port=True,
        legs=(
            leg("PRINTER", "PORT", "sea", km=900, hours=60),
            leg("PORT", "12.01", max_load_g=10**9, max_volume_cm3=10**10),
        ),
    )
)
SCENARIO = attrs.evolve(
    SCENARIO, fleet=(fleet("12.01", "truck", 1), fleet("12.01.01.1001", "motorbike", 1))
)
PLAN = planned(SCENARIO)
STATION, VILLAGE, HUB = "12.01.01.1001-001", "12.01.01.1001", "12.01.01"
ALONE = "12.01.01.1002-001"

MUTANTS = {}


def mutant(code, *, also=()):
    """Register a change of (scenario, plan), with the codes that it has to be found by."""

    def register(change):
        MUTANTS[change.__name__] = (frozenset({code, *also}), change)
        return change

    return register


# --- tools ---------------------------------------------------------------------


def trip(kit, echelon):
    """Return the trip that carries a kit in an echelon."""
    return next(t for t in PLAN.trips_to[kit] if t.echelon == echelon)


def haul(head):
    """Return the first trip of the line haul to a place."""
    return next(t for t in PLAN.trips if t.echelon == "line-haul" and t.stops[0].place == head)


def with_trip(old, *new, plan=PLAN):
    """Return the plan with one trip replaced."""
    trips = [n for t in plan.trips for n in (new if t is old else (t,))]
    return attrs.evolve(plan, trips=tuple(trips))


def with_stop(old, number, **changes):
    """Return the plan with one stop of a trip changed."""
    stops = list(old.stops)
    stops[number] = attrs.evolve(stops[number], **changes)
    return with_trip(old, attrs.evolve(old, stops=tuple(stops)))


def shifted(old, by_s):
    """Return a trip at another time."""
    stops = tuple(
        attrs.evolve(s, arrive_s=s.arrive_s + by_s, depart_s=s.depart_s + by_s)
        for s in old.stops
    )
    return attrs.evolve(
        old,
        stops=stops,
        depart_s=old.depart_s + by_s,
        back_s=old.back_s + by_s,
        latest_depart_s=old.latest_depart_s + by_s,
    )


def with_vehicle(name, **changes):
    """Return the plan with one of its vehicle types changed."""
    vehicles = [attrs.evolve(v, **changes) if v.type == name else v for v in PLAN.vehicles]
    return attrs.evolve(PLAN, vehicles=tuple(vehicles))


def with_column(item, per, **changes):
    """Return the plan with one column of its needs changed."""
    columns = [
        attrs.evolve(c, **changes) if (c.item, c.per) == (item, per) else c
        for c in PLAN.needs.columns
    ]
    return attrs.evolve(PLAN, needs=attrs.evolve(PLAN.needs, columns=tuple(columns)))


def with_level(per, **changes):
    """Return the plan with one level of its needs changed."""
    levels = [attrs.evolve(r, **changes) if r.per == per else r for r in PLAN.needs.levels]
    return attrs.evolve(PLAN, needs=attrs.evolve(PLAN.needs, levels=tuple(levels)))


def with_lines(change):
    """Return the plan with its lines changed, one by one."""
    lines = tuple(change(line) for line in PLAN.allocation.lines)
    return attrs.evolve(PLAN, allocation=attrs.evolve(PLAN.allocation, lines=lines))


def with_slot(stage, **changes):
    """Return the plan with one stage of its schedule changed."""
    stages = [
        attrs.evolve(s, **changes) if s.stage == stage else s for s in PLAN.schedule.stages
    ]
    return attrs.evolve(PLAN, schedule=attrs.evolve(PLAN.schedule, stages=tuple(stages)))


def slot(stage):
    """Return one stage of the schedule."""
    return next(s for s in PLAN.schedule.stages if s.stage == stage)


def gap(*, served):
    """Return a shortfall of a station's 49 seals."""
    text = dict.fromkeys(("reason", "reason_id", "action", "action_id"), "a reason")
    return Shortfall(
        place=STATION, commodity=Commodity(item="seal"), needed=49, served=served,
        code="supply", **text,
    )  # fmt: skip


# --- needs ---------------------------------------------------------------------


@mutant("voters")
def the_list_grew():
    """A station has a voter more than was counted."""
    places = [attrs.evolve(p, voters=p.voters + 1) if p.code == STATION else p
              for p in SCENARIO.places]  # fmt: skip
    return attrs.evolve(SCENARIO, places=tuple(places)), PLAN


@mutant("unknown-place")
def a_place_out_of_nowhere():
    """A level counts a place that the scenario lacks; it needs nothing."""
    rows = PLAN.needs.level("village")
    plan = with_level("village", codes=(*rows.codes, "12.01.01.9999"),
                      regions=(*rows.regions, rows.regions[0]), voters=(*rows.voters, 0))  # fmt: skip
    columns = [
        attrs.evolve(c, quantities=(*c.quantities, 0), rule_of_row=(*c.rule_of_row, -1))
        if c.per == "village"
        else c
        for c in plan.needs.columns
    ]
    needs = attrs.evolve(plan.needs, columns=tuple(columns))
    return SCENARIO, attrs.evolve(plan, needs=needs)


@mutant("unknown-place")
def a_trip_to_nowhere():
    """A trip stops at a place that the scenario lacks, beside the real one."""
    old = trip(ALONE, "village-station")
    last = old.stops[-1]
    stop = attrs.evolve(last, place="12.01.01.9999", kits=())
    return SCENARIO, with_trip(old, attrs.evolve(old, stops=(*old.stops, stop)))


@mutant("forgotten-place")
def a_station_was_forgotten():
    """A station with voters that no level counts."""
    lost = attrs.evolve(SCENARIO.by_code[STATION], code="12.01.01.1001-009")
    return attrs.evolve(SCENARIO, places=(*SCENARIO.places, lost)), PLAN


@mutant("column-length")
def a_column_is_too_short():
    """A rate that says nothing of one row."""
    column = next(c for c in PLAN.needs.columns if c.item == "seal" and c.per == "station")
    return SCENARIO, with_column("seal", "station", rule_of_row=column.rule_of_row[:-1])


@mutant("fewer-ballots-than-voters", also=("load-sum", "unbalanced"))
def too_few_ballots():
    """A station's ballots do not cover its voters; loads and lines no longer fit."""
    column = next(c for c in PLAN.needs.columns if c.item == "ballot-regent")
    return SCENARIO, with_column(
        "ballot-regent", "station", quantities=(299, *column.quantities[1:])
    )


# --- trips ---------------------------------------------------------------------


@mutant("trip-id")
def two_trips_of_one_name():
    """Two trips cannot be told apart."""
    old = trip(ALONE, "village-station")
    return SCENARIO, with_trip(old, attrs.evolve(old, id=trip(STATION, "hub-village").id))


@mutant("load-sum")
def a_false_weight():
    """A trip says that it carries a gram less than it does."""
    old = trip(HUB, "warehouse-hub")
    return SCENARIO, with_trip(old, attrs.evolve(old, mass_g=old.mass_g - 1))


@mutant("unknown-vehicle")
def a_vehicle_nobody_knows():
    """A trip by a vehicle type that the plan does not describe."""
    old = trip(ALONE, "village-station")
    return SCENARIO, with_trip(old, attrs.evolve(old, vehicle="flying carpet"))


@mutant("mode")
def a_truck_at_sea():
    """A vehicle that goes another way than its trip."""
    return SCENARIO, with_vehicle("motorbike", mode="foot")


@mutant("over-payload")
def too_heavy():
    """The regency's own truck takes a gram less than it carries, whatever others take."""
    most = max(t.mass_g for t in PLAN.trips if (t.home, t.vehicle) == ("12.01", "truck"))
    own = fleet("12.01", "truck", 1, payload_g=most - 1)
    return attrs.evolve(SCENARIO, fleet=(own, *SCENARIO.fleet[1:])), PLAN


@mutant("over-volume")
def too_bulky():
    """A hired boat with a cubic centimetre less room than it needs."""
    most = max(t.volume_cm3 for t in PLAN.trips if t.vehicle == "boat")
    return SCENARIO, with_vehicle("boat", volume_cm3=most - 1)


@mutant("no-stops")
def a_trip_without_stops():
    """A trip, empty, that goes nowhere."""
    old = haul("PORT")
    empty = attrs.evolve(old, id="L-EMPTY", stops=(), mass_g=0, volume_cm3=0)
    return SCENARIO, with_trip(old, old, empty)


@mutant("closed-place")
def a_jetty_that_closes_at_one():
    """A village that hands over from midnight to one o'clock, when no truck is there."""
    places = [attrs.evolve(p, close_hour=1) if p.code == VILLAGE else p
              for p in SCENARIO.places]  # fmt: skip
    return attrs.evolve(SCENARIO, places=tuple(places)), PLAN


@mutant("empty-stop")
def a_stop_for_nothing():
    """A boat that calls at a hub once more, and hands over nothing."""
    old = trip("12.01.02.1001-001", "warehouse-hub")
    last = old.stops[-1]
    again = attrs.evolve(last, arrive_s=last.depart_s, depart_s=last.depart_s, kits=())
    return SCENARIO, with_trip(old, attrs.evolve(old, stops=(*old.stops, again)))


@mutant("time")
def a_stop_before_its_arrival():
    """A vehicle leaves a stop before it gets there."""
    old = trip(ALONE, "village-station")
    return SCENARIO, with_stop(old, 0, depart_s=old.stops[0].arrive_s - 1)


@mutant("distance")
def a_shorter_way_than_straight():
    """A trip shorter than the straight line between its stops."""
    old = trip(HUB, "warehouse-hub")
    return SCENARIO, with_trip(old, attrs.evolve(old, distance_m=1))


@mutant("too-fast")
def a_truck_that_flies():
    """A return home faster than any truck goes."""
    old = trip(HUB, "warehouse-hub")
    return SCENARIO, with_trip(old, attrs.evolve(old, back_s=old.stops[-1].depart_s))


@mutant("latest")
def later_than_at_the_latest():
    """A trip that leaves after what it calls its latest departure."""
    old = trip(ALONE, "village-station")
    return SCENARIO, with_trip(old, attrs.evolve(old, latest_depart_s=old.depart_s - 1))


@mutant("fleet")
def a_vehicle_too_many():
    """A third vehicle where there is one."""
    old = trip(HUB, "warehouse-hub")
    return SCENARIO, with_trip(old, attrs.evolve(old, unit=3))


@mutant("two-at-once")
def one_vehicle_in_two_places():
    """A vehicle on its second trip before it is back from the first."""
    bikes = sorted(
        (t for t in PLAN.trips if t.echelon == "village-station" and t.home == VILLAGE),
        key=lambda t: t.depart_s,
    )
    return SCENARIO, with_trip(
        bikes[1], shifted(bikes[1], bikes[0].back_s - 60 - bikes[1].depart_s)
    )


# --- custody -------------------------------------------------------------------


@mutant("kit-split")
def a_kit_on_two_vehicles():
    """A kit that is also on a second boat, which says so."""
    old = trip("12.01.02", "warehouse-hub")
    stop = attrs.evolve(old.stops[0], kits=("12.01.02",))
    kit_g, kit_cm3 = 2 * 1750 + 9, 2 * 96_000 + 9
    twin = attrs.evolve(
        old, id="W-TWIN", stops=(stop,), mass_g=kit_g, volume_cm3=kit_cm3, unit=2
    )
    return SCENARIO, with_trip(old, old, twin)


@mutant("not-served", also=("not-returned",))
def a_kit_left_behind():
    """Nobody takes a kit over its last hop, and nobody says so."""
    old = trip(ALONE, "village-station")
    return SCENARIO, attrs.evolve(PLAN, trips=tuple(t for t in PLAN.trips if t is not old))


@mutant("not-served", also=("unbalanced",))
def a_place_without_a_warehouse():
    """A hub that hangs below no warehouse: what is allocated to it belongs to nobody."""
    places = [
        attrs.evolve(p, parent="") if p.code == "12.01.01" else p for p in SCENARIO.places
    ]
    return attrs.evolve(SCENARIO, places=tuple(places)), PLAN


@mutant("custody-gap")
def a_kit_from_the_wrong_hands():
    """A trip that sets out from a village which does not hold the kit."""
    old = trip(ALONE, "village-station")
    return SCENARIO, with_trip(old, attrs.evolve(old, home="12.01.02.1001", distance_m=10**6))


@mutant("custody-gap")
def a_kit_that_leaves_before_it_is_there():
    """The last hop leaves a week before the hop ahead of it arrives."""
    old = trip(ALONE, "village-station")
    return SCENARIO, with_trip(old, shifted(old, -7 * DAY_S))


@mutant("custody-gap")
def boxes_taken_in_before_the_count():
    """The way back begins before the count is done."""
    old = trip(ALONE, "return-station-village")
    return SCENARIO, with_trip(old, shifted(old, -12 * H_S))


@mutant("late")
def too_late_for_the_vote():
    """A kit that is there on the voting day, not the day before."""
    old = trip(ALONE, "village-station")
    return SCENARIO, with_trip(old, shifted(old, H_S - old.stops[0].depart_s))


@mutant("not-returned")
def a_box_that_does_not_come_back():
    """The boxes of a station stay in the subdistrict."""
    old = trip("12.01.02", "return-hub-warehouse")
    return SCENARIO, attrs.evolve(PLAN, trips=tuple(t for t in PLAN.trips if t is not old))


@mutant("unasked-kit")
def a_kit_nobody_asked_for():
    """A kit for the warehouse itself, which needs none."""
    old = trip(ALONE, "village-station")
    return SCENARIO, with_stop(old, 0, kits=(*old.stops[0].kits, "12.01"))


# --- supply --------------------------------------------------------------------


@mutant("over-stock")
def more_than_the_lot_has():
    """A lot that gives one piece more than it holds."""
    stock = [attrs.evolve(lot, quantity=lot.quantity - 1) if lot.item == "seal" else lot
             for lot in SCENARIO.stock]  # fmt: skip
    return attrs.evolve(SCENARIO, stock=tuple(stock)), PLAN


@mutant("wrong-area", also=("unbalanced", "not-hauled", "not-there-yet"))
def ballots_of_another_regency():
    """Ballots of an area in which they are worthless."""
    return SCENARIO, with_lines(
        lambda line: (
            attrs.evolve(line, commodity=Commodity(item=line.commodity.item, area="12.02"))
            if line.commodity.item == "ballot-regent"
            else line
        )
    )


@mutant("shortfall")
def a_gap_that_is_none():
    """A shortfall of a place that gets all that it needs."""
    return SCENARIO, attrs.evolve(PLAN, shortfalls=(gap(served=49),))


@mutant("unbalanced")
def pieces_unaccounted_for():
    """A shortfall of one piece that was allocated after all."""
    return SCENARIO, attrs.evolve(PLAN, shortfalls=(gap(served=48),))


@mutant("not-hauled", also=("load-sum", "not-there-yet"))
def goods_left_on_the_quay():
    """A ship that leaves one line behind."""
    old = haul("PORT")
    loads = old.stops[0].loads[1:]
    return SCENARIO, with_stop(old, 0, loads=loads)


@mutant("not-hauled", also=("not-there-yet",))
def goods_that_nobody_allocated():
    """Pieces that come without a line; the truck counts them, and they come from nowhere."""
    old = haul("12.01")
    extra = Load(commodity=Commodity(item="bunting"), quantity=1, to="12.01")
    plan = with_stop(old, 0, loads=(*old.stops[0].loads, extra))
    first = haul("PORT")
    return SCENARIO, with_trip(
        first,
        attrs.evolve(
            first, stops=(attrs.evolve(first.stops[0], loads=(*first.stops[0].loads, extra)),)
        ),
        plan=plan,
    )


@mutant("closed-leg")
def a_ship_in_the_storm():
    """A trip in a month in which its leg is closed."""
    months = tuple(range(1, 13))
    legs = [attrs.evolve(g, months_closed=months) if g.head == "PORT" else g
            for g in SCENARIO.legs]  # fmt: skip
    return attrs.evolve(SCENARIO, legs=tuple(legs)), PLAN


# --- line haul -----------------------------------------------------------------


@mutant("broken-way", also=("not-hauled",))
def a_way_that_ends_elsewhere():
    """A line whose way stops at the port."""
    return SCENARIO, with_lines(
        lambda line: (
            attrs.evolve(line, path=("PRINTER", "PORT"))
            if line.commodity.item == "seal"
            else line
        )
    )


@mutant("no-leg")
def a_leg_that_is_not_there():
    """The ways and the trips use a leg that the scenario does not have."""
    places = [attrs.evolve(p, parent="") if p.code in ("PORT", "12.01") else p
              for p in SCENARIO.places]  # fmt: skip
    legs = tuple(g for g in SCENARIO.legs if g.head != "PORT")
    return attrs.evolve(SCENARIO, places=tuple(places), legs=legs), PLAN


@mutant("over-leg")
def a_bridge_that_breaks():
    """A leg that takes a gram less than goes over it in all."""
    total = sum(t.mass_g for t in PLAN.trips if t.echelon == "line-haul" and t.home == "PORT")
    legs = [attrs.evolve(g, max_load_g=total - 1) if g.tail == "PORT" else g
            for g in SCENARIO.legs]  # fmt: skip
    return attrs.evolve(SCENARIO, legs=tuple(legs)), PLAN


@mutant("over-leg")
def a_gate_that_is_too_narrow():
    """A leg with a cubic centimetre less room than goes over it in all."""
    total = sum(
        t.volume_cm3 for t in PLAN.trips if t.echelon == "line-haul" and t.home == "PORT"
    )
    legs = [attrs.evolve(g, max_volume_cm3=total - 1) if g.tail == "PORT" else g
            for g in SCENARIO.legs]  # fmt: skip
    return attrs.evolve(SCENARIO, legs=tuple(legs)), PLAN


@mutant("no-rest")
def a_driver_who_never_sleeps():
    """Six hours on the road in a day, by a driver who has one."""
    return SCENARIO, with_vehicle("truck", hours_per_day=1)


@mutant("too-fast")
def a_ship_that_flies():
    """A ship that takes half of the time that its leg is given."""
    legs = [attrs.evolve(g, travel_s=g.travel_s * 2) if g.head == "PORT" else g
            for g in SCENARIO.legs]  # fmt: skip
    return attrs.evolve(SCENARIO, legs=tuple(legs)), PLAN


@mutant("not-there-yet")
def a_truck_that_does_not_wait_for_the_ship():
    """What leaves the port has not come by sea yet."""
    old = haul("PORT")
    return SCENARIO, with_trip(old, shifted(old, 3 * DAY_S))


@mutant("not-there-yet")
def a_ship_that_does_not_wait_for_the_printer():
    """Goods that leave the supplier before the first day of their lot."""
    after = day_of(haul("PORT").depart_s + DAY_S, SCENARIO.election.voting_day)
    stock = [attrs.evolve(lot, from_date=after) for lot in SCENARIO.stock]
    return attrs.evolve(SCENARIO, stock=tuple(stock)), PLAN


# --- stages --------------------------------------------------------------------


@mutant("stage-order")
def packing_before_the_folding_is_done():
    """Kits are packed while ballots are still being folded."""
    return SCENARIO, with_slot("sort-fold", finish_s=slot("kitting").start_s + 1)


@mutant("stage-order")
def folding_before_the_ballots_are_there():
    """Folding begins before the ballots have come, and nothing says that it is late."""
    return SCENARIO, with_slot("ballot-arrival", finish_s=slot("sort-fold").start_s + 1)


@mutant("stage-order")
def a_stage_that_ends_before_it_begins():
    """Time runs backwards at the warehouse."""
    at = slot("equipment-arrival")
    return SCENARIO, with_slot("equipment-arrival", finish_s=at.start_s - 1)


@mutant("stage-order")
def a_dispatch_without_a_vehicle():
    """The dispatch is said to begin before the first vehicle leaves."""
    return SCENARIO, with_slot("dispatch", start_s=slot("dispatch").start_s - 1)


# --- people --------------------------------------------------------------------


def _people(**known):
    """Return the scenario with people of whom more is known."""
    force = Workforce(region="12", source="a list", **known)
    return attrs.evolve(SCENARIO, workforces=(force,))


@mutant("too-few-people")
def more_workers_than_there_are():
    """The plan counts on four workers, and there are three."""
    return _people(workers=3), PLAN


@mutant("work-short")
def slower_workers_than_planned():
    """Ballots are folded at a rate that its people have not."""
    return _people(workers=4, sheets_per_worker_day=1), PLAN


@mutant("storage")
def a_place_that_holds_one_kit():
    """More kits come to a hub at once than are safe there, and nothing says so."""
    hub = next(p.code for p in SCENARIO.places if p.kind.value == "hub")
    places = [attrs.evolve(p, holds_kits=1) if p.code == hub else p for p in SCENARIO.places]
    return attrs.evolve(SCENARIO, places=tuple(places)), PLAN


# --- the tests -----------------------------------------------------------------


def test_a_sound_plan_has_no_violation():
    """What the planner makes passes, and leaves nothing unserved or short."""
    assert [] == check_plan(SCENARIO, PLAN)
    assert ((), ()) == (PLAN.unserved, PLAN.shortfalls)


@pytest.mark.parametrize("name", sorted(MUTANTS))
def test_a_fault_is_found_and_named(name):
    """Each fault is found under its own code, and no other law is said to be broken."""
    expected, change = MUTANTS[name]
    scenario, plan = change()
    found = check_plan(scenario, plan)

    assert expected == {v.code for v in found}, [str(v) for v in found]
    assert found == sorted(found)
    assert all(v.where and v.text for v in found)


def test_every_law_of_the_checker_has_a_mutant():
    """No code of a violation is without a test that reaches it."""
    folder = Path(silog_core.planning.check.__file__).parent
    codes = {
        code
        for path in folder.glob("*.py")
        # Laws of crews are in test_crews.py, of presses in test_check_presses.py; those of
        # re-plans and re-votes need two plans to judge: test_check_replan.py holds them.
        if not path.stem.startswith(("crews", "presses", "reprinted", "replanned", "revote"))
        for code in re.findall(r'code="([a-z-]+)"', path.read_text(encoding="utf-8"))
    }

    assert codes == {code for expected, _ in MUTANTS.values() for code in expected}
