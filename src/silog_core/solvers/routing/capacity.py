"""Ruin and recreate for problems of capacity and length alone, many times a second.

Most published problems, and many real ones, know no clock: vehicles differ by depot,
capacity and price, and a tour may be limited in length. Then a plan is two lists of
neighbours, and one step of the search touches a handful of numbers. Everything lives in
flat lists bound to local names; that is what makes the loop fast, and why it is long.

Costs are floats that hold whole numbers, which are exact far beyond any cost met here
and add faster than ``int``. They are divided by the lowest price of a metre, so that
the bare distance of a detour is never above what the detour costs.
"""

from __future__ import annotations

import math
import random
from typing import TYPE_CHECKING

import attrs

from silog_core.solvers.routing.flat import NO_LIMIT, FlatProblem, has_clock

if TYPE_CHECKING:
    from collections.abc import Iterable

    from silog_core.domain.stopping import Gauge
    from silog_core.solvers.routing.tours import Trips

#: Average number of stops taken out, longest string, share of gaps overlooked.
REMOVED, LONGEST, BLINK = 10.0, 10, 0.01
#: Neighbours tried for a stop, and neighbours that a ruin may reach.
NEAR, REACH = 100, 200
#: A neighbour farther than this many times the best detour so far ends the look-out.
FARTHER = 1.5
#: Start and end of the annealing, in average edges of the first plan.
HOT, COLD = 1.5, 0.015


@attrs.frozen(kw_only=True)
class CapacityProblem:
    """What remains of a problem that knows no clock."""

    #: Distances as floats; depots first, then clients.
    distance: list[list[float]]
    load: list[int]
    #: Counts towards the length of a tour besides its distance.
    extra: list[float]
    depot: list[int]
    capacity: list[int]
    fixed: list[float]
    unit: list[float]
    count: list[int]
    longest: float


def as_capacity_problem(flat: FlatProblem) -> CapacityProblem | None:
    """Return the problem without its clock, None when the clock matters."""
    kinds, problem = flat.kinds, flat.problem
    nodes = flat.clients
    rows = problem.profiles[kinds[0].profile].distance_m
    if (
        has_clock(flat)
        or len({k.profile for k in kinds}) > 1
        or len({k.max_distance_m for k in kinds}) > 1
        or len({k.max_duration_s for k in kinds}) > 1
        or any(flat.barred)
        or any(flat.pickup)
        or any(not c.required or c.priority for c in problem.clients)
        or any(k.cost_per_m < 1 or k.cost_per_s for k in kinds)
        or not flat.clients
    ):
        return None
    by_mass = any(flat.mass[c] for c in nodes) and min(flat.payload) < NO_LIMIT
    by_volume = any(flat.volume[c] for c in nodes) and min(flat.room) < NO_LIMIT
    if by_mass and by_volume:
        return None
    if any(row != col for row, col in zip(rows, zip(*rows, strict=True), strict=True)):
        return None
    longest: float = flat.max_distance[0]
    extra = [0.0] * flat.size
    if flat.max_duration[0] < NO_LIMIT:
        if longest < NO_LIMIT or problem.profiles[kinds[0].profile].duration_s != rows:
            return None
        longest, extra = flat.max_duration[0], [float(s) for s in flat.service]
        if any(extra) and len({k.cost_per_m for k in kinds}) > 1:
            return None
    there = [k for k, left in zip(kinds, flat.left, strict=True) if left > 0] or kinds
    cheapest = min(k.cost_per_m for k in there)
    pool: dict[int, float] = {}
    return CapacityProblem(
        # Equal numbers share one object, which keeps the matrix in the cache.
        distance=[[pool.setdefault(d, float(d)) for d in row] for row in rows],
        load=list(flat.volume if by_volume else flat.mass),
        extra=extra,
        depot=[k.depot for k in kinds],
        capacity=list(flat.room if by_volume else flat.payload),
        fixed=[k.fixed_cost / cheapest for k in kinds],
        unit=[k.cost_per_m / cheapest for k in kinds],
        count=list(flat.left),
        longest=float(longest),
    )


def neighbours(rows: list[list[float]], nodes: list[int], reach: int) -> list[tuple[int, ...]]:
    """Return for each of *nodes* the nearest others, itself first."""
    near: list[tuple[int, ...]] = [()] * len(rows)
    for c in nodes:
        order = sorted(nodes, key=rows[c].__getitem__)[: reach + 1]
        near[c] = (c, *[j for j in order if j != c])
    return near


