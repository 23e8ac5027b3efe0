"""All steps from today on: as planned, or as soon as what they wait for is there."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from heapq import heapify, heappop, heappush

from silog_core.domain.calendar import DAY_S
from silog_core.domain.scenario import Scenario
from silog_core.planning.timeline.escorts import FreeGroups
from silog_core.planning.timeline.moving import Run
from silog_core.planning.timeline.network import Link, Network, Node

#: What waits for a step that never runs is not ready before then [s].
_NEVER_S = 10**8
#: Kits that come after their window: the step that brings them, and how late [s].
Late = Mapping[str, tuple[str, int]]


def run_forward(
    scenario: Scenario, network: Network, now_s: int, begun: frozenset[str]
) -> tuple[Run, Late]:
    """Return when all steps are done from today on, and which kits are late.

    Escorts go with the trips that they were planned for. Where that makes kits late,
    whoever is free goes with the next trip instead, if fewer voters wait for their kits then.

    Args:
        scenario: What was planned for.
        network: Steps of the plan.
        now_s: Today [s].
        begun: Steps that have begun, as planned.
    """
    planned = _run(network, now_s, begun, None)
    late = late_kits(network, planned)
    if not late or not network.groups:
        return planned, late
    groups = FreeGroups(scenario, network.groups)
    swapped = _run(network, now_s, begun, groups)
    other = late_kits(network, swapped)
    if _badness(scenario, other) < _badness(scenario, late):
        return swapped, other
    return planned, late


def _badness(scenario: Scenario, late: Late) -> tuple[int, int, int]:
    voters = sum(scenario.by_code[kit].voters for kit in late)
    return voters, len(late), sum(late_s for _, late_s in late.values())


def _run(
    network: Network, now_s: int, begun: frozenset[str], groups: FreeGroups | None
) -> Run:
    times: dict[str, tuple[int, ...] | None] = {}
    waited: dict[str, str] = {}
    ready: dict[str, tuple[int, str]] = {}
    fetch: dict[str, list[tuple[int, int, str]]] = {}
    for name in sorted(begun) if groups is not None else ():
        if (trip := network.nodes[name].trip) and trip.escorts and groups is not None:
            groups.take(trip, network.nodes[name].times)
    for node in _in_order(network):
        at_s, who = ready.get(node.id, (node.times[0], ""))
        start = max(node.times[0], now_s, at_s)
        mine: tuple[int, ...] | None = node.times
        if node.id not in begun:
            mine, late = _times(node, start, fetch.get(node.id, ()), eased=network.eased)
            free = ""
            if groups is not None and node.trip and node.trip.escorts:
                mine, free = groups.go(node.trip, node.clock, mine)
            if free or late or (start > node.times[0] and at_s >= now_s):
                waited[node.id] = free or late or who
        times[node.id] = mine
        for link, at in _links(node, mine, swapped=groups is not None):
            if link.at:
                fetch.setdefault(link.to, []).append((link.at, at, node.id))
            else:
                ready[link.to] = max(ready.get(link.to, (-(10**9), "")), (at, node.id))
    return Run(times=times, waited=waited)


def _links(
    node: Node, times: tuple[int, ...] | None, *, swapped: bool
) -> Iterator[tuple[Link, int]]:
    """Yield who waits for a step until when; escorts that are swapped hold nobody.

    What never runs takes nobody along, and nothing of it is fetched.
    """
    for link in node.next:
        taken = link.kind in ("vehicle", "escort")
        if (swapped and link.kind == "escort") or (times is None and (link.at or taken)):
            continue
        yield link, _NEVER_S if times is None else times[link.event] + link.wait_s


def _times(
    node: Node, start: int, fetch: Sequence[tuple[int, int, str]], *, eased: bool
) -> tuple[tuple[int, ...] | None, str]:
    """Return the times of a step that is ready at a moment, and whom it waits for else.

    Args:
        node: The step.
        start: When it is ready [s].
        fetch: Which of its times must not be before when, and for whose sake.
        eased: Whether it may end sooner than planned.
    """
    fast = node.clock.run(start)
    # As planned stays as planned, days off at its end included.
    if start == node.times[0] and (not eased or fast is None or fast >= node.times):
        fast = node.times
    waits = ""
    while fast is not None and (short := [f for f in fetch if fast[f[0]] < f[1]]):
        event, at_s, waits = short[0]
        start = max(start, fast[0]) + at_s - fast[event]
        fast = node.clock.run(start)
    return fast, waits


def _in_order(network: Network) -> Iterator[Node]:
    """Yield steps in the order in which they were planned, after what they wait for."""
    waits = dict.fromkeys(network.nodes, 0)
    for node in network.nodes.values():
        for link in node.next:
            waits[link.to] += 1
    free = [(network.nodes[i].times[0], i) for i, n in waits.items() if not n]
    heapify(free)
    while free:
        node = network.nodes[heappop(free)[1]]
        yield node
        for link in node.next:
            waits[link.to] -= 1
            if not waits[link.to]:
                heappush(free, (network.nodes[link.to].times[0], link.to))


def late_kits(network: Network, run: Run) -> Late:
    """Return kits that come later than planned, and after their window."""
    found: dict[str, tuple[str, int]] = {}
    for node in network.nodes.values():
        times = run.times[node.id]
        for event, closes_s, place in node.limits:
            late_s = DAY_S * 365 if times is None else times[event] - closes_s
            was_s = node.times[event] - closes_s
            if late_s > max(0, was_s) and node.trip is not None:
                stop = next(s for s in node.trip.stops if s.place == place)
                for kit in stop.kits:
                    known = found.get(kit, ("", 0))
                    found[kit] = max(known, (node.id, late_s), key=lambda x: x[1])
    return found
