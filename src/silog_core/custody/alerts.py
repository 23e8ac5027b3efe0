"""Alerts: what somebody has to act on now, late, short, mismatched or silent."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from enum import Enum

import attrs

from silog_core.custody.fold import CustodyFold
from silog_core.custody.problem_texts import problem
from silog_core.domain.custody_problems import CustodyProblem
from silog_core.domain.custody_steps import ExpectedKit


class Alert(Enum):
    """Why somebody has to act."""

    LATE = "late"
    SHORT = "short"
    MISMATCH = "mismatch"
    #: Nothing is heard from an office where a step is due.
    SILENT = "silent"

    @property
    def title_id(self) -> str:
        """Name in Indonesian."""
        names = {"late": "terlambat", "short": "kurang", "mismatch": "tidak cocok"}
        return names.get(self.value, "tidak ada kabar")


_CLASSES = {
    "step-late": Alert.LATE,
    "step-not-taken": Alert.LATE,
    "short-receipt": Alert.SHORT,
    "carton-missing": Alert.SHORT,
    "received-differs": Alert.SHORT,
    "other-quantity": Alert.SHORT,
    "donor-left-short": Alert.SHORT,
    "negative-stock": Alert.SHORT,
    "box-not-back": Alert.LATE,
    "silent": Alert.SILENT,
}


@attrs.frozen(kw_only=True)
class Raised:
    """One alert, with the problem behind it."""

    alert: Alert
    problem: CustodyProblem


def raise_alerts(problems: Iterable[CustodyProblem]) -> tuple[Raised, ...]:
    """Return *problems* as alerts: every one of them, sorted by kind of alert.

    Example:
        >>> from silog_core.custody.problem_texts import problem
        >>> late = problem("seal-twice", "S-1", count=2)
        >>> raise_alerts([late])[0].alert.value
        'mismatch'
    """
    found = [Raised(alert=_CLASSES.get(p.code, Alert.MISMATCH), problem=p) for p in problems]
    return tuple(sorted(found, key=lambda r: (r.alert.value, r.problem.rank)))


def silent_offices(
    expected: Iterable[ExpectedKit], fold: CustodyFold, *, now_s: int, patience_s: int = 21_600
) -> Iterator[CustodyProblem]:
    """Yield places with a step overdue from which nothing was heard for *patience_s*.

    Args:
        expected: Steps of the plan.
        fold: The record.
        now_s: Now [s since 1970, UTC].
        patience_s: How long a place may be silent [s].
    """
    fold.flush()
    heard: dict[str, int] = {}
    taken: set[tuple[str, str]] = set()
    for event in fold.standing.values():
        heard[event.place] = max(heard.get(event.place, 0), event.time_s)
        for code in event.units:
            unit = fold.units.get(code)
            if unit is not None:
                taken.add((unit.destination, event.kind.value))
    overdue: dict[str, int] = {}
    for kit in expected:
        for step in kit.steps:
            if step.due_s < now_s and (kit.place, step.kind.value) not in taken:
                overdue[step.place] = overdue.get(step.place, 0) + 1
    for place, count in sorted(overdue.items()):
        since = heard.get(place)
        if since is None or now_s - since > patience_s:
            hours = "-" if since is None else str((now_s - since) // 3600)
            yield problem("silent", place, count=count, hours=hours)
