"""Goods in bulk: where the pieces of each line are by now, and taking pieces off its trips."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import TYPE_CHECKING

import attrs

from silog_core.domain.demand import Commodity
from silog_core.domain.losses import LostPieces
from silog_core.domain.plan import Load, Supply, Trip

if TYPE_CHECKING:
    from silog_core.planning.replanning.state import State

_Hop = tuple[str, str]
_Pile = tuple[str, Commodity]


@attrs.define
class Line:
    """A line of the allocation, and how many of its pieces have left each place on its way."""

    supply: Supply
    #: Pieces that had left the place of that number; one number for each hop.
    left: list[int]

    def at(self, number: int) -> int:
        """Return the pieces that are at, or under way to, a place of the path."""
        came = self.supply.quantity if number == 0 else self.left[number - 1]
        gone = self.left[number] if number < len(self.left) else 0
        return came - gone

    def take(self, number: int, pieces: int) -> None:
        """Take pieces off the line that are at a place of the path."""
        self.supply = attrs.evolve(self.supply, quantity=self.supply.quantity - pieces)
        for i in range(number):
            self.left[i] -= pieces


@attrs.define
class Bulk:
    """All lines of a plan while it is repaired, and what is lost of them."""

    state: State
    lines: list[Line]
    lost: list[LostPieces] = attrs.field(factory=list)
    #: Moment at which the last piece of a line that changed is at its warehouse [s].
    _frozen: dict[tuple[_Hop, _Pile], list[tuple[int, int]]] = attrs.field(factory=dict)

    @classmethod
    def of(cls, state: State) -> Bulk:
        """Return the lines of the plan, with what trips that had left carry of them."""
        bulk = cls(state, [])
        for trip in state.trips.values():
            if trip.echelon == "line-haul" and trip.id in state.frozen:
                for n, stop in enumerate(trip.stops):
                    for load in stop.loads:
                        for hop in pairwise(trip.way_to(n)):
                            key = (hop, (load.to, load.commodity))
                            known = bulk._frozen.setdefault(key, [])
                            known.append((stop.depart_s, load.quantity))
        open_ = {key: sum(n for _, n in found) for key, found in bulk._frozen.items()}
        for lost in state.plan.losses.pieces:
            for hop in pairwise(lost.path):
                key = (hop, (lost.to, lost.commodity))
                open_[key] = open_.get(key, 0) - lost.quantity
        for supply in state.plan.allocation.lines:
            left, most = [], supply.quantity
            for hop in pairwise(supply.path):
                key = (hop, (supply.to, supply.commodity))
                most = min(most, max(0, open_.get(key, 0)))
                if most:
                    open_[key] -= most
                left.append(most)
            bulk.lines.append(Line(supply, left))
        return bulk

    def supplies(self) -> tuple[Supply, ...]:
        """Return the lines that are left, those that say the same put together."""
        found: dict[Supply, int] = {}
        for line in self.lines:
            if line.supply.quantity:
                key = attrs.evolve(line.supply, quantity=0)
                found[key] = found.get(key, 0) + line.supply.quantity
        return tuple(attrs.evolve(key, quantity=n) for key, n in found.items())

    def given(self, place: str, item: str, lot: str) -> int:
        """Return the pieces that a lot has given, lost ones included."""
        lines: list[Supply | LostPieces] = [x.supply for x in self.lines]
        lines += [*self.state.plan.losses.pieces, *self.lost]
        return sum(
            x.quantity
            for x in lines
            if (x.from_place, x.commodity.item, x.lot) == (place, item, lot)
        )

    def came_s(self, line: Line, number: int) -> int:
        """Return when the pieces at a place of a line's path can leave it [s]."""
        supply = line.supply
        if number == 0:
            return max(self.state.first_s, self.state.lot_ready_s(supply))
        hop = (supply.path[number - 1], supply.path[number])
        times = [at for at, _ in self._frozen.get((hop, (supply.to, supply.commodity)), ())]
        return max([self.state.first_s, *(t + self.turnround_s for t in times)])

    @property
    def turnround_s(self) -> int:
        """Rest between taking over and sending on [s]."""
        return self.state.scenario.handling.turnround_s

    def cut(self, line: Line, number: int, pieces: int, incident: str) -> None:
        """Take pieces at a place of a line's path off the line and the trips ahead."""
        self._lighten(line.supply, number, pieces, incident)
        line.take(number, pieces)

    def lose(self, line: Line, number: int, pieces: int, incident: str, *, kit: str = "",
             lost_s: int | None = None) -> None:  # fmt: skip
        """Take pieces off a line that had come to a place of its path and are lost."""
        supply = line.supply
        # What is still under way is there before nobody can use it.
        at_s = max(self.state.now_s, self.came_s(line, number) - self.turnround_s)
        self.cut(line, number, pieces, incident)
        self.lost.append(
            LostPieces(
                to=supply.to, commodity=supply.commodity, quantity=pieces,
                from_place=supply.from_place, lot=supply.lot,
                path=supply.path[: number + 1],
                lost_s=at_s if lost_s is None else lost_s,
                incident=incident, kit=kit,
            )
        )  # fmt: skip

    def _lighten(self, supply: Supply, number: int, pieces: int, incident: str) -> None:
        """Take pieces off the trips ahead that have not left, the last ones first."""
        for trip, n, ahead in self.trips_ahead(supply, number):
            stop = trip.stops[n]
            less = min(pieces, sum(x.quantity for x in stop.loads if _is(x, supply)))
            if less:
                pieces -= less
                self._reload(trip, n, _without(stop.loads, supply, less), incident)
                self._lighten(supply, ahead, less, incident)
            if not pieces:
                return

    def trips_ahead(self, supply: Supply, number: int) -> list[tuple[Trip, int, int]]:
        """Return trips that take a line on from a place of its path, the last one first.

        With each comes the number of its stop, and that of the stop's place on the path.
        """
        if number == len(supply.path) - 1:
            return []
        home = supply.path[number]
        found = []
        for trip in self.state.trips.values():
            if (
                trip.echelon != "line-haul"
                or trip.home != home
                or trip.id in self.state.frozen
            ):
                continue
            for n in range(len(trip.stops)):
                way = trip.way_to(n)
                if supply.path[number : number + len(way)] == way:
                    found.append((trip, n, number + len(way) - 1))
        return sorted(found, key=lambda x: (-x[0].depart_s, x[0].id, x[1]))

    def _reload(self, trip: Trip, n: int, loads: tuple[Load, ...], incident: str) -> None:
        state = self.state
        stops = tuple(
            attrs.evolve(s, loads=loads) if i == n else s for i, s in enumerate(trip.stops)
        )
        if not any(s.loads for s in stops):
            state.replace(trip, None)
            state.say("dropped", trip.id, incident)
            return
        mass, volume = state.weigh(x for s in stops for x in s.loads)
        state.replace(trip, attrs.evolve(trip, stops=stops, mass_g=mass, volume_cm3=volume))
        state.say("less", trip.id, incident)


def _is(load: Load, supply: Supply) -> bool:
    return (load.to, load.commodity) == (supply.to, supply.commodity)


def _without(loads: Iterable[Load], supply: Supply, pieces: int) -> tuple[Load, ...]:
    return tuple(_rest(loads, supply, pieces))


def _rest(loads: Iterable[Load], supply: Supply, pieces: int) -> Iterator[Load]:
    for load in loads:
        less = min(pieces, load.quantity) if _is(load, supply) else 0
        pieces -= less
        if load.quantity > less:
            yield attrs.evolve(load, quantity=load.quantity - less)
