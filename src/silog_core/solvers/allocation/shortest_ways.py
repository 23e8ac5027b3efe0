"""Cheapest ways from one node to all others, on arcs that still have room."""

from __future__ import annotations

from heapq import heappop, heappush
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Container, Sequence

#: No way leads there.
FAR = float("inf")


def cheapest_ways(
    start: int,
    out: Sequence[Sequence[tuple[int, int]]],
    prices: Sequence[float],
    *,
    room: Sequence[int] | None = None,
    targets: Container[int] = (),
    target_count: int = -1,
) -> tuple[list[float], list[int]]:
    """Return the distance of every node from *start*, and the arc it is reached by.

    Args:
        start: Where the ways begin.
        out: For each node its arcs, as arc and head.
        prices: Price of a unit on each arc, at least 0.
        room: Units that still fit on each arc; full arcs are not used.
        targets: Nodes that matter; the search may end when all are reached.
        target_count: How many targets there are; -1 goes everywhere.

    Returns:
        Distances, `FAR` where no way leads, and arcs, -1 where there is none.

    Example:
        >>> cheapest_ways(0, [[(0, 1), (1, 2)], [(2, 2)], []], [1, 5, 1])
        ([0, 1, 2], [-1, 0, 2])
    """
    dist: list[float] = [FAR] * len(out)
    by = [-1] * len(out)
    dist[start] = 0
    heap: list[tuple[float, int]] = [(0, start)]
    while heap:
        far, node = heappop(heap)
        if far > dist[node]:
            continue
        if node in targets:
            target_count -= 1
            if not target_count:
                break
        for arc, head in out[node]:
            if room is not None and not room[arc]:
                continue
            further = far + prices[arc]
            if further < dist[head]:
                dist[head] = further
                by[head] = arc
                heappush(heap, (further, head))
    return dist, by
