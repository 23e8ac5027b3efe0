"""What a detour costs a tour, and what it does to its vehicle and its times.

The functions close over the state's lists, which they share with the search.
"""

from __future__ import annotations

from bisect import bisect_left
from itertools import combinations
from math import inf
from typing import TYPE_CHECKING

from silog_core.solvers.routing.clock import closing, opening

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from silog_core.solvers.routing.state import State


def quoting(state: State) -> Callable[[int, float, int, int, int], float]:
    """Return a function that prices a detour.

    It takes the tour, the detour's length, the client, and the nodes around the gap; the
    price is infinite when the client does not fit.
    """
    given = state.given
    times, service, timed = given.times, given.service, given.timed
    load_of, bulk_of, several = given.load, given.bulk, given.several
    opens, closes, ready, due = given.opens, given.closes, state.ready, state.due
    capacity, space, fixed, unit = given.capacity, given.space, given.fixed, given.unit
    farthest, longest, left = given.farthest, given.longest, state.left
    kind_of, load, length, bulk = state.kind_of, state.load, state.length, state.bulk
    work, limited, ordered = state.work, state.limited, state.ordered
    stand_in, sizes = state.stand_in, state.sizes

    def quote(r: int, detour: float, c: int, p: int, q: int) -> float:
        """Return what a detour costs a tour, which may need a larger vehicle for it."""
        if timed:
            at = ready[p] + times[p][c]
            if at < opens[c]:
                at = opens[c]
            elif at > closes[c]:
                return inf
            elif several[c]:
                at = opening(several[c] or (), at) or 0
            if at + service[c] + times[c][q] > due[q]:
                return inf
        kind, full = kind_of[r], load[r] + load_of[c]
        far = length[r] + detour
        if full <= capacity[kind]:
            if not limited:
                return detour * unit[kind]
            stuffed = bulk[r] + bulk_of[c]
            long = work[r] + times[p][c] + times[c][q] - times[p][q] + service[c]
            if stuffed <= space[kind] and far <= farthest[kind] and long <= longest[kind]:
                return detour * unit[kind]
        elif limited:
            stuffed = bulk[r] + bulk_of[c]
            long = work[r] + times[p][c] + times[c][q] - times[p][q] + service[c]
        now = fixed[kind] + unit[kind] * length[r]
        ks, least = stand_in[kind], inf
        for i in range(bisect_left(sizes[kind], full), len(ks)):
            k = ks[i]
            if left[k] and (
                not limited
                or (stuffed <= space[k] and far <= farthest[k] and long <= longest[k])
            ):
                price = fixed[k] + unit[k] * far - now
                if ordered[kind]:
                    return price
                least = min(least, price)
        return least

    return quote


def vehicle_changes(
    state: State,
) -> tuple[Callable[[int, float, int], float], Callable[[int, float, int], float]]:
    """Return two functions that change the length of a tour and return the cost of it.

    Both take the tour and the change of its distance and of its time. The first gives
    the tour the cheapest vehicle there is, the second keeps the one it has if that will
    do.
    """
    given = state.given
    capacity, space, fixed, unit = given.capacity, given.space, given.fixed, given.unit
    farthest, longest, left = given.farthest, given.longest, state.left
    kind_of, load, length, bulk = state.kind_of, state.load, state.length, state.bulk
    work, limited, ordered = state.work, state.limited, state.ordered
    stand_in, sizes = state.stand_in, state.sizes

    def retype(r: int, detour: float, longer: int) -> float:
        """Change the length of a tour, give it the cheapest vehicle, return the cost.

        Infinite when no vehicle can drive it.
        """
        old = kind_of[r]
        was = fixed[old] + unit[old] * length[r]
        far = length[r] = length[r] + detour
        long = work[r] = work[r] + longer
        ks, best, least = stand_in[old], old, inf
        for i in range(bisect_left(sizes[old], load[r]), len(ks)):
            k = ks[i]
            if (left[k] or k == old) and (
                not limited
                or (bulk[r] <= space[k] and far <= farthest[k] and long <= longest[k])
            ):
                cost = fixed[k] + unit[k] * far
                if cost < least:
                    best, least = k, cost
                if ordered[old]:
                    break
        if best != old:
            left[old] += 1
            left[best] -= 1
            kind_of[r] = best
        return least - was

    def same_kind(r: int, detour: float, longer: int) -> float:
        """Change the length of a tour, keep its vehicle if that will do, return the cost."""
        kind = kind_of[r]
        length[r] += detour
        work[r] += longer
        if load[r] > capacity[kind] or (
            limited
            and (
                bulk[r] > space[kind] or length[r] > farthest[kind] or work[r] > longest[kind]
            )
        ):
            return unit[kind] * detour + retype(r, 0.0, 0)
        return unit[kind] * detour

    return retype, same_kind


