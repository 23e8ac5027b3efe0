"""Single points of a network, ways that share no leg, and what to protect together.

A leg or place is single for another when every way from the sources passes it: it
*dominates* the other. Dominators form a tree, so that one walk weighs them all, and what
is below the meshed part costs no more than its size.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cached_property
from typing import cast

import attrs
import networkx as nx

from silog_core.domain.legs import Leg

#: Stands for all sources at once.
_ROOT = ("",)
#: A leg as a node of its own: both ends in code order, and the mode.
LegNode = tuple[str, str, str]
Weight = tuple[int, int]


@attrs.frozen(kw_only=True)
class Singles:
    """The tree of single legs and places of one network, seen from its sources."""

    #: Legs between places, either direction; two modes are two ways.
    legs: tuple[LegNode, ...]
    sources: tuple[str, ...]

    @cached_property
    def above(self) -> Mapping[object, object]:
        """For each place and leg that is reached, the nearest that all its ways pass."""
        graph = nx.DiGraph()
        graph.add_node(_ROOT)
        graph.add_edges_from((_ROOT, source) for source in self.sources)
        meshed, hanging = self._peeled
        for leg in meshed:
            for end in leg[:2]:
                graph.add_edge(end, leg)
                graph.add_edge(leg, end)
        found = dict(nx.immediate_dominators(graph, _ROOT))
        found.pop(_ROOT, None)
        for place, leg, at in hanging:
            if at in found:
                found[leg], found[place] = at, leg
        return found

    @cached_property
    def _peeled(self) -> tuple[list[LegNode], list[tuple[str, LegNode, str]]]:
        """Legs of the meshed part, and (place, leg, what it hangs on) from there down.

        A place with one leg hangs on it, and without it the rest is the same network:
        taken off leaf by leaf, the tree below never reaches the costly part.
        """
        of: dict[str, set[LegNode]] = {}
        for leg in self.legs:
            for end in leg[:2]:
                of.setdefault(end, set()).add(leg)
        kept = set(self.sources)
        todo = [place for place, legs in of.items() if len(legs) == 1 and place not in kept]
        hanging: list[tuple[str, LegNode, str]] = []
        gone: set[LegNode] = set()
        for place in todo:
            if not of[place]:
                continue  # the last of a part that no source reaches
            leg = of[place].pop()
            at = leg[1] if leg[0] == place else leg[0]
            gone.add(leg)
            hanging.append((place, leg, at))
            of[at].discard(leg)
            if len(of[at]) == 1 and at not in kept:
                todo.append(at)
        return [leg for leg in self.legs if leg not in gone], hanging[::-1]

    def over(self, node: object, kind: type) -> list[object]:
        """Return what all ways to a node pass, from the sources on: legs or places."""
        found = []
        at = self.above.get(node, _ROOT)
        while at != _ROOT:
            if isinstance(at, kind):
                found.append(at)
            at = self.above.get(at, _ROOT)
        return found[::-1]

    def behind(self, weights: Mapping[str, Weight]) -> Mapping[object, Weight]:
        """Return what is cut off with each leg and place; of a place, without its own."""
        total: dict[object, Weight] = {}
        for node in self._from_below:
            own = weights.get(node, (0, 0)) if isinstance(node, str) else (0, 0)
            one, two = total.get(node, (0, 0))
            up = self.above[node]
            if up != _ROOT:
                first, second = total.get(up, (0, 0))
                total[up] = (first + one + own[0], second + two + own[1])
            total.setdefault(node, (0, 0))
        return total

    @cached_property
    def _from_below(self) -> list[object]:
        """Nodes in an order in which each comes before what it hangs on."""
        below: dict[object, list[object]] = {}
        for node, up in self.above.items():
            below.setdefault(up, []).append(node)
        order = [_ROOT]
        for node in order:
            order += below.get(node, ())  # type: ignore[arg-type]
        return order[:0:-1]  # type: ignore[return-value]

    def is_single(self, leg: LegNode) -> bool:
        """Say whether a leg is the only way to what is behind it."""
        return any(self.above.get(end) == leg for end in leg[:2])


def singles(legs: Iterable[Leg], sources: Iterable[str]) -> Singles:
    """Return the single points of a network.

    Example:
        >>> way = dict(mode="road", length_m=1, travel_s=1)
        >>> legs = [Leg(tail="S", head="A", **way), Leg(tail="A", head="B", **way)]
        >>> found = singles(legs, ["S"])
        >>> found.over("B", str), found.over("B", tuple)
        (['S', 'A'], [('A', 'S', 'road'), ('A', 'B', 'road')])
    """
    keys = {(*sorted((leg.tail, leg.head)), leg.mode.value) for leg in legs}
    return Singles(
        legs=tuple(sorted((a, b, mode) for a, b, mode in keys)),
        sources=tuple(sorted(set(sources))),
    )


def ways_in(
    found: Singles, places: Iterable[str]
) -> Mapping[str, tuple[int, tuple[LegNode, ...]]]:
    """Return how many ways to each place share no leg, and a smallest cut of legs.

    Where a single leg leads in, that leg is the cut, the one nearest to the sources. For
    the rest the flow is computed, in the part of the network that no single leg cuts off.
    Sources need no way and are left out; what cannot be reached has none.
    """
    answer: dict[str, tuple[int, tuple[LegNode, ...]]] = {}
    meshed: list[str] = []
    for place in sorted(set(places) - set(found.sources)):
        if place not in found.above:
            answer[place] = (0, ())
        elif over := found.over(place, tuple):
            answer[place] = (1, (cast(LegNode, over[0]),))
        else:
            meshed.append(place)
    if not meshed:
        return answer
    free = {n for n in found.above if isinstance(n, str) and not found.over(n, tuple)}
    graph = nx.Graph()
    graph.add_edges_from((_ROOT, source) for source in found.sources)  # no capacity: endless
    modes: dict[tuple[str, str], list[LegNode]] = {}
    for leg in found.legs:
        if leg[0] in free and leg[1] in free:
            modes.setdefault(leg[:2], []).append(leg)
    for (a, b), legs in modes.items():
        graph.add_edge(a, b, capacity=len(legs))
    for place in meshed:
        ways, (near, _far) = nx.minimum_cut(graph, _ROOT, place)
        cut = [
            leg for (a, b), legs in modes.items() if (a in near) != (b in near) for leg in legs
        ]
        answer[place] = (ways, tuple(sorted(cut)))
    return answer


def best_protected(
    found: Singles, weights: Mapping[str, Weight], count: int, kind: type
) -> tuple[list[object], Weight, Weight]:
    """Return the legs or places to protect together, and what is safe with and without.

    A place is safe when every single leg (or place) on its way is protected. A choice
    without what lies before it saves nobody, so the best one hangs together from the
    sources on; it is found exactly, in time proportional to legs and *count*.

    Args:
        found: Single points.
        weights: (voters, stations) of each place that counts.
        count: How many may be protected.
        kind: `tuple` for legs, `str` for places.

    Returns:
        The chosen, then (voters, stations) that are safe with them, and without any.
    """
    gain: dict[object, Weight] = {}
    below: dict[object, set[object]] = {}
    before = (0, 0)
    for place, (voters, stations) in sorted(weights.items()):
        if not (voters or stations) or (place not in found.above):
            continue
        chain = found.over(place, kind)
        if not chain:
            before = (before[0] + voters, before[1] + stations)
            continue
        last = gain.get(chain[-1], (0, 0))
        gain[chain[-1]] = (last[0] + voters, last[1] + stations)
        for up, node in zip([_ROOT, *chain], chain, strict=False):
            below.setdefault(up, set()).add(node)
    order, sizes = _preorder(below)
    chosen = _closed_best(order, sizes, gain, min(count, len(order)))
    safe = before
    for node in chosen:
        more = gain.get(node, (0, 0))
        safe = (safe[0] + more[0], safe[1] + more[1])
    return chosen, safe, before


def _preorder(below: Mapping[object, set[object]]) -> tuple[list[object], list[int]]:
    """Return nodes, each before what hangs on it, and how many each subtree has."""
    order: list[object] = []
    sizes: list[int] = []

    def walk() -> None:
        todo: list[tuple[object, int]] = [
            (n, -1) for n in sorted(below.get(_ROOT, ()), key=str)
        ]
        todo.reverse()
        while todo:
            node, started = todo.pop()
            if started >= 0:
                sizes[started] = len(order) - started
                continue
            todo.append((node, len(order)))
            order.append(node)
            sizes.append(0)
            todo += [(n, -1) for n in sorted(below.get(node, ()), key=str, reverse=True)]

    walk()
    return order, sizes


def _closed_best(
    order: list[object], sizes: list[int], gain: Mapping[object, Weight], count: int
) -> list[object]:
    """Return at most *count* nodes of most weight, each with all that it hangs on."""
    nothing = [(0, 0)] * (count + 1)
    best: list[list[Weight]] = [nothing] * (len(order) + 1)
    for i in range(len(order) - 1, -1, -1):
        voters, stations = gain.get(order[i], (0, 0))
        skip, take = best[i + sizes[i]], best[i + 1]
        best[i] = [
            max(skip[j], (voters + take[j - 1][0], stations + take[j - 1][1]))
            if j
            else skip[0]
            for j in range(count + 1)
        ]
    chosen: list[object] = []
    i, j = 0, count
    while i < len(order) and j:
        if best[i][j] == best[i + sizes[i]][j]:
            i += sizes[i]
        else:
            chosen.append(order[i])
            i, j = i + 1, j - 1
    return chosen
