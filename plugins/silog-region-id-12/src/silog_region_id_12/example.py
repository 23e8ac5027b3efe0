"""The example: Sumatera Utara's regional election of 27 November 2024, whole."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from silog_core.domain.elections import Contest, Election, ElectionKind
from silog_core.domain.legs import Leg
from silog_core.domain.needs_rules import NeedsRule
from silog_core.domain.places import Place, PlaceKind
from silog_core.domain.scenario import Scenario
from silog_core.domain.stock import StockLot
from silog_core.plugins.tables import read_rules
from silog_region_id.rates import contests, items, needs_rules
from silog_region_id_12.places import PACKAGE, PROVINCIAL, sumut_places

SUPPLIER = "31-S1"
#: First day on which goods leave the supplier: equipment arrived in Sumatera Utara from
#: 26 September on, ballots on 29 and 30 October; four days at sea and a reserve.
EQUIPMENT_FROM, BALLOTS_FROM = date(2024, 9, 28), date(2024, 10, 24)
#: Items of the first stage; all others come with the ballots.
FIRST_STAGE = ("ballot-box", "voting-booth", "ink-bottle", "seal-sticker", "cable-tie")
ESTIMATES = (
    "voters of 23 of the 33 regencies: scaled to the official total of 10,771,496",
    "stations of each village: subdistrict totals are official, shares within are not",
    "voters of each station: regency totals spread by at most 15 % around their mean",
    "positions of villages and stations: laid around the mean position of the subdistrict",
    "road distances: own knowledge, to about 15 %; sea and lake times likewise",
    "stock: one supplier in Java holds exactly what the rates ask for, in full packs",
)
_LEVEL_OF = {
    "station": PlaceKind.STATION,
    "village": PlaceKind.VILLAGE,
    "subdistrict": PlaceKind.HUB,
    "regency": PlaceKind.WAREHOUSE,
    "province": PlaceKind.WAREHOUSE,
}


def sumut_pilkada_2024() -> Scenario:
    """Return the scenario: 33 warehouses, 455 hubs, 6,110 villages, 25,223 stations.

    Example:
        >>> scenario = sumut_pilkada_2024()
        >>> len(scenario.of_kind(PlaceKind.STATION))
        25223
        >>> sum(place.voters for place in scenario.places)
        10771496
    """
    kind = ElectionKind.PILKADA
    places = tuple(sumut_places(kind))
    return Scenario(
        title="Pilkada 2024, Sumatera Utara",
        election=Election(
            kind=kind, voting_day=date(2024, 11, 27), root="12", contests=contests(kind)
        ),
        places=places,
        legs=read_rules(PACKAGE, "legs.csv", Leg),
        stock=tuple(contracts(places, needs_rules(kind), contests(kind))),
        estimates=ESTIMATES,
    )


def contracts(
    places: Iterable[Place], rules: Iterable[NeedsRule], held: Iterable[Contest]
) -> Iterator[StockLot]:
    """Yield what the supplier is to deliver: the need of all places, in full packs.

    Ballots are one lot for each electoral area, for they are different goods.
    """
    by_kind: dict[PlaceKind, list[Place]] = {}
    for place in places:
        by_kind.setdefault(place.kind, []).append(place)
    area_of = {contest.code: contest.area_of for contest in held}
    need: dict[tuple[str, str], int] = {}
    for rule in rules:
        holders = by_kind.get(_LEVEL_OF[rule.per], ())
        if rule.per == "province":
            holders = [p for p in holders if PROVINCIAL in p.flags]
        for place in holders:
            area = area_of[rule.contest](place.region) if rule.contest else ""
            key = (rule.item, area)
            need[key] = need.get(key, 0) + rule.need(place.voters)
    known = {rule.item.code: rule.item for rule in items()}
    for (code, area), quantity in sorted(need.items()):
        yield StockLot(
            place=SUPPLIER,
            item=code,
            quantity=known[code].packs(quantity) * known[code].pack_size,
            area=area,
            lot=f"contract-{code}" + (f"-{area}" if area else ""),
            from_date=EQUIPMENT_FROM if code in FIRST_STAGE else BALLOTS_FROM,
        )
