"""Not too early: trips leave later where that keeps kits within what places hold safely."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from heapq import heappop, heappush

import attrs

from silog_core.domain.echelons import OUTBOUND
from silog_core.domain.plan import Plan, Trip
from silog_core.domain.scenario import Scenario
from silog_core.domain.storage import Stay, peak_of, stays_at
from silog_core.planning.timeline.critical import latest_starts
from silog_core.planning.timeline.moving import Run, moved
from silog_core.planning.timeline.network import Network, network_of
from silog_core.rules.book import RuleBook

#: A trip that was moved is not looked at again more often than this.
_ROUNDS = 4


def keep_room(scenario: Scenario, book: RuleBook, plan: Plan) -> Plan:
    """Return the plan with trips put off as far as storage asks, within their slack.

    A trip is put off to the first moment at which others have gone on from the place, and
    what waits for it, as tours from there with its kits, is put off along with it, as long
    as no window is missed by that. It is done only where fewer kits are then too many, at
    all places together. Trips with escorts or rests stay as they are.

    Args:
        scenario: What was planned for; without `Place.holds_kits` nothing changes.
        book: Rules of the regions.
        plan: The plan.
    """
    holds = {p.code: p.holds_kits for p in scenario.places if p.holds_kits is not None}
    if not holds:
        return plan
    return _Storage(scenario, book, plan, holds).kept()


class _Storage:
    def __init__(
        self, scenario: Scenario, book: RuleBook, plan: Plan, holds: Mapping[str, int]
    ) -> None:
        self.plan, self.holds = plan, holds
        self.stays = dict(stays_at(holds, plan.trips, plan.schedule.stages))
        self.trips = {t.id: t for t in plan.trips if t.echelon in OUTBOUND}
        self.network = Network(nodes={})
        if self.over():
            self.network = network_of(scenario, book, plan)
        self.times = {i: node.times for i, node in self.network.nodes.items()}
        self.rank = {i: n for n, i in enumerate(self.network.nodes)}
        self.latest = latest_starts(self.network)

    def over(self) -> list[str]:
        """Return the places with too many kits, those with most too many first."""
        found = [
            (self.holds[code] - peak_of(stays).kits, code)
            for code, stays in self.stays.items()
        ]
        return [code for left, code in sorted(found) if left < 0]

    def kept(self) -> Plan:
        changed = False
        for _ in range(_ROUNDS):
            better = False
            for code in self.over():
                while self._put_off_at(code):
                    better = True
            changed = changed or better
            if not better:
                break
        if not changed:
            return self.plan
        return moved(self.plan, self.network, Run(times=self.times, waited={}))

    def _put_off_at(self, code: str) -> bool:
        """Put off one trip that helps at a place; say whether there was one."""
        peak = peak_of(self.stays[code])
        if peak.kits <= self.holds[code]:
            return False
        bringers = {s.by for s in peak.stays if s.by in self.times}
        # What came last is put off first: it has the least way to go.
        for name in sorted(bringers, key=lambda i: (-self.times[i][0], i)):
            for start_s in self._later(self.trips[name], code, peak.stays):
                times = self._pushed(name, start_s)
                if times is not None and self._helps(times):
                    return True
        return False

    def _later(self, trip: Trip, code: str, there: tuple[Stay, ...]) -> Iterator[int]:
        """Yield starts of a trip with which it comes when others have gone, soonest first."""
        node = self.network.nodes[trip.id]
        event = 2 * next(i for i, s in enumerate(trip.stops) if s.place == code) + 1
        for free_s in sorted({s.until_s for s in there if s.by != trip.id}):
            low, high = self.times[trip.id][0], self.latest[trip.id][0]
            run = node.clock.run(high) if low < high else None
            if run is None or run[event] < free_s:
                return
            while high - low > 1:
                middle = (low + high) // 2
                run = node.clock.run(middle)
                if run is None or run[event] >= free_s:
                    high = middle
                else:
                    low = middle
            yield high

    def _pushed(self, name: str, start_s: int) -> dict[str, tuple[int, ...]] | None:
        """Return new times of a trip and of all that waits for it; None where that fails."""
        ready = {name: start_s}
        todo = [(self.rank[name], name)]
        found: dict[str, tuple[int, ...]] = {}
        while todo:
            node = self.network.nodes[heappop(todo)[1]]
            if node.trip is None or node.trip.escorts or node.trip.rests:
                return None
            times = node.clock.run(ready[node.id])
            if times is None or any(
                times[event] > max(closes_s, node.times[event])
                for event, closes_s, _ in node.limits
            ):
                return None
            found[node.id] = times
            for link in node.next:
                at_s = times[link.event] + link.wait_s
                if at_s > ready.get(link.to, self.times[link.to][0]):
                    if link.to not in ready:
                        heappush(todo, (self.rank[link.to], link.to))
                    ready[link.to] = at_s
        return found

    def _helps(self, times: Mapping[str, tuple[int, ...]]) -> bool:
        """Move trips if fewer kits are too many then, at all places that they touch."""
        after: dict[str, tuple[Stay, ...]] = {}
        for name, at in times.items():
            trip = self.trips[name]
            kits = {kit for s in trip.stops for kit in s.kits}
            arrives = {s.place: at[2 * i + 1] for i, s in enumerate(trip.stops)}
            for code in (c for c in (trip.home, *arrives) if c in self.holds):
                # What was packed just before the trip counts from then on: never too few.
                after[code] = tuple(
                    attrs.evolve(s, from_s=arrives[code]) if s.by == name
                    else attrs.evolve(s, until_s=at[0]) if code == trip.home and s.kit in kits
                    else s
                    for s in after.get(code, self.stays[code])
                )  # fmt: skip
        if self._too_many(after) >= self._too_many({c: self.stays[c] for c in after}):
            return False
        self.stays.update(after)
        self.times.update(times)
        return True

    def _too_many(self, stays: Mapping[str, tuple[Stay, ...]]) -> int:
        return sum(
            max(0, peak_of(found).kits - self.holds[code]) for code, found in stays.items()
        )
