"""The stored index of a record: from it come proofs, without reading the record.

Only nodes at every fourth level are kept, 32 bytes each, in streams that only grow; the
lowest sixteen leaves of a path are hashed from the record. So the index costs two bytes
an event, and a proof of ten million events reads a hundred short rows.
"""

from __future__ import annotations

from silog_core.custody.merkle import Frontier, leaf_hash, node_hash
from silog_core.errors import ProofError
from silog_core.ports.store import Store

#: Stream of the records themselves.
RECORDS = "record"
#: Levels between two that are kept; a tile has this many bits.
STEP = 4
#: Levels that are kept: enough for 2**56 records.
LEVELS = tuple(range(STEP, 57, STEP))


def index_stream(level: int) -> str:
    """Return the stream that holds the complete nodes of a level."""
    return f"index/{level:02d}"


class Tiles:
    """Nodes of the tree over the records of a store, each tile read once.

    Example:
        >>> from silog_core.storage import MemoryStore
        >>> store = MemoryStore()
        >>> store.append(RECORDS, [b"packed", b"sealed"], after=0)
        2
        >>> Tiles(store).inclusion(0, 2) == [leaf_hash(b"sealed")]
        True
    """

    def __init__(self, store: Store) -> None:
        self._store = store
        self._tiles: dict[tuple[int, int], list[bytes]] = {}

    def inclusion(self, index: int, size: int) -> list[bytes]:
        """Return the proof that record *index* is in the tree of *size* records.

        Raises:
            ProofError: It is not.
        """
        if not 0 <= index < size:
            raise ProofError(f"record {index} is not among {size}", "give one that is")
        proof: list[bytes] = []
        low, high = 0, size
        while high - low > 1:
            middle = low + _split(high - low)
            if index < middle:
                proof.append(self.subtree(middle, high))
                high = middle
            else:
                proof.append(self.subtree(low, middle))
                low = middle
        return proof[::-1]

    def consistency(self, size1: int, size2: int) -> list[bytes]:
        """Return the proof that the tree of *size2* begins with the one of *size1*.

        Raises:
            ProofError: It cannot: the first is the larger one.
        """
        if not 0 <= size1 <= size2:
            raise ProofError(f"{size1} is not an earlier size than {size2}", "swap them")
        proof: list[bytes] = []
        low, high, whole = 0, size2, True
        if size1 in {0, size2}:
            return proof
        while size1 != high:
            middle = low + _split(high - low)
            if size1 <= middle:
                proof.append(self.subtree(middle, high))
                high = middle
            else:
                proof.append(self.subtree(low, middle))
                low, whole = middle, False
        if not whole:
            proof.append(self.subtree(low, high))
        return proof[::-1]

    def subtree(self, low: int, high: int) -> bytes:
        """Return the hash of the records from *low* up to *high*, cut as RFC 9162 cuts."""
        size = high - low
        if size & (size - 1) == 0:
            return self._node(size.bit_length() - 1, low >> (size.bit_length() - 1))
        middle = low + _split(size)
        return node_hash(self.subtree(low, middle), self.subtree(middle, high))

    def frontier(self, size: int) -> Frontier:
        """Return what the tree of *size* records has to remember in order to grow."""
        peaks = {
            level: self._node(level, (size >> level) - 1)
            for level in range(size.bit_length())
            if size >> level & 1
        }
        return Frontier(size, peaks)

    def _node(self, level: int, place: int) -> bytes:
        base = level - level % STEP
        bits = level - base
        first = place << bits
        tile = self._tile(base, first >> STEP)
        begin = first & (1 << STEP) - 1
        nodes = tile[begin : begin + (1 << bits)]
        if len(nodes) != 1 << bits:
            raise ProofError(
                f"the index of level {base} ends too early", "verify the ledger, then restore"
            )
        while len(nodes) > 1:
            nodes = [node_hash(*nodes[n : n + 2]) for n in range(0, len(nodes), 2)]
        return nodes[0]

    def _tile(self, level: int, number: int) -> list[bytes]:
        if (level, number) not in self._tiles:
            stream = index_stream(level) if level else RECORDS
            rows = self._store.read(stream, after=number << STEP, limit=1 << STEP)
            self._tiles[level, number] = rows if level else [leaf_hash(row) for row in rows]
        return self._tiles[level, number]


def _split(size: int) -> int:
    return 1 << ((size - 1).bit_length() - 1)
