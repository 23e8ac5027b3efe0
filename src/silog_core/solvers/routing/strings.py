"""Ruin and recreate by strings, many thousand times a second.

A plan is two lists of neighbours, and one step of the search touches a handful of
numbers. Everything lives in flat lists bound to local names; that is what makes the loop
fast, and why it is long.
"""

from __future__ import annotations

import math
import random
from bisect import bisect_left
from typing import TYPE_CHECKING

from silog_core.solvers.routing.clock import closing, opening
from silog_core.solvers.routing.flat import NO_LIMIT, FlatProblem
from silog_core.solvers.routing.simple import (
    SimpleProblem,
    insertion_orders,
    neighbours,
    rising,
)

if TYPE_CHECKING:
    from collections.abc import Iterable

    from silog_core.domain.stopping import Gauge
    from silog_core.solvers.routing.tours import Tour, Trips

#: Average number of stops taken out, longest string, share of gaps overlooked.
REMOVED, LONGEST, BLINK = 10.0, 10, 0.01
#: Neighbours tried for a stop, and neighbours that a ruin may reach.
NEAR, REACH = 100, 200
#: A neighbour farther than this many times the best detour so far ends the look-out.
FARTHER = 1.5
#: Share of steps that price a new vehicle by the part of it that the stop fills.
SOFT = 0.1
#: Start and end of the annealing, in average edges of the first plan.
HOT, COLD = 1.0, 0.015


