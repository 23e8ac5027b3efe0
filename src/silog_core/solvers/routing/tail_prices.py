"""What an exchange of tails costs, and the vehicles that the new tours need.

Sums along the tours, worked out when a tour is first looked at, tell in constant time
what the new tours weigh and how long they are.
"""

from __future__ import annotations

from bisect import bisect_left
from math import inf
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from silog_core.solvers.routing.state import State

#: Two tours, the nodes around a cut in each, and whether ends are turned round. The
#: second tour is -1 where the first is cut in two.
Move = tuple[int, int, int, int, int, int, bool]
#: Change of the cost and the kinds of both new tours, -1 for a tour without stops.
Priced = tuple[float, int, int]


def pricing(  # noqa: PLR0915 - hot, kept flat
    state: State, known: set[int]
) -> Callable[[Move], Priced]:
    """Return a function that prices an exchange of tails; infinite where it breaks a limit.

    Windows are the caller's to look at.

    Args:
        state: The plan.
        known: Tours whose sums hold; the caller takes out those that change.
    """
    given, size = state.given, state.flat.size
    dist, times, service, load_of = given.distance, given.times, given.service, given.load
    bulk_of, depot = given.bulk, given.depot
    after, edge_in, load, bulk = state.after, state.edge_in, state.load, state.bulk
    work, length, kind_of, left = state.work, state.length, state.kind_of, state.left
    first, last, limited = state.first, state.last, state.limited
    space, fixed, unit = given.space, given.fixed, given.unit
    farthest, longest, ordered = given.farthest, given.longest, state.ordered
    stand_in, sizes, depots = state.stand_in, state.sizes, state.flat.first_client
    #: From the depot to a stop: load, bulk, distance and time.
    carried, stuffed = [0] * size, [0] * size
    driven, worked = [0.0] * size, [0] * size

    def walk(r: int) -> None:
        """Work out the sums along a tour."""
        known.add(r)
        p, c = depot[kind_of[r]], first[r]
        weight, far, room, long = 0, 0.0, 0, 0
        while c >= depots:
            weight += load_of[c]
            far += edge_in[c]
            carried[c], driven[c] = weight, far
            if limited:
                room += bulk_of[c]
                long += times[p][c] + service[c]
                stuffed[c], worked[c] = room, long
                p = c
            c = after[c]

    def choose(like: int, weight: int, far: float, room: int, long: int) -> tuple[float, int]:
        """Return what the cheapest free vehicle for a tour costs, and its kind."""
        ks, best, least = stand_in[like], -1, inf
        for i in range(bisect_left(sizes[like], weight), len(ks)):
            k = ks[i]
            if left[k] and (
                not limited or (room <= space[k] and far <= farthest[k] and long <= longest[k])
            ):
                cost = fixed[k] + unit[k] * far
                if cost < least:
                    least, best = cost, k
                if ordered[like]:
                    break
        return least, best

    def price(move: Move) -> Priced:  # noqa: PLR0912, PLR0915 - hot, kept flat
        """Return what a move costs and the kinds for both tours, -1 for none."""
        r, s, x, x2, y, y2, turned = move
        i, j = kind_of[r], kind_of[s] if s >= 0 else kind_of[r]
        here, there = depot[i], depot[j]
        if r not in known:
            walk(r)
        if s >= 0 and s not in known:
            walk(s)
        w, far_x, far_x2 = 0, 0.0, length[r] - dist[x][x2]
        if x >= depots:
            w, far_x = carried[x], driven[x]
            far_x2 -= far_x
        w2 = load[r] - w
        v = v2 = 0
        far_y = far_y2 = 0.0
        if s >= 0:
            far_y2 = length[s] - dist[y][y2]
            if y >= depots:
                v, far_y = carried[y], driven[y]
                far_y2 -= far_y
            v2 = load[s] - v
        # One new tour joins x to a, the other b to x2 (turned: x to y and x2 to y2).
        if turned:
            a, b, one, two, far_a, far_b = y, y2, w + v, w2 + v2, far_y, far_y2
        else:
            a, b, one, two, far_a, far_b = y2, y, w + v2, w2 + v, far_y2, far_y
        if one > sizes[i][-1] or two > sizes[j][-1]:
            return inf, -1, -1
        end, end2 = a, x2
        if here != there:
            # What changes tours begins or ends at the other depot.
            if a < depots:
                end = here
            else:
                e = first[s] if turned else last[s]
                far_a += dist[e][here] - dist[e][there]
            if x2 < depots:
                end2 = there
            else:
                far_x2 += dist[last[r]][there] - dist[last[r]][here]
        room = room2 = long = long2 = 0
        if limited:
            room, long, room2, long2 = sums(move, here, there, end, end2)
        left[i] += 1
        cost, k, m = -fixed[i] - unit[i] * length[r], -1, -1
        if s >= 0:
            left[j] += 1
            cost -= fixed[j] + unit[j] * length[s]
        # The heavier tour chooses first.
        for chooser in (1, 2) if one >= two else (2, 1):
            if chooser == 1:
                if x >= depots or a >= depots:
                    more, k = choose(i, one, far_x + dist[x][end] + far_a, room, long)
                    cost += more
                    left[k] -= k >= 0
            elif b >= depots or x2 >= depots:
                more, m = choose(j, two, far_b + dist[b][end2] + far_x2, room2, long2)
                cost += more
                left[m] -= m >= 0
        left[k] += k >= 0
        left[m] += m >= 0
        left[i] -= 1
        if s >= 0:
            left[j] -= 1
        return cost, k, m

    def sums(
        move: Move, here: int, there: int, end: int, end2: int
    ) -> tuple[int, int, int, int]:
        """Return the bulk of both new tours, and the time that each takes."""
        r, s, x, x2, y, y2, turned = move
        v = t = u = z = u2 = z2 = 0
        if x >= depots:
            v, t = stuffed[x], worked[x]
        v2, t2 = bulk[r] - v, work[r] - t - times[x][x2]
        if s >= 0:
            if y >= depots:
                u, z = stuffed[y], worked[y]
            u2, z2 = bulk[s] - u, work[s] - z - times[y][y2]
        if turned:
            y, y2, u, u2, z, z2 = y2, y, u2, u, z2, z
        if here != there:
            if y2 >= depots:
                e = first[s] if turned else last[s]
                z2 += times[e][here] - times[e][there]
            if x2 >= depots:
                t2 += times[last[r]][there] - times[last[r]][here]
        return v + u2, t + times[x][end] + z2, v2 + u, z + times[y][end2] + t2

    return price
