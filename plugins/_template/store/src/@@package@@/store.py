"""The store."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from silog_core.errors import ClosedStoreError, FieldError, StaleWriteError
from silog_core.ports.store import Store


class DictStore:
    """Keeps streams in a dictionary; replace it by your database."""

    def __init__(self, url: str) -> None:
        """Open what *url* names."""
        self._url = url
        self._streams: dict[str, list[bytes]] = {}
        self._closed = False

    def append(self, stream: str, events: Sequence[bytes], *, after: int) -> int:
        """Add *events* behind position *after*, all or none; return the new end."""
        self._refuse_closed()
        if not all(isinstance(event, bytes) for event in events):
            raise FieldError("an event is not bytes", "give bytes")
        known = self._streams.get(stream, [])
        if len(known) != after:
            raise StaleWriteError(
                f"{stream!r} ends at {len(known)}, not at {after}",
                "read what came in between, and append again",
            )
        if events:
            self._streams[stream] = [*known, *events]
        return after + len(events)

    def read(self, stream: str, *, after: int = 0) -> list[bytes]:
        """Return the events behind position *after*."""
        self._refuse_closed()
        return self._streams.get(stream, [])[after:]

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
