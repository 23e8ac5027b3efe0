"""Progress: how much of what has to reach each stage is recorded as having reached it.

It counts what is said, not what is believed: a receipt counts although something is
wrong with it, which the alerts tell. So it never falls by a new event, only by a
correction or a withdrawal, and it is the same in whatever order events come.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeVar

import attrs

from silog_core.custody.catalogue import CATALOGUE
from silog_core.custody.fold import CustodyFold
from silog_core.custody.tallies import LEVELS, regions_of
from silog_core.domain.custody_events import Event
from silog_core.domain.custody_kinds import Kind, Stage

#: Stages that progress is told of, in order.
MILESTONES = (
    Stage.KITTED,
    Stage.PACKED,
    Stage.SEALED,
    Stage.DISPATCHED,
    Stage.AT_HUB,
    Stage.AT_VILLAGE,
    Stage.AT_STATION,
    Stage.IN_USE,
    Stage.RESEALED,
    Stage.BACK_AT_VILLAGE,
    Stage.BACK_AT_HUB,
    Stage.BACK_AT_REGENCY,
    Stage.ARCHIVED,
)
K = TypeVar("K")
_RANKS = {stage: stage.rank for stage in MILESTONES}


@attrs.frozen(kw_only=True)
class Share:
    """How many units of one region reached a stage, of how many that have to."""

    region: str
    stage: Stage
    reached: int
    expected: int

    @property
    def percent(self) -> int:
        """Whole per cent, rounded down: 100 is every single one (36)."""
        return 100 * self.reached // self.expected if self.expected else 100


class Progress:
    """A projection that is kept up to date event by event.

    Example:
        >>> from silog_core.domain.custody_roles import Party
        >>> fold = CustodyFold()
        >>> progress = Progress(fold, {"12.71.01.1001-001": 1})
        >>> packing = Event(
        ...     device="t1",
        ...     sequence=1,
        ...     kind="kitted",
        ...     time_s=0,
        ...     place="12.71",
        ...     author=Party("operator", "12.71"),
        ...     container="BOX-1",
        ...     destination="12.71.01.1001-001",
        ... )
        >>> fold.add(packing)
        True
        >>> progress.share("12.71", Stage.KITTED).percent
        100
        >>> progress.share("12.71", Stage.AT_STATION).percent
        0
    """

    def __init__(
        self, fold: CustodyFold, expected: Mapping[str, int], *, follow: bool = True
    ) -> None:
        """Follow *fold*, from what it already holds on.

        Args:
            fold: The record.
            expected: Units that have to reach each place, such as two boxes a station.
            follow: Hear of later events too; else it stays as it is now.
        """
        self.expected = {place: units for place, units in expected.items() if units > 0}
        self._destinations: dict[str, dict[str, int]] = {}
        self._claims: dict[str, dict[int, int]] = {}
        self._units: dict[str, set[str]] = {}
        for event in fold.standing.values():
            self.take(event, undo=False)
        if follow:
            fold.on_standing.append(self.take)

    def take(self, event: Event, *, undo: bool) -> None:
        """Count *event* in, or out again when it was corrected or withdrawn."""
        step = -1 if undo else 1
        rules = CATALOGUE[event.kind]
        rank = _RANKS.get(rules.to_stage) if rules.to_stage is not None else None
        if rank is None:
            return
        if event.kind is Kind.KITTED:
            codes: tuple[str, ...] = (event.container,)
            if event.destination in self.expected:
                self._aim(event.container, event.destination, step)
        else:
            codes = event.units
        for code in codes:
            _count(self._claims.setdefault(code, {}), rank, step)

    def _aim(self, code: str, destination: str, step: int) -> None:
        aims = self._destinations.setdefault(code, {})
        _count(aims, destination, step)
        units = self._units.setdefault(destination, set())
        if destination in aims:
            units.add(code)
        else:
            units.discard(code)

    def ranks(self, place: str) -> list[int]:
        """Return how far the units for *place* are, the farthest first, as stage ranks."""
        found = (max(self._claims.get(code) or {-1: 1}) for code in self._units.get(place, ()))
        return sorted(found, reverse=True)[: self.expected.get(place, 0)]

    def share(self, region: str, stage: Stage) -> Share:
        """Return how much of *region* reached *stage*; an empty code is everywhere."""
        reached = expected = 0
        for place, units in self.expected.items():
            if region in regions_of(place):
                expected += units
                reached += sum(1 for rank in self.ranks(place) if rank >= stage.rank)
        return Share(region=region, stage=stage, reached=reached, expected=expected)

    def table(self, level: str = "regency") -> tuple[Share, ...]:
        """Return the share of each milestone in each region of *level*, in order.

        Args:
            level: country, province, regency, subdistrict, village or station.
        """
        sums = Shares(level)
        sums.take(self)
        return sums.shares()


class Shares:
    """Shares of regions, while parts of the places come."""

    def __init__(self, level: str) -> None:
        """Start with nothing.

        Args:
            level: country, province, regency, subdistrict, village or station.
        """
        self._depth = LEVELS.index(level)
        self._expected: dict[str, int] = {}
        self._reached: dict[tuple[str, Stage], int] = {}

    def take(self, progress: Progress) -> None:
        """Count the places of *progress* in."""
        expected, reached = self._expected, self._reached
        for place, units in progress.expected.items():
            regions = regions_of(place)
            region = regions[min(self._depth, len(regions) - 1)]
            expected[region] = expected.get(region, 0) + units
            for rank in progress.ranks(place):
                for stage in MILESTONES:
                    if rank >= stage.rank:
                        reached[region, stage] = reached.get((region, stage), 0) + 1

    def shares(self) -> tuple[Share, ...]:
        """Return the share of each milestone in each region, in order."""
        return tuple(
            Share(
                region=region,
                stage=stage,
                reached=self._reached.get((region, stage), 0),
                expected=self._expected[region],
            )
            for region in sorted(self._expected)
            for stage in MILESTONES
        )


def _count(found: dict[K, int], key: K, step: int) -> None:
    left = found.get(key, 0) + step
    if left:
        found[key] = left
    else:
        found.pop(key, None)
