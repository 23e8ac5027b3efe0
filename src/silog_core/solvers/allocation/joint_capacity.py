"""Commodities that share the load and volume of legs, one after the other.

A heuristic: it never exceeds a limit. All demands of a class are raised to the same share
as far as the legs allow, so that places get whole kits rather than much of one item and
nothing of another; then what room is left is used up.
"""

from __future__ import annotations

from operator import mul
from typing import TYPE_CHECKING

from silog_core.solvers.allocation.fair_network import fair_amounts
from silog_core.solvers.allocation.leg_rooms import LegRooms, within_shared_legs
from silog_core.solvers.allocation.shipping import ship

if TYPE_CHECKING:
    from collections.abc import Sequence

    from silog_core.domain.allocation import AllocationProblem
    from silog_core.solvers.allocation.commodity_network import CommodityNetwork

#: Steps in which the common share is searched.
_SHARE_STEPS = 10
#: Tries to make the moments of one leg keep its limit.
_TRIES = 4
#: How often the packing begins again after a failure; less often within a search.
_RESTARTS = 12
_FEWER = 3


def pack_jointly(
    problem: AllocationProblem, networks: Sequence[CommodityNetwork], wanted: Sequence[int]
) -> tuple[list[list[int]], list[int]]:
    """Return flows on each network, and pieces served, within all limits.

    Args:
        problem: The question.
        networks: One for each commodity that moves.
        wanted: Pieces for each demand that could be had if the commodity were alone.

    Returns:
        Flows for each network, and pieces for each demand.
    """
    order = sorted(
        range(len(networks)), key=lambda n: _heaviness(problem, networks[n], wanted)
    )
    flows = _pack(problem, networks, order, wanted)
    if flows is not None:
        return flows, list(wanted)
    served = [demand.kept for demand in problem.demands]
    for phase in (0, 1):
        for priority in sorted({demand.priority for demand in problem.demands}):
            served = _raise_class(problem, networks, order, wanted, served, phase, priority)
    packed = _pack(problem, networks, order, served)
    assert packed is not None
    return _use_up(problem, networks, order, packed, served)


def _raise_class(
    problem: AllocationProblem,
    networks: Sequence[CommodityNetwork],
    order: Sequence[int],
    wanted: Sequence[int],
    served: Sequence[int],
    phase: int,
    priority: int,
) -> list[int]:
    """Raise one priority class to the highest common share that packs."""

    def at(step: int) -> list[int]:
        aims = list(served)
        for d, demand in enumerate(problem.demands):
            whole = demand.quantity if phase else demand.floor
            if demand.priority == priority:
                aims[d] = max(aims[d], min(wanted[d], whole * step >> _SHARE_STEPS))
        return aims

    low, high = 0, 1 << _SHARE_STEPS
    if at(high) == list(served):
        return list(served)
    if _pack(problem, networks, order, at(high)) is not None:
        return at(high)
    while high - low > 1:
        middle = (low + high) // 2
        if _pack(problem, networks, order, at(middle), restarts=_FEWER) is None:
            high = middle
        else:
            low = middle
    return at(low)


def _pack(
    problem: AllocationProblem,
    networks: Sequence[CommodityNetwork],
    order: Sequence[int],
    aims: Sequence[int],
    *,
    restarts: int = _RESTARTS,
) -> list[list[int]] | None:
    """Ship commodity after commodity through what room is left; None when one fails.

    After a failure the one that failed goes first, and the legs that were full for it
    cost a toll, so that others leave them to it where they can.
    """
    queue = list(order)
    tolls = [0] * len(problem.legs)
    usual = max(1, _mean([leg.cost_per_tonne_rupiah for leg in problem.legs]))
    for _ in range(restarts + 1):
        rooms = LegRooms(problem)
        flows: list[list[int]] = [[] for _ in networks]
        failed = None
        for n in queue:
            uppers = rooms.uppers(networks[n])
            found = _ship_within(
                problem, networks[n], uppers, aims, costs=_tolled(problem, networks[n], tolls)
            )
            if found is None:
                failed = n
                break
            rooms.take(networks[n], found)
            flows[n] = found
        if failed is None:
            return _polish(problem, networks, queue, flows, aims, rooms)
        queue.remove(failed)
        queue.insert(0, failed)
        for leg in range(len(tolls)):
            if not rooms.pieces(leg, networks[failed].commodity, most=1):
                tolls[leg] += usual
    return None


def _mean(values: Sequence[int]) -> int:
    return sum(values) // max(1, len(values))


def _tolled(
    problem: AllocationProblem, network: CommodityNetwork, tolls: Sequence[int]
) -> list[int]:
    """Return the cost of a piece on each arc, toll of the leg included."""
    mass_g = max(1, problem.commodities[network.commodity].mass_g)
    return [
        cost + tolls[arc.leg] * mass_g if arc.leg >= 0 else cost
        for arc, cost in zip(network.arcs, network.costs, strict=True)
    ]


def _polish(
    problem: AllocationProblem,
    networks: Sequence[CommodityNetwork],
    order: Sequence[int],
    flows: list[list[int]],
    aims: Sequence[int],
    rooms: LegRooms,
) -> list[list[int]]:
    """Send each commodity again at true costs, through what room the others leave."""
    for n in order:
        network = networks[n]
        rooms.take(network, flows[n], sign=-1)
        better = _ship_within(problem, network, rooms.uppers(network), aims)
        if better is not None and _cost(network, better) < _cost(network, flows[n]):
            flows[n] = better
        rooms.take(network, flows[n])
    return flows


def _cost(network: CommodityNetwork, flows: Sequence[int]) -> int:
    return sum(map(mul, flows, network.costs))


def _ship_within(
    problem: AllocationProblem,
    network: CommodityNetwork,
    uppers: list[int],
    aims: Sequence[int],
    *,
    costs: Sequence[int] | None = None,
) -> list[int] | None:
    for _ in range(_TRIES):
        found = ship(problem, network, aims, uppers=uppers, costs=costs)
        if any(found.unmet):
            return None
        tighter = within_shared_legs(network, found.flows, uppers)
        if tighter is None:
            return found.flows
        uppers = tighter
    return None


def _use_up(
    problem: AllocationProblem,
    networks: Sequence[CommodityNetwork],
    order: Sequence[int],
    flows: list[list[int]],
    served: list[int],
) -> tuple[list[list[int]], list[int]]:
    """Give what still fits, commodity by commodity, to the smallest shares first."""
    rooms = LegRooms(problem)
    for network, found in zip(networks, flows, strict=True):
        rooms.take(network, found)
    for n in order:
        network = networks[n]
        rooms.take(network, flows[n], sign=-1)
        uppers = rooms.uppers(network)
        more = fair_amounts(problem, network, uppers=uppers, already=dict(enumerate(served)))
        aims = list(served)
        for d, units in more.items():
            aims[d] = units
        better = _ship_within(problem, network, uppers, aims)
        if better is not None:
            flows[n], served = better, aims
        rooms.take(network, flows[n])
    return flows, served


def _heaviness(
    problem: AllocationProblem, network: CommodityNetwork, wanted: Sequence[int]
) -> tuple[int, int]:
    """Rank the commodity that takes most room first."""
    size = problem.commodities[network.commodity]
    pieces = sum(wanted[d] for _, d in network.exits)
    return (-pieces * (size.mass_g + size.volume_cm3), network.commodity)
