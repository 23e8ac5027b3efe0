"""A store that lasts as long as the process: for tests and for trying out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from threading import Lock

from silog_core.ports.store import Store, Write
from silog_core.storage.arguments import check_writes, closed, stale


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
        self.append_all([Write(stream, after, batch)])
        return after + len(batch)

    def append_all(self, writes: Sequence[Write]) -> None:
        """Add to several streams, all or none."""
        own = check_writes(writes)
        with self._lock:
            self._refuse_closed()
            for one in own:
                end = len(self._streams.get(one.stream, ()))
                if end != one.after:
                    raise stale(one.stream, one.after, end)
            for one in own:
                if one.events:
                    self._streams.setdefault(one.stream, []).extend(one.events)

    def end(self, stream: str) -> int:
        """Return the position of the last event; 0 for an unknown stream."""
        with self._lock:
            self._refuse_closed()
            return len(self._streams.get(stream, ()))

    def read(self, stream: str, *, after: int = 0, limit: int | None = None) -> list[bytes]:
        """Return events behind position *after*, at most *limit*; none if unknown."""
        begin = max(0, after)
        with self._lock:
            self._refuse_closed()
            stop = None if limit is None else begin + limit
            return self._streams.get(stream, [])[begin:stop]

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
