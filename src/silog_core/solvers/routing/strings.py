"""Ruin and recreate by strings, many thousand times a second.

A plan is two lists of neighbours, and a step touches a handful of numbers. All lists are
bound to local names; that is what makes the loop fast, and why it is long.
"""

from __future__ import annotations

import math
import random
from typing import TYPE_CHECKING

from silog_core.solvers.routing.cooling import Cooling
from silog_core.solvers.routing.quotes import (
    clock_changes,
    exchanging,
    quoting,
    surplus_of,
    vehicle_changes,
)
from silog_core.solvers.routing.simple import (
    SimpleProblem,
    insertion_orders,
    neighbours,
    shuffles,
)
from silog_core.solvers.routing.state import State, tours_of
from silog_core.solvers.routing.tails import crossing
from silog_core.solvers.routing.tails_rich import crossing_rich
from silog_core.solvers.routing.undo import undoing

if TYPE_CHECKING:
    from collections.abc import Iterable

    from silog_core.domain.stopping import Gauge
    from silog_core.solvers.routing.flat import FlatProblem
    from silog_core.solvers.routing.tours import Tour, Trips

#: Average number of stops taken out, longest string, share of gaps overlooked.
REMOVED, LONGEST, BLINK = 10.0, 10, 0.01
#: Neighbours tried for a stop, and neighbours that a ruin may reach.
NEAR, REACH = 100, 200
#: A neighbour farther than this many times the best detour so far ends the look-out.
FARTHER = 2.2
#: Share of steps that price a new vehicle by the part of it that the stop fills.
SOFT = 0.3
#: Share of steps that exchange vehicles at their end only.
LAZY = 0.9
#: Exchanges of tails tried every 32 steps, and neighbours that each looks at.
TRIES, TAILS = 16, 20
RICH_TRIES = 16


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
    rnd, log, inf = rng.random, math.log, math.inf
    state = State(flat, given)
    dist, times, service, timed = given.distance, given.times, given.service, given.timed
    load_of, bulk_of, depot = given.load, given.bulk, given.depot
    capacity, fixed, unit, alone = given.capacity, given.fixed, given.unit, given.alone
    nodes, depots, size = flat.clients, flat.first_client, flat.size
    total, kinds, left = len(nodes), state.kinds, state.left
    scarce = min(left) < total
    mixed, plain, roomiest = state.mixed, state.plain, state.roomiest
    near = neighbours(dist, nodes, min(REACH, total))
    near_by = [js[1 : NEAR + 1] for js in near]
    after, before, tour_of = state.after, state.before, state.tour_of
    edge_out, edge_in, ready, due = state.edge_out, state.edge_in, state.ready, state.due
    load, fill, bulk, work = state.load, state.fill, state.bulk, state.work
    stops, first, last = state.stops, state.first, state.last
    kind_of, length, spare = state.kind_of, state.length, state.spare
    quote = quoting(state)
    (retype, same_kind), exchange = vehicle_changes(state), exchanging(state)
    surplus = surplus_of(state)
    later, sooner = clock_changes(state)
    undo, close_by = undoing(state), [js[:TAILS] for js in near_by]
    if plain:
        cross, tries = crossing(state, rnd, close_by), TRIES
    else:
        cross = crossing_rich(state, rnd, close_by, (later, sooner))
        tries = RICH_TRIES

    home = [min([dist[depot[k]][c] for k in kinds], default=0.0) for c in range(size)]
    penalty = 10 * max(home) * max(unit) + 2 * max(fixed) + 1
    orders = [keys.__getitem__ for keys in insertion_orders(given, home)]
    shuffled = [keys.__getitem__ for keys in shuffles(rng, size, min(64, 4 + total))]
    ways = len(orders) + 4

    cost = 0.0
    for tour in start:
        r = state.take(tour)
        if timed:
            sooner(last[r])
            later(first[r])
        cost += fixed[kind_of[r]] + unit[kind_of[r]] * length[r]
    absent = [c for c in nodes if tour_of[c] < 0]
    cost += penalty * len(absent)

    best_cost, best_plan = inf, ([*after], [*tour_of], [*kind_of], [*first])
    step, used, check, cooling = 0, gauge.used(0, 0), 1, None
    limit = (gauge.max_iterations or 2**62) if total > 1 else 0
    while used < 1.0 and step <= limit:
        if step >= check:
            check = step + 32
            used = gauge.used(step, int(best_cost))
            if cooling is None:
                fees = sum([fixed[kind_of[r]] for r in {*tour_of} - {-1}])
                driven = cost - penalty * len(absent) - fees
                edge = max(driven, 1.0) / (total + len(stops) - len(spare))
                cooling = Cooling(stops=total, heat=edge)
            warmth = cooling.warmth(used, step)
            if step:
                cost += cross(tries, warmth)

        # Ruin: cut strings out of the tours around a seed. The second step takes out all
        # that it reaches, to build it again at the softer prices.
        again = mixed and step == 1
        if step:
            running = len(stops) - len(spare)
            cut_most = min(total / running if running else 1.0, LONGEST)
            wanted = int(rnd() * (4 * REMOVED / (1 + cut_most) - 1)) + 1
            if absent and rnd() < 0.5:
                centre = absent[int(rnd() * len(absent))]
            else:
                centre = nodes[int(rnd() * total)]
        else:
            wanted, centre, cut_most = 0, nodes[0], 1.0
        removed = [*absent]
        cuts: list[tuple[int, int, int, int, float, list[int]]] = []
        kept: list[tuple[int, int, float, int, int, int]] = []  # of tours before a change
        hit, emptied = set[int](), set[int]()
        new = cost
        if not plain:
            # Vehicles are mostly exchanged at the end of a step, so that a tour can get
            # back what it lost; now and then at once, so that it can shrink.
            lazy = again or rnd() < LAZY
            change = same_kind if lazy or not mixed else retype
            had = left[:]
            if timed:
                clocks = ready[:], due[:]
        for c in near[centre] if wanted else ():
            r = tour_of[c]
            if r < 0 or r in hit or r in emptied:
                continue
            hit.add(r)
            if not plain:
                kept.append((r, kind_of[r], length[r], fill[r], work[r], bulk[r]))
            there = stops[r]
            span = min(int(rnd() * (cut_most if cut_most < there else there)) + 1, there)
            if again:
                span, wanted = there, total
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
            while more:  # the tour ends before the string does: lengthen it backwards
                string.insert(0, before[string[0]])
                more -= 1
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
                    new += change(r, edge - gain, shorter)
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
                new -= fixed[k]
                if not plain:
                    new -= unit[k] * length[r]
                    length[r], work[r], bulk[r] = 0.0, 0, 0
                left[k] += 1
            if len(hit) + len(emptied) >= wanted:
                break

        # Recreate: put each stop where it costs least.
        u = int(rnd() * ways) - 4
        removed.sort(key=orders[u] if u >= 0 else shuffled[int(rnd() * len(shuffled))])
        added: list[tuple[int, int, int, int]] = []
        soft = mixed and step > 0 and (again or rnd() < SOFT)
        lost: list[int] = []
        new -= penalty * len(absent)
        # What is kept is drawn beforehand: a step that has become too dear can end early.
        dearest = cost - warmth * log(1.0 - rnd()) if step else cost
        enough = dearest
        if mixed and lazy:
            enough = inf if scarce else dearest + sum([surplus(r) for r in hit])
        for c in removed if new < inf else ():
            if new > enough:
                new = inf
                break
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
                        and (plain or (x := quote(tour_of[j], x, c, j, after[j])) < best)
                    ):
                        best, at, behind, reach = x, j, True, x * FARTHER
                    x = dj + row[before[j]] - edge_in[j]
                    if (
                        x < best
                        and rnd() > BLINK
                        and (plain or (x := quote(tour_of[j], x, c, before[j], j)) < best)
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
                        and (plain or (x := quote(r, x, c, before[j], j)) < best)
                    ):
                        best, at, behind = x, j, False
                    j = last[r]
                    x = row[after[j]] + row[j] - edge_out[j]
                    if (
                        x < best
                        and rnd() > BLINK
                        and (plain or (x := quote(r, x, c, j, after[j])) < best)
                    ):
                        best, at, behind = x, j, True
            if at < 0:
                if best_kind < 0:
                    lost.append(c)
                    new += penalty
                    continue
                r = spare.pop()
                hit.add(r)
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
                x = fixed[best_kind] + length[r] * unit[best_kind]
                new += x
                if soft:
                    enough += x - min([alone[k][c] for k in kinds])
            else:
                r = tour_of[at]
                if behind:
                    p, q = at, after[at]
                else:
                    p, q = before[at], at
                if not plain and r not in hit:
                    kept.append((r, kind_of[r], length[r], fill[r], work[r], bulk[r]))
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
                    new += change(r, x + y - dist[p][q], longer)
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
        if mixed and lazy and new < inf:
            if scarce:
                new += exchange(hit)
            new += sum([retype(r, 0.0, 0) for r in hit if stops[r]])
        step += 1

        if new <= dearest:
            cost, absent = new, lost
            if not plain:
                for r in hit:
                    fill[r] = load[r] + roomiest - capacity[kind_of[r]]
            if cost < best_cost - 1e-6:
                best_cost = cost
                best_plan = ([*after], [*tour_of], [*kind_of], [*first])
            continue
        undo(added, cuts)
        if not plain:
            left[:] = had
            for r, k, far, full, long, room in reversed(kept):
                kind_of[r], length[r], fill[r], work[r], bulk[r] = k, far, full, long, room
            if timed:
                ready[:], due[:] = clocks
    return tours_of(best_plan, depots), min(step, limit)
