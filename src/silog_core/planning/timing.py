"""Times of tours out, backwards from when a place must have its kits."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from copy import deepcopy

import attrs

from silog_core.domain.echelons import RETURN_OF
from silog_core.domain.places import Place
from silog_core.domain.plan import Stop, Trip, UnservedKit
from silog_core.domain.scenario import Handling
from silog_core.planning.driving import Run as Run  # noqa: PLC0414 - exported
from silog_core.planning.driving import drive as drive  # noqa: PLC0414 - exported
from silog_core.planning.driving import latest_departure, planned_run
from silog_core.planning.hours import Hours, HoursOf
from silog_core.planning.priorities import ByPriority, Latest, Placed, rank_of
from silog_core.planning.roster import Roster
from silog_core.planning.tours import Tour
from silog_core.planning.unserved import unserved

_LETTERS = {"warehouse": "W", "hub": "H", "village": "V"}
#: What ids of trips begin with: R for return, the level, L where a landing is at an end.
PREFIX = {
    echelon: f"{r}{_LETTERS[out.split('-')[0]]}{'L' if out.endswith('landing') else ''}"
    for out, back in RETURN_OF.items()
    for r, echelon in (("", out), ("R", back))
}


@attrs.frozen(kw_only=True)
class Timed:
    """Trips of one home level, the kits that cannot move, and when each home starts."""

    trips: tuple[Trip, ...]
    tours: tuple[Tour, ...]
    unserved: tuple[UnservedKit, ...]
    #: First planned departure of each home [s].
    first_depart_s: Mapping[str, int]


def time_out(
    tours: Sequence[Tour],
    due: Mapping[str, int],
    places: Mapping[str, Place],
    hours_of: HoursOf,
    handling: Handling,
    *,
    not_before: Mapping[str, int],
    roster: Roster | None = None,
) -> Timed:
    """Set the times of outbound tours, backwards from the due times of their halts.

    A tour leaves at the start of the working day on which it could leave at the
    latest: what is left of that day is its slack. Vehicles that there are few of go
    one tour after the other, the longest first, so that the farthest leave first.

    Args:
        tours: Tours of any homes of one level.
        due: Latest hand-over at each place [s].
        places: Places by code.
        hours_of: Finds open hours.
        handling: Handling times.
        not_before: Earliest arrival at each place, where there is one [s].
        roster: Escorts of the warehouse, with the trips that they are on already.
    """
    latest: list[Latest] = []
    stuck: list[UnservedKit] = []
    for tour in tours:
        hours = _hours(tour, places, hours_of)
        found = latest_departure(tour, due, hours, handling, None)
        if found is None:
            stuck += _left(tour, due, hours, handling)
        else:
            latest.append((found, tour, hours))
    # Nearest last: who may leave latest is placed first, going backwards in time.
    latest.sort(key=lambda x: (-x[0], x[1].home, x[1].halts[0].place, x[1].halts[0].kits))
    ranked = any(place.priority for place in places.values())
    ranked = ranked and len({rank_of(tour, places) for _, tour, _ in latest}) > 1
    before = deepcopy(roster) if ranked else None
    placed, left, crowded = _backwards(latest, due, handling, not_before, roster)
    if ranked and crowded:
        if roster is not None and before is not None:
            roster.become(before)
        placed, left = ByPriority(
            due=due, not_before=not_before, handling=handling, places=places, roster=roster
        ).place(latest)
    for tour, code in left:
        stuck += kept_back(tour, code)
    numbers: dict[str, int] = {}
    first: dict[str, int] = {}
    trips: list[Trip] = []
    for one in placed:
        tour, run = one.tour, one.run
        numbers[tour.home] = numbers.get(tour.home, 0) + 1
        first[tour.home] = min(first.get(tour.home, run.depart_s), run.depart_s)
        trips.append(
            timed_trip(next_id(tour, numbers), tour, run, latest_s=one.latest_s, unit=one.unit)
        )
    return Timed(
        trips=tuple(trips),
        tours=tuple(one.tour for one in placed),
        unserved=tuple(stuck),
        first_depart_s=first,
    )


def _backwards(
    latest: Sequence[Latest],
    due: Mapping[str, int],
    handling: Handling,
    not_before: Mapping[str, int],
    roster: Roster | None,
) -> tuple[list[Placed], list[tuple[Tour, str]], bool]:
    """Place tours one after the other, backwards in time.

    Returns:
        Those that find a place, the others with the code of the reason, and whether any
        is left out or comes too early because vehicles or escorts are few.
    """
    units: dict[tuple[str, str], list[int]] = {}
    placed: list[Placed] = []
    left: list[tuple[Tour, str]] = []
    early = False
    for at_latest, tour, hours in latest:
        unit, must_be_back = _unit(tour, units)
        if must_be_back is not None:
            fitted = latest_departure(tour, due, hours, handling, must_be_back)
        else:
            fitted = at_latest
        if fitted is None:
            left.append((tour, "closed"))
            continue
        run = planned_run(tour, fitted, hours, handling, not_before, due, must_be_back)
        if roster is not None and tour.escorts:
            escorted = _escorted(tour, run, due, hours, handling, not_before, roster)
            if escorted is None:
                left.append((tour, "escort"))
                continue
            fitted, run = min(fitted, escorted[0]), escorted[1]
        if tour.count is not None:
            units[(tour.home, tour.vehicle.type)][unit - 1] = run.depart_s
        placed.append(Placed(tour=tour, run=run, latest_s=fitted, unit=unit))
        early = early or (
            fitted < at_latest
            and any(
                arrive < not_before.get(halt.place, arrive)
                for (arrive, _), halt in zip(run.times, tour.halts, strict=True)
            )
        )
    return placed, left, early or bool(left)


def _unit(tour: Tour, units: dict[tuple[str, str], list[int]]) -> tuple[int, int | None]:
    """Return the vehicle that is free longest, and when it must be back."""
    if tour.count is None:
        return 1, None
    busy = units.setdefault((tour.home, tour.vehicle.type), [10**9] * tour.count)
    best = max(range(len(busy)), key=lambda i: (busy[i], -i))
    return best + 1, busy[best] if busy[best] < 10**9 else None


def _hours(tour: Tour, places: Mapping[str, Place], hours_of: HoursOf) -> Hours:
    regions = {places[tour.home].region, *(places[h.place].region for h in tour.halts)}
    return hours_of(tour.mode, *sorted(regions), months_closed=tour.months_closed)


def kept_back(tour: Tour, code: str = "closed") -> list[UnservedKit]:
    """Return the kits of a tour as not carried, with the reason of a code."""
    return [
        unserved(
            code, kit=kit, echelon=tour.echelon, home=tour.home, place=halt.place,
            mode=tour.mode.value, who=", ".join(tour.escorts),
        )
        for halt in tour.halts
        for kit in halt.kits
    ]  # fmt: skip


def _left(
    tour: Tour, due: Mapping[str, int], hours: Hours, handling: Handling
) -> list[UnservedKit]:
    """Return the kits of a tour that cannot be driven, with what would let it be."""
    return kept_back(tour, why_stuck(tour, due, hours, handling))


def why_stuck(tour: Tour, due: Mapping[str, int], hours: Hours, handling: Handling) -> str:
    """Return the code of what keeps a tour from being driven in time."""
    anywhere = attrs.evolve(handling, guarded_nights=False)
    restless = attrs.evolve(tour.vehicle, break_after_s=None, break_s=0)
    for code, looser, rules in (
        ("guard", tour, anywhere),
        ("rest", attrs.evolve(tour, vehicle=restless), handling),
        ("rest", attrs.evolve(tour, vehicle=restless), anywhere),
    ):
        if (looser, rules) == (tour, handling):
            continue
        if latest_departure(looser, due, hours, rules, None) is not None:
            return code
    return "closed"


def _escorted(
    tour: Tour,
    run: Run,
    due: Mapping[str, int],
    hours: Hours,
    handling: Handling,
    not_before: Mapping[str, int],
    roster: Roster,
) -> tuple[int, Run] | None:
    """Return the latest departure, and the run, for which there are escorts.

    The trip goes when it would, or comes back before others leave with its escorts.
    """
    names = tour.escorts
    if not roster.can(names):
        return None
    latest_s = 10**12
    while busy := roster.busy(names, run.depart_s, run.back_s):
        before_s = max(leaves for leaves, _ in busy)
        found = latest_departure(tour, due, hours, handling, before_s)
        if found is None:
            return None
        latest_s = found
        run = planned_run(tour, found, hours, handling, not_before, due, before_s)
    roster.take(names, run.depart_s, run.back_s)
    return latest_s, run


def timed_trip(trip_id: str, tour: Tour, run: Run, *, latest_s: int, unit: int) -> Trip:
    """Return a tour with its times as a trip."""
    return Trip(
        id=trip_id,
        echelon=tour.echelon,
        vehicle=tour.vehicle.type,
        mode=tour.mode,
        home=tour.home,
        stops=tuple(
            Stop(
                place=halt.place,
                arrive_s=arrive,
                depart_s=depart,
                kits=halt.kits,
                via=halt.via,
            )
            for halt, (arrive, depart) in zip(tour.halts, run.times, strict=True)
        ),
        depart_s=run.depart_s,
        back_s=run.back_s,
        distance_m=tour.distance_m,
        cost_rupiah=tour.cost_rupiah,
        mass_g=tour.mass_g,
        volume_cm3=tour.volume_cm3,
        latest_depart_s=max(latest_s, run.depart_s),
        unit=unit,
        rests=run.rests,
        escorts=tour.escorts,
    )


def next_id(tour: Tour, numbers: Mapping[str, int]) -> str:
    """Return the id of the latest trip of a tour's home."""
    return f"{PREFIX[tour.echelon]}-{tour.home}-{numbers[tour.home]:03d}"


def reverse(tour: Tour) -> Tour:
    """Return the way back of an outbound tour: its halts from the last to the first."""
    return attrs.evolve(turned(tour), echelon=RETURN_OF[tour.echelon])


def turned(tour: Tour) -> Tour:
    """Return a tour in the other direction, over ways that are as long in both."""
    legs = [(h.length_m, h.travel_s) for h in tour.halts]
    legs.append((tour.back_length_m, tour.back_travel_s))
    legs.reverse()
    halts = tuple(
        attrs.evolve(h, length_m=leg[0], travel_s=leg[1])
        for h, leg in zip(reversed(tour.halts), legs, strict=False)
    )
    return attrs.evolve(
        tour,
        halts=halts,
        back_length_m=legs[-1][0],
        back_travel_s=legs[-1][1],
    )
