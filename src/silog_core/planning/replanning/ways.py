"""The quickest ways above the hubs, around what is blocked, from when goods can leave."""

from __future__ import annotations

from collections.abc import Iterator
from heapq import heappop, heappush
from itertools import pairwise
from typing import TYPE_CHECKING

import attrs

from silog_core.domain.legs import Leg, Mode
from silog_core.domain.places import PlaceKind
from silog_core.domain.vehicles import Vehicle
from silog_core.network.upper import haulers, upper_legs
from silog_core.planning.timing import Run, drive
from silog_core.planning.tours import Halt, Tour

if TYPE_CHECKING:
    from silog_core.planning.replanning.state import State

#: Handing over a load in bulk takes this long for each tonne or part of one [s].
_TONNE_S = 1200
#: Basis of a straight road that is made up for a loan.
LENT = "derived for lending"


@attrs.frozen(kw_only=True)
class Route:
    """A way over legs, and when goods that leave as soon as they can are at its end [s]."""

    legs: tuple[Leg, ...]
    arrive_s: int

    @property
    def places(self) -> tuple[str, ...]:
        """Places behind the first one."""
        return tuple(leg.head for leg in self.legs)


@attrs.define
class Ways:
    """Legs between suppliers, ports and warehouses, in the state after the incidents."""

    state: State
    legs: tuple[Leg, ...]
    #: Mass and room that trips take on a leg in all [g], [cm3].
    _taken: dict[tuple[str, str, str], tuple[int, int]] = attrs.field(factory=dict)
    _out: dict[str, list[Leg]] = attrs.field(factory=dict)
    _carriers: dict[Leg, tuple[Vehicle, ...]] = attrs.field(factory=dict)

    @classmethod
    def of(cls, state: State) -> Ways:
        """Return the ways that there are."""
        ways = cls(state, upper_legs(state.scenario, state.book))
        for leg in ways.legs:
            ways._out.setdefault(leg.tail, []).append(leg)
        for trip in state.trips.values():
            if trip.echelon == "line-haul":
                for n, stop in enumerate(trip.stops):
                    mass, volume = state.weigh(stop.loads)
                    for hop in pairwise(trip.way_to(n)):
                        ways.load((*hop, trip.mode.value), mass, volume)
        return ways

    def load(self, key: tuple[str, str, str], mass_g: int, volume_cm3: int) -> None:
        """Note what one more trip takes of a leg's room."""
        mass, volume = self._taken.get(key, (0, 0))
        self._taken[key] = (mass + mass_g, volume + volume_cm3)

    def carriers(self, leg: Leg) -> tuple[Vehicle, ...]:
        """Return the vehicles that carry on a leg, and do what its end asks for.

        Those of its tail, else hired ones.
        """
        if leg not in self._carriers:
            state = self.state
            head = state.scenario.by_code[leg.head]
            listed = [
                e for e in state.scenario.fleet
                if e.home == leg.tail and e.vehicle.mode is leg.mode
            ]  # fmt: skip
            there = (
                [e.vehicle for e in listed if e.count != 0]
                if listed
                else [
                    v
                    for v in haulers(leg, head, state.book)
                    if (leg.tail, v.type) not in state.fleet.lost
                ]
            )
            self._carriers[leg] = tuple(v for v in there if set(head.skills) <= set(v.skills))
        return self._carriers[leg]

    def escorts(self, leg: Leg) -> tuple[str, ...]:
        """Return who rides along with goods over a leg, sorted."""
        return self.state.fleet.guards.asked(leg.tail, "line-haul", (leg.head,))

    def quickest(
        self, start: str, end: str, ready_s: int, load: tuple[int, int]
    ) -> Route | None:
        """Return the way that is at its end first, or None where none gets there.

        Args:
            start: Where the goods are.
            end: Where they should be.
            ready_s: When they can leave [s].
            load: What they weigh and the room they take [g], [cm3].
        """
        done: dict[str, Route] = {}
        tick = 0
        heap: list[tuple[int, int, int, str, tuple[Leg, ...]]] = [(ready_s, 0, 0, start, ())]
        while heap:
            at_s, hops, _, place, legs = heappop(heap)
            if place in done:
                continue
            done[place] = Route(legs=legs, arrive_s=at_s)
            if place == end:
                return done[place]
            leave_s = at_s + (self.state.scenario.handling.turnround_s if legs else 0)
            for leg in self._open(place, load):
                if leg.head not in done:
                    run = self.run(leg, leave_s, load[0])
                    if run is not None:
                        tick += 1
                        heappush(
                            heap, (run.times[0][1], hops + 1, tick, leg.head, (*legs, leg))
                        )
        return None

    def along(self, legs: tuple[Leg, ...], ready_s: int, mass_g: int) -> int | None:
        """Return when goods that wait for each leg of a way are at its end [s]."""
        now = ready_s
        for i, leg in enumerate(legs):
            turn = self.state.scenario.handling.turnround_s if i else 0
            run = self.run(leg, now + turn, mass_g)
            if run is None:
                return None
            now = run.times[0][1]
        return now

    def leg(self, tail: str, head: str) -> Leg | None:
        """Return the quickest leg between two places."""
        found = [g for g in self._out.get(tail, ()) if g.head == head]
        return min(found, key=lambda g: (g.travel_s, g.key), default=None)

    def add_straight(self, donor: str, receiver: str) -> None:
        """Add the straight road between two warehouses that roads reach, if there is none."""
        state = self.state
        tail, head = state.scenario.by_code[donor], state.scenario.by_code[receiver]
        rules = [state.book.access(p.kind, p.region) for p in (tail, head)]
        if (
            any(rule is None or rule.mode is not Mode.ROAD for rule in rules)
            or self.leg(donor, receiver) is not None
            or {tail.kind, head.kind} != {PlaceKind.WAREHOUSE}
        ):
            return
        way = state.travel.way(tail, head, Mode.ROAD, rules[0].surface if rules[0] else "")
        if way is None:
            return
        leg = Leg(
            tail=donor, head=receiver, mode=Mode.ROAD, length_m=max(1, way.length_m),
            travel_s=max(1, way.travel_s), basis=LENT,
        )  # fmt: skip
        for one in (leg, attrs.evolve(leg, tail=leg.head, head=leg.tail)):
            self._out.setdefault(one.tail, []).append(one)

    def _open(self, place: str, load: tuple[int, int]) -> Iterator[Leg]:
        for leg in self._out.get(place, ()):
            mass, volume = self._taken.get(leg.key, (0, 0))
            if leg.max_load_g is not None and mass + load[0] > leg.max_load_g:
                continue
            if leg.max_volume_cm3 is not None and volume + load[1] > leg.max_volume_cm3:
                continue
            if self.carriers(leg) and self.state.fleet.guards.there(
                leg.tail, self.escorts(leg)
            ):
                yield leg

    def run(self, leg: Leg, ready_s: int, mass_g: int) -> Run | None:
        """Return the first run over a leg that runs into nothing, or None."""
        state = self.state
        places = state.scenario.by_code
        vehicles = self.carriers(leg)
        if not vehicles:
            return None
        tour = bulk_tour(leg, vehicles[0], 0, 0)
        blocks = state.blocks.of_tour(tour)
        regions = sorted({places[leg.tail].region, places[leg.head].region})
        most_h = min(v.hours_per_day for v in vehicles)
        hours = state.hours_of(
            leg.mode, *regions, months_closed=leg.months_closed, most_h=most_h
        )
        hours = state.blocks.cut(hours, blocks)
        handling = state.scenario.handling
        tonnes = -(-mass_g // 1_000_000)
        handling = attrs.evolve(handling, stop_s=handling.stop_s + tonnes * _TONNE_S)
        starts = [ready_s, *(b.until_s for b in blocks if b.until_s and b.until_s > ready_s)]
        for start in sorted(starts):
            run = drive(tour, start, hours, handling)
            if run is not None and not state.blocks.hit_run(
                tour, run.depart_s, run.times, run.back_s
            ):
                return run
        return None


def bulk_tour(leg: Leg, vehicle: Vehicle, mass_g: int, volume_cm3: int) -> Tour:
    """Return the tour of one vehicle over one leg, there and back."""
    return Tour(
        echelon="line-haul", home=leg.tail, vehicle=vehicle, count=None, mode=leg.mode,
        surface=leg.surface,
        halts=(Halt(place=leg.head, kits=(), length_m=leg.length_m, travel_s=leg.travel_s),),
        back_length_m=leg.length_m, back_travel_s=leg.travel_s,
        months_closed=leg.months_closed, mass_g=mass_g, volume_cm3=volume_cm3,
    )  # fmt: skip
