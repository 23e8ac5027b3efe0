"""Steps of a plan and what waits for them: trips, stages, windows, vehicles."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta
from graphlib import TopologicalSorter

import attrs

from silog_core.domain.calendar import DAY_S, day_of
from silog_core.domain.labour import force_at, labour_at
from silog_core.domain.places import PlaceKind
from silog_core.domain.plan import Plan, StageSlot, Trip
from silog_core.domain.scenario import Scenario
from silog_core.planning.hours import HoursOf
from silog_core.planning.regency import window
from silog_core.planning.schedule import work_amounts
from silog_core.planning.timeline.clocks import (
    Clock,
    LabourClock,
    WorkClock,
    times_of,
    trip_clock,
)
from silog_core.rules.book import RuleBook

_STAGE_OF = {
    PlaceKind.STATION: "at-station",
    PlaceKind.VILLAGE: "at-village",
    PlaceKind.HUB: "at-hub",
}
_WORK = ("sort-fold", "kitting")
_OUT = ("warehouse-hub", "hub-village", "village-station")


@attrs.frozen(kw_only=True)
class Ease:
    """What may be given up so that more can be met."""

    #: Nobody rests between taking over and sending on.
    no_rest: bool = False
    #: How many times the crew of a warehouse works, where nobody knows its people.
    crews: int = 1
    #: Shifts a day on top, where people are known and as far as they can be found.
    shifts: int = 0
    #: Land vehicles go on by night.
    night: bool = False


@attrs.frozen(kw_only=True)
class Link:
    """Somebody who waits for a moment of a step."""

    #: Which of the step's times.
    event: int
    to: str
    #: Time between the two [s].
    wait_s: int


@attrs.define(kw_only=True)
class Node:
    """A step with its clock, its deadlines and who waits for it."""

    id: str
    kind: str
    place: str
    clock: Clock
    #: Planned times: start, then the end of each part [s].
    times: tuple[int, ...]
    #: Which time, when a window closes then [s], and where.
    limits: list[tuple[int, int, str]] = attrs.field(factory=list)
    next: list[Link] = attrs.field(factory=list)
    trip: Trip | None = None
    slot: StageSlot | None = None

    def bounds(self, at: Mapping[str, int]) -> Iterator[tuple[int, int, str]]:
        """Yield which time must not be after which moment, and for whose sake."""
        yield from self.limits
        for link in self.next:
            yield link.event, at[link.to] - link.wait_s, link.to


@attrs.frozen(kw_only=True)
class Network:
    """Steps in an order in which nobody waits for a later one."""

    nodes: Mapping[str, Node]

    @property
    def first(self) -> list[Node]:
        """Steps that wait for no other."""
        waiting = {link.to for node in self.nodes.values() for link in node.next}
        return [n for n in self.nodes.values() if n.id not in waiting]


def network_of(
    scenario: Scenario,
    book: RuleBook,
    plan: Plan,
    *,
    place: str = "",
    ease: Ease | None = None,
) -> Network:
    """Return the steps of a plan up to the stations, or those that serve one place.

    Args:
        scenario: What was planned for.
        book: Rules of the regions.
        plan: The plan.
        place: A place of any kind, for the steps that it or a place below it needs;
            empty for all.
        ease: What is given up.
    """
    return _Maker(scenario, book, plan, place, ease or Ease()).make()


class _Maker:
    def __init__(
        self, scenario: Scenario, book: RuleBook, plan: Plan, place: str, ease: Ease
    ) -> None:
        self.scenario, self.book, self.plan, self.ease = scenario, book, plan, ease
        self.hours_of = HoursOf(book, scenario.handling, scenario.election.voting_day)
        self.place = place
        self.nodes: dict[str, Node] = {}
        self.closed = {
            (frozenset((g.tail, g.head)), g.mode): g.months_closed for g in scenario.legs
        }

    def make(self) -> Network:
        places, homes = self._served()
        for slot in self.plan.schedule.stages:
            if slot.stage in _WORK and slot.place in homes:
                self._add_work(slot)
        for trip in self.plan.trips:
            if trip.echelon == "line-haul":
                if any(load.to in homes for stop in trip.stops for load in stop.loads):
                    self._add_trip(trip, ())
            elif trip.echelon in _OUT and (
                served := [s.place for s in trip.stops if any(k in places for k in s.kits)]
            ):
                self._add_trip(trip, served)
        self._link_supply()
        self._link_kits(places)
        self._link_vehicles()
        order: TopologicalSorter[str] = TopologicalSorter(dict.fromkeys(self.nodes, ()))
        for node in self.nodes.values():
            for link in node.next:
                order.add(link.to, node.id)
        return Network(nodes={i: self.nodes[i] for i in order.static_order()})

    def _served(self) -> tuple[frozenset[str], frozenset[str]]:
        """Return the places that matter, and the warehouses that serve them."""
        above: dict[str, str] = {}
        inside: set[str] = set()
        for code in [p.code for p in self.scenario.places]:
            way, at = [code], code
            while (parent := self.scenario.by_code[at].parent) and parent not in way:
                if self.scenario.by_code[at].kind is PlaceKind.WAREHOUSE:
                    break
                way.append(parent)
                at = parent
            above[code] = at
            # A regency is asked for by its own code, which need be no place's.
            region = f"{self.scenario.by_code[code].region}."
            if not self.place or self.place in way or region.startswith(f"{self.place}."):
                inside.add(code)
        return frozenset(inside), frozenset(above[code] for code in inside)

    def _add_work(self, slot: StageSlot) -> None:
        day = self.scenario.election.voting_day
        region = self.scenario.by_code[slot.place].region
        off = frozenset(d.day for d in self.book.days_off(region))
        span = [
            day_of(slot.start_s, day) + timedelta(days=n) not in off
            for n in range(-(-(slot.finish_s - slot.start_s) // DAY_S))
        ]
        name = f"{slot.stage}@{slot.place}"
        clock: Clock = WorkClock(
            days=-(-sum(span) // self.ease.crews), days_off=off, voting_day=day
        )
        if force_at(self.scenario, self.scenario.by_code[slot.place]) is not None:
            clock = self._labour_clock(slot, span, off)
        self.nodes[name] = Node(
            id=name, kind=slot.stage, place=slot.place, clock=clock, slot=slot,
            times=(slot.start_s, slot.finish_s),
        )  # fmt: skip

    def _labour_clock(
        self, slot: StageSlot, span: list[bool], off: frozenset[date]
    ) -> LabourClock:
        """Return the clock of people who are known: more of them only by further shifts.

        Where the stage does not last as long as its pieces take, as after a re-plan, it
        does what its days yield.
        """
        place, sheets = self.scenario.by_code[slot.place], slot.stage == "sort-fold"
        force = force_at(self.scenario, place)
        assert force is not None  # the caller asked
        amounts = work_amounts(self.scenario, self.plan.needs, [place.code])[place.code]
        labour = labour_at(self.scenario, place, sheets=sheets, people=slot.workers)
        pieces = amounts.sheets if sheets else max(1, amounts.kits)
        if not labour.on(span[:-1]) < pieces <= labour.on(span):
            pieces = labour.on(span)
        shifts = force.shifts + min(self.ease.shifts, force.shifts_to_add)
        people = slot.workers * shifts // force.shifts
        return LabourClock(
            pieces=pieces, days_off=off, voting_day=self.scenario.election.voting_day,
            labour=labour_at(self.scenario, place, sheets=sheets, people=people),
        )  # fmt: skip

    def _add_trip(self, trip: Trip, served: Iterable[str]) -> None:
        by_code, day = self.scenario.by_code, set(served)
        codes = [trip.home, *(s.place for s in trip.stops)]
        months = {
            month
            for a, z in zip(codes, [*codes[1:], trip.home], strict=True)
            for month in self.closed.get((frozenset((a, z)), trip.mode), ())
        }
        regions = sorted({by_code[code].region for code in codes})
        closed = tuple(sorted(months))
        hours = self.hours_of(trip.mode, *regions, months_closed=closed)
        other = None
        if self.ease.night:
            other = self.hours_of(trip.mode, *regions, months_closed=closed, night=True)
        node = Node(
            id=trip.id, kind=trip.echelon, place=trip.home, trip=trip, times=times_of(trip),
            clock=trip_clock(trip, hours, other=other),
        )  # fmt: skip
        for i, stop in enumerate(trip.stops):
            at = by_code[stop.place]
            if stop.place in day and at.kind in _STAGE_OF:
                closes_s = min(0, window(self.book, at, _STAGE_OF[at.kind])[1])
                node.limits.append((2 * i + 2, closes_s, stop.place))
        self.nodes[trip.id] = node

    def _link(self, one: Node, event: int, two: Node, *, rest: bool, strict: bool) -> None:
        gap = two.times[0] - one.times[event]
        wait = 0
        if rest and not self.ease.no_rest:
            wait = min(self.scenario.handling.turnround_s, max(0, gap))
        # What is packed in waves leaves before the last kit is packed, as it was planned.
        if not strict:
            wait = min(wait, gap)
        one.next.append(Link(event=event, to=two.id, wait_s=wait))

    def _link_supply(self) -> None:
        ballots = {c.item for c in self.plan.needs.columns if c.contest is not None}
        for node in self.nodes.values():
            if node.kind == "sort-fold" and (after := self.nodes.get(f"kitting@{node.place}")):
                self._link(node, 1, after, rest=False, strict=True)
        hauls = [n for n in self.nodes.values() if n.kind == "line-haul"]
        brings: dict[tuple[str, object, str], list[tuple[Node, int]]] = {}
        for node in sorted(hauls, key=lambda n: (n.times[0], n.id)):
            stops = node.trip.stops if node.trip else ()
            for key in {(node.place, x.commodity, x.to) for s in stops for x in s.loads}:
                for one, event in brings.get(key, ()):
                    if one.times[event] <= node.times[0]:
                        self._link(one, event, node, rest=True, strict=False)
            for i, stop in enumerate(stops):
                for load in stop.loads:
                    brings.setdefault((stop.place, load.commodity, load.to), []).append(
                        (node, 2 * i + 2)
                    )
                    wanted = _WORK if load.commodity.item in ballots else ("kitting",)
                    work = [w for s in wanted if (w := self.nodes.get(f"{s}@{stop.place}"))]
                    if load.to == stop.place and work:
                        self._link(node, 2 * i + 2, work[0], rest=False, strict=True)
        for node in hauls:
            node.next = list(dict.fromkeys(node.next))

    def _link_kits(self, places: frozenset[str]) -> None:
        came: dict[tuple[str, str], tuple[Node, int]] = {}
        rank = {name: i for i, name in enumerate(_OUT)}
        trips = [n for n in self.nodes.values() if n.kind in rank]
        for node in sorted(trips, key=lambda n: (rank[n.kind], n.times[0], n.id)):
            stops = node.trip.stops if node.trip else ()
            before: dict[tuple[str, int], Node] = {}
            for i, stop in enumerate(stops):
                for kit in stop.kits:
                    if kit not in places:
                        continue
                    if (node.place, kit) in came:
                        one, event = came[(node.place, kit)]
                        before[(one.id, event)] = one
                    came[(stop.place, kit)] = (node, 2 * i + 2)
            for (_, event), one in before.items():
                self._link(one, event, node, rest=True, strict=False)
            packed = self.nodes.get(f"kitting@{node.place}")
            if packed is not None:
                self._link(packed, 1, node, rest=False, strict=False)

    def _link_vehicles(self) -> None:
        counted = {
            (e.home, e.vehicle.type) for e in self.scenario.fleet if e.count is not None
        }
        last: dict[tuple[str, str, int], Node] = {}
        trips = [n for n in self.nodes.values() if n.trip]
        for node in sorted(trips, key=lambda n: (n.times[0], n.id)):
            assert node.trip is not None  # those were chosen above
            own = (node.place, node.trip.vehicle, node.trip.unit)
            if own[:2] in counted:
                if own in last:
                    one = last[own]
                    self._link(one, len(one.times) - 1, node, rest=False, strict=False)
                last[own] = node
