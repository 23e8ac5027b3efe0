"""Faults in what is allocated, and in the line haul that brings it."""

from __future__ import annotations

import attrs

from plan_faults.world import (
    DAY_S,
    PLAN,
    SCENARIO,
    gap,
    haul,
    mutant,
    shifted,
    with_lines,
    with_stop,
    with_trip,
    with_vehicle,
)
from silog_core.domain.calendar import day_of
from silog_core.domain.demand import Commodity
from silog_core.domain.plan import Load


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
