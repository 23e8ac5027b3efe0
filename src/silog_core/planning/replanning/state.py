"""What a re-plan works on: the trips as they stand, and how one of them can run."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import attrs

from silog_core.domain.calendar import DAY_S
from silog_core.domain.incidents import Incident, StationMoved
from silog_core.domain.plan import Plan, Trip, UnservedKit
from silog_core.domain.replanning import Change
from silog_core.domain.scenario import Scenario
from silog_core.domain.vehicles import Vehicle
from silog_core.network.travel import Travel
from silog_core.planning.hours import Hours, HoursOf
from silog_core.planning.kits import Kit
from silog_core.planning.replanning.blocks import Blocks
from silog_core.planning.replanning.fleet import Fleet
from silog_core.planning.replanning.texts import change
from silog_core.planning.rides import way_of_home
from silog_core.planning.timing import Run, drive
from silog_core.planning.tours import Halt, Tour
from silog_core.rules.book import RuleBook

#: Vehicles set out at most so many days earlier or later than planned.
_DAYS = 14


@attrs.define(kw_only=True)
class State:
    """Trips, hours and vehicles while a plan is repaired."""

    scenario: Scenario
    book: RuleBook
    plan: Plan
    incidents: tuple[Incident, ...]
    now_s: int
    kits: Mapping[str, Kit]
    hours_of: HoursOf
    travel: Travel
    blocks: Blocks
    fleet: Fleet
    trips: dict[str, Trip]
    frozen: frozenset[str]
    changes: list[Change] = attrs.field(factory=list)
    #: Kits that nobody carries any more: what was said of it, and the incident.
    dropped: dict[str, tuple[UnservedKit, str]] = attrs.field(factory=dict)
    #: Tours of trips that were made anew, by id.
    anew: dict[str, Tour] = attrs.field(factory=dict)

    @property
    def first_s(self) -> int:
        """When a changed trip can leave at the earliest: people need time to turn round."""
        return self.now_s + self.scenario.handling.turnround_s

    def say(self, kind: str, what: str, incident: str, **given: object) -> None:
        """Note a change with its reason."""
        self.changes.append(
            change(self.plan.election, kind, what=what, incident=incident, **given)
        )

    def number(self, prefix: str, home: str) -> str:
        """Return an id for one more trip of a home."""
        n = 1
        while f"{prefix}-{home}-{n:03d}" in self.trips:
            n += 1
        return f"{prefix}-{home}-{n:03d}"

    def replace(self, old: Trip, new: Trip | None) -> None:
        """Put a trip in the place of another, or none."""
        self.fleet.release(old)
        if new is None:
            del self.trips[old.id]
        else:
            self.trips[old.id] = new
            self.fleet.take(new)

    def add(self, trip: Trip) -> None:
        """Add a trip."""
        self.trips[trip.id] = trip
        self.fleet.take(trip)

    def vehicle(self, trip: Trip) -> Vehicle:
        """Return the vehicle of a trip."""
        for entry in self.scenario.fleet:
            if (entry.home, entry.vehicle.type) == (trip.home, trip.vehicle):
                return entry.vehicle
        return next(v for v in self.plan.vehicles if v.type == trip.vehicle)

    def moved(self, trip: Trip) -> str:
        """Return the incident that moved a stop of a trip, or an empty text."""
        at = {stop.place for stop in trip.stops}
        return next(
            (i.id for i in self.incidents if isinstance(i, StationMoved) and i.station in at),
            "",
        )

    def tour_of(self, trip: Trip, stops: Iterable[tuple[str, tuple[str, ...]]]) -> Tour | None:
        """Return the tour of a trip over *stops*, places with kits; None without a way."""
        places = self.scenario.by_code
        stops = list(stops)
        first = places[stops[0][0]]
        access = self.book.access(first.kind, first.region)
        surface = access.surface if access and access.mode is trip.mode else ""
        home = at = places[trip.home]
        halts, closed = [], set[int]()
        for code, kits in stops:
            way = way_of_home(self.travel, home, at, places[code], trip.mode, surface)
            if way is None:
                return None
            halts.append(
                Halt(place=code, kits=kits, length_m=way.length_m, travel_s=way.travel_s)
            )
            closed |= set(way.months_closed)
            at = places[code]
        back = way_of_home(self.travel, home, at, home, trip.mode, surface)
        if back is None:
            return None
        carried = [self.kits[k] for _, kits in stops for k in kits]
        return Tour(
            echelon=trip.echelon,
            home=trip.home,
            vehicle=self.vehicle(trip),
            count=self.fleet.counts.get((trip.home, trip.vehicle)),
            mode=trip.mode,
            surface=surface,
            halts=tuple(halts),
            back_length_m=back.length_m,
            back_travel_s=back.travel_s,
            months_closed=tuple(sorted(closed | set(back.months_closed))),
            mass_g=sum(k.mass_g for k in carried),
            volume_cm3=sum(k.volume_cm3 for k in carried),
        )

    def hours(self, tour: Tour) -> Hours:
        """Return the hours of a tour, less what blocks it."""
        places = self.scenario.by_code
        regions = {places[tour.home].region, *(places[h.place].region for h in tour.halts)}
        night = tour.echelon == "return-station-village"
        base = self.hours_of(
            tour.mode, *sorted(regions), night=night, months_closed=tour.months_closed
        )
        return self.blocks.cut(base, self.blocks.of_tour(tour))

    def fit(
        self,
        tour: Tour,
        *,
        planned_s: int,
        earliest_s: int,
        due: Mapping[str, int] | None = None,
        ready: Sequence[int] = (),
        unit: int = 1,
    ) -> tuple[Run, int] | None:
        """Return the run that is nearest to what was planned, and its vehicle's number.

        Args:
            tour: What is driven.
            planned_s: Departure as planned [s].
            earliest_s: No departure before [s].
            due: Latest hand-over at each place [s]; None is any time.
            ready: For each halt, when its kits can be taken in [s].
            unit: Number of the vehicle that was planned.
        """
        hours = self.hours(tour)
        way_s = sum(h.travel_s for h in tour.halts)
        starts = {max(planned_s, earliest_s), earliest_s}
        for block in self.blocks.of_tour(tour):
            starts |= {block.from_s - way_s - 3600 * n for n in range(1, 12)}
            starts |= {block.until_s} if block.until_s is not None else set()
        if due is not None:
            last = min(due.get(h.place, 0) for h in tour.halts) - way_s
            starts |= {last - 3600 * n for n in range(12)}
        morning = planned_s // DAY_S * DAY_S + self.scenario.handling.first_hour * 3600
        starts |= {morning + d * DAY_S for d in range(-_DAYS, _DAYS + 1)}
        for start in sorted(starts, key=lambda s: (abs(s - planned_s), s)):
            if start < earliest_s:
                continue
            run = drive(tour, start, hours, self.scenario.handling, ready)
            if run is None or run.depart_s < earliest_s:
                continue
            if due is not None and any(
                done > due.get(h.place, 0)
                for h, (_, done) in zip(tour.halts, run.times, strict=True)
            ):
                continue
            if self.blocks.hit_run(tour, run.depart_s, run.times, run.back_s):
                continue
            free = self.fleet.unit(
                tour.home, tour.vehicle.type, run.depart_s, run.back_s, first=unit
            )
            if free is not None:
                return run, free
        return None
