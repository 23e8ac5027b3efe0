"""Steps of a plan and what waits for them: trips, stages, windows, vehicles."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from graphlib import TopologicalSorter
from itertools import pairwise

import attrs

from silog_core.domain.echelons import FROM_STATIONS, INBOUND, OUTBOUND
from silog_core.domain.places import PlaceKind
from silog_core.domain.plan import Plan, StageSlot, Trip
from silog_core.domain.scenario import Scenario
from silog_core.domain.stages import BALLOTS, OTHERS, WORK
from silog_core.planning.hours import HoursOf
from silog_core.planning.regency import window
from silog_core.planning.timeline.clocks import Clock
from silog_core.planning.timeline.escorts import Groups, groups_of
from silog_core.planning.timeline.stage_clocks import (
    on_one_press,
    stage_clock,
)
from silog_core.planning.timeline.trip_clocks import HomeClock, times_of, trip_clock
from silog_core.rules.book import RuleBook

_STAGE_OF = {
    PlaceKind.STATION: "at-station",
    PlaceKind.VILLAGE: "at-village",
    PlaceKind.HUB: "at-hub",
}


@attrs.frozen(kw_only=True)
class Ease:
    """What may be given up so that more can be met."""

    #: Nobody rests between taking over and sending on.
    no_rest: bool = False
    #: How many times the crew of a warehouse works, where nobody knows its people.
    crews: int = 1
    #: Shifts a day on top, where people are known and as far as they can be found.
    shifts: int = 0
    #: How many times the output of a press there is.
    presses: int = 1
    #: Land vehicles go on by night.
    night: bool = False
    #: Escorts of whom there is one group more, by name.
    escort: str = ""


@attrs.frozen(kw_only=True)
class Link:
    """Somebody who waits for a moment of a step."""

    #: Which of the step's times.
    event: int
    to: str
    #: Time between the two [s].
    wait_s: int
    #: What it waits for: a ``step``, a ``vehicle`` or an ``escort`` who comes back, or a
    #: ``press``.
    kind: str = "step"
    #: Which time of the one who waits must not be before: of boxes, when they are fetched.
    at: int = 0


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
    #: Escorts that its trips share.
    groups: tuple[Groups, ...] = ()
    #: Whether something is given up: steps may then end sooner than planned.
    eased: bool = False

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
    back: bool = False,
) -> Network:
    """Return the steps of a plan up to the stations, or those that serve one place.

    Args:
        scenario: What was planned for.
        book: Rules of the regions.
        plan: The plan.
        place: A place of any kind, for the steps that it or a place below it needs;
            empty for all.
        ease: What is given up.
        back: Whether the way back follows: trips without a deadline, that wait for kits,
            vehicles and escorts.
    """
    return _Maker(scenario, book, plan, place, ease or Ease(), back=back).make()


class _Maker:
    def __init__(
        self,
        scenario: Scenario,
        book: RuleBook,
        plan: Plan,
        place: str,
        ease: Ease,
        *,
        back: bool,
    ) -> None:
        self.scenario, self.book, self.plan, self.ease = scenario, book, plan, ease
        self.hours_of = HoursOf(book, scenario.handling, scenario.election.voting_day)
        self.place, self.back = place, back
        self.own = {(e.home, e.vehicle.type): e.vehicle for e in scenario.fleet}
        self.hired = {v.type: v for v in plan.vehicles}
        self.nodes: dict[str, Node] = {}
        self.closed = {
            (frozenset((g.tail, g.head)), g.mode): g.months_closed for g in scenario.legs
        }

    def make(self) -> Network:
        places, homes = self._served()
        stages = self.plan.schedule.stages
        orders = {s.step for s in stages if s.load and s.load.to in homes}
        turns = [*on_one_press(self.scenario, stages)]
        # What is made for others before it delays it as well.
        for one, two in reversed(turns):
            if two.step in orders:
                orders.add(one.step)
        for slot in stages:
            if slot.step in orders or (slot.stage in WORK and slot.place in homes):
                self._add_work(slot)
        for trip in self.plan.trips:
            if trip.echelon == "line-haul":
                if any(load.to in homes for stop in trip.stops for load in stop.loads):
                    self._add_trip(trip, ())
            elif trip.echelon in OUTBOUND and (
                served := [s.place for s in trip.stops if any(k in places for k in s.kits)]
            ):
                self._add_trip(trip, served)
            elif trip.echelon in INBOUND and self.back:
                self._add_trip(trip, ())
        self._link_supply(turns)
        self._link_kits(places)
        self._link_vehicles()
        groups = groups_of(self.scenario, self.plan.trips, self.ease.escort)
        self._link_escorts(groups)
        order: TopologicalSorter[str] = TopologicalSorter(dict.fromkeys(self.nodes, ()))
        for node in self.nodes.values():
            for link in node.next:
                order.add(link.to, node.id)
        nodes = {i: self.nodes[i] for i in order.static_order()}
        return Network(nodes=nodes, groups=groups, eased=self.ease != Ease())

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
        clock = stage_clock(
            self.scenario, self.book, self.plan, slot,
            crews=self.ease.crews, shifts=self.ease.shifts, presses=self.ease.presses,
        )  # fmt: skip
        self.nodes[slot.step] = Node(
            id=slot.step, kind=slot.stage, place=slot.place, clock=clock, slot=slot,
            times=(slot.start_s, slot.finish_s),
        )  # fmt: skip

    def _add_trip(self, trip: Trip, served: Iterable[str]) -> None:
        by_code, day = self.scenario.by_code, set(served)
        codes = [trip.home, *(code for s in trip.stops for code in (*s.via, s.place))]
        months = {
            month
            for a, z in zip(codes, [*codes[1:], trip.home], strict=True)
            for month in self.closed.get((frozenset((a, z)), trip.mode), ())
        }
        regions = sorted({by_code[code].region for code in codes})
        closed = tuple(sorted(months))
        late = trip.echelon in FROM_STATIONS
        hours = self.hours_of(trip.mode, *regions, months_closed=closed, night=late)
        other = None
        if self.ease.night:
            other = self.hours_of(trip.mode, *regions, months_closed=closed, night=True)
        vehicle = self.own.get((trip.home, trip.vehicle)) or self.hired.get(trip.vehicle)
        clock = trip_clock(self.scenario, trip, vehicle, hours, other=other)
        if trip.echelon in INBOUND:
            clock = HomeClock(clock=clock, times=times_of(trip))
        node = Node(
            id=trip.id, kind=trip.echelon, place=trip.home, trip=trip, times=times_of(trip),
            clock=clock,
        )  # fmt: skip
        for i, stop in enumerate(trip.stops):
            at = by_code[stop.place]
            if stop.place in day and at.kind in _STAGE_OF:
                closes_s = min(0, window(self.book, at, _STAGE_OF[at.kind])[1])
                node.limits.append((2 * i + 2, closes_s, stop.place))
        self.nodes[trip.id] = node

    def _link(
        self,
        one: Node,
        event: int,
        two: Node,
        *,
        rest: bool,
        strict: bool,
        kind: str = "step",
    ) -> None:
        gap = two.times[0] - one.times[event]
        wait = 0
        if rest and not self.ease.no_rest:
            wait = min(self.scenario.handling.turnround_s, max(0, gap))
        # What is packed in waves leaves before the last kit is packed, as it was planned.
        if not strict:
            wait = min(wait, gap)
        one.next.append(Link(event=event, to=two.id, wait_s=wait, kind=kind))

    def _link_supply(self, turns: Iterable[tuple[StageSlot, StageSlot]]) -> None:
        ballots = {c.item for c in self.plan.needs.columns if c.contest is not None}
        for place in sorted({n.place for n in self.nodes.values() if n.kind in WORK}):
            for stages in (BALLOTS, OTHERS):
                work = [w for s in stages if (w := self.nodes.get(f"{s}@{place}"))]
                for before, after in pairwise(work):
                    self._link(before, 1, after, rest=False, strict=True)
        printed = self._link_presses(turns)
        hauls = [n for n in self.nodes.values() if n.kind == "line-haul"]
        brings: dict[tuple[str, object, str], list[tuple[Node, int]]] = {}
        for node in sorted(hauls, key=lambda n: (n.times[0], n.id)):
            stops = node.trip.stops if node.trip else ()
            for key in {(node.place, x.commodity, x.to) for s in stops for x in s.loads}:
                if key in printed and printed[key].times[1] <= node.times[0]:
                    self._link(printed[key], 1, node, rest=False, strict=True)
                for one, event in brings.get(key, ()):
                    if one.times[event] <= node.times[0]:
                        self._link(one, event, node, rest=True, strict=False)
            for i, stop in enumerate(stops):
                for load in stop.loads:
                    brings.setdefault((stop.place, load.commodity, load.to), []).append(
                        (node, 2 * i + 2)
                    )
                    wanted = BALLOTS if load.commodity.item in ballots else OTHERS
                    work = [w for s in wanted if (w := self.nodes.get(f"{s}@{stop.place}"))]
                    if load.to == stop.place and work:
                        self._link(node, 2 * i + 2, work[0], rest=False, strict=True)
        for node in self.nodes.values():
            node.next = list(dict.fromkeys(node.next))

    def _link_presses(
        self, turns: Iterable[tuple[StageSlot, StageSlot]]
    ) -> dict[tuple[str, object, str], Node]:
        """Let each job wait for the one before it on its press; return all, by their goods."""
        for one, two in turns:
            if two.step in self.nodes:
                self._link(
                    self.nodes[one.step], 1, self.nodes[two.step], rest=False, strict=True,
                    kind="press",
                )  # fmt: skip
        return {
            (n.place, n.slot.load.commodity, n.slot.load.to): n
            for n in self.nodes.values()
            if n.slot is not None and n.slot.load is not None
        }

    def _link_kits(self, places: frozenset[str]) -> None:
        came: dict[tuple[str, str], tuple[Node, int]] = {}
        rank = {name: i for i, name in enumerate(OUTBOUND)}
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
        self._link_back(came)

    def _link_back(self, came: dict[tuple[str, str], tuple[Node, int]]) -> None:
        """Let boxes be fetched where they are; a vehicle may set out for them before."""
        handling = self.scenario.handling
        rank = {name: i for i, name in enumerate(INBOUND)}
        trips = [n for n in self.nodes.values() if n.kind in rank]
        for node in sorted(trips, key=lambda n: (rank[n.kind], n.times[0], n.id)):
            for i, stop in enumerate(node.trip.stops if node.trip else ()):
                work_s = handling.stop_s + handling.kit_s * len(stop.kits)
                for kit in stop.kits:
                    if (stop.place, kit) in came:
                        one, event = came[(stop.place, kit)]
                        takes_s = work_s + handling.turnround_s * (one.kind in rank)
                        gap = node.times[2 * i + 2] - one.times[event]
                        one.next.append(
                            Link(
                                event=event, to=node.id, at=2 * i + 2, wait_s=min(takes_s, gap)
                            )
                        )
                    came[(node.place, kit)] = (node, len(node.times) - 1)
        for node in self.nodes.values():
            node.next = list(dict.fromkeys(node.next))

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
                    self._link_turn(last[own], node, "vehicle")
                last[own] = node

    def _link_escorts(self, groups: Iterable[Groups]) -> None:
        for group in groups:
            for chain in group.chains:
                here = [self.nodes[name] for name in chain if name in self.nodes]
                for one, two in pairwise(here):
                    self._link_turn(one, two, "escort")

    def _link_turn(self, one: Node, two: Node, kind: str) -> None:
        """Let a trip wait until what it takes is back from another."""
        event = len(one.times) - 1
        self._link(one, event, two, rest=False, strict=False, kind=kind)
