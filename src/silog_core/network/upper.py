"""The network above the hubs: suppliers, ports, airports and warehouses."""

from __future__ import annotations

from typing import TYPE_CHECKING

import attrs

from silog_core.domain.legs import Leg, Mode
from silog_core.domain.places import Place, PlaceKind
from silog_core.domain.scenario import Scenario
from silog_core.domain.vehicles import Vehicle
from silog_core.network.travel import Travel

if TYPE_CHECKING:
    from silog_core.rules.book import RuleBook

UPPER = (PlaceKind.SUPPLIER, PlaceKind.PORT, PlaceKind.AIRPORT, PlaceKind.WAREHOUSE)


def upper_legs(scenario: Scenario, book: RuleBook) -> tuple[Leg, ...]:
    """Return the legs between upper places, each in both directions, with a price.

    Given legs come first. A place without any given leg is joined to its parent by the
    mode that reaches it. A leg without a price gets that of the cheapest vehicle.
    """
    kinds = {p.code: p for kind in UPPER for p in scenario.of_kind(kind)}
    given = [g for g in scenario.legs if g.tail in kinds and g.head in kinds]
    touched = {g.tail for g in given} | {g.head for g in given}
    travel = Travel(book, scenario.legs)
    derived = [
        leg
        for code, place in sorted(kinds.items())
        if code not in touched
        and place.parent in kinds
        and (leg := _derived(kinds[place.parent], place, travel, book)) is not None
    ]
    found: dict[tuple[str, str, str], Leg] = {g.key: g for g in (*derived, *given)}
    for leg in (*given, *derived):
        back = attrs.evolve(leg, tail=leg.head, head=leg.tail)
        found.setdefault(back.key, back)
    return tuple(_priced(found[key], kinds[found[key].head], book) for key in sorted(found))


def _derived(tail: Place, head: Place, travel: Travel, book: RuleBook) -> Leg | None:
    access = book.access(head.kind, head.region)
    mode, surface = (access.mode, access.surface) if access else (Mode.ROAD, "")
    way = travel.way(tail, head, mode, surface)
    if way is None:
        return None
    return Leg(
        tail=tail.code,
        head=head.code,
        mode=mode,
        surface=surface,
        length_m=max(1, way.length_m),
        travel_s=max(1, way.travel_s),
        basis="derived",
    )


def _priced(leg: Leg, head: Place, book: RuleBook) -> Leg:
    if leg.cost_per_tonne_rupiah:
        return leg
    prices = [
        # Rupiah a tonne: price of the way, shared over the load in tonnes.
        leg.length_m * v.cost_per_km_rupiah * 1000 // v.payload_g
        for v in haulers(leg, head, book)
    ]
    price = min(prices, default=leg.length_m // 1000)
    return attrs.evolve(leg, cost_per_tonne_rupiah=max(1, price))


def haulers(leg: Leg, head: Place, book: RuleBook) -> tuple[Vehicle, ...]:
    """Return the vehicles that may carry on a leg to *head*, in the order of their names."""
    return book.typical_vehicles(leg.mode, head.kind, head.region)
