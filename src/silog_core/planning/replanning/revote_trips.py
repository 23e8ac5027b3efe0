"""Trips of re-votes: kits out level by level, and boxes back, with escorts that are free."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import count
from typing import TYPE_CHECKING

import attrs

from silog_core.domain.echelons import OUTBOUND
from silog_core.domain.plan import Trip
from silog_core.domain.revotes import RevoteBallots, RevoteGoods
from silog_core.planning.replanning.revote_drafts import lot_ready_s
from silog_core.planning.replanning.revote_loads import Load, loads_of, tour_of
from silog_core.planning.timing import PREFIX, reverse, timed_trip

if TYPE_CHECKING:
    from silog_core.planning.replanning.revote_drafts import Draft
    from silog_core.planning.replanning.state import State
    from silog_core.planning.timing import Run
    from silog_core.planning.tours import Tour


@attrs.define(kw_only=True)
class RevoteTrips:
    """Makes the trips of re-votes with vehicles and escorts that are free then."""

    state: State
    trips: list[Trip] = attrs.field(factory=list)
    #: Loads and tours of the trips out that are made now, by id.
    _made: dict[str, tuple[Load, Tour]] = attrs.field(factory=dict)

    def undo(self, drafts: list[Draft]) -> None:
        """Take back the trips out that were made now."""
        for trip in self.trips:
            if trip.id in self._made:
                self.state.fleet.release(trip)
        self.trips = [t for t in self.trips if t.id not in self._made]
        self._made.clear()
        for d in drafts:
            d.out.clear()

    def drop(self, unused: Iterable[str]) -> None:
        """Take back trips that carry nothing any more, such as couriers."""
        gone = set(unused)
        for trip in self.trips:
            if trip.id in gone:
                self.state.fleet.release(trip)
        self.trips = [t for t in self.trips if t.id not in gone]

    def there_s(self, holder: str, what: RevoteBallots | RevoteGoods) -> int:
        """Return from when on ballots or goods can leave, or be used, where they lie [s]."""
        state = self.state
        if isinstance(what, RevoteGoods):
            return max(state.first_s, lot_ready_s(state, holder, what.commodity, what.lot))
        came = [
            stop.depart_s
            for trip in state.trips.values()
            if trip.echelon == "line-haul"
            for stop in trip.stops
            if stop.place == holder
            and any((n.to, n.commodity) == (holder, what.commodity) for n in stop.loads)
        ]
        return max([state.first_s, *came])

    def unsorted(self, draft: Draft) -> int:
        """Return the sheets of a kit that came after those of the first vote were sorted."""
        found = 0
        for b in draft.ballots:
            slots = {s.stage: s for s in self.state.plan.schedule.at(b.holder)}
            sort = slots.get("sort-fold")
            late = sort is None or self.there_s(b.holder, b) > max(
                self.state.first_s, sort.finish_s
            )
            found += b.quantity if late else 0
        return found

    def carry(self, drafts: list[Draft]) -> list[tuple[Draft, str, str]]:
        """Carry kits level by level as in the first vote, so many days later.

        Returns those that cannot be there in time, with the place that they do not reach
        and the code of the reason.
        """
        late: list[tuple[Draft, str, str]] = []
        ready = {d.place.code: d.packed_s for d in drafts}
        for echelon in OUTBOUND:
            gone = {id(d) for d, _, _ in late}
            todo = loads_of(self.state, [d for d in drafts if id(d) not in gone], echelon)
            while todo:
                load = todo.pop(0)
                new = self._drive(load, ready)
                if new is None and len(load.stops) > 1:
                    todo = [*load.alone(), *todo]
                    continue
                if new is None:
                    code = self._why(load, ready)
                    late += [(d, load.stops[0][0], code) for d in load.drafts]
                    continue
                for stop, (_, group) in zip(new.stops, load.stops, strict=True):
                    done = stop.depart_s + self.state.scenario.handling.turnround_s
                    ready.update(dict.fromkeys(stop.kits, done))
                    for d in group:
                        d.out.append(new.id)
        return late

    def _why(self, load: Load, ready: Mapping[str, int]) -> str:
        """Return the code of what keeps a load from being driven in time."""
        tour = tour_of(self.state, load)
        if tour is None or not tour.escorts:
            return "revote-late"
        free = self._run(attrs.evolve(tour, escorts=()), load, ready)
        return "revote-escort" if free else "revote-late"

    def _run(self, tour: Tour, load: Load, ready: Mapping[str, int]) -> tuple[Run, int] | None:
        day_s = load.drafts[0].order.day_s
        return self.state.fit(
            tour,
            planned_s=load.like.depart_s + day_s,
            earliest_s=max(ready[d.place.code] for d in load.drafts),
            due={place: day_s for place, _ in load.stops},
        )

    def _drive(self, load: Load, ready: Mapping[str, int]) -> Trip | None:
        for round_blocks in (False, True):
            tour = tour_of(self.state, load, round_blocks=round_blocks)
            if tour is None:
                continue
            fit = self._run(tour, load, ready)
            if fit is not None:
                trip = self._add(tour, fit)
                self._made[trip.id] = (load, tour)
                return trip
        return None

    def _add(self, tour: Tour, fit: tuple[Run, int]) -> Trip:
        number = self.number(tour.echelon, tour.home)
        trip = timed_trip(number, tour, fit[0], latest_s=fit[0].depart_s, unit=fit[1])
        self.add(trip)
        return trip

    def fetch(self, drafts: list[Draft]) -> list[tuple[Draft, str]]:
        """Bring sealed boxes back as the kits came; return whose wait, and for which home."""
        stuck: list[tuple[Draft, str]] = []
        done_s = self.state.scenario.handling.count_done_hour * 3600
        by_kit = {d.place.code: d for d in drafts}
        ready = {k: d.order.day_s + done_s for k, d in by_kit.items()}
        for load, tour in reversed(list(self._made.values())):
            left = tuple(
                (place, tuple(d for d in group if d.place.code in by_kit))
                for place, group in load.stops
            )
            # Kits that wait below are not fetched here, and are listed.
            there = attrs.evolve(load, stops=tuple(s for s in left if s[1]))
            if not there.stops:
                continue
            todo = [there]
            while todo:
                part = todo.pop(0)
                way: Tour | None = tour
                if part != load:
                    round_blocks = any(h.via for h in tour.halts)
                    way = tour_of(self.state, part, round_blocks=round_blocks)
                back = self._fetch(way, ready)
                if back is None and len(part.stops) > 1:
                    todo = [*part.alone(), *todo]
                    continue
                for d in part.drafts:
                    if back is None:
                        stuck.append((by_kit.pop(d.place.code), load.like.home))
                        continue
                    d.back.append(back.id)
                    ready[d.place.code] = (
                        back.back_s + self.state.scenario.handling.turnround_s
                    )
        return stuck

    def _fetch(self, way: Tour | None, ready: Mapping[str, int]) -> Trip | None:
        if way is None:
            return None
        tour = reverse(way)
        wait = [max(ready[k] for k in halt.kits) for halt in tour.halts]
        start = wait[0] - tour.halts[0].travel_s
        fit = self.state.fit(tour, planned_s=start, earliest_s=start, ready=wait)
        return self._add(tour, fit) if fit else None

    def number(self, echelon: str, home: str, more: Sequence[Trip] = ()) -> str:
        """Return an id for a trip of a home that no trip of a re-vote has or had."""
        used = {t.id for t in (*self.trips, *more)} | {
            t.id for t in self.state.plan.revote_trips
        }
        prefix = f"PSU-{PREFIX.get(echelon, 'L')}-{home}"
        return next(f"{prefix}-{n:03d}" for n in count(1) if f"{prefix}-{n:03d}" not in used)

    def add(self, trip: Trip) -> None:
        """Add a trip and take its vehicle and escorts."""
        self.trips.append(trip)
        self.state.fleet.take(trip)
