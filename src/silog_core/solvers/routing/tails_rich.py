"""Exchanges of tails where vehicles differ, tours are limited, or windows decide.

The same moves as for equal vehicles, and two more: a tour is cut in two, or two become
one. What a move is worth depends on the vehicles that the new tours need, so these are
chosen anew; earliest and latest times tell in constant time whether it is in time.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from silog_core.solvers.routing.tail_prices import Move, pricing

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from silog_core.domain.routing import Matrix
    from silog_core.solvers.routing.state import State

#: How much longer tours may get, in temperatures, for an exchange to be priced where
#: other vehicles may make up for it.
SLACK = 1.0


def crossing_rich(  # noqa: PLR0915 - hot, kept flat
    state: State,
    rnd: Callable[[], float],
    near: Sequence[Sequence[int]],
    clock: tuple[Callable[[int], bool], Callable[[int], None]],
) -> Callable[[int, float], float]:
    """Return a function that exchanges tails and returns the change of the cost.

    It takes the number of stops to try and the temperature.

    Args:
        state: The plan that is changed.
        rnd: Gives random numbers from 0 up to 1.
        near: For each stop the neighbours to join it with, nearest first.
        clock: The functions that renew earliest and latest times.
    """
    given, nodes = state.given, state.flat.clients
    dist, times, depot, unit = given.distance, given.times, given.depot, given.unit
    after, before, tour_of = state.after, state.before, state.tour_of
    edge_out, edge_in, kind_of, left = state.edge_out, state.edge_in, state.kind_of, state.left
    work, length, spare, stops = state.work, state.length, state.spare, state.stops
    ready, due, timed, limited = state.ready, state.due, given.timed, state.limited
    farthest, longest, mixed = given.farthest, given.longest, state.mixed
    depots, total, log = state.flat.first_client, len(nodes), math.log
    later, sooner = clock
    # A part driven the other way round takes as long only where times are symmetric.
    turning = not timed and (not limited or _symmetric(times))
    known = set[int]()
    price = pricing(state, known)

    def cross(tries: int, warmth: float) -> float:  # noqa: PLR0912 - hot, kept flat
        """Try some stops; return the change of the cost."""
        change = 0.0
        known.clear()
        for _ in range(tries):
            c = nodes[int(rnd() * total)]
            r = tour_of[c]
            if r < 0:
                continue
            best = limit = -warmth * log(1.0 - rnd())
            a, b, row = after[c], before[c], dist[c]
            out, into, row_a, row_b = edge_out[c], edge_in[c], dist[a], dist[b]
            slack = SLACK * warmth if mixed else 0.0
            most = max(out, into) + limit + slack
            move: Move | None = None
            kinds = [-1, -1]
            home = depot[kind_of[r]]
            option: Move = (r, -1, c, a, home, home, False)
            if mixed and spare and a >= depots and (not timed or in_time(option)):
                x, *pair = price(option)
                if x < best:
                    best, move, kinds = x, option, pair
            for j in near[c]:
                dj = row[j]
                if dj >= most:
                    break
                s = tour_of[j]
                if s < 0 or (s == r and not turning):
                    continue
                p, q, e, f = before[j], after[j], edge_in[j], edge_out[j]
                if s == r:
                    if j in (a, b):
                        continue
                    u = unit[kind_of[r]]
                    for option, x in (
                        ((r, r, c, a, j, q, True), dj - out + row_a[q] - f),
                        ((r, r, b, c, p, j, True), dj - into + row_b[p] - e),
                    ):
                        if x * u < best and (not limited or within(option, x)):
                            best, move = x * u, option
                    continue
                for option, x in (
                    ((r, s, c, a, p, j, False), dj - out + row_a[p] - e),
                    ((r, s, b, c, j, q, False), dj - into + row_b[q] - f),
                    ((r, s, c, a, j, q, True), dj - out + row_a[q] - f),
                    ((r, s, b, c, p, j, True), dj - into + row_b[p] - e),
                ):
                    if x >= best + slack:
                        continue
                    if option[6] and not turning:
                        break
                    if timed and not in_time(option):
                        continue
                    cost, *pair = price(option)
                    if cost < best:
                        best, move, kinds = cost, option, pair
            if move is not None:
                change += best
                join(move, *kinds)
        return change

    def within(move: Move, longer: float) -> bool:
        """Return whether a tour with a part turned round, so much longer, keeps its limits."""
        r, _s, x, x2, y, y2, _turned = move
        kind = kind_of[r]
        slower = times[x][y] + times[x2][y2] - times[x][x2] - times[y][y2]
        return length[r] + longer <= farthest[kind] and work[r] + slower <= longest[kind]

    def in_time(move: Move) -> bool:
        """Return whether the new tours meet all windows."""
        r, s, x, x2, y, y2, _turned = move
        return (
            (s < 0 or depot[kind_of[r]] == depot[kind_of[s]])
            and ready[x] + times[x][y2] <= due[y2]
            and ready[y] + times[y][x2] <= due[x2]
        )

    def join(move: Move, k: int, m: int) -> None:
        """Make the move."""
        r, s, x, _x2, y, _y2, turned = move
        one = state.stops_of(r)
        i = one.index(x) + 1 if x >= depots else 0
        if r == s:
            j = one.index(y) + 1 if y >= depots else 0
            i, j = min(i, j), max(i, j)
            state.lay(r, kind_of[r], one[:i] + one[i:j][::-1] + one[j:])
            known.discard(r)
            return
        if s >= 0:
            two = state.stops_of(s)
            left[kind_of[s]] += 1
            spare.append(s)
        else:
            two = []
        j = two.index(y) + 1 if y >= depots else 0
        left[kind_of[r]] += 1
        spare.append(r)
        for kind, way in (
            (k, one[:i] + (two[:j][::-1] if turned else two[j:])),
            (m, (one[i:][::-1] + two[j:]) if turned else two[:j] + one[i:]),
        ):
            if way:
                t = spare.pop()
                left[kind] -= 1
                state.lay(t, kind, way)
                if timed:
                    for c in way:
                        ready[c] = due[c] = -1
                    sooner(way[-1])
                    later(way[0])
                known.discard(t)
        for t in (r, s):
            if t >= 0 and spare and t in spare[-2:]:
                stops[t] = state.load[t] = state.bulk[t] = work[t] = 0
                length[t] = 0.0
                known.discard(t)

    return cross


def _symmetric(rows: Matrix) -> bool:
    return all(
        tuple(row) == column for row, column in zip(rows, zip(*rows, strict=True), strict=True)
    )
