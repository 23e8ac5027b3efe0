"""Stretches of the line haul: how far one vehicle drives before goods change to another."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from graphlib import CycleError, TopologicalSorter
from itertools import pairwise

import attrs

from silog_core.domain.legs import Leg, Mode
from silog_core.domain.scenario import Scenario
from silog_core.network.upper import haulers
from silog_core.planning.rides import Ride, limited
from silog_core.rules.book import RuleBook

#: Modes that neither halt between two places nor go at night.
_BY_DAY = {Mode.BOAT, Mode.RIVER, Mode.LAKE, Mode.AIR, Mode.HELICOPTER}


@attrs.frozen(kw_only=True)
class Stretch:
    """Legs of one mode, one after the other, that one vehicle drives as a whole."""

    legs: tuple[Leg, ...]

    @property
    def places(self) -> tuple[str, ...]:
        """All places on it, both ends included."""
        return (self.legs[0].tail, *(leg.head for leg in self.legs))

    @property
    def tail(self) -> str:
        """Where the vehicle is at home."""
        return self.legs[0].tail

    @property
    def head(self) -> str:
        """Where it turns round."""
        return self.legs[-1].head

    @property
    def mode(self) -> Mode:
        """How it moves."""
        return self.legs[0].mode

    @property
    def key(self) -> tuple[str, ...]:
        """What tells one stretch from another: mode and places."""
        return (self.mode.value, *self.places)

    @property
    def travel_s(self) -> int:
        """Time under way from end to end [s]."""
        return sum(leg.travel_s for leg in self.legs)

    def leads_by(self, other: Stretch) -> bool:
        """Say whether a vehicle on this stretch drives all of *other* first."""
        return self.legs[: len(other.legs)] == other.legs


#: Number of a line, and a stretch of its way.
Part = tuple[int, Stretch]


def stretches(scenario: Scenario, book: RuleBook, way: Sequence[Leg]) -> tuple[Stretch, ...]:
    """Return the stretches of a way: a new one where mode or vehicle must change.

    Goods ride on through a warehouse or port as long as the next leg has the same mode,
    some vehicle may drive all legs so far and this one, and (on boats and planes) the
    way fits into a working day.
    """
    found: list[Stretch] = []
    for leg in way:
        if found:
            longer = Stretch(legs=(*found[-1].legs, leg))
            if _goes_through(scenario, book, longer):
                found[-1] = longer
                continue
        found.append(Stretch(legs=(leg,)))
    return tuple(found)


def _goes_through(scenario: Scenario, book: RuleBook, stretch: Stretch) -> bool:
    if any(leg.mode is not stretch.mode for leg in stretch.legs):
        return False
    day_s = (scenario.handling.last_hour - scenario.handling.first_hour) * 3600
    if stretch.mode in _BY_DAY and stretch.travel_s > day_s:
        return False
    return bool(carriers(scenario, book, stretch))


def carriers(scenario: Scenario, book: RuleBook, stretch: Stretch) -> tuple[Ride, ...]:
    """Return the vehicles that may drive a stretch, and do what its end asks for.

    Those of its tail, else for hire. Limits of all regions on the way bind. A type that
    is listed with a count of 0 is there no more, and nothing is hired for it.
    """
    return able(drivers(scenario, book, stretch), scenario.by_code[stretch.head].skills)


def able(rides: tuple[Ride, ...], skills: Iterable[str]) -> tuple[Ride, ...]:
    """Return the vehicles that have all skills."""
    asked = set(skills)
    return tuple(r for r in rides if asked <= set(r.vehicle.skills)) if asked else rides


def drivers(scenario: Scenario, book: RuleBook, stretch: Stretch) -> tuple[Ride, ...]:
    """Return the vehicles that may drive a stretch, whatever its end asks for."""
    regions = sorted({scenario.by_code[code].region for code in stretch.places})
    limit = book.vehicle_limit(stretch.mode, *regions)
    listed = [
        e for e in scenario.fleet if e.home == stretch.tail and e.vehicle.mode is stretch.mode
    ]
    if listed:
        rides = [
            Ride(vehicle=limited(e.vehicle, *limit), count=e.count)
            for e in listed
            if e.count != 0
        ]
    else:
        for_hire = [
            {v.type: v for v in haulers(leg, scenario.by_code[leg.head], book)}
            for leg in stretch.legs
        ]
        rides = [
            Ride(vehicle=limited(v, *limit), count=None)
            for name, v in for_hire[0].items()
            if all(name in others for others in for_hire)
        ]
    return tuple(sorted(rides, key=lambda r: r.vehicle.type))


def batches(ways: Mapping[int, tuple[Stretch, ...]]) -> Iterator[list[Part]]:
    """Yield stretches of all ways so that each comes after those ahead of it on any way.

    What is yielded together leaves one place by one mode, and can share vehicles.
    """
    users: dict[tuple[str, ...], list[Part]] = {}
    order: TopologicalSorter[tuple[str, ...]] = TopologicalSorter()
    for number, way in sorted(ways.items()):
        for stretch in way:
            users.setdefault(stretch.key, []).append((number, stretch))
            order.add(stretch.key)
        for stretch, after in pairwise(way):
            order.add(stretch.key, after.key)
    try:
        order.prepare()
    except CycleError:
        # Ways that cross in opposite directions: line by line, nothing is shared.
        for number, way in sorted(ways.items()):
            yield from ([(number, stretch)] for stretch in reversed(way))
        return
    while order.is_active():
        ready = sorted(order.get_ready())
        together: dict[tuple[str, ...], list[Part]] = {}
        for key in ready:
            together.setdefault(key[:2], []).extend(users[key])
        yield from (together[key] for key in sorted(together))
        order.done(*ready)
