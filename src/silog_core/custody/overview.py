"""All that an operator looks at, kept up to date by every event: shares, scores, alerts.

What it says depends on the set of events and on the moment alone, so it equals a full
replay after every event (24, 36).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import attrs

from silog_core.custody.alerts import Raised, Silence, raise_alerts
from silog_core.custody.comparison import compare
from silog_core.custody.fold import CustodyFold
from silog_core.custody.progress import Progress, Share, Shares
from silog_core.custody.scorecard import Score, scorecard
from silog_core.custody.which_kit import KitsByPlace
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
        self._expected = dict.fromkeys(stations, 1) | dict(KitsByPlace(self._kits).units)
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
        sums = OverviewSums(planned=bool(self._kits), now_s=now_s, level=level)
        progress = self._progress if self._planned else unplanned(self.fold)
        sums.take(self._kits, self.fold, progress, state.problems)
        return sums.overview()


class OverviewSums:
    """An overview that grows while parts of a record come; a `Lookout` is all in one."""

    def __init__(self, *, planned: bool, now_s: int, level: str = "regency") -> None:
        """Start with nothing.

        Args:
            planned: There is a plan: what it does not know is told of.
            now_s: Now [s since 1970, UTC].
            level: Level of regions of the shares.
        """
        self._planned, self._now_s = planned, now_s
        self._shares, self._silence = Shares(level), Silence(now_s=now_s)
        self._stations: list[str] = []
        self._for: dict[str, str] = {}
        self._found: list[CustodyProblem] = []

    def take(
        self,
        kits: Sequence[ExpectedKit],
        fold: CustodyFold,
        progress: Progress,
        problems: Iterable[CustodyProblem],
    ) -> None:
        """Count in kits with all their units, which *fold* has read."""
        found = list(problems)
        if self._planned:
            known = set(found)
            found += (p for p in compare(kits, fold, now_s=self._now_s) if p not in known)
        self._silence.take(kits, fold.standing.values(), fold.units)
        self._for |= {unit.code: unit.destination for unit in fold.units.values()}
        self._shares.take(progress)
        self._stations += progress.expected
        self._found += found

    def overview(self, more: Iterable[CustodyProblem] = ()) -> Overview:
        """Return what everything taken comes to, with *more* that is wrong."""
        found = [*self._found, *more, *self._silence.problems()]
        return Overview(
            shares=self._shares.shares(),
            scores=scorecard(self._stations, found, station_of=self._for),
            alerts=raise_alerts(found),
        )


def unplanned(fold: CustodyFold) -> Progress:
    """Return the progress of what *fold* has read: nothing else is known of."""
    expected: dict[str, int] = {}
    for unit in fold.units.values():
        if unit.destination and not unit.container:
            expected[unit.destination] = expected.get(unit.destination, 0) + 1
    return Progress(fold, expected, follow=False)


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
    return most(len(codes - inside) for codes in packed.values())


def most(numbers: Iterable[int]) -> int:
    """Return the number that is most often among *numbers*, the largest of equals, or 1.

    Example:
        >>> most([2, 1, 2, 3]), most([])
        (2, 1)
    """
    counts: dict[int, int] = {}
    for number in numbers:
        counts[number] = counts.get(number, 0) + 1
    return max(1, max(counts, key=lambda one: (counts[one], one), default=1))
