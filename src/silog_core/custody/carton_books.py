"""Cartons of bulk deliveries: which were shipped under which note, and which came.

A shipment and a receipt may name the codes of their cartons as units. A receipt says
which delivery note it answers by the fact ``delivery-note``; without it, a receipt
answers those shipments of which it has a carton.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import attrs

from silog_core.custody.problem_texts import problem
from silog_core.domain.custody_events import Event, EventId, Measure
from silog_core.domain.custody_kinds import Kind
from silog_core.domain.custody_problems import CustodyProblem

#: Fact of a receipt: number of the delivery note; of a shipment: how many cartons it has.
NOTE, CARTONS = "delivery-note", "cartons"


@attrs.frozen(kw_only=True)
class Carton:
    """One carton, as the record has it."""

    code: str
    #: Delivery notes that it was shipped under, and places that received it.
    notes: tuple[str, ...] = ()
    received_at: tuple[str, ...] = ()
    events: tuple[EventId, ...] = ()


class CartonBooks:
    """Shipments and receipts by carton, kept up to date as events come and go."""

    def __init__(self) -> None:
        """Start with empty books."""
        self._shipped: dict[EventId, Event] = {}
        self._received: dict[EventId, Event] = {}

    def enter(self, name: EventId, event: Event, *, undo: bool) -> None:
        """Write down what *event* says of cartons, or strike it out again."""
        book = {Kind.SHIPPED: self._shipped, Kind.RECEIVED: self._received}.get(event.kind)
        if book is None:
            return
        if undo:
            book.pop(name, None)
        elif event.units or event.fact(NOTE) or event.fact(CARTONS):
            book[name] = event

    def cartons(self) -> Mapping[str, Carton]:
        """Return each carton by its code."""
        told: dict[str, list[Event]] = {}
        for event in self._in_time():
            for code in event.units:
                told.setdefault(code, []).append(event)
        return {
            code: Carton(
                code=code,
                notes=tuple(e.document for e in events if e.kind is Kind.SHIPPED),
                received_at=tuple(e.place for e in events if e.kind is Kind.RECEIVED),
                events=tuple(e.id for e in events),
            )
            for code, events in sorted(told.items())
        }

    def problems(self) -> Iterator[CustodyProblem]:
        """Yield cartons missing, extra or twice, and receipts that differ from the note."""
        yield from self._twice()
        for shipped in self._shipped.values():
            count = shipped.fact(CARTONS)
            if count is not None and shipped.units and count != len(shipped.units):
                yield problem(
                    "carton-count",
                    shipped.document or shipped.place,
                    [shipped.id],
                    count=count,
                    found=len(shipped.units),
                )
        yield from self._missing()
        for received in self._received.values():
            yield from self._against_note(received)

    def _in_time(self) -> list[Event]:
        return sorted(
            [*self._shipped.values(), *self._received.values()], key=lambda e: e.order
        )

    def _twice(self) -> Iterator[CustodyProblem]:
        for kind, book in (
            (Kind.SHIPPED, self._shipped),
            (Kind.RECEIVED, self._received),
        ):
            told: dict[str, list[EventId]] = {}
            for event in sorted(book.values(), key=lambda e: e.order):
                for code in event.units:
                    told.setdefault(code, []).append(event.id)
            for code, names in told.items():
                if len(names) > 1:
                    yield problem(
                        "carton-twice",
                        code,
                        names,
                        count=len(names),
                        kind=kind.title_en,
                        kind_id=kind.title_id,
                    )

    def _answers(self, received: Event, shipped: Event) -> bool:
        note = received.fact(NOTE)
        if note is not None:
            return note == shipped.document
        return bool({*received.units} & {*shipped.units})

    def _missing(self) -> Iterator[CustodyProblem]:
        came = {code for received in self._received.values() for code in received.units}
        for shipped in self._shipped.values():
            receipts = [
                received.id
                for received in self._received.values()
                if received.units and self._answers(received, shipped)
            ]
            for code in shipped.units if receipts else ():
                if code not in came:
                    yield problem(
                        "carton-missing",
                        code,
                        [shipped.id, *sorted(receipts)],
                        note=shipped.document or "-",
                    )

    def _against_note(self, received: Event) -> Iterator[CustodyProblem]:
        shipments = [s for s in self._shipped.values() if self._answers(received, s)]
        lots = {q.lot for q in received.quantities}
        listed = {code for s in shipments for code in s.units}
        # Cartons are held to the note only where some shipment of the goods lists them.
        known = listed or any(
            s.units and lots & {q.lot for q in s.quantities} for s in self._shipped.values()
        )
        for code in received.units if known else ():
            if code not in listed:
                yield problem(
                    "carton-extra", code, [received.id], note=received.fact(NOTE) or "-"
                )
        if received.fact(NOTE) is None or not shipments:
            return
        for count in received.counts:
            if count.measure is not Measure.NOTE:
                continue
            shipped = sum(
                q.pieces
                for s in shipments
                for q in s.quantities
                if q.commodity == count.commodity
            )
            if shipped != count.pieces:
                yield problem(
                    "note-differs",
                    received.place,
                    [received.id, *sorted(s.id for s in shipments)],
                    what=count.commodity,
                    number=received.fact(NOTE),
                    note=count.pieces,
                    shipped=shipped,
                )
