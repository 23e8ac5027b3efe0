"""Kits that are carried for the first time, or once more: aboard a planned trip, or alone."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

import attrs

from silog_core.domain.labour import labour_at
from silog_core.domain.legs import Mode
from silog_core.domain.places import Place, PlaceKind
from silog_core.domain.plan import Stop, Trip
from silog_core.planning.timing import timed_trip

if TYPE_CHECKING:
    from silog_core.planning.replanning.out import Out

#: Kits are packed on working days of so many hours.
_HOURS = 12


def carry_level(out: Out, echelon: str) -> None:
    """See that every kit that is carried anew has a trip of one level."""
    state = out.state
    riding = {
        kit
        for trip in state.trips.values()
        if trip.echelon == echelon and trip.id not in state.frozen
        for stop in trip.stops
        for kit in stop.kits
    }
    for kit, incident in sorted(state.carry.items()):
        hop = _hop(out, kit, echelon)
        if hop is None or kit in riding or kit in state.dropped:
            continue
        home, place = hop
        earliest = out.ready.get(kit, _packed_s(out, kit, home))
        if home.kind is PlaceKind.WAREHOUSE:
            state.say("lost" if kit in state.lost_kits else "new", kit, incident,
                      voters=state.scenario.by_code[kit].voters)  # fmt: skip
        if not _join(out, kit, echelon, home, place, earliest, incident):
            out.serve(_like(out, echelon, home, place, earliest), place, (kit,), earliest,
                      incident, kind="added")  # fmt: skip


def _hop(out: Out, kit: str, echelon: str) -> tuple[Place, Place] | None:
    """Return giver and taker of a kit on one level; None where it does not need it."""
    places = out.state.scenario.by_code
    code: str = kit
    while code in places:
        place = places[code]
        home = places.get(place.parent)
        if home is not None and _level(places, home, place) == echelon:
            return home, place
        code = place.parent
    return None


def _level(places: Mapping[str, Place], home: Place, place: Place) -> str:
    """Return the kind of trip from one place to another."""
    giver = places.get(home.parent, home) if home.kind is PlaceKind.LANDING else home
    return f"{giver.kind.value}-{place.kind.value}"


def _packed_s(out: Out, kit: str, home: Place) -> int:
    """Return when a kit can be packed: its pieces are there and the crew has packed it."""
    state = out.state
    slots = {s.stage: s for s in state.plan.schedule.at(home.code)}
    kitting = slots.get("kitting")
    workers = kitting.workers if kitting else 1
    crew = labour_at(state.scenario, home, sheets=False, people=workers)
    packed = out.packed_anew[home.code] = out.packed_anew.get(home.code, 0) + 1
    work_s = crew.hours(packed, _HOURS) * 3600
    begins = kitting.start_s if kitting else state.first_s
    return max(state.packed_s.get(kit, state.first_s), state.first_s, begins) + work_s


def _join(
    out: Out, kit: str, echelon: str, home: Place, place: Place, earliest_s: int, incident: str
) -> bool:
    """Put a kit aboard a trip that goes there anyway, if it has room and stays in time."""
    state = out.state
    trips = [
        t for t in state.trips.values()
        if t.echelon == echelon and t.home == home.code and t.id not in state.frozen
        and any(s.place == place.code for s in t.stops) and t.depart_s >= earliest_s
        and not _in_waves(out, t)
    ]  # fmt: skip
    size = state.kits[kit]
    for trip in sorted(trips, key=lambda t: (t.depart_s, t.id)):
        vehicle = state.vehicle(trip)
        if (
            trip.mass_g + size.mass_g > vehicle.payload_g
            or trip.volume_cm3 + size.volume_cm3 > vehicle.volume_cm3
        ):
            continue
        stops = [
            (s.place, (*s.kits, kit) if s.place == place.code else s.kits) for s in trip.stops
        ]
        tour = state.tour_of(trip, stops)
        if tour is None:
            continue
        state.fleet.release(trip)
        fit = state.fit(
            tour, planned_s=trip.depart_s, earliest_s=trip.depart_s,
            due={code: out.due(code) for code, _ in stops}, unit=trip.unit,
        )  # fmt: skip
        if fit is None or fit[0].depart_s > trip.latest_depart_s:
            state.fleet.take(trip)
            continue
        new = timed_trip(trip.id, tour, fit[0], latest_s=trip.latest_depart_s, unit=fit[1])
        state.replace(trip, new)
        state.anew[trip.id] = tour
        state.say("joined", trip.id, incident, places=kit)
        if new.depart_s != trip.depart_s:
            state.say("later", trip.id, incident, new_s=new.depart_s, old_s=trip.depart_s)
        out.because.update({k: incident for _, kits in stops for k in kits})
        return True
    return False


def _in_waves(out: Out, trip: Trip) -> bool:
    """Say whether a trip leaves while kits are still packed, so that each one counts."""
    slots = {s.stage: s for s in out.state.plan.schedule.at(trip.home)}
    kitting = slots.get("kitting")
    return kitting is not None and trip.depart_s < kitting.finish_s


def _like(out: Out, echelon: str, home: Place, place: Place, earliest_s: int) -> Trip:
    """Return a trip to a place as one would be planned, to start a search from."""
    state = out.state
    kin = [
        t for t in state.trips.values()
        if t.echelon == echelon and t.home == home.code
        and any(s.place == place.code for s in t.stops)
    ] or [t for t in state.trips.values() if t.echelon == echelon and t.home == home.code]  # fmt: skip
    rule = state.book.access(place.kind, place.region)
    mode = kin[0].mode if kin else rule.mode if rule else Mode.ROAD
    planned = max((t.depart_s for t in kin), default=earliest_s)
    when = max(earliest_s, planned)
    vehicle = kin[0].vehicle if kin else state.plan.vehicles[0].type
    stop = Stop(place=place.code, arrive_s=when, depart_s=when)
    return Trip(
        id="new", echelon=echelon, vehicle=vehicle, mode=mode, home=home.code, stops=(stop,),
        depart_s=when, back_s=when, distance_m=0, cost_rupiah=0, mass_g=0, volume_cm3=0,
        latest_depart_s=when,
    )  # fmt: skip


def split_heavy(out: Out, trip: Trip) -> tuple[Trip, Mapping[str, str]]:
    """Return a trip without grown kits that no longer fit, and those kits with incidents."""
    state = out.state
    vehicle = state.vehicle(trip)
    left: dict[str, str] = {}
    kits = [k for s in trip.stops for k in s.kits]
    for kit in sorted((k for k in kits if k in state.grown), reverse=True):
        aboard = [state.kits[k] for k in kits if k not in left]
        mass, volume = sum(k.mass_g for k in aboard), sum(k.volume_cm3 for k in aboard)
        if mass <= vehicle.payload_g and volume <= vehicle.volume_cm3:
            break
        left[kit] = state.grown[kit]
    stops = tuple(
        attrs.evolve(s, kits=tuple(k for k in s.kits if k not in left)) for s in trip.stops
    )
    return attrs.evolve(trip, stops=stops), left
