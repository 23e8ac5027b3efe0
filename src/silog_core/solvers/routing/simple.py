"""The problems that the fast core takes, as flat lists.

One profile with symmetric distances, one trip for each vehicle, everybody must be
served; beyond that vehicles may differ by depot, size and price, tours may be limited
in length and time, and stops may have windows.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

import attrs

from silog_core.domain.routing import FOREVER_S, Matrix, Window
from silog_core.solvers.routing.flat import NO_LIMIT, FlatProblem

if TYPE_CHECKING:
    import random

    from silog_core.domain.routing import VehicleType


@attrs.frozen(kw_only=True)
class SimpleProblem:
    """Lists by node (depots first, then clients) and by kind of vehicle.

    Costs are divided by the lowest price of a metre, so that the bare distance of a
    detour is never above what the detour costs. They are floats that hold whole
    numbers, exact far beyond any cost met here, and add faster than ``int``.
    """

    distance: list[list[float]]
    times: Matrix
    service: list[int]
    #: Two dimensions of a load; the second is all zero when it cannot bind.
    load: list[int]
    bulk: list[int]
    opens: list[int]
    closes: list[int]
    several: list[tuple[Window, ...] | None]
    #: For each depot, the earliest departure and the latest return.
    leave: list[int]
    back: list[int]
    #: True when windows or shifts decide; False when only lengths do.
    timed: bool
    depot: list[int]
    capacity: list[int]
    space: list[int]
    fixed: list[float]
    unit: list[float]
    count: list[int]
    farthest: list[int]
    longest: list[int]
    #: By kind and node: what a vehicle for this stop alone costs; infinite if it cannot.
    alone: list[list[float]]


def as_simple_problem(flat: FlatProblem) -> SimpleProblem | None:
    """Return the lists, None when the problem is richer than the fast core."""
    kinds, problem = flat.kinds, flat.problem
    profile = problem.profiles[kinds[0].profile]
    rows = profile.distance_m
    shifts = [_shift(flat, k) for k in kinds]
    timed = (
        any(flat.opens[flat.first_client :])
        or min(flat.closes[flat.first_client :]) < FOREVER_S
        or any(end < FOREVER_S for _, end in shifts)
    )
    if (
        len({k.profile for k in kinds}) > 1
        or len({(k.depot, *shift) for k, shift in zip(kinds, shifts, strict=True)})
        > len({k.depot for k in kinds})
        or any(flat.several[: flat.first_client])
        or any(flat.barred)
        or any(flat.pickup)
        or flat.driven
        or any(not c.required or c.priority for c in problem.clients)
        or any(k.cost_per_m < 1 or k.cost_per_s or k.closed or k.max_trips > 1 for k in kinds)
        or (timed and min(flat.max_duration) < NO_LIMIT)
        or any(
            row != column for row, column in zip(rows, zip(*rows, strict=True), strict=True)
        )
    ):
        return None
    there = [k for k, left in zip(kinds, flat.left, strict=True) if left > 0] or kinds
    cheapest = min(k.cost_per_m for k in there)
    by_mass = any(flat.mass) and min(flat.payload) < NO_LIMIT
    by_volume = any(flat.volume) and min(flat.room) < NO_LIMIT
    none, endless = [0] * flat.size, [NO_LIMIT] * len(kinds)
    first = (flat.mass, flat.payload) if by_mass or not by_volume else (flat.volume, flat.room)
    second = (flat.volume, flat.room) if by_mass and by_volume else (none, endless)
    leave, back = [0] * flat.first_client, [0] * flat.first_client
    for kind, (start, end) in zip(kinds, shifts, strict=True):
        leave[kind.depot], back[kind.depot] = start, end
    pool: dict[int, float] = {}
    made = SimpleProblem(
        # Equal numbers share one object, which keeps the matrix in the cache.
        distance=[[pool.setdefault(d, float(d)) for d in row] for row in rows],
        times=profile.duration_s,
        service=flat.service,
        load=first[0],
        bulk=second[0],
        opens=flat.opens,
        closes=flat.closes,
        several=flat.several,
        leave=leave,
        back=back,
        timed=timed,
        depot=[k.depot for k in kinds],
        capacity=first[1],
        space=second[1],
        fixed=[k.fixed_cost / cheapest for k in kinds],
        unit=[k.cost_per_m / cheapest for k in kinds],
        count=list(flat.left),
        farthest=flat.max_distance,
        longest=flat.max_duration,
        alone=[],
    )
    return attrs.evolve(made, alone=[_alone(made, flat, k) for k in range(len(kinds))])


def _shift(flat: FlatProblem, kind: VehicleType) -> tuple[int, int]:
    """Return the earliest departure and the latest return."""
    return (
        max(kind.shift_start_s, flat.opens[kind.depot]),
        min(kind.shift_end_s, flat.closes[kind.depot]),
    )


def _alone(given: SimpleProblem, flat: FlatProblem, kind: int) -> list[float]:
    """Return by node what a tour to it alone costs."""
    # Imported late: tours are the richer core's, which knows every limit.
    from silog_core.solvers.routing.tours import tour_builder

    build = tour_builder(flat)
    depot, unit, fixed = given.depot[kind], given.unit[kind], given.fixed[kind]
    costs = [float("inf")] * flat.size
    easy = (
        not given.timed
        and given.farthest[kind] == NO_LIMIT
        and given.longest[kind] == NO_LIMIT
    )
    for c in flat.clients:
        if easy:
            fits = given.load[c] <= given.capacity[kind] and given.bulk[c] <= given.space[kind]
        else:
            fits = build(kind, ((c,),)) is not None
        if fits:
            costs[c] = fixed + unit * 2 * given.distance[depot][c]
    return costs


def neighbours(rows: list[list[float]], nodes: list[int], reach: int) -> list[tuple[int, ...]]:
    """Return for each of *nodes* the nearest others, itself first.

    Example:
        >>> neighbours([[0.0, 2.0, 1.0], [2.0, 0.0, 3.0], [1.0, 3.0, 0.0]], [0, 1, 2], 2)
        [(0, 2, 1), (1, 0, 2), (2, 0, 1)]
    """
    near: list[tuple[int, ...]] = [()] * len(rows)
    for c in nodes:
        order = sorted(nodes, key=rows[c].__getitem__)[: reach + 1]
        near[c] = (c, *[j for j in order if j != c])
    return near


def rising(given: SimpleProblem, kinds: list[int]) -> bool:
    """Return whether of two kinds in a row the later one can more and costs more."""
    return all(
        getattr(given, name)[a] <= getattr(given, name)[b]
        for a, b in pairwise(kinds)
        for name in ("fixed", "unit", "space", "farthest", "longest")
    )


def insertion_orders(given: SimpleProblem, home: list[float]) -> list[list[float]]:
    """Return the keys by which stops are sorted before they are put back.

    Large loads first and far stops first, as often as in the paper; where windows
    decide, also narrow and early ones first and late ones last.
    """
    orders: list[list[float]] = [[-float(q) for q in given.load]] * 4
    orders += [[-d for d in home]] * 2 + [home]
    if given.timed:
        opens, closes = given.opens, given.closes
        orders += [[float(b - a) for a, b in zip(opens, closes, strict=True)]] * 2
        orders += [[float(a) for a in opens]] * 2
        orders += [[-float(b) for b in closes]] * 2
    return orders


def shuffles(rng: random.Random, size: int, number: int) -> list[list[int]]:
    """Return some orders of all nodes; sorting by one of them shuffles without a call."""
    orders = [list(range(size)) for _ in range(number)]
    for order in orders:
        rng.shuffle(order)
    return orders
