"""Prices on shared arcs, and the bound on the cost that they prove.

Whoever pays a price for the room on an arc, and is paid for all the room there is, cannot
do better than the true optimum: for any prices, the cheapest ways minus what the room is
worth is a lower bound. Prices go up where arcs are overfull and down where they are not.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

import attrs

from silog_core.solvers.allocation.shortest_ways import FAR, cheapest_ways

if TYPE_CHECKING:
    from silog_core.domain.flows import MultiFlowProblem

#: Prices are whole numbers of this part of a cost unit, so that bounds are exact.
SCALE = 1024


@attrs.frozen(kw_only=True)
class PricedBound:
    """Prices of the arcs, and the bound that they prove."""

    #: Price of a unit of room on each arc, in 1/SCALE of a cost unit.
    prices: list[int]
    #: Lower bound on the cost, rounded up; None when some commodity has no way at all.
    bound: int | None


def price_arcs(
    problem: MultiFlowProblem, out: list[list[tuple[int, int]]], *, rounds: int
) -> PricedBound:
    """Return good prices for the arcs of *problem* after some rounds of adjustment.

    Args:
        problem: Arcs and commodities.
        out: For each node its arcs, as arc and head.
        rounds: How often the prices are adjusted.

    Returns:
        The prices of the best bound that was met.
    """
    by_origin = commodities_by_origin(problem)
    prices = [0] * len(problem.tails)
    best = PricedBound(prices=prices, bound=None)
    best_value: int | None = None
    step, stale, anew = 0.1, 0, True
    averaged = [0.0] * len(prices)
    for _ in range(rounds):
        value, load = _cheapest(problem, out, by_origin, prices)
        if value is None:
            return best
        value -= sum(map(int.__mul__, prices, problem.uppers))
        if best_value is None or value > best_value:
            best_value, stale = value, 0
            best = PricedBound(prices=prices, bound=-(-value // SCALE))
        else:
            stale += 1
            if stale >= 5:
                # Back to the best prices, with smaller steps and no memory.
                step, stale, prices, anew = step * 0.6, 0, best.prices, True
                continue
        # Overfull in most recent rounds, not only in the last one: less to and fro.
        weight, anew = (1.0 if anew else 0.3), False
        averaged = [
            weight * (units - upper) + (1 - weight) * mean
            for units, upper, mean in zip(load, problem.uppers, averaged, strict=True)
        ]
        slope = [
            over if over > 0 or price > 0 else 0.0
            for over, price in zip(averaged, prices, strict=True)
        ]
        length = sum(over * over for over in slope)
        if length <= 1e-9:
            break
        reach = step * abs(best_value) / length
        prices = [
            max(0, round(price + reach * over))
            for price, over in zip(prices, slope, strict=True)
        ]
    return best


def commodities_by_origin(problem: MultiFlowProblem) -> dict[int, list[int]]:
    """Return the commodities that move, by the node they start from."""
    found: dict[int, list[int]] = defaultdict(list)
    for k, origin in enumerate(problem.origins):
        if problem.amounts[k] and origin != problem.targets[k]:
            found[origin].append(k)
    return found


def bound_of(
    problem: MultiFlowProblem, out: list[list[tuple[int, int]]], prices: list[int]
) -> int | None:
    """Return the bound that *prices* prove, in whole cost units, rounded up.

    Args:
        problem: Arcs and commodities.
        out: For each node its arcs, as arc and head.
        prices: Price of a unit of room on each arc, in 1/SCALE of a cost unit.
    """
    value, _ = _cheapest(problem, out, commodities_by_origin(problem), prices)
    if value is None:
        return None
    return -(-(value - sum(map(int.__mul__, prices, problem.uppers))) // SCALE)


def _cheapest(
    problem: MultiFlowProblem,
    out: list[list[tuple[int, int]]],
    by_origin: dict[int, list[int]],
    prices: list[int],
) -> tuple[int | None, list[int]]:
    """Send every commodity its cheapest way, limits aside; None when one has no way."""
    full = [cost * SCALE + price for cost, price in zip(problem.costs, prices, strict=True)]
    load = [0] * len(full)
    value = 0
    for origin, commodities in by_origin.items():
        targets = {problem.targets[k] for k in commodities}
        dist, by = cheapest_ways(origin, out, full, targets=targets, target_count=len(targets))
        for k in commodities:
            node, units = problem.targets[k], problem.amounts[k]
            if dist[node] == FAR:
                return None, load
            value += int(dist[node]) * units
            while node != origin:
                load[by[node]] += units
                node = problem.tails[by[node]]
    return value, load
