"""Largest flow to many sinks whose limits are raised bit by bit (Dinic's method)."""

from __future__ import annotations

from collections.abc import Iterable


class RisingFlow:
    """A residual network that keeps its flow while the limits of its sinks rise.

    Raising a limit and augmenting again never takes back what a sink already has.

    Example:
        >>> net = RisingFlow(2, [(0, 1, 5)], entries=[(0, 9)], exits=[1])
        >>> net.raise_to([3]), net.raise_to([8]), net.received
        (True, False, [5])
    """

    def __init__(
        self,
        node_count: int,
        arcs: Iterable[tuple[int, int, int]],
        *,
        entries: Iterable[tuple[int, int]],
        exits: Iterable[int],
    ) -> None:
        """Build the network.

        Args:
            node_count: How many nodes, numbered from 0.
            arcs: Tail, head and most flow of each arc [units].
            entries: Node and units that enter there.
            exits: Node of each sink.
        """
        self._source, self._target = node_count, node_count + 1
        self._to: list[int] = []
        self._room: list[int] = []
        self._edges: list[list[int]] = [[] for _ in range(node_count + 2)]
        for tail, head, upper in arcs:
            self._link(tail, head, upper)
        for node, units in entries:
            self._link(self._source, node, units)
        self.exits = list(exits)
        self._first_exit = len(self._to)
        for node in self.exits:
            self._link(node, self._target, 0)

    def _link(self, tail: int, head: int, room: int) -> None:
        self._edges[tail].append(len(self._to))
        self._edges[head].append(len(self._to) + 1)
        self._to += (head, tail)
        self._room += (room, 0)

    @property
    def received(self) -> list[int]:
        """Units that each sink has."""
        return self._room[self._first_exit + 1 :: 2]

    def rooms(self) -> list[int]:
        """Return for each sink the room on the arcs that end at its node."""
        into = [0] * self._target
        for e in range(0, self._first_exit, 2):
            into[self._to[e]] += self._room[e]
        return [into[node] for node in self.exits]

    def save(self) -> list[int]:
        """Return the state, for `restore`."""
        return self._room.copy()

    def restore(self, state: list[int]) -> None:
        """Go back to a saved state."""
        self._room = state.copy()

    def raise_to(self, limits: list[int]) -> bool:
        """Set the limit of each sink, augment, and say whether all are filled."""
        first, room = self._first_exit, self._room
        for i, limit in enumerate(limits):
            room[first + 2 * i] = limit - room[first + 2 * i + 1]
        while True:
            level = self._levels()
            if level[self._target] < 0:
                break
            self._block(level)
        return not any(room[first::2])

    def reachable(self) -> list[bool]:
        """Say for each node whether one more unit could be brought there."""
        return [depth >= 0 for depth in self._levels(to_target=False)[: self._source]]

    def _levels(self, *, to_target: bool = True) -> list[int]:
        to, room, edges, target = self._to, self._room, self._edges, self._target
        level = [-1] * len(edges)
        level[self._source] = 0
        if not to_target:
            level[target] = 0  # closed: a unit that has arrived stays
        front = [self._source]
        depth = 0
        while front and (not to_target or level[target] < 0):
            depth += 1
            reached = []
            for node in front:
                for e in edges[node]:
                    if room[e]:
                        head = to[e]
                        if level[head] < 0:
                            level[head] = depth
                            reached.append(head)
            front = reached
        return level

    def _block(self, level: list[int]) -> None:
        """Push along shortest ways until each has a full arc."""
        to, room, edges = self._to, self._room, self._edges
        source, target = self._source, self._target
        tried = [0] * len(edges)
        way: list[int] = []
        node = source
        while True:
            if node == target:
                amount = min([room[e] for e in way])
                cut = -1
                for i, e in enumerate(way):
                    room[e] -= amount
                    room[e ^ 1] += amount
                    if cut < 0 and not room[e]:
                        cut = i
                node = to[way[cut] ^ 1]
                del way[cut:]
            deeper = level[node] + 1
            row = edges[node]
            at, end = tried[node], len(row)
            while at < end:
                e = row[at]
                if room[e] and level[to[e]] == deeper:
                    break
                at += 1
            tried[node] = at
            if at < end:
                way.append(e)
                node = to[e]
            elif not way:
                return
            else:
                level[node] = -1
                node = to[way.pop() ^ 1]
