"""The routing problem of one home and mode: loads, fleet and ways, and what trips obey.

Without rests, guarded nights, escorts and closed months there is no clock in it, which
makes it much faster to solve; days are then a matter of the timetable alone.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from itertools import groupby
from typing import Any

import attrs

from silog_core.domain.calendar import DAY_S
from silog_core.domain.legs import Mode
from silog_core.domain.places import Place
from silog_core.domain.routing import Client, Depot, Profile, RoutingProblem, VehicleType
from silog_core.domain.routing_limits import Break, Escort, LegClosure, Window, closed_windows
from silog_core.domain.scenario import Handling
from silog_core.domain.travel_rules import Closure
from silog_core.network.travel import Way
from silog_core.planning.rides import Ride
from silog_core.rules.book import RuleBook

#: As many vehicles as anybody could hire.
_PLENTY = 10_000
#: A way that is not there: far beyond any tour, and refused by the longest duration.
FAR_M, FAR_S = 10**8, 10**8
#: Days on the clock of a problem; the last is that on which things are due.
_DAYS = 5


@attrs.frozen(kw_only=True)
class Consignment:
    """Kits for one place that ride together on one vehicle."""

    place: Place
    kits: tuple[str, ...]
    mass_g: int
    volume_cm3: int
    #: Who has to ride along.
    escorts: tuple[str, ...] = ()

    def handling_s(self, handling: Handling) -> int:
        """Return how long its hand-over takes [s]."""
        return handling.stop_s + handling.kit_s * len(self.kits)


@attrs.frozen(kw_only=True)
class Level:
    """What all trips of one mode from one home have in common."""

    home: Place
    mode: Mode
    rides: tuple[Ride, ...]
    book: RuleBook
    handling: Handling
    voting_day: date
    #: Latest hand-over at each place [s from 00:00 of voting day].
    due: Mapping[str, int]
    #: How many there are to ride along, by name.
    escorts: Mapping[str, int]

    def problem(
        self, loads: Sequence[Consignment], ways: Sequence[Sequence[Way | None]]
    ) -> RoutingProblem:
        """Return the problem of some loads.

        Args:
            loads: One stop each.
            ways: Ways between the home and the places of the loads, in that order.
        """
        distance = tuple(tuple(w.length_m if w else FAR_M for w in row) for row in ways)
        duration = tuple(tuple(w.travel_s if w else FAR_S for w in row) for row in ways)
        clock = self._clock(loads, ways)
        names = sorted({name for load in loads for name in load.escorts})
        serves = clock is not None or self.handling.in_day or self.nights()
        longest_s = max(max(row) for row in duration)
        return RoutingProblem(
            depots=(Depot(name=self.home.code),),
            clients=tuple(
                Client(
                    name=f"{load.place.code}/{i}",
                    mass_g=load.mass_g,
                    volume_cm3=load.volume_cm3,
                    service_s=load.handling_s(self.handling) if serves else 0,
                    skills=frozenset(load.place.skills),
                    escorts=frozenset(load.escorts),
                    guarded=load.place.guarded,
                )
                for i, load in enumerate(loads)
            ),
            vehicle_types=tuple(
                VehicleType(
                    name=ride.vehicle.type,
                    # A vehicle that there are few of goes again another day: the
                    # schedule staggers its tours, so routes need not be scarce.
                    count=_PLENTY,
                    payload_g=ride.vehicle.payload_g,
                    volume_cm3=ride.vehicle.volume_cm3,
                    # Rupiah a kilometre are thousandths of a rupiah a metre.
                    fixed_cost=ride.vehicle.fixed_cost_rupiah * 1000,
                    cost_per_m=ride.vehicle.cost_per_km_rupiah,
                    max_duration_s=self._longest_s(ride, loads, duration, timed=serves),
                    skills=frozenset(ride.vehicle.skills),
                    **(clock.shift(ride, longest_s) if clock else {}),
                )
                for ride in self.rides
            ),
            profiles=(
                Profile(
                    distance_m=distance,
                    duration_s=duration,
                    closed=clock.closures(self, loads, ways) if clock else (),
                ),
            ),
            escorts=tuple(Escort(name=n, count=self.escorts.get(n, 0)) for n in names),
        )

    def nights(self) -> bool:
        """Return whether vehicles may spend nights at guarded places alone."""
        return self.handling.guarded_nights and self.mode is not Mode.SEA

    def _clock(
        self, loads: Sequence[Consignment], ways: Sequence[Sequence[Way | None]]
    ) -> _Clock | None:
        """Return the clock of a problem, None where nothing in it looks at one."""
        if not (
            (self.nights() and self._is_far(loads, ways))
            or any(ride.vehicle.break_after_s for ride in self.rides)
            or any(load.escorts for load in loads)
            or any(way and way.months_closed for row in ways for way in row)
        ):
            return None
        last = max((self.due.get(load.place.code, 0) for load in loads), default=0)
        days = (last - 1) // DAY_S - _DAYS + 1
        return _Clock(
            first_day=self.voting_day + timedelta(days=days),
            first_hour=0 if self.mode is Mode.SEA else self.handling.first_hour,
            last_hour=24 if self.mode is Mode.SEA else self.handling.last_hour,
            nights=self.nights(),
        )

    def _is_far(
        self, loads: Sequence[Consignment], ways: Sequence[Sequence[Way | None]]
    ) -> bool:
        """Say whether a day is not enough for some load, so that nights decide tours.

        Otherwise every tour that keeps to a working day fits between two nights.
        """
        days = [self._day_s(ride) for ride in self.rides]
        return any(
            out is None
            or (back := ways[number][0]) is None
            or out.travel_s + back.travel_s + load.handling_s(self.handling) > min(days)
            for number, (load, out) in enumerate(zip(loads, ways[0][1:], strict=True), 1)
        )

    def _day_s(self, ride: Ride) -> int:
        """Return how long a tour may take: a day of its vehicle, and no night of it [s]."""
        day_s = ride.vehicle.hours_per_day * 3600
        work_s = (self.handling.last_hour - self.handling.first_hour) * 3600
        return min(day_s, work_s) if self.nights() else day_s

    def _longest_s(
        self,
        ride: Ride,
        loads: Sequence[Consignment],
        rows: Sequence[Sequence[int]],
        *,
        timed: bool,
    ) -> int | None:
        """Return the longest tour: a working day, or straight there and back.

        None where even a tour of all stops by the longest ways keeps to a working day:
        without the limit the solver is much faster. None, too, where a stop is more than
        a day away and nights are spent at guarded places: then those decide.
        """
        day_s = self._day_s(ride)
        takes = [load.handling_s(self.handling) if timed else 0 for load in loads]
        if sum(max(row) for row in rows) + sum(takes) <= day_s:
            return None
        there_and_back = max(
            rows[0][i] + rows[i][0] + served for i, served in enumerate(takes, 1)
        )
        if self.nights() and there_and_back > day_s:
            return None
        # What is too far for a day has gone alone where unloading counts.
        return day_s if self.handling.in_day else max(day_s, there_and_back)


def has_clock(problem: RoutingProblem) -> bool:
    """Say whether tours of a problem have to be driven to know whether they can be."""
    return bool(problem.escorts) or any(
        kind.breaks or kind.nights or kind.shift_start_s for kind in problem.vehicle_types
    )


@attrs.frozen(kw_only=True)
class _Clock:
    """Some days up to that on which things are due, from midnight of the first [s]."""

    first_day: date
    first_hour: int
    last_hour: int
    nights: bool

    def shift(self, ride: Ride, longest_s: int) -> dict[str, Any]:
        """Return the times of a vehicle type."""
        rests: tuple[Break, ...] = ()
        after_s = ride.vehicle.break_after_s
        if after_s is not None:
            # On a way that is longer than the crew may go without one, it rests half-way.
            one = Break(duration_s=ride.vehicle.break_s, after_s=max(after_s, longest_s))
            rests = (one,) * max(1, _DAYS * 2)
        return {
            "shift_start_s": self.first_hour * 3600,
            "shift_end_s": (_DAYS - 1) * DAY_S + self.last_hour * 3600,
            "breaks": rests,
            "nights": self._nights() if self.nights else (),
        }

    def _nights(self) -> tuple[Window, ...]:
        ends = [0, *(day * DAY_S + self.last_hour * 3600 for day in range(_DAYS))]
        starts = [day * DAY_S + self.first_hour * 3600 for day in range(_DAYS)]
        found = [*zip(ends, [*starts, _DAYS * DAY_S], strict=True)]
        return tuple((begins, until) for begins, until in found if begins < until)

    def closures(
        self, level: Level, loads: Sequence[Consignment], ways: Sequence[Sequence[Way | None]]
    ) -> tuple[LegClosure, ...]:
        """Return when single legs cannot be used, by rule or by their own months."""
        places = [level.home, *(load.place for load in loads)]
        known: dict[tuple[tuple[Closure, ...], tuple[int, ...]], tuple[Window, ...]] = {}
        found = []
        for a, tail in enumerate(places):
            for b, head in enumerate(places):
                way = ways[a][b]
                if a == b or way is None:
                    continue
                rules = level.book.closures(level.mode, tail.region, head.region)
                key = (rules, way.months_closed)
                if key not in known:
                    known[key] = self._shut(*key)
                if known[key]:
                    found.append(LegClosure(tail=a, head=b, windows=known[key]))
        return tuple(found)

    def _shut(self, rules: tuple[Closure, ...], months: tuple[int, ...]) -> tuple[Window, ...]:
        hours = {
            hour
            for begins, ends in closed_windows(rules, self.first_day, _DAYS)
            for hour in range(begins // 3600, ends // 3600)
        }
        for day in range(_DAYS):
            if (self.first_day + timedelta(days=day)).month in months:
                hours |= set(range(day * 24, day * 24 + 24))
        runs = groupby(enumerate(sorted(hours)), lambda pair: pair[1] - pair[0])
        spans = [[hour for _, hour in run] for _, run in runs]
        return tuple((span[0] * 3600, (span[-1] + 1) * 3600) for span in spans)
