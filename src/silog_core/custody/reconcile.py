"""Reconciliation: whether everything that was made is accounted for, to the sheet."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Protocol

import attrs

from silog_core.custody.accounts import Account
from silog_core.custody.fold import state_of
from silog_core.custody.problem_texts import problem
from silog_core.custody.state import CustodyState
from silog_core.custody.tallies import Tallies, Tally, by_region
from silog_core.domain.custody_events import Event, EventId
from silog_core.domain.custody_kinds import Condition, Stage
from silog_core.domain.custody_problems import CustodyProblem
from silog_core.domain.custody_state import UnitState
from silog_core.domain.demand import Commodity

#: Codes of problems with single events that concern the accounts.
_OF_ACCOUNTS = {
    "not-accounted",
    "use-does-not-add-up",
    "more-used-than-voters",
    "counted-twice",
    "received-differs",
    "receipt-does-not-add-up",
    "short-receipt",
    "negative-stock",
    "more-than-before",
    "donor-left-short",
}


@attrs.frozen(kw_only=True)
class Whereabouts:
    """Where all pieces of one commodity are; each piece is counted in one place."""

    commodity: Commodity
    produced: int
    #: Found at a receipt beyond the delivery note.
    surplus: int
    at_supplier: int
    in_transit: int
    loose: int
    damaged: int
    in_boxes: int
    destroyed: int

    @property
    def found(self) -> int:
        """All places and terminal states together."""
        return (
            self.at_supplier
            + self.in_transit
            + self.loose
            + self.damaged
            + self.in_boxes
            + self.destroyed
        )


@attrs.frozen(kw_only=True)
class Reconciliation:
    """The result: sums, whereabouts, boxes, and all that does not close."""

    tallies: tuple[Tally, ...]
    whereabouts: tuple[Whereabouts, ...]
    boxes_out: int
    boxes_back: int
    #: Boxes that are out and explained: an open incident, or not in good condition.
    boxes_in_incidents: int
    problems: tuple[CustodyProblem, ...]

    @property
    def closes(self) -> bool:
        """Whether nothing is left to explain."""
        return not self.problems

    def tally(self, item: str, region: str = "") -> Tally | None:
        """Return the sum of one ballot in one region; an empty code is everywhere."""
        return by_region(self.tallies).get((region, item))


def reconcile(
    record: CustodyState | Iterable[Event],
    *,
    stated: Mapping[tuple[str, str], Mapping[str, int]] | None = None,
    after_h1: bool = False,
    after_return: bool = False,
    reserve: Iterable[str] = (),
) -> Reconciliation:
    """Hold what was made, packed, used and brought back against each other.

    Args:
        record: A state, or the events that it is folded from.
        stated: Totals that somebody published, by region code and ballot item, such as
            ``{("12", "ballot-governor"): {"received": 11_056_869}}``.
        after_h1: The day before the vote is over: no ballot may lie loose (11).
        after_return: The return is over: boxes out are boxes back and incidents (25).
        reserve: Items kept for a re-vote, which may lie at the warehouse.

    Returns:
        Sums of every region, whereabouts of every commodity, and the problems.

    Example:
        >>> reconcile([]).closes
        True
    """
    state = record if isinstance(record, CustodyState) else state_of(record)
    sums = Reconciler()
    sums.take(state.units.values(), state.accounts.values(), state.problems)
    return sums.result(
        state, stated=stated, after_h1=after_h1, after_return=after_return, reserve=reserve
    )


class Goods(Protocol):
    """Goods in bulk, as `CustodyState` has them."""

    @property
    def lots(self) -> Mapping[tuple[str, Commodity], Mapping[Stage, int]]:
        """Pieces of each lot that ever reached a stage."""
        ...

    @property
    def stock(self) -> Mapping[tuple[str, Commodity], int]:
        """Loose pieces at each place."""
        ...

    @property
    def damaged(self) -> Mapping[tuple[str, Commodity], int]:
        """Pieces found damaged."""
        ...

    @property
    def destroyed(self) -> Mapping[tuple[str, Commodity], int]:
        """Pieces destroyed in bulk."""
        ...

    @property
    def surplus(self) -> Mapping[tuple[str, Commodity], int]:
        """Pieces found beyond a delivery note."""
        ...


class Reconciler:
    """Sums that grow while parts of a record come; `reconcile` is all in one part.

    Example:
        >>> sums = Reconciler()
        >>> sums.take([], [], [])
        >>> sums.result(state_of([])).closes
        True
    """

    def __init__(self) -> None:
        """Start with nothing."""
        self._tallies = Tallies()
        self._in_boxes: dict[Commodity, int] = {}
        self._out = self._astray = 0
        #: Boxes that are out and not explained, each with its last event.
        self._lone: list[tuple[str, tuple[EventId, ...]]] = []
        self._problems: list[CustodyProblem] = []

    def take(
        self,
        units: Iterable[UnitState],
        accounts: Iterable[Account],
        problems: Iterable[CustodyProblem],
    ) -> None:
        """Count units and accounts in, each once, and what is wrong with them."""
        for account in accounts:
            self._tallies.add(account)
        self._problems += (found for found in problems if found.code in _OF_ACCOUNTS)
        for unit in units:
            for commodity, pieces in unit.quantities:
                self._in_boxes[commodity] = self._in_boxes.get(commodity, 0) + pieces
            if not unit.went_out or unit.container:
                continue
            self._out += 1
            if unit.stage and unit.stage.rank >= Stage.BACK_AT_HUB.rank:
                continue
            self._astray += 1
            if not unit.incidents and unit.condition is Condition.GOOD:
                self._lone.append((unit.code, unit.events[-1:]))

    def result(
        self,
        goods: Goods,
        *,
        stated: Mapping[tuple[str, str], Mapping[str, int]] | None = None,
        after_h1: bool = False,
        after_return: bool = False,
        reserve: Iterable[str] = (),
    ) -> Reconciliation:
        """Return what everything taken comes to; the rest as in `reconcile`."""
        tallies = self._tallies.tallies()
        places = tuple(_whereabouts(goods, self._in_boxes))
        problems = [*self._problems, *_not_conserved(places), *_stated(tallies, stated or {})]
        if after_h1:
            problems += _loose(goods, frozenset(reserve))
        if after_return:
            problems += [problem("box-not-back", code, last) for code, last in self._lone]
        return Reconciliation(
            tallies=tallies,
            whereabouts=places,
            boxes_out=self._out,
            boxes_back=self._out - self._astray,
            boxes_in_incidents=self._astray - len(self._lone),
            problems=tuple(sorted(problems, key=lambda found: found.rank)),
        )


def _whereabouts(goods: Goods, in_boxes: Mapping[Commodity, int]) -> Iterator[Whereabouts]:
    totals: dict[Commodity, dict[str, int]] = {}

    def add(commodity: Commodity, name: str, pieces: int) -> None:
        of = totals.setdefault(commodity, dict.fromkeys(_COLUMNS, 0))
        of[name] += pieces

    for (_lot, commodity), reached in goods.lots.items():
        produced = reached.get(Stage.PRODUCED, 0)
        shipped, received = reached.get(Stage.SHIPPED, 0), reached.get(Stage.RECEIVED, 0)
        add(commodity, "produced", produced)
        add(commodity, "at_supplier", produced - shipped)
        add(commodity, "in_transit", shipped - received)
    for name, book in (
        ("loose", goods.stock),
        ("damaged", goods.damaged),
        ("destroyed", goods.destroyed),
        ("surplus", goods.surplus),
    ):
        for (_place, commodity), pieces in book.items():
            add(commodity, name, pieces)
    for commodity, pieces in in_boxes.items():
        add(commodity, "in_boxes", pieces)
    for commodity in sorted(totals, key=str):
        # What is not bought on this record has no production to hold it against.
        if totals[commodity]["produced"]:
            yield Whereabouts(commodity=commodity, **totals[commodity])


_COLUMNS = tuple(a.name for a in attrs.fields(Whereabouts) if a.name != "commodity")


def _not_conserved(places: Iterable[Whereabouts]) -> Iterator[CustodyProblem]:
    for row in places:
        if row.found != row.produced + row.surplus:
            yield problem(
                "not-conserved",
                str(row.commodity),
                what=row.commodity,
                produced=row.produced + row.surplus,
                found=row.found,
            )


def _loose(goods: Goods, reserve: frozenset[str]) -> Iterator[CustodyProblem]:
    for (place, commodity), pieces in goods.stock.items():
        # Only ballots carry an electoral area; other goods may lie in store.
        if pieces > 0 and commodity.area and commodity.item not in reserve:
            yield problem("loose-ballots", place, what=commodity, count=pieces)


def _stated(
    tallies: Iterable[Tally], stated: Mapping[tuple[str, str], Mapping[str, int]]
) -> Iterator[CustodyProblem]:
    known: Mapping[tuple[str, str], Any] = by_region(tallies)
    for key, totals in sorted(stated.items()):
        region, item = key
        for name, total in totals.items():
            found = getattr(known.get(key), name, 0)
            if found != total:
                yield problem(
                    "sum-differs",
                    region or "ID",
                    what=f"{item} {name}",
                    total=total,
                    found=found,
                )
