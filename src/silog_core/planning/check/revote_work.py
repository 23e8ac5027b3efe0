"""Kits of re-votes are packed by people: no more are ready than they can have packed."""

from __future__ import annotations

from collections.abc import Iterator

from silog_core.domain.calendar import DAY_S
from silog_core.domain.plan import Plan
from silog_core.domain.replanning import Replan
from silog_core.domain.revotes import RevoteKit
from silog_core.domain.scenario import Scenario
from silog_core.domain.violations import Violation
from silog_core.domain.workforce import Workforce
from silog_core.planning.check.labour import force_of, homes_of
from silog_core.planning.check.revote_goods import arrivals


def check_revote_work(after: Scenario, answer: Replan) -> Iterator[Violation]:
    """Yield warehouses whose people cannot have packed so many kits by a moment.

    A plan does not say which days are off, so a warehouse is told of when no choice of
    them would do. Sheets that came after those of the first vote were sorted are sorted
    by the same people.
    """
    plan = answer.plan
    ordered = {i.id for i in answer.incidents}
    home = homes_of(after)
    by_home: dict[str, list[tuple[int, int]]] = {}
    for kit in plan.revotes:
        if kit.incident in ordered and kit.packed_s >= answer.now_s:
            row = (kit.packed_s, _unsorted(plan, answer.now_s, kit))
            by_home.setdefault(kit.warehouse, []).append(row)
    for code, rows in sorted(by_home.items()):
        voters = sum(p.voters for p in after.places if home[p.code] == code)
        force = force_of(after, code)
        people = _people(after, plan, code, voters)
        a_day = people * _rate(after, force, sheets=False)
        sheets_a_day = people * _rate(after, force, sheets=True)
        kits = sheets = 0
        for packed_s, more in sorted(rows):
            kits, sheets = kits + 1, sheets + more
            # Of the work of one day, how much is done, and how much can be [parts].
            done = kits * sheets_a_day + sheets * a_day
            whole = a_day * sheets_a_day
            worked_s, span_s = _hours(after, answer.now_s, packed_s)
            days = packed_s // DAY_S - answer.now_s // DAY_S + 1
            if done * span_s > whole * worked_s or done * 100 > whole * _most(force, days):
                yield Violation(
                    code="revote-work", where=code,
                    text=f"{people} people pack {kits} kits and sort {sheets} sheets by"
                    f" {packed_s} s",
                )  # fmt: skip
                break


def _rate(after: Scenario, force: Workforce | None, *, sheets: bool) -> int:
    own = force and (force.sheets_per_worker_day if sheets else force.kits_per_worker_day)
    handling = after.handling
    return own or (handling.sheets_per_worker_day if sheets else handling.kits_per_worker_day)


def _people(after: Scenario, plan: Plan, code: str, voters: int) -> int:
    """Return how many people there are: those of the scenario, else those who packed before."""
    force = force_of(after, code)
    by_voters = max(4, -(-voters // after.handling.voters_per_worker))
    if force is not None:
        return (force.workers or by_voters) * force.shifts
    packed = [s.workers for s in plan.schedule.at(code) if s.stage == "kitting"]
    return max([by_voters, *packed])


def _unsorted(plan: Plan, now_s: int, kit: RevoteKit) -> int:
    """Return the sheets of a kit that came when those of the first vote had been sorted."""
    found = 0
    for b in kit.ballots:
        ends = [s.finish_s for s in plan.schedule.at(b.holder) if s.stage == "sort-fold"]
        came = arrivals(plan, b)
        if not ends or max(came, default=-(10**9)) > max(now_s, *ends):
            found += b.quantity
    return found


def _hours(after: Scenario, from_s: int, until_s: int) -> tuple[int, int]:
    """Return the working time between two moments, and that of one day [s]."""
    opens, closes = after.handling.first_hour * 3600, after.handling.last_hour * 3600
    days = range(from_s // DAY_S, until_s // DAY_S + 1)
    worked = sum(
        max(0, min(until_s, d * DAY_S + closes) - max(from_s, d * DAY_S + opens)) for d in days
    )
    return worked, closes - opens


def _most(force: Workforce | None, days: int) -> int:
    """Return the most that people do in so many days, some off [per cent of a fresh day]."""
    if force is None or force.fresh_days is None:
        return 100 * days
    # best[s]: most done so far, when the last s days were worked on end.
    best = {0: 0}
    for _ in range(days):
        after = {0: max(best.values())}
        for worked, done in best.items():
            tired = max(0, worked + 1 - force.fresh_days)
            share = max(force.least_pct, 100 - tired * force.drop_pct) if tired else 100
            after[worked + 1] = done + share
        best = after
    return max(best.values())
