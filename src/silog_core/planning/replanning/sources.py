"""Where missing pieces come from: own stock, other lots, other warehouses that may lend."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

import attrs

from silog_core.domain.demand import Commodity
from silog_core.domain.lending import Transfer
from silog_core.domain.places import PlaceKind
from silog_core.domain.plan import Supply
from silog_core.domain.stock import StockLot
from silog_core.planning.allocate import area_of_lot
from silog_core.planning.replanning.bulk import Bulk
from silog_core.planning.replanning.ways import Route, Ways
from silog_core.planning.transfers import Holding, may_share, propose_lending

if TYPE_CHECKING:
    from silog_core.planning.replanning.state import State


#: Rank of pieces that another warehouse lends.
LOAN = 2


@attrs.frozen(kw_only=True)
class Source:
    """A lot with pieces to spare, and the way from it."""

    lot: StockLot
    spare: int
    route: Route
    #: 0 for the warehouse's own stock, 1 for a supplier or port, 2 for a loan.
    rank: int
    ready_s: int

    @property
    def order(self) -> tuple[int, int, int, str, str]:
        """Sort key: the least change first, then the quickest."""
        return (
            self.rank, len(self.route.legs), self.route.arrive_s, self.lot.place, self.lot.lot,
        )  # fmt: skip


@attrs.define(kw_only=True)
class Sources:
    """Finds who can give what, and keeps count of it."""

    state: State
    bulk: Bulk
    ways: Ways
    #: What each warehouse needs in all, and lacks.
    need: dict[tuple[str, Commodity], int]
    lacks: dict[tuple[str, Commodity], int]

    def spare(self, lot: StockLot) -> int:
        """Return the pieces of a lot that serve nobody."""
        key = (lot.place, lot.item, lot.lot)
        rows = [x for x in self.state.scenario.stock if (x.place, x.item, x.lot) == key]
        return sum(x.quantity for x in rows) - self.bulk.given(*key)

    def of(
        self, warehouse: str, ware: Commodity, pieces: int, *, donor: str = ""
    ) -> Iterable[Source]:
        """Return the sources of a commodity for a warehouse, the least change first.

        A warehouse lends nothing while it lacks the same, and no ballot leaves its area.
        """
        state = self.state
        places = state.scenario.by_code
        found: dict[tuple[str, str], Source] = {}
        for lot in state.scenario.stock:
            if lot.item != ware.item or (lot.place, lot.lot) in found:
                continue
            if (donor and lot.place != donor) or lot.place not in places:
                continue
            if area_of_lot(state.scenario, lot) != ware.area:
                continue
            spare = self.spare(lot)
            if spare <= 0:
                continue
            rank = self._rank(lot.place, warehouse, ware)
            if rank is None:
                continue
            n = min(spare, pieces)
            ready = max(state.first_s, self._ready_s(lot, n))
            mass, volume = state.size(ware)
            if rank == LOAN:
                self.ways.add_straight(lot.place, warehouse)
            route = self.ways.quickest(lot.place, warehouse, ready, (n * mass, n * volume))
            if route is not None:
                found[(lot.place, lot.lot)] = Source(
                    lot=lot, spare=spare, route=route, rank=rank, ready_s=ready
                )
        return sorted(found.values(), key=lambda s: s.order)

    def _ready_s(self, lot: StockLot, pieces: int) -> int:
        return self.state.lot_ready_s(
            Supply(to="", commodity=Commodity(item=lot.item), quantity=pieces,
                   from_place=lot.place, lot=lot.lot)
        )  # fmt: skip

    def _rank(self, place: str, warehouse: str, ware: Commodity) -> int | None:
        if place == warehouse:
            return 0
        at = self.state.scenario.by_code[place]
        if at.kind in {PlaceKind.SUPPLIER, PlaceKind.PORT, PlaceKind.AIRPORT}:
            return 1
        if at.kind is not PlaceKind.WAREHOUSE or self.lacks.get((place, ware), 0):
            return None
        taker = self.state.scenario.by_code[warehouse]
        return LOAN if may_share(ware, at.region, taker.region) else None

    def transfer(
        self, source: Source, warehouse: str, ware: Commodity, pieces: int
    ) -> Transfer:
        """Return the paper of a loan: both parties, who approves, who attends, and why."""
        state, donor = self.state, source.lot.place
        item = state.book.item(ware.item)
        wants = self.need.get((donor, ware), 0)
        kept = bool(item and item.reserve)
        way_s = max(0, source.route.arrive_s - source.ready_s)
        holdings = [
            Holding(
                place=donor, region=state.scenario.by_code[donor].region, commodity=ware,
                on_hand=wants + pieces, need=0 if kept else wants,
                reserve=wants if kept else 0,
            ),
            Holding(
                place=warehouse, region=state.scenario.by_code[warehouse].region,
                commodity=ware, on_hand=0, need=pieces,
            ),
        ]  # fmt: skip
        return propose_lending(holdings, lambda _one, _other: way_s).transfers[0]
