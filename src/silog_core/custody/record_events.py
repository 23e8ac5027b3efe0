"""The events of a ledger, in the order in which they came."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from silog_core.custody.chain import Entry
from silog_core.custody.events import event_from_bytes
from silog_core.custody.ledger import Ledger
from silog_core.domain.custody_events import Event
from silog_core.errors import EventFormatError

#: Records that are read although nobody asked, rather than to look anew.
GAP = 512


def events_in(ledger: Ledger, *, after: int = 0) -> Iterator[Event]:
    """Yield the events of a ledger, from a record on.

    Raises:
        EventFormatError: An entry is no event; the message names it.
    """
    for entry in ledger.entries(after=after):
        yield event_of(entry)


def events_at(ledger: Ledger, places: Sequence[int]) -> Iterator[Event]:
    """Yield the events among the records at *places*, which rise.

    Raises:
        EventFormatError: An entry is no event; the message names the first of the ledger.
    """
    for record in _picked(ledger, places):
        entry = Entry.parse(record)
        if entry is None:
            continue
        try:
            yield event_from_bytes(entry.body)
        except EventFormatError:
            # Who reads all in order stops at the first one.
            for _event in events_in(ledger):
                pass
            raise


def _picked(ledger: Ledger, places: Sequence[int]) -> Iterator[bytes]:
    """Yield the records at *places*; what lies far between is not read."""
    at, end = 0, len(places)
    while at < end:
        begin = places[at]
        for place, record in enumerate(ledger.records(after=begin), begin):
            if place == places[at]:
                yield record
                at += 1
                if at == end:
                    return
            elif places[at] - place > GAP:
                break
        else:
            return


def event_of(entry: Entry) -> Event:
    """Return the event that an entry records.

    Raises:
        EventFormatError: It is none; the message names it.
    """
    try:
        return event_from_bytes(entry.body)
    except EventFormatError as wrong:
        raise EventFormatError(
            f"{entry.device}:{entry.sequence} is no event: {wrong.problem}",
            "the record keeps it; revoke the key of that device, and record its events"
            " anew in another ledger",
        ) from wrong
