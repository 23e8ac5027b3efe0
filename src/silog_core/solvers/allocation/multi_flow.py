"""Several commodities through shared arcs, without a solver for linear programs.

Prices on the arcs give a bound and a sense of which arcs are worth most; commodities are
then sent one after the other through what room is left, and taken back and sent again
while that helps. Limits always hold; the bound says how far the cost may be off.
"""

from __future__ import annotations

from collections import defaultdict

from silog_core.domain.flows import MultiFlowProblem, MultiFlowSolution
from silog_core.solvers.allocation.arc_prices import SCALE, price_arcs
from silog_core.solvers.allocation.shortest_ways import FAR, cheapest_ways
from silog_core.solvers.allocation.single_flow import NAME

#: Rounds of price adjustment.
_ROUNDS = 120
#: Passes in which every commodity is taken back and sent again.
_PASSES = 6
#: Passes in which blocked commodities push others aside.
_PUSHES = 40


def solve_multi_flow(problem: MultiFlowProblem) -> MultiFlowSolution:
    """Return flows within all limits, and a bound on what the best could cost.

    Args:
        problem: Arcs and commodities.

    Returns:
        Flows, what could not be sent, and the bound.

    Example:
        >>> found = solve_multi_flow(
        ...     MultiFlowProblem(
        ...         node_count=3,
        ...         tails=(0, 0, 1),
        ...         heads=(2, 1, 2),
        ...         uppers=(4, 9, 9),
        ...         costs=(1, 1, 3),
        ...         origins=(0, 1),
        ...         targets=(2, 2),
        ...         amounts=(6, 5),
        ...     )
        ... )
        >>> found.cost, found.unmet, found.bound
        (27, (), 27)
    """
    out: list[list[tuple[int, int]]] = [[] for _ in range(problem.node_count)]
    for arc, (tail, head) in enumerate(zip(problem.tails, problem.heads, strict=True)):
        if tail != head:
            out[tail].append((arc, head))
    priced = price_arcs(problem, out, rounds=_ROUNDS)
    router = _Router(problem, out, priced.prices)
    router.send_all()
    router.push_aside(_PUSHES)
    router.improve(_PASSES)
    return router.solution(priced.bound)