def search(  # noqa: C901, PLR0912, PLR0915 - one hot loop, kept flat for speed
    flat: FlatProblem,
    given: CapacityProblem,
    start: Iterable[tuple[int, Trips]],
    seed: int,
    gauge: Gauge,
) -> tuple[list[tuple[int, Trips]], int]:
    """Search until the gauge is full.

    Args:
        flat: The problem.
        given: The same without a clock, from `as_capacity_problem`.
        start: Tours to begin with; may be empty.
        seed: Start of the random numbers.
        gauge: Says when to stop.

    Returns:
        The best tours met, as kinds and trips, and the iterations made.
    """
    rng = random.Random(seed)  # noqa: S311 - a search, not a secret
    rnd, log, exp = rng.random, math.log, math.exp
    dist, load_of, extra = given.distance, given.load, given.extra
    depot, capacity, fixed, unit = given.depot, given.capacity, given.fixed, given.unit
    longest, left = given.longest, list(given.count)
    nodes, depots, size = flat.clients, flat.first_client, flat.size
    kinds = [k for k in range(len(depot)) if left[k] > 0]
    plain = len(kinds) == 1 and longest >= NO_LIMIT
    roomiest = max([capacity[k] for k in kinds], default=-1)
    stand_in = [[k for k in kinds if depot[k] == depot[other]] for other in range(len(depot))]
    near = neighbours(dist, nodes, min(REACH, len(nodes)))
    near_by = [js[1 : NEAR + 1] for js in near]
    total = len(nodes)

    # The plan: each client's neighbours, the edges to them, and its tour.
    after, before = [0] * size, [0] * size
    edge_out, edge_in = [0.0] * size, [0.0] * size
    tour_of = [-1] * size
    # Each tour; the last entry stands for "in no tour" and is always full.
    tours = min(total, sum(left))
    load = [0] * tours + [2 * NO_LIMIT]
    stops, first, last = [0] * tours, [0] * tours, [0] * tours
    kind_of, length = [0] * tours, [0.0] * tours
    spare = list(range(tours - 1, -1, -1))
    running = 0

    home = [min([dist[depot[k]][c] for k in kinds], default=0.0) for c in range(size)]
    penalty = 10 * max(home) * max(unit) + 2 * max(fixed) + 1
    orders = [[-q for q in load_of].__getitem__] * 4
    orders += [[-d for d in home].__getitem__] * 2 + [home.__getitem__]
    shuffled = []
    for _ in range(64):
        order = list(range(size))
        rng.shuffle(order)
        shuffled.append(order.__getitem__)

    def price(r: int, detour: float, c: int) -> float:
        """Return what a detour costs a tour that may need a larger vehicle for it."""
        if length[r] + detour + extra[c] > longest:
            return math.inf
        kind, full = kind_of[r], load[r] + load_of[c]
        if full <= capacity[kind]:
            return detour * unit[kind]
        now = fixed[kind] + unit[kind] * length[r]
        far = length[r] + detour
        return min(
            [
                fixed[k] + unit[k] * far - now
                for k in stand_in[kind]
                if capacity[k] >= full and left[k]
            ],
            default=math.inf,
        )

    def retype(r: int, change: float) -> float:
        """Change the length of a tour, give it the cheapest vehicle, return the cost."""
        old = kind_of[r]
        was = fixed[old] + unit[old] * length[r]
        far = length[r] = length[r] + change
        full = load[r]
        best, least = -1, math.inf
        for k in stand_in[old]:
            if capacity[k] >= full and (left[k] or k == old):
                cost = fixed[k] + unit[k] * far
                if cost < least:
                    best, least = k, cost
        if best != old:
            left[old] += 1
            left[best] -= 1
            kind_of[r] = best
        return least - was

    cost = 0.0
    absent: list[int] = list(nodes)
    for kind, trips in start:
        stretch = [c for trip in trips for c in trip]
        way = [depot[kind], *stretch, depot[kind]]
        far = sum([dist[a][b] for a, b in zip(way, way[1:], strict=False)])
        if (
            not left[kind]
            or not stretch
            or sum([load_of[c] for c in stretch]) > capacity[kind]
            or far + sum([extra[c] for c in stretch]) > longest
            or len(trips) > 1
            or not set(stretch) <= set(absent)
        ):
            continue
        r = spare.pop()
        running += 1
        left[kind] -= 1
        kind_of[r], stops[r] = kind, len(stretch)
        load[r] = sum([load_of[c] for c in stretch])
        length[r] = far + sum([extra[c] for c in stretch])
        first[r], last[r] = stretch[0], stretch[-1]
        for p, c, q in zip(way, way[1:], way[2:], strict=False):
            before[c], after[c], tour_of[c] = p, q, r
            edge_in[c], edge_out[c] = dist[p][c], dist[c][q]
        cost += fixed[kind] + unit[kind] * (length[r])
        gone = set(stretch)
        absent = [c for c in absent if c not in gone]
    cost += penalty * len(absent)

    best_cost, best_plan = math.inf, ([*after], [*tour_of], [*kind_of], [*first])
    step, used, check = 0, gauge.used(0, 0), 1
    limit = (gauge.max_iterations or 2**62) if total > 1 else 0
    heat = cold = 0.0
    while used < 1.0 and step <= limit:
        if step >= check:
            check = step + 32
            used = gauge.used(step, int(best_cost))
            if not heat:
                alive = {r for r in tour_of if r >= 0}
                driven = sum(edge_out) + sum([edge_in[first[r]] for r in alive])
                driven *= sum([unit[kind_of[r]] for r in alive]) / max(len(alive), 1)
                heat = HOT * max(driven, 1.0) / (total + running)
                cold = log(COLD / HOT)
            warmth = heat * exp(cold * used)

        # Ruin: cut strings out of the tours around a seed.
        if step:
            spread = total / running if running else 1.0
            cut_most = spread if spread < LONGEST else LONGEST
            wanted = int(rnd() * (4 * REMOVED / (1 + cut_most) - 1)) + 1
            if absent and rnd() < 0.5:
                centre = absent[int(rnd() * len(absent))]
            else:
                centre = nodes[int(rnd() * total)]
        else:
            wanted, centre, cut_most = 0, nodes[0], 1.0
        removed = [*absent]
        cuts: list[tuple[int, int, int, int, float, list[int]]] = []
        hit: set[int] = set()
        emptied: set[int] = set()
        new = cost
        if not plain:
            saved = kind_of[:], length[:], left[:]
        for c in near[centre] if wanted else ():
            r = tour_of[c]
            if r < 0 or r in hit or r in emptied:
                continue
            hit.add(r)
            there = stops[r]
            span = int(rnd() * (cut_most if cut_most < there else there)) + 1
            if span > there:
                span = there
            keep = 0
            if 1 < span < there and rnd() < 0.5:
                keep = 1
                while span + keep < there and rnd() < 0.01:
                    keep += 1
                span += keep
            back = int(rnd() * span)
            w = c
            while back:
                p = before[w]
                if p < depots:
                    break
                w = p
                back -= 1
            string = [w]
            more = span - 1
            while more:
                w = after[w]
                if w < depots:
                    break
                string.append(w)
                more -= 1
            if more:  # the tour ends before the string does: lengthen it backwards
                w = string[0]
                ahead = []
                while more:
                    w = before[w]
                    ahead.append(w)
                    more -= 1
                ahead.reverse()
                string = ahead + string
            if keep:
                at = 1 + int(rnd() * (span - keep - 1))
                parts: tuple[list[int], ...] = (string[:at], string[at + keep :])
            else:
                parts = (string,)
            for part in parts:
                p, q = before[part[0]], after[part[-1]]
                weight, gain = 0, edge_in[part[0]]
                for w in part:
                    weight += load_of[w]
                    gain += edge_out[w]
                    tour_of[w] = -1
                edge = dist[p][q]
                if p >= depots:
                    after[p], edge_out[p] = q, edge
                else:
                    first[r] = q
                if q >= depots:
                    before[q], edge_in[q] = p, edge
                else:
                    last[r] = p
                load[r] -= weight
                stops[r] -= len(part)
                if plain:
                    new += edge - gain
                elif stops[r]:
                    new += retype(r, edge - gain - sum([extra[w] for w in part]))
                cuts.append((p, q, r, weight, gain, part))
                removed += part
            if not stops[r]:
                k = kind_of[r]
                spare.append(r)
                hit.discard(r)
                emptied.add(r)
                running -= 1
                new -= fixed[k]
                if not plain:
                    new -= unit[k] * length[r]
                    length[r] = 0.0
                left[k] += 1
            if len(hit) + len(emptied) >= wanted:
                break

        # Recreate: put each stop where it costs least.
        u = int(rnd() * 11)
        removed.sort(key=shuffled[int(rnd() * 64)] if u > 6 else orders[u])
        added: list[tuple[int, int, int, int]] = []
        lost: list[int] = []
        new -= penalty * len(absent)
        for c in removed:
            row, most = dist[c], roomiest - load_of[c]
            best, best_kind = math.inf, -1
            for k in kinds:
                if left[k] and capacity[k] >= load_of[c]:
                    x = row[depot[k]] * 2
                    if x + extra[c] <= longest:
                        x = fixed[k] + x * unit[k]
                        if x < best:
                            best, best_kind = x, k
            at, behind, reach = -1, True, best * FARTHER
            for j in near_by[c]:
                if load[tour_of[j]] <= most:
                    dj = row[j]
                    if dj > reach:
                        break
                    x = dj + row[after[j]] - edge_out[j]
                    if (
                        x < best
                        and rnd() > BLINK
                        and (plain or (x := price(tour_of[j], x, c)) < best)
                    ):
                        best, at, behind, reach = x, j, True, x * FARTHER
                    x = dj + row[before[j]] - edge_in[j]
                    if (
                        x < best
                        and rnd() > BLINK
                        and (plain or (x := price(tour_of[j], x, c)) < best)
                    ):
                        best, at, behind, reach = x, j, False, x * FARTHER
            # Gaps at the depot are near no client, and often the best.
            for r in hit:
                if load[r] <= most:
                    j = first[r]
                    x = row[before[j]] + row[j] - edge_in[j]
                    if x < best and rnd() > BLINK and (plain or (x := price(r, x, c)) < best):
                        best, at, behind = x, j, False
                    j = last[r]
                    x = row[after[j]] + row[j] - edge_out[j]
                    if x < best and rnd() > BLINK and (plain or (x := price(r, x, c)) < best):
                        best, at, behind = x, j, True
            if at < 0:
                if best_kind < 0:
                    lost.append(c)
                    continue
                r = spare.pop()
                hit.add(r)
                running += 1
                first[r] = last[r] = c
                left[best_kind] -= 1
                kind_of[r] = best_kind
                p = q = depot[best_kind]
                after[c] = before[c] = p
                edge_out[c] = edge_in[c] = row[p]
                length[r] = 2 * row[p] + extra[c]
                load[r] = load_of[c]
                stops[r] = 1
                new += best + extra[c] * unit[best_kind]
            else:
                r = tour_of[at]
                if behind:
                    p, q = at, after[at]
                else:
                    p, q = before[at], at
                hit.add(r)
                load[r] += load_of[c]
                stops[r] += 1
                after[c], before[c] = q, p
                edge_in[c] = x = row[p]
                edge_out[c] = y = row[q]
                if plain:
                    new += best
                else:
                    new += retype(r, x + y - dist[p][q] + extra[c])
                if p >= depots:
                    after[p], edge_out[p] = c, x
                else:
                    first[r] = c
                if q >= depots:
                    before[q], edge_in[q] = c, y
                else:
                    last[r] = c
            tour_of[c] = r
            added.append((c, p, q, r))
        new += penalty * len(lost)
        step += 1

        if new <= cost or new < cost - warmth * log(1.0 - rnd()):
            cost, absent = new, lost
            if cost < best_cost - 1e-6:
                best_cost = cost
                best_plan = ([*after], [*tour_of], [*kind_of], [*first])
            continue
        # Undo, last change first.
        for c, p, q, r in reversed(added):
            edge = dist[p][q]
            if p >= depots:
                after[p], edge_out[p] = q, edge
            else:
                first[r] = q
            if q >= depots:
                before[q], edge_in[q] = p, edge
            else:
                last[r] = p
            load[r] -= load_of[c]
            stops[r] -= 1
            tour_of[c] = -1
            if not stops[r]:
                spare.append(r)
                running -= 1
                left[kind_of[r]] += 1
        for p, q, r, weight, _gain, part in reversed(cuts):
            if not stops[r]:
                if spare[-1] == r:
                    spare.pop()
                else:
                    spare.remove(r)
                running += 1
                left[kind_of[r]] -= 1
            load[r] += weight
            stops[r] += len(part)
            w = p
            for c in part:
                edge = dist[w][c]
                before[c], edge_in[c], tour_of[c] = w, edge, r
                if w >= depots:
                    after[w], edge_out[w] = c, edge
                else:
                    first[r] = c
                w = c
            edge = dist[w][q]
            after[w], edge_out[w] = q, edge
            if q >= depots:
                before[q], edge_in[q] = w, edge
            else:
                last[r] = w
        if not plain:
            kind_of[:], length[:], left[:] = saved
    return _tours(best_plan, depots), min(step, limit)


def _tours(
    plan: tuple[list[int], list[int], list[int], list[int]], depots: int
) -> list[tuple[int, Trips]]:
    """Return the tours of a plan as kinds and trips."""
    after, tour_of, kind_of, first = plan
    found: list[tuple[int, Trips]] = []
    for r in sorted({r for r in tour_of if r >= 0}):
        trip, c = [], first[r]
        while c >= depots:
            trip.append(c)
            c = after[c]
        found.append((kind_of[r], (tuple(trip),)))
    return found
