"""Reports on a whole ledger, part by part: in memory for one part and for what is found.

Each gives what its namesake gives that reads all events at once.
"""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterable, Iterator, Mapping

import attrs

from silog_core.custody.bulk_books import BulkBooks
from silog_core.custody.carton_books import CartonBooks
from silog_core.custody.catalogue import CATALOGUE
from silog_core.custody.catalogue_form import Subject
from silog_core.custody.fold import CustodyFold, SealUse, seal_problems
from silog_core.custody.ledger import Ledger
from silog_core.custody.merge import device_problems, entered
from silog_core.custody.overview import Overview, OverviewSums, unplanned
from silog_core.custody.partition import PART, Partition
from silog_core.custody.progress import Progress
from silog_core.custody.public_view import PublicBox, public_boxes
from silog_core.custody.reconcile import Reconciler, Reconciliation
from silog_core.custody.which_kit import KitsByPlace
from silog_core.domain.custody_events import EventId
from silog_core.domain.custody_kinds import Stage
from silog_core.domain.custody_problems import CustodyProblem
from silog_core.domain.custody_steps import ExpectedKit
from silog_core.domain.demand import Commodity
from silog_core.domain.handover_rules import HandoverRules

_Book = Mapping[tuple[str, Commodity], int]


def overview_of(
    ledger: Ledger,
    kits: Callable[[int], Iterable[ExpectedKit]] | None = None,
    *,
    rules: HandoverRules | None = None,
    now_s: int,
    level: str = "regency",
    size: int = PART,
) -> Overview:
    """Return what a `Lookout` that has all events of *ledger* shows.

    Args:
        ledger: The record.
        kits: Gives the steps of the plan for so many units a station, as most have.
        rules: What hand-overs ask for in each region.
        now_s: Now [s since 1970, UTC].
        level: Level of regions of the shares.
        size: How many records are read at once, about.

    Example:
        >>> from silog_core.storage import MemoryStore
        >>> ledger = Ledger.init(MemoryStore(), origin="silog/12")
        >>> overview_of(ledger, now_s=0).alerts
        ()
    """
    partition = Partition(ledger, size=size)
    planned: list[list[ExpectedKit]] = [[] for _part in range(partition.count)]
    given = () if kits is None else tuple(kits(partition.units_each()))
    for kit in given:
        planned[partition.part_of_place(kit.place)].append(kit)
    sums = OverviewSums(planned=bool(given), now_s=now_s, level=level)
    whole = WholeRecord(partition)
    for part in _read(partition, rules):
        own, fold = planned[part.number], part.fold
        expected = KitsByPlace(own).units
        progress = Progress(fold, expected, follow=False) if given else unplanned(fold)
        sums.take(own, fold, progress, part.problems)
        whole.take(part)
    return sums.overview(whole.problems())


def reconciliation_of(
    ledger: Ledger,
    *,
    stated: Mapping[tuple[str, str], Mapping[str, int]] | None = None,
    after_h1: bool = False,
    after_return: bool = False,
    reserve: Iterable[str] = (),
    size: int = PART,
) -> Reconciliation:
    """Return what `silog_core.reconcile` makes of all events of *ledger*.

    Example:
        >>> from silog_core.storage import MemoryStore
        >>> reconciliation_of(Ledger.init(MemoryStore(), origin="silog/12")).closes
        True
    """
    partition = Partition(ledger, size=size)
    sums, whole = Reconciler(), WholeRecord(partition)
    for part in _read(partition, None):
        sums.take(part.fold.units.values(), part.fold.accounts.values(), part.problems)
        whole.take(part)
    sums.take([], [], whole.problems())
    return sums.result(
        whole.goods(),
        stated=stated,
        after_h1=after_h1,
        after_return=after_return,
        reserve=reserve,
    )


def public_boxes_of(ledger: Ledger, *, size: int = PART) -> Iterator[PublicBox]:
    """Yield the boxes of `public_boxes`, a part after the other: sorted in each.

    Example:
        >>> from silog_core.storage import MemoryStore
        >>> list(public_boxes_of(Ledger.init(MemoryStore(), origin="silog/12")))
        []
    """
    partition = Partition(ledger, size=size)
    for number, events in enumerate(partition.parts()):
        for box in public_boxes(events):
            if partition.part_of_unit(box.code) == number:
                yield box


@attrs.frozen
class _Mine:
    """What is at home in one part."""

    partition: Partition
    number: int

    def has_unit(self, code: str) -> bool:
        return self.partition.part_of_unit(code) == self.number

    def has_place(self, code: str) -> bool:
        return self.partition.part_of_place(code) == self.number

    def has_event(self, name: EventId) -> bool:
        return self.partition.home(name, self.number) == self.number


@attrs.frozen
class _Read:
    """One part, read: what is at home in it."""

    number: int
    fold: CustodyFold
    problems: list[CustodyProblem]
    mine: _Mine


def _read(partition: Partition, rules: HandoverRules | None) -> Iterator[_Read]:
    for number, events in enumerate(partition.parts()):
        fold = CustodyFold(rules)
        fold.add_all(events)
        mine = _Mine(partition, number)
        yield _Read(number, fold, fold.told(mine), mine)


@attrs.frozen(kw_only=True)
class _Goods:
    """Goods in bulk, as the whole record has them."""

    lots: Mapping[tuple[str, Commodity], Mapping[Stage, int]]
    stock: _Book
    damaged: _Book
    destroyed: _Book
    surplus: _Book


class WholeRecord:
    """What no part shows by itself: books of goods in bulk, devices, seals used twice."""

    def __init__(self, partition: Partition) -> None:
        """Start with nothing."""
        self._again = partition.seals_again
        self._books, self._cartons = BulkBooks(), CartonBooks()
        self._seals: dict[str, set[SealUse]] = {}
        self._devices: dict[str, tuple[array[int], array[int]]] = {}

    def take(self, part: _Read) -> None:
        """Take in what is at home in *part*."""
        fold, at_home = part.fold, part.mine.has_event
        for name, event in fold.journal.events.items():
            if at_home(name):
                numbers, moments = self._devices.setdefault(
                    event.device, (array("q"), array("q"))
                )
                numbers.append(event.sequence)
                moments.append(entered(event)[0])
        for name, event in fold.standing.items():
            lot = CATALOGUE[event.kind].subject is Subject.LOT
            if (lot or event.quantities or event.counts) and at_home(name):
                if lot:
                    self._cartons.enter(name, event, undo=False)
                if event.quantities or event.counts:
                    self._books.enter(event, undo=False)
        for seal, uses in fold.seals.items():
            if hash(seal.encode()) in self._again:
                told = self._seals.setdefault(seal, set())
                told.update(use for use in uses if at_home(use[2]))

    def problems(self) -> Iterator[CustodyProblem]:
        """Yield what is wrong with all of it together."""
        for device, told in self._devices.items():
            yield from device_problems(device, sorted(zip(*told, strict=True)))
        yield from seal_problems(self._seals.items())
        yield from self._books.problems()
        yield from self._cartons.problems()

    def goods(self) -> _Goods:
        """Return the books of goods in bulk."""
        books = self._books
        return _Goods(
            lots=books.lots(),
            stock=books.stock(),
            damaged=books.damaged,
            destroyed=books.destroyed,
            surplus=books.surplus,
        )
