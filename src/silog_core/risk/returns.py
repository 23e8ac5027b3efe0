"""The check of the way back: boxes home by the deadline of the calendar, or why not."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from silog_core.domain.findings import Finding, Severity
from silog_core.domain.places import PlaceKind
from silog_core.domain.plan import Plan, Trip
from silog_core.domain.scenario import Scenario
from silog_core.risk.behind import behind
from silog_core.risk.finding_texts import say
from silog_core.rules.book import RuleBook

#: Stage whose window the return to a place has to keep, by its kind.
_STAGE_OF = {PlaceKind.HUB: "return-hub", PlaceKind.WAREHOUSE: "return-regency"}
_DAY_S = 86_400
#: Why a trip is back late: English and Indonesian.
_REASONS = {
    "boxes": (
        "its boxes were at {at} only {after} h after that deadline",
        "kotaknya baru ada di {at} {after} jam setelah tenggat itu",
    ),
    "vehicle": (
        "its {vehicle} was out with {other} before",
        "{vehicle} masih dipakai {other} sebelumnya",
    ),
    "way": (
        "the way takes {way} h, and waits for open hours",
        "perjalanan makan {way} jam, dan menunggu jam buka",
    ),
}


def late_returns(scenario: Scenario, book: RuleBook, plan: Plan) -> Iterator[Finding]:
    """Find trips that bring sealed boxes back after the window of the return closes."""
    weight = behind(scenario)
    counted = {(e.home, e.vehicle.type) for e in scenario.fleet if e.count is not None}
    back = [t for t in plan.trips if t.echelon.startswith("return")]
    came: dict[str, int] = {}
    turns: dict[tuple[str, str, int], list[Trip]] = {}
    for trip in back:
        came[trip.home] = max(came.get(trip.home, trip.back_s), trip.back_s)
        if (trip.home, trip.vehicle) in counted:
            turns.setdefault((trip.home, trip.vehicle, trip.unit), []).append(trip)
    for trip in back:
        home = scenario.by_code[trip.home]
        rule = book.stage_window(_STAGE_OF.get(home.kind, ""), home.region)
        if rule is None:
            continue
        closes_s = -rule.last_days_before * _DAY_S + rule.last_hour * 3600
        if trip.back_s > closes_s:
            voters, stations = weight[trip.stops[0].place]
            reason, reason_id = _why(trip, closes_s, came, turns)
            yield say(
                "late-return", Severity.SERIOUS, home, voters=voters, stations=stations,
                trip=trip.id, hours=-(-(trip.back_s - closes_s) // 3600),
                reason=reason, reason_id=reason_id,
            )  # fmt: skip


def _why(
    trip: Trip,
    closes_s: int,
    came: Mapping[str, int],
    turns: Mapping[tuple[str, str, int], list[Trip]],
) -> tuple[str, str]:
    """Return what made a trip late, in both languages."""
    at, ready_s = max(
        ((s.place, came.get(s.place, 0)) for s in trip.stops), key=lambda pair: pair[1]
    )
    given: dict[str, object] = {
        "at": at,
        "after": max(0, ready_s - closes_s) // 3600,
        "vehicle": trip.vehicle,
        "way": -(-(trip.back_s - trip.depart_s) // 3600),
    }
    code = "way"
    own = turns.get((trip.home, trip.vehicle, trip.unit), ())
    before = [t for t in own if t.back_s <= trip.depart_s and t.back_s > ready_s]
    if ready_s > closes_s:
        code = "boxes"
    elif before:
        code, given["other"] = "vehicle", max(before, key=lambda t: t.back_s).id
    reason, reason_id = _REASONS[code]
    return reason.format(**given), reason_id.format(**given)
