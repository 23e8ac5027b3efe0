"""Ways around what is blocked: by places that the vehicle drives through."""

from __future__ import annotations

from heapq import heappop, heappush
from typing import TYPE_CHECKING

import attrs

from silog_core.domain.geodesy import great_circle_m
from silog_core.domain.legs import Mode
from silog_core.domain.places import Place
from silog_core.network.travel import Way
from silog_core.planning.rides import way_of_home

if TYPE_CHECKING:
    from silog_core.planning.replanning.state import State

#: Places that are near enough are looked at, so many of them.
_MOST = 24


@attrs.frozen(kw_only=True)
class Round:
    """A way by other places, its length and its time."""

    via: tuple[str, ...]
    length_m: int
    travel_s: int
    months_closed: tuple[int, ...] = ()


def around(
    state: State, home: Place, tail: Place, head: Place, mode: Mode, surface: str
) -> Round | None:
    """Return the quickest way by other places that nothing blocks, at any time.

    Ways that are given count, and straight ones between places that are near; whether
    the road through a third place is open, only people who know it can say.

    Args:
        state: The plan and what blocks its ways.
        home: Where the vehicle is from.
        tail: Where it is.
        head: Where it goes.
        mode: How it moves.
        surface: What it moves on.
    """
    nodes = {p.code: p for p in (tail, head, *_near(state, tail, head, mode))}
    done: set[str] = set()
    heap: list[tuple[int, int, tuple[str, ...], tuple[int, ...]]] = [(0, 0, (tail.code,), ())]
    while heap:
        travel_s, length_m, path, closed = heappop(heap)
        at = nodes[path[-1]]
        if at.code in done:
            continue
        done.add(at.code)
        if at.code == head.code:
            return Round(
                via=path[1:-1], length_m=length_m, travel_s=travel_s, months_closed=closed
            )
        for code, place in nodes.items():
            if code in done or {at.code, code} == {tail.code, head.code}:
                continue
            way = _open(state, home, at, place, mode, surface)
            if way is not None:
                months = tuple(sorted({*closed, *way.months_closed}))
                step = (
                    travel_s + way.travel_s,
                    length_m + way.length_m,
                    (*path, code),
                    months,
                )
                heappush(heap, step)
    return None


def _open(
    state: State, home: Place, tail: Place, head: Place, mode: Mode, surface: str
) -> Way | None:
    if state.blocks.of_hop(mode, tail.code, head.code):
        return None
    return way_of_home(state.travel, home, tail, head, mode, surface)


def _near(state: State, tail: Place, head: Place, mode: Mode) -> list[Place]:
    """Return places to drive through: ends of given legs, then neighbours, the nearest."""
    scenario = state.scenario
    given = {c for g in scenario.legs if g.mode is mode for c in (g.tail, g.head)}
    kin: set[str] = set()
    for place in (tail, head):
        kin |= {p.code for p in scenario.children.get(place.code, ())}
        kin |= {p.code for p in scenario.children.get(place.parent, ())} | {place.parent}
    found = [
        scenario.by_code[c]
        for c in (given | kin) - {tail.code, head.code}
        if c in scenario.by_code and scenario.by_code[c].has_position
    ]
    return sorted(
        found, key=lambda p: (p.code not in given, _off(p, tail) + _off(p, head), p.code)
    )[:_MOST]


def _off(a: Place, b: Place) -> int:
    if not (a.has_position and b.has_position):
        return 0
    return great_circle_m(
        a.lat_microdeg or 0, a.lon_microdeg or 0, b.lat_microdeg or 0, b.lon_microdeg or 0
    )
