"""Exchanges of whole tails between tours, and turns within one.

Strings are too short to change which half of the map a long tour serves. Here two tours
are cut and joined crosswise, or a part of one is turned round, wherever that brings two
neighbours together, and the annealing decides as it does for strings.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from silog_core.solvers.routing.state import State


def crossing(  # noqa: PLR0915 - hot, kept flat
    state: State, rnd: Callable[[], float], near: Sequence[Sequence[int]]
) -> Callable[[int, float], float]:
    """Return a function that exchanges tails and returns the change of the cost.

    It takes the number of stops to try and the temperature. It looks at loads only, so it
    is for problems without other limits, where one kind of vehicle serves all.

    Args:
        state: The plan that is changed.
        rnd: Gives random numbers from 0 up to 1.
        near: For each stop the neighbours to join it with, nearest first.
    """
    given = state.given
    dist, load_of, nodes = given.distance, given.load, state.flat.clients
    after, before, tour_of = state.after, state.before, state.tour_of
    edge_out, edge_in, load = state.edge_out, state.edge_in, state.load
    kind_of, depots, total = state.kind_of, state.flat.first_client, len(state.flat.clients)
    capacity, log = given.capacity, math.log

    def cross(tries: int, warmth: float) -> float:  # noqa: PLR0912 - hot, kept flat
        """Try some stops; return the change of the cost."""
        change = 0.0
        for _ in range(tries):
            c = nodes[int(rnd() * total)]
            r = tour_of[c]
            if r < 0:
                continue
            best = limit = -warmth * log(1.0 - rnd())
            a, b, row = after[c], before[c], dist[c]
            out, into, row_a, row_b = edge_out[c], edge_in[c], dist[a], dist[b]
            most, low = max(out, into) + limit, -1
            # Partner, whether the cut is behind the stop and behind the partner, turned.
            move: tuple[int, int, int, int] | None = None
            for j in near[c]:
                dj = row[j]
                if dj >= most:
                    break
                s = tour_of[j]
                if s < 0 or j in (a, b):
                    continue
                p, q, e, f = before[j], after[j], edge_in[j], edge_out[j]
                # Joined to j, with the other ends joined to each other.
                x_out, x_in = dj - out + row_a[q] - f, dj - into + row_b[p] - e
                if s == r:
                    if x_out < best:
                        best, move = x_out, (j, 1, 1, 1)
                    if x_in < best:
                        best, move = x_in, (j, 0, 0, 1)
                    continue
                y_out, y_in = dj - out + row_a[p] - e, dj - into + row_b[q] - f
                if x_out >= best and x_in >= best and y_out >= best and y_in >= best:
                    continue
                if low < 0:
                    low = _load_up_to(c)
                head, pair = _load_up_to(j), load[r] + load[s]
                high, least = capacity[kind_of[r]], pair - capacity[kind_of[s]]
                if x_out < best and least <= low + head <= high:
                    best, move = x_out, (j, 1, 1, 1)
                rest = low - load_of[c] + head - load_of[j]
                if x_in < best and least <= rest <= high:
                    best, move = x_in, (j, 0, 0, 1)
                tail = load[s] - head
                if y_out < best and least <= low + tail + load_of[j] <= high:
                    best, move = y_out, (j, 1, 0, 0)
                if y_in < best and least <= low - load_of[c] + tail <= high:
                    best, move = y_in, (j, 0, 1, 0)
            if move is not None:
                change += best + _join(c, *move)
        return change

    def _load_up_to(c: int) -> int:
        """Return the load of a tour's stops from the first to this one."""
        total = 0
        while c >= depots:
            total += load_of[c]
            c = before[c]
        return total

    def _join(c: int, j: int, behind: int, beyond: int, turned: int) -> float:
        """Make the move; return what is saved by a vehicle that stays at home."""
        r, s = tour_of[c], tour_of[j]
        one, two = state.stops_of(r), state.stops_of(s)
        i, k = one.index(c) + behind, two.index(j) + beyond
        if r == s:
            i, k = min(i, k), max(i, k)
            return state.rewrite(r, one[:i] + one[i:k][::-1] + one[k:])
        if turned:
            new, other = one[:i] + two[:k][::-1], one[i:][::-1] + two[k:]
        else:
            new, other = one[:i] + two[k:], two[:k] + one[i:]
        return state.rewrite(r, new) + state.rewrite(s, other)

    return cross
