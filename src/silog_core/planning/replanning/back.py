"""Trips back with sealed boxes: the way out backwards, as soon as the ways are open."""

from __future__ import annotations

from silog_core.domain.echelons import OUTBOUND, RETURN_OF
from silog_core.domain.plan import Trip
from silog_core.planning.replanning.state import State
from silog_core.planning.replanning.texts import left
from silog_core.planning.timing import PREFIX, Run, reverse, timed_trip
from silog_core.planning.tours import Tour

#: Place and the kits that are taken in there.
Stop = tuple[str, tuple[str, ...]]
#: The way out by that of the way back, in the order in which boxes take it.
_OUT_OF = {RETURN_OF[out]: out for out in reversed(OUTBOUND)}


def repair_back(state: State) -> None:
    """Repair every trip back whose kits travel otherwise, or whose way is blocked."""
    handling = state.scenario.handling
    ready = dict.fromkeys(state.kits, handling.count_done_hour * 3600)
    for echelon, out in _OUT_OF.items():
        carriers = {  # of a kit that went out twice, the later trip counts
            kit: trip.id
            for trip in state.trips.values()
            if trip.echelon == out
            for stop in trip.stops
            for kit in stop.kits
        }
        orphans: dict[str, list[str]] = {}
        for trip in [t for t in state.trips.values() if t.echelon == echelon]:
            if trip.id not in state.frozen:
                _look(state, trip, carriers, ready, orphans)
        back = {k for t in state.trips.values() if t.echelon == echelon for s in t.stops
                for k in s.kits}  # fmt: skip
        back |= {k for kits in orphans.values() for k in kits}
        for kit in sorted(state.carry):
            if kit in carriers and kit not in back and kit not in state.dropped:
                orphans.setdefault(carriers[kit], []).append(kit)
        for carrier, kits in orphans.items():
            _anew(state, echelon, carrier, kits, ready)
        for trip in state.trips.values():
            if trip.echelon == echelon:
                done = trip.back_s + handling.turnround_s
                for stop in trip.stops:
                    ready.update(dict.fromkeys(stop.kits, done))


def _look(
    state: State,
    trip: Trip,
    carriers: dict[str, str],
    ready: dict[str, int],
    orphans: dict[str, list[str]],
) -> None:
    """Keep a trip, or take out what goes otherwise now and set its times again."""
    by_others = {
        kit: carriers[kit]
        for stop in trip.stops
        for kit in stop.kits
        if carriers.get(kit, "") in state.anew and not _same(state, trip, carriers[kit])
    }
    kept = [
        (s.place, tuple(k for k in s.kits if k in carriers and k not in by_others))
        for s in trip.stops
    ]
    kept = [(place, kits) for place, kits in kept if kits]
    same = tuple(kept) == tuple((s.place, s.kits) for s in trip.stops)
    waiting = any(ready[k] > s.depart_s for s in trip.stops for k in s.kits)
    blocks = state.blocks.hit_trip(trip)
    lost, moved = state.fleet.gone(trip), state.moved(trip)
    grown = [state.grown[k] for _, kits in kept for k in kits if k in state.grown]
    if same and not (waiting or blocks or lost or moved or grown):
        return
    why = [b.id for b in blocks] + [w for w in (lost, moved) if w] + grown
    why += [state.why(k) for k in by_others]
    incident = ", ".join(dict.fromkeys(why)) or state.incidents[0].id
    for kit, carrier in by_others.items():
        orphans.setdefault(carrier, []).append(kit)
    if not kept:
        state.replace(trip, None)
        state.say("back", trip.id, incident)
        return
    state.fleet.release(trip)
    found = _fit(state, trip, kept, ready, blocked=bool(blocks))
    if found is None:
        state.replace(trip, None)
        state.say("replaced", trip.id, incident)
        for one in kept:
            _alone(state, trip, one, ready, incident)
        return
    tour, fit = found
    new = timed_trip(trip.id, tour, fit[0], latest_s=fit[0].depart_s, unit=fit[1])
    state.replace(trip, new)
    if new.depart_s != trip.depart_s:
        kind = "later" if new.depart_s > trip.depart_s else "earlier"
        state.say(kind, trip.id, incident, new_s=new.depart_s, old_s=trip.depart_s)
    via = [c for s in new.stops for c in s.via]
    if via:
        state.say("around", trip.id, incident, via=", ".join(via))
    elif same and not grown and new.depart_s == trip.depart_s and new != trip:
        state.say("waits", trip.id, incident)
    if not same or grown:
        state.say("back", trip.id, incident)


