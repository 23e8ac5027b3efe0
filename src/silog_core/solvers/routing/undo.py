"""Taking back a step of the fast core: the same lists, the last change first."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from silog_core.solvers.routing.state import State

#: A stop put in: the stop, the nodes around it, its tour.
Added = tuple[int, int, int, int]
#: A string cut out: the nodes around it, its tour, its load, its edges, its stops.
Cut = tuple[int, int, int, int, float, list[int]]


def undoing(state: State) -> Callable[[list[Added], list[Cut]], None]:
    """Return a function that takes back what was put in and cut out.

    Kinds, lengths and times of the tours are the caller's to restore.
    """
    dist, load_of, depots = state.given.distance, state.given.load, state.flat.first_client
    after, before, tour_of = state.after, state.before, state.tour_of
    edge_out, edge_in = state.edge_out, state.edge_in
    load, stops, first, last = state.load, state.stops, state.first, state.last
    kind_of, left, spare = state.kind_of, state.left, state.spare

    def undo(added: list[Added], cuts: list[Cut]) -> None:  # noqa: PLR0912 - hot, kept flat
        """Take the stops out again, then put the strings back."""
        for c, p, q, r in reversed(added):
            edge = dist[p][q]
            if p >= depots:
                after[p], edge_out[p] = q, edge
            else:
                first[r] = q
            if q >= depots:
                before[q], edge_in[q] = p, edge
            else:
                last[r] = p
            load[r] -= load_of[c]
            stops[r] -= 1
            tour_of[c] = -1
            if not stops[r]:
                spare.append(r)
                left[kind_of[r]] += 1
        for p, q, r, weight, _gain, part in reversed(cuts):
            if not stops[r]:
                if spare[-1] == r:
                    spare.pop()
                else:
                    spare.remove(r)
                left[kind_of[r]] -= 1
            load[r] += weight
            stops[r] += len(part)
            w = p
            for c in part:
                edge = dist[w][c]
                before[c], edge_in[c], tour_of[c] = w, edge, r
                if w >= depots:
                    after[w], edge_out[w] = c, edge
                else:
                    first[r] = c
                w = c
            edge = dist[w][q]
            after[w], edge_out[w] = q, edge
            if q >= depots:
                before[q], edge_in[q] = w, edge
            else:
                last[r] = w

    return undo
