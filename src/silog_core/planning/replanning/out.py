"""Trips out to hubs, villages and stations: each is kept, or repaired by the least change."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import attrs

from silog_core.domain.calendar import DAY_S
from silog_core.domain.echelons import DISPATCH
from silog_core.domain.labour import labour_at
from silog_core.domain.places import Place, PlaceKind
from silog_core.domain.plan import Trip
from silog_core.planning.regency import window
from silog_core.planning.replanning.carry import carry_level, split_heavy
from silog_core.planning.replanning.lost import OUT
from silog_core.planning.replanning.otherwise import other_tours
from silog_core.planning.replanning.state import State
from silog_core.planning.replanning.texts import left
from silog_core.planning.timing import PREFIX, Run, timed_trip
from silog_core.planning.tours import Tour


@attrs.define(kw_only=True)
class Out:
    """Repairs the trips out, level by level."""

    state: State
    #: Moment until which a place must hand on at the latest [s].
    need: dict[str, int] = attrs.field(factory=dict)
    #: When each kit is where its next trip begins [s].
    ready: dict[str, int] = attrs.field(factory=dict)
    #: Incident for which a kit travels otherwise than planned.
    because: dict[str, str] = attrs.field(factory=dict)
    #: When the kits of a trip from a warehouse are packed, where not as planned [s].
    packed: Mapping[str, tuple[int, str]] = attrs.field(factory=dict)
    #: Kits of each warehouse that are packed ahead of the others.
    first_packed: dict[str, int] = attrs.field(factory=dict)
    #: Who would have to ride along with a trip that is given up, and is not free.
    nobody: dict[str, tuple[str, ...]] = attrs.field(factory=dict)
    #: Kits that each warehouse packs over and above what was planned.
    packed_anew: dict[str, int] = attrs.field(factory=dict)

    def repair(self) -> None:
        """Go through all trips, from the warehouses to the stations."""
        self._needs()
        state = self.state
        for echelon in OUT:
            carry_level(self, echelon)
            for trip in [t for t in state.trips.values() if t.echelon == echelon]:
                if trip.id not in state.frozen:
                    self._look(trip)
            for trip in state.trips.values():
                if trip.echelon == echelon:
                    for stop in trip.stops:
                        self.ready.update(dict.fromkeys(stop.kits, stop.depart_s))

    def due(self, place: str) -> int:
        """Return until when a place has to have its kits [s]."""
        kind = self.state.scenario.by_code[place].kind
        if kind is PlaceKind.STATION:
            return min(0, self._window(place))
        return self.need.get(place, self._window(place))

    def _window(self, place: str) -> int:
        at = self.state.scenario.by_code[place]
        stage = {PlaceKind.STATION: "at-station", PlaceKind.VILLAGE: "at-village"}
        return window(self.state.book, at, stage.get(at.kind, "at-hub"))[1]

    def _needs(self) -> None:
        """Find when each place must have its kits, from the stations upwards.

        A trip that nothing hinders asks for its kits at its latest departure; one that is
        hindered, at the departure at which it gets through.
        """
        state = self.state
        for echelon in reversed(OUT):
            for trip in state.trips.values():
                if trip.echelon != echelon or trip.id in state.frozen:
                    continue
                asks = trip.latest_depart_s
                if state.blocks.hit_trip(trip):
                    tour = state.tour_of(trip, [(s.place, s.kits) for s in trip.stops])
                    due = {s.place: self.due(s.place) for s in trip.stops}
                    state.fleet.release(trip)  # it does not stand in its own way
                    found = tour and state.fit(
                        tour, planned_s=trip.depart_s, earliest_s=state.first_s, due=due
                    )
                    state.fleet.take(trip)
                    if not found:
                        continue
                    asks = found[0].depart_s
                known = self.need.get(trip.home, asks)
                self.need[trip.home] = min(known, asks)

    def _look(self, trip: Trip) -> None:
        state = self.state
        kept = [
            (s.place, tuple(k for k in s.kits if k not in state.dropped)) for s in trip.stops
        ]
        gone = [k for s in trip.stops for k in s.kits if k in state.dropped]
        kept = [(place, kits) for place, kits in kept if kits]
        if not kept:
            state.replace(trip, None)
            state.say("dropped", trip.id, state.dropped[gone[0]][1])
            return
        ready = max((self.ready.get(k, -(10**9)) for _, kits in kept for k in kits))
        packed, late = self.packed.get(trip.id, (ready, ""))
        earliest = max(ready, packed, self._packed_early(trip))
        blocks = state.blocks.hit_trip(trip)
        waits = next((self.because[k] for _, ks in kept for k in ks if k in self.because), "")
        tight = any(s.depart_s > self.due(s.place) for s in trip.stops)
        hurried = tight and self._hurry(trip)
        lost, moved = state.fleet.gone(trip), state.moved(trip)
        why = [b.id for b in blocks] + [w for w in (lost, moved) if w]
        if earliest > trip.depart_s:
            why.append(late or waits or state.incidents[0].id)
        if hurried:
            why.append(hurried)
        grown = [k for _, kits in kept for k in kits if k in state.grown]
        why += [state.grown[k] for k in grown]
        if not why and not gone:
            return
        incident = ", ".join(dict.fromkeys(why)) or state.dropped[gone[0]][1]
        heavy: Mapping[str, str] = {}
        if grown:
            slim, heavy = split_heavy(self, trip)
            kept = [(s.place, s.kits) for s in slim.stops if s.kits]
            gone += heavy
        state.fleet.release(trip)
        if not kept:
            state.replace(trip, None)
            state.say("dropped", trip.id, incident)
        elif not self._same_way(
            trip, kept, earliest, incident, moved=moved, gone=gone, grown=grown
        ):
            self._apart(trip, kept, earliest, incident)
        for kit, because in heavy.items():
            at = next(s.place for s in trip.stops if kit in s.kits)
            place = state.scenario.by_code[at]
            self.serve(trip, place, (kit,), earliest, because, kind="added")

    def _packed_early(self, trip: Trip) -> int:
        """Return when the kits of a trip from a warehouse can be packed, if first [s]."""
        if trip.echelon not in DISPATCH:
            return -(10**9)
        slots = {s.stage: s for s in self.state.plan.schedule.at(trip.home)}
        kitting = slots.get("kitting")
        if kitting is None or trip.depart_s < kitting.finish_s:
            return -(10**9)
        scenario = self.state.scenario
        home = scenario.by_code[trip.home]
        crew = labour_at(scenario, home, sheets=False, people=kitting.workers)
        first = self.first_packed.get(trip.home, 0) + sum(len(s.kits) for s in trip.stops)
        return min(trip.depart_s, kitting.start_s + crew.days(first) * DAY_S)

    def _hurry(self, trip: Trip) -> str:
        """Return the incident for which those below need their kits sooner than planned."""
        state = self.state
        asked = [
            t
            for t in state.trips.values()
            if t.home in {s.place for s in trip.stops} and state.blocks.hit_trip(t)
        ]
        hits = [b.id for t in asked for b in state.blocks.hit_trip(t)]
        return hits[0] if hits else ""

    def _same_way(
        self,
        trip: Trip,
        kept: list[tuple[str, tuple[str, ...]]],
        earliest_s: int,
        incident: str,
        *,
        moved: str,
        gone: list[str],
        grown: Sequence[str] = (),
    ) -> bool:
        """Drive the same stops at another time, with another vehicle, or through others."""
        state = self.state
        found = self._fit_or_round(trip, kept, earliest_s)
        if found is None:
            return False
        tour, fit = found
        run, unit = fit
        new = timed_trip(trip.id, tour, run, latest_s=trip.latest_depart_s, unit=unit)
        state.replace(trip, new)
        state.anew[trip.id] = tour
        via = [c for h in tour.halts for c in h.via]
        if via:
            state.say("around", trip.id, incident, via=", ".join(via))
        if gone:
            state.say("lighter", trip.id, incident, places=", ".join(gone[:5]))
        if moved:
            state.say("moved", trip.id, incident)
        if any(k not in gone for k in grown):
            names = ", ".join([k for k in grown if k not in gone][:5])
            state.say("heavier", trip.id, incident, places=names)
        if unit != trip.unit:
            state.say("other-vehicle", trip.id, incident, unit=unit, vehicle=tour.vehicle.type)
        if run.depart_s == trip.depart_s:
            if new != trip and not (gone or moved or grown or via) and unit == trip.unit:
                state.say("waits", trip.id, incident)
        else:
            kind = "later" if run.depart_s > trip.depart_s else "earlier"
            state.say(kind, trip.id, incident, new_s=run.depart_s, old_s=trip.depart_s)
            self.because.update({k: incident for _, kits in kept for k in kits})
            if run.depart_s < trip.depart_s:
                count = self.first_packed.get(trip.home, 0)
                self.first_packed[trip.home] = count + sum(len(kits) for _, kits in kept)
        return True

    def _apart(
        self,
        trip: Trip,
        kept: list[tuple[str, tuple[str, ...]]],
        earliest_s: int,
        incident: str,
    ) -> None:
        """Serve what is cut off by another way, mode or vehicle, and the rest as before."""
        state = self.state
        state.fleet.take(trip)
        hit = state.blocks.of_hop
        cut = [x for x in kept if hit(trip.mode, trip.home, x[0])] or kept
        rest = [x for x in kept if x not in cut]
        state.replace(trip, None)
        if rest:
            gone = [k for _, kits in cut for k in kits]
            state.fleet.release(trip)
            if not self._same_way_back(trip, rest, earliest_s, incident, gone):
                cut, rest = kept, []
        if not rest:
            state.say("replaced", trip.id, incident)
        for place, kits in cut:
            self.serve(trip, state.scenario.by_code[place], kits, earliest_s, incident)

    def _fit_or_round(
        self, trip: Trip, kept: list[tuple[str, tuple[str, ...]]], earliest_s: int
    ) -> tuple[Tour, tuple[Run, int]] | None:
        """Return the tour that fits: by the planned ways, else around what is blocked."""
        state = self.state
        earliest = max(earliest_s, min(state.first_s, max(trip.depart_s, state.now_s)))
        due = {place: self.due(place) for place, _ in kept}
        for round_blocks in (False, True):
            tour = state.tour_of(trip, kept, round_blocks=round_blocks)
            if tour is None or (round_blocks and not any(h.via for h in tour.halts)):
                continue
            fit = state.fit(
                tour, planned_s=trip.depart_s, earliest_s=earliest, due=due, unit=trip.unit
            )
            if fit is not None:
                return tour, fit
            who = state.nobody_for(tour, planned_s=trip.depart_s, earliest_s=earliest, due=due)
            self.nobody |= {trip.id: who} if who else {}
        return None

    def _same_way_back(
        self,
        trip: Trip,
        rest: list[tuple[str, tuple[str, ...]]],
        earliest_s: int,
        incident: str,
        gone: list[str],
    ) -> bool:
        self.state.trips[trip.id] = trip
        if self._same_way(trip, rest, earliest_s, incident, moved="", gone=gone):
            return True
        self.state.trips.pop(trip.id, None)
        return False

    def serve(
        self,
        trip: Trip,
        place: Place,
        kits: tuple[str, ...],
        earliest_s: int,
        incident: str,
        *,
        kind: str = "other-way",
    ) -> None:
        """Bring kits to a place by trips of their own, in the stead of a planned one."""
        state = self.state
        earliest = max(earliest_s, state.first_s)
        due = {place.code: self.due(place.code)}
        nobody = self.nobody.get(trip.id, ())
        for tours, note in other_tours(state, trip, place, kits):
            made: list[tuple[Tour, Run, int]] = []
            for tour in tours:
                fit = state.fit(
                    tour, planned_s=trip.depart_s, earliest_s=earliest, due=due,
                    unit=len(made) + 1,
                )  # fmt: skip
                if fit is None:
                    nobody = nobody or state.nobody_for(
                        tour, planned_s=trip.depart_s, earliest_s=earliest, due=due
                    )
                    break
                made.append((tour, *fit))
                number = state.number(PREFIX[trip.echelon], trip.home)
                state.add(
                    timed_trip(number, tour, fit[0], latest_s=fit[0].depart_s, unit=fit[1])
                )
                state.anew[number] = tour
            if len(made) == len(tours):
                for tour, _, _ in made:
                    own = next(i for i, t in state.anew.items() if t is tour)
                    state.say(
                        kind, own, incident, place=f"{place.code} {place.name}".strip(),
                        places=", ".join(kits[:5]), mode=tour.mode.value, km=-(-tour.halts[0].length_m // 1000), note=note,
                    )  # fmt: skip
                self.because.update(dict.fromkeys(kits, incident))
                return
            for tour, _, _ in made:
                own = next(i for i, t in state.anew.items() if t is tour)
                state.replace(state.trips[own], None)
                del state.anew[own]
        code = "cut" if state.blocks.hit_trip(trip) else "no-time"
        code = "escort" if nobody else code
        for kit in kits:
            unserved = left(
                state.plan.election, code, kit=kit, echelon=trip.echelon, incident=incident,
                place=f"{place.code} {place.name}".strip(), due_s=self.due(place.code),
                who=", ".join(nobody),
            )  # fmt: skip
            state.dropped[kit] = (unserved, incident)
