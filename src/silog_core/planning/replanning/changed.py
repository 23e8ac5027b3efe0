"""The scenario as incidents leave it, and what they say that cannot be."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

import attrs

from silog_core.domain.calendar import DAY_S
from silog_core.domain.incidents import (
    AddedStation,
    GoodsLost,
    Incident,
    LendingApproved,
    LotLate,
    LotShort,
    PressStopped,
    ReVote,
    StationMoved,
    StationsAdded,
    VehicleLost,
)
from silog_core.domain.places import Place, PlaceKind, parse_station
from silog_core.domain.plan import Plan
from silog_core.domain.revotes import TERM_DAYS, TERM_SOURCE
from silog_core.domain.scenario import Scenario
from silog_core.errors import IncidentError, SilogError
from silog_core.planning.printing import stopped_by
from silog_core.planning.replanning.lost import OUT

#: Voting begins at 07.00 [s].
_BEGINS_S = 7 * 3600


def refuse_unknown(scenario: Scenario, plan: Plan, incidents: Iterable[Incident]) -> None:
    """Refuse incidents that speak of what is not there.

    Raises:
        IncidentError: A place, vehicle type, lot, trip or village is unknown.
    """
    wrong = [text for one in incidents for text in _wrong(scenario, plan, one)]
    if wrong:
        raise IncidentError("; ".join(wrong), "write codes as the scenario has them")


def _wrong(scenario: Scenario, plan: Plan, one: Incident) -> Iterator[str]:
    named = [
        getattr(one, f, "") for f in ("place", "other", "home", "station", "donor", "receiver")
    ]
    for code in (*named, *getattr(one, "places", ())):
        if code and code not in scenario.by_code:
            yield f"{one.id}: no place {code!r}"
    if isinstance(one, VehicleLost) and one.type not in {v.type for v in plan.vehicles}:
        yield f"{one.id}: no vehicle type {one.type!r}"
    if isinstance(one, LotLate | LotShort):
        key = (one.place, one.item, one.lot)
        lots = {(s.place, s.item, s.lot) for s in scenario.stock} or {
            (x.from_place, x.commodity.item, x.lot) for x in plan.allocation.lines
        }
        if key not in lots:
            yield f"{one.id}: no lot {one.lot!r} of {one.item} at {one.place}"
    if isinstance(one, PressStopped) and not stopped_by(one, scenario.presses):
        what = f" that makes {', '.join(one.items)}" if one.items else ""
        yield f"{one.id}: no press{what} at {one.place}"
    if isinstance(one, GoodsLost):
        yield from _wrong_goods(plan, one)
    if isinstance(one, LendingApproved):
        yield from _wrong_loan(scenario, one)
    if isinstance(one, ReVote):
        yield from _wrong_revote(scenario, one)
    if isinstance(one, StationsAdded):
        for added in one.stations:
            yield from _wrong_station(scenario, one, added)


def _wrong_goods(plan: Plan, one: GoodsLost) -> Iterator[str]:
    for item in one.items:
        if item not in plan.needs.items:
            yield f"{one.id}: no item {item!r}"
    if one.trip:
        trip = next((t for t in plan.trips if t.id == one.trip), None)
        if trip is None:
            yield f"{one.id}: no trip {one.trip!r}"
        elif not trip.depart_s < one.known_at_s:
            yield f"{one.id}: trip {one.trip!r} had not left"


def _wrong_loan(scenario: Scenario, one: LendingApproved) -> Iterator[str]:
    for code in (one.donor, one.receiver):
        place = scenario.by_code.get(code)
        if place is not None and place.kind is not PlaceKind.WAREHOUSE:
            yield f"{one.id}: {code!r} is no warehouse"


def _wrong_revote(scenario: Scenario, one: ReVote) -> Iterator[str]:
    for code in one.stations:
        place = scenario.by_code.get(code)
        if place is None or place.kind is not PlaceKind.STATION:
            yield f"{one.id}: no station {code!r}"
    known = {c.code for c in scenario.election.contests}
    for contest in one.contests:
        if contest not in known:
            yield f"{one.id}: no contest {contest!r}, but {', '.join(sorted(known))}"
    if one.day_s % DAY_S or not 0 < one.day_s <= TERM_DAYS * DAY_S:
        yield f"{one.id}: a re-vote is held within {TERM_DAYS} days ({TERM_SOURCE})"
    if not _BEGINS_S <= one.known_at_s < one.day_s:
        yield f"{one.id}: a re-vote is ordered after voting began, before its own day"


def _wrong_station(
    scenario: Scenario, one: StationsAdded, added: AddedStation
) -> Iterator[str]:
    known = scenario.by_code.get(added.station)
    if known is not None:
        if added.voters < known.voters:
            yield f"{one.id}: {added.station} has {known.voters} voters, which is more"
        return
    try:
        village, _ = parse_station(added.station)
    except SilogError as wrong:
        yield f"{one.id}: {wrong.problem}"
        return
    if str(village) not in scenario.by_code:
        yield f"{one.id}: no village {village} for station {added.station}"


def changed_scenario(
    scenario: Scenario, plan: Plan, incidents: Sequence[Incident]
) -> Scenario:
    """Return the scenario as it is now: stations, their voters, and vehicles that are left.

    A station whose kit had left keeps its place and its list, for that is what the kit
    is made for.
    """
    left = kits_under_way(plan, incidents[-1].known_at_s)
    places, fleet = {p.code: p for p in scenario.places}, list(scenario.fleet)
    for one in incidents:
        if isinstance(one, StationMoved) and one.station not in left:
            places[one.station] = attrs.evolve(
                places[one.station],
                lat_microdeg=one.lat_microdeg,
                lon_microdeg=one.lon_microdeg,
            )
        elif isinstance(one, StationsAdded):
            for added in one.stations:
                if added.station not in left:
                    places[added.station] = _station(places, added)
        elif isinstance(one, VehicleLost):
            fleet = [
                attrs.evolve(e, count=max(0, e.count - (one.count or e.count)))
                if (e.home, e.vehicle.type) == (one.home, one.type) and e.count is not None
                else e
                for e in fleet
            ]
    return attrs.evolve(scenario, places=tuple(places.values()), fleet=tuple(fleet))


def kits_under_way(plan: Plan, now_s: int) -> set[str]:
    """Return the places whose kits had left by a moment."""
    return {
        kit
        for trip in plan.trips
        if trip.echelon in OUT and trip.depart_s < now_s
        for stop in trip.stops
        for kit in stop.kits
    }


def _station(places: dict[str, Place], added: AddedStation) -> Place:
    known = places.get(added.station)
    if known is not None:
        return attrs.evolve(known, voters=added.voters)
    village = places[str(parse_station(added.station)[0])]
    here = added.lat_microdeg is not None and added.lon_microdeg is not None
    return Place(
        code=added.station,
        kind=PlaceKind.STATION,
        region=str(parse_station(added.station)[0]),
        name=added.name,
        parent=village.code,
        voters=added.voters,
        lat_microdeg=added.lat_microdeg if here else village.lat_microdeg,
        lon_microdeg=added.lon_microdeg if here else village.lon_microdeg,
    )


def with_driven(scenario: Scenario, plan: Plan, frozen: frozenset[str]) -> Scenario:
    """Return the scenario with the vehicles of trips that had left before one was lost."""
    most: dict[tuple[str, str], int] = {}
    for trip in plan.trips:
        if trip.id in frozen:
            key = (trip.home, trip.vehicle)
            most[key] = max(most.get(key, 0), trip.unit)
    fleet = tuple(
        e
        if e.count is None
        else attrs.evolve(e, count=max(e.count, most.get((e.home, e.vehicle.type), 0)))
        for e in scenario.fleet
    )
    return scenario if fleet == scenario.fleet else attrs.evolve(scenario, fleet=fleet)
