"""The network of one commodity: places, or places at moments where time matters."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from heapq import heapify, heappop, heappush
from typing import TYPE_CHECKING

import attrs

from silog_core.domain.flows import WHOLE_LIMIT

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from silog_core.domain.allocation import AllocationLeg, AllocationProblem

#: Stands for "any time".
_NEVER_LATE = 4 * WHOLE_LIMIT
_FROM_THE_START = -4 * WHOLE_LIMIT
#: More moments than this are not told apart at one place.
_MOST_MOMENTS = 64


@attrs.frozen(kw_only=True)
class NetworkArc:
    """One arc; *leg* is -1 for the last step to a demand."""

    tail: int
    head: int
    leg: int


@attrs.frozen(kw_only=True)
class CommodityNetwork:
    """Where pieces of one commodity may go.

    In a timed network a node is a place together with a moment, by which pieces are
    there; every way through it is in time.
    """

    commodity: int
    node_count: int
    arcs: tuple[NetworkArc, ...]
    #: Node and number of each supply.
    entries: tuple[tuple[int, int], ...]
    #: Node and number of each demand.
    exits: tuple[tuple[int, int], ...]
    #: Cost of one piece on each arc [millionths of a rupiah].
    costs: tuple[int, ...]
    #: Most pieces on each arc by the limits of the leg.
    uppers: tuple[int, ...]
    #: Place of each node.
    places: tuple[int, ...]
    #: Whether nodes are places at moments.
    timed: bool = False


def pieces_that_fit(leg: AllocationLeg, mass_g: int, volume_cm3: int, *, most: int) -> int:
    """Return how many pieces an empty leg takes, at most *most*.

    Example:
        >>> from silog_core.domain.allocation import AllocationLeg
        >>> pieces_that_fit(AllocationLeg(tail="A", head="B", max_load_g=10), 3, 1, most=99)
        3
    """
    if leg.max_load_g is not None and mass_g:
        most = min(most, leg.max_load_g // mass_g)
    if leg.max_volume_cm3 is not None and volume_cm3:
        most = min(most, leg.max_volume_cm3 // volume_cm3)
    return most


def network_of(
    problem: AllocationProblem, commodity: int, *, timed: bool = False
) -> CommodityNetwork:
    """Return the network of a commodity, with the moments of *timed* or without."""
    size = problem.commodities[commodity]
    supplies = [
        (i, problem.place_index[lot.place], lot.available_s)
        for i in problem.lots_of[commodity]
        if (lot := problem.supplies[i]).quantity
    ]
    demands = [
        (i, problem.place_index[need.place], need.due_s)
        for i in problem.demands_of[commodity]
        if (need := problem.demands[i]).quantity
    ]
    ends = problem.ends
    if timed:
        arcs, entries, exits, places = _moments(problem, ends, supplies, demands)
    else:
        arcs = [(t, h, leg) for leg, (t, h) in enumerate(ends) if t != h]
        entries = [(place, i) for i, place, _ in supplies]
        exits = [(place, i) for i, place, _ in demands]
        places = list(range(len(problem.places)))
    total = sum(problem.supplies[i].quantity for i, _, _ in supplies)
    return CommodityNetwork(
        commodity=commodity,
        node_count=len(places),
        arcs=tuple(NetworkArc(tail=t, head=h, leg=leg) for t, h, leg in arcs),
        entries=tuple(entries),
        exits=tuple(exits),
        costs=tuple(
            problem.legs[leg].cost_per_tonne_rupiah * size.mass_g if leg >= 0 else 0
            for _, _, leg in arcs
        ),
        uppers=tuple(
            pieces_that_fit(problem.legs[leg], size.mass_g, size.volume_cm3, most=total)
            if leg >= 0
            else total
            for _, _, leg in arcs
        ),
        places=tuple(places),
        timed=timed,
    )


def _moments(
    problem: AllocationProblem,
    ends: Sequence[tuple[int, int]],
    supplies: list[tuple[int, int, int | None]],
    demands: list[tuple[int, int, int | None]],
) -> tuple[
    list[tuple[int, int, int]], list[tuple[int, int]], list[tuple[int, int]], list[int]
]:
    """Expand the places by the last moments that still reach some demand.

    Between two such moments it makes no difference when a piece arrives, so that no
    other moments are needed.
    """
    travel = [leg.travel_s for leg in problem.legs]
    out: dict[int, list[int]] = defaultdict(list)
    into: dict[int, list[int]] = defaultdict(list)
    for leg, (tail, head) in enumerate(ends):
        out[tail].append(leg)
        into[head].append(leg)
    starts = [(_FROM_THE_START if s is None else s, place) for _, place, s in supplies]
    earliest = _earliest(starts, ends, travel, out)

    found = _last_moments(demands, ends, travel, into, earliest)
    # Others by which a slower way is in time, the latest first: a place that has its fill
    # makes do with those, and an early arrival then counts as a later one, which is on the
    # safe side.
    tried: set[tuple[int, int]] = set()
    work = [(-_NEVER_LATE if due is None else -due, place) for _, place, due in demands]
    heapify(work)
    while work:
        minus, place = heappop(work)
        known = found[place]
        if -minus < earliest.get(place, _NEVER_LATE + 1) or (place, minus) in tried:
            continue
        tried.add((place, minus))
        if -minus not in known and len(known) >= _MOST_MOMENTS:
            continue
        known.add(-minus)
        for leg in into[place]:
            before = minus if -minus == _NEVER_LATE else minus + travel[leg]
            heappush(work, (before, ends[leg][0]))
    moments = {place: sorted(known) for place, known in found.items()}

    number: dict[tuple[int, int], int] = {}
    arcs: list[tuple[int, int, int]] = []
    entries: list[tuple[int, int]] = []

    def node(place: int, moment: int) -> int | None:
        known = moments.get(place, ())
        at = bisect_left(known, moment)
        if at == len(known):
            return None
        if (place, known[at]) not in number:
            number[place, known[at]] = len(number)
            fresh.append((place, known[at]))
        return number[place, known[at]]

    fresh: list[tuple[int, int]] = []
    for i, place, available in supplies:
        first = node(place, _FROM_THE_START if available is None else available)
        if first is not None:
            entries.append((first, i))
    for place, moment in fresh:
        for leg in out[place]:
            after = moment if moment == _NEVER_LATE else moment + travel[leg]
            there = node(ends[leg][1], after)
            here = number[place, moment]
            if there is not None and there != here:
                arcs.append((here, there, leg))
    places = [place for place, _ in number]
    exits: list[tuple[int, int]] = []
    for i, place, due in demands:
        last = _NEVER_LATE if due is None else due
        exits.append((len(places), i))
        arcs += [
            (at, len(places), -1)
            for (where, moment), at in number.items()
            if where == place and moment <= last
        ]
        places.append(place)
    return arcs, entries, exits, places


def _last_moments(
    demands: Sequence[tuple[int, int, int | None]],
    ends: Sequence[tuple[int, int]],
    travel: Sequence[int],
    into: Mapping[int, Sequence[int]],
    earliest: Mapping[int, int],
) -> dict[int, set[int]]:
    """Return for each place the last moment from which each demand can still be reached.

    With all of these no piece that can be in time is lost, however moments are rounded.
    """
    found: dict[int, set[int]] = defaultdict(set)
    for place, due in {
        (place, _NEVER_LATE if due is None else due) for _, place, due in demands
    }:
        heap, done = [(-due, place)], set[int]()
        while heap:
            minus, at = heappop(heap)
            if at in done or -minus < earliest.get(at, _NEVER_LATE + 1):
                continue
            done.add(at)
            found[at].add(-minus)
            for leg in into[at]:
                tail = ends[leg][0]
                if tail not in done:
                    heappush(
                        heap, (minus if due == _NEVER_LATE else minus + travel[leg], tail)
                    )
    return found


def _earliest(
    starts: list[tuple[int, int]],
    ends: Sequence[tuple[int, int]],
    travel: Sequence[int],
    out: dict[int, list[int]],
) -> dict[int, int]:
    """Return the first moment at which any piece can be at each place."""
    earliest: dict[int, int] = {}
    heap = sorted(starts)
    while heap:
        moment, place = heappop(heap)
        if place in earliest:
            continue
        earliest[place] = moment
        for leg in out[place]:
            head = ends[leg][1]
            if head not in earliest:
                heappush(heap, (moment + travel[leg], head))
    return earliest
