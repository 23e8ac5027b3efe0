"""Places that would hold more kits than are safe there: the check, and what mends it."""

from __future__ import annotations

from collections.abc import Iterator

from silog_core.domain.findings import Finding, Severity
from silog_core.domain.locale import moment
from silog_core.domain.plan import Plan
from silog_core.domain.scenario import Scenario
from silog_core.domain.storage import STAYS_S, room_of
from silog_core.risk.behind import behind
from silog_core.risk.finding_texts import say
from silog_core.rules.book import RuleBook

#: So many trips are named.
_NAMED = 3


def kits_within_storage(scenario: Scenario, book: RuleBook, plan: Plan) -> Iterator[Finding]:
    """Find places with more kits at once than `Place.holds_kits`, on the way out or back.

    What is said is the first moment at which most are there, the trips that bring them,
    and when so many have gone on that the rest are safe: until then room is needed.
    """
    del book
    holds = {p.code: p.holds_kits for p in scenario.places if p.holds_kits is not None}
    if not holds:
        return
    weight = behind(scenario)
    election = plan.election

    def when(at_s: int, lang: str) -> str:
        if at_s >= STAYS_S:
            return {"en": "for good", "id": "seterusnya"}[lang]
        return moment(at_s, election.voting_day, lang=lang, offset_min=election.utc_offset_min)

    found = [("over-storage", one) for one in room_of(plan, holds).items()]
    found += [("over-storage-back", one) for one in room_of(plan, holds, back=True).items()]
    for check, (code, peak) in found:
        over = peak.kits - holds[code]
        trips = sorted({s.by for s in peak.stays if s.by})
        named = ", ".join(trips[:_NAMED]) + (
            f" (+{len(trips) - _NAMED})" if trips[_NAMED:] else ""
        )
        free_s = sorted(s.until_s for s in peak.stays)[over - 1]
        place = scenario.by_code[code]
        voters, stations = weight[code]
        yield say(
            check, Severity.WARN, place, voters=voters, stations=stations,
            count=peak.kits, holds=holds[code], over=over,
            when=when(peak.at_s, "en"), when_id=when(peak.at_s, "id"),
            until=when(free_s, "en"), until_id=when(free_s, "id"),
            trips=named or "packing", trips_id=named or "pengepakan",
        )  # fmt: skip