def surplus_of(state: State) -> Callable[[int], float]:
    """Return a function that says what a tour costs above the cheapest vehicle for it."""
    given = state.given
    fixed, unit, load, length = given.fixed, given.unit, state.load, state.length
    kind_of, stand_in, sizes = state.kind_of, state.stand_in, state.sizes

    def surplus(r: int) -> float:
        """Return what another vehicle would save at most, limits other than load apart."""
        old, far = kind_of[r], length[r]
        ks = stand_in[old]
        k = ks[bisect_left(sizes[old], load[r])]
        least = fixed[k] + unit[k] * far
        if not state.ordered[old]:
            least = min([fixed[k] + unit[k] * far for k in ks])
        return fixed[old] + unit[old] * far - least

    return surplus


def exchanging(state: State) -> Callable[[Iterable[int]], float]:
    """Return a function that lets pairs of tours swap vehicles where that is cheaper.

    It takes the tours and returns the change of the cost. Only loads are looked at, so it
    does nothing for tours with other limits.
    """
    given = state.given
    capacity, unit, depot = given.capacity, given.unit, given.depot
    kind_of, load, length = state.kind_of, state.load, state.length

    def exchange(tours: Iterable[int]) -> float:
        """Swap vehicles within pairs of tours; return the change of the cost."""
        change = 0.0
        if state.limited:
            return change
        for a, b in combinations(tours, 2):
            i, j = kind_of[a], kind_of[b]
            if (
                i != j
                and depot[i] == depot[j]
                and load[a] <= capacity[j]
                and load[b] <= capacity[i]
            ):
                gain = (unit[i] - unit[j]) * (length[a] - length[b])
                if gain > 0:
                    kind_of[a], kind_of[b] = j, i
                    change -= gain
        return change

    return exchange


def clock_changes(state: State) -> tuple[Callable[[int], bool], Callable[[int], None]]:
    """Return two functions that renew the times of a tour from a client on.

    The first goes forward over the earliest times and says whether all is in time, the
    second goes back over the latest times. Both stop where nothing changes.
    """
    given, depots = state.given, state.flat.first_client
    times, service, several = given.times, given.service, given.several
    opens, closes, ready, due = given.opens, given.closes, state.ready, state.due
    after, before = state.after, state.before

    def later(c: int) -> bool:
        """Renew the earliest times from a client on; return whether all is in time."""
        while c >= depots:
            p = before[c]
            at = ready[p] + times[p][c]
            if at < opens[c]:
                at = opens[c]
            elif at > closes[c]:
                return False
            elif several[c]:
                at = opening(several[c] or (), at) or 0
            at += service[c]
            if at == ready[c]:
                return True
            ready[c] = at
            if at + times[c][after[c]] > due[after[c]]:
                return False
            c = after[c]
        return True

    def sooner(c: int) -> None:
        """Renew the latest times from a client back."""
        while c >= depots:
            q = after[c]
            at = due[q] - times[c][q] - service[c]
            if at > closes[c]:
                at = closes[c]
            elif several[c]:
                found = closing(several[c] or (), at)
                at = -1 if found is None else found
            if at == due[c]:
                return
            due[c] = at
            c = before[c]

    return later, sooner
