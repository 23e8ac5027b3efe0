"""What incidents take away: short lots, goods in places and aboard, and whole kits."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING

import attrs

from silog_core.domain.demand import Commodity
from silog_core.domain.echelons import DISPATCH, OUTBOUND
from silog_core.domain.incidents import GoodsLost, LotShort
from silog_core.domain.losses import LostKit
from silog_core.domain.places import PlaceKind
from silog_core.domain.plan import Load, Plan, Stop
from silog_core.domain.stock import StockLot
from silog_core.errors import IncidentError
from silog_core.planning.replanning.bulk import Bulk, Line
from silog_core.planning.replanning.shares import even_shares

if TYPE_CHECKING:
    from silog_core.planning.replanning.state import State

#: Levels of trips on which kits ride out.
OUT = OUTBOUND
_BULK_KINDS = (PlaceKind.SUPPLIER, PlaceKind.PORT, PlaceKind.AIRPORT, PlaceKind.WAREHOUSE)


@attrs.define
class Missing:
    """Pieces that a warehouse lacks after an incident, and for whose kits."""

    warehouse: str
    ware: Commodity
    pieces: int
    incident: str
    #: Places whose kits caused it; empty where the whole warehouse lacks the pieces.
    own: frozenset[str] = frozenset()


def contents(plan: Plan, kit: str) -> Mapping[Commodity, int]:
    """Return what lies in a place's kit, by commodity [pieces]."""
    in_kit = {i.code for i in plan.items if i.in_kit and not i.reserve}
    short = {(p, c): n for p, c, n in plan.allocation.short if p == kit}
    found: dict[Commodity, int] = {}
    for need in plan.needs.at(kit):
        ware = Commodity(item=need.item, area=need.area)
        if need.item in in_kit:
            n = short.get((kit, ware), need.quantity)
            found[ware] = found.get(ware, 0) + n
    return {ware: n for ware, n in found.items() if n}


def kits_that_left(state: State) -> dict[str, str]:
    """Return each kit that had left its warehouse, with the warehouse."""
    gone = {(k.kit, t) for k in state.plan.losses.kits for t in k.trips}
    return {
        kit: state.trips[trip_id].home
        for trip_id in state.frozen
        if (trip := state.trips[trip_id]).echelon in DISPATCH
        and state.scenario.by_code[trip.home].kind is PlaceKind.WAREHOUSE
        for stop in state.trips[trip_id].stops
        for kit in stop.kits
        if (kit, trip_id) not in gone and kit not in state.lost_kits
    }


