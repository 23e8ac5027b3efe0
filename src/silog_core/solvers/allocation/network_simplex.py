"""Network simplex on plain lists: the engine below every exact flow of this package.

The spanning tree is kept as parent, thread, reverse thread, subtree size and last
successor, so that a pivot touches only the cycle, the stem that turns round and the
subtree whose potentials move. The tree stays strongly feasible (a tree arc without
flow points towards the root), which rules out cycling.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import isqrt

import attrs

_LOWER, _TREE, _UPPER = 1, 0, -1
_UP, _DOWN = 1, -1


@attrs.frozen(kw_only=True)
class SimplexOutcome:
    """What the simplex leaves behind, in the order of its inputs."""

    #: Flow on each arc [units].
    flows: list[int]
    #: Price of a unit at each node, 0 outside the network; see `pivot_to_optimum`.
    potentials: list[int]
    #: Units that each node still lacks [units].
    unmet: list[int]
    #: Price put on each unmet unit, above that of any path.
    unmet_price: int
    #: Pivots made.
    pivots: int


def pivot_to_optimum(
    tails: Sequence[int],
    heads: Sequence[int],
    uppers: Sequence[int],
    costs: Sequence[int],
    supplies: Sequence[int],
    *,
    unmet_price: int = 0,
) -> SimplexOutcome:
    """Find a flow of least unmet demand and, among those, of least cost.

    Arcs have lower bound 0. A positive supply may stay where it is at no cost; a
    negative one that is not filled counts as unmet. With ``p`` the potentials, the
    reduced cost ``cost + p[tail] - p[head]`` of an arc is never negative where the
    arc has room and never positive where it carries flow.

    Args:
        tails: Start node of each arc, numbered from 0.
        heads: End node of each arc.
        uppers: Most that each arc carries [units], at least 0.
        costs: Cost of one unit on each arc; may be negative.
        supplies: Units that enter at each node; negative is a demand.
        unmet_price: Price of an unmet unit, where the network is part of a larger one;
            raised to what this network itself needs.

    Returns:
        Flows, potentials and unmet units.

    Example:
        >>> found = pivot_to_optimum([0, 0], [1, 1], [3, 9], [5, 2], [10, -10])
        >>> found.flows, sum(found.unmet)
        ([1, 9], 0)
    """
    if sum(supplies) == 0:
        found = _Tree(tails, heads, uppers, costs, supplies, unmet_price, balanced=True).run()
        if not any(found.unmet):
            return found
    # Something stays behind: it may do so at its own node only.
    return _Tree(tails, heads, uppers, costs, supplies, unmet_price, balanced=False).run()


def price_of_unmet(node_count: int, costs: Sequence[int]) -> int:
    """Return a price above the cost of any way through the network.

    Example:
        >>> price_of_unmet(3, [5, -7])
        32
    """
    return (node_count + 1) * (1 + max(map(abs, costs), default=0))


class _Tree:
    """The arrays of one run; node ``root`` stands for the outside."""

    def __init__(
        self,
        tails: Sequence[int],
        heads: Sequence[int],
        uppers: Sequence[int],
        costs: Sequence[int],
        supplies: Sequence[int],
        unmet_price: int,
        *,
        balanced: bool,
    ) -> None:
        """Start from the tree of artificial arcs between each node and the root."""
        self.arc_count, self.root = len(tails), len(supplies)
        n = root = self.root
        price = max(unmet_price, price_of_unmet(n, costs))
        self.price = price
        self.tail, self.head = list(tails), list(heads)
        self.cap, self.cost = list(uppers), list(costs)
        if not balanced:
            entering = [(u, s) for u, s in enumerate(supplies) if s > 0]
            self.tail += [root] * len(entering)
            self.head += [u for u, _ in entering]
            self.cap += [s for _, s in entering]
            self.cost += [0] * len(entering)
        self.real_count = len(self.tail)
        room = 1 + sum(map(abs, supplies)) + sum(self.cap)
        stay = 0 if balanced else price
        up = [s >= 0 for s in supplies]
        self.tail += [u if up[u] else root for u in range(n)]
        self.head += [root if up[u] else u for u in range(n)]
        self.cap += [room if s >= 0 else -s for s in supplies]
        self.cost += [stay if s >= 0 else price for s in supplies]
        # What stays behind must be able to move from node to node; else it never need.
        self.priced_count = self.real_count if balanced else self.real_count + n
        self.flow = [0] * self.real_count
        self.flow += [(s if balanced else 0) if s >= 0 else -s for s in supplies]
        self.state = [_LOWER] * self.real_count + [_TREE] * n
        self.direction = [_UP if s >= 0 else _DOWN for s in supplies] + [_UP]
        self.pi = [-stay if s >= 0 else price for s in supplies] + [0]
        self.pred = [*range(self.real_count, self.real_count + n), -1]
        self.parent = [root] * n + [-1]
        self.thread = [*range(1, n + 1), 0]
        self.back = [root, *range(n)]
        self.size = [1] * n + [n + 1]
        self.last = [*range(n), max(n - 1, 0)]

    def run(self) -> SimplexOutcome:
        """Pivot until no arc can improve the flow."""
        pivots = 0
        count, pi, state = self.priced_count, self.pi, self.state
        arcs = list(zip(range(count), self.cost, self.tail, self.head, strict=False))
        width = max(12, isqrt(count))
        blocks = [arcs[i : i + width] for i in range(0, count, width)]
        at, idle = 0, 0
        while idle < len(blocks):
            worst, enter = 0, -1
            for e, c, t, h in blocks[at]:
                gain = state[e] * (c + pi[t] - pi[h])
                if gain < worst:
                    worst, enter = gain, e
            at = at + 1 if at + 1 < len(blocks) else 0
            if enter < 0:
                idle += 1
                continue
            idle = 0
            pivots += 1
            self._pivot(enter)
        first = self.real_count
        unmet = [
            self.flow[first + u] if self.tail[first + u] == self.root else 0
            for u in range(self.root)
        ]
        return SimplexOutcome(
            flows=self.flow[: self.arc_count],
            potentials=pi[: self.root],
            unmet=unmet,
            unmet_price=self.price,
            pivots=pivots,
        )

    def _pivot(self, enter: int) -> None:
        """Send what fits round the cycle of arc *enter* and mend the tree."""
        parent, pred, size = self.parent, self.pred, self.size
        flow, cap, state, direction = self.flow, self.cap, self.state, self.direction
        a, b = self.tail[enter], self.head[enter]
        first, second = (a, b) if state[enter] == _LOWER else (b, a)
        u, v = a, b
        while u != v:
            if size[u] < size[v]:
                u = parent[u]
            else:
                v = parent[v]
        join = u

        delta, out, side = cap[enter], -1, 0
        u = first
        while u != join:
            e = pred[u]
            d = flow[e] if direction[u] == _UP else cap[e] - flow[e]
            if d < delta:
                delta, out, side = d, u, 1
            u = parent[u]
        u = second
        while u != join:
            e = pred[u]
            d = flow[e] if direction[u] == _DOWN else cap[e] - flow[e]
            if d <= delta:
                delta, out, side = d, u, 2
            u = parent[u]

        if delta > 0:
            flow[enter] += delta if state[enter] == _LOWER else -delta
            u = first
            while u != join:
                flow[pred[u]] -= direction[u] * delta
                u = parent[u]
            u = second
            while u != join:
                flow[pred[u]] += direction[u] * delta
                u = parent[u]
        if side == 0:
            state[enter] = -state[enter]
            return
        state[enter] = _TREE
        leave = pred[out]
        state[leave] = _LOWER if flow[leave] == 0 else _UPPER
        u_in, v_in = (first, second) if side == 1 else (second, first)
        self._regraft(enter, out, u_in, v_in, join)

    def _regraft(  # noqa: PLR0915 - the steps share too many locals to be parted
        self, enter: int, u_out: int, u_in: int, v_in: int, join: int
    ) -> None:
        """Hang the subtree of *u_out* below *v_in*, turned round so that *u_in* leads."""
        parent, pred, direction = self.parent, self.pred, self.direction
        thread, back, size, last = self.thread, self.back, self.size, self.last
        v_out = parent[u_out]
        old_back, old_size, old_last = back[u_out], size[u_out], last[u_out]
        way = _UP if self.tail[enter] == u_in else _DOWN
        if u_in == u_out:
            if thread[v_in] != u_out:
                after = thread[old_last]
                thread[old_back], back[after] = after, old_back
                after = thread[v_in]
                thread[v_in], back[u_out] = u_out, v_in
                thread[old_last], back[after] = after, old_last
            parent[u_in] = v_in
        else:
            follows = thread[old_last] if old_back == v_in else thread[v_in]
            stem, above, end = u_in, v_in, last[u_in]
            after = thread[end]
            thread[v_in] = u_in
            touched = [v_in]
            while stem != u_out:
                below = parent[stem]
                thread[end] = below
                touched.append(end)
                before = back[stem]
                thread[before], back[after] = after, before
                parent[stem], above, stem = above, stem, below
                end = back[above] if last[stem] == last[above] else last[stem]
                after = thread[end]
            parent[u_out] = above
            thread[end], back[follows] = follows, end
            last[u_out] = end
            if old_back != v_in:
                thread[old_back], back[after] = after, old_back
            for u in touched:
                back[thread[u]] = u
            grown = 0
            u, p = u_out, above
            while u != u_in:
                pred[u], direction[u] = pred[p], -direction[p]
                grown += size[u] - size[p]
                size[u] = grown
                last[p] = end
                u, p = p, parent[p]
            size[u_in] = old_size
        pred[u_in], direction[u_in] = enter, way

        new_last = last[u_out]
        limit = join if last[join] == v_in else -1
        u = v_in
        while u != -1 and last[u] == v_in:
            last[u] = new_last
            u = parent[u]
        closing = old_back if old_back not in {join, v_in} else new_last
        u = v_out
        while u not in {-1, limit} and last[u] == old_last:
            last[u] = closing
            u = parent[u]
        u = v_in
        while u != join:
            size[u] += old_size
            u = parent[u]
        u = v_out
        while u != join:
            size[u] -= old_size
            u = parent[u]

        pi = self.pi
        shift = pi[v_in] - pi[u_in] - way * self.cost[enter]
        stop = thread[last[u_in]]
        u = u_in
        while u != stop:
            pi[u] += shift
            u = thread[u]
