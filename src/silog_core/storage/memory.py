"""A store that lasts as long as the process: for tests and for trying out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from threading import Lock

from silog_core.ports.store import Store
from silog_core.storage.arguments import check_append, closed, stale


class MemoryStore:
    """Keeps streams in lists; several threads may use it.

    Example:
        >>> store = MemoryStore()
        >>> store.append("box", [b"packed", b"sealed"], after=0)
        2
        >>> store.read("box", after=1)
        [b'sealed']
    """

    def __init__(self) -> None:
        self._streams: dict[str, list[bytes]] = {}
        self._lock = Lock()
        self._closed = False

    def append(self, stream: str, events: Sequence[bytes], *, after: int) -> int:
        """Add *events* behind position *after*, all or none; return the new end."""
        batch = list(events)
        check_append(stream, batch, after)
        with self._lock:
            self._refuse_closed()
            end = len(self._streams.get(stream, ()))
            if end != after:
                raise stale(stream, after, end)
            if batch:
                self._streams.setdefault(stream, []).extend(batch)
            return end + len(batch)

    def read(self, stream: str, *, after: int = 0) -> list[bytes]:
        """Return the events behind position *after*; none for an unknown stream."""
        with self._lock:
            self._refuse_closed()
            return self._streams.get(stream, [])[max(0, after) :]

    def streams(self) -> list[str]:
        """Return the names of all streams that have an event, sorted."""
        with self._lock:
            self._refuse_closed()
            return sorted(self._streams)

    def close(self) -> None:
        """Close the store; to close it twice is harmless."""
        self._closed = True

    def _refuse_closed(self) -> None:
        if self._closed:
            raise closed("memory:")


@contextmanager
def open_memory(url: str = "memory:") -> Iterator[Store]:
    """Give a new and empty store; nothing of it remains."""
    del url
    store = MemoryStore()
    try:
        yield store
    finally:
        store.close()
