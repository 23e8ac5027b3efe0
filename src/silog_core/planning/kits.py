"""Kits: what one place gets as a whole, on one vehicle, or not at all."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import attrs

from silog_core.domain.demand import Needs
from silog_core.domain.places import Place, PlaceKind
from silog_core.domain.scenario import Scenario
from silog_core.rules.book import RuleBook

#: Levels whose material travels below the warehouse.
_TRAVELS = ("station", "village", "subdistrict")


@attrs.frozen(kw_only=True)
class Kit:
    """Mass and room of what one place gets."""

    place: str
    mass_g: int
    volume_cm3: int


def make_kits(needs: Needs, book: RuleBook) -> Mapping[str, Kit]:
    """Return the kit of each hub, village and station that needs anything.

    Reserves stay in the warehouse and belong to no kit. An item without a known mass
    counts as nothing; the scenario check reports it.
    """
    mass: dict[str, int] = {}
    volume: dict[str, int] = {}
    for column in needs.columns:
        item = book.item(column.item)
        if column.reserve or column.per not in _TRAVELS or item is None or not item.in_kit:
            continue
        room = item.volume_cm3 if item.kit_volume_cm3 is None else item.kit_volume_cm3
        codes = needs.level(column.per).codes
        for code, quantity in zip(codes, column.quantities, strict=True):
            if quantity:
                mass[code] = mass.get(code, 0) + quantity * item.mass_g
                volume[code] = volume.get(code, 0) + quantity * room
    return {
        code: Kit(place=code, mass_g=mass[code], volume_cm3=volume[code])
        for code in sorted(mass)
    }


def levels(scenario: Scenario) -> Iterator[tuple[Place, ...]]:
    """Yield the places that vehicles start from below the line haul, upwards.

    Landings of a level come before the places that supply them; warehouses come last.
    """
    landings: dict[PlaceKind, list[Place]] = {}
    for landing in scenario.of_kind(PlaceKind.LANDING):
        above = scenario.by_code.get(landing.parent)
        if above is not None:
            landings.setdefault(above.kind, []).append(landing)
    for kind in (PlaceKind.VILLAGE, PlaceKind.HUB, PlaceKind.WAREHOUSE):
        yield tuple(landings.get(kind, ()))
        yield scenario.of_kind(kind)


def kits_below(scenario: Scenario, kits: Mapping[str, Kit]) -> Mapping[str, tuple[Kit, ...]]:
    """Return for each place from the warehouse down the kits that pass through it.

    Its own kit comes first, then those of the places below, in code order. A place
    that hangs in a circle of parents is left out; the scenario check reports it.
    """
    found: dict[str, tuple[Kit, ...]] = {}
    for places in (scenario.of_kind(PlaceKind.STATION), *levels(scenario)):
        for place in places:
            own = (kits[place.code],) if place.code in kits else ()
            below = tuple(
                kit
                for child in scenario.children.get(place.code, ())
                for kit in found.get(child.code, ())
            )
            found[place.code] = own + below
    return found
