"""Trips of the line haul: the way through, rests of the driver, and vehicles in turn."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from copy import copy

import attrs

from silog_core.domain.places import Place
from silog_core.domain.plan import Trip
from silog_core.domain.scenario import Scenario
from silog_core.domain.vehicles import Vehicle
from silog_core.planning.driving import drive, latest_departure
from silog_core.planning.haul_loads import Cargo
from silog_core.planning.haul_ways import Stretch
from silog_core.planning.hours import Hours, HoursOf
from silog_core.planning.rides import Ride
from silog_core.planning.roster import HaulRosters
from silog_core.planning.timing import timed_trip, why_stuck
from silog_core.planning.tours import Halt, Pass, Tour

#: Handing over a load in bulk takes this long for each tonne or part of one [s].
_TONNE_S = 1200


@attrs.define(kw_only=True)
class HaulFleet:
    """Sets times of loads, and remembers when each counted vehicle is under way."""

    scenario: Scenario
    hours_of: HoursOf
    #: Who rides along, and when.
    rosters: HaulRosters
    #: Departures and returns by home, type and number of the vehicle [s].
    busy: dict[tuple[str, str, int], list[tuple[int, int]]] = attrs.field(factory=dict)
    numbers: dict[str, int] = attrs.field(factory=dict)
    #: Takes the vehicle that can leave latest, not the cheapest that is in time.
    latest_first: bool = False

    def __attrs_post_init__(self) -> None:
        # What a place counts is one fleet: its vehicles are out with kits, or with goods.
        counted = {
            (e.home, e.vehicle.type) for e in self.scenario.fleet if e.count is not None
        }
        for trip in self.rosters.below:
            if (trip.home, trip.vehicle) in counted:
                own = (trip.home, trip.vehicle, trip.unit)
                self.busy.setdefault(own, []).append((trip.depart_s, trip.back_s))

    def twin(self, *, latest_first: bool = False) -> HaulFleet:
        """Return a fleet that is out with the same trips, and goes its own way from now."""
        other = copy(self)
        other.busy = {own: list(trips) for own, trips in self.busy.items()}
        other.numbers = dict(self.numbers)
        other.rosters = self.rosters.twin()
        other.latest_first = latest_first
        return other

    def latest(self, cargo: Cargo, rides: Sequence[Ride]) -> int | None:
        """Return when a load would leave at the latest, were vehicles without number [s]."""
        ride = _cheapest_first(cargo, rides)[0]
        return self._latest(self.tour_of(cargo, ride), cargo, None)

    def why_never(self, cargo: Cargo, rides: Sequence[Ride]) -> str:
        """Return the code of what keeps a load from ever leaving."""
        tour = self.tour_of(cargo, _cheapest_first(cargo, rides)[0])
        return why_stuck(tour, _due(cargo), self._hours(tour), self.scenario.handling)

    def why_not_sent(self, cargo: Cargo, rides: Sequence[Ride]) -> tuple[str, str]:
        """Return the code of what kept a load back: a vehicle or people, and who."""
        for ride in _cheapest_first(cargo, rides):
            tour = self.tour_of(cargo, ride)
            if tour.escorts and self._turn(attrs.evolve(tour, escorts=()), cargo, ride):
                return "escort", ", ".join(tour.escorts)
        return "no-turn", ""

    def tour_of(self, cargo: Cargo, ride: Ride) -> Tour:
        """Return the tour of a load, with those who ride along."""
        tour = tour_of(cargo, ride, self.scenario.by_code)
        names = self.rosters.asked(tour.home, (halt.place for halt in tour.halts))
        return attrs.evolve(tour, escorts=names) if names else tour

    def send(self, cargo: Cargo, rides: Sequence[Ride]) -> tuple[Trip, Vehicle] | None:
        """Return the trip of a load by the cheapest vehicle that can be in time.

        None where the way is never open, or no vehicle is there, in time.
        """
        ready_s = max(p.ready_s for p in cargo.parcels) if not self.latest_first else 10**12
        best: tuple[Tour, int, int, Ride] | None = None
        for ride in _cheapest_first(cargo, rides):
            tour = self.tour_of(cargo, ride)
            found = self._turn(tour, cargo, ride)
            if found is None:
                continue
            if best is None or best[1] < ready_s:
                best = (tour, *found, ride)
            if best[1] >= ready_s:
                break
        if best is None:
            return None
        tour, depart_s, unit, ride = best
        return self._trip(tour, depart_s, unit, cargo, ride.count), ride.vehicle

    def _turn(self, tour: Tour, cargo: Cargo, ride: Ride) -> tuple[int, int] | None:
        """Return the latest departure at which one vehicle is free, and its number."""
        depart_s = self._latest(tour, cargo, None)
        if depart_s is None or (ride.count is None and not tour.escorts):
            return None if depart_s is None else (depart_s, 1)
        if tour.escorts and not self.rosters.at(tour.home).can(tour.escorts):
            return None
        found = [
            (at, -unit)
            for unit in range(1, (ride.count or 1) + 1)
            if (at := self._free(tour, cargo, unit, depart_s)) is not None
        ]
        if not found:
            return None
        at, unit = max(found)
        return at, -unit

    def _free(self, tour: Tour, cargo: Cargo, unit: int, depart_s: int) -> int | None:
        """Return the latest departure between other trips of one vehicle and its escorts."""
        trips = self.busy.get((tour.home, tour.vehicle.type, unit), [])
        at: int | None = depart_s
        while at is not None:
            back_s = self._back_s(tour, at)
            hindered = [leaves for leaves, back in trips if leaves < back_s and at < back]
            if tour.escorts:
                away = self.rosters.at(tour.home).busy(tour.escorts, at, back_s)
                hindered += [max(leaves for leaves, _ in away)] if away else []
            if not hindered:
                return at
            # The last of them first: the vehicle may be free between two of them.
            at = self._latest(tour, cargo, max(hindered))
        return None

    def _latest(self, tour: Tour, cargo: Cargo, must_be_back: int | None) -> int | None:
        return latest_departure(
            tour, _due(cargo), self._hours(tour), self.scenario.handling, must_be_back
        )

    def _hours(self, tour: Tour) -> Hours:
        by_code = self.scenario.by_code
        on_way = {tour.home, *(c for h in tour.halts for c in (*h.via, h.place))}
        return self.hours_of(
            tour.mode,
            *sorted({by_code[code].region for code in on_way}),
            months_closed=tour.months_closed,
            most_h=tour.vehicle.hours_per_day,
        )

    def _back_s(self, tour: Tour, depart_s: int) -> int:
        run = drive(tour, depart_s, self._hours(tour), self.scenario.handling)
        assert run is not None  # it was when the departure was looked for
        return run.back_s

    def _trip(
        self, tour: Tour, depart_s: int, unit: int, cargo: Cargo, count: int | None
    ) -> Trip:
        run = drive(tour, depart_s, self._hours(tour), self.scenario.handling)
        assert run is not None  # it was when the departure was looked for
        if count is not None:
            own = (tour.home, tour.vehicle.type, unit)
            self.busy.setdefault(own, []).append((run.depart_s, run.back_s))
        if tour.escorts:
            self.rosters.at(tour.home).take(tour.escorts, run.depart_s, run.back_s)
        number = self.numbers[tour.home] = self.numbers.get(tour.home, 0) + 1
        trip = timed_trip(
            f"L-{tour.home}-{number:03d}", tour, run, latest_s=run.depart_s, unit=unit
        )
        stops = tuple(
            attrs.evolve(stop, loads=cargo.merged(end))
            for stop, end in zip(trip.stops, cargo.halts, strict=True)
        )
        return attrs.evolve(trip, stops=stops)


def _due(cargo: Cargo) -> Mapping[str, int]:
    """Return when a load has to be handed over at each of its ends [s]."""
    return {s.head: min(p.due_s for p in cargo.at(s)) for s in cargo.halts}


def tour_of(cargo: Cargo, ride: Ride, by_code: Mapping[str, Place]) -> Tour:
    """Return the tour of a load: through to its ends one by one, and straight back."""
    halts: list[Halt] = []
    done = 0
    for end in cargo.halts:
        legs = end.legs[done:]
        mass_g = sum(p.mass_g * p.load.quantity for p in cargo.at(end))
        halts.append(
            Halt(
                place=end.head,
                kits=(),
                length_m=sum(leg.length_m for leg in legs),
                travel_s=sum(leg.travel_s for leg in legs),
                via=tuple(leg.head for leg in legs[:-1]),
                passes=tuple(
                    Pass(
                        place=leg.head,
                        travel_s=leg.travel_s,
                        guarded=by_code[leg.head].guarded,
                    )
                    for leg in legs[:-1]
                ),
                guarded=by_code[end.head].guarded,
                bulk_s=-(-mass_g // 1_000_000) * _TONNE_S,
            )
        )
        done = len(end.legs)
    whole = cargo.stretch
    return Tour(
        echelon="line-haul",
        home=whole.tail,
        vehicle=ride.vehicle,
        count=ride.count,
        mode=whole.mode,
        surface=whole.legs[0].surface,
        halts=tuple(halts),
        back_length_m=sum(leg.length_m for leg in whole.legs),
        back_travel_s=whole.travel_s,
        months_closed=_closed(whole),
        mass_g=cargo.mass_g,
        volume_cm3=cargo.volume_cm3,
    )


def _closed(stretch: Stretch) -> tuple[int, ...]:
    return tuple(sorted({m for leg in stretch.legs for m in leg.months_closed}))


def _cheapest_first(cargo: Cargo, rides: Sequence[Ride]) -> list[Ride]:
    """Return the vehicles that take a load, by what the trip costs."""
    km = -(-2 * sum(leg.length_m for leg in cargo.stretch.legs) // 1000)
    mass, volume = cargo.mass_g, cargo.volume_cm3
    return sorted(
        (r for r in rides if r.vehicle.payload_g >= mass and r.vehicle.volume_cm3 >= volume),
        key=lambda r: (
            r.vehicle.fixed_cost_rupiah + km * r.vehicle.cost_per_km_rupiah,
            r.vehicle.type,
        ),
    )
