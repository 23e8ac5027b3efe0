"""Faults in the trips of a plan, and in how its kits are handed over."""

from __future__ import annotations

import attrs

from plan_faults.world import (
    ALONE,
    DAY_S,
    H_S,
    HUB,
    PLAN,
    SCENARIO,
    STATION,
    VILLAGE,
    haul,
    mutant,
    shifted,
    trip,
    with_stop,
    with_trip,
    with_vehicle,
)
from small_world import fleet


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
