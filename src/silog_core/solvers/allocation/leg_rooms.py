"""What is left of the legs when several commodities share their load and volume."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from silog_core.domain.allocation import AllocationProblem
    from silog_core.solvers.allocation.commodity_network import CommodityNetwork


class LegRooms:
    """Room left on each leg, by mass and by volume; None is without limit."""

    def __init__(self, problem: AllocationProblem) -> None:
        """Start with empty legs."""
        self._problem = problem
        self.load_g = [leg.max_load_g for leg in problem.legs]
        self.volume_cm3 = [leg.max_volume_cm3 for leg in problem.legs]

    def take(self, network: CommodityNetwork, flows: Sequence[int], *, sign: int = 1) -> None:
        """Load the flows of one commodity, or unload them with sign -1."""
        size = self._problem.commodities[network.commodity]
        for arc, units in zip(network.arcs, flows, strict=True):
            if units and arc.leg >= 0:
                grams, bulk = self.load_g[arc.leg], self.volume_cm3[arc.leg]
                if grams is not None:
                    self.load_g[arc.leg] = grams - sign * units * size.mass_g
                if bulk is not None:
                    self.volume_cm3[arc.leg] = bulk - sign * units * size.volume_cm3

    def pieces(self, leg: int, commodity: int, *, most: int) -> int:
        """Return how many pieces of a commodity still fit, at most *most*."""
        size = self._problem.commodities[commodity]
        grams, bulk = self.load_g[leg], self.volume_cm3[leg]
        if grams is not None and size.mass_g:
            most = min(most, max(0, grams) // size.mass_g)
        if bulk is not None and size.volume_cm3:
            most = min(most, max(0, bulk) // size.volume_cm3)
        return most

    def overloaded(self) -> list[int]:
        """Return the legs that carry more than they may."""
        return [
            leg
            for leg in range(len(self.load_g))
            if (self.load_g[leg] or 0) < 0 or (self.volume_cm3[leg] or 0) < 0
        ]

    def uppers(self, network: CommodityNetwork) -> list[int]:
        """Return what still fits on each arc of a network.

        Where a leg appears at several moments, every one of them is given the whole
        room: `over_shared` tells afterwards whether they took too much together.
        """
        return [
            self.pieces(arc.leg, network.commodity, most=upper) if arc.leg >= 0 else upper
            for arc, upper in zip(network.arcs, network.uppers, strict=True)
        ]


def within_shared_legs(
    network: CommodityNetwork, flows: Sequence[int], uppers: Sequence[int]
) -> list[int] | None:
    """Return tighter limits where the moments of one leg took too much together.

    Args:
        network: Network of one commodity.
        flows: Pieces on each arc.
        uppers: Limits that each arc kept.

    Returns:
        Limits for another try, or None when the flows are sound.
    """
    copies: dict[int, list[int]] = defaultdict(list)
    for a, arc in enumerate(network.arcs):
        if arc.leg >= 0:
            copies[arc.leg].append(a)
    tighter = list(uppers)
    sound = True
    for arcs in copies.values():
        room = max(uppers[a] for a in arcs)
        used = sum(flows[a] for a in arcs)
        if len(arcs) > 1 and used > room:
            sound = False
            for a in sorted(arcs, key=lambda a: (-flows[a], a)):
                tighter[a] = min(flows[a], room)
                room -= tighter[a]
    return None if sound else tighter
