"""Read procurement from a record of events: orders, their progress, money, approvals."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, timedelta

import attrs

from silog_core.custody.merge import Journal
from silog_core.custody.problem_texts import problem
from silog_core.domain.custody_events import Event, EventId, Quantity
from silog_core.domain.custody_kinds import Kind
from silog_core.domain.custody_problems import CustodyProblem
from silog_core.domain.custody_roles import Party
from silog_core.domain.demand import Commodity
from silog_core.domain.procurement import BudgetRow, OrderLine, Package, Procurement

#: Lot and what it is of.
Key = tuple[str, Commodity]
_STEPS = {
    Kind.PRODUCED: "produced",
    Kind.QUALITY_PASSED: "passed",
    Kind.QUALITY_FAILED: "failed",
    Kind.SHIPPED: "shipped",
    Kind.RECEIVED: "received",
    Kind.ACCEPTED: "accepted",
}


#: Kinds that procurement is read from; others change nothing in it.
KINDS = (
    Kind.NEED_STATED,
    Kind.BUDGETED,
    Kind.ORDERED,
    Kind.ORDER_APPROVED,
    Kind.CONTRACT_SIGNED,
    *_STEPS,
)


def standing(events: Iterable[Event]) -> list[Event]:
    """Return what stands of *events*, corrections carried out, in order of time.

    Example:
        >>> standing([])
        []
    """
    journal = Journal()
    for event in events:
        journal.add(event)
    found = (journal.effective(name) for name in journal.events)
    return sorted((event for event in found if event is not None), key=lambda e: e.order)


def procurement_of(events: Iterable[Event]) -> Procurement:
    """Return the procurement that *events* tell, in any order and with repeats.

    Example:
        >>> procurement_of([]).lines
        ()
    """
    book = _Book()
    for event in standing(events):
        book.read(event)
    lines = tuple(sorted(book.lines.values(), key=lambda x: (x.region, x.order, x.lot)))
    budget = tuple(book.budget(lines))
    problems = sorted(book.problems(lines, budget), key=lambda found: found.rank)
    return Procurement(lines=lines, budget=budget, problems=tuple(problems))


class _Book:
    """Orders by lot, and budgets by region and item, while events are read."""

    def __init__(self) -> None:
        self.lines: dict[Key, OrderLine] = {}
        self._told: dict[Key, EventId] = {}
        self._needs: dict[tuple[str, str], int] = {}
        self._money: dict[tuple[str, str], int] = {}

    def read(self, event: Event) -> None:
        kind = event.kind
        if kind is Kind.BUDGETED:
            self._read_budget(event)
            return
        for quantity in event.quantities:
            key = (quantity.lot, quantity.commodity)
            if kind is Kind.NEED_STATED:
                of = (str(event.fact("region") or event.place), quantity.commodity.item)
                self._needs[of] = self._needs.get(of, 0) + quantity.pieces
            elif kind is Kind.ORDERED:
                self.lines[key] = _ordered(event, quantity)
                self._told[key] = event.id
            elif key in self.lines:
                self.lines[key] = _further(self.lines[key], event, quantity.pieces)

    def _read_budget(self, event: Event) -> None:
        items = sorted({q.commodity.item for q in event.quantities})
        money = event.fact("budget-rupiah")
        if items and isinstance(money, int):
            # One line of a budget for several items stands with the first of them.
            of = (event.place, items[0])
            self._money[of] = self._money.get(of, 0) + money

    def budget(self, lines: Iterable[OrderLine]) -> Iterator[BudgetRow]:
        ordered: dict[tuple[str, str], tuple[int, int]] = {}
        for line in lines:
            of = (line.region, line.commodity.item)
            pieces, value = ordered.get(of, (0, 0))
            ordered[of] = (pieces + line.ordered, value + line.value_rupiah)
        for of in sorted({*ordered, *self._needs, *self._money}):
            pieces, value = ordered.get(of, (0, 0))
            yield BudgetRow(
                region=of[0],
                item=of[1],
                needed=self._needs.get(of, 0),
                ordered=pieces,
                budget_rupiah=self._money.get(of, 0),
                value_rupiah=value,
            )

    def problems(
        self, lines: Iterable[OrderLine], budget: Iterable[BudgetRow]
    ) -> Iterator[CustodyProblem]:
        for line in lines:
            at = (self._told[line.lot, line.commodity],)
            if not line.approved_by:
                if line.contract or line.produced:
                    yield problem("order-not-approved", line.order, at)
            elif all(_same_person(line.decided_by, by) for by in line.approved_by):
                yield problem("approved-by-decider", line.order, at, who=line.decided_by)
            if line.received > line.ordered:
                yield problem(
                    "more-than-ordered",
                    line.order,
                    at,
                    what=line.commodity,
                    received=line.received,
                    ordered=line.ordered,
                )
            if line.shipped and not line.passed:
                yield problem("no-quality-control", line.order, at, what=line.commodity)
        for row in budget:
            if row.budget_rupiah and row.left_rupiah < 0:
                yield problem(
                    "over-budget",
                    row.region,
                    item=row.item,
                    value=row.value_rupiah,
                    budget=row.budget_rupiah,
                )


def _same_person(one: Party, other: Party) -> bool:
    """Say whether two acts may be one person's: same office and role, or same pseudonym."""
    if one.person and other.person:
        return (one.office, one.person) == (other.office, other.person)
    return one == other or (one.office, one.role) == (other.office, other.role)


