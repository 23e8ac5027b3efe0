"""Skills and escorts of typed trips."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from silog_core.domain.escorts import EscortPool
from silog_core.domain.places import Place, PlaceKind
from silog_core.domain.problems import Said
from silog_core.domain.scenario import Scenario
from silog_core.domain.typed_trips import TripFinding, TypedStop, TypedTrip
from silog_core.domain.vehicles import Vehicle
from silog_core.network.upper import UPPER
from silog_core.planning.judge.fleet import Outing, is_away
from silog_core.planning.judge.texts import finding
from silog_core.planning.judge.waiting import HOMES, level_of


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
        home = scenario.by_code[trip.home]
        kind = _kind(scenario, trip, home)
        if kind is None:
            continue
        # Who rides along with goods in bulk is of the place that they leave.
        base = home if kind == "line-haul" else _warehouse(scenario, home)
        asked = asked_of(scenario, trip, base, kind)
        typed = asked if trip.escorts is None else set(trip.escorts)
        for who in sorted(asked - typed):
            yield finding("no-escort", row=trip.row, trip=trip.id, who=who)
        for who in sorted(typed):
            pool = _deepest(scenario, base, who)
            count = pool.count if pool else 0
            # Those of a region are counted once for all who send trips there.
            whose = str(pool.region) if pool and pool.shared else base.code
            out = [o for o in away.get((whose, who), ()) if is_away(o, outing.leaves_s)]
            away[whose, who] = [*out, outing]
            if len(out) >= count:
                soonest = min((o.back_s for o in out), default=outing.leaves_s)
                yield finding(
                    "few-escorts",
                    row=trip.row,
                    trip=trip.id,
                    amount=len(out) + 1 - count,
                    who=who,
                    home=whose,
                    count=len(out) + 1,
                    limit=count,
                    next=when(soonest),
                )


def _kind(scenario: Scenario, trip: TypedTrip, home: Place) -> str | None:
    """Return the kind of a trip, as the scenario's escorts name it; None of a wrong home."""
    places = [scenario.by_code[stop.place] for stop in trip.stops]
    if home.kind in UPPER and all(place.kind in UPPER for place in places):
        return "line-haul"
    if home.kind not in HOMES:
        return None
    return f"{level_of(scenario, home).value}-{places[0].kind.value}"


def asked_of(scenario: Scenario, trip: TypedTrip, base: Place, kind: str) -> set[str]:
    """Return who has to ride along."""
    always = {p.name for p in scenario.escorts if kind in p.on}
    fits = {name for name in always if _holding(scenario, base, name, kind)}
    return fits.union(*(scenario.by_code[stop.place].escorts for stop in trip.stops))


def _holding(scenario: Scenario, base: Place, name: str, trip: str) -> bool:
    """Return whether the pool that counts for a warehouse is on a kind of trip."""
    pool = _deepest(scenario, base, name)
    return pool is not None and trip in pool.on


def _deepest(scenario: Scenario, base: Place, name: str) -> EscortPool | None:
    pools = [p for p in scenario.escorts if p.name == name and p.region.covers(base.region)]
    return max(pools, key=lambda p: p.region.depth, default=None)


def _warehouse(scenario: Scenario, place: Place) -> Place:
    """Return the warehouse that a place hangs below, or the place itself."""
    at: Place | None = place
    for _ in PlaceKind:
        if at is None or at.kind is PlaceKind.WAREHOUSE:
            break
        at = scenario.by_code.get(at.parent)
    return at or place
