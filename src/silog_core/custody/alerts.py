"""Alerts: what somebody has to act on now, late, short, mismatched or silent."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from enum import Enum

import attrs

from silog_core.custody.fold import CustodyFold
from silog_core.custody.problem_texts import problem
from silog_core.custody.which_kit import KitsByPlace
from silog_core.domain.custody_events import Event
from silog_core.domain.custody_kinds import Kind
from silog_core.domain.custody_problems import CustodyProblem
from silog_core.domain.custody_state import UnitState
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
    silence = Silence(now_s=now_s, patience_s=patience_s)
    fold.flush()
    silence.take(expected, fold.standing.values(), fold.units)
    yield from silence.problems()


class Silence:
    """Places that owe a step and say nothing, while parts of a record come."""

    def __init__(self, *, now_s: int, patience_s: int = 21_600) -> None:
        """Start with nothing heard and nothing owed; the rest as in `silent_offices`."""
        self._now_s, self._patience_s = now_s, patience_s
        self._heard: dict[str, int] = {}
        self._overdue: dict[str, int] = {}

    def take(
        self,
        expected: Iterable[ExpectedKit],
        events: Iterable[Event],
        units: Mapping[str, UnitState],
    ) -> None:
        """Count in kits, with all events of their *units*."""
        expected = tuple(expected)
        kits, heard = KitsByPlace(expected), self._heard
        taken: set[tuple[str, str, Kind]] = set()
        for event in events:
            heard[event.place] = max(heard.get(event.place, 0), event.time_s)
            for code in event.units:
                unit = units.get(code)
                if unit is not None:
                    kit = kits.of(unit, units)
                    taken.add((unit.destination, kit.again if kit else "", event.kind))
        for kit in expected:
            for step in kit.steps:
                if step.due_s < self._now_s and (
                    (kit.place, kit.again, step.kind) not in taken
                ):
                    self._overdue[step.place] = self._overdue.get(step.place, 0) + 1

    def problems(self) -> Iterator[CustodyProblem]:
        """Yield each place from which nothing was heard for too long."""
        for place, count in sorted(self._overdue.items()):
            since = self._heard.get(place)
            if since is None or self._now_s - since > self._patience_s:
                hours = "-" if since is None else str((self._now_s - since) // 3600)
                yield problem("silent", place, count=count, hours=hours)