def search(  # noqa: PLR0912, PLR0915 - one hot loop, kept flat for speed
    flat: FlatProblem,
    given: SimpleProblem,
    start: Iterable[Tour],
    seed: int,
    gauge: Gauge,
) -> tuple[list[tuple[int, Trips]], int]:
    """Search until the gauge is full.

    Args:
        flat: The problem.
        given: The same as flat lists, from `as_simple_problem`.
        start: Sound tours of one trip to begin with; may be empty.
        seed: Start of the random numbers.
        gauge: Says when to stop.

    Returns:
        The best tours met, as kinds and trips, and the iterations made.
    """
    rng = random.Random(seed)  # noqa: S311 - a search, not a secret
    rnd, log, exp, inf = rng.random, math.log, math.exp, math.inf
    dist, times, service, timed = given.distance, given.times, given.service, given.timed
    load_of, bulk_of, several = given.load, given.bulk, given.several
    opens, closes = given.opens, given.closes
    depot, capacity, space = given.depot, given.capacity, given.space
    fixed, unit, alone = given.fixed, given.unit, given.alone
    farthest, longest, left = given.farthest, given.longest, list(given.count)
    nodes, depots, size = flat.clients, flat.first_client, flat.size
    total = len(nodes)
    kinds = [k for k in range(len(depot)) if left[k] > 0]
    # Plain: one kind of vehicle, and one size to fill.
    plain = len(kinds) == 1 and not timed and not any(bulk_of)
    plain = plain and farthest[kinds[0]] == longest[kinds[0]] == NO_LIMIT
    mixed = len(kinds) > 1 and any(fixed)
    roomiest = max([capacity[k] for k in kinds], default=-1)
    # Kinds that can take over a tour, smallest first.
    stand_in = [
        sorted((k for k in kinds if depot[k] == depot[other]), key=lambda k: capacity[k])
        for other in range(len(depot))
    ]
    sizes = [[capacity[k] for k in ks] for ks in stand_in]
    ordered = [rising(given, ks) for ks in stand_in]
    near = neighbours(dist, nodes, min(REACH, total))
    near_by = [js[1 : NEAR + 1] for js in near]

    # The plan: each client's neighbours, the edges to them, and its tour.
    after, before = [0] * size, [0] * size
    edge_out, edge_in = [0.0] * size, [0.0] * size
    tour_of = [-1] * size
    # Earliest time to leave a node, latest time to begin there; fixed for the depots.
    ready, due = [*given.leave, *[-1] * total], [*given.back, *[-1] * total]
    ready += [-1] * (size - len(ready))
    due += [-1] * (size - len(due))
    # Each tour; the last entry stands for "in no tour" and is always full.
    tours = min(total, sum(left))
    load = [0] * tours + [2 * NO_LIMIT]
    # How full a tour counts when a gap is looked for. A tour that this step has touched
    # may get a larger vehicle, every other one only fills the vehicle that it has.
    fill = load if plain else load[:]
    bulk, work = [0] * tours, [0] * tours
    stops, first, last = [0] * tours, [0] * tours, [0] * tours
    kind_of, length = [0] * tours, [0.0] * tours
    spare = list(range(tours - 1, -1, -1))
    running = 0

    home = [min([dist[depot[k]][c] for k in kinds], default=0.0) for c in range(size)]
    penalty = 10 * max(home) * max(unit) + 2 * max(fixed) + 1
    orders = [keys.__getitem__ for keys in insertion_orders(given, home)]
    shuffled = []
    for _ in range(min(64, 4 + total)):
        order = list(range(size))
        rng.shuffle(order)
        shuffled.append(order.__getitem__)
    mixes, ways = len(shuffled), len(orders) + 4

    def price(r: int, detour: float, c: int, p: int, q: int) -> float:
        """Return what a detour costs a tour, which may need a larger vehicle for it."""
        if timed:
            at = ready[p] + times[p][c]
            if at < opens[c]:
                at = opens[c]
            elif at > closes[c]:
                return inf
            elif several[c]:
                at = opening(several[c] or (), at) or 0
            if at + service[c] + times[c][q] > due[q]:
                return inf
        kind, full, far = kind_of[r], load[r] + load_of[c], length[r] + detour
        stuffed = bulk[r] + bulk_of[c]
        long = work[r] + times[p][c] + times[c][q] - times[p][q] + service[c]
        if (
            full <= capacity[kind]
            and stuffed <= space[kind]
            and far <= farthest[kind]
            and long <= longest[kind]
        ):
            return detour * unit[kind]
        now = fixed[kind] + unit[kind] * length[r]
        ks, least = stand_in[kind], inf
        for i in range(bisect_left(sizes[kind], full), len(ks)):
            k = ks[i]
            if left[k] and stuffed <= space[k] and far <= farthest[k] and long <= longest[k]:
                least = min(least, fixed[k] + unit[k] * far - now)
                if ordered[kind]:
                    break
        return least

    def retype(r: int, detour: float, longer: int) -> float:
        """Change the length of a tour, give it the cheapest vehicle, return the cost.

        Infinite when no vehicle can drive it.
        """
        old = kind_of[r]
        was = fixed[old] + unit[old] * length[r]
        far = length[r] = length[r] + detour
        long = work[r] = work[r] + longer
        ks, best, least = stand_in[old], old, inf
        for i in range(bisect_left(sizes[old], load[r]), len(ks)):
            k = ks[i]
            if (
                (left[k] or k == old)
                and bulk[r] <= space[k]
                and far <= farthest[k]
                and long <= longest[k]
            ):
                cost = fixed[k] + unit[k] * far
                if cost < least:
                    best, least = k, cost
                if ordered[old]:
                    break
        if best != old:
            left[old] += 1
            left[best] -= 1
            kind_of[r] = best
        return least - was

    def later(c: int) -> bool:
        """Renew the earliest times from a client on; return whether all is in time."""
        while c >= depots:
            p = before[c]
            at = ready[p] + times[p][c]
            if at < opens[c]:
                at = opens[c]
            elif at > closes[c]:
                return False
            elif several[c]:
                at = opening(several[c] or (), at) or 0
            at += service[c]
            if at == ready[c]:
                return True
            ready[c] = at
            if at + times[c][after[c]] > due[after[c]]:
                return False
            c = after[c]
        return True

    def sooner(c: int) -> None:
        """Renew the latest times from a client back."""
        while c >= depots:
            q = after[c]
            at = due[q] - times[c][q] - service[c]
            if at > closes[c]:
                at = closes[c]
            elif several[c]:
                found = closing(several[c] or (), at)
                at = -1 if found is None else found
            if at == due[c]:
                return
            due[c] = at
            c = before[c]

    cost = 0.0
    absent: list[int] = list(nodes)
    for tour in start:
        kind, stretch = tour.kind, tour.trips[0]
        r = spare.pop()
        running += 1
        left[kind] -= 1
        kind_of[r], stops[r] = kind, len(stretch)
        load[r] = sum([load_of[c] for c in stretch])
        bulk[r] = sum([bulk_of[c] for c in stretch])
        first[r], last[r] = stretch[0], stretch[-1]
        way = [depot[kind], *stretch, depot[kind]]
        for p, c, q in zip(way, way[1:], way[2:], strict=False):
            before[c], after[c], tour_of[c] = p, q, r
            edge_in[c], edge_out[c] = dist[p][c], dist[c][q]
            length[r] += dist[p][c]
            work[r] += times[p][c] + service[c]
        length[r] += edge_out[last[r]]
        work[r] += times[last[r]][depot[kind]]
        if timed:
            sooner(last[r])
            later(first[r])
        if not plain:
            fill[r] = load[r] + roomiest - capacity[kind]
        cost += fixed[kind] + unit[kind] * length[r]
        gone = set(stretch)
        absent = [c for c in absent if c not in gone]
    cost += penalty * len(absent)

    best_cost, best_plan = inf, ([*after], [*tour_of], [*kind_of], [*first])
    step, used, check = 0, gauge.used(0, 0), 1
    limit = (gauge.max_iterations or 2**62) if total > 1 else 0
    heat = cold = 0.0
    while used < 1.0 and step <= limit:
        if step >= check:
            check = step + 32
            used = gauge.used(step, int(best_cost))
            if not heat:
                alive = {r for r in tour_of if r >= 0}
                priced = cost - penalty * len(absent)
                priced -= sum([fixed[kind_of[r]] for r in alive])
                heat = HOT * max(priced, 1.0) / (total + running)
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
            saved = kind_of[:], length[:], left[:], fill[:], work[:], bulk[:]
            if timed:
                clocks = ready[:], due[:]
        for c in near[centre] if wanted else ():
            r = tour_of[c]
            if r < 0 or r in hit or r in emptied:
                continue
            hit.add(r)
            there = stops[r]
            span = int(rnd() * (cut_most if cut_most < there else there)) + 1
            span = min(span, there)
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
                    bulk[r] -= sum([bulk_of[w] for w in part])
                    shorter = times[p][q] - times[p][part[0]]
                    for w in part:
                        shorter -= times[w][after[w]] + service[w]
                    new += retype(r, edge - gain, shorter)
                    if timed:
                        sooner(p)
                        if not later(q):
                            new = inf
                fill[r] = load[r]
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
                    length[r], work[r], bulk[r] = 0.0, 0, 0
                left[k] += 1
            if len(hit) + len(emptied) >= wanted:
                break

        # Recreate: put each stop where it costs least.
        u = int(rnd() * ways) - 4
        removed.sort(key=orders[u] if u >= 0 else shuffled[int(rnd() * mixes)])
        added: list[tuple[int, int, int, int]] = []
        soft = mixed and step > 0 and rnd() < SOFT
        lost: list[int] = []
        new -= penalty * len(absent)
        for c in removed if new < inf else ():
            row, most = dist[c], roomiest - load_of[c]
            best, best_kind = inf, -1
            for k in kinds:
                if left[k]:
                    x = alone[k][c]
                    if soft:
                        x *= load_of[c] / capacity[k]
                    if x < best:
                        best, best_kind = x, k
            at, behind, reach = -1, True, best * FARTHER
            for j in near_by[c]:
                if fill[tour_of[j]] <= most:
                    dj = row[j]
                    if dj > reach:
                        break
                    x = dj + row[after[j]] - edge_out[j]
                    if (
                        x < best
                        and rnd() > BLINK
                        and (plain or (x := price(tour_of[j], x, c, j, after[j])) < best)
                    ):
                        best, at, behind, reach = x, j, True, x * FARTHER
                    x = dj + row[before[j]] - edge_in[j]
                    if (
                        x < best
                        and rnd() > BLINK
                        and (plain or (x := price(tour_of[j], x, c, before[j], j)) < best)
                    ):
                        best, at, behind, reach = x, j, False, x * FARTHER
            # Gaps at the depot are near no client, and often the best.
            for r in hit:
                if load[r] <= most:
                    j = first[r]
                    x = row[before[j]] + row[j] - edge_in[j]
                    if (
                        x < best
                        and rnd() > BLINK
                        and (plain or (x := price(r, x, c, before[j], j)) < best)
                    ):
                        best, at, behind = x, j, False
                    j = last[r]
                    x = row[after[j]] + row[j] - edge_out[j]
                    if (
                        x < best
                        and rnd() > BLINK
                        and (plain or (x := price(r, x, c, j, after[j])) < best)
                    ):
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
                length[r] = 2 * row[p]
                work[r] = times[p][c] + service[c] + times[c][p]
                bulk[r] = bulk_of[c]
                fill[r] = load[r] = load_of[c]
                stops[r] = 1
                new += fixed[best_kind] + length[r] * unit[best_kind]
            else:
                r = tour_of[at]
                if behind:
                    p, q = at, after[at]
                else:
                    p, q = before[at], at
                hit.add(r)
                load[r] += load_of[c]
                fill[r] = load[r]
                stops[r] += 1
                after[c], before[c] = q, p
                edge_in[c] = x = row[p]
                edge_out[c] = y = row[q]
                if plain:
                    new += best
                else:
                    bulk[r] += bulk_of[c]
                    longer = times[p][c] + times[c][q] - times[p][q] + service[c]
                    new += retype(r, x + y - dist[p][q], longer)
                if p >= depots:
                    after[p], edge_out[p] = c, x
                else:
                    first[r] = c
                if q >= depots:
                    before[q], edge_in[q] = c, y
                else:
                    last[r] = c
            tour_of[c] = r
            if timed:
                ready[c] = due[c] = -1
                sooner(c)
                later(c)
            added.append((c, p, q, r))
        new += penalty * len(lost)
        step += 1

        if new <= cost or (step > 1 and new < cost - warmth * log(1.0 - rnd())):
            cost, absent = new, lost
            if not plain:
                for r in hit:
                    fill[r] = load[r] + roomiest - capacity[kind_of[r]]
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
            kind_of[:], length[:], left[:], fill[:], work[:], bulk[:] = saved
            if timed:
                ready[:], due[:] = clocks
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
