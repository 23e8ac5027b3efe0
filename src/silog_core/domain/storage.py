"""Kits that wait on their way, out or back: where, how long, and how many at once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import attrs

from silog_core.domain.echelons import OUTBOUND, RETURN_OF
from silog_core.domain.plan import Plan, StageSlot, Trip

#: A kit that does not go on stays for good [s].
STAYS_S = 10**9
_BACK = frozenset(RETURN_OF.values())


@attrs.frozen(kw_only=True)
class Stay:
    """A kit that waits at a place, from when it comes until it goes on [s]."""

    kit: str
    from_s: int
    until_s: int
    #: The trip that brings it; empty where it was packed.
    by: str = ""


@attrs.frozen(kw_only=True)
class Peak:
    """The first moment at which most kits wait at a place."""

    at_s: int = 0
    stays: tuple[Stay, ...] = ()

    @property
    def kits(self) -> int:
        """How many wait."""
        return len(self.stays)


def stays_at(
    places: Iterable[str], trips: Iterable[Trip], stages: Iterable[StageSlot] = ()
) -> Mapping[str, tuple[Stay, ...]]:
    """Return the stays at each of *places*, in the order in which they begin.

    A kit is packed when the last one is, or when it leaves if that is sooner: so many are
    there at least, whatever the order in which a crew packs.

    Args:
        places: Codes of places.
        trips: All trips of a plan; those on the way back are passed over.
        stages: Stages; packing says when kits stand in a warehouse.
    """
    wanted = set(places)
    came: dict[tuple[str, str], tuple[int, str]] = {}
    goes: dict[tuple[str, str], int] = {}
    for trip in trips:
        if trip.echelon not in OUTBOUND:
            continue
        for stop in trip.stops:
            for kit in stop.kits:
                if trip.home in wanted:
                    goes[(trip.home, kit)] = trip.depart_s
                if stop.place in wanted:
                    came[(stop.place, kit)] = (stop.arrive_s, trip.id)
    packed = {s.place: s.finish_s for s in stages if s.stage == "kitting"}
    for (place, kit), leaves_s in goes.items():
        if place in packed and (place, kit) not in came:
            came[(place, kit)] = (min(packed[place], leaves_s), "")
    found: dict[str, list[Stay]] = {code: [] for code in sorted(wanted)}
    for (place, kit), (from_s, by) in came.items():
        until_s = goes.get((place, kit), STAYS_S)
        found[place].append(Stay(kit=kit, from_s=from_s, until_s=until_s, by=by))
    return {
        code: tuple(sorted(stays, key=lambda s: (s.from_s, s.kit)))
        for code, stays in found.items()
    }


def peak_of(stays: Iterable[Stay]) -> Peak:
    """Return the first moment at which most of the stays go on together.

    Example:
        >>> one, two = (
        ...     Stay(kit=k, from_s=a, until_s=z) for k, a, z in (("1", 0, 9), ("2", 9, 12))
        ... )
        >>> peak_of([one, two]).kits, peak_of([one, attrs.evolve(two, from_s=8)]).at_s
        (1, 8)
    """
    listed = list(stays)
    events = sorted(
        [(s.from_s, 1) for s in listed if s.from_s < s.until_s]
        + [(s.until_s, -1) for s in listed if s.from_s < s.until_s]
    )
    now = most = at_s = 0
    for moment_s, step in events:
        now += step
        if now > most:
            most, at_s = now, moment_s
    there = [s for s in listed if s.from_s <= at_s < s.until_s]
    return Peak(at_s=at_s, stays=tuple(there) if most else ())


def back_stays_at(
    places: Iterable[str], trips: Iterable[Trip]
) -> Mapping[str, tuple[Stay, ...]]:
    """Return the stays of boxes at each of *places* after the vote, in order.

    Boxes come with the trip that brings them to its home, and wait until a trip that
    fetches them has taken them in; what was used at the place itself is there all along.

    Args:
        places: Codes of places.
        trips: All trips of a plan; those on the way out are passed over.
    """
    found: dict[str, list[Stay]] = {code: [] for code in sorted(places)}
    came: dict[tuple[str, str], tuple[int, str]] = {}
    goes: dict[tuple[str, str], int] = {}
    for trip in trips:
        if trip.echelon not in _BACK:
            continue
        for stop in trip.stops:
            for kit in stop.kits:
                came[(trip.home, kit)] = (trip.back_s, trip.id)
                goes[(stop.place, kit)] = stop.depart_s
    for key, until_s in goes.items():
        came.setdefault(key, (min(0, until_s), ""))
    for (place, kit), (from_s, by) in came.items():
        if place in found:
            until_s = goes.get((place, kit), STAYS_S)
            found[place].append(Stay(kit=kit, from_s=from_s, until_s=until_s, by=by))
    return {
        code: tuple(sorted(stays, key=lambda s: (s.from_s, s.kit)))
        for code, stays in found.items()
    }


def room_of(plan: Plan, holds: Mapping[str, int], *, back: bool = False) -> Mapping[str, Peak]:
    """Return the peak of each place that has more kits at once than it *holds*.

    They are counted on their way out, or, with *back*, on their way back.
    """
    if back:
        stays = back_stays_at(holds, plan.trips)
    else:
        stays = stays_at(holds, plan.trips, plan.schedule.stages)
    peaks = {code: peak_of(stays[code]) for code in sorted(holds)}
    return {code: peak for code, peak in peaks.items() if peak.kits > holds[code]}
