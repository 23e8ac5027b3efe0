"""The spanning tree of the network simplex, on plain lists: pricing and pivots.

The spanning tree is kept as parent, thread, reverse thread, subtree size and last
successor, so that a pivot touches only the cycle, the stem that turns round and the
subtree whose potentials move. The tree stays strongly feasible (a tree arc without
flow points towards the root), which rules out cycling.
"""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from heapq import heappop, heappush
from math import isqrt

import attrs

_LOWER, _TREE, _UPPER = 1, 0, -1
_UP, _DOWN = 1, -1
#: Arcs priced together, in square roots of their number; and at least so many.
_BLOCK_ROOTS = 16
_LEAST_BLOCK = 64
#: Arcs that make the short list of a block, and pivots that are made from it.
_LISTED = 60
_PIVOTS_PER_LIST = 15
#: A tail, with the costs, heads and numbers of the arcs that leave it.
_Row = tuple[int, Sequence[int], Sequence[int], Sequence[int]]


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


def _packed(values: list[int]) -> Sequence[int]:
    """Return the values side by side in memory where they fit into eight bytes each."""
    try:
        return array("q", values)
    except OverflowError:
        return values


class SpanningTree:
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
        """Start from a tree in which nodes without supply lead to the nearest demand.

        All others hang on the root by arcs that are not in the network.
        """
        self.arc_count, self.root = len(tails), len(supplies)
        n = root = self.root
        price = self.price = unmet_price
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
        #: Full arcs outside the tree, in the order in which they filled up.
        self.full: dict[int, None] = {}
        self.direction = [_UP if s >= 0 else _DOWN for s in supplies] + [_UP]
        self.pi = [-stay if s >= 0 else price for s in supplies] + [0]
        self.pred = [*range(self.real_count, self.real_count + n), -1]
        self.parent = [root] * n + [-1]
        self._hang_on_demands([v for v, s in enumerate(supplies) if s < 0], self.flow)
        self._thread()

    def _hang_on_demands(self, demands: Sequence[int], flow: Sequence[int]) -> None:
        """Replace the artificial arcs of nodes without flow by ways to a demand.

        Such arcs point to the root and have room, as a strongly feasible tree needs, and
        the prices they give are far better to begin with.
        """
        cap, cost, tail, pi = self.cap, self.cost, self.tail, self.pi
        into: list[list[int]] = [[] for _ in range(self.root)]
        for e in range(self.arc_count):
            if cap[e] and tail[e] != self.head[e]:
                into[self.head[e]].append(e)
        far = [0 if pi[v] > 0 else -1 for v in range(self.root)]
        heap = [(0, v) for v in demands]
        settled = [False] * self.root
        while heap:
            dist, v = heappop(heap)
            if settled[v]:
                continue
            settled[v] = True
            hung = self.pred[v]
            if hung < self.arc_count:
                self.state[hung] = _TREE
                self.state[self.real_count + v] = _LOWER
                self.parent[v] = self.head[hung]
                pi[v] = pi[self.head[hung]] - cost[hung]
            for e in into[v]:
                u = tail[e]
                further = dist + max(cost[e], 0)
                if not (settled[u] or flow[self.real_count + u]) and (
                    far[u] < 0 or further < far[u]
                ):
                    far[u] = further
                    self.pred[u] = e
                    heappush(heap, (further, u))

    def _thread(self) -> None:
        """Number the tree in preorder."""
        n = self.root
        children: list[list[int]] = [[] for _ in range(n + 1)]
        for v in range(n):
            children[self.parent[v]].append(v)
        order: list[int] = []
        stack = [n]
        while stack:
            v = stack.pop()
            order.append(v)
            stack += children[v]
        self.thread, self.back = [0] * (n + 1), [0] * (n + 1)
        for before, after in zip(order, [*order[1:], n], strict=True):
            self.thread[before], self.back[after] = after, before
        self.size, self.last = [1] * (n + 1), list(range(n + 1))
        for v in reversed(order[1:]):
            self.size[self.parent[v]] += self.size[v]
        at = {v: i for i, v in enumerate(order)}
        for v in order:
            self.last[v] = order[at[v] + self.size[v] - 1]

    def run(self) -> SimplexOutcome:
        """Pivot until no arc can improve the flow.

        Arcs are priced a block at a time; the best of a block make a short list, which
        serves for several pivots before the next block is looked at.
        """
        pivots, idle, at = 0, 0, 0
        pi, state = self.pi, self.state
        blocks = self._blocks()
        while idle < len(blocks):
            gains: list[int] = []
            found: list[int] = []
            for tail, costs, heads, arcs in blocks[at]:
                price = pi[tail]
                for cost, head, e in zip(costs, heads, arcs):  # noqa: B905
                    # Arcs of the tree never pass the first test, full ones often do.
                    if cost + price < pi[head] and state[e] == _LOWER:
                        gains.append(cost + price - pi[head])
                        found.append(e)
            at += 1
            if at == len(blocks):
                at = 0
                self._add_full_arcs(gains, found)
            if not found:
                idle += 1
                continue
            idle = 0
            if len(found) > _LISTED:
                bar = sorted(gains)[_LISTED - 1]
                found = [e for gain, e in zip(gains, found, strict=True) if gain <= bar]
            pivots += self._pivot_on_the_best(found)
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

    def _blocks(self) -> list[list[_Row]]:
        """Return the arcs in blocks, and in each by tail: one price serves many arcs.

        Columns are packed, so that looking through a block touches little memory.
        """
        count = self.priced_count
        width = max(_LEAST_BLOCK, isqrt(count) * _BLOCK_ROOTS)
        leaving: list[list[int]] = [[] for _ in range(self.root + 1)]
        for e in range(count):
            leaving[self.tail[e]].append(e)
        rows = [
            (
                tail,
                _packed([self.cost[e] for e in arcs]),
                _packed([self.head[e] for e in arcs]),
                _packed(arcs),
            )
            for tail, arcs in enumerate(leaving)
            if arcs
        ]
        # Every block has rows from all over the network.
        number = max(1, count // width)
        return [rows[first::number] for first in range(number)]

    def _pivot_on_the_best(self, found: list[int]) -> int:
        """Pivot on the best of a short list as long as it serves; return how often."""
        pi, state = self.pi, self.state
        listed = [(e, self.cost[e], self.tail[e], self.head[e]) for e in found]
        empty = [arc for arc in listed if state[arc[0]] == _LOWER]
        full = [arc for arc in listed if state[arc[0]] == _UPPER]
        for made in range(_PIVOTS_PER_LIST):
            worst, enter = 0, -1
            # What an arc gains tells more than its state, which is looked at last.
            for e, cost, tail, head in empty:
                gain = cost + pi[tail] - pi[head]
                if gain < worst and state[e] == _LOWER:
                    worst, enter = gain, e
            for e, cost, tail, head in full:
                gain = pi[head] - cost - pi[tail]
                if gain < worst and state[e] == _UPPER:
                    worst, enter = gain, e
            if enter < 0:
                return made
            self._pivot(enter)
        return _PIVOTS_PER_LIST

    def _add_full_arcs(self, gains: list[int], found: list[int]) -> None:
        """Add the full arcs that should carry less to what a block had."""
        pi = self.pi
        for e in self.full:
            gain = pi[self.head[e]] - self.cost[e] - pi[self.tail[e]]
            if gain < 0:
                gains.append(gain)
                found.append(e)

    def _pivot(self, enter: int) -> None:  # noqa: PLR0912, PLR0915 - inlined for speed
        """Send what fits round the cycle of arc *enter* and mend the tree."""
        parent, pred, size = self.parent, self.pred, self.size
        flow, cap, state, direction = self.flow, self.cap, self.state, self.direction
        entered = state[enter]
        first, second = self.tail[enter], self.head[enter]
        if entered == _UPPER:
            first, second = second, first
        # Both sides climb to where they join, and note the first side's first and the
        # second side's last arc that blocks: this choice keeps the tree feasible.
        u, v = first, second
        up_side: list[int] = []
        down_side: list[int] = []
        delta, out = cap[enter], -1
        other_delta, other_out = delta, -1
        while u != v:
            if size[u] < size[v]:
                e = pred[u]
                room = flow[e] if direction[u] == _UP else cap[e] - flow[e]
                if room < delta:
                    delta, out = room, len(up_side)
                up_side.append(u)
                u = parent[u]
            else:
                e = pred[v]
                room = flow[e] if direction[v] == _DOWN else cap[e] - flow[e]
                if room <= other_delta:
                    other_delta, other_out = room, len(down_side)
                down_side.append(v)
                v = parent[v]
        turned = other_out >= 0 and other_delta <= delta
        if turned:
            delta, out = other_delta, other_out
        if delta:
            flow[enter] += entered * delta
            for w in up_side:
                flow[pred[w]] -= direction[w] * delta
            for w in down_side:
                flow[pred[w]] += direction[w] * delta
        if entered == _UPPER:
            del self.full[enter]
        if out < 0:
            state[enter] = -entered
            if entered == _LOWER:
                self.full[enter] = None
            return
        state[enter] = _TREE
        moving, staying = (down_side, up_side) if turned else (up_side, down_side)
        leave = pred[moving[out]]
        state[leave] = _LOWER
        if flow[leave]:
            state[leave] = _UPPER
            self.full[leave] = None
        moved = size[moving[out]]
        for w in staying:
            size[w] += moved
        for w in moving[out + 1 :]:
            size[w] -= moved
        if turned:
            first, second = second, first
        self._regraft(enter, moving[out], first, second, u)

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
        closing = new_last if old_back in (join, v_in) else old_back
        u = v_out
        while u != limit and last[u] == old_last:
            last[u] = closing
            u = parent[u]

        pi = self.pi
        shift = pi[v_in] - pi[u_in] - way * self.cost[enter]
        stop = thread[last[u_in]]
        u = u_in
        while u != stop:
            pi[u] += shift
            u = thread[u]
