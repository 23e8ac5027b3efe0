"""Fair shares under shortage: the integer lexicographic max-min.

Pieces are handed out one at a time, in one fixed order: floors before the rest, priority
class by class, and within a class the receiver with the smallest share so far; ties go
to the smaller need, then to the earlier key. A receiver that cannot be given one more
without taking it from another drops out. What single-commodity flows can deliver is a
polymatroid, so this greedy order gives the one best answer. Here whole runs of pieces are
handed out together: a run ends at the first cut that is full.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from functools import cached_property
from heapq import heapify, heappop, heapreplace
from typing import TYPE_CHECKING

import attrs

if TYPE_CHECKING:
    from silog_core.solvers.allocation.max_flow import RisingFlow

#: Below this need, shares that differ are different floats as well.
_EXACT_AS_FLOAT = 2**26


@attrs.frozen(kw_only=True)
class Claim:
    """What one receiver asks for, and its rank among equals."""

    quantity: int
    floor: int = 0
    priority: int = 1
    #: Last resort between equal claims.
    key: tuple[str, ...] = ()


def share_fairly(
    net: RisingFlow, claims: Sequence[Claim], *, kept: Sequence[int] | None = None
) -> list[int]:
    """Return what each claim gets through *net*, whose sinks are the claims in order.

    Args:
        net: The network, with all its sinks at 0.
        claims: One for each sink of *net*.
        kept: Units that each claim has from the start; *net* can deliver them together.

    Returns:
        Units for each claim.

    Example:
        >>> from silog_core.solvers.allocation.max_flow import RisingFlow
        >>> net = RisingFlow(2, [(0, 1, 9)], entries=[(0, 7)], exits=[0, 1])
        >>> share_fairly(net, [Claim(quantity=10), Claim(quantity=10, floor=5)])
        [2, 5]
    """
    order = sorted(range(len(claims)), key=lambda i: (claims[i].key, i))
    rank = {i: r for r, i in enumerate(order)}
    rooms = net.rooms()
    got = [0] * len(claims) if kept is None else list(kept)
    net.raise_to(got)
    # What fits through the last legs alone; it spares a round for each full last leg.
    most = [min(c.quantity, room) for c, room in zip(claims, rooms, strict=True)]
    closed: set[int] = set()
    rounds = sorted({(0, c.priority) for c in claims if c.floor})
    rounds += sorted({(1, c.priority) for c in claims})
    for phase, priority in rounds:
        chosen = [i for i, c in enumerate(claims) if c.priority == priority]
        whole = {i: claims[i].quantity if phase else claims[i].floor for i in chosen}
        while True:
            top = {i: min(whole[i], most[i]) for i in chosen if i not in closed}
            active = [i for i, units in top.items() if got[i] < units]
            if not active:
                break
            order_of_units = _UnitOrder(
                whole={i: whole[i] for i in active},
                low={i: got[i] for i in active},
                top={i: top[i] for i in active},
                rank=rank,
            )
            got = _longest_prefix(net, order_of_units, got)
            reach = net.reachable()
            closed |= {i for i in active if not reach[net.exits[i]]}
    return got


def _longest_prefix(net: RisingFlow, units: _UnitOrder, got: list[int]) -> list[int]:
    """Hand out the longest run of the order that *net* can deliver."""
    start = net.save()
    limits = got.copy()
    for i, top in units.top.items():
        limits[i] = top
    while not net.raise_to(limits):
        # A cut is full: the order can go on only as far as the cut lets through.
        reach, received = net.reachable(), net.received
        behind = [i for i in units.top if not reach[net.exits[i]]]
        for i, count in units.prefix(
            sum(received[i] - units.low[i] for i in behind), among=behind
        ).items():
            limits[i] = count
        net.restore(start)
    return limits


@attrs.define(kw_only=True, slots=False)
class _UnitOrder:
    """The order in which claims are given their next pieces."""

    #: What a full share is.
    whole: dict[int, int]
    #: What each has, and the most it may come to in this round.
    low: dict[int, int]
    top: dict[int, int]
    rank: dict[int, int]

    @cached_property
    def _floats_do(self) -> bool:
        return max(self.whole.values()) < _EXACT_AS_FLOAT

    def prefix(self, units: int, *, among: Sequence[int]) -> dict[int, int]:
        """Return what all have when the claims *among* have been given *units* more."""
        level = self._level(units, among)
        count = {i: self._below(i, level) for i in among}
        left = units - sum(count[i] - self.low[i] for i in among)
        heap = [(*self._next(i, count[i]), i) for i in among if count[i] < self.top[i]]
        heapify(heap)
        while left:
            i = heap[0][3]
            count[i] += 1
            left -= 1
            if count[i] < self.top[i]:
                heapreplace(heap, (*self._next(i, count[i]), i))
            else:
                heappop(heap)
        bar = heap[0][:3]
        result = {}
        for i in self.top:
            have = self._below(i, bar[0])
            if have < self.top[i] and self._next(i, have) < bar:
                have += 1
            result[i] = have
        return result

    def _level(self, units: int, among: Sequence[int]) -> float:
        """Return a share up to which *units* suffice, not far below the last such."""
        start, end = 0.0, 1.0
        for _ in range(64):
            middle = (start + end) / 2
            used = sum(self._below(i, middle) - self.low[i] for i in among)
            if used > units:
                end = middle
            else:
                start = middle
                if units - used <= len(among):
                    break
        return start

    def _below(self, i: int, level: float | Fraction) -> int:
        """Return what claim *i* has when every share is about to pass *level*."""
        whole = self.whole[i]
        count = int(level * whole)
        if self._share(i, count) < level:
            count += 1
        elif count and self._share(i, count - 1) >= level:
            count -= 1
        return min(max(count, self.low[i]), self.top[i])

    def _share(self, i: int, units: int) -> float | Fraction:
        whole = self.whole[i]
        return units / whole if self._floats_do else Fraction(units, whole)

    def _next(self, i: int, have: int) -> tuple[float | Fraction, int, int]:
        return self._share(i, have), self.whole[i], self.rank[i]
