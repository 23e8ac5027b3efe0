"""As many complete kits as can be had, once floors are met and before anything else.

A kit is complete or useless. Choosing the most kits when several commodities are short is
a knapsack with many limits; few kits are searched through, many are taken by what they
need of the scarce, the smallest first, which is exact where one commodity is short.
"""

from __future__ import annotations

from collections import defaultdict
from fractions import Fraction
from typing import TYPE_CHECKING

from silog_core.solvers.allocation.fair_network import fair_amounts, rising_flow
from silog_core.solvers.allocation.fair_shares import Claim, share_fairly

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from silog_core.domain.allocation import AllocationProblem
    from silog_core.solvers.allocation.commodity_network import CommodityNetwork

#: Up to this many undecided kits every choice is looked at.
_SEARCHED = 10


def kit_first_amounts(
    problem: AllocationProblem, networks: Sequence[CommodityNetwork]
) -> list[int]:
    """Return pieces for each demand: floors, then complete kits, then fair shares.

    Every commodity is counted as if it had the legs to itself.

    Args:
        problem: What the numbers refer to.
        networks: One for each commodity that moves.
    """
    stocks = [_Stock(problem, network) for network in networks]
    served = [0] * len(problem.demands)
    for stock in stocks:
        for d, units in stock.base.items():
            served[d] = units
    for d in _completed(problem, stocks):
        served[d] = problem.demands[d].quantity
    for network in networks:
        kept = {d: served[d] for _, d in network.exits}
        for d, units in fair_amounts(problem, network, already=kept).items():
            served[d] = units
    return served


class _Stock:
    """What can be brought of one commodity, and what its demands have so far."""

    def __init__(self, problem: AllocationProblem, network: CommodityNetwork) -> None:
        self.exits = [d for _, d in network.exits]
        self.whole = [problem.demands[d].quantity for d in self.exits]
        self.net = rising_flow(problem, network)
        start = self.net.save()
        #: Whether there is too little for all.
        self.short = not self.net.raise_to(self.whole)
        #: Most pieces that can be brought in all.
        self.most = sum(self.net.received)
        self.net.restore(start)
        claims = []
        for d in self.exits:
            demand = problem.demands[d]
            least = max(demand.floor, demand.kept)
            claims.append(
                Claim(
                    quantity=least,
                    floor=demand.floor,
                    priority=demand.priority,
                    key=(demand.place, str(demand.commodity)),
                )
            )
        kept = [problem.demands[d].kept for d in self.exits]
        got = share_fairly(self.net, claims, kept=kept)
        self.base = dict(zip(self.exits, got, strict=True))
        self.at = {d: i for i, d in enumerate(self.exits)}

    def try_to(self, demands: Sequence[int]) -> bool:
        """Raise some demands to their full need, or leave all as it was."""
        limits = self.net.received
        for d in demands:
            limits[self.at[d]] = self.whole[self.at[d]]
        if sum(limits) > self.most:
            return False
        start = self.net.save()
        if self.net.raise_to(limits):
            return True
        self.net.restore(start)
        return False


_Needs = dict[int, list[int]]


def _completed(problem: AllocationProblem, stocks: Sequence[_Stock]) -> set[int]:
    """Return the demands of the kits that are completed."""
    scarce = [s for s, stock in enumerate(stocks) if stock.short]
    stock_of = {d: s for s, stock in enumerate(stocks) for d in stock.exits}
    kits: dict[str, _Needs] = {}
    members: dict[str, list[int]] = defaultdict(list)
    for d, demand in enumerate(problem.demands):
        if demand.kit and demand.quantity:
            members[demand.kit].append(d)
            needs = kits.setdefault(demand.kit, defaultdict(list))
            if stock_of[d] in scarce:
                needs[stock_of[d]].append(d)
    classes: dict[int, list[str]] = defaultdict(list)
    for kit, numbers in members.items():
        classes[max(problem.demands[d].priority for d in numbers)].append(kit)
    chosen: list[str] = []
    for _, names in sorted(classes.items()):
        order = sorted(names, key=lambda kit: (_weight(stocks, kits[kit]), kit))
        if len(scarce) > 1 and len(order) <= _SEARCHED:
            found = _best(stocks, kits, order)
            for kit in found:
                _take(stocks, kits[kit])
        else:
            found = _smallest_first(stocks, kits, order)
        chosen += found
    return {d for kit in chosen for d in members[kit]}


def _weight(stocks: Sequence[_Stock], needs: Mapping[int, Sequence[int]]) -> Fraction:
    """Return how much of the scarce a kit takes, each commodity by what is left of it."""
    return sum(
        (
            Fraction(
                sum(stocks[s].whole[stocks[s].at[d]] - stocks[s].base[d] for d in numbers),
                max(1, stocks[s].most - sum(stocks[s].base.values())),
            )
            for s, numbers in needs.items()
        ),
        Fraction(0),
    )


def _take(stocks: Sequence[_Stock], needs: Mapping[int, Sequence[int]]) -> bool:
    """Complete a kit, or leave all as it was."""
    before: list[tuple[int, list[int]]] = []
    for s, numbers in needs.items():
        state = stocks[s].net.save()
        if not stocks[s].try_to(numbers):
            for other, old in before:
                stocks[other].net.restore(old)
            return False
        before.append((s, state))
    return True


def _smallest_first(
    stocks: Sequence[_Stock], kits: Mapping[str, _Needs], order: Sequence[str]
) -> list[str]:
    """Take kit after kit, in runs that double as long as they fit."""
    found: list[str] = []
    at, step = 0, 1
    while at < len(order):
        run = order[at : at + step]
        together: _Needs = defaultdict(list)
        for kit in run:
            for s, numbers in kits[kit].items():
                together[s] += numbers
        if _take(stocks, together):
            found += run
            at += len(run)
            step *= 2
        elif step > 1:
            step //= 2
        else:
            at += 1
    return found


def _best(
    stocks: Sequence[_Stock], kits: Mapping[str, _Needs], order: Sequence[str]
) -> list[str]:
    """Return the largest set that fits, the first in order among equals."""
    best: list[str] = []

    def search(at: int, chosen: list[str]) -> None:
        nonlocal best
        if len(chosen) > len(best):
            best = chosen
        if at == len(order) or len(chosen) + len(order) - at <= len(best):
            return
        states = {s: stocks[s].net.save() for s in kits[order[at]]}
        if _take(stocks, kits[order[at]]):
            search(at + 1, [*chosen, order[at]])
            for s, state in states.items():
                stocks[s].net.restore(state)
        search(at + 1, chosen)

    search(0, [])
    return best
