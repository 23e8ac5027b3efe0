"""A check before planning: nobody drives to Nias."""

from __future__ import annotations

from collections.abc import Iterator

from silog_core.domain.findings import Finding, Severity
from silog_core.domain.legs import Mode
from silog_core.domain.places import PlaceKind
from silog_core.domain.regions import RegionCode
from silog_core.domain.scenario import Scenario
from silog_core.rules import RuleBook

#: Regencies and the city of the Nias islands.
NIAS = tuple(map(RegionCode.parse, ("12.04", "12.14", "12.24", "12.25", "12.78")))
_OVER_WATER = {Mode.SEA, Mode.BOAT, Mode.AIR, Mode.HELICOPTER}


def nias_needs_a_crossing(scenario: Scenario, book: RuleBook) -> Iterator[Finding]:
    """Find warehouses on Nias in a scenario that lists no way over the sea.

    Where legs are missing they are derived from positions, and a derived road to Nias
    would cross 130 km of the Indian Ocean.
    """
    del book
    off_nias = any(
        p.kind in {PlaceKind.SUPPLIER, PlaceKind.PORT} or not _on_nias(p.region)
        for p in scenario.places
        if p.kind is not PlaceKind.STATION
    )
    if not off_nias or any(leg.mode in _OVER_WATER for leg in scenario.legs):
        return
    for place in scenario.of_kind(PlaceKind.WAREHOUSE):
        if _on_nias(place.region):
            yield Finding(
                check="nias-needs-a-crossing",
                severity=Severity.BLOCK,
                message=f"{place.code} lies on Nias, and no leg leads over the sea",
                message_id=f"{place.code} di Nias, dan tidak ada ruas lewat laut",
                fix="add Sibolga - Gunungsitoli by sea to legs.csv",
                fix_id="tambahkan Sibolga - Gunungsitoli lewat laut di legs.csv",
                region=place.region,
                place=place.code,
            )


def _on_nias(region: RegionCode) -> bool:
    return any(part.covers(region) for part in NIAS)
