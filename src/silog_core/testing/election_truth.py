"""What was put wrong in a play, and whether a record shows it and nothing else."""

from __future__ import annotations

from collections.abc import Iterable

import attrs

from silog_core.custody.comparison import compare
from silog_core.custody.expected import compile_plan
from silog_core.custody.fold import CustodyFold
from silog_core.custody.reconcile import Reconciliation, reconcile
from silog_core.domain.custody_events import LARGEST, Event
from silog_core.domain.custody_problems import CustodyProblem
from silog_core.domain.handover_rules import HandoverRules
from silog_core.domain.plan import Plan


def _texts(values: Iterable[str]) -> frozenset[str]:
    return frozenset(values)


@attrs.frozen(kw_only=True)
class Injected:
    """One incident that was put into a story: the truth that the record is held to."""

    kind: str
    #: Codes of the problem that must be found, one of them.
    codes: frozenset[str] = attrs.field(converter=_texts)
    #: What the problem is about: a box, station, device, seal, warehouse.
    subjects: frozenset[str] = attrs.field(converter=_texts)
    #: Codes of problems that may follow from it.
    follow: frozenset[str] = attrs.field(default=(), converter=_texts)
    #: Sheets that the stations count less because of it, by item.
    missing: tuple[tuple[str, int], ...] = ()

    def shows(self, found: CustodyProblem) -> bool:
        """Say whether *found* is this incident."""
        return found.code in self.codes and found.subject in self.subjects

    def explains(self, found: CustodyProblem) -> bool:
        """Say whether *found* is this incident or follows from it."""
        return self.shows(found) or (
            found.code in self.follow and found.subject in self.subjects
        )


def judged(
    problems: Iterable[CustodyProblem], truth: Iterable[Injected]
) -> tuple[list[Injected], list[CustodyProblem]]:
    """Return the incidents that were not found, and the problems that were invented.

    Example:
        >>> judged([], [Injected(kind="late", codes={"step-late"}, subjects={"BOX-1"})])[0][
        ...     0
        ... ].kind
        'late'
    """
    by_subject: dict[str, list[Injected]] = {}
    incidents = list(truth)
    for incident in incidents:
        for subject in incident.subjects:
            by_subject.setdefault(subject, []).append(incident)
    seen: set[int] = set()
    invented = []
    for found in problems:
        near = by_subject.get(found.subject, ())
        seen.update(id(incident) for incident in near if incident.shows(found))
        if not any(incident.explains(found) for incident in near):
            invented.append(found)
    return [i for i in incidents if id(i) not in seen], invented


def all_problems(
    events: Iterable[Event],
    plan: Plan,
    *,
    now_s: int = LARGEST,
    rules: HandoverRules | None = None,
) -> tuple[set[CustodyProblem], Reconciliation]:
    """Return all that is wrong with *events*, held against *plan* too, and their sums.

    Hand-overs are held to *rules*, or those of the plan. Each station of *plan* has a box for each of its contests.
    """
    fold = CustodyFold(rules or plan.handover_rules)
    fold.add_all(events)
    boxes = len({c.contest for c in plan.needs.columns if c.contest and not c.reserve})
    kits = [kit for kit in compile_plan(plan, units=boxes) if kit.holds]
    state = fold.state()
    sums = reconcile(state, after_h1=True, after_return=True)
    found = {*state.problems, *sums.problems, *compare(kits, fold, now_s=now_s)}
    return found, sums
