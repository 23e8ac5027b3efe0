"""Which lot serves which demand, and by which way: flows taken apart into paths."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from silog_core.domain.allocation import AllocationProblem, Attribution

if TYPE_CHECKING:
    from collections.abc import Sequence

    from silog_core.solvers.allocation.commodity_network import CommodityNetwork

#: Moment of arrival (None sorts first as -1, 0), supply, legs so far, pieces.
_Parcel = tuple[tuple[int, int], int, tuple[int, ...], int]


def attribute(
    problem: AllocationProblem,
    network: CommodityNetwork,
    flows: Sequence[int],
    served: Sequence[int],
) -> list[Attribution]:
    """Take the flows of one commodity apart.

    At every node the earliest pieces go to whoever needs them first, and of a place's
    lots the oldest are used first.

    Args:
        problem: What the numbers refer to.
        network: Network of the commodity.
        flows: Pieces on each arc of *network*, without cycles.
        served: Pieces for each demand of *problem*.

    Returns:
        One line for each lot, demand and way.
    """
    order = _from_sources(network, flows)
    out: dict[int, list[int]] = defaultdict(list)
    into = [0] * network.node_count
    for a, arc in enumerate(network.arcs):
        if flows[a]:
            out[arc.tail].append(a)
            into[arc.head] += flows[a]
    demands: dict[int, list[int]] = defaultdict(list)
    for node, demand in network.exits:
        if served[demand]:
            demands[node].append(demand)
    lots: dict[int, list[int]] = defaultdict(list)
    for node, supply in network.entries:
        lots[node].append(supply)
    late = _deadlines(problem, network, order, out, demands)

    parcels: dict[int, list[_Parcel]] = defaultdict(list)
    lines: list[Attribution] = []
    for node in order:
        takers = [(_due(problem, d), 0, d, served[d]) for d in demands[node]] + [
            (_before(late[network.arcs[a].head], _travel(problem, network, a)), 1, a, flows[a])
            for a in out[node]
        ]
        wanted = sum(taker[3] for taker in takers) - into[node]
        stock = parcels.pop(node, [])
        for supply in sorted(lots[node], key=lambda i: (_start(problem, i), i)):
            use = min(wanted, problem.supplies[supply].quantity)
            if use > 0:
                stock.append((_start(problem, supply), supply, (), use))
                wanted -= use
        stock.sort(reverse=True)
        for _, kind, number, amount in sorted(takers):
            left = amount
            while left:
                arrive, supply, way, pieces = stock.pop()
                if pieces > left:
                    stock.append((arrive, supply, way, pieces - left))
                    pieces = left
                left -= pieces
                if kind == 0:
                    lines.append(
                        Attribution(
                            supply=supply,
                            demand=number,
                            quantity=pieces,
                            legs=way,
                            arrive_s=arrive[1] if arrive[0] == 0 else None,
                        )
                    )
                    continue
                arc = network.arcs[number]
                travel = _travel(problem, network, number)
                there = (arrive[0], arrive[1] + travel) if arrive[0] == 0 else arrive
                longer = (*way, arc.leg) if arc.leg >= 0 else way
                parcels[arc.head].append((there, supply, longer, pieces))
    return lines


def is_on_time(problem: AllocationProblem, lines: Sequence[Attribution]) -> bool:
    """Say whether every line arrives by the due moment of its demand."""
    return all(
        line.arrive_s is None
        or (due := problem.demands[line.demand].due_s) is None
        or line.arrive_s <= due
        for line in lines
    )


def without_cycles(network: CommodityNetwork, flows: Sequence[int]) -> list[int]:
    """Return the flows with everything taken out that only goes round."""
    left = list(flows)
    while True:
        cycle = _find_cycle(network, left)
        if not cycle:
            return left
        amount = min(left[a] for a in cycle)
        for a in cycle:
            left[a] -= amount


def _find_cycle(network: CommodityNetwork, flows: Sequence[int]) -> list[int]:
    out: dict[int, list[int]] = defaultdict(list)
    for a, arc in enumerate(network.arcs):
        if flows[a]:
            out[arc.tail].append(a)
    seen: dict[int, int] = {}  # 1 on the way, 2 done
    for start in list(out):
        way: list[int] = []
        stack = [(start, iter(out[start]))]
        if seen.setdefault(start, 1) == 2:
            continue
        while stack:
            node, rest = stack[-1]
            for a in rest:
                head = network.arcs[a].head
                if seen.get(head) == 1:
                    way.append(a)
                    first = next(i for i, b in enumerate(way) if network.arcs[b].tail == head)
                    return way[first:]
                if head not in seen:
                    seen[head] = 1
                    way.append(a)
                    stack.append((head, iter(out[head])))
                    break
            else:
                seen[node] = 2
                stack.pop()
                if way:
                    way.pop()
    return []


def _from_sources(network: CommodityNetwork, flows: Sequence[int]) -> list[int]:
    """Return the nodes so that every flow runs from an earlier to a later one."""
    waits = [0] * network.node_count
    out: dict[int, list[int]] = defaultdict(list)
    for a, arc in enumerate(network.arcs):
        if flows[a]:
            waits[arc.head] += 1
            out[arc.tail].append(arc.head)
    order = [node for node in range(network.node_count) if not waits[node]]
    for node in order:
        for head in out[node]:
            waits[head] -= 1
            if not waits[head]:
                order.append(head)
    return order


#: Later than any moment.
_ANY_TIME = (1, 0)
_Due = tuple[int, int]


def _due(problem: AllocationProblem, demand: int) -> _Due:
    due = problem.demands[demand].due_s
    return _ANY_TIME if due is None else (0, due)


def _start(problem: AllocationProblem, supply: int) -> tuple[int, int]:
    available = problem.supplies[supply].available_s
    return (-1, 0) if available is None else (0, available)


def _travel(problem: AllocationProblem, network: CommodityNetwork, arc: int) -> int:
    leg = network.arcs[arc].leg
    return problem.legs[leg].travel_s if leg >= 0 else 0


def _before(due: _Due, travel_s: int) -> _Due:
    return due if due[0] else (0, due[1] - travel_s)


def _deadlines(
    problem: AllocationProblem,
    network: CommodityNetwork,
    order: Sequence[int],
    out: dict[int, list[int]],
    demands: dict[int, list[int]],
) -> list[_Due]:
    """Return for each node the first deadline of what passes it."""
    late = [_ANY_TIME] * network.node_count
    for node in reversed(order):
        ways = [
            _before(late[network.arcs[a].head], _travel(problem, network, a))
            for a in out.get(node, ())
        ]
        late[node] = min(
            [_due(problem, d) for d in demands.get(node, ())] + ways, default=_ANY_TIME
        )
    return late
