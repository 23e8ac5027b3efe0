"""Hold a stored ledger against itself: every record, checkpoint, chain, seal and index row.

Nothing is taken from what a ledger keeps in memory, and nothing is repaired. Rows are
read a part at a time; what is remembered grows with devices, not with events.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

import attrs

from silog_core.custody.admission import refusal
from silog_core.custody.chain import ENTRY, SEAL, Entry, Seal, header, sealed_text
from silog_core.custody.checkpoint import Checkpoint, SignedNote
from silog_core.custody.ledger import WITNESSED
from silog_core.custody.log import CHUNK, HEADS, ROSTERS
from silog_core.custody.merkle import Frontier, leaf_hash
from silog_core.custody.roster import ROSTER, Roster, first_roster
from silog_core.custody.runs import Run, runs_stream
from silog_core.custody.signing import COSIGNER, PublicKey, signature_holds
from silog_core.custody.tiles import LEVELS, RECORDS, Tiles, index_stream
from silog_core.custody.verify_texts import LedgerFault
from silog_core.errors import SilogError
from silog_core.ports.store import Store


@attrs.frozen
class Verified:
    """What a verification found; `faults` is empty when the ledger is whole."""

    origin: str
    #: Records, and the root over them, of the last checkpoint.
    size: int
    root: bytes
    #: The last checkpoint is signed by a key that the reader gave.
    trusted: bool
    faults: tuple[LedgerFault, ...]
    #: Size of the newest checkpoint that enough witnesses signed; 0 if there is none.
    witnessed: int = 0


def verify_ledger(
    store: Store,
    *,
    keys: Iterable[PublicKey] = (),
    known: Iterable[str] = (),
    witnesses: int = 0,
) -> Verified:
    """Hold every byte of the ledger in *store* against its hashes and signatures.

    Args:
        store: An open store.
        keys: Keys that you trust. Who replaces a whole ledger, keys and all, is found
            only by who knows a key, or an earlier checkpoint, from elsewhere. Where keys
            of witnesses are among them, only these count as witnesses.
        known: Checkpoints that you saw before; the ledger has to go on from each.
        witnesses: How many witnesses must have signed one of its checkpoints.

    Returns:
        Origin, size and root, and all faults in the order of the record.

    Example:
        >>> from silog_core.custody.ledger import Ledger
        >>> from silog_core.storage import MemoryStore
        >>> store = MemoryStore()
        >>> ledger = Ledger.init(store, origin="silog/12.71")
        >>> _ = ledger.append([b"packed"], device="office-1")
        >>> verify_ledger(store).size, verify_ledger(store).faults
        (2, ())
    """
    return _Pass(store, witnesses).run(tuple(keys), tuple(known))


@attrs.define
class _Device:
    """The end of a device's chain as far as it was read."""

    sequence: int
    head: bytes
    sealed: bool = True
    rows: int = 0


