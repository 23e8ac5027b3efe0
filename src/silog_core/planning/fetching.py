"""Times of tours that fetch sealed boxes: as soon as they can, what has priority first."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import attrs

from silog_core.domain.echelons import FROM_STATIONS
from silog_core.domain.places import Place
from silog_core.domain.plan import Trip, UnservedKit
from silog_core.domain.scenario import Handling
from silog_core.planning.driving import Run, drive
from silog_core.planning.hours import Hours, HoursOf
from silog_core.planning.priorities import rank_of
from silog_core.planning.roster import Roster
from silog_core.planning.timing import Timed, kept_back, next_id, timed_trip, turned
from silog_core.planning.tours import Tour

#: Long before anything moves [s from 00:00 of voting day].
_EVER = -(10**9)


def time_back(
    tours: Sequence[Tour],
    ready: Mapping[str, int],
    places: Mapping[str, Place],
    hours_of: HoursOf,
    handling: Handling,
    *,
    out: Sequence[Trip] = (),
    roster: Roster | None = None,
    turn: bool = True,
    ranked: bool = False,
) -> Timed:
    """Set the times of tours that take sealed kits in, as soon as they can.

    A vehicle leaves its home when the first of its halts is ready, less the way to it;
    kits are taken in no earlier than they are *ready* [s], and by a vehicle that is back
    from its trips *out*. Where vehicles are few, what is ready first is fetched first,
    and of that what is farthest. Tours are driven in the direction that is back sooner,
    if they may *turn*: where ways are as long in both. With *ranked*, what has priority is
    fetched first, and the others by vehicles and escorts that are free before and after.
    """
    trips: list[Trip] = []
    stuck: list[UnservedKit] = []
    numbers: dict[str, int] = {}
    kept: list[Tour] = []
    back_s: dict[tuple[str, str, int], int] = {}
    for trip in out:
        vehicle = (trip.home, trip.vehicle, trip.unit)
        back_s[vehicle] = max(back_s.get(vehicle, trip.back_s), trip.back_s)
    free: dict[tuple[str, str], list[int]] = {}
    gaps = _Gaps(ready=ready, handling=handling, roster=roster, turn=turn, back_s=back_s)
    order = sorted(tours, key=lambda t: _fetch_order(t, ready))
    if ranked:
        order.sort(key=lambda t: -rank_of(t, places))
    for given in order:
        tour = given
        night = tour.echelon in FROM_STATIONS
        regions = {places[tour.home].region, *(places[h.place].region for h in tour.halts)}
        hours = hours_of(
            tour.mode, *sorted(regions), night=night, months_closed=tour.months_closed
        )
        unit, free_s = 1, _EVER
        if ranked:
            tour, run, unit = gaps.soonest(tour, hours)
        elif tour.count is not None:
            own = (tour.home, tour.vehicle.type)
            busy = free.setdefault(
                own, [back_s.get((*own, n), _EVER) for n in range(1, tour.count + 1)]
            )
            unit = min(range(len(busy)), key=lambda i: (busy[i], i)) + 1
            free_s = busy[unit - 1]
        if not ranked:
            tour, run = _sooner(tour, ready, free_s, hours, handling, turn=turn)
        wait = [ready[h.place] for h in tour.halts]
        while run is not None and roster is not None and tour.escorts:
            away = roster.busy(tour.escorts, run.depart_s, run.back_s)
            if not away:
                roster.take(tour.escorts, run.depart_s, run.back_s)
                break
            run = drive(tour, min(until for _, until in away), hours, handling, wait)
        if run is None:
            stuck += kept_back(tour)
            continue
        if tour.count is not None and not ranked:
            free[(tour.home, tour.vehicle.type)][unit - 1] = run.back_s
        numbers[tour.home] = numbers.get(tour.home, 0) + 1
        trips.append(
            timed_trip(next_id(tour, numbers), tour, run, latest_s=run.depart_s, unit=unit)
        )
        kept.append(tour)
    return Timed(
        trips=tuple(trips), tours=tuple(kept), unserved=tuple(stuck), first_depart_s={}
    )


@attrs.define(kw_only=True)
class _Gaps:
    """Finds vehicles that are free, between their other trips too."""

    ready: Mapping[str, int]
    handling: Handling
    roster: Roster | None
    turn: bool
    #: When each vehicle is back from its trips out [s].
    back_s: Mapping[tuple[str, str, int], int]
    _out: dict[tuple[str, str, int], list[tuple[int, int]]] = attrs.field(factory=dict)

    def soonest(self, tour: Tour, hours: Hours) -> tuple[Tour, Run | None, int]:
        """Return a tour as it is back soonest, how it runs, and the vehicle that does."""
        best: tuple[Tour, Run | None, int] = (tour, None, 1)
        for unit in range(1, (tour.count or 1) + 1):
            one, run = self._fit(tour, unit, hours)
            if run is not None and (best[1] is None or run.back_s < best[1].back_s):
                best = (one, run, unit)
        if best[1] is not None and tour.count is not None:
            own = (tour.home, tour.vehicle.type, best[2])
            self._out.setdefault(own, []).append((best[1].depart_s, best[1].back_s))
        return best

    def _fit(self, tour: Tour, unit: int, hours: Hours) -> tuple[Tour, Run | None]:
        own = (tour.home, tour.vehicle.type, unit)
        trips = self._out.get(own, []) if tour.count is not None else []
        free_s = self.back_s.get(own, _EVER) if tour.count is not None else _EVER
        while True:
            one, run = _sooner(tour, self.ready, free_s, hours, self.handling, turn=self.turn)
            if run is None:
                return one, None
            away = [back for out, back in trips if out < run.back_s and run.depart_s < back]
            if self.roster is not None and tour.escorts:
                busy = self.roster.busy(tour.escorts, run.depart_s, run.back_s)
                away += [until for _, until in busy]
            if not away:
                return one, run
            free_s = min(away)


def _sooner(
    tour: Tour,
    ready: Mapping[str, int],
    free_s: int,
    hours: Hours,
    handling: Handling,
    *,
    turn: bool,
) -> tuple[Tour, Run | None]:
    """Return the direction in which a tour is back sooner, and how it runs."""
    best: tuple[Tour, Run | None] = (tour, None)
    for one in (turned(tour), tour) if turn and len(tour.halts) > 1 else (tour,):
        wait = [ready[h.place] for h in one.halts]
        start = max(min(wait) - one.halts[0].travel_s, free_s)
        run = drive(one, start, hours, handling, wait)
        if run is not None and (best[1] is None or run.back_s < best[1].back_s):
            best = (one, run)
    return best


def _fetch_order(tour: Tour, ready: Mapping[str, int]) -> tuple[object, ...]:
    way_s = sum(halt.travel_s for halt in tour.halts) + tour.back_travel_s
    ready_s = max(ready[halt.place] for halt in tour.halts)
    return (tour.home, ready_s, -way_s, tour.halts[0].place, tour.halts[0].kits)
