"""Books of goods in bulk: how much of each lot is how far, and what lies where."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from silog_core.custody.problem_texts import problem
from silog_core.domain.custody_events import Count, Event, EventId, Measure
from silog_core.domain.custody_kinds import Kind, Stage
from silog_core.domain.custody_problems import CustodyProblem
from silog_core.domain.demand import Commodity

#: Stages of a lot in order, each with the kind that brings pieces there.
LOT_STAGES = {
    Kind.ORDERED: Stage.ORDERED,
    Kind.CONTRACT_SIGNED: Stage.CONTRACTED,
    Kind.PRODUCED: Stage.PRODUCED,
    Kind.QUALITY_PASSED: Stage.QUALITY_PASSED,
    Kind.SHIPPED: Stage.SHIPPED,
    Kind.RECEIVED: Stage.RECEIVED,
    Kind.ACCEPTED: Stage.ACCEPTED,
}
#: Stages that each stage draws on: the nearest one that the lot has is held against it.
_DRAWS_ON = {
    Stage.CONTRACTED: (Stage.ORDERED,),
    Stage.PRODUCED: (Stage.CONTRACTED, Stage.ORDERED),
    Stage.QUALITY_PASSED: (Stage.PRODUCED,),
    Stage.SHIPPED: (Stage.QUALITY_PASSED, Stage.PRODUCED),
    Stage.RECEIVED: (Stage.SHIPPED,),
    Stage.ACCEPTED: (Stage.RECEIVED,),
}
#: Key of a line: a lot and what it is of, or a place and what lies there.
Key = tuple[str, Commodity]
LotLine = tuple[tuple[int, str, int], Stage, int]
StockLine = tuple[tuple[int, str, int], int]


def lot_lines(event: Event) -> Iterator[tuple[Key, LotLine]]:
    """Yield the lines that *event* writes into the books of lots."""
    stage = LOT_STAGES.get(event.kind)
    if stage is not None:
        for quantity in event.quantities:
            pieces = quantity.pieces
            if event.kind is Kind.RECEIVED:
                # What came on top of the note was not shipped under it.
                pieces -= counted(event, quantity.commodity).get(Measure.SURPLUS, 0)
            yield (quantity.lot, quantity.commodity), (event.order, stage, pieces)


def stock_lines(event: Event) -> Iterator[tuple[Key, StockLine]]:
    """Yield the lines that *event* writes into the books of loose stock at places."""
    kind, place, order = event.kind, event.place, event.order
    if kind is Kind.RECEIVED:
        for quantity in event.quantities:
            bad = counted(event, quantity.commodity).get(Measure.DAMAGED, 0)
            yield (place, quantity.commodity), (order, quantity.pieces - bad)
    elif kind is Kind.SORTED:
        for count in event.counts:
            if count.measure is Measure.DAMAGED:
                yield (place, count.commodity), (order, -count.pieces)
    elif kind is Kind.KITTED or (kind is Kind.DESTROYED and not event.units):
        for quantity in event.quantities:
            yield (place, quantity.commodity), (order, -quantity.pieces)


def counted(event: Event, commodity: Commodity) -> dict[Measure, int]:
    """Return what *event* counted of *commodity*, by measure."""
    return {c.measure: c.pieces for c in event.counts if c.commodity == commodity}


def lot_problems(key: Key, lines: Sequence[LotLine]) -> Iterator[CustodyProblem]:
    """Yield where, at some instant, more of a lot had passed a stage than the one before."""
    lot, commodity = key
    passed: dict[Stage, int] = {}
    told: set[Stage] = set()
    for order, stage, pieces in sorted(lines):
        passed[stage] = passed.get(stage, 0) + pieces
        before = next((s for s in _DRAWS_ON.get(stage, ()) if s in passed), None)
        if before is None:
            draws = _DRAWS_ON.get(stage, ())
            before = draws[-1] if draws else None
        if before is None or stage in told or passed[stage] <= passed.get(before, 0):
            continue
        told.add(stage)
        yield problem(
            "more-than-before",
            lot or str(commodity),
            [EventId(order[1], order[2])],
            what=commodity,
            later=passed[stage],
            earlier=passed.get(before, 0),
            stage=stage.title_en,
            stage_id=stage.title_id,
            before=before.title_en,
            before_id=before.title_id,
        )


def stock_problems(key: Key, lines: Sequence[StockLine]) -> Iterator[CustodyProblem]:
    """Yield where the loose stock of a place falls below nothing, once for each time."""
    place, commodity = key
    if not any(pieces > 0 for _order, pieces in lines):
        return  # Its receipts are kept elsewhere, or not at all: nothing to hold it to.
    held = 0
    for order, pieces in sorted(lines):
        before, held = held, held + pieces
        if held < 0 <= before:
            yield problem(
                "negative-stock",
                place,
                [EventId(order[1], order[2])],
                what=commodity,
                count=-held,
            )


def receipt_problems(event: Event) -> Iterator[CustodyProblem]:
    """Yield receipts whose note, surplus, shortage, good and damaged do not add up (10)."""
    for commodity in dict.fromkeys(c.commodity for c in event.counts):
        found = counted(event, commodity)
        told = _of(event.counts, commodity, event)
        note = found.get(Measure.NOTE)
        surplus, shortage = found.get(Measure.SURPLUS, 0), found.get(Measure.SHORTAGE, 0)
        damaged = found.get(Measure.DAMAGED, 0)
        good = found.get(Measure.GOOD)
        total = found.get(Measure.COUNTED, told)
        if total is None:
            total = (good or 0) + damaged
        wrong = (
            (note is not None and note + surplus - shortage != total)
            or (surplus > 0 and shortage > 0)
            or (good is not None and good + damaged != total)
            or (told is not None and told != total)
        )
        if wrong:
            yield problem(
                "receipt-does-not-add-up",
                event.place,
                [event.id],
                what=commodity,
                note="-" if note is None else note,
                surplus=surplus,
                shortage=shortage,
                counted=total,
                good="-" if good is None else good,
                damaged=damaged,
            )
        elif shortage:
            yield problem(
                "short-receipt",
                event.place,
                [event.id],
                what=commodity,
                shortage=shortage,
                note=note,
            )


def _of(counts: Sequence[Count], commodity: Commodity, event: Event) -> int | None:
    del counts
    if event.kind is not Kind.RECEIVED:
        return None
    pieces = [q.pieces for q in event.quantities if q.commodity == commodity]
    return sum(pieces) if pieces else None
