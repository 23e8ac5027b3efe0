"""Multi-commodity flow by column generation: ways are added while one would pay."""

from __future__ import annotations

from silog_core.domain.flows import MultiFlowProblem, MultiFlowSolution
from silog_core.solvers.allocation.arc_prices import SCALE, bound_of, commodities_by_origin
from silog_core.solvers.allocation.multi_flow import solve_multi_flow as built_in
from silog_core.solvers.allocation.shortest_ways import FAR, cheapest_ways
from silog_solver_highs.model import Model

_INF = float("inf")
#: Rounds of adding ways; far more than are ever needed.
_ROUNDS = 500
#: Gap and nodes at which the whole-number program may stop.
_GAP, _NODES = 1e-6, 2000


def solve_multi_flow(problem: MultiFlowProblem) -> MultiFlowSolution:
    """Return whole flows within all limits, with the bound of the linear program."""
    return _Columns(problem).run()


class _Columns:
    """The restricted program: a row for each arc and commodity, a column for each way."""

    def __init__(self, problem: MultiFlowProblem) -> None:
        self.problem = problem
        self.arcs = len(problem.tails)
        self.by_origin = commodities_by_origin(problem)
        self.moving = sorted(k for ks in self.by_origin.values() for k in ks)
        self.row_of = {k: self.arcs + i for i, k in enumerate(self.moving)}
        self.out: list[list[tuple[int, int]]] = [[] for _ in range(problem.node_count)]
        for arc, (tail, head) in enumerate(zip(problem.tails, problem.heads, strict=True)):
            if tail != head:
                self.out[tail].append((arc, head))
        self.model = Model()
        for upper in problem.uppers:
            self.model.row(-_INF, upper)
        for k in self.moving:
            self.model.row(problem.amounts[k], problem.amounts[k])
        self.dear = 1 + sum(problem.costs)
        self.slack = {
            self.model.column(self.dear, problem.amounts[k], [self.row_of[k]], [1.0]): k
            for k in self.moving
        }
        self.ways: dict[int, tuple[int, tuple[int, ...]]] = {}
        self.known: set[tuple[int, tuple[int, ...]]] = set()

    def add(self, k: int, way: tuple[int, ...]) -> bool:
        """Add a way of commodity *k*; False when it is there already."""
        if (k, way) in self.known:
            return False
        self.known.add((k, way))
        column = self.model.column(
            sum(self.problem.costs[arc] for arc in way),
            self.problem.amounts[k],
            [*way, self.row_of[k]],
            [1.0] * (len(way) + 1),
        )
        self.ways[column] = (k, way)
        return True

    def run(self) -> MultiFlowSolution:
        """Generate ways, then choose among them in whole numbers."""
        start = built_in(self.problem)
        bound = self._generate()
        self._add_ways_of(start)
        self.model.whole(gap=_GAP, nodes=_NODES)
        if not self.model.solve():
            return start
        found = self._solution(bound if bound is not None else start.bound)
        return min(found, start, key=lambda s: (s.unmet_total, s.cost)) if bound else found

    def _generate(self) -> int | None:
        bound: int | None = None
        for _ in range(_ROUNDS):
            self.model.solve()
            duals = self.model.duals
            prices = [max(0.0, -dual) for dual in duals[: self.arcs]]
            full = [
                cost + price for cost, price in zip(self.problem.costs, prices, strict=True)
            ]
            fresh = False
            for origin, commodities in self.by_origin.items():
                dist, by = cheapest_ways(origin, self.out, full)
                for k in commodities:
                    target = self.problem.targets[k]
                    worth = duals[self.row_of[k]]
                    if dist[target] == FAR or dist[target] > worth - 1e-7 * max(1.0, worth):
                        continue
                    way = []
                    node = target
                    while node != origin:
                        way.append(by[node])
                        node = self.problem.tails[by[node]]
                    fresh = self.add(k, tuple(way)) or fresh
            if not fresh:
                bound = bound_of(
                    self.problem, self.out, [round(price * SCALE) for price in prices]
                )
                break
        return bound

    def _add_ways_of(self, start: MultiFlowSolution) -> None:
        """Add the ways of the built-in solution, so that it is a choice."""
        flows: dict[int, dict[int, int]] = {}
        for arc, k, units in start.flows:
            flows.setdefault(k, {})[arc] = units
        for k, left in flows.items():
            target = self.problem.targets[k]
            while left:
                way: list[int] = []
                node, seen = self.problem.origins[k], set()
                while node != target and node not in seen:
                    seen.add(node)
                    onward = [a for a in left if self.problem.tails[a] == node]
                    if not onward:
                        break
                    way.append(onward[0])
                    node = self.problem.heads[onward[0]]
                if node != target or not way:
                    break
                units = min(left[a] for a in way)
                for a in way:
                    left[a] -= units
                    if not left[a]:
                        del left[a]
                self.add(k, tuple(reversed(way)))

    def _solution(self, bound: int | None) -> MultiFlowSolution:
        total: dict[tuple[int, int], int] = {}
        lacking: dict[int, int] = {}
        for column, value in enumerate(self.model.values):
            units = round(value)
            if not units:
                continue
            if column in self.slack:
                lacking[self.slack[column]] = units
                continue
            k, way = self.ways[column]
            for arc in way:
                total[arc, k] = total.get((arc, k), 0) + units
        flows = tuple((arc, k, units) for (arc, k), units in sorted(total.items()))
        return MultiFlowSolution(
            flows=flows,
            unmet=tuple(sorted(lacking.items())),
            cost=sum(units * self.problem.costs[arc] for arc, _, units in flows),
            bound=bound,
            solver="highs",
        )
