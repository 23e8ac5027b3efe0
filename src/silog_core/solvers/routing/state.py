"""The fast core's plan: flat lists that one step of the search changes in a few places."""

from __future__ import annotations

from typing import TYPE_CHECKING

from silog_core.solvers.routing.flat import NO_LIMIT, FlatProblem
from silog_core.solvers.routing.simple import SimpleProblem, rising

if TYPE_CHECKING:
    from collections.abc import Sequence

    from silog_core.solvers.routing.tours import Tour, Trips


class State:
    """Lists by client, by tour and by kind of vehicle."""

    def __init__(self, flat: FlatProblem, given: SimpleProblem) -> None:
        """Begin with nobody served."""
        self.flat, self.given = flat, given
        size, total = flat.size, len(flat.clients)
        capacity, depot = given.capacity, given.depot
        self.left = list(given.count)
        self.kinds = [k for k in range(len(depot)) if self.left[k] > 0]
        #: A tour has other limits than its load.
        self.limited = any(given.bulk) or min([*given.farthest, *given.longest]) < NO_LIMIT
        #: One kind of vehicle, and one size to fill.
        self.plain = len(self.kinds) == 1 and not given.timed and not self.limited
        self.roomiest = max([capacity[k] for k in self.kinds], default=-1)
        #: Kinds that can take over a tour, smallest first.
        self.stand_in = [
            sorted(
                (k for k in self.kinds if depot[k] == depot[other]),
                key=lambda k: capacity[k],
            )
            for other in range(len(depot))
        ]
        #: A tour may be driven by more than one kind of vehicle.
        self.mixed = any(len(ks) > 1 for ks in self.stand_in)
        self.sizes = [[capacity[k] for k in ks] for ks in self.stand_in]
        self.ordered = [rising(given, ks) for ks in self.stand_in]

        #: Each client's neighbours, the edges to them, and its tour.
        self.after, self.before = [0] * size, [0] * size
        self.edge_out, self.edge_in = [0.0] * size, [0.0] * size
        self.tour_of = [-1] * size
        #: Earliest time to leave a node, latest to begin there; fixed for the depots.
        clients = [-1] * (size - flat.first_client)
        self.ready, self.due = given.leave + clients, given.back + clients

        tours = min(total, sum(self.left))
        #: Each tour; the last entry stands for "in no tour" and is always full.
        self.load = [0] * tours + [2 * NO_LIMIT]
        #: How full a tour counts when a gap is looked for. A tour that this step has
        #: touched may get a larger vehicle, every other one only fills what it has.
        self.fill = self.load if self.plain else self.load[:]
        self.bulk, self.work = [0] * tours, [0] * tours
        self.stops, self.first, self.last = [0] * tours, [0] * tours, [0] * tours
        self.kind_of, self.length = [0] * tours, [0.0] * tours
        self.spare = list(range(tours - 1, -1, -1))

    def take(self, tour: Tour) -> int:
        """Take over a sound tour of one trip; return its number."""
        r = self.spare.pop()
        self.left[tour.kind] -= 1
        self.lay(r, tour.kind, tour.trips[0])
        return r

    def lay(self, r: int, kind: int, way: Sequence[int]) -> None:
        """Give a tour a vehicle and stops; the fleet and the times are the caller's."""
        given, home = self.given, self.given.depot[kind]
        self.kind_of[r] = kind
        self._link(r, way, home)
        self.bulk[r] = sum([given.bulk[c] for c in way])
        self.length[r] = sum([self.edge_in[c] for c in way]) + self.edge_out[way[-1]]
        times, p, work = given.times, home, 0
        for c in way:
            work += times[p][c] + given.service[c]
            p = c
        self.work[r] = work + times[p][home]
        if not self.plain:
            self.fill[r] = self.load[r] + self.roomiest - given.capacity[kind]

    def _link(self, r: int, way: Sequence[int], home: int) -> None:
        """Make neighbours of stops that follow each other."""
        dist, load_of = self.given.distance, self.given.load
        after, before, tour_of = self.after, self.before, self.tour_of
        edge_out, edge_in = self.edge_out, self.edge_in
        self.stops[r], self.load[r] = len(way), sum([load_of[c] for c in way])
        self.first[r], self.last[r] = way[0], way[-1]
        p = home
        for c in way:
            tour_of[c], before[c] = r, p
            edge_in[c] = edge = dist[p][c]
            if p != home:
                after[p], edge_out[p] = c, edge
            p = c
        after[p], edge_out[p] = home, dist[p][home]

    def stops_of(self, r: int) -> list[int]:
        """Return the stops of a tour in their order."""
        after, depots = self.after, self.flat.first_client
        way, c = [], self.first[r]
        while c >= depots:
            way.append(c)
            c = after[c]
        return way

    def rewrite(self, r: int, way: list[int]) -> float:
        """Give a tour of a plain problem other stops; return the cost beside its edges.

        A tour without stops gives its vehicle back.
        """
        kind = self.kind_of[r]
        if not way:
            self.spare.append(r)
            self.left[kind] += 1
            self.stops[r] = self.load[r] = 0
            return -self.given.fixed[kind]
        self._link(r, way, self.given.depot[kind])
        return 0.0


def tours_of(
    plan: tuple[list[int], list[int], list[int], list[int]], depots: int
) -> list[tuple[int, Trips]]:
    """Return the tours of a plan as kinds and trips.

    Args:
        plan: Copies of ``after``, ``tour_of``, ``kind_of`` and ``first``.
        depots: How many nodes are depots.
    """
    after, tour_of, kind_of, first = plan
    found: list[tuple[int, Trips]] = []
    for r in sorted({r for r in tour_of if r >= 0}):
        trip, c = [], first[r]
        while c >= depots:
            trip.append(c)
            c = after[c]
        found.append((kind_of[r], (tuple(trip),)))
    return found