class _Pass:
    """One reading of a ledger from its first record to its last."""

    def __init__(self, store: Store, witnesses: int) -> None:
        self.store = store
        self.wanted, self.witnessed = witnesses, 0
        self.faults: list[LedgerFault] = []
        self.tree = Frontier()
        self.devices: dict[str, _Device] = {}
        self.index: Counter[int] = Counter()
        self.rosters = 0
        self.roster: Roster | None = None
        #: Roles of devices by the roster that holds here.
        self.roles: dict[str, frozenset[str]] = {}
        #: Names of devices, by the bytes in entries; each was read once.
        self.names: dict[bytes, str] = {}
        #: Device, first number, count and place of entries side by side, in this batch.
        self.runs: list[tuple[str, int, int, int]] = []
        self.genesis = b""

    def run(self, keys: tuple[PublicKey, ...], known: tuple[str, ...]) -> Verified:
        heads = self.store.end(HEADS)
        if not heads or not self.store.end(RECORDS):
            self.fault("no-ledger", RECORDS, 0)
            return Verified("", 0, b"", trusted=False, faults=tuple(self.faults))
        witnessed, seen = self.cosigned(), self.seen(known)
        head, note = Checkpoint("", 0, self.tree.root()), None
        for row, (found, opened) in self.heads():
            if found.size <= head.size:
                self.fault("checkpoint", HEADS, row, f"size {found.size} is not larger")
                continue
            if found.number != row:
                self.fault("checkpoint", HEADS, row, f"it has the number {found.number}")
            self.batch(found.size)
            if self.tree.size != found.size or self.tree.root() != found.root:
                self.fault("root", RECORDS, found.size, str(found.size))
                self.resume(found)
            self.signed(found, opened, row)
            self.cosigned_at(found, witnessed.pop(found.size, ()), keys)
            seen.discard((found.size, found.root, found.origin))
            head, note = found, opened
        for rows in witnessed.values():
            for place, _, _ in rows:
                self.fault("checkpoint", WITNESSED, place, "no checkpoint has this size")
        for size, _, _ in sorted(seen):
            self.fault("known", HEADS, 0, str(size))
        if self.wanted and not self.witnessed:
            self.fault("witnesses", WITNESSED, 0, str(self.wanted))
        self.ends(heads)
        trusted = bool(keys) and note is not None and bool(_signers(note, keys))
        if keys and not trusted:
            self.fault("checkpoint", HEADS, heads, "no trusted key signed it")
        return Verified(
            head.origin,
            head.size,
            head.root,
            trusted=trusted,
            faults=tuple(self.faults),
            witnessed=self.witnessed,
        )

    def resume(self, head: Checkpoint) -> None:
        """Go on behind a damage, which is named already, so that the next is found too."""
        try:
            tree = Tiles(self.store).frontier(head.size)
        except SilogError:
            return
        if self.tree.size == head.size and tree.root() == head.root:
            self.tree = tree

    def seen(self, known: tuple[str, ...]) -> set[tuple[int, bytes, str]]:
        """Return size, root and origin of checkpoints that the reader knows."""
        heads = [Checkpoint.of(SignedNote.parse(note)) for note in known]
        return {(head.size, head.root, head.origin) for head in heads}

    def fault(self, code: str, stream: str, row: int, detail: str = "") -> None:
        self.faults.append(LedgerFault(code, stream, row, detail))

    def rows(self, stream: str, after: int, end: int) -> Iterator[list[bytes]]:
        while after < end:
            part = self.store.read(stream, after=after, limit=min(CHUNK, end - after))
            if not part:
                return
            yield part
            after += len(part)

    def heads(self) -> Iterator[tuple[int, tuple[Checkpoint, SignedNote]]]:
        row = 0
        for part in self.rows(HEADS, 0, self.store.end(HEADS)):
            for data in part:
                row += 1
                read = self.note(data, HEADS, row)
                if read is not None:
                    yield row, read

    def note(self, data: bytes, stream: str, row: int) -> tuple[Checkpoint, SignedNote] | None:
        try:
            note = SignedNote.parse(data.decode())
            if str(note).encode() != data:
                self.fault("checkpoint", stream, row, "not in canonical form")
            return Checkpoint.of(note), note
        except (SilogError, ValueError) as wrong:
            self.fault("checkpoint", stream, row, str(wrong).split("\n")[0])
            return None

    def signed(self, head: Checkpoint, note: SignedNote, row: int) -> None:
        authority = self.roster.authority if self.roster else None
        if self.roster and head.origin != self.roster.origin:
            self.fault("checkpoint", HEADS, row, f"of another ledger, {head.origin}")
        expected = 1 if authority else 0
        if len(note.signatures) != expected or (authority and not _signers(note, [authority])):
            self.fault("checkpoint", HEADS, row, "not signed by the ledger's key alone")

    def cosigned_at(
        self,
        head: Checkpoint,
        notes: Iterable[tuple[int, bytes, SignedNote]],
        keys: Iterable[PublicKey],
    ) -> None:
        """Hold what witnesses signed against the checkpoint of that size."""
        signers: set[PublicKey] = set()
        for place, root, signed in notes:
            if root != head.root:
                self.fault("root", WITNESSED, place, str(head.size))
            signers.update(self.cosignatures(signed, place, keys))
        if len(signers) >= max(1, self.wanted):
            self.witnessed = head.size

    def cosignatures(
        self, note: SignedNote, row: int, keys: Iterable[PublicKey]
    ) -> list[PublicKey]:
        """Return the witnesses that count and signed this checkpoint."""
        roster = self.roster
        known = [*roster.witnesses, roster.authority] if roster else []
        trusted = [key for key in known if key is not None]
        if _signers(note, trusted) != len(note.signatures):
            self.fault("checkpoint", WITNESSED, row, "a signature is of nobody in the roster")
            return []
        asked = {key for key in keys if key.kind == COSIGNER}
        return [
            key
            for key in trusted
            if key.kind == COSIGNER and (not asked or key in asked) and _signers(note, [key])
        ]

    def cosigned(self) -> dict[int, list[tuple[int, bytes, SignedNote]]]:
        """Return place, root and note of witnessed checkpoints, by size."""
        found: dict[int, list[tuple[int, bytes, SignedNote]]] = {}
        for row, data in enumerate(self.store.read(WITNESSED), 1):
            read = self.note(data, WITNESSED, row)
            if read is not None:
                found.setdefault(read[0].size, []).append((row, read[0].root, read[1]))
        return found

    # --- records -----------------------------------------------------------------

    def batch(self, size: int) -> None:
        """Read on to *size*: what was written at once, under one checkpoint."""
        for part in self.rows(RECORDS, self.tree.size, size):
            begin, kept = self.tree.size, {level: list[bytes]() for level in LEVELS}
            leaves = [leaf_hash(record) for record in part]
            self.tree.extend(leaves, kept=kept)
            for level, nodes in kept.items():
                self.compare(index_stream(level), self.index[level], nodes)
                self.index[level] += len(nodes)
            self.follow(part, leaves, begin)
        runs, self.runs = self.runs, []
        for name, sequence, count, index in runs:
            run = Run(name, sequence, count, index)
            device = self.devices.setdefault(run.device, _Device(0, self.genesis))
            self.compare(runs_stream(run.device), device.rows, [run.row()])
            device.rows += 1

    def compare(self, stream: str, after: int, expected: Sequence[bytes]) -> None:
        if expected and self.store.read(stream, after=after, limit=len(expected)) != list(
            expected
        ):
            self.fault("index", stream, after + 1)

    def follow(self, part: Sequence[bytes], leaves: Sequence[bytes], begin: int) -> None:
        for place, (record, leaf) in enumerate(zip(part, leaves, strict=True), begin):
            if record.startswith(ENTRY) and place:
                self.entry(record, leaf, place)
            elif record.startswith(SEAL) and place:
                self.seal(record, place)
            elif record.startswith(ROSTER) or not place:
                self.rostered(record, leaf, place)
            else:
                self.fault("record", RECORDS, place + 1)

    def rostered(self, record: bytes, leaf: bytes, place: int) -> None:
        try:
            if not place:
                self.genesis, self.roster = leaf, first_roster(record)
                return
            self.compare(ROSTERS, self.rosters, [b"%d" % place])
            self.rosters += 1
            if self.roster is not None:
                self.roster = self.roster.follow(record)
                self.roles.clear()
        except SilogError as wrong:
            self.fault("roster", RECORDS, place + 1, wrong.problem)

    def entry(self, record: bytes, leaf: bytes, place: int) -> None:
        line, sign, body = record.partition(b"\n")
        word = line.split(b" ", 2)[1]
        name = self.names.get(word)
        if name is None:
            read = Entry.parse(record)
            if read is None:
                self.fault("record", RECORDS, place + 1)
                return
            name = self.names[word] = read.device
        device = self.devices.get(name) or _Device(0, self.genesis)
        # An entry that goes on from the device's last one has to have just this line.
        if sign and line == header(word, device.sequence + 1, device.head):
            device.sequence += 1
        else:
            read = Entry.parse(record)
            if read is None:
                self.fault("record", RECORDS, place + 1)
                return
            self.branch(read, place)
            device.sequence = read.sequence
        self.note_run(name, device.sequence, place)
        device.head, device.sealed = leaf, False
        self.devices[name] = device
        if self.roster is not None and self.roster.authority is not None:
            roles = self.roles.get(name)
            if roles is None:
                roles = self.roles[name] = self.roster.roles(name)
            if refusal(body, device=name, sequence=device.sequence, roles=roles):
                self.fault("not-allowed", RECORDS, place + 1, name)

    def note_run(self, device: str, sequence: int, place: int) -> None:
        """Note where an entry lies; entries of a device side by side are one run."""
        if self.runs:
            last = self.runs[-1]
            count = last[2]
            if (last[0], last[1] + count, last[3] + count) == (device, sequence, place):
                self.runs[-1] = (device, last[1], count + 1, last[3])
                return
        self.runs.append((device, sequence, 1, place))

    def branch(self, entry: Entry, place: int) -> None:
        """Tell a fork, which joins an earlier entry, from a break, which joins none."""
        before = [self.genesis] if entry.sequence == 1 else []
        for row in self.store.read(runs_stream(entry.device)):
            try:
                run = Run.parse(entry.device, row)
            except SilogError:
                continue  # the comparison of the index names the row
            behind = run.index + entry.sequence - 1 - run.sequence
            if run.sequence < entry.sequence <= run.sequence + run.count and behind < place:
                before += map(
                    leaf_hash, self.store.read(RECORDS, after=max(behind, 0), limit=1)
                )
        code = "fork" if entry.link in before else "chain"
        self.fault(code, RECORDS, place + 1, entry.device)

    def seal(self, record: bytes, place: int) -> None:
        found = Seal.parse(record)
        if found is None or found.record() != record:
            self.fault("record", RECORDS, place + 1)
            return
        device = self.devices.get(found.device)
        key = self.roster.key(found.device, found.key) if self.roster else None
        if device is None or key is None or device.sequence != found.sequence:
            self.fault("seal", RECORDS, place + 1, found.device)
            return
        text = sealed_text(self.genesis, found.device, found.sequence, device.head)
        if not signature_holds(key.raw, text, found.signature):
            self.fault("seal", RECORDS, place + 1, found.device)
        device.sealed = True

    def ends(self, heads: int) -> None:
        """Hold the length of every stream against what the records ask for."""
        expected = {RECORDS: self.tree.size, HEADS: heads, ROSTERS: self.rosters}
        expected |= {index_stream(level): self.index[level] for level in LEVELS}
        expected |= {runs_stream(name): one.rows for name, one in self.devices.items()}
        for stream in sorted({*self.store.streams(), *expected} - {WITNESSED}):
            if stream.startswith("chain/"):
                continue  # a device's own log may lie in the same file
            if stream not in expected:
                self.fault("foreign", stream, 0)
            elif self.store.end(stream) != expected[stream]:
                self.fault("length", stream, expected[stream], str(expected[stream]))
        if self.roster is not None and self.roster.authority is not None:
            for name, device in sorted(self.devices.items()):
                if not device.sealed:
                    self.fault("unsealed", RECORDS, self.tree.size, name)


def _signers(note: SignedNote, keys: Iterable[PublicKey]) -> int:
    """Return how many of *keys* signed; a signature that does not hold is none."""
    try:
        return len(note.signers(keys))
    except SilogError:
        return 0
