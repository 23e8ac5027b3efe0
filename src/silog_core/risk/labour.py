"""Work that its people cannot do in its days: the check, and what mends it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import timedelta

from silog_core.domain.calendar import DAY_S, day_of
from silog_core.domain.echelons import DISPATCH
from silog_core.domain.findings import Finding, Severity
from silog_core.domain.labour import force_at, labour_at
from silog_core.domain.places import PlaceKind
from silog_core.domain.plan import Plan
from silog_core.domain.scenario import Scenario
from silog_core.risk.behind import behind
from silog_core.risk.finding_texts import say
from silog_core.rules.book import RuleBook

#: A stage is not made longer than this [days].
_MOST_DAYS = 400


def work_done_in_time(scenario: Scenario, book: RuleBook, plan: Plan) -> Iterator[Finding]:
    """Find sorting and packing whose people, where they are known, need more days.

    A plan gives them the days that they need; a re-plan may leave more to do in them,
    as when a court adds stations.
    """
    if not scenario.workforces:
        return
    weight = behind(scenario)
    day = scenario.election.voting_day
    pieces = {"sort-fold": _sheets(scenario, plan), "kitting": _kits(scenario, plan)}
    for slot in plan.schedule.stages:
        place = scenario.by_code[slot.place]
        if slot.stage not in pieces or force_at(scenario, place) is None:
            continue
        off = {d.day for d in book.days_off(place.region)}
        days = [
            day_of(slot.start_s, day) + timedelta(days=n) not in off
            for n in range((slot.finish_s - slot.start_s) // DAY_S)
        ]
        crew = labour_at(
            scenario, place, sheets=slot.stage == "sort-fold", people=slot.workers
        )
        wanted, done = pieces[slot.stage][slot.place], crew.on(days)
        more = 0
        while more < _MOST_DAYS and crew.on([True] * more + days) < wanted:
            more += 1
        if more:
            voters, stations = weight[slot.place]
            yield say(
                "work-short", Severity.SERIOUS, place, voters=voters, stations=stations,
                stage=slot.stage, count=slot.workers, done=done, wanted=wanted, more=more,
            )  # fmt: skip


def _sheets(scenario: Scenario, plan: Plan) -> Counter[str]:
    """Return the ballots that each warehouse sorts, for itself and all below it."""
    found: Counter[str] = Counter()
    for column in plan.needs.columns:
        if column.contest is None:
            continue
        codes = plan.needs.level(column.per).codes
        for code, pieces in zip(codes, column.quantities, strict=True):
            at, seen = scenario.by_code.get(code), {code}
            while at is not None and at.kind is not PlaceKind.WAREHOUSE:
                at = None if at.parent in seen else scenario.by_code.get(at.parent)
                seen.add(at.code if at else "")
            found[at.code if at else ""] += pieces
    return found


def _kits(scenario: Scenario, plan: Plan) -> Counter[str]:
    """Return the kits of stations that leave each warehouse."""
    stations = {p.code for p in scenario.of_kind(PlaceKind.STATION)}
    return Counter(
        trip.home
        for trip in plan.trips
        if trip.echelon in DISPATCH
        for stop in trip.stops
        for kit in stop.kits
        if kit in stations
    )
