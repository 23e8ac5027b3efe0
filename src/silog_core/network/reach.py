"""What can be reached, and what hangs on a single way in."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import attrs
import networkx as nx

from silog_core.domain.legs import Leg

#: Stands for all sources at once.
_ROOT = ("",)


@attrs.frozen(kw_only=True)
class SingleWay:
    """A pair of places such that all goods for those behind it pass between them."""

    tail: str
    head: str
    #: Modes of the legs between the two.
    modes: tuple[str, ...]
    #: Places that are cut off when the way is, in code order.
    behind: tuple[str, ...]


@attrs.frozen(kw_only=True)
class Unreachable:
    """A place that no source reaches, with the legs that would lead in were they open."""

    place: str
    #: Closed or missing legs at the edge of what is reached, as (tail, head).
    cut: tuple[tuple[str, str], ...]


def graph_of(legs: Iterable[Leg], sources: Iterable[str]) -> nx.MultiGraph:
    """Return the network with a root that joins all sources."""
    graph = nx.MultiGraph()
    for leg in sorted(legs, key=lambda g: g.key):
        ends = tuple(sorted((leg.tail, leg.head)))
        graph.add_edge(*ends, key=(*ends, leg.mode.value))
    for source in sorted(sources):
        # Two edges: the step from the root to a source is never a single way itself.
        graph.add_edge(_ROOT, source, key=0)
        graph.add_edge(_ROOT, source, key=1)
    return graph


def single_ways(legs: Iterable[Leg], sources: Iterable[str]) -> tuple[SingleWay, ...]:
    """Return every single way in, by the name of its ends.

    Args:
        legs: Legs in any direction; two modes between the same places are two ways.
        sources: Places where goods come from.

    Returns:
        One entry for each bridge of the network, with the places behind it.

    Example:
        >>> way = dict(mode="road", length_m=1, travel_s=1)
        >>> legs = [Leg(tail="S", head="A", **way), Leg(tail="A", head="B", **way)]
        >>> [(w.tail, w.head, w.behind) for w in single_ways(legs, ["S"])]
        [('A', 'B', ('B',)), ('S', 'A', ('A', 'B'))]
    """
    graph = graph_of(legs, sources)
    if _ROOT not in graph:
        return ()
    reached = graph.subgraph(nx.node_connected_component(graph, _ROOT))
    # One walk down from the root: behind a bridge lies the whole subtree of its end.
    parent = dict(nx.bfs_predecessors(reached, _ROOT))
    below: dict[object, set[str]] = {}
    for node in reversed(list(nx.bfs_tree(reached, _ROOT))):
        mine = below.setdefault(node, {node})
        if node in parent:
            below.setdefault(parent[node], {parent[node]}).update(mine)
    found = []
    for a, b in nx.bridges(nx.Graph(reached)):
        tail, head = (a, b) if parent.get(b) == a else (b, a)
        if _ROOT in {tail, head} or reached.number_of_edges(tail, head) > 1:
            continue
        modes = tuple(sorted(key[2] for key in reached[tail][head]))
        found.append(
            SingleWay(tail=tail, head=head, modes=modes, behind=tuple(sorted(below[head])))
        )
    return tuple(sorted(found, key=lambda w: (w.tail, w.head)))


def unreachable(
    places: Iterable[str],
    legs: Iterable[Leg],
    sources: Iterable[str],
    *,
    closed: Iterable[Leg],
) -> tuple[Unreachable, ...]:
    """Return the places that no source reaches over open legs, each with its cut.

    Args:
        places: Places to look at.
        legs: Open legs.
        sources: Places where goods come from.
        closed: Legs that exist and are closed; those at the edge of what is reached
            make up the cut.
    """
    graph = graph_of(legs, sources)
    reached = nx.node_connected_component(graph, _ROOT) if _ROOT in graph else set()
    shut = nx.Graph([(leg.tail, leg.head) for leg in closed])
    found = []
    for place in sorted(set(places) - reached):
        own = nx.node_connected_component(graph, place) if place in graph else {place}
        cut = {
            (min(a, b), max(a, b)) for a in own if a in shut for b in shut[a] if b not in own
        }
        found.append(Unreachable(place=place, cut=tuple(sorted(cut))))
    return tuple(found)


def voters_behind(
    ways: Iterable[SingleWay], voters: Mapping[str, int]
) -> dict[SingleWay, int]:
    """Return how many voters hang on each way, given the voters of each place."""
    return {way: sum(voters.get(code, 0) for code in way.behind) for way in ways}
