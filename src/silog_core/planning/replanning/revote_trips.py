"""Trips of re-votes: couriers with ballots, kits out level by level, and boxes back."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import count
from typing import TYPE_CHECKING

import attrs

from silog_core.domain.demand import Commodity
from silog_core.domain.echelons import OUTBOUND
from silog_core.domain.plan import Load, Trip
from silog_core.domain.revotes import RevoteBallots
from silog_core.planning.replanning.ways import Ways, bulk_tour
from silog_core.planning.timing import PREFIX, reverse, timed_trip

if TYPE_CHECKING:
    from silog_core.domain.incidents import ReVote
    from silog_core.domain.places import Place
    from silog_core.planning.replanning.state import State
    from silog_core.planning.timing import Run
    from silog_core.planning.tours import Tour


@attrs.define
class Draft:
    """A kit of a re-vote while it is made ready."""

    order: ReVote
    place: Place
    warehouse: str
    ballots: tuple[RevoteBallots, ...]
    #: Trips of the first vote whose way it takes, with where it gets off.
    way: tuple[tuple[Trip, str], ...]
    ready_s: int
    packed_s: int = 0
    couriers: list[str] = attrs.field(factory=list)
    out: list[str] = attrs.field(factory=list)
    back: list[str] = attrs.field(factory=list)


@attrs.define(kw_only=True)
class RevoteTrips:
    """Makes the trips of re-votes with vehicles that are free then."""

    state: State
    trips: list[Trip] = attrs.field(factory=list)
    #: Tours of the trips out that are made now, by id.
    _tours: dict[str, Tour] = attrs.field(factory=dict)

    def undo(self, drafts: list[Draft]) -> None:
        """Take back the trips out that were made now."""
        for trip in self.trips:
            if trip.id in self._tours:
                self.state.fleet.release(trip)
        self.trips = [t for t in self.trips if t.id not in self._tours]
        self._tours.clear()
        for d in drafts:
            d.out.clear()

    def bring(self, drafts: list[Draft]) -> list[Draft]:
        """Send couriers to other warehouses' reserves; return whom they cannot reach."""
        loads: dict[tuple[str, str], list[tuple[Draft, RevoteBallots]]] = {}
        for draft in drafts:
            for b in draft.ballots:
                if b.holder != draft.warehouse:
                    loads.setdefault((b.holder, draft.warehouse), []).append((draft, b))
        stuck: list[Draft] = []
        if not loads:
            return stuck
        ways = Ways.of(self.state)
        for (holder, warehouse), rows in sorted(loads.items()):
            if not self._courier(ways, holder, warehouse, rows):
                stuck += [d for d, _ in rows if d not in stuck]
        return stuck

    def _courier(
        self, ways: Ways, holder: str, warehouse: str, rows: list[tuple[Draft, RevoteBallots]]
    ) -> bool:
        state, pieces = self.state, dict[Commodity, int]()
        for _, b in rows:
            pieces[b.commodity] = pieces.get(b.commodity, 0) + b.quantity
        cargo = tuple(
            Load(commodity=ware, quantity=n, to=warehouse)
            for ware, n in sorted(pieces.items(), key=lambda x: str(x[0]))
        )
        mass, volume = state.weigh(cargo)
        ways.add_straight(holder, warehouse)
        route = ways.quickest(holder, warehouse, state.first_s, (mass, volume))
        now, made = state.first_s, list[Trip]()
        for leg in route.legs if route else ():
            run, vehicle = ways.run(leg, now, mass), ways.carriers(leg)[0]
            unit = (
                state.fleet.unit(leg.tail, vehicle.type, run.depart_s, run.back_s)
                if run
                else None
            )
            if run is None or unit is None or mass > vehicle.payload_g:
                return False
            tour = bulk_tour(leg, vehicle, mass, volume)
            trip = timed_trip(
                self._number("line-haul", leg.tail, made), tour, run,
                latest_s=run.depart_s, unit=unit,
            )  # fmt: skip
            made.append(attrs.evolve(trip, stops=(attrs.evolve(trip.stops[0], loads=cargo),)))
            state.used[vehicle.type] = vehicle
            now = run.times[0][1] + state.scenario.handling.turnround_s
        if not made:
            return False
        for trip in made:
            self.add(trip)
        for draft, _ in rows:
            draft.couriers = list(dict.fromkeys([*draft.couriers, *(t.id for t in made)]))
            draft.ready_s = max(draft.ready_s, now)
        return True

    def carry(self, drafts: list[Draft]) -> list[tuple[Draft, str]]:
        """Carry kits level by level as in the first vote, so many days later.

        Returns those that cannot be there in time, with the place that they do not reach.
        """
        late: list[tuple[Draft, str]] = []
        gone: list[Draft] = []
        ready = {d.place.code: d.packed_s for d in drafts}
        for echelon in OUTBOUND:
            for group in self._groups(drafts, gone, echelon):
                trip, place = next(hop for hop in group[0].way if hop[0].echelon == echelon)
                kits = tuple(d.place.code for d in group)
                day_s = group[0].order.day_s
                earliest = max(ready[k] for k in kits)
                new = self._drive(trip, place, kits, trip.depart_s + day_s, earliest, day_s)
                if new is None:
                    gone += group
                    late += [(d, place) for d in group]
                    continue
                done = new.stops[0].depart_s + self.state.scenario.handling.turnround_s
                ready.update(dict.fromkeys(kits, done))
                for d in group:
                    d.out.append(new.id)
        return late

    def _groups(
        self, drafts: Iterable[Draft], gone: list[Draft], echelon: str
    ) -> list[list[Draft]]:
        """Return kits that go to one place on one day, as many as a vehicle takes."""
        state, found = self.state, dict[tuple[object, ...], list[list[Draft]]]()
        for d in drafts:
            hop = next((h for h in d.way if h[0].echelon == echelon), None)
            if hop is None or d in gone:
                continue
            key = (hop[0].home, hop[1], hop[0].vehicle, hop[0].mode.value, d.order.day_s)
            loads = found.setdefault(key, [[]])
            vehicle = state.vehicle(hop[0])
            size = [state.kits[x.place.code] for x in (*loads[-1], d)]
            if loads[-1] and (
                sum(k.mass_g for k in size) > vehicle.payload_g
                or sum(k.volume_cm3 for k in size) > vehicle.volume_cm3
            ):
                loads.append([])
            loads[-1].append(d)
        return [group for loads in found.values() for group in loads]

    def _drive(
        self, like: Trip, place: str, kits: tuple[str, ...], planned_s: int, earliest_s: int,
        due_s: int,
    ) -> Trip | None:  # fmt: skip
        state = self.state
        for round_blocks in (False, True):
            tour = state.tour_of(like, [(place, kits)], round_blocks=round_blocks)
            fit = tour and state.fit(
                tour, planned_s=planned_s, earliest_s=earliest_s, due={place: due_s}
            )
            if tour and fit:
                trip = self._made(tour, fit)
                self._tours[trip.id] = tour
                return trip
        return None

    def _made(self, tour: Tour, fit: tuple[Run, int]) -> Trip:
        number = self._number(tour.echelon, tour.home)
        trip = timed_trip(number, tour, fit[0], latest_s=fit[0].depart_s, unit=fit[1])
        self.add(trip)
        return trip

    def fetch(self, drafts: list[Draft]) -> list[tuple[Draft, str]]:
        """Bring sealed boxes back as the kits came; return whose wait, and for which home."""
        stuck: list[tuple[Draft, str]] = []
        state = self.state
        handling = state.scenario.handling
        by_kit = {d.place.code: d for d in drafts}
        ready = {k: d.order.day_s + handling.count_done_hour * 3600 for k, d in by_kit.items()}
        for trip in [t for t in reversed(self.trips) if t.id in self._tours]:
            kits = [k for k in trip.stops[0].kits if k in by_kit]
            if not kits:
                continue  # they wait below, and are listed
            tour = reverse(self._tours[trip.id])
            halt = attrs.evolve(tour.halts[0], kits=tuple(kits))
            tour = attrs.evolve(tour, halts=(halt,))
            wait = max(ready[k] for k in kits)
            start = wait - halt.travel_s
            fit = state.fit(tour, planned_s=start, earliest_s=start, ready=[wait])
            if fit is None:
                stuck += [(by_kit.pop(k), trip.home) for k in kits]
                continue
            back = self._made(tour, fit)
            for k in kits:
                by_kit[k].back.append(back.id)
                ready[k] = back.back_s + handling.turnround_s
        return stuck

    def _number(self, echelon: str, home: str, more: Sequence[Trip] = ()) -> str:
        used = {t.id for t in (*self.trips, *more)} | {
            t.id for t in self.state.plan.revote_trips
        }
        prefix = f"PSU-{PREFIX.get(echelon, 'L')}-{home}"
        return next(f"{prefix}-{n:03d}" for n in count(1) if f"{prefix}-{n:03d}" not in used)

    def add(self, trip: Trip) -> None:
        """Add a trip and take its vehicle."""
        self.trips.append(trip)
        self.state.fleet.take(trip)
