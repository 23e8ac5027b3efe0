"""The store."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from silog_core.errors import ClosedStoreError, FieldError, StaleWriteError
from silog_core.ports.store import Store, Write


class DictStore:
    """Keeps streams in a dictionary; replace it by your database."""

    def __init__(self, url: str) -> None:
        """Open what *url* names."""
        self._url = url
        self._streams: dict[str, list[bytes]] = {}
        self._closed = False

    def append(self, stream: str, events: Sequence[bytes], *, after: int) -> int:
        """Add *events* behind position *after*, all or none; return the new end."""
        self.append_all([Write(stream, after, events)])
        return after + len(events)

    def append_all(self, writes: Sequence[Write]) -> None:
        """Add to several streams, all or none: in a database, in one transaction."""
        self._refuse_closed()
        for one in writes:
            if not all(isinstance(event, bytes) for event in one.events):
                raise FieldError("an event is not bytes", "give bytes")
            end = len(self._streams.get(one.stream, []))
            if end != one.after:
                raise StaleWriteError(
                    f"{one.stream!r} ends at {end}, not at {one.after}",
                    "read what came in between, and append again",
                )
        for one in writes:
            if one.events:
                self._streams.setdefault(one.stream, []).extend(one.events)

    def end(self, stream: str) -> int:
        """Return the position of the last event; 0 for an unknown stream."""
        self._refuse_closed()
        return len(self._streams.get(stream, []))

    def read(self, stream: str, *, after: int = 0, limit: int | None = None) -> list[bytes]:
        """Return events behind position *after*, at most *limit*."""
        self._refuse_closed()
        stop = None if limit is None else after + limit
        return self._streams.get(stream, [])[after:stop]

    def streams(self) -> list[str]:
        """Return the names of all streams that have an event, sorted."""
        self._refuse_closed()
        return sorted(self._streams)

    def close(self) -> None:
        """Close the store; to close it twice is harmless."""
        self._closed = True

    def _refuse_closed(self) -> None:
        if self._closed:
            raise ClosedStoreError(f"the store {self._url} is closed", "open it again")


@contextmanager
def open_store(url: str) -> Iterator[Store]:
    """Give the open store, and close it afterwards."""
    store = DictStore(url)
    try:
        yield store
    finally:
        store.close()
