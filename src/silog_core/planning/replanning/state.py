"""What a re-plan works on: the trips as they stand, and how one of them can run."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import count

import attrs

from silog_core.domain.calendar import DAY_S, day_start_s
from silog_core.domain.demand import Commodity, Needs
from silog_core.domain.echelons import FROM_STATIONS
from silog_core.domain.incidents import Incident, LotLate, StationMoved
from silog_core.domain.losses import LostKit
from silog_core.domain.places import PlaceKind
from silog_core.domain.plan import Load, Plan, Supply, Trip, UnservedKit
from silog_core.domain.replanning import Change
from silog_core.domain.scenario import Scenario
from silog_core.domain.vehicles import Vehicle
from silog_core.network.travel import Travel, Way
from silog_core.planning.hours import Hours, HoursOf
from silog_core.planning.kits import Kit
from silog_core.planning.replanning.around import around
from silog_core.planning.replanning.blocks import Blocks
from silog_core.planning.replanning.fleet import Fleet
from silog_core.planning.replanning.prints import Counts, Prints
from silog_core.planning.replanning.texts import change
from silog_core.planning.rides import way_of_home
from silog_core.planning.timing import Run, drive
from silog_core.planning.tours import Halt, Tour
from silog_core.rules.book import RuleBook

#: Vehicles set out at most so many days earlier or later than planned.
_DAYS = 14


@attrs.frozen(kw_only=True)
class Strategy:
    """How far a re-plan may go in changing what is planned."""

    #: Goods that are late or blocked may go another way or be replaced.
    reroute: bool = False
    #: A whole warehouse may wait for pieces that come late.
    patient: bool = False
    #: Which gaps are filled first: a number of `ORDERS`.
    order: int = 0


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
    #: Ids of the trips that were planned.
    planned: frozenset[str] = frozenset()
    #: Needs after the incidents.
    needs: Needs
    #: Vehicle types that goods in bulk use and the plan did not, by type.
    used: dict[str, Vehicle] = attrs.field(factory=dict)
    #: Kits that have to be carried from their warehouse once more, or for the first time,
    #: with the incident; those of them that were lost stand in `lost_kits`.
    carry: dict[str, str] = attrs.field(factory=dict)
    lost_kits: dict[str, LostKit] = attrs.field(factory=dict)
    #: Kits whose load differs from what was planned, with the incident.
    grown: dict[str, str] = attrs.field(factory=dict)
    strategy: Strategy
    #: What is printed, and how long what arrives is counted.
    prints: Prints
    counts: Counts
    #: Whether a strategy that goes farther may do better.
    choices: bool = False
    #: Whether gaps want the same goods, so that it matters which one is filled first.
    contested: bool = False
    #: Goods in bulk that no vehicle could take after all.
    unhauled: list[UnservedKit] = attrs.field(factory=list)
    #: When the last pieces of a kit can be packed, where that is later than planned [s].
    packed_s: dict[str, int] = attrs.field(factory=dict)

    @property
    def first_s(self) -> int:
        """When a changed trip can leave at the earliest: people need time to turn round."""
        return self.now_s + self.scenario.handling.turnround_s

    def say(self, kind: str, what: str, incident: str, **given: object) -> None:
        """Note a change with its reason."""
        self.changes.append(
            change(self.plan.election, kind, what=what, incident=incident, **given)
        )

    def why(self, kit: str) -> str:
        """Return the incident for which a kit travels otherwise than planned."""
        known = self.carry.get(kit) or self.grown.get(kit)
        if known:
            return known
        trips = [i for i, tour in self.anew.items() if any(kit in h.kits for h in tour.halts)]
        said = [c.incident for c in self.changes if c.what in trips]
        return said[-1] if said else self.incidents[0].id

    def number(self, prefix: str, home: str, *, skip: int = 0) -> str:
        """Return an id for one more trip of a home, after so many that are free as well.

        No id of the plan is used again: the new trip would be taken for the old one.
        """
        for n in count(1):
            name = f"{prefix}-{home}-{n:03d}"
            if name not in self.trips and name not in self.planned:
                if not skip:
                    return name
                skip -= 1
        raise AssertionError  # numbers never end

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

    def size(self, ware: Commodity) -> tuple[int, int]:
        """Return mass and room of one piece [g], [cm3]."""
        item = self.book.item(ware.item)
        return (item.mass_g, item.volume_cm3) if item else (0, 0)

    def weigh(self, loads: Iterable[Load]) -> tuple[int, int]:
        """Return mass and room of goods in bulk [g], [cm3]."""
        sizes = [(n.quantity, *self.size(n.commodity)) for n in loads]
        return sum(n * g for n, g, _ in sizes), sum(n * v for n, _, v in sizes)

    def lot_ready_s(self, supply: Supply) -> int:
        """Return from when on the lot of a line can leave its place [s]."""
        key = (supply.from_place, supply.commodity.item, supply.lot)
        late = [
            i.ready_s for i in self.incidents
            if isinstance(i, LotLate) and (i.place, i.item, i.lot) == key
        ]  # fmt: skip
        day = self.plan.election.voting_day
        planned = [
            day_start_s(lot.from_date, day) for lot in self.scenario.stock
            if lot.from_date and (lot.place, lot.item, lot.lot) == key
        ]  # fmt: skip
        return max([self.prints.ready_s(supply), *late, *planned])

    def warehouse(self, code: str) -> str:
        """Return the warehouse above a place; an empty text where there is none."""
        seen: set[str] = set()
        while code and code not in seen:
            seen.add(code)
            place = self.scenario.by_code[code]
            if place.kind is PlaceKind.WAREHOUSE:
                return code
            code = place.parent
        return ""

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

    def tour_of(
        self,
        trip: Trip,
        stops: Iterable[tuple[str, tuple[str, ...]]],
        *,
        round_blocks: bool = False,
    ) -> Tour | None:
        """Return the tour of a trip over *stops*, places with kits; None without a way.

        With *round_blocks* it drives through other places where a way is blocked. The way
        back of several stops cannot; of one stop it is the way out backwards.
        """
        places = self.scenario.by_code
        stops = list(stops)
        first = places[stops[0][0]]
        access = self.book.access(first.kind, first.region)
        surface = access.surface if access and access.mode is trip.mode else ""
        home = at = places[trip.home]
        halts, closed = [], set[int]()
        for code, kits in stops:
            way = way_of_home(self.travel, home, at, places[code], trip.mode, surface)
            other = None
            if round_blocks and self.blocks.of_hop(trip.mode, at.code, code):
                other = around(self, home, at, places[code], trip.mode, surface)
            found = other or way
            if found is None:
                return None
            halts.append(
                Halt(
                    place=code,
                    kits=kits,
                    length_m=found.length_m,
                    travel_s=found.travel_s,
                    via=other.via if other else (),
                    guarded=places[code].guarded,
                    open_hours=places[code].open_hours,
                )
            )
            closed |= set(found.months_closed)
            at = places[code]
        back: Way | Halt | None = way_of_home(self.travel, home, at, home, trip.mode, surface)
        if len(halts) == 1 and halts[0].via:
            back = halts[0]
        if back is None:
            return None
        closed |= set(back.months_closed) if isinstance(back, Way) else set()
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
            months_closed=tuple(sorted(closed)),
            mass_g=sum(k.mass_g for k in carried),
            volume_cm3=sum(k.volume_cm3 for k in carried),
            escorts=self.fleet.guards.asked(
                trip.home, trip.echelon, (code for code, _ in stops)
            ),
        )

    def hours(self, tour: Tour) -> Hours:
        """Return the hours of a tour, less what blocks it."""
        places = self.scenario.by_code
        regions = {places[tour.home].region, *(places[h.place].region for h in tour.halts)}
        night = tour.echelon in FROM_STATIONS
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
        guards = self.fleet.guards
        if tour.escorts:
            base, reach = guards.base(tour.home, tour.echelon), _DAYS * DAY_S
            if not guards.there(base, tour.escorts):
                return None
            starts |= guards.back(base, tour.escorts, planned_s - reach, planned_s + reach)
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
                tour.home, tour.vehicle.type, run.depart_s, run.back_s, first=unit,
                echelon=tour.echelon, escorts=tour.escorts,
            )  # fmt: skip
            if free is not None:
                return run, free
        return None

    def nobody_for(
        self,
        tour: Tour,
        *,
        planned_s: int,
        earliest_s: int,
        due: Mapping[str, int] | None = None,
        ready: Sequence[int] = (),
    ) -> tuple[str, ...]:
        """Return who keeps a tour from being driven; empty where it is not people alone."""
        if not tour.escorts:
            return ()
        alone = attrs.evolve(tour, escorts=())
        fit = self.fit(alone, planned_s=planned_s, earliest_s=earliest_s, due=due, ready=ready)
        return tour.escorts if fit else ()