class _Router:
    """Room on the arcs, and the flow of each commodity."""

    def __init__(
        self, problem: MultiFlowProblem, out: list[list[tuple[int, int]]], prices: list[int]
    ) -> None:
        self.problem, self.out = problem, out
        self.room = list(problem.uppers)
        self.base = [cost * SCALE for cost in problem.costs]
        self.guide = [b + p for b, p in zip(self.base, prices, strict=True)]
        self.flow: list[dict[int, int]] = [{} for _ in problem.amounts]
        self.lacks = [
            0 if problem.origins[k] == problem.targets[k] else amount
            for k, amount in enumerate(problem.amounts)
        ]
        #: The largest first: small ones find a way round more easily.
        self.order = sorted(range(len(self.lacks)), key=lambda k: (-self.lacks[k], k))
        self.users: list[set[int]] = [set() for _ in problem.tails]

    def send_all(self) -> None:
        """Send every commodity through what room is left."""
        for k in self.order:
            self.send(k, self.guide)

    def send(self, k: int, prices: list[int]) -> None:
        """Send what commodity *k* lacks, along cheapest ways as far as they have room."""
        origin, target = self.problem.origins[k], self.problem.targets[k]
        while self.lacks[k]:
            dist, by = cheapest_ways(
                origin, self.out, prices, room=self.room, targets=(target,), target_count=1
            )
            if dist[target] == FAR:
                return
            way = self.way_to(target, origin, by)
            self.load(k, way, min(self.lacks[k], *(self.room[arc] for arc in way)))

    def way_to(self, target: int, origin: int, by: list[int]) -> list[int]:
        """Return the arcs that lead to *target*."""
        way = []
        node = target
        while node != origin:
            way.append(by[node])
            node = self.problem.tails[by[node]]
        return way

    def load(self, k: int, way: list[int], units: int) -> None:
        """Put units of commodity *k* on the arcs of a way."""
        self.lacks[k] -= units
        for arc in way:
            self.room[arc] -= units
            self.flow[k][arc] = self.flow[k].get(arc, 0) + units
            self.users[arc].add(k)

    def take_back(self, k: int) -> dict[int, int]:
        """Take commodity *k* off all its arcs and return what it had there."""
        had = self.flow[k]
        for arc, units in had.items():
            self.room[arc] += units
            self.users[arc].discard(k)
        self.flow[k] = {}
        self.lacks[k] = (
            0
            if self.problem.origins[k] == self.problem.targets[k]
            else self.problem.amounts[k]
        )
        return had

    def put_back(self, k: int, had: dict[int, int], lacks: int) -> None:
        """Undo a `take_back`."""
        self.take_back(k)
        self.flow[k] = had
        self.lacks[k] = lacks
        for arc, units in had.items():
            self.room[arc] -= units
            self.users[arc].add(k)

    def push_aside(self, passes: int) -> None:
        """Let blocked commodities take room from others, which then look for other ways.

        An arc that was fought over gets dearer for everybody, until all find a way.
        """
        fought = [0] * len(self.room)
        for turn in range(passes):
            blocked = [k for k in self.order if self.lacks[k]]
            if not blocked:
                return
            dearest = max(self.guide, default=1)
            for k in blocked:
                self._squeeze(k, fought, dearest)
            prices = [g + f * dearest // 4 for g, f in zip(self.guide, fought, strict=True)]
            for k in self.order if turn % 2 else reversed(self.order):
                if self.lacks[k]:
                    self.send(k, prices)

    def _squeeze(self, k: int, fought: list[int], dearest: int) -> None:
        """Send *k* its way, over full arcs too, and take others off those."""
        origin, target = self.problem.origins[k], self.problem.targets[k]
        prices = [
            g + (f + 1) * dearest * (not r) + f * dearest // 4
            for g, f, r in zip(self.guide, fought, self.room, strict=True)
        ]
        dist, by = cheapest_ways(
            origin,
            self.out,
            prices,
            room=self.problem.uppers,
            targets=(target,),
            target_count=1,
        )
        if dist[target] == FAR:
            return
        way = self.way_to(target, origin, by)
        units = min(self.lacks[k], *(self.problem.uppers[arc] for arc in way))
        for arc in way:
            if self.room[arc] < units:
                fought[arc] += 1
            for other in sorted(self.users[arc] - {k}, key=lambda o: (self.flow[o][arc], o)):
                if self.room[arc] >= units:
                    break
                self.take_back(other)
            units = min(units, self.room[arc])
        if units:
            self.load(k, way, units)

    def improve(self, passes: int) -> None:
        """Take each commodity back and send it again while that lowers the cost."""
        for turn in range(passes):
            gained = False
            prices = self.guide if turn % 2 == 0 else self.base
            for k in self.order:
                before = self._cost(k, prices)
                lacked = self.lacks[k]
                had = self.take_back(k)
                self.send(k, prices)
                if (self.lacks[k], self._cost(k, prices)) >= (lacked, before):
                    self.put_back(k, had, lacked)
                else:
                    gained = True
            if not gained and turn:
                return

    def _cost(self, k: int, prices: list[int]) -> int:
        return sum(units * prices[arc] for arc, units in self.flow[k].items())

    def solution(self, bound: int | None) -> MultiFlowSolution:
        """Return what has been reached."""
        total: defaultdict[tuple[int, int], int] = defaultdict(int)
        for k, flow in enumerate(self.flow):
            for arc, units in flow.items():
                total[arc, k] += units
        flows = tuple((arc, k, units) for (arc, k), units in sorted(total.items()))
        return MultiFlowSolution(
            flows=flows,
            unmet=tuple((k, units) for k, units in enumerate(self.lacks) if units),
            cost=sum(units * self.problem.costs[arc] for arc, _, units in flows),
            bound=bound,
            solver=NAME,
        )
