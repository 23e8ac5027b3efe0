"""Ruin and recreate for every kind of problem (Christiaens and Vanden Berghe, 2020).

Strings of neighbouring stops are taken out of the tours near a seed and put back
greedily; an annealing rule decides whether the result is kept.
"""

from __future__ import annotations

import math
import random
from typing import TYPE_CHECKING

from silog_core.solvers.routing.flat import FlatProblem
from silog_core.solvers.routing.tours import (
    Tour,
    Trips,
    gap_finder,
    grown,
    has_room,
    tour_builder,
    with_escorts,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable

    from silog_core.domain.stopping import Gauge
    from silog_core.solvers.routing.escorts import Busy

#: Average number of stops taken out, longest string, and share of gaps overlooked:
#: the values of the paper.
REMOVED, LONGEST, BLINK = 10, 10, 0.01
#: Stops whose tours are tried for a stop, and neighbours that a ruin may reach.
NEAR, REACH = 24, 120
#: Start and end of the annealing, in average edges of the first plan.
HOT, COLD = 0.3, 0.003


class GeneralSearch:
    """One run of the search; `solve` gives the best tours it has met."""

    def __init__(self, flat: FlatProblem, seed: int, gone: list[Busy] | None = None) -> None:
        """Prepare the lists; *gone* are escorts of vehicles that have left already."""
        self.flat = flat
        self.gone = gone or []
        self.rng = random.Random(seed)  # noqa: S311 - a search, not a secret
        self._bare = tour_builder(flat)
        self.replaced: Tour | None = None  # by the next tour that is built
        self.find = gap_finder(flat, self.rng.random, BLINK, self.build)
        self.tours: list[Tour | None] = []
        self.slot = [-1] * flat.size
        self.left = list(flat.left)
        self.missing: set[int] = set()
        self.near = self._neighbours()
        clients = flat.problem.clients
        first = flat.first_client
        self.required = {c for c in flat.clients if clients[c - first].required}
        self.weight = [0] * first + [1 + c.priority for c in clients]
        self.prize = [0] * first + [c.prize for c in clients]
        # What a missing required stop counts in the annealing, and against a plan that
        # serves more: the first may be outweighed, the second never.
        dearest = max((max(map(max, rows)) for rows in flat.cost), default=0)
        fixed = max((k.fixed_cost for k in flat.kinds), default=0)
        self.penalty = 3 * dearest + fixed + 1
        self.cost = 0
        self.lacking = 0
        # Kinds that can stand in for each other on the same tour, cheapest first.
        self.instead = [
            [
                j
                for j, other in enumerate(flat.kinds)
                if j != i and other.depot == kind.depot and flat.left[j] > 0
            ]
            for i, kind in enumerate(flat.kinds)
        ]
        self.order_keys = self._order_keys()

    def build(self, kind: int, trips: Trips) -> Tour | None:
        """Return a tour that breaks no limit, escorts included; None when there is none."""
        tour = self._bare(kind, trips)
        if tour is None or not tour.busy:
            return tour
        out = [t.busy for t in self.tours if t is not None and t is not self.replaced]
        return with_escorts(self.flat, tour, out + self.gone)

    def _neighbours(self) -> list[list[int]]:
        """Return for each client the others by distance there and back, itself first."""
        flat = self.flat
        near: list[list[int]] = [[] for _ in range(flat.size)]
        if not flat.kinds:
            return near
        rows = flat.distance[0]
        clients = flat.clients
        for c in clients:
            out = rows[c]
            key = [out[j] + rows[j][c] for j in range(flat.size)]
            key[c] = -1
            near[c] = sorted(clients, key=key.__getitem__)[:REACH]
        return near

    def _order_keys(self) -> list[Callable[[int], float]]:
        """Return ways to sort the stops that are put back, as often as they are used."""
        flat, rnd = self.flat, self.rng.random
        depot = flat.kinds[0].depot if flat.kinds else 0
        far = list(flat.distance[0][depot]) if flat.kinds else []
        load = [-m for m in flat.mass]
        if not any(load):
            load = [-v for v in flat.volume]
        keys: list[Callable[[int], float]] = [lambda _node: rnd()] * 4
        keys += [load.__getitem__] * 4
        keys += [lambda node: -far[node]] * 2
        keys += [far.__getitem__]
        if any(w for w in flat.opens) or len(set(flat.closes)) > 2:
            opens, closes = flat.opens, flat.closes
            width = [b - a for a, b in zip(opens, closes, strict=True)]
            keys += [width.__getitem__] * 2
            keys += [opens.__getitem__] * 2
            keys += [lambda node: -closes[node]] * 2
        return keys

    def begin(self, sound: Iterable[Tour]) -> None:
        """Take over the tours given, then put in what is missing."""
        self.missing = set(self.flat.clients)
        self.lacking = sum(self.weight[c] for c in self.required)
        self.cost = sum(self.prize[c] for c in self.missing - self.required)
        for tour in sound:
            self._replace(len(self.tours), tour)
            for c in [node for trip in tour.trips for node in trip]:
                self._found(c, len(self.tours) - 1)
        self._recreate(sorted(self.missing), {})

    def _replace(self, slot: int, tour: Tour | None) -> None:
        """Put a tour into its slot and keep cost and fleet in step."""
        if slot == len(self.tours):
            self.tours.append(None)
        old = self.tours[slot]
        if old is not None:
            self.cost -= old.cost
            self.left[old.kind] += 1
        if tour is not None:
            self.cost += tour.cost
            self.left[tour.kind] -= 1
        self.tours[slot] = tour

    def _found(self, node: int, slot: int) -> None:
        self.slot[node] = slot
        self.missing.remove(node)
        if node in self.required:
            self.lacking -= self.weight[node]
        else:
            self.cost -= self.prize[node]

    def _lost(self, node: int) -> None:
        self.slot[node] = -1
        self.missing.add(node)
        if node in self.required:
            self.lacking += self.weight[node]
        else:
            self.cost += self.prize[node]

    def _ruin(self, saved: dict[int, Tour | None]) -> list[int]:
        """Take strings out of the tours near a seed; return what was taken."""
        rng, slot, tours = self.rng, self.slot, self.tours
        rnd = rng.random
        clients = self.flat.clients
        running = [t for t in tours if t is not None]
        if not running:
            return []
        served = len(clients) - len(self.missing)
        longest = min(LONGEST, served / len(running))
        strings = int(rnd() * (4 * REMOVED / (1 + longest) - 1)) + 1
        if self.missing and rnd() < 0.5:
            seed = rng.choice(sorted(self.missing))
        else:
            seed = clients[int(rnd() * len(clients))]
        taken: list[int] = []
        done = 0
        for c in self.near[seed]:
            s = slot[c]
            if s < 0 or s in saved:
                continue
            tour = tours[s]
            assert tour is not None  # a client points at a running tour
            stops = [node for trip in tour.trips for node in trip]
            size = int(rnd() * min(longest, len(stops))) + 1
            at = stops.index(c)
            low = max(0, at - size + 1)
            start = low + int(rnd() * (min(at, len(stops) - size) - low + 1))
            cut = stops[start : start + size]
            # Half of the time a stretch inside the string stays where it is.
            if size > 1 and size < len(stops) and rnd() < 0.5:
                keep = 1
                while size + keep < len(stops) and rnd() < 0.01:
                    keep += 1
                start = max(0, min(start, len(stops) - size - keep))
                gap = start + 1 + int(rnd() * (size - 1))
                cut = stops[start:gap] + stops[gap + keep : start + size + keep]
            saved[s] = tour
            gone = set(cut)
            if len(gone) == len(stops):
                self._replace(s, None)
            else:
                trips = tuple(
                    kept
                    for trip in tour.trips
                    if (kept := tuple([n for n in trip if n not in gone]))
                )
                self.replaced = tour
                shorter = self.build(tour.kind, trips)
                if shorter is None:  # without the triangle inequality less can be longer
                    del saved[s]
                    continue
                self._replace(s, shorter)
            for node in cut:
                self._lost(node)
            taken += cut
            done += 1
            if done >= strings:
                break
        return taken

    def _recreate(self, nodes: list[int], saved: dict[int, Tour | None]) -> None:
        keys = self.order_keys
        nodes.sort(key=keys[int(self.rng.random() * len(keys))])
        if any(self.weight[c] > 1 for c in nodes) and self.rng.random() < 0.5:
            nodes.sort(key=lambda c: -self.weight[c])
        for node in nodes:
            self._insert(node, saved)
        if len(self.flat.kinds) > 1:
            for slot in saved:
                self._retype(slot)

    def _insert(self, node: int, saved: dict[int, Tour | None]) -> None:  # noqa: PLR0912 - hot, kept flat
        """Put one stop where it costs least, or leave it out."""
        flat, tours, slot, find = self.flat, self.tours, self.slot, self.find
        barred = flat.barred
        required = node in self.required
        beat = 2**62 if required else self.prize[node]
        best: tuple[int, int, int, int] | None = None  # slot, kind, trip, place
        if len(tours) <= 4:
            slots: Collection[int] = range(len(tours))
        else:
            slots = dict.fromkeys([slot[j] for j in self.near[node][1:NEAR] if slot[j] >= 0])
        for s in slots:
            tour = tours[s]
            if tour is None or node in barred[tour.kind]:
                continue
            self.replaced = tour
            found = find(node, tour, beat)
            if found is not None:
                beat = found[0]
                best = (s, tour.kind, found[1], found[2])
        fresh: Tour | None = None
        self.replaced = None
        for kind, vehicle in enumerate(flat.kinds):
            if self.left[kind] < 1 or node in barred[kind]:
                continue
            rows = flat.cost[kind]
            price = vehicle.fixed_cost + rows[vehicle.depot][node] + rows[node][vehicle.depot]
            if price < beat:
                tour = self.build(kind, ((node,),))
                if tour is not None and tour.cost < beat:
                    beat, fresh, best = tour.cost, tour, (len(tours), kind, 0, 0)
        if flat.reloads or len(flat.kinds) > 1 or (best is None and required):
            searched = set(slots)
            nearby = range(len(tours)) if best is None else slots
            wider = self._wider(node, beat, nearby, searched)
            if wider is not None:
                best, fresh = wider
        if best is None:
            return
        s, kind, trip, place = best
        if fresh is None:
            old = tours[s]
            assert old is not None  # found there
            self.replaced = old
            fresh = self.build(kind, grown(old.trips, trip, place, node))
            # Waiting and rests are known only now; an optional stop must be worth them.
            if fresh is None or not (required or fresh.cost - old.cost < self.prize[node]):
                return
        elif s == len(tours) and None in tours:
            s = tours.index(None)
        if s not in saved:
            saved[s] = tours[s] if s < len(tours) else None
        self._replace(s, fresh)
        self._found(node, s)

    def _wider(
        self, node: int, beat: int, slots: Iterable[int], searched: set[int]
    ) -> tuple[tuple[int, int, int, int], Tour] | None:
        """Look at further trips, larger vehicles and far tours for a stop."""
        flat = self.flat
        best: tuple[tuple[int, int, int, int], Tour] | None = None

        def offer(s: int, old: Tour, kind: int, trips: Trips) -> None:
            nonlocal best, beat
            tour = self.build(kind, trips)
            if tour is not None and tour.cost - old.cost < beat:
                beat = tour.cost - old.cost
                best = (s, kind, 0, 0), tour

        for s in slots:
            old = self.tours[s]
            if old is None:
                continue
            self.replaced = old
            kind, home = old.kind, flat.kinds[old.kind].depot
            if node not in flat.barred[kind]:
                apart = flat.cost[kind][home][node] + flat.cost[kind][node][home]
                if len(old.trips) < flat.kinds[kind].max_trips and apart < beat:
                    offer(s, old, kind, (*old.trips, (node,)))
                    offer(s, old, kind, ((node,), *old.trips))
                found = None if s in searched else self.find(node, old, beat)
                if found is not None:
                    offer(s, old, kind, grown(old.trips, found[1], found[2], node))
                if any(has_room(flat, node, segment) for segment in old.segments):
                    continue
            for other in self.instead[kind]:
                step = flat.kinds[other].fixed_cost - flat.kinds[kind].fixed_cost
                if self.left[other] < 1 or node in flat.barred[other] or step >= beat:
                    continue
                if not flat.barred[other].isdisjoint(n for t in old.trips for n in t):
                    continue
                larger = self.build(other, old.trips)
                if larger is None:
                    continue
                found = self.find(node, larger, beat - (larger.cost - old.cost))
                if found is not None:
                    offer(s, old, other, grown(old.trips, found[1], found[2], node))
        return best

    def _retype(self, slot: int) -> None:
        """Give a tour the cheapest free kind of vehicle that can drive it."""
        tour = self.tours[slot]
        if tour is None:
            return
        flat, self.replaced = self.flat, tour
        best = tour
        for kind in self.instead[tour.kind]:
            if self.left[kind] < 1:
                continue
            if flat.barred[kind] and not flat.barred[kind].isdisjoint(
                node for trip in tour.trips for node in trip
            ):
                continue
            other = self.build(kind, tour.trips)
            if other is not None and other.cost < best.cost:
                best = other
        if best is not tour:
            self._replace(slot, best)

    def solve(self, gauge: Gauge) -> tuple[list[Tour], int]:  # noqa: PLR0912 - hot, kept flat
        """Search until the gauge is full; return the best tours and the iterations."""
        rnd = self.rng.random
        limit = gauge.max_iterations
        running = [t for t in self.tours if t is not None]
        edges = sum(len(t.edge) for t in running)
        driven = sum(sum(t.edge) for t in running)
        scale = driven / edges if edges else 1.0
        best_key = (self.lacking, self.cost)
        best = list(self.tours)
        step = 0
        used = gauge.used(0, self.cost)
        if len(self.flat.clients) < 2 and not self.missing:
            used = 1.0
        heat = scale * HOT
        cold = math.log(COLD / HOT)
        while used < 1.0 and (limit is None or step < limit):
            step += 1
            if step % 16 == 0:
                used = gauge.used(step, best_key[1])
                heat = scale * HOT * math.exp(cold * used)
            cost, lacking, left = self.cost, self.lacking, list(self.left)
            saved: dict[int, Tour | None] = {}
            length = len(self.tours)
            before = set(self.missing) if self.missing else ()
            taken = self._ruin(saved)
            self._recreate([*taken, *sorted(before)], saved)
            gain = cost - self.cost + self.penalty * (lacking - self.lacking)
            if gain >= 0 or gain > heat * math.log(rnd() or 1e-300):
                key = (self.lacking, self.cost)
                if key < best_key:
                    best_key, best = key, list(self.tours)
                continue
            for s, tour in saved.items():
                if s < length:
                    self.tours[s] = tour
            del self.tours[length:]
            for node in taken:
                self.slot[node] = -1
            for node in before:
                self.slot[node] = -1
            for s, tour in saved.items():
                if tour is not None:
                    for trip in tour.trips:
                        for node in trip:
                            self.slot[node] = s
            self.missing = set(before)
            self.cost, self.lacking, self.left = cost, lacking, left
        return [t for t in best if t is not None], step
