"""Backups of what is new: a part goes on where an earlier backup ends, and needs it.

A part keeps where it begins: the checkpoint of the earlier backup and the peaks of the
tree there. So each of its own checkpoints can be held against its records without any
other file, and parts join only where the one begins as the other ends.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence

import attrs

from silog_core.custody.checkpoint import open_checkpoint
from silog_core.custody.copying import CHAINS, head_of, rows_of
from silog_core.custody.ledger import WITNESSED
from silog_core.custody.log import CHUNK, HEADS, Log
from silog_core.custody.merkle import Frontier, leaf_hash
from silog_core.custody.signing import PublicKey
from silog_core.custody.tiles import RECORDS, Tiles
from silog_core.errors import LedgerError, SilogError
from silog_core.ports.store import Store, Write

#: Stream of the row that says where a part begins, and what the names of its others begin with.
BEGIN, INSIDE = "part", "part/"
FORM = "silog-backup-part/1"
#: What to do about a part that is damaged.
AGAIN = "copy the part again from where it was kept; if it is lost, make a whole backup"


@attrs.frozen(kw_only=True)
class Reach:
    """How far a backup goes."""

    tree: Frontier
    #: How many checkpoints there are, and the last of them.
    heads: int
    note: bytes
    #: How far the logs of devices go that lie in the file.
    chains: Mapping[str, int]

    @property
    def size(self) -> int:
        """How many records there are."""
        return self.tree.size

    @property
    def origin(self) -> str:
        """Name of the ledger."""
        return head_of(self.note).origin

    def row(self) -> bytes:
        """Return the row that says so."""
        told = {
            "form": FORM,
            "size": self.size,
            "peaks": {str(level): peak.hex() for level, peak in self.tree.peaks().items()},
            "heads": self.heads,
            "note": self.note.decode(),
            "chains": dict(self.chains),
        }
        return json.dumps(told, sort_keys=True, ensure_ascii=False).encode()

    @classmethod
    def parse(cls, row: bytes) -> Reach:
        """Return what `row` wrote.

        Raises:
            LedgerError: It did not, or its peaks lead to another root than its checkpoint.
        """
        try:
            told = json.loads(row)
            peaks = {int(at): bytes.fromhex(peak) for at, peak in told["peaks"].items()}
            found = cls(
                tree=Frontier(told["size"], peaks),
                heads=told["heads"],
                note=told["note"].encode(),
                chains=told["chains"],
            )
            head = head_of(found.note)
            sound = told["form"] == FORM and found.tree.root() == head.root
            whole_numbers = (found.size, found.heads, *found.chains.values())
            sound = sound and all(type(number) is int for number in whole_numbers)
            sound = sound and head.size == found.size and found.heads > 0
        except (ValueError, KeyError, TypeError, AttributeError, SilogError):
            sound = False
        if not sound:
            raise LedgerError("where this part of a backup begins is damaged", AGAIN)
        return found


def is_part(store: Store) -> bool:
    """Say whether *store* holds a part of a backup, and no ledger."""
    return bool(store.end(BEGIN))


def begin_of(store: Store) -> Reach:
    """Return where a part begins: as far as the backup goes that it follows.

    Raises:
        LedgerError: The part is damaged there.
    """
    return Reach.parse(store.read(BEGIN, limit=1)[0])


def reach_of(store: Store) -> Reach:
    """Return how far a whole backup, or a part, goes; the records of a part are verified.

    Raises:
        LedgerError: It is damaged, or no backup.
    """
    if not is_part(store):
        log = Log(store)
        return Reach(
            tree=Tiles(store).frontier(log.size),
            heads=store.end(HEADS),
            note=log.note.encode(),
            chains={name: store.end(name) for name in chains_in(store)},
        )
    end = begin = begin_of(store)
    for further, _records, _head in _on(begin, store, INSIDE, store.end(INSIDE + HEADS)):
        end = further
    if store.end(INSIDE + RECORDS) != end.size - begin.size:
        raise LedgerError("this part of a backup has records behind its end", AGAIN)
    chains = {
        name: begin.chains.get(name, 0) + store.end(INSIDE + name)
        for name in {*begin.chains, *chains_in(store, INSIDE)}
    }
    return attrs.evolve(end, chains=chains)


def write_part(
    source: Store, target: Store, *, base: Store, keys: Iterable[PublicKey] = ()
) -> Reach:
    """Copy what the ledger in *source* has that the backup in *base* has not.

    Args:
        source: Holds the ledger; others may go on writing to it meanwhile.
        target: An empty store.
        base: An earlier backup, or a part of one.
        keys: Keys that you trust; one of them has to have signed the newest checkpoint.

    Returns:
        How far the part goes.

    Raises:
        LedgerError: The ledger does not go on from *base*, or one of them is damaged.
        SignatureError: None of *keys* signed.

    Example:
        >>> from silog_core.custody.backup_join import join_backup
        >>> from silog_core.custody.copying import copy_ledger
        >>> from silog_core.custody.ledger import Ledger
        >>> from silog_core.storage import MemoryStore
        >>> store, first, part = MemoryStore(), MemoryStore(), MemoryStore()
        >>> ledger = Ledger.init(store, origin="silog/12.71")
        >>> _ = ledger.append([b"packed"], device="desk-1")
        >>> _ = copy_ledger(store, first)
        >>> _ = ledger.append([b"sealed"], device="desk-1")
        >>> write_part(store, part, base=first).size
        3
        >>> join_backup(first, [part], MemoryStore()).size
        3
    """
    begin = reach_of(base)
    heads = source.end(HEADS)
    if source.read(HEADS, after=begin.heads - 1, limit=1) != [begin.note]:
        raise LedgerError(
            "the ledger does not go on from that backup: its last checkpoint is not there",
            "name a backup of this ledger; if the ledger was rewritten, keep both as evidence",
        )
    writes = [Write(BEGIN, 0, [begin.row()])]
    held = 0
    ends: dict[str, int] = {}

    def put(stream: str, rows: Sequence[bytes]) -> None:
        if rows:
            writes.append(Write(INSIDE + stream, ends.get(stream, 0), rows))
            ends[stream] = ends.get(stream, 0) + len(rows)

    size = begin.size
    records: list[bytes] = []
    notes: list[bytes] = []
    for end, more, head in _on(begin, source, "", heads):
        size = end.size
        records += more
        notes.append(head)
        held += len(more)
        if held >= CHUNK:
            put(RECORDS, records)
            put(HEADS, notes)
            target.append_all(writes)
            writes, records, notes, held = [], [], [], 0
    put(RECORDS, records)
    put(HEADS, notes)
    signed = rows_of(source, WITNESSED, source.end(WITNESSED))
    put(WITNESSED, [row for row in signed if head_of(row).size <= size])
    for name in chains_in(source):
        put(name, source.read(name, after=begin.chains.get(name, 0)))
    target.append_all(writes)
    found = reach_of(target)
    trusted = tuple(keys)
    if trusted:
        open_checkpoint(found.note.decode(), keys=trusted, origin=found.origin)
    return found


def _on(
    begin: Reach, store: Store, inside: str, heads: int
) -> Iterator[tuple[Reach, list[bytes], bytes]]:
    """Go on from *begin*: yield how far each checkpoint goes, with its records and itself."""
    tree = begin.tree.copy()
    # In a part rows are counted from its own beginning.
    skipped = 0 if inside else begin.heads
    before = begin.size if inside else 0
    for place, row in enumerate(rows_of(store, inside + HEADS, heads, skipped), skipped + 1):
        head = head_of(row)
        more = max(0, head.size - tree.size)
        records = store.read(inside + RECORDS, after=tree.size - before, limit=more)
        tree.extend([leaf_hash(record) for record in records])
        if tree.size != head.size or tree.root() != head.root or head.origin != begin.origin:
            raise LedgerError(
                f"what is new is damaged: records up to {head.size} do not lead to their"
                " checkpoint",
                "silog ledger fsck names the damage of a ledger; of a part, copy it again",
            )
        at = place if not inside else begin.heads + place
        yield Reach(tree=tree.copy(), heads=at, note=row, chains=begin.chains), records, row


def chains_in(store: Store, inside: str = "") -> list[str]:
    """Return the streams of logs of devices, without what their names begin with."""
    return [
        name.removeprefix(inside)
        for name in store.streams()
        if name.startswith(inside + CHAINS)
    ]
