"""All books of goods in bulk, kept up to date as events come and go."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from silog_core.custody.accounts import Account
from silog_core.custody.books import (
    Key,
    LotLine,
    StockLine,
    lot_lines,
    lot_problems,
    stock_lines,
    stock_problems,
)
from silog_core.custody.problem_texts import problem
from silog_core.domain.custody_events import Event, Measure
from silog_core.domain.custody_kinds import Kind, Stage
from silog_core.domain.custody_problems import CustodyProblem
from silog_core.domain.demand import Commodity


class BulkBooks:
    """Books of lots, of loose stock, and of what was packed for each place."""

    def __init__(self) -> None:
        """Start with empty books."""
        self._lots: dict[Key, list[LotLine]] = {}
        self._stock: dict[Key, list[StockLine]] = {}
        #: Pieces packed for each place, with transfers between stations counted in.
        self.packed: dict[Key, int] = {}
        self.destroyed: dict[Key, int] = {}
        #: Found damaged at receipt or sorting, and found beyond a delivery note.
        self.damaged: dict[Key, int] = {}
        self.surplus: dict[Key, int] = {}
        self._found: dict[tuple[str, Key], list[CustodyProblem]] = {}
        self._dirty: set[tuple[str, Key]] = set()

    def enter(self, event: Event, *, undo: bool) -> None:
        """Write the lines of *event*, or strike them out again."""
        for key, lot_line in lot_lines(event):
            if undo:
                self._lots[key].remove(lot_line)
            else:
                self._lots.setdefault(key, []).append(lot_line)
            self._dirty.add(("lot", key))
        for key, stock_line in stock_lines(event):
            if undo:
                self._stock[key].remove(stock_line)
            else:
                self._stock.setdefault(key, []).append(stock_line)
            self._dirty.add(("stock", key))
        self._enter_places(event, -1 if undo else 1)

    def _enter_places(self, event: Event, sign: int) -> None:
        if event.kind is Kind.KITTED:
            for quantity in event.quantities:
                key = (event.destination, quantity.commodity)
                self._change(self.packed, key, sign * quantity.pieces)
        elif event.kind is Kind.TRANSFERRED:
            for quantity in event.quantities:
                for place, way in ((event.place, -1), (event.destination, 1)):
                    key = (place, quantity.commodity)
                    self._change(self.packed, key, sign * way * quantity.pieces)
        elif event.kind is Kind.DESTROYED and not event.units:
            for quantity in event.quantities:
                key = (event.place, quantity.commodity)
                self._change(self.destroyed, key, sign * quantity.pieces)

        if event.kind in {Kind.RECEIVED, Kind.SORTED}:
            for count in event.counts:
                key = (event.place, count.commodity)
                if count.measure is Measure.DAMAGED:
                    self._change(self.damaged, key, sign * count.pieces)
                elif count.measure is Measure.SURPLUS and event.kind is Kind.RECEIVED:
                    self._change(self.surplus, key, sign * count.pieces)

    @staticmethod
    def _change(book: dict[Key, int], key: Key, pieces: int) -> None:
        left = book.get(key, 0) + pieces
        if left:
            book[key] = left
        else:
            book.pop(key, None)

    def problems(self) -> Iterator[CustodyProblem]:
        """Yield where a book goes below nothing."""
        for kind, key in self._dirty:
            found = (
                list(lot_problems(key, self._lots[key]))
                if kind == "lot"
                else list(stock_problems(key, self._stock[key]))
            )
            self._found[kind, key] = found
        self._dirty.clear()
        for found in self._found.values():
            yield from found
        for (place, commodity), pieces in self.packed.items():
            if pieces < 0:
                yield problem("donor-left-short", place, what=commodity)

    def receipt_differs(
        self, place: str, commodity: Commodity, account: Account
    ) -> Iterator[CustodyProblem]:
        """Yield a station that received another number than was packed for it."""
        packed = self.packed.get((place, commodity))
        if packed is not None and packed != account[Measure.RECEIVED]:
            yield problem(
                "received-differs",
                place,
                account.events[-1:],
                what=commodity,
                received=account[Measure.RECEIVED],
                packed=packed,
            )

    def lots(self) -> Mapping[Key, Mapping[Stage, int]]:
        """Return the pieces of each lot that ever reached each stage."""
        found: dict[Key, dict[Stage, int]] = {}
        for key, lines in self._lots.items():
            for _order, stage, pieces in lines:
                of = found.setdefault(key, {})
                of[stage] = of.get(stage, 0) + pieces
        return found

    def stock(self) -> Mapping[Key, int]:
        """Return the loose pieces at each place."""
        return {
            key: sum(pieces for _order, pieces in lines)
            for key, lines in self._stock.items()
            if lines
        }