def _fit(
    state: State, trip: Trip, kept: list[Stop], ready: dict[str, int], *, blocked: bool
) -> tuple[Tour, tuple[Run, int]] | None:
    """Return the tour of a trip back that fits: as planned, around a block, or backwards."""
    ways = [(kept, False), (kept, True), (kept[::-1], True)]
    for stops, round_blocks in ways if blocked else ways[:1]:
        tour = state.tour_of(trip, stops, round_blocks=round_blocks)
        fit = tour and state.fit(
            tour, planned_s=trip.depart_s, earliest_s=max(state.now_s, min(trip.depart_s, 0)),
            ready=[max(ready[k] for k in kits) for _, kits in stops], unit=trip.unit,
        )  # fmt: skip
        if tour and fit:
            return tour, fit
    return None


def _alone(state: State, trip: Trip, stop: Stop, ready: dict[str, int], incident: str) -> None:
    """Fetch the kits of one place by a trip of its own, or leave them."""
    found = _fit(state, trip, [stop], ready, blocked=True)
    if found is None:
        _strand(state, trip.echelon, list(stop[1]), incident, trip)
        return
    tour, fit = found
    number = state.number(PREFIX[trip.echelon], trip.home)
    state.add(timed_trip(number, tour, fit[0], latest_s=fit[0].depart_s, unit=fit[1]))
    state.say("added", number, incident, places=stop[0])


def _same(state: State, trip: Trip, carrier: str) -> bool:
    """Say whether the way out still has all stops of the way back, by the same vehicle."""
    tour = state.anew[carrier]
    places = {s.place for s in trip.stops}
    return (
        {h.place for h in tour.halts} == places
        and (tour.vehicle.type, tour.mode) == (trip.vehicle, trip.mode)
        and {k for h in tour.halts for k in h.kits} == {k for s in trip.stops for k in s.kits}
    )


def _anew(
    state: State, echelon: str, carrier: str, kits: list[str], ready: dict[str, int]
) -> None:
    """Bring kits back by the way on which they came."""
    tour: Tour = reverse(state.anew[carrier])
    wait = [max(ready[k] for k in h.kits) for h in tour.halts]
    start = min(wait) - tour.halts[0].travel_s
    earliest = max(start, state.first_s)
    fit = state.fit(tour, planned_s=start, earliest_s=earliest, ready=wait)
    incident = next(
        (c.incident for c in state.changes if c.what == carrier), state.incidents[0].id
    )
    if fit is None:
        nobody = state.nobody_for(tour, planned_s=start, earliest_s=earliest, ready=wait)
        who = ", ".join(nobody)
        _strand(state, echelon, kits, incident, state.trips[carrier], who=who)
        return
    number = state.number(PREFIX[echelon], tour.home)
    state.add(timed_trip(number, tour, fit[0], latest_s=fit[0].depart_s, unit=fit[1]))
    places = ", ".join(h.place for h in tour.halts)
    state.say("added", number, incident, places=places)


def _strand(
    state: State, echelon: str, kits: list[str], incident: str, trip: Trip, *, who: str = ""
) -> None:
    for kit in kits:
        unserved = left(
            state.plan.election, "escort-back" if who else "cut", kit=kit, echelon=echelon,
            incident=incident, place=trip.home, who=who,
        )  # fmt: skip
        state.dropped.setdefault(kit, (unserved, incident))
