"""Supply after incidents: what is lost, where else it comes from, and who goes short."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

import attrs

from silog_core.domain.demand import Commodity
from silog_core.domain.incidents import LendingApproved
from silog_core.domain.lending import Transfer
from silog_core.domain.losses import LostPieces
from silog_core.domain.plan import Shortfall, Supply
from silog_core.domain.stock import StockLot
from silog_core.planning.allocate import assumed_stock, wanted_by_warehouse
from silog_core.planning.replanning.bulk import Bulk
from silog_core.planning.replanning.late import hindered
from silog_core.planning.replanning.lost import Missing, Taker, kits_that_left
from silog_core.planning.replanning.refill import Refill
from silog_core.planning.replanning.scarce import share_out

if TYPE_CHECKING:
    from silog_core.planning.replanning.refill import Arrives
    from silog_core.planning.replanning.state import State


@attrs.define(kw_only=True)
class Supplied:
    """Lines, shortages and loans after the incidents."""

    lines: tuple[Supply, ...]
    lost: tuple[LostPieces, ...]
    short: tuple[tuple[str, Commodity, int], ...]
    shortfalls: tuple[Shortfall, ...]
    lent: tuple[Transfer, ...] = ()
    #: Pieces that each place lacks more than before, with the incident.
    lacking: Mapping[str, tuple[tuple[Commodity, int, str], ...]] = attrs.field(factory=dict)
    arrives: Arrives = attrs.field(factory=dict)


def supplied(state: State) -> Supplied:
    """Take out what is lost, and bring what is missing from where it can be had in time."""
    plan = state.plan
    bulk = Bulk.of(state)
    if not state.scenario.stock:
        wanted = wanted_by_warehouse(state.scenario, plan.needs)
        state.scenario = attrs.evolve(
            state.scenario, stock=_assumed(bulk, assumed_stock(state.scenario, wanted))
        )
    taker = Taker(state, bulk)
    taker.take_all()
    missing = taker.missing + _more_needed(state)
    if tuple(taker.stock) != state.scenario.stock:
        state.scenario = attrs.evolve(state.scenario, stock=tuple(taker.stock))
    loans = [i for i in state.incidents if isinstance(i, LendingApproved)]
    if not (missing or loans or any(hindered(state, bulk.supplies()))):
        return _as_planned(state)
    found = Refill.of(state, bulk, missing)
    found.fill(loans)
    short, shortfalls, lacking = share_out(
        state, found.missing, found.mended, found.wanted, kits_that_left(state)
    )
    return Supplied(
        lines=bulk.supplies(), lost=plan.losses.pieces + tuple(bulk.lost), short=short,
        shortfalls=shortfalls, lent=plan.lent + tuple(found.lent), lacking=lacking,
        arrives=found.arrives,
    )  # fmt: skip


def _as_planned(state: State) -> Supplied:
    plan = state.plan
    return Supplied(
        lines=plan.allocation.lines, lost=plan.losses.pieces, short=plan.allocation.short,
        shortfalls=plan.shortfalls, lent=plan.lent,
    )  # fmt: skip


def _assumed(bulk: Bulk, stock: Iterable[StockLot]) -> tuple[StockLot, ...]:
    """Return the stock that the plan assumed, just what its lines take of it."""
    given: dict[tuple[str, Commodity, str], int] = {}
    for line in bulk.lines:
        key = (line.supply.from_place, line.supply.commodity, line.supply.lot)
        given[key] = given.get(key, 0) + line.supply.quantity
    return tuple(
        attrs.evolve(lot, quantity=given.get(
            (lot.place, Commodity(item=lot.item, area=lot.area), lot.lot), 0))
        for lot in stock
    )  # fmt: skip


def _more_needed(state: State) -> list[Missing]:
    """Return what warehouses need more of than was planned for, since stations were added."""
    if state.needs is state.plan.needs:
        return []
    before = wanted_by_warehouse(state.scenario, state.plan.needs)
    after = wanted_by_warehouse(state.scenario, state.needs)
    found = []
    for (warehouse, ware), members in after.items():
        known = {w.place: w.quantity for w in before.get((warehouse, ware), ())}
        more = {w.place: w.quantity - known.get(w.place, 0) for w in members}
        own = frozenset(code for code, n in more.items() if n > 0)
        if own:
            incident = next(
                (state.grown.get(c) or state.carry.get(c, "") for c in sorted(own)), ""
            )
            total = sum(more[c] for c in own)
            found.append(
                Missing(warehouse, ware, total, incident or state.incidents[0].id, own)
            )
    return found
