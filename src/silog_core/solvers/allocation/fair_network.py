"""Fair shares of one commodity on its network."""

from __future__ import annotations

from typing import TYPE_CHECKING

from silog_core.solvers.allocation.fair_shares import Claim, share_fairly
from silog_core.solvers.allocation.max_flow import RisingFlow

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from silog_core.domain.allocation import AllocationProblem
    from silog_core.solvers.allocation.commodity_network import CommodityNetwork


def rising_flow(
    problem: AllocationProblem,
    network: CommodityNetwork,
    *,
    uppers: Sequence[int] | None = None,
) -> RisingFlow:
    """Return the flow of a commodity with its demands as sinks, all at 0.

    Args:
        problem: What the numbers refer to.
        network: Network of the commodity.
        uppers: Most pieces on each arc, instead of the limits of the network.
    """
    limits = network.uppers if uppers is None else uppers
    return RisingFlow(
        network.node_count,
        [(a.tail, a.head, top) for a, top in zip(network.arcs, limits, strict=True)],
        entries=[(node, problem.supplies[lot].quantity) for node, lot in network.entries],
        exits=[node for node, _ in network.exits],
    )


def fair_amounts(
    problem: AllocationProblem,
    network: CommodityNetwork,
    *,
    uppers: Sequence[int] | None = None,
    already: Mapping[int, int] | None = None,
) -> dict[int, int]:
    """Return the fair number of pieces for each demand on *network*.

    Args:
        problem: What the numbers refer to.
        network: Network of the commodity.
        uppers: Most pieces on each arc, instead of the limits of the network.
        already: Pieces that a demand keeps in any case; they can all be delivered.
    """
    net = rising_flow(problem, network, uppers=uppers)
    claims = []
    for _, number in network.exits:
        demand = problem.demands[number]
        claims.append(
            Claim(
                quantity=demand.quantity,
                floor=demand.floor,
                priority=demand.priority,
                key=(demand.place, str(demand.commodity)),
            )
        )
    kept = [
        max(problem.demands[number].kept, 0 if already is None else already[number])
        for _, number in network.exits
    ]
    got = share_fairly(net, claims, kept=kept)
    return {number: units for (_, number), units in zip(network.exits, got, strict=True)}
