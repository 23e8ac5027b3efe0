"""All that an operator looks at, kept up to date by every event: shares, scores, alerts.

What it says depends on the set of events and on the moment alone, so it equals a full
replay after every event (24, 36).
"""

from __future__ import annotations

from collections.abc import Iterable

import attrs

from silog_core.custody.alerts import Raised, raise_alerts, silent_offices
from silog_core.custody.comparison import compare
from silog_core.custody.fold import CustodyFold
from silog_core.custody.progress import Progress, Share
from silog_core.custody.scorecard import Score, scorecard
from silog_core.domain.custody_events import Event
from silog_core.domain.custody_kinds import Kind
from silog_core.domain.custody_problems import CustodyProblem
from silog_core.domain.custody_steps import ExpectedKit
from silog_core.domain.handover_rules import HandoverRules


@attrs.frozen(kw_only=True)
class Overview:
    """How far everything is at one moment, and what somebody has to act on."""

    shares: tuple[Share, ...]
    #: The six "tepat".
    scores: tuple[Score, ...]
    #: Every problem of the record and against the plan, by kind of alert.
    alerts: tuple[Raised, ...]

    @property
    def problems(self) -> tuple[CustodyProblem, ...]:
        """What the alerts are about."""
        return tuple(raised.problem for raised in self.alerts)


class Lookout:
    """A projection of a record, held against a plan if there is one.

    Example:
        >>> from silog_core.custody.expected import compile_plan
        >>> from silog_core.testing.worlds import small_world
        >>> plan = small_world().plan
        >>> lookout = Lookout(compile_plan(plan), rules=plan.handover_rules)
        >>> seen = lookout.overview(now_s=10**10)
        >>> sorted({raised.alert.value for raised in seen.alerts})
        ['late', 'silent']
        >>> seen.scores[2].goal.value, seen.scores[2].percent
        ('tepat waktu', 0)
    """

    def __init__(
        self,
        kits: Iterable[ExpectedKit] = (),
        *,
        stations: Iterable[str] = (),
        rules: HandoverRules | None = None,
    ) -> None:
        """Start with an empty record.

        Args:
            kits: Steps of the plan, from `compile_plan`; none compares with no plan.
            stations: Stations whose boxes have to come, besides those of *kits*.
            rules: What hand-overs ask for in each region.
        """
        self.fold = CustodyFold(rules)
        self._kits = tuple(kits)
        self._expected = dict.fromkeys(stations, 1) | {k.place: k.units for k in self._kits}
        self._planned = bool(self._expected)
        self._progress = Progress(self.fold, self._expected)

    def add(self, event: Event) -> bool:
        """Take one event in; say whether it was new."""
        return self.fold.add(event)

    def add_all(self, events: Iterable[Event]) -> int:
        """Take *events* in; return how many were new."""
        return self.fold.add_all(events)

    def overview(self, *, now_s: int, level: str = "regency") -> Overview:
        """Return what there is to say at one moment.

        Args:
            now_s: Now [s since 1970, UTC]: steps due until then have to be recorded.
            level: Level of regions of the shares.
        """
        state = self.fold.state()
        progress = self._progress if self._planned else self._unplanned()
        found = list(state.problems)
        if self._kits:
            known = set(found)
            found += (p for p in compare(self._kits, self.fold, now_s=now_s) if p not in known)
            found += silent_offices(self._kits, self.fold, now_s=now_s)
        of = {unit.code: unit.destination for unit in state.units.values()}
        return Overview(
            shares=progress.table(level),
            scores=scorecard(progress.expected, found, station_of=of),
            alerts=raise_alerts(found),
        )

    def _unplanned(self) -> Progress:
        """Return the progress of what is in the record: nothing else is known of."""
        expected: dict[str, int] = {}
        for unit in self.fold.units.values():
            if unit.destination and not unit.container:
                expected[unit.destination] = expected.get(unit.destination, 0) + 1
        return Progress(self.fold, expected, follow=False)


def units_each(events: Iterable[Event]) -> int:
    """Return how many units a station has, as most of those recorded do: at least one.

    Example:
        >>> units_each([])
        1
    """
    packed: dict[str, set[str]] = {}
    inside: set[str] = set()
    for event in events:
        if event.kind is Kind.KITTED and event.container:
            packed.setdefault(event.destination, set()).add(event.container)
            inside.update(event.units)
    counts: dict[int, int] = {}
    for codes in packed.values():
        units = len(codes - inside)
        counts[units] = counts.get(units, 0) + 1
    return max(1, max(counts, key=lambda units: (counts[units], units), default=1))
