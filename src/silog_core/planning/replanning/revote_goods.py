"""What else a re-vote's kit needs: from lots with more than was allocated, and from what returned."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import attrs

from silog_core.domain.demand import Commodity
from silog_core.domain.echelons import INBOUND
from silog_core.domain.places import PlaceKind
from silog_core.domain.plan import Shortfall, Supply
from silog_core.domain.revotes import RevoteGoods, RevoteKit
from silog_core.planning.allocate import area_of_lot
from silog_core.planning.replanning.lost import contents
from silog_core.planning.replanning.revote_drafts import lot_ready_s
from silog_core.planning.replanning.texts import reasons
from silog_core.planning.replanning.ways import Ways

if TYPE_CHECKING:
    from silog_core.domain.losses import LostPieces
    from silog_core.domain.stock import StockLot
    from silog_core.planning.replanning.revote_drafts import Draft
    from silog_core.planning.replanning.state import State
    from silog_core.planning.replanning.supply import Supplied

_Lot = tuple[str, str, str]
#: Kinds of place from which goods may be sent without a paper of a loan.
_OPEN = {PlaceKind.SUPPLIER, PlaceKind.PORT, PlaceKind.AIRPORT}


@attrs.define(kw_only=True)
class RevoteStock:
    """What is there for kits of re-votes, and what was taken of it."""

    state: State
    supply: Supplied
    ways: Ways
    #: Pieces that lots and returned kits have given to re-votes.
    _given: dict[tuple[Commodity, str, str], int] = attrs.field(factory=dict)
    _rows: dict[_Lot, list[StockLot]] = attrs.field(factory=dict)
    _spent: dict[_Lot, int] = attrs.field(factory=dict)
    _back: dict[str, list[tuple[int, str]]] = attrs.field(factory=dict)

    def open(self, kept: tuple[RevoteKit, ...]) -> None:
        """Look at all lots, and at what came back; earlier re-votes keep what they took."""
        for row in self.state.scenario.stock:
            self._rows.setdefault((row.place, row.item, row.lot), []).append(row)
        given: tuple[Supply | LostPieces, ...] = (*self.supply.lines, *self.supply.lost)
        for line in given:
            key = (line.from_place, line.commodity.item, line.lot)
            self._spent[key] = self._spent.get(key, 0) + line.quantity
        for trip in self.state.trips.values():
            if trip.echelon in INBOUND:
                for code in (k for s in trip.stops for k in s.kits):
                    self._back.setdefault(trip.home, []).append((trip.back_s, code))
        for kit in kept:
            for goods in kit.taken:
                self._give(goods)

    def _give(self, goods: RevoteGoods) -> None:
        key = (goods.commodity, goods.holder, goods.lot)
        self._given[key] = self._given.get(key, 0) + goods.quantity

    def fill(self, draft: Draft) -> None:
        """Set what else belongs into a kit and where it comes from; note what is missing."""
        draft.goods = self._belongs(draft)
        taken: list[RevoteGoods] = []
        lacks: list[Shortfall] = []
        for ware, pieces in draft.goods:
            left = pieces
            for goods, ready_s in self._sources(draft, ware):
                n = min(left, goods.quantity)
                if n:
                    goods = attrs.evolve(goods, quantity=n)  # noqa: PLW2901
                    self._give(goods)
                    taken.append(goods)
                    if ready_s > draft.ballots_s or goods.holder != draft.warehouse:
                        draft.waits.append(goods)
                    draft.home_s = max(draft.home_s, ready_s)
                    left -= n
            if left:
                lacks.append(self.lack(draft, ware, pieces, left))
        draft.taken, draft.lacks = tuple(taken), tuple(lacks)
        self._weigh(draft)

    def _belongs(self, draft: Draft) -> tuple[tuple[Commodity, int], ...]:
        """Return what lay in the first kit besides ballots, of the contests voted on."""
        state = self.state
        own = {c.item for c in state.plan.election.contests}
        voted = {b.contest for b in draft.ballots}
        other = {
            column.item
            for column in state.plan.needs.columns
            if column.contest is not None and column.contest.code not in voted
        }
        found = contents(state.plan, draft.place.code)
        return tuple(
            (ware, n)
            for ware, n in sorted(found.items(), key=lambda x: str(x[0]))
            if ware.item not in own and ware.item not in other
        )

    def _sources(self, draft: Draft, ware: Commodity) -> Iterator[tuple[RevoteGoods, int]]:
        """Yield who has pieces to give and when they are there: what lies nearest first."""
        state, home, by_s = self.state, draft.warehouse, draft.goods_by_s
        away: list[tuple[int, RevoteGoods]] = []
        for (place, code, lot), rows in sorted(self._rows.items()):
            if code != ware.item:
                continue
            spare = self._spare((place, code, lot), rows, ware)
            if spare <= 0:
                continue
            goods = RevoteGoods(
                commodity=ware, quantity=spare, source="lot", holder=place, lot=lot
            )
            ready = max(state.first_s, lot_ready_s(state, place, ware, lot))
            if place == home and ready <= by_s:
                yield goods, ready
            elif place in state.scenario.by_code and (
                state.scenario.by_code[place].kind in _OPEN
            ):
                size = state.size(ware)
                route = self.ways.quickest(place, home, ready, (size[0], size[1]))
                if route is not None and route.arrive_s <= by_s:
                    away.append((route.arrive_s, goods))
        item = state.book.item(ware.item)
        if item is not None and item.reusable:
            yield from self._returned(home, ware, by_s)
        for _, goods in sorted(away, key=lambda x: (x[0], x[1].holder, x[1].lot)):
            # When its courier is there, the courier says.
            yield goods, state.first_s

    def _spare(self, key: _Lot, rows: list[StockLot], ware: Commodity) -> int:
        if any(area_of_lot(self.state.scenario, r) != ware.area for r in rows):
            return 0
        given = self._given.get((ware, key[0], key[2]), 0)
        return sum(r.quantity for r in rows) - self._spent.get(key, 0) - given

    def _returned(
        self, home: str, ware: Commodity, by_s: int
    ) -> Iterator[tuple[RevoteGoods, int]]:
        turn_s = self.state.scenario.handling.turnround_s
        for back_s, kit in sorted(self._back.get(home, ())):
            ready = max(self.state.first_s, back_s + turn_s)
            n = contents(self.state.plan, kit).get(ware, 0) - self._given.get(
                (ware, home, kit), 0
            )
            if n > 0 and ready <= by_s:
                goods = RevoteGoods(
                    commodity=ware, quantity=n, source="returned", holder=home, lot=kit
                )
                yield goods, ready

    def lack(self, draft: Draft, ware: Commodity, pieces: int, missing: int) -> Shortfall:
        """Return what a kit lacks of a commodity, with reason and action."""
        told = reasons(
            self.state.plan.election, "revote-goods", incident=draft.order.id,
            place=draft.place.code, goods=f"{missing} {ware}", warehouse=draft.warehouse,
            by_s=draft.goods_by_s,
        )  # fmt: skip
        return Shortfall(
            place=draft.place.code, commodity=ware, needed=pieces, served=pieces - missing,
            code="supply", reason=told[0], reason_id=told[1], action=told[2],
            action_id=told[3],
        )  # fmt: skip

    def without(self, draft: Draft, gone: list[RevoteGoods]) -> None:
        """Take back what no courier can bring, and note that it is missing."""
        for goods in gone:
            key = (goods.commodity, goods.holder, goods.lot)
            self._given[key] -= goods.quantity
        draft.taken = tuple(g for g in draft.taken if g not in gone)
        draft.waits = [g for g in draft.waits if g not in gone]
        got: dict[Commodity, int] = {}
        for goods in draft.taken:
            got[goods.commodity] = got.get(goods.commodity, 0) + goods.quantity
        draft.lacks = tuple(
            self.lack(draft, ware, n, n - got.get(ware, 0))
            for ware, n in draft.goods
            if n > got.get(ware, 0)
        )

    def _weigh(self, draft: Draft) -> None:
        """Weigh a kit as if it were complete: what is missing may still be found."""
        state = self.state
        first = {c.code: c.item for c in state.plan.election.contests}
        mass = volume = 0
        for b in draft.ballots:
            item, like = state.book.item(b.commodity.item), state.book.item(first[b.contest])
            if item is not None:
                # It lies in the kit as the ballot that it stands for did.
                room = like.kit_volume_cm3 if like is not None else None
                mass += b.quantity * item.mass_g
                volume += b.quantity * (item.volume_cm3 if room is None else room)
        for ware, n in draft.goods:
            item = state.book.item(ware.item)
            if item is not None:
                room = item.kit_volume_cm3
                mass += n * item.mass_g
                volume += n * (item.volume_cm3 if room is None else room)
        draft.mass_g, draft.volume_cm3 = mass, volume
