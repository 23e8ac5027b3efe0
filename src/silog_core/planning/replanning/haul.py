"""Trips in bulk that were not planned: goods go by other legs, each as soon as it can."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import attrs

from silog_core.domain.calendar import DAY_S
from silog_core.domain.demand import Commodity
from silog_core.domain.legs import Leg
from silog_core.domain.plan import Load, Stop, Trip
from silog_core.planning.replanning.ways import Ways, bulk_tour

if TYPE_CHECKING:
    from silog_core.domain.vehicles import Vehicle
    from silog_core.planning.replanning.state import State
    from silog_core.planning.timing import Run

#: Goods wait so many days at most for a vehicle that is away.
_MOST_DAYS = 40
#: What is carried: pieces for a place.
Cargo = Mapping[tuple[str, Commodity], int]


@attrs.frozen(kw_only=True)
class Stuck:
    """A leg over which no trip goes, the code of the reason, and who is not there."""

    leg: Leg
    code: str
    who: str = ""


def haul(
    state: State, ways: Ways, legs: Sequence[Leg], cargo: Cargo, ready_s: int, incident: str
) -> int | Stuck:
    """Add the trips that carry *cargo* over *legs*; return when all of it is there [s].

    Where some leg does not carry it, no trip is added, and what keeps it is returned.
    """
    made: list[Trip] = []
    now = ready_s
    for leg in legs:
        trips = _over(state, ways, leg, cargo, now)
        if not trips:
            for trip in made:
                state.replace(trip, None)
            return _why_stuck(state, ways, leg, now)
        for trip in trips:
            state.add(trip)
        made += trips
        now = max(t.stops[0].depart_s for t in trips) + state.scenario.handling.turnround_s
    for trip in made:
        state.say("hauled", trip.id, incident, home=trip.home, place=trip.stops[0].place,
                  goods=_named(trip), new_s=trip.depart_s, mode=trip.mode.value)  # fmt: skip
    return max((t.stops[0].depart_s for t in made if t.stops[0].place == legs[-1].head),
               default=ready_s)  # fmt: skip


def _over(state: State, ways: Ways, leg: Leg, cargo: Cargo, ready_s: int) -> list[Trip]:
    """Return the trips over one leg, as few as the biggest vehicle needs."""
    vehicles = ways.carriers(leg)
    if not vehicles:
        return []
    biggest = max(vehicles, key=lambda v: (v.volume_cm3, v.payload_g, v.type))
    trips: list[Trip] = []
    aboard: list[Load] = []
    mass = volume = 0
    numbers = 0

    def send() -> bool:
        nonlocal aboard, mass, volume, numbers
        found = _free(state, ways, leg, ready_s, (mass, volume))
        if found is None:
            return False
        run, vehicle, unit = found
        state.used.setdefault(vehicle.type, vehicle)
        tour = bulk_tour(leg, vehicle, mass, volume)
        arrive, done = run.times[0]
        trips.append(
            Trip(
                id=state.number("L", leg.tail, skip=numbers), echelon="line-haul",
                vehicle=vehicle.type, mode=leg.mode, home=leg.tail,
                stops=(
                    Stop(place=leg.head, arrive_s=arrive, depart_s=done, loads=tuple(aboard)),
                ),
                depart_s=run.depart_s, back_s=run.back_s, distance_m=tour.distance_m,
                cost_rupiah=tour.cost_rupiah, mass_g=mass, volume_cm3=volume,
                latest_depart_s=run.depart_s, rests=run.rests, unit=unit,
                escorts=ways.escorts(leg),
            )
        )  # fmt: skip
        # The next of these trips must not have the same vehicle at the same time.
        state.fleet.take(trips[-1])
        numbers += 1
        aboard, mass, volume = [], 0, 0
        return True

    for (to, ware), pieces in sorted(cargo.items(), key=lambda x: (x[0][0], str(x[0][1]))):
        each_g, each_cm3 = state.size(ware)
        left = pieces
        while left:
            fits = left
            if each_g:
                fits = min(fits, (biggest.payload_g - mass) // each_g)
            if each_cm3:
                fits = min(fits, (biggest.volume_cm3 - volume) // each_cm3)
            if fits:
                aboard.append(Load(commodity=ware, quantity=fits, to=to))
                mass, volume = mass + fits * each_g, volume + fits * each_cm3
                left -= fits
            if left and (not aboard or not send()):
                return _none(state, trips)
    return trips if not aboard or send() else _none(state, trips)


def _none(state: State, trips: Sequence[Trip]) -> list[Trip]:
    """Give the vehicles of trips back that are not driven after all."""
    for trip in trips:
        state.fleet.release(trip)
    return []


def _free(
    state: State, ways: Ways, leg: Leg, ready_s: int, load: tuple[int, int]
) -> tuple[Run, Vehicle, int] | None:
    """Return the first run on which a vehicle is free, the cheapest one, and its number."""
    km = -(-2 * leg.length_m // 1000)
    able = sorted(
        (v for v in ways.carriers(leg) if v.payload_g >= load[0] and v.volume_cm3 >= load[1]),
        key=lambda v: (v.fixed_cost_rupiah + km * v.cost_per_km_rupiah, v.type),
    )
    at_s = ready_s
    for _ in range(_MOST_DAYS):
        run = ways.run(leg, at_s, load[0])
        if run is None:
            return None
        for vehicle in able:
            unit = state.fleet.unit(
                leg.tail, vehicle.type, run.depart_s, run.back_s, escorts=ways.escorts(leg)
            )
            if unit is not None:
                return run, vehicle, unit
        at_s = run.depart_s + DAY_S
    return None


def _why_stuck(state: State, ways: Ways, leg: Leg, ready_s: int) -> Stuck:
    """Return what keeps goods from going over a leg: no open way, vehicle or escort."""
    names, run = ways.escorts(leg), ways.run(leg, ready_s, 0)
    if not state.fleet.guards.there(leg.tail, names) or (run is not None and names):
        return Stuck(leg=leg, code="escort", who=", ".join(names))
    return Stuck(leg=leg, code="closed" if run is None else "no-turn")


def _named(trip: Trip) -> str:
    found = [f"{n.quantity} {n.commodity}" for n in trip.stops[0].loads]
    more = f" +{len(found) - 4}" if len(found) > 4 else ""
    return ", ".join(found[:4]) + more
