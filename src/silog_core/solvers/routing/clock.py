"""Earliest and latest times along the trips of one vehicle.

Waiting is allowed everywhere, so starting earlier never makes anything later; that is
why one earliest and one latest time for each stop decide in constant time whether
another stop fits between two.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from silog_core.domain.routing import Window
    from silog_core.solvers.routing.flat import FlatProblem


def opening(windows: tuple[Window, ...], time_s: int) -> int | None:
    """Return when a visit can begin at *time_s* or later, None when never.

    Example:
        >>> opening(((10, 20), (30, 40)), 25)
        30
    """
    for opens, closes in windows:
        if time_s <= closes:
            return max(opens, time_s)
    return None


def closing(windows: tuple[Window, ...], time_s: int) -> int | None:
    """Return when a visit can begin at *time_s* or before, None when never.

    Example:
        >>> closing(((10, 20), (30, 40)), 25)
        20
    """
    for opens, closes in reversed(windows):
        if time_s >= opens:
            return min(closes, time_s)
    return None


def arrive(closed: tuple[Window, ...], leave_s: int, travel_s: int) -> int:
    """Return the arrival of a leg that must lie outside the *closed* times.

    Example:
        >>> arrive(((100, 200),), 95, 10)
        210
    """
    if travel_s:
        for begins, ends in closed:
            if leave_s < ends and leave_s + travel_s > begins:
                leave_s = ends
    return leave_s + travel_s


def depart(closed: tuple[Window, ...], arrive_s: int, travel_s: int) -> int:
    """Return the latest departure of a leg that has arrived by *arrive_s*.

    Example:
        >>> depart(((100, 200),), 205, 10)
        90
    """
    leave_s = arrive_s - travel_s
    if travel_s:
        for begins, ends in reversed(closed):
            if leave_s < ends and leave_s + travel_s > begins:
                leave_s = begins - travel_s
    return leave_s


def earliest(flat: FlatProblem, kind: int, nodes: list[int], start_s: int) -> list[int] | None:
    """Return when the visit of each node begins, leaving as early as from *start_s*.

    *nodes* begins and ends at the depot, which also stands between trips. None when a
    window is missed; limits of the shift are the caller's.
    """
    opens, closes, several = flat.opens, flat.closes, flat.several
    rows, service = flat.duration[kind], flat.service
    vehicle = flat.kinds[kind]
    closed, first_client = vehicle.closed, flat.first_client
    begins: list[int] = []
    now, before = start_s, -1
    for node in nodes:
        if before >= 0:
            step = rows[before][node]
            now = arrive(closed, now, step) if closed else now + step
        windows = several[node]
        if windows is not None:
            found = opening(windows, now)
            if found is None:
                return None
            now = found
        elif now < opens[node]:
            now = opens[node]
        elif now > closes[node]:
            return None
        begins.append(now)
        if node >= first_client:
            now += service[node]
        elif before >= 0:
            now += vehicle.reload_s
        before = node
    return begins


def latest(flat: FlatProblem, kind: int, nodes: list[int], end_s: int) -> list[int] | None:
    """Return when the visit of each node must begin for a return by *end_s*."""
    opens, closes, several = flat.opens, flat.closes, flat.several
    rows, service = flat.duration[kind], flat.service
    vehicle = flat.kinds[kind]
    closed, first_client = vehicle.closed, flat.first_client
    begins: list[int] = []
    after = -1
    now = end_s
    for place in range(len(nodes) - 1, -1, -1):
        node = nodes[place]
        if after >= 0:
            step = rows[node][after]
            now = depart(closed, now, step) if closed else now - step
            if node >= first_client:
                now -= service[node]
            elif place:
                now -= vehicle.reload_s
        windows = several[node]
        if windows is not None:
            found = closing(windows, now)
            if found is None:
                return None
            now = found
        elif now > closes[node]:
            now = closes[node]
        elif now < opens[node]:
            return None
        begins.append(now)
        after = node
    begins.reverse()
    return begins
