"""The cuts that prove a fair shortage: sets of places that nothing more can enter."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from silog_core.domain.allocation import FairnessCut
from silog_core.solvers.allocation.leg_rooms import LegRooms

if TYPE_CHECKING:
    from collections.abc import Sequence

    from silog_core.domain.allocation import AllocationProblem
    from silog_core.solvers.allocation.commodity_network import CommodityNetwork


def find_cuts(
    problem: AllocationProblem,
    networks: Sequence[CommodityNetwork],
    flows: Sequence[Sequence[int]],
    served: Sequence[int],
) -> tuple[FairnessCut, ...]:
    """Return the cuts that speak for the short demands of every network without moments.

    Args:
        problem: What the numbers refer to.
        networks: One for each commodity that moves.
        flows: Pieces on the arcs of each network.
        served: Pieces for each demand.
    """
    rooms = LegRooms(problem)
    for network, found in zip(networks, flows, strict=True):
        rooms.take(network, found)
    cuts: list[FairnessCut] = []
    for network, found in zip(networks, flows, strict=True):
        short = [d for _, d in network.exits if served[d] < problem.demands[d].quantity]
        if not short or network.timed:
            continue
        giving = _givers(network, found, rooms)
        groups: dict[tuple[int, ...], list[int]] = defaultdict(list)
        known: dict[int, tuple[int, ...]] = {}
        for node, d in network.exits:
            if served[d] == problem.demands[d].quantity:
                continue
            if node not in known:
                known.update(_sets_around(node, giving))
            groups[known[node]].append(d)
        cuts += [
            FairnessCut(commodity=network.commodity, places=places, demands=tuple(demands))
            for places, demands in groups.items()
        ]
    return tuple(cuts)


def _givers(
    network: CommodityNetwork, flows: Sequence[int], rooms: LegRooms
) -> list[list[int]]:
    """Return for each node those from which one more piece can be had."""
    giving: list[list[int]] = [[] for _ in range(network.node_count)]
    for arc, units in zip(network.arcs, flows, strict=True):
        if arc.leg < 0 or rooms.pieces(arc.leg, network.commodity, most=1):
            giving[arc.head].append(arc.tail)
        if units:
            giving[arc.tail].append(arc.head)
    return giving


def _sets_around(node: int, giving: Sequence[Sequence[int]]) -> dict[int, tuple[int, ...]]:
    """Return the set behind *node*, also for the nodes that have the very same set."""
    seen = _closure(node, giving)
    places = tuple(sorted(seen))
    taking: dict[int, list[int]] = defaultdict(list)
    for head in seen:
        for tail in giving[head]:
            taking[tail].append(head)
    return dict.fromkeys(_closure(node, taking), places)


def _closure(start: int, steps: Sequence[Sequence[int]] | dict[int, list[int]]) -> set[int]:
    seen = {start}
    work = [start]
    for node in work:
        for other in steps[node]:
            if other not in seen:
                seen.add(other)
                work.append(other)
    return seen
