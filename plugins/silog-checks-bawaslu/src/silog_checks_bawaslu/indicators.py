"""The indicators of the map as checks: flagged stations, by subdistrict."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from functools import cache
from typing import TYPE_CHECKING

import attrs

from silog_checks_bawaslu.slack import little_slack
from silog_core.domain.findings import Finding, Severity
from silog_core.domain.locale import number
from silog_core.domain.places import Place, PlaceKind
from silog_core.domain.regions import RegionCode
from silog_core.plugins.tables import read_rules

if TYPE_CHECKING:
    from silog_core.domain.plan import Plan
    from silog_core.domain.scenario import Scenario
    from silog_core.rules import RuleBook

PACKAGE = "silog_checks_bawaslu"
#: Stations that a message names; the others are counted.
NAMED = 3


def _subdistrict(place: Place) -> RegionCode:
    return place.region.at("subdistrict")


def _severity(name: str) -> Severity:
    return Severity[name]


@attrs.frozen(kw_only=True)
class Indicator:
    """One indicator of the map, and what helps against it."""

    code: str
    #: Variable of the map that it belongs to.
    variable: str
    #: Flags of stations that count; any of them does.
    flags: tuple[str, ...]
    severity: Severity = attrs.field(converter=_severity)
    #: Whether little time to spare makes it graver.
    hastens: bool
    title_id: str
    title_en: str
    fix_id: str
    fix_en: str

    @property
    def name(self) -> str:
        """Name of the check, such as ``bawaslu-late``."""
        return f"bawaslu-{self.code}"

    def check(self, scenario: Scenario, book: RuleBook, plan: Plan) -> Iterator[Finding]:
        """Find flagged stations, one finding for each subdistrict that has some."""
        counted = set(self.flags)
        flagged: dict[RegionCode, list[Place]] = {}
        for place in scenario.of_kind(PlaceKind.STATION):
            if not counted.isdisjoint(place.flags):
                flagged.setdefault(_subdistrict(place), []).append(place)
        if not flagged:
            return
        every = Counter(map(_subdistrict, scenario.of_kind(PlaceKind.STATION)))
        hurried = little_slack(plan) if self.hastens else frozenset()
        for subdistrict, places in sorted(flagged.items()):
            yield self._finding(
                subdistrict,
                book.table.names.get(str(subdistrict), ""),
                places,
                every[subdistrict],
                sum(place.code in hurried for place in places),
            )

    def _finding(
        self,
        subdistrict: RegionCode,
        name: str,
        places: Sequence[Place],
        stations: int,
        hurried: int,
    ) -> Finding:
        where = f"{subdistrict} {name}".strip()
        voters = sum(place.voters for place in places)
        named = ", ".join(sorted(place.code for place in places)[:NAMED])
        more = len(places) - NAMED
        return Finding(
            check=self.name,
            severity=max(self.severity, Severity.SERIOUS) if hurried else self.severity,
            message=f"{number(len(places), 'en')} of {number(stations, 'en')} stations in"
            f" {where}, with {number(voters, 'en')} voters: {self.title_en} ({named}"
            + (f" and {number(more, 'en')} more)" if more > 0 else ")")
            + (f"; {number(hurried, 'en')} of them have little time to spare" * bool(hurried)),
            message_id=f"{number(len(places))} dari {number(stations)} TPS di {where}, dengan"
            f" {number(voters)} pemilih: {self.title_id} ({named}"
            + (f" dan {number(more)} lagi)" if more > 0 else ")")
            + (
                f"; {number(hurried)} di antaranya hampir tanpa waktu cadangan" * bool(hurried)
            ),
            fix=self.fix_en,
            fix_id=self.fix_id,
            region=subdistrict,
            voters=voters,
            stations=len(places),
        )


@cache
def indicators() -> tuple[Indicator, ...]:
    """Return the indicators of the table.

    Example:
        >>> [i.code for i in indicators() if i.variable == "logistics"]
        ['damaged', 'short', 'swapped', 'late']
    """
    counts = ("stations_feb_2024", "stations_nov_2024", "source")
    return read_rules(PACKAGE, "indicators.csv", Indicator, beside=counts)
