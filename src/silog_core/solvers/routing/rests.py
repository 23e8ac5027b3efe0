"""Driving the trips of one vehicle with breaks, nights and closed legs.

The constant-time tests of the search know none of these: they say what is possible at best,
and the drive here has the last word. A break is put off as long as it can be, so that
waiting may pay for it; a night is spent at the last guarded place before it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from silog_core.solvers.routing.clock import latest, opening

if TYPE_CHECKING:
    from silog_core.domain.routing import Window
    from silog_core.solvers.routing.flat import FlatProblem

Trips = tuple[tuple[int, ...], ...]
#: Steps in the search for the latest departure.
_STEPS, _FINE_STEPS = 4, 24


class Run(NamedTuple):
    """When one vehicle leaves, rests and is back [s]."""

    start: int
    end: int
    rests: tuple[Window, ...]
    #: For each trip, when it leaves the depot and when it is back.
    spans: tuple[Window, ...]


class _State(NamedTuple):
    """Where a drive can be taken up again."""

    place: int
    now: int
    #: Breaks taken, and since when the crew has been on duty.
    breaks: int
    since: int
    rests: tuple[Window, ...]


class _Drive:
    """One drive along a chain of nodes, from one departure."""

    def __init__(self, flat: FlatProblem, kind: int, nodes: list[int]) -> None:
        self.flat, self.nodes = flat, nodes
        self.vehicle = flat.kinds[kind]
        self.times, self.shut = flat.duration[kind], flat.shut[kind]
        self.now = self.since = self.taken = 0
        self.rests: list[Window] = []

    def run(self, start_s: int) -> Run | None:
        """Return the run that leaves at *start_s*, None when it cannot be."""
        nodes, flat, depots = self.nodes, self.flat, self.flat.first_client
        start = self._opens(nodes[0], start_s)
        if start is None:
            return None
        self.now = self.since = start
        hold = self._state(0)
        came, left = start, start
        spans: list[Window] = []
        place = 0
        while place < len(nodes) - 1:
            here, there = nodes[place], nodes[place + 1]
            takes = self.times[here][there]
            leaves = self._begin(takes, self._leg(here, there, takes))
            if leaves is None:
                return None
            night = 0
            if here >= depots and not flat.guarded[here]:
                night = self._night(came, leaves)
            if night:
                # Nobody guards this place: spend the night where the drive last could.
                first = nodes[hold.place], nodes[hold.place + 1]
                if not self.times[first[0]][first[1]]:
                    return None
                self._stay(hold, night)
                place, came = hold.place, hold.now
                continue
            if here < depots:
                left = leaves
            self.now = came = leaves + takes
            place += 1
            if not self._visit(there):
                return None
            if there < depots:
                spans.append((left, came))
                if place < len(nodes) - 1 and not self._work(self.vehicle.reload_s):
                    return None
            elif not self._work(flat.service[there]):
                return None
            if there < depots or flat.guarded[there]:
                hold = self._state(place)
        return Run(start, self.now, tuple(self.rests), tuple(spans))

    def _state(self, place: int) -> _State:
        return _State(place, self.now, self.taken, self.since, tuple(self.rests))

    def _stay(self, hold: _State, until: int) -> None:
        """Go back to a guarded place and stay there until a night is over."""
        self.rests, self.taken, self.since = list(hold.rests), hold.breaks, hold.since
        self.now = hold.now
        self.rests.append((hold.now, until))
        self._rest_while_waiting(until)
        self.now = until

    def _night(self, came: int, left: int) -> int:
        """Return the end of the first night of which some is spent between two times."""
        for begins, ends in self.vehicle.nights:
            if max(begins, came) < min(ends, left):
                return ends
        return 0

    def _leg(self, here: int, there: int, takes: int) -> tuple[Window, ...]:
        """Return the times that a leg must not meet."""
        if not takes:
            return self.vehicle.nights
        leg = self.shut.get((here, there), ())
        return (*self.vehicle.closed, *leg, *self.vehicle.nights)

    def _begin(self, takes: int, still: tuple[Window, ...]) -> int | None:
        """Return when something begins that takes so long, after breaks that are due."""
        while True:
            at = first_free(self.now, takes, (*still, *self.rests))
            self._rest_while_waiting(at)
            if not self._break_due(at + takes):
                return at
            if not self._rest_now():
                return None

    def _visit(self, node: int) -> bool:
        """Wait until a visit can begin; return whether it can."""
        flat, depot = self.flat, node < self.flat.first_client
        takes = 0 if depot else flat.service[node]
        while True:
            at: int | None = self._opens(node, self.now)
            while at is not None and not depot:
                free = first_free(at, takes, (*self.vehicle.nights, *self.rests))
                if free == at:
                    break
                at = self._opens(node, free)
            if at is None:
                return False
            self._rest_while_waiting(at)
            if not self._break_due(at + takes):
                self.now = at
                return True
            if not self._rest_now(stays=depot):
                return False

    def _opens(self, node: int, now: int) -> int | None:
        windows = self.flat.several[node]
        if windows is not None:
            return opening(windows, now)
        if now > self.flat.closes[node]:
            return None
        return max(now, self.flat.opens[node])

    def _work(self, takes: int) -> bool:
        """Serve or reload; return whether it could be done."""
        at = self._begin(takes, self.vehicle.nights)
        if at is None:
            return False
        self.now = at + takes
        return True

    def _break_due(self, until: int) -> bool:
        """Return whether a break would be overdue after going on until then."""
        breaks = self.vehicle.breaks
        return self.taken < len(breaks) and until > breaks[self.taken].due_s(self.since)

    def _rest_while_waiting(self, until: int) -> None:
        """Take the breaks that fit into waiting."""
        breaks = self.vehicle.breaks
        while self.taken < len(breaks):
            pause = breaks[self.taken]
            begins = max(self.now, pause.earliest_s, self.since)
            ends = begins + pause.duration_s
            if begins > pause.due_s(self.since) or ends > until:
                return
            self._rest(begins, ends)

    def _rest_now(self, *, stays: bool = False) -> bool:
        """Take the next break, as it is due; return whether it is not too late."""
        pause = self.vehicle.breaks[self.taken]
        begins = max(self.now, pause.earliest_s, self.since)
        if begins > pause.due_s(self.since):
            return False
        self._rest(begins, begins + pause.duration_s)
        if not stays:
            self.now = begins + pause.duration_s
        return True

    def _rest(self, begins: int, ends: int) -> None:
        self.rests.append((begins, ends))
        self.taken, self.since = self.taken + 1, ends


def first_free(now: int, takes: int, still: tuple[Window, ...]) -> int:
    """Return the first time from *now* on at which *takes* seconds meet no window.

    Example:
        >>> first_free(90, 20, ((100, 200), (210, 300)))
        300
    """
    again = True
    while again:
        again = False
        for begins, ends in still:
            if now < ends and begins < now + takes:
                now, again = ends, True
    return now


def run_from(flat: FlatProblem, kind: int, nodes: list[int], start_s: int) -> Run | None:
    """Return the run along *nodes* that leaves at *start_s*, None when it cannot be.

    Limits of the shift and of loads are the caller's.
    """
    return _Drive(flat, kind, nodes).run(start_s)


def best_run(
    flat: FlatProblem, kind: int, nodes: list[int], *, fine: bool = False
) -> Run | None:
    """Return the run that is back first, leaving late for it.

    Args:
        flat: The problem.
        kind: Kind of vehicle.
        nodes: Chain of nodes, from depot to depot.
        fine: Look for the very latest departure; roughly otherwise.
    """
    vehicle = flat.kinds[kind]
    best = run_from(flat, kind, nodes, vehicle.shift_start_s)
    if best is None or best.end > vehicle.shift_end_s:
        return best
    late = latest(flat, kind, nodes, best.end)
    if late is None or late[0] <= best.start:
        return best
    low, high = best.start, late[0]
    for step in range(_FINE_STEPS if fine else _STEPS):
        if low >= high:
            break
        middle = high if not step else (low + high + 1) // 2
        later = run_from(flat, kind, nodes, middle)
        if later is not None and later.end <= best.end:
            best, low = later, middle
        else:
            high = middle - 1
    return best
