"""Crews: rests, nights at guarded places, escorts, skills, and the length of a day.

They are the same for boxes below the warehouse and for goods in bulk above it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

from silog_core.domain.calendar import DAY_S
from silog_core.domain.legs import Mode
from silog_core.domain.places import Place, PlaceKind
from silog_core.domain.plan import Plan, Rest, Trip
from silog_core.domain.scenario import Scenario
from silog_core.domain.vehicles import Vehicle
from silog_core.domain.violations import Violation
from silog_core.planning.check.trips import least_s

#: Modes that cannot stand still between two halts.
_AFLOAT = {Mode.SEA, Mode.BOAT, Mode.RIVER, Mode.LAKE, Mode.AIR, Mode.HELICOPTER}
#: The way out that a way back belongs to.
_OUT_OF = {
    "return-station-village": "village-station",
    "return-village-hub": "hub-village",
    "return-hub-warehouse": "warehouse-hub",
}


def check_crews(scenario: Scenario, plan: Plan) -> Iterator[Violation]:
    """Yield what trips ask of people that people cannot do."""
    own = {(e.home, e.vehicle.type): e.vehicle for e in scenario.fleet}
    hired = {v.type: v for v in plan.vehicles}
    for trip in (*plan.trips, *plan.revote_trips):
        places = [scenario.by_code.get(stop.place) for stop in trip.stops]
        via = [code for stop in trip.stops for code in stop.via]
        if not {trip.home, *via} <= scenario.by_code.keys():
            continue  # reported as unknown already
        known = [place for place in places if place is not None]
        if len(known) < len(places):
            continue
        vehicle = own.get((trip.home, trip.vehicle)) or hired.get(trip.vehicle)
        if vehicle is not None:
            yield from _skills(trip, vehicle, known)
            yield from _breaks(trip, vehicle)
            if scenario.handling.in_day and trip.echelon != "line-haul":
                yield from _day(scenario, trip, vehicle)
        yield from _rests(scenario, trip)
        if scenario.handling.guarded_nights:
            yield from _nights(scenario, trip)
    yield from _escorts(scenario, plan)


def _skills(trip: Trip, vehicle: Vehicle, places: list[Place]) -> Iterator[Violation]:
    for place in places:
        lacks = [skill for skill in place.skills if skill not in vehicle.skills]
        if lacks:
            yield Violation(
                code="skill",
                where=trip.id,
                text=f"{vehicle.type} serves {place.code} without {', '.join(lacks)}",
            )


def _breaks(trip: Trip, vehicle: Vehicle) -> Iterator[Violation]:
    """Check that nobody is on duty longer than may be without a rest."""
    if vehicle.break_after_s is None:
        return
    since = trip.depart_s
    turns = [
        (rest.from_s, rest.until_s)
        for rest in trip.rests
        if rest.until_s - rest.from_s >= vehicle.break_s
    ]
    for begins, ends in [*turns, (trip.back_s, trip.back_s)]:
        if begins - since > vehicle.break_after_s:
            yield Violation(
                code="break",
                where=trip.id,
                text=f"{begins - since} s on duty without a rest of {vehicle.break_s} s, at"
                f" most {vehicle.break_after_s} s",
            )
        since = ends


def _rests(scenario: Scenario, trip: Trip) -> Iterator[Violation]:
    """Check that rests are where the vehicle is, and leave time for what else it does."""
    edge = [
        Rest(kind="break", place="", from_s=t, until_s=t) for t in (trip.depart_s, trip.back_s)
    ]
    for one, two in pairwise([edge[0], *trip.rests, edge[1]]):
        if two.from_s < one.until_s or two.until_s < two.from_s:
            yield _rest(trip, f"a rest from {two.from_s} s to {two.until_s} s is out of order")
            return
    if not trip.rests:
        return
    handling = scenario.handling
    at, left = scenario.by_code[trip.home], trip.depart_s
    found = 0
    for stop in trip.stops:
        place = scenario.by_code[stop.place]
        names = {"", *stop.via, *({at.code} if at.code != trip.home else ())}
        rest_s = _within(trip, left, stop.arrive_s, names)
        on_way = [at, *(scenario.by_code[code] for code in stop.via), place]
        if stop.arrive_s - left - rest_s < _least_s(trip.mode, on_way):
            yield _rest(trip, f"rests {rest_s} s on a way to {place.code} that it drives")
        takes_s = handling.stop_s + handling.kit_s * len(stop.kits)
        stays_s = _within(trip, stop.arrive_s, stop.depart_s, {place.code})
        if stop.depart_s - stop.arrive_s - stays_s < takes_s:
            yield _rest(trip, f"rests {stays_s} s at {place.code} while it unloads")
        found += rest_s + stays_s
        at, left = place, stop.depart_s
    rest_s = _within(trip, left, trip.back_s, {"", at.code})
    if trip.back_s - left - rest_s < least_s(trip.mode, at, scenario.by_code[trip.home]):
        yield _rest(trip, f"rests {rest_s} s on a way home that it drives")
    if found + rest_s != sum(rest.until_s - rest.from_s for rest in trip.rests):
        yield _rest(trip, "rests at a place where it is not at the time")


def _least_s(mode: Mode, on_way: Sequence[Place]) -> int:
    """Return the time that nobody gets along some places faster in [s]."""
    return sum(least_s(mode, one, two) for one, two in pairwise(on_way))


def _within(trip: Trip, from_s: int, until_s: int, places: set[str]) -> int:
    """Return how long a trip rests at one of some places between two moments [s]."""
    return sum(
        max(0, min(rest.until_s, until_s) - max(rest.from_s, from_s))
        for rest in trip.rests
        if rest.place in places and not (rest.place == "" and trip.mode in _AFLOAT)
    )


def _rest(trip: Trip, text: str) -> Violation:
    return Violation(code="rest", where=trip.id, text=text)


def _nights(scenario: Scenario, trip: Trip) -> Iterator[Violation]:
    """Check that each night away is spent where boxes are guarded."""
    if trip.mode is Mode.SEA:
        return  # a ship sails on
    if trip.echelon == "return-station-village" and trip.mode not in _AFLOAT:
        return  # boxes come in on voting night
    # Goods in bulk are handed over at the last stop: an empty truck drives home.
    ends_s = trip.back_s
    if trip.echelon == "line-haul" and trip.stops:
        ends_s = trip.stops[-1].depart_s
    first_s = scenario.handling.first_hour * 3600
    last_s = scenario.handling.last_hour * 3600
    safe = {code for code in {r.place for r in trip.rests} if _guarded(scenario, code)}
    for day in range(trip.depart_s // DAY_S - 1, ends_s // DAY_S + 1):
        begins = max(trip.depart_s, day * DAY_S + last_s)
        ends = min(ends_s, (day + 1) * DAY_S + first_s)
        if ends - begins > max(0, _within(trip, begins, ends, safe)):
            yield Violation(
                code="guard",
                where=trip.id,
                text=f"spends {ends - begins} s of a night where nobody guards its boxes",
            )


def _guarded(scenario: Scenario, code: str) -> bool:
    place = scenario.by_code.get(code)
    return place is not None and place.guarded


def _day(scenario: Scenario, trip: Trip, vehicle: Vehicle) -> Iterator[Violation]:
    """Check that tours of several places fit into a day, unloading included."""
    if len(trip.stops) < 2:
        return  # what is too far for a day goes alone
    handling, legs = scenario.handling, {(g.tail, g.head, g.mode): g for g in scenario.legs}
    works_s = sum(handling.stop_s + handling.kit_s * len(s.kits) for s in trip.stops)
    for tail, head in pairwise([trip.home, *(s.place for s in trip.stops), trip.home]):
        # The way back is written for a way out, and driven either way.
        given = [legs.get((*ends, trip.mode)) for ends in ((tail, head), (head, tail))]
        takes = [leg.travel_s for leg in given if leg is not None]
        places = scenario.by_code[tail], scenario.by_code[head]
        works_s += min(takes) if takes else least_s(trip.mode, *places)
    if works_s > vehicle.hours_per_day * 3600:
        yield Violation(
            code="day",
            where=trip.id,
            text=f"takes {works_s} s at least; {vehicle.type} has"
            f" {vehicle.hours_per_day} h a day",
        )


def _escorts(scenario: Scenario, plan: Plan) -> Iterator[Violation]:
    """Check that everybody asked for rides along, and nobody is on two trips at once."""
    out: dict[tuple[str, str], list[Trip]] = {}
    there: dict[tuple[str, str], int] = {}
    for trip in (*plan.trips, *plan.revote_trips):
        if trip.home not in scenario.by_code:
            continue
        # Who rides along above the warehouse is of the place that the goods leave.
        base = trip.home
        if trip.echelon != "line-haul":
            base = _warehouse(scenario, trip.home)
        asked = _asked(scenario, trip, base)
        missing = sorted(asked - set(trip.escorts))
        if missing:
            yield Violation(
                code="escort", where=trip.id, text=f"goes without {', '.join(missing)}"
            )
        for name in trip.escorts:
            region = _holds(scenario, name, base)
            shared = any(
                p.shared for p in scenario.escorts if (p.name, p.region) == (name, region)
            )
            # One group for a whole region, or for each place that sends trips.
            whose = f"region {region}" if shared else base
            there[whose, name] = _there(scenario, base).get(name, 0)
            out.setdefault((whose, name), []).append(trip)
    for (base, name), trips in sorted(out.items()):
        count = there[base, name]
        away: list[int] = []
        for trip in sorted(trips, key=lambda t: (t.depart_s, t.back_s, t.id)):
            away = [back for back in away if back > trip.depart_s] + [trip.back_s]
            if len(away) > count:
                yield Violation(
                    code="escort",
                    where=trip.id,
                    text=f"leaves with {name}, of whom {base} has {count} and"
                    f" {len(away) - 1} are away",
                )


def _asked(scenario: Scenario, trip: Trip, base: str) -> set[str]:
    places = [scenario.by_code[s.place] for s in trip.stops if s.place in scenario.by_code]
    asked = {name for place in places for name in place.escorts}
    way_out = _OUT_OF.get(trip.echelon, trip.echelon)
    for pool in scenario.escorts:
        if way_out in pool.on and _holds(scenario, pool.name, base) == pool.region:
            asked.add(pool.name)
    return asked


def _holds(scenario: Scenario, name: str, base: str) -> object:
    """Return the region whose pool of a name counts for a warehouse."""
    region = scenario.by_code[base].region
    fits = [p.region for p in scenario.escorts if p.name == name and p.region.covers(region)]
    return max(fits, key=lambda r: r.depth, default=None)


def _there(scenario: Scenario, base: str) -> Mapping[str, int]:
    return {
        pool.name: pool.count
        for pool in scenario.escorts
        if _holds(scenario, pool.name, base) == pool.region
    }


def _warehouse(scenario: Scenario, code: str) -> str:
    """Return the warehouse that a place hangs below."""
    at, steps = code, 0
    while steps < len(PlaceKind):
        place = scenario.by_code[at]
        if place.kind is PlaceKind.WAREHOUSE or place.parent not in scenario.by_code:
            break
        at, steps = place.parent, steps + 1
    return at
