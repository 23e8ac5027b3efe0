"""The checks."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from silog_core.domain.findings import Finding, Severity

if TYPE_CHECKING:
    from silog_core.domain.plan import Plan
    from silog_core.domain.scenario import Scenario
    from silog_core.rules import RuleBook


def unknown_positions(scenario: Scenario, book: RuleBook, plan: Plan) -> Iterator[Finding]:
    """Find places that trips lead to although nobody knows where they are."""
    del book
    for trip in plan.trips:
        for stop in trip.stops:
            place = scenario.by_code.get(stop.place)
            if place is not None and not place.has_position:
                yield Finding(
                    check="@@name@@-unknown-position",
                    severity=Severity.WARN,
                    region=place.region,
                    place=place.code,
                    voters=place.voters,
                    message=f"trip {trip.id} leads to {place.code}, whose position is unknown",
                    message_id=f"perjalanan {trip.id} menuju {place.code} yang letaknya"
                    " tidak diketahui",
                    fix="give its latitude and longitude in places.csv",
                    fix_id="isi lintang dan bujurnya di places.csv",
                )
