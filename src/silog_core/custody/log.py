"""The log below a ledger: records, index and checkpoints, written all or none."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from silog_core.custody.checkpoint import Checkpoint, SignedNote
from silog_core.custody.indexing import Growth, grown
from silog_core.custody.merkle import Frontier, leaf_hash
from silog_core.custody.roster import Roster, first_roster
from silog_core.custody.runs import Run, runs_stream
from silog_core.custody.signing import Signer
from silog_core.custody.tiles import RECORDS, Tiles
from silog_core.errors import LedgerError, SignatureError, StaleWriteError
from silog_core.ports.store import Store, Write

#: Streams of signed checkpoints, and of where rosters are.
HEADS, ROSTERS = "heads", "rosters"
#: Records read at once, where all are read.
CHUNK = 2048


class Log:
    """A record in a store that grows by whole batches, each with its checkpoint."""

    def __init__(self, store: Store, *, signer: Signer | None = None) -> None:
        """Open the record that *store* holds.

        Raises:
            LedgerError: There is none, or its index does not fit its checkpoint.
        """
        self.store, self.signer = store, signer
        self.refresh()

    def refresh(self) -> None:
        """Read how far the record goes now."""
        self._heads = self.store.end(HEADS)
        if not self._heads:
            raise LedgerError("this store holds no ledger", "make one: silog ledger init")
        self.note = self._head_note(self._heads)
        head = Checkpoint.of(SignedNote.parse(self.note))
        self._tree = Tiles(self.store).frontier(head.size)
        first = self.store.read(RECORDS, limit=1)
        if self._tree.root() != head.root or not first:
            raise damaged("the index leads to another root than the last checkpoint")
        self.genesis = leaf_hash(first[0])
        self.roster = first_roster(first[0])
        self._rosters = self.store.read(ROSTERS)
        for row in self._rosters:
            self.roster = self.roster.follow(self.record(int(row)))
        if self.roster.origin != head.origin:
            raise damaged("the last checkpoint is of another ledger")
        self.tips: dict[str, tuple[int, bytes]] = {}
        self._run_ends: dict[str, int] = {}

    @property
    def size(self) -> int:
        """How many records there are."""
        return self._tree.size

    def record(self, index: int) -> bytes:
        """Return the record at *index*, from 0.

        Raises:
            LedgerError: There is none.
            StaleWriteError: It is newer than what was read here; `refresh`.
        """
        rows = self.store.read(RECORDS, after=index, limit=1) if 0 <= index < self.size else []
        if not rows:
            if self.size <= index < self.store.end(RECORDS):
                raise StaleWriteError("somebody else wrote to the ledger", "read it again")
            raise LedgerError(f"there is no record {index}", f"give one below {self.size}")
        return rows[0]

    def records(self, after: int = 0) -> Iterator[bytes]:
        """Yield the records from *after* on, a part at a time."""
        while after < self.size:
            rows = self.store.read(RECORDS, after=after, limit=min(CHUNK, self.size - after))
            if not rows:
                raise damaged(f"the record ends at {after}, before its checkpoint")
            yield from rows
            after += len(rows)

    def runs(self, device: str) -> list[Run]:
        """Return where the entries of a device lie."""
        return [Run.parse(device, row) for row in self.store.read(runs_stream(device))]

    def tip(self, device: str) -> tuple[int, bytes]:
        """Return the last sequence number of a device, and the leaf hash of that entry."""
        if device not in self.tips:
            runs = self.runs(device)
            last = max(runs, key=lambda run: run.sequence + run.count, default=None)
            if last is None:
                self.tips[device] = (0, self.genesis)
            else:
                record = self.record(last.index + last.count - 1)
                self.tips[device] = (last.sequence + last.count - 1, leaf_hash(record))
        return self.tips[device]

    def known(self, device: str, sequence: int) -> list[bytes]:
        """Return the records of a device with this sequence number: more than one is a fork."""
        return [
            self.record(run.index + sequence - run.sequence)
            for run in self.runs(device)
            if run.sequence <= sequence < run.sequence + run.count
        ]

    def write(
        self,
        records: Sequence[bytes],
        *,
        leaves: Sequence[bytes] | None = None,
        runs: Sequence[Run] | None = None,
    ) -> None:
        """Add records, their index and a checkpoint: all of it, or nothing.

        Args:
            records: What to add.
            leaves: Their hashes, if they are known already.
            runs: Their runs, if they are known already.

        Raises:
            StaleWriteError: Somebody else wrote first; `refresh`, and try again.
            SignatureError: The ledger is signed, and its signer is not here.
        """
        if not records:
            return
        new = grown(self._tree, records, leaves=leaves, runs=runs)
        begin = self.size
        text = signed_head(self.roster, new.tree, self.signer, number=self._heads + 1)
        writes = [Write(RECORDS, begin, records), Write(HEADS, self._heads, [text.encode()])]
        writes += new.node_writes()
        for device, rows in new.runs.items():
            end = self._run_ends.get(device)
            if end is None:
                end = self.store.end(runs_stream(device))
            writes.append(Write(runs_stream(device), end, rows))
            self._run_ends[device] = end + len(rows)
        roster = self.roster
        for row in new.rosters:
            roster = roster.follow(records[int(row) - begin])
        if new.rosters:
            writes.append(Write(ROSTERS, len(self._rosters), new.rosters))
        try:
            self.store.append_all(writes)
        except BaseException:
            self._run_ends.clear()
            raise
        self._tree, self.note, self._heads = new.tree, text, self._heads + 1
        self.roster, self._rosters = roster, [*self._rosters, *new.rosters]
        self._kept_tips(records, new)

    def _kept_tips(self, records: Sequence[bytes], new: Growth) -> None:
        base = self.size - len(records)
        for device, rows in new.runs.items():
            run = Run.parse(device, rows[-1])
            self.tips.pop(device, None)
            if len(rows) == 1:
                last = run.index + run.count - 1 - base
                self.tips[device] = (run.sequence + run.count - 1, new.leaves[last])

    def _head_note(self, position: int) -> str:
        (row,) = self.store.read(HEADS, after=position - 1, limit=1)
        try:
            return row.decode()
        except UnicodeDecodeError as wrong:
            raise damaged("the last checkpoint cannot be read") from wrong


def begin_log(store: Store, record: bytes, *, signer: Signer | None) -> None:
    """Write the first record of a ledger into an empty store.

    Raises:
        LedgerError: The store holds a ledger already.
        SignatureError: The ledger is signed, and its signer is not here.
    """
    tree = Frontier()
    tree.extend([leaf_hash(record)])
    text = signed_head(first_roster(record), tree, signer, number=1)
    try:
        store.append_all([Write(RECORDS, 0, [record]), Write(HEADS, 0, [text.encode()])])
    except StaleWriteError as wrong:
        raise LedgerError("the store holds a ledger already", "name another store") from wrong


def signed_head(roster: Roster, tree: Frontier, signer: Signer | None, *, number: int) -> str:
    """Return the checkpoint of *tree*, signed if the ledger is.

    Raises:
        SignatureError: The signer is missing, or is not the ledger's.
    """
    note = SignedNote(Checkpoint(roster.origin, tree.size, tree.root(), number).text())
    if roster.authority is None:
        return str(note)
    if signer is None or signer.key != roster.authority:
        raise SignatureError(
            f"{roster.origin} is signed by {roster.authority.name}, whose key is not here",
            "open the ledger with the private key of its office",
        )
    return str(note.signed(signer))


def damaged(what: str) -> LedgerError:
    """Return the error of a ledger that cannot be used as it is."""
    return LedgerError(what, "silog ledger verify names each damaged place; then restore")
