"""Skills and escorts of typed trips."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from silog_core.domain.places import Place, PlaceKind
from silog_core.domain.problems import Said
from silog_core.domain.scenario import Scenario
from silog_core.domain.typed_trips import TripFinding, TypedStop, TypedTrip
from silog_core.domain.vehicles import Vehicle
from silog_core.planning.judge.fleet import Outing, is_away
from silog_core.planning.judge.texts import finding

_TRIP_FROM = {
    PlaceKind.WAREHOUSE: "warehouse-hub",
    PlaceKind.HUB: "hub-village",
    PlaceKind.VILLAGE: "village-station",
}


def check_skills(
    scenario: Scenario, trip: TypedTrip, vehicle: Vehicle, stop: TypedStop
) -> list[TripFinding]:
    """Find what a place asks of vehicles and this one lacks."""
    lacks = [s for s in scenario.by_code[stop.place].skills if s not in vehicle.skills]
    if not lacks:
        return []
    return [
        finding(
            "no-skill",
            row=stop.row,
            trip=trip.id,
            vehicle=vehicle.type,
            place=stop.place,
            skills=", ".join(lacks),
        )
    ]


def check_escorts(
    scenario: Scenario, outings: Sequence[Outing], when: Callable[[int], Said]
) -> Iterator[TripFinding]:
    """Find trips without those who have to ride along, and more of them than there are.

    Where a table has no column for escorts, those that are asked for are taken to ride
    along.
    """
    away: dict[tuple[str, str], list[Outing]] = {}
    for outing in sorted(outings, key=lambda o: (o.leaves_s, o.back_s, o.trip.row)):
        trip = outing.trip
        base = _warehouse(scenario, scenario.by_code[trip.home])
        asked = _asked(scenario, trip, base)
        if asked is None:
            continue
        typed = asked if trip.escorts is None else set(trip.escorts)
        for who in sorted(asked - typed):
            yield finding("no-escort", row=trip.row, trip=trip.id, who=who)
        for who in sorted(typed):
            count = _count(scenario, base, who)
            out = [o for o in away.get((base.code, who), ()) if is_away(o, outing.leaves_s)]
            away[base.code, who] = [*out, outing]
            if len(out) >= count:
                soonest = min((o.back_s for o in out), default=outing.leaves_s)
                yield finding(
                    "few-escorts",
                    row=trip.row,
                    trip=trip.id,
                    amount=len(out) + 1 - count,
                    who=who,
                    home=base.code,
                    count=len(out) + 1,
                    limit=count,
                    next=when(soonest),
                )


def _asked(scenario: Scenario, trip: TypedTrip, base: Place) -> set[str] | None:
    """Return who has to ride along; None on trips to warehouses and ports."""
    places = [scenario.by_code[stop.place] for stop in trip.stops]
    kind = scenario.by_code[trip.home].kind
    if kind not in _TRIP_FROM or any(p.kind is PlaceKind.WAREHOUSE for p in places):
        return None
    always = {p.name for p in scenario.escorts if _TRIP_FROM[kind] in p.on}
    fits = {name for name in always if _holding(scenario, base, name, _TRIP_FROM[kind])}
    return fits.union(*(place.escorts for place in places))


def _holding(scenario: Scenario, base: Place, name: str, trip: str) -> bool:
    """Return whether the pool that counts for a warehouse is on a kind of trip."""
    pools = [p for p in scenario.escorts if p.name == name and p.region.covers(base.region)]
    return bool(pools) and trip in max(pools, key=lambda p: p.region.depth).on


def _count(scenario: Scenario, base: Place, name: str) -> int:
    pools = [p for p in scenario.escorts if p.name == name and p.region.covers(base.region)]
    return max(pools, key=lambda p: p.region.depth).count if pools else 0


def _warehouse(scenario: Scenario, place: Place) -> Place:
    """Return the warehouse that a place hangs below, or the place itself."""
    at: Place | None = place
    for _ in PlaceKind:
        if at is None or at.kind is PlaceKind.WAREHOUSE:
            break
        at = scenario.by_code.get(at.parent)
    return at or place
