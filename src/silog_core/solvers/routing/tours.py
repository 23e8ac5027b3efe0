"""The tour of one vehicle as a record that is replaced, never changed.

Undoing a step of the search is then no more than putting the old record back.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from silog_core.solvers.routing.clock import arrive, earliest, latest, opening
from silog_core.solvers.routing.escorts import Busy, busy, enough, free_times
from silog_core.solvers.routing.flat import NO_LIMIT, FlatProblem, has_clock
from silog_core.solvers.routing.rests import Run, best_run, run_from

if TYPE_CHECKING:
    from collections.abc import Callable

Trips = tuple[tuple[int, ...], ...]
#: Trip, first gap, gap of the turn, last gap, then room for deliveries and for pickups
#: (mass, volume). Deliveries go into the gaps up to the turn, pickups into those from it.
Segment = tuple[int, int, int, int, int, int, int, int]


class Tour(NamedTuple):
    """One vehicle: its trips, and what decides in constant time whether a stop fits.

    A gap lies between two nodes that follow each other; the lists have one entry a gap.
    """

    kind: int
    trips: Trips
    #: Node before and after the gap.
    before: list[int]
    after: list[int]
    #: Earliest time to leave the node before; latest to begin at the node after [s].
    ready: list[int]
    due: list[int]
    #: What crossing the gap costs now.
    edge: list[int]
    segments: list[Segment]
    cost: int
    distance: int
    #: Time spent driving, serving and reloading [s].
    work: int
    #: How it was driven, where that has to be done; else None.
    run: Run | None = None
    #: Who rides along, and when.
    busy: Busy = ()


def timetable(flat: FlatProblem, kind: int, trips: Trips) -> list[int] | None:
    """Return when each visit begins, leaving late for the earliest return.

    The first entry is the departure, the last the return.
    """
    nodes = chain(flat, kind, trips)
    vehicle = flat.kinds[kind]
    early = earliest(flat, kind, nodes, vehicle.shift_start_s)
    if early is None or early[-1] > vehicle.shift_end_s:
        return None
    late = latest(flat, kind, nodes, early[-1])
    assert late is not None  # early is one way to be back by then
    return earliest(flat, kind, nodes, late[0])


def chain(flat: FlatProblem, kind: int, trips: Trips) -> list[int]:
    """Return the nodes of all trips, with the depot before, between and after them."""
    depot = flat.kinds[kind].depot
    nodes = [depot]
    for trip in trips:
        nodes += trip
        nodes.append(depot)
    return nodes


def _segments(flat: FlatProblem, kind: int, trips: Trips) -> list[Segment] | None:
    """Return the room left on each trip, None when one is overloaded."""
    payload, room = flat.payload[kind], flat.room[kind]
    mass, volume, pickup = flat.mass, flat.volume, flat.pickup
    segments: list[Segment] = []
    low = 0
    for number, trip in enumerate(trips):
        mass_out = volume_out = mass_back = volume_back = 0
        turn = low
        for place, node in enumerate(trip):
            if pickup[node]:
                mass_back += mass[node]
                volume_back += volume[node]
            else:
                if turn < low + place:
                    return None  # a delivery behind a pickup
                mass_out += mass[node]
                volume_out += volume[node]
                turn += 1
        rest = (payload - mass_out, room - volume_out, payload - mass_back, room - volume_back)
        if min(rest) < 0:
            return None
        high = low + len(trip)
        segments.append((number, low, turn, high, *rest))
        low = high + 1
    return segments


def tour_builder(flat: FlatProblem) -> Callable[[int, Trips], Tour | None]:
    """Return a function that makes the tour of a kind of vehicle over trips.

    The function returns None when the tour would break a limit.
    """

    def build(kind: int, trips: Trips) -> Tour | None:
        vehicle = flat.kinds[kind]
        if len(trips) > vehicle.max_trips:
            return None
        segments = _segments(flat, kind, trips)
        if segments is None:
            return None
        nodes = chain(flat, kind, trips)
        before, after = nodes[:-1], nodes[1:]
        early = earliest(flat, kind, nodes, vehicle.shift_start_s)
        if early is None or early[-1] > vehicle.shift_end_s:
            return None
        due = latest(flat, kind, nodes, vehicle.shift_end_s)
        if due is None:
            return None
        service, costs = flat.service, flat.cost[kind]
        times, lengths = flat.duration[kind], flat.distance[kind]
        ready = [at + service[node] for at, node in zip(early, before, strict=False)]
        if len(trips) > 1 and vehicle.reload_s:
            for segment in segments[1:]:
                ready[segment[1]] += vehicle.reload_s
        edge = [costs[a][b] for a, b in pairwise(nodes)]
        distance = sum([lengths[a][b] for a, b in pairwise(nodes)])
        if distance > flat.max_distance[kind]:
            return None
        cost = vehicle.fixed_cost + sum(edge)
        work = lasts = 0
        longest = flat.max_duration[kind]
        if vehicle.cost_per_s or longest < NO_LIMIT:
            work = sum([times[a][b] + service[b] for a, b in pairwise(nodes)])
            work += vehicle.reload_s * (len(trips) - 1)
            lasts = early[-1] - early[0]
            if lasts > work:
                late = latest(flat, kind, nodes, early[-1])
                assert late is not None  # early is one way to be back by then
                lasts = early[-1] - late[0]
            if lasts > longest:
                return None
            # The edges hold driving and serving already; reloading and waiting remain.
            driven = work - vehicle.reload_s * (len(trips) - 1)
            cost += vehicle.cost_per_s * (lasts - driven)
        tour = Tour(
            kind, trips, before, after, ready, due[1:], edge, segments, cost, distance, work
        )
        return as_driven(flat, tour, lasts) if flat.driven else tour

    return build


def as_driven(
    flat: FlatProblem, tour: Tour, lasts: int = 0, start_s: int | None = None
) -> Tour | None:
    """Return a tour with its run, None when breaks, nights or closed legs forbid it.

    Args:
        flat: The problem.
        tour: The tour; its cost is for *lasts* seconds away.
        lasts: Time away that its cost counts [s].
        start_s: Departure [s]; as good a one as is found when None.
    """
    vehicle = flat.kinds[tour.kind]
    nodes = chain(flat, tour.kind, tour.trips)
    run = (
        best_run(flat, tour.kind, nodes)
        if start_s is None
        else run_from(flat, tour.kind, nodes, start_s)
    )
    if (
        run is None
        or run.end > vehicle.shift_end_s
        or run.end - run.start > flat.max_duration[tour.kind]
    ):
        return None
    return tour._replace(
        run=run,
        busy=busy(flat, tour.trips, run),
        cost=tour.cost + vehicle.cost_per_s * (run.end - run.start - lasts),
    )


def with_escorts(flat: FlatProblem, tour: Tour, others: list[Busy]) -> Tour | None:
    """Return a tour at a time at which there are escorts for it, None when there is none.

    It leaves as it would without others, or when somebody comes back from one of them.
    """
    if enough(flat, tour.busy, others):
        return tour
    assert tour.run is not None  # somebody rides along, so it was driven
    lasts = tour.run.end - tour.run.start
    for start_s in free_times(tour.busy, others):
        later = as_driven(flat, tour, lasts, start_s)
        if later is not None and enough(flat, later.busy, others):
            return later
    return None


def gap_finder(  # noqa: PLR0915 - hot, kept flat
    flat: FlatProblem,
    rnd: Callable[[], float],
    blink: float,
    build: Callable[[int, Trips], Tour | None],
) -> Callable[[int, Tour, int], tuple[int, int, int] | None]:
    """Return a function that finds the cheapest gap of a tour for a client.

    The function takes the client's node, the tour and the cost to beat; it returns the
    cost, the trip and the place within the trip, None when nothing cheaper fits. At
    the rate *blink* a gap is overlooked, which keeps the search from going stale.
    """
    mass, volume, service = flat.mass, flat.volume, flat.service
    opens, closes, several = flat.opens, flat.closes, flat.several
    kinds = flat.kinds
    waits = has_clock(flat)
    # Into a client from each node: columns of the matrices, made when first needed.
    columns: dict[tuple[int, int], tuple[list[int], list[int]]] = {}

    def into(kind: int, node: int) -> tuple[list[int], list[int]]:
        made = columns[kind, node] = (
            [row[node] for row in flat.cost[kind]],
            [row[node] for row in flat.duration[kind]],
        )
        return made

    def find(node: int, tour: Tour, beat: int) -> tuple[int, int, int] | None:  # noqa: PLR0912, PLR0915 - hot, kept flat
        kind = tour.kind
        costs_in, times_in = columns.get((kind, node)) or into(kind, node)
        costs_out, times_out = flat.cost[kind][node], flat.duration[kind][node]
        takes, first, last = service[node], opens[node], closes[node]
        windows, closed = several[node], kinds[kind].closed
        far_in = flat.distance[kind]
        room_m = flat.max_distance[kind] - tour.distance
        room_s = flat.max_duration[kind] - tour.work
        measured = flat.max_distance[kind] < NO_LIMIT
        hurried = flat.max_duration[kind] < NO_LIMIT
        best: tuple[int, int, int] | None = None
        for number, low, turn, high, mass_out, vol_out, mass_back, vol_back in tour.segments:
            if flat.pickup[node]:
                start, stop = turn, high
                fits = mass_back >= mass[node] and vol_back >= volume[node]
            else:
                start, stop = low, turn
                fits = mass_out >= mass[node] and vol_out >= volume[node]
            if not fits:
                continue
            for gap in range(start, stop + 1):
                a, b = tour.before[gap], tour.after[gap]
                extra = costs_in[a] + costs_out[b] - tour.edge[gap]
                if extra >= beat:
                    continue
                if closed:
                    at = arrive(closed, tour.ready[gap], times_in[a])
                else:
                    at = tour.ready[gap] + times_in[a]
                if at > last:
                    break
                if windows is not None:
                    found = opening(windows, at)
                    assert found is not None  # not after the last closing
                    at = found
                elif at < first:
                    at = first
                at += takes
                if closed:
                    at = arrive(closed, at, times_out[b])
                else:
                    at += times_out[b]
                if at > tour.due[gap] or rnd() < blink:
                    continue
                if measured and far_in[a][node] + far_in[node][b] - far_in[a][b] > room_m:
                    continue
                if hurried:
                    # Without waiting it takes this much longer; with, the clock decides.
                    longer = times_in[a] + takes + times_out[b] - flat.duration[kind][a][b]
                    if (not waits and longer > room_s) or (
                        waits
                        and build(kind, grown(tour.trips, number, gap - low, node)) is None
                    ):
                        continue
                if (
                    flat.driven
                    and build(kind, grown(tour.trips, number, gap - low, node)) is None
                ):
                    continue
                beat = extra
                best = (extra, number, gap - low)
        return best

    return find


def grown(trips: Trips, number: int, place: int, node: int) -> Trips:
    """Return the trips with the node put into one of them; a new trip if it is the last.

    Example:
        >>> grown(((1, 2), (3,)), 1, 0, 9)
        ((1, 2), (9, 3))
    """
    if number == len(trips):
        return (*trips, (node,))
    trip = trips[number]
    longer = (*trip[:place], node, *trip[place:])
    if len(trips) == 1:
        return (longer,)
    return (*trips[:number], longer, *trips[number + 1 :])


def has_room(flat: FlatProblem, node: int, segment: Segment) -> bool:
    """Return whether a trip has room for the load of one more stop."""
    mass, volume = segment[6:8] if flat.pickup[node] else segment[4:6]
    return mass >= flat.mass[node] and volume >= flat.volume[node]