@attrs.define
class Taker:
    """Takes lost pieces out of the lines and the stock, and notes what is missing then."""

    state: State
    bulk: Bulk
    missing: list[Missing] = attrs.field(factory=list)
    #: Stock rows after the incidents.
    stock: list[StockLot] = attrs.field(factory=list)
    _used: dict[str, dict[Commodity, int]] = attrs.field(factory=dict)

    def take_all(self) -> None:
        """Go through the incidents in their order."""
        self.stock = list(self.state.scenario.stock)
        for one in self.state.incidents:
            if isinstance(one, LotShort):
                self._short(one)
            elif isinstance(one, GoodsLost) and one.trip:
                self._aboard(one)
            elif isinstance(one, GoodsLost):
                if self.state.scenario.by_code[one.place].kind in _BULK_KINDS:
                    self._in_place(one)
                else:
                    self._kits(one, list(self._kits_at(one.place)))

    def _used_at(self, warehouse: str, ware: Commodity) -> int:
        """Return the pieces that had left a warehouse in kits."""
        if warehouse not in self._used:
            found: dict[Commodity, int] = {}
            for kit, home in kits_that_left(self.state).items():
                if home == warehouse:
                    for held, n in contents(self.state.plan, kit).items():
                        found[held] = found.get(held, 0) + n
            self._used[warehouse] = found
        return self._used[warehouse].get(ware, 0)

    def _on_hand(self, line: Line) -> int:
        """Return the pieces of a line's commodity that lie in its warehouse now."""
        there = sum(
            x.at(len(x.supply.path) - 1) if len(x.supply.path) > 1 else x.supply.quantity
            for x in self.bulk.lines
            if (x.supply.to, x.supply.commodity) == (line.supply.to, line.supply.commodity)
        )
        return there - self._used_at(line.supply.to, line.supply.commodity)

    def _most(self, line: Line, number: int) -> int:
        """Return how many pieces of a line can be lost at a place of its path."""
        if number == len(line.supply.path) - 1:
            return max(0, min(line.at(number), self._on_hand(line)))
        return line.at(number)

    def _note(self, line: Line, pieces: int, incident: str) -> None:
        supply = line.supply
        self.missing.append(Missing(supply.to, supply.commodity, pieces, incident))

    def _short(self, one: LotShort) -> None:
        lines = [
            x for x in self.bulk.lines
            if (x.supply.from_place, x.supply.commodity.item, x.supply.lot)
            == (one.place, one.item, one.lot)
        ]  # fmt: skip
        lost = sum(
            x.quantity for x in self.state.plan.losses.pieces
            if (x.from_place, x.commodity.item, x.lot) == (one.place, one.item, one.lot)
        )  # fmt: skip
        over = sum(x.supply.quantity for x in lines) + lost - one.quantity
        here = [self._most(x, 0) for x in lines]
        keep = even_shares(here, [0] * len(here), max(0, sum(here) - max(0, over)))
        for line, n, kept in zip(lines, here, keep, strict=True):
            if n > kept:
                self.bulk.cut(line, 0, n - kept, one.id)
                self._note(line, n - kept, one.id)
                over -= n - kept
        for line in lines:
            for number in range(1, len(line.supply.path)):
                n = min(max(0, over), self._most(line, number))
                if n:
                    self.bulk.lose(line, number, n, one.id)
                    self._note(line, n, one.id)
                    over -= n
        if over > 0:
            raise IncidentError(
                f"{one.id}: {over} pieces of lot {one.lot!r} more had left in kits",
                "name the kits with goods-lost, or give the quantity that was good",
            )
        self._restock(one.place, one.item, one.lot, one.quantity)

    def _restock(self, place: str, item: str, lot: str, quantity: int) -> None:
        """Set what a lot gives in all; never less than it has given."""
        left = max(quantity, self.bulk.given(place, item, lot))
        for i, row in enumerate(self.stock):
            if (row.place, row.item, row.lot) == (place, item, lot):
                self.stock[i] = attrs.evolve(row, quantity=min(row.quantity, left))
                left -= self.stock[i].quantity

    def _in_place(self, one: GoodsLost) -> None:
        state = self.state
        for line in self.bulk.lines:
            supply = line.supply
            if one.items and supply.commodity.item not in one.items:
                continue
            for number, place in enumerate(supply.path):
                if place != one.place:
                    continue
                if number == 0:
                    there = state.lot_ready_s(supply) <= state.now_s
                    n = self._most(line, 0) if there else 0
                    if n:
                        self.bulk.cut(line, 0, n, one.id)
                else:
                    n = min(self._most(line, number), self._came(line, number))
                    if n:
                        self.bulk.lose(line, number, n, one.id)
                if n:
                    self._note(line, n, one.id)
        for row in tuple(self.stock):
            there = row.from_date is None or (
                (row.from_date - state.plan.election.voting_day).days * 86_400 <= state.now_s
            )
            if row.place == one.place and there and (not one.items or row.item in one.items):
                self._restock(row.place, row.item, row.lot, 0)

    def _came(self, line: Line, number: int) -> int:
        """Return the pieces of a line's commodity that have come to a place by now."""
        key = (line.supply.to, line.supply.commodity)
        late = sum(
            n.quantity
            for trip_id in self.state.frozen
            if (trip := self.state.trips[trip_id]).echelon == "line-haul"
            for stop in trip.stops
            if stop.place == line.supply.path[number] and stop.depart_s > self.state.now_s
            for n in stop.loads
            if (n.to, n.commodity) == key
        )
        return max(0, line.at(number) - late)

    def _aboard(self, one: GoodsLost) -> None:
        trip = self.state.trips[one.trip]
        if trip.echelon in OUT:
            lost = [
                k for s in trip.stops if s.arrive_s > one.known_at_s for k in s.kits
            ]  # fmt: skip
            self._kits(one, lost)
            return
        for stop in trip.stops:
            if stop.arrive_s > one.known_at_s:
                for load in stop.loads:
                    if not one.items or load.commodity.item in one.items:
                        self._drown(one, load, stop)

    def _drown(self, one: GoodsLost, load: Load, stop: Stop) -> None:
        """Lose what a trip was to hand over at a stop."""
        left = load.quantity
        for line in self.bulk.lines:
            supply = line.supply
            if (supply.to, supply.commodity) != (load.to, load.commodity):
                continue
            for number in range(1, len(supply.path)):
                n = min(left, line.at(number)) if supply.path[number] == stop.place else 0
                if n:
                    self.bulk.lose(line, number, n, one.id, lost_s=stop.depart_s)
                    self._note(line, n, one.id)
                    left -= n

    def _kits_at(self, place: str) -> Iterator[str]:
        """Yield the kits that lie in a hub, a village or a station."""
        state = self.state
        gone = {(k.kit, t) for k in state.plan.losses.kits for t in k.trips}
        here: dict[str, None] = {}
        for trip_id in sorted(state.frozen):
            trip = state.trips[trip_id]
            if trip.echelon in OUT:
                for stop in trip.stops:
                    if stop.place == place and stop.arrive_s <= state.now_s:
                        here.update(
                            dict.fromkeys(k for k in stop.kits if (k, trip_id) not in gone)
                        )
        for trip_id in state.frozen:
            trip = state.trips[trip_id]
            if trip.echelon in OUT and trip.home == place:
                for stop in trip.stops:
                    for kit in stop.kits:
                        here.pop(kit, None)
        yield from sorted(here)

    def _kits(self, one: GoodsLost, kits: Iterable[str]) -> None:
        """Lose kits as a whole: each has to be packed and carried once more."""
        state = self.state
        lacking: dict[tuple[str, Commodity], tuple[int, set[str]]] = {}
        homes = kits_that_left(state)
        for kit in kits:
            if kit not in homes:
                continue  # another incident took it
            warehouse = homes[kit]
            trips = tuple(
                t for t in sorted(state.frozen)
                if state.trips[t].echelon in OUT
                and any(kit in s.kits for s in state.trips[t].stops)
            )  # fmt: skip
            state.lost_kits[kit] = LostKit(
                kit=kit, trips=trips, lost_s=state.now_s, incident=one.id
            )
            state.carry[kit] = one.id
            for ware, pieces in contents(state.plan, kit).items():
                left = pieces
                for line in self.bulk.lines:
                    supply = line.supply
                    last = len(supply.path) - 1
                    if (supply.to, supply.commodity) == (warehouse, ware) and left:
                        n = min(left, line.at(last))
                        if n:
                            self.bulk.lose(line, last, n, one.id, kit=kit)
                            left -= n
                known, own = lacking.setdefault((warehouse, ware), (0, set()))
                lacking[(warehouse, ware)] = (known + pieces - left, own | {kit})
            self._used.pop(warehouse, None)
        for (warehouse, ware), (pieces, own) in sorted(
            lacking.items(), key=lambda x: (x[0][0], str(x[0][1]))
        ):
            if pieces:
                self.missing.append(Missing(warehouse, ware, pieces, one.id, frozenset(own)))
