"""Copy a ledger into another store: backups, and their way back.

Records, checkpoints and cosignatures are taken byte by byte; the index is made anew from
them, so that a damaged index does not go on. What is written while the copy is made is
left out: the copy ends with a checkpoint.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import count
from typing import Protocol

from silog_core.custody.checkpoint import Checkpoint, SignedNote
from silog_core.custody.indexing import grown
from silog_core.custody.ledger import WITNESSED
from silog_core.custody.log import CHUNK, HEADS, ROSTERS
from silog_core.custody.merkle import Frontier
from silog_core.custody.runs import runs_stream
from silog_core.custody.signing import PublicKey
from silog_core.custody.tiles import RECORDS
from silog_core.custody.verify import Verified, verify_ledger
from silog_core.errors import LedgerError, SignatureError
from silog_core.ports.store import Store, Write

#: Begins the name of a stream in which a device keeps its own log.
CHAINS = "chain/"


class Readable(Protocol):
    """What is read of a store to copy it."""

    def read(self, stream: str, *, after: int = 0, limit: int | None = None) -> list[bytes]:
        """Return rows of a stream."""
        ...

    def end(self, stream: str) -> int:
        """Return how many rows a stream has."""
        ...

    def streams(self) -> list[str]:
        """Return the names of all streams."""
        ...


def copy_ledger(
    source: Store, target: Store, *, keys: Iterable[PublicKey] = (), at_once: bool = False
) -> Verified:
    """Copy the ledger in *source* as it is at its newest checkpoint, and verify the copy.

    Others may go on writing to *source* meanwhile.

    Args:
        source: Holds the ledger.
        target: An empty store.
        keys: Keys that you trust; one of them has to have signed the newest checkpoint.
        at_once: Write all of it or nothing, which keeps all of it in memory.

    Raises:
        LedgerError: There is no ledger, it does not verify, or *target* is not empty. A
            target that was not written at once is then to be thrown away.

    Example:
        >>> from silog_core.custody.ledger import Ledger
        >>> from silog_core.storage import MemoryStore
        >>> one, other = MemoryStore(), MemoryStore()
        >>> _ = Ledger.init(one, origin="silog/12.71").append([b"packed"], device="desk-1")
        >>> copy_ledger(one, other).size, other.read("record") == one.read("record")
        (2, True)
    """
    if target.streams():
        raise LedgerError("the store to copy into is not empty", "name a new one")
    trusted = tuple(keys)
    if at_once:
        # What is written at once cannot be thrown away later, so it is read twice.
        whole(verify_ledger(source, keys=trusted))
    parts = copied(source)
    if at_once:
        joined = Part()
        for part in parts:
            joined.take(part)
        parts = iter([joined])
    for part in parts:
        target.append_all(part.writes())
    return whole(verify_ledger(target, keys=trusted))


class Part:
    """Rows to add to several streams, and where each of them begins."""

    def __init__(self) -> None:
        """Start with none."""
        self.rows: dict[str, tuple[int, list[bytes]]] = {}
        self.size = 0

    def add(self, stream: str, after: int, rows: list[bytes]) -> None:
        """Add rows of a stream, which begin behind *after*."""
        self.rows.setdefault(stream, (after, []))[1].extend(rows)
        self.size += len(rows)

    def take(self, other: Part) -> None:
        """Add the rows of another part, which comes after this one."""
        for stream, (after, rows) in other.rows.items():
            self.add(stream, after, rows)

    def writes(self) -> list[Write]:
        """Return what to write."""
        return [Write(stream, after, rows) for stream, (after, rows) in self.rows.items()]


def copied(source: Readable) -> Iterator[Part]:
    """Yield what a copy of *source* is made of, a part after the other.

    Raises:
        LedgerError: Checkpoints cannot be read, or do not grow.
    """
    # The newest checkpoint is read first: everything that it covers is there by then.
    heads = source.end(HEADS)
    tree, ends, part = Frontier(), dict[str, int](), Part()

    def put(stream: str, rows: list[bytes]) -> None:
        part.add(stream, ends.get(stream, 0), rows)
        ends[stream] = ends.get(stream, 0) + len(rows)

    for row in rows_of(source, HEADS, heads):
        size = head_of(row).size
        if size < tree.size:
            raise LedgerError("a checkpoint is smaller than the one before", _FIX)
        records = source.read(RECORDS, after=tree.size, limit=size - tree.size)
        new = grown(tree, records)
        put(RECORDS, records)
        put(HEADS, [row])
        for write in new.node_writes():
            put(write.stream, list(write.events))
        for device, places in new.runs.items():
            put(runs_stream(device), places)
        put(ROSTERS, new.rosters)
        tree = new.tree
        if part.size >= CHUNK:
            yield part
            part = Part()
    for row in rows_of(source, WITNESSED, source.end(WITNESSED)):
        if head_of(row).size <= tree.size:
            put(WITNESSED, [row])
    for stream in source.streams():
        if stream.startswith(CHAINS):
            put(stream, source.read(stream))
    yield part


def rows_of(store: Readable, stream: str, end: int, begin: int = 0) -> Iterator[bytes]:
    """Yield the rows of a stream behind *begin* up to *end*, a part at a time."""
    for after in count(begin, CHUNK):
        if after >= end:
            return
        yield from store.read(stream, after=after, limit=min(CHUNK, end - after))


_FIX = "silog ledger fsck names the damage; copy an earlier backup, or keep it as evidence"


def head_of(row: bytes) -> Checkpoint:
    """Return the checkpoint in a row.

    Raises:
        LedgerError: There is none.
    """
    try:
        return Checkpoint.of(SignedNote.parse(row.decode()))
    except (SignatureError, UnicodeDecodeError) as wrong:
        raise LedgerError("a checkpoint cannot be read", _FIX) from wrong


def whole(found: Verified) -> Verified:
    """Return *found* if nothing is wrong with it.

    Raises:
        LedgerError: The ledger is damaged.
    """
    if found.faults:
        more = f", and {len(found.faults) - 1} more" if found.faults[1:] else ""
        raise LedgerError(f"the ledger is damaged: {found.faults[0].said('en')}{more}", _FIX)
    return found
