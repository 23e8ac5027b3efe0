"""What warehouses hold: now, by a scenario's stock, or after a plan's allocation."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import attrs

from silog_core.domain.demand import Commodity
from silog_core.domain.lending import Lending
from silog_core.domain.locale import number
from silog_core.domain.places import PlaceKind
from silog_core.network.neighbours import TravelBetween
from silog_core.network.upper import upper_legs
from silog_core.planning.allocate import area_of_lot, wanted_by_warehouse
from silog_core.planning.regency import subtree
from silog_core.planning.transfers import Holding, propose_lending

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date

    from silog_core.domain.demand import Needs
    from silog_core.domain.legs import Leg
    from silog_core.domain.plan import Shortfall
    from silog_core.domain.scenario import Scenario
    from silog_core.planning.allocate import Allocated
    from silog_core.rules.book import RuleBook

_Key = tuple[str, Commodity]


def lend_now(
    scenario: Scenario, book: RuleBook, needs: Needs, *, on: date | None = None
) -> Lending:
    """Return what warehouses could lend each other of the stock that lies in them.

    Stock of suppliers and ports is nobody's to lend; what lies below a warehouse counts
    as the warehouse's.

    Args:
        scenario: Stock and places.
        book: Rules, for ways between warehouses.
        needs: What every place requires.
        on: Lots that come after this day are left out; None counts them all.
    """
    owner = _owners(scenario)
    on_hand: Counter[_Key] = Counter()
    for lot in scenario.stock:
        if lot.place in owner and (on is None or lot.from_date is None or lot.from_date <= on):
            ware = Commodity(item=lot.item, area=area_of_lot(scenario, lot))
            on_hand[owner[lot.place], ware] += lot.quantity
    wanted = wanted_by_warehouse(scenario, needs)
    need = {key: sum(m.quantity for m in members) for key, members in wanted.items()}
    return _lend(scenario, book, needs, on_hand, need, upper_legs(scenario, book))


def lend_after(
    scenario: Scenario,
    book: RuleBook,
    needs: Needs,
    allocated: Allocated,
    legs: tuple[Leg, ...],
) -> Lending:
    """Return what warehouses could lend each other once a plan's stock is given out.

    Args:
        scenario: Stock and places.
        book: Rules, for ways between warehouses.
        needs: What every place requires.
        allocated: The allocation and what it leaves.
        legs: Legs between suppliers, ports and warehouses.
    """
    problem, result = allocated.problem, allocated.result
    if not result.unmet:
        return Lending()
    owner = _owners(scenario)
    left = [lot.quantity for lot in problem.supplies]
    for line in result.attributions:
        left[line.supply] -= line.quantity
    on_hand: Counter[_Key] = Counter()
    for lot, units in zip(problem.supplies, left, strict=True):
        if units and lot.place in owner:
            on_hand[owner[lot.place], lot.commodity] += units
    for demand, units in zip(problem.demands, result.served, strict=True):
        on_hand[demand.place, demand.commodity] += units
    need: Counter[_Key] = Counter()
    for demand in problem.demands:
        need[demand.place, demand.commodity] += demand.quantity
    return _lend(scenario, book, needs, on_hand, need, legs)


_MEND = {
    "en": "or let {donor} lend {count} to {receiver}, {approver} approving",
    "id": "atau minta {donor} meminjamkan {count} kepada {receiver}, disetujui {approver}",
}


def name_transfers(
    scenario: Scenario, shortfalls: Iterable[Shortfall], lending: Lending
) -> tuple[Shortfall, ...]:
    """Return the shortfalls, each with the transfers that would mend it in its action.

    Args:
        scenario: Says to which warehouse a place belongs.
        shortfalls: What places lack.
        lending: What their warehouses could borrow.
    """
    owner = _owners(scenario)
    offers: dict[_Key, list[dict[str, str]]] = {}
    for t in lending.transfers:
        said = {"en": _MEND["en"], "id": _MEND["id"]}
        for lang, approver in (("en", t.approver), ("id", t.approver_id)):
            said[lang] = said[lang].format(
                donor=t.donor,
                receiver=t.receiver,
                count=number(t.quantity, lang),
                approver=approver,
            )
        offers.setdefault((t.receiver, t.commodity), []).append(said)
    named = []
    for gap in shortfalls:
        found = offers.get((owner.get(gap.place, ""), gap.commodity), [])
        named.append(
            attrs.evolve(
                gap,
                action="; ".join([gap.action, *(said["en"] for said in found)]),
                action_id="; ".join([gap.action_id, *(said["id"] for said in found)]),
            )
            if found
            else gap
        )
    return tuple(named)


def _owners(scenario: Scenario) -> dict[str, str]:
    """Return the warehouse of each place at or below one."""
    return {
        place.code: warehouse.code
        for warehouse in scenario.of_kind(PlaceKind.WAREHOUSE)
        for place in subtree(scenario, warehouse.code)
    }


def _lend(
    scenario: Scenario,
    book: RuleBook,
    needs: Needs,
    on_hand: Mapping[_Key, int],
    need: Mapping[_Key, int],
    legs: Iterable[Leg],
) -> Lending:
    """Propose lending, with the reserves for a re-vote kept apart."""
    reserves = {column.item for column in needs.columns if column.reserve}
    holdings = []
    for place, ware in sorted(on_hand.keys() | need.keys(), key=lambda k: (k[0], str(k[1]))):
        wants = need.get((place, ware), 0)
        kept = ware.item in reserves
        holdings.append(
            Holding(
                place=place,
                region=scenario.by_code[place].region,
                commodity=ware,
                on_hand=on_hand.get((place, ware), 0),
                need=0 if kept else wants,
                reserve=wants if kept else 0,
            )
        )
    return propose_lending(holdings, TravelBetween(scenario, book, legs))
