"""The events of a ledger in order of time, without all of them in memory at once."""

from __future__ import annotations

from array import array
from collections.abc import Iterator, Mapping
from itertools import pairwise

from silog_core.custody.chain import ENTRY
from silog_core.custody.events import event_bytes
from silog_core.custody.glance import glance
from silog_core.custody.ledger import Ledger
from silog_core.custody.partition import PART
from silog_core.custody.record_events import events_at
from silog_core.domain.custody_events import Event, EventId

_TIME = b'"time_s":'


class InTime:
    """A ledger as it is now, in order of time; ties go by device, number and bytes.

    Example:
        >>> from silog_core.storage import MemoryStore
        >>> told = InTime(Ledger.init(MemoryStore(), origin="silog/12"))
        >>> list(told.parts()), told.latest_s
        ([], 0)
    """

    def __init__(self, ledger: Ledger, *, size: int = PART) -> None:
        """Look at the times of all events.

        Args:
            ledger: The record.
            size: How many events are read at once, about; those of one second are not cut.
        """
        self._ledger, self._size = ledger, size
        self._places, self._times = array("l"), array("q")
        self._corrections = array("l")
        until = ledger.size
        for place, record in enumerate(ledger.records()):
            if place >= until:
                break
            if record.startswith(ENTRY):
                self._places.append(place)
                self._times.append(_time(record))
                if b'"corrects":[' in record:
                    self._corrections.append(place)

    @property
    def latest_s(self) -> int:
        """When the last event happened [s since 1970, UTC]; 0 if there is none."""
        return max(self._times, default=0)

    def parts(self) -> Iterator[list[Event]]:
        """Yield the events, part by part.

        Raises:
            EventFormatError: An entry is no event; the message names the first one.
        """
        times, places = self._times, self._places
        order = array("l", sorted(range(len(times)), key=times.__getitem__))
        cuts, begun = [0], 0
        for at, (one, other) in enumerate(pairwise(order), 1):
            if at - begun >= self._size and times[one] != times[other]:
                cuts.append(at)
                begun = at
        for begin, end in pairwise((*cuts, len(order))):
            if begin == end:
                continue
            chosen = array("l", sorted(places[at] for at in order[begin:end]))
            yield self._told(chosen)

    def corrected(self) -> Mapping[EventId, Event]:
        """Return the events that others correct: of several, the last in order of time."""
        if not self._corrections:
            return {}
        wrong = {e.corrects for e in events_at(self._ledger, self._corrections)} - {None}
        names = {(n.device.encode(), b"%d" % n.sequence) for n in wrong if n is not None}
        chosen = array("l")
        for place, record in enumerate(self._ledger.records()):
            if record.startswith(ENTRY):
                body = record[record.find(b"\n") + 1 :]
                if glance(body).name in names:
                    chosen.append(place)
        return {event.id: event for event in self._told(chosen) if event.id in wrong}

    def _told(self, places: array[int]) -> list[Event]:
        """Return the events at some places, in order of time."""
        found = events_at(self._ledger, places)
        return sorted(found, key=lambda e: (e.order, event_bytes(e)))


def _time(record: bytes) -> int:
    """Return when the event happened, as its bytes say; -1 if they say nothing."""
    begin = record.rfind(_TIME) + len(_TIME)
    end = record.find(b",", begin)
    text = record[begin:end]
    return int(text) if begin >= len(_TIME) and text.isdigit() and len(text) < 17 else -1