def _ordered(event: Event, quantity: Quantity) -> OrderLine:
    def said(key: str) -> str:
        return str(event.fact(key) or "")

    needed, price = event.fact("needed"), event.fact("unit-price-rupiah")
    return OrderLine(
        order=event.document,
        lot=quantity.lot,
        region=event.place,
        commodity=quantity.commodity,
        supplier=said("supplier"),
        method=said("method"),
        unit_price_rupiah=price if isinstance(price, int) else 0,
        price_source=said("price-source"),
        due=said("due"),
        ordered=quantity.pieces,
        needed=needed if isinstance(needed, int) else None,
        package=said("package"),
        decided_by=event.author,
    )


def _further(line: OrderLine, event: Event, pieces: int) -> OrderLine:
    kind = event.kind
    if kind is Kind.ORDER_APPROVED:
        return attrs.evolve(line, approved_by=(*line.approved_by, event.author))
    if kind is Kind.CONTRACT_SIGNED:
        return attrs.evolve(line, contract=event.document)
    step = _STEPS.get(kind)
    if step is None:
        return line
    moved = attrs.evolve(line, **{step: getattr(line, step) + pieces})
    if kind is Kind.RECEIVED:
        local = datetime.fromtimestamp(event.time_s, UTC) + timedelta(minutes=event.offset_min)
        moved = attrs.evolve(moved, last_receipt=local.date().isoformat())
    return moved


def order_events(
    packages: Iterable[Package],
    *,
    device: str,
    time_s: int,
    decided_by: Party,
    stated_by: Party,
    sequence: int = 0,
) -> list[Event]:
    """Return the events with which packages are needed and ordered; approval is another's.

    Args:
        packages: What is to be ordered, from `packages_for`.
        device: Device that records them.
        time_s: When [s since 1970, UTC]; each event a second later than the last.
        decided_by: The commitment officer who decides.
        stated_by: Who states the need.
        sequence: Number of the device's last event.
    """
    events: list[Event] = []
    for package in packages:
        offer, number = package.offer, package.number
        goods = Quantity(package.commodity, package.ordered, f"LOT-{number}")
        facts = {
            "method": offer.method,
            "supplier": offer.supplier,
            "unit-price-rupiah": offer.unit_price_rupiah,
            "price-source": offer.price_source,
            "due": offer.due.isoformat(),
            "package": number,
            "needed": package.needed,
        }
        need = Quantity(package.commodity, package.needed, goods.lot)
        for kind, author, quantity, said in (
            (Kind.NEED_STATED, stated_by, need, {"region": package.region}),
            (Kind.ORDERED, decided_by, goods, facts),
        ):
            sequence += 1
            events.append(
                Event(
                    device=device,
                    sequence=sequence,
                    kind=kind,
                    time_s=time_s + len(events),
                    place=package.region,
                    author=author,
                    document=f"SP/{number}" if kind is Kind.ORDERED else "",
                    quantities=(quantity,),
                    facts=tuple(said.items()),
                )
            )
    return events
