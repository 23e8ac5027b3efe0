"""The events of a ledger, in the order in which they came."""

from __future__ import annotations

from collections.abc import Iterator

from silog_core.custody.chain import Entry
from silog_core.custody.events import event_from_bytes
from silog_core.custody.ledger import Ledger
from silog_core.domain.custody_events import Event
from silog_core.errors import EventFormatError


def events_in(ledger: Ledger, *, after: int = 0) -> Iterator[Event]:
    """Yield the events of a ledger, from a record on.

    Raises:
        EventFormatError: An entry is no event; the message names it.
    """
    for entry in ledger.entries(after=after):
        yield event_of(entry)


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
