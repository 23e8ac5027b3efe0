"""Where events are kept: streams of bytes that only grow."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from typing import NamedTuple, Protocol, runtime_checkable

import attrs

from silog_core.ports.offers import Offer, load


class Write(NamedTuple):
    """Events to add behind position *after* of one stream."""

    stream: str
    after: int
    events: Sequence[bytes]


class Store(Protocol):
    """Named streams, each a sequence of events at positions 1, 2, 3 and so on.

    `silog_core.testing.StoreSuite` checks the laws S1 to S18 of ``docs/hooks.md``.
    """

    def append(self, stream: str, events: Sequence[bytes], *, after: int) -> int:
        """Add *events* behind position *after*, all or none; return the new end.

        Raises:
            StaleWriteError: The stream does not end at *after*: another writer came
                first. Nothing is left behind.
            ClosedStoreError: The store is closed.
        """
        ...

    def append_all(self, writes: Sequence[Write]) -> None:
        """Add to several streams, all or none; name each stream once.

        Raises:
            StaleWriteError: One of them does not end where its write begins.
            ClosedStoreError: The store is closed.
        """
        ...

    def end(self, stream: str) -> int:
        """Return the position of the last event; 0 for an unknown stream."""
        ...

    def read(self, stream: str, *, after: int = 0, limit: int | None = None) -> list[bytes]:
        """Return events behind position *after*, at most *limit*; none if unknown.

        Raises:
            ClosedStoreError: The store is closed.
        """
        ...

    def streams(self) -> list[str]:
        """Return the names of all streams that have an event, sorted."""
        ...

    def close(self) -> None:
        """Close the store; to close it twice is harmless."""
        ...


class StoreDamage(NamedTuple):
    """What a store finds wrong below its events, without repairing it.

    ``pages`` (the file or table itself is damaged), ``hole`` (a stream has not the rows
    that it counts), ``orphan`` (rows of no stream) or ``guard`` (what refuses changes
    was taken away).
    """

    code: str
    #: Stream, table or trigger.
    where: str
    detail: str = ""


@runtime_checkable
class Examinable(Protocol):
    """A store that can look at itself; `silog ledger fsck` asks it, if it can."""

    def examine(self) -> list[StoreDamage]:
        """Return all damage below the events; nothing is changed.

        Raises:
            ClosedStoreError: The store is closed.
        """
        ...


OpenStore = Callable[[str], "AbstractContextManager[Store]"]


@attrs.frozen(kw_only=True)
class StoreSpec(Offer):
    """Storage for one URL scheme, which is its name.

    ``can`` may hold ``durable`` (reopening keeps everything) and
    ``concurrent_writers`` (two may write; one of them wins).
    """

    #: Takes the whole URL, gives a context in which the store is open.
    open: OpenStore | str

    def opened(self, url: str) -> AbstractContextManager[Store]:
        """Return a context in which the store at *url* is open."""
        opener: OpenStore = load(self, self.open)
        return opener(url)
