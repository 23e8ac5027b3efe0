"""Which ways incidents block, and when."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

import attrs

from silog_core.domain.incidents import Blockage, Flooded, Incident, RoadCut, SeaClosed
from silog_core.domain.legs import Mode
from silog_core.domain.places import PlaceKind
from silog_core.domain.plan import Trip
from silog_core.domain.scenario import Scenario
from silog_core.planning.hours import Hours
from silog_core.planning.tours import Tour

#: Kinds of place whose flood floods all that hangs below.
_WITH_BELOW = (PlaceKind.VILLAGE, PlaceKind.STATION)
#: Surface of a tour over a checked way around a cut.
DETOUR = "detour"
#: One hop: from, to, leaves, arrives.
Hop = tuple[str, str, int, int]


@attrs.define
class Blocks:
    """The blockages of a list of incidents."""

    scenario: Scenario
    blockages: tuple[Blockage, ...]
    _inside: dict[str, frozenset[str]] = attrs.field(factory=dict)

    @classmethod
    def of(cls, scenario: Scenario, incidents: Iterable[Incident]) -> Blocks:
        """Return the blockages among *incidents*."""
        return cls(scenario, tuple(i for i in incidents if isinstance(i, Blockage)))

    def inside(self, code: str) -> frozenset[str]:
        """Return a place and all below it."""
        if code not in self._inside:
            found: set[str] = set()
            todo = [code]
            while todo:
                at = todo.pop()
                if at not in found:
                    found.add(at)
                    todo += [p.code for p in self.scenario.children.get(at, ())]
            self._inside[code] = frozenset(found)
        return self._inside[code]

    def flooded(self, flood: Flooded) -> frozenset[str]:
        """Return every place that stands under water."""
        found: set[str] = set()
        for code in flood.places:
            below = self.scenario.by_code[code].kind in _WITH_BELOW
            found |= self.inside(code) if below else {code}
        return frozenset(found)

    def of_hop(self, mode: Mode, tail: str, head: str) -> tuple[Blockage, ...]:
        """Return what blocks the way from *tail* to *head* by *mode*, at some time."""
        return tuple(b for b in self.blockages if self._blocks(b, mode, tail, head))

    def _blocks(self, block: Blockage, mode: Mode, tail: str, head: str) -> bool:
        if isinstance(block, RoadCut):
            if mode not in block.modes:
                return False
            if block.other:
                return {tail, head} == {block.place, block.other}
            inside = self.inside(block.place)
            return (tail in inside) != (head in inside)
        if isinstance(block, SeaClosed):
            if mode not in block.modes:
                return False
            ends = [self.scenario.by_code[c].region for c in (tail, head)]
            return any(r.covers(e) for r in block.regions for e in ends)
        if isinstance(block, Flooded):
            wet = self.flooded(block)
            return tail in wet or head in wet
        return False

    def of_tour(self, tour: Tour) -> tuple[Blockage, ...]:
        """Return what blocks any hop of a tour, at some time."""
        codes = [tour.home, *(c for h in tour.halts for c in (*h.via, h.place))]
        codes += [*_way_back([h.via for h in tour.halts]), tour.home]
        found = [b for a, z in pairwise(codes) for b in self.of_hop(tour.mode, a, z)]
        return tuple(b for b in dict.fromkeys(found) if not _goes_round(tour, b))

    def cut(self, hours: Hours, blocks: Iterable[Blockage]) -> Hours:
        """Return the hours that blockages leave."""
        for block in blocks:
            hours = hours.without(block.from_s, block.until_s)
        return hours

    def hit(self, mode: Mode, hops: Iterable[Hop]) -> tuple[Blockage, ...]:
        """Return the blockages that a vehicle on those hops would run into."""
        found: dict[Blockage, None] = {}
        if not self.blockages:
            return ()
        for tail, head, leaves, arrives in hops:
            for block in self.of_hop(mode, tail, head):
                if arrives > block.from_s and (
                    block.until_s is None or leaves < block.until_s
                ):
                    found[block] = None
        return tuple(found)

    def hit_run(
        self, tour: Tour, depart_s: int, times: Sequence[tuple[int, int]], back_s: int
    ) -> bool:
        """Say whether a tour that is driven at those times runs into a blockage."""
        hops = hops_of_run(tour, depart_s, times, back_s)
        return any(not _goes_round(tour, b) for b in self.hit(tour.mode, hops))

    def hit_trip(self, trip: Trip, *, after_s: int | None = None) -> tuple[Blockage, ...]:
        """Return the blockages that a trip runs into, on hops that end after a moment."""
        return self.hit(
            trip.mode, (h for h in hops_of(trip) if after_s is None or h[3] > after_s)
        )


def _goes_round(tour: Tour, block: Blockage) -> bool:
    return tour.surface == DETOUR and isinstance(block, RoadCut)


def _way_back(vias: Sequence[Sequence[str]]) -> tuple[str, ...]:
    """Return the places on the way back home: of a trip with one stop, those on its way."""
    return tuple(reversed(vias[0])) if len(vias) == 1 else ()


def _hops(
    home: str,
    stops: Iterable[tuple[str, Sequence[str], int, int]],
    depart_s: int,
    back_s: int,
) -> Iterator[Hop]:
    """Yield hops between stops and the places driven through; each takes the whole time."""
    at, leaves = home, depart_s
    vias = []
    for place, via, arrive, done in stops:
        vias.append(via)
        for one, two in pairwise((at, *via, place)):
            yield one, two, leaves, arrive
        at, leaves = place, done
    for one, two in pairwise((at, *_way_back(vias), home)):
        yield one, two, leaves, back_s


def hops_of(trip: Trip) -> Iterator[Hop]:
    """Yield the hops of a trip, the one back home included."""
    stops = [(s.place, s.via, s.arrive_s, s.depart_s) for s in trip.stops]
    yield from _hops(trip.home, stops, trip.depart_s, trip.back_s)


def hops_of_run(
    tour: Tour, depart_s: int, times: Sequence[tuple[int, int]], back_s: int
) -> Iterator[Hop]:
    """Yield the hops of a tour that is driven at those times."""
    stops = [
        (halt.place, halt.via, arrive, done)
        for halt, (arrive, done) in zip(tour.halts, times, strict=True)
    ]
    yield from _hops(tour.home, stops, depart_s, back_s)
