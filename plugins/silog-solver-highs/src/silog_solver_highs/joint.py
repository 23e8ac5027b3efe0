"""Given amounts through shared legs at true least cost, in whole pieces."""

from __future__ import annotations

from collections.abc import Sequence
from math import ceil

from silog_core.domain.allocation import AllocationProblem
from silog_core.solvers.allocation.commodity_network import CommodityNetwork
from silog_solver_highs.model import Model

_INF = float("inf")
_GAP, _NODES = 1e-7, 5000


def ship_jointly(
    problem: AllocationProblem, networks: Sequence[CommodityNetwork], served: Sequence[int]
) -> tuple[list[list[int]], int] | None:
    """Return the flows on each network and a bound on their cost, None when nothing fits.

    Args:
        problem: What the numbers refer to.
        networks: One for each commodity that moves.
        served: Pieces for each demand.
    """
    model = Model()
    rows = 0
    mass_row: dict[int, int] = {}
    bulk_row: dict[int, int] = {}
    for number, leg in enumerate(problem.legs):
        for known, limit in ((mass_row, leg.max_load_g), (bulk_row, leg.max_volume_cm3)):
            if limit is not None:
                model.row(-_INF, limit)
                known[number] = rows
                rows += 1
    first_column: list[int] = []
    for network in networks:
        base = rows
        taken = [0] * network.node_count
        for node, demand in network.exits:
            taken[node] += served[demand]
        for units in taken:
            model.row(units, units)
        rows += network.node_count
        size = problem.commodities[network.commodity]
        first_column.append(model.columns)
        for arc, upper, cost in zip(network.arcs, network.uppers, network.costs, strict=True):
            at = [base + arc.tail, base + arc.head]
            by = [-1.0, 1.0]
            if arc.leg in mass_row and size.mass_g:
                at.append(mass_row[arc.leg])
                by.append(size.mass_g)
            if arc.leg in bulk_row and size.volume_cm3:
                at.append(bulk_row[arc.leg])
                by.append(size.volume_cm3)
            # In rupiah: millionths would be needlessly large numbers.
            model.column(cost / 1e6, upper, at, by)
        for node, lot in network.entries:
            model.column(0.0, problem.supplies[lot].quantity, [base + node], [1.0])
    model.whole(gap=_GAP, nodes=_NODES)
    if not model.solve():
        return None
    values = model.values
    flows = [
        [round(v) for v in values[first : first + len(network.arcs)]]
        for first, network in zip(first_column, networks, strict=True)
    ]
    return flows, ceil(max(0.0, model.bound) * 1e6 * (1 - 1e-9))
