"""A ledger: events of many devices in one record, which anyone can check."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, TypeVar

import attrs

from silog_core.custody.admission import refusal
from silog_core.custody.chain import DeviceLog, Entry, Seal, chained, seal, sealed_text
from silog_core.custody.log import Log, begin_log
from silog_core.custody.merkle import leaf_hash
from silog_core.custody.roster import DeviceKey, Roster, roster_record
from silog_core.custody.runs import Run
from silog_core.custody.signing import PublicKey, Signer, check_name, signature_holds
from silog_core.custody.tiles import Tiles
from silog_core.errors import (
    ForeignChainError,
    LedgerError,
    NotAllowedError,
    SignatureError,
    StaleWriteError,
)
from silog_core.ports.store import Store

if TYPE_CHECKING:
    from silog_core.custody.proofs import Proof

#: Stream of checkpoints with the signatures of witnesses.
WITNESSED = "witnessed"
_Result = TypeVar("_Result")
#: How often a writer tries again after another was first.
TRIES = 20
_CHAIN_FIX = "fetch the device's whole log; if it still does not fit, keep it as evidence"


@attrs.frozen
class Merged:
    """What a merge did."""

    #: Entries that were new.
    added: int
    #: Entries that the ledger had already.
    known: int
    #: Entries that contradict one of the ledger: device and sequence number. Both are
    #: kept, and `silog_core.verify_ledger` names them: a device was copied, or cheats.
    forks: tuple[tuple[str, int], ...] = ()
    #: Devices, each with how many entries are not sealed yet and were not taken.
    waiting: tuple[tuple[str, int], ...] = ()


class Ledger:
    """Events in a Merkle log over a store; open a store's URL with `Session.open_ledger`.

    Example:
        >>> from silog_core.storage import MemoryStore
        >>> ledger = Ledger.init(MemoryStore(), origin="silog/12.71")
        >>> ledger.append([b"packed", b"sealed"], device="office-1")
        3
        >>> [entry.body for entry in ledger.entries()]
        [b'packed', b'sealed']
        >>> phone = DeviceLog("phone-7", genesis=ledger.genesis)
        >>> phone.append([b"opened"])
        1
        >>> ledger.merge([phone.dump(), phone.dump()])
        Merged(added=1, known=1, forks=(), waiting=())
    """

    def __init__(self, store: Store, *, signer: Signer | None = None) -> None:
        """Open the ledger that *store* holds.

        Args:
            store: An open store.
            signer: The private key of the ledger; reading needs none.

        Raises:
            LedgerError: There is no ledger, or it is damaged.
        """
        #: The records below; its own business, and the verifier's.
        self._log = Log(store, signer=signer)

    @classmethod
    def init(
        cls,
        store: Store,
        *,
        origin: str,
        signer: Signer | None = None,
        devices: Iterable[DeviceKey] = (),
        witnesses: Iterable[PublicKey] = (),
    ) -> Ledger:
        """Make a new ledger in an empty store.

        Args:
            store: An open store without a ledger.
            origin: Name of the ledger, such as ``silog/12.71/2024``.
            signer: Its private key; without one nothing is signed, and only who
                remembers a checkpoint can tell that the whole was replaced.
            devices: Which keys may seal the logs of which devices, in which roles.
            witnesses: Keys of witnesses that the office names.

        Raises:
            LedgerError: The store holds a ledger already.
        """
        record = roster_record(origin, signer=signer, devices=devices, witnesses=witnesses)
        begin_log(store, record, signer=signer)
        return cls(store, signer=signer)

    # --- what is there -----------------------------------------------------------

    @property
    def origin(self) -> str:
        """Name of the ledger."""
        return self._log.roster.origin

    @property
    def size(self) -> int:
        """How many records there are: entries, seals and rosters."""
        return self._log.size

    @property
    def genesis(self) -> bytes:
        """Leaf hash of the first record: every device's chain begins with it."""
        return self._log.genesis

    @property
    def roster(self) -> Roster:
        """Who may record, as of now."""
        return self._log.roster

    @property
    def store(self) -> Store:
        """The store that holds it."""
        return self._log.store

    def checkpoint(self) -> str:
        """Return the newest signed checkpoint: publish it, send it to witnesses."""
        return self._log.note

    def record(self, index: int) -> bytes:
        """Return the bytes of the record at *index*, from 0."""
        return self._retried(lambda: self._log.record(index))

    def records(self, *, after: int = 0) -> Iterator[bytes]:
        """Yield the bytes of all records, from place *after* on."""
        return self._log.records(after)

    def entries(self, *, after: int = 0) -> Iterator[Entry]:
        """Yield the entries in the order in which they came, from record *after* on."""
        for record in self.records(after=after):
            entry = Entry.parse(record)
            if entry is not None:
                yield entry

    def find(self, device: str, sequence: int) -> int:
        """Return the place of an entry in the record.

        Raises:
            LedgerError: There is no such entry.
        """
        for run in self._log.runs(device):
            if run.sequence <= sequence < run.sequence + run.count:
                return run.index + sequence - run.sequence
        raise LedgerError(f"{device}:{sequence} is not in the ledger", "name another entry")

    def sequence(self, device: str) -> int:
        """Return the last sequence number of a device; 0 if it recorded nothing."""
        return self._retried(lambda: self._log.tip(device))[0]

    # --- proofs ------------------------------------------------------------------

    def prove(self, index: int, *, witnesses: int = 0) -> Proof:
        """Return a proof, complete in itself, that the record at *index* is there.

        With *witnesses*, it is held against a checkpoint that so many have signed.
        """
        from silog_core.custody.proofs import prove

        return prove(self, index, witnesses=witnesses)

    def consistency(self, size1: int, size2: int | None = None) -> list[bytes]:
        """Return the proof that the ledger at *size2* goes on from *size1*."""
        return Tiles(self.store).consistency(size1, self.size if size2 is None else size2)

    # --- what is added -----------------------------------------------------------

    def append(
        self, bodies: Sequence[bytes], *, device: str, signer: Signer | None = None
    ) -> int:
        """Record events of a device that is connected; return the new size.

        When it returns, they have reached the disk, with a checkpoint over them.

        Args:
            bodies: Canonical bytes of the events, numbered on from `sequence`.
            device: Name of the device.
            signer: The device's private key; a signed ledger asks for it.

        Raises:
            NotAllowedError: The device's key may not record one of them; none is kept.
            SignatureError: The device has no key, or it is another one.
        """
        name, batch = check_name(device), list(bodies)
        if not batch:
            return self.size
        return self._retried(lambda: self._append(batch, name, signer))

    def merge(self, logs: Iterable[DeviceLog | bytes]) -> Merged:
        """Take the logs of devices that were offline, in any order, as often as they come.

        They are written at once, with one checkpoint over them: all or none. Where a
        device gives several parts of its log, first parts are written before later ones.
        A signed ledger takes a log as far as it is sealed; what lies behind its last seal
        stays with the device, is counted in `Merged.waiting`, and comes with the next one.

        Raises:
            ForeignChainError: A log is broken, or does not join what is known.
            NotAllowedError: A key may not record an event.
            SignatureError: A log is not sealed by a key of its device.
        """
        read = [DeviceLog.parse(log) if isinstance(log, bytes) else log for log in logs]
        waiting: dict[str, int] = {}
        if self.roster.authority is not None:
            from silog_core.custody.device_store import sealed_parts

            read, waiting = sealed_parts(read)
        # The earlier part of a device's log goes first, whatever order the files have.
        read.sort(key=lambda log: (log.device, _begin(log), log.sequence))
        added, known = 0, 0
        forks: list[tuple[str, int]] = []
        while read:
            # A later part of a device's log joins what its earlier part wrote.
            first = {log.device: log for log in reversed(read)}
            for one in self._retried(lambda first=first: self._merge(first.values())):  # type: ignore[misc]
                added, known = added + one.added, known + one.known
                forks += one.forks
            read = [log for log in read if first[log.device] is not log]
        return Merged(added, known, tuple(sorted(set(forks))), tuple(sorted(waiting.items())))

    def go_on(self, device: str) -> DeviceLog:
        """Return an empty log that goes on where the ledger ends for a device."""
        log = DeviceLog(device, genesis=self.genesis)
        log.sequence, log.head = self._log.tip(device)
        return log

    def enrol(
        self, devices: Iterable[DeviceKey] = (), witnesses: Iterable[PublicKey] = ()
    ) -> int:
        """Add or revoke keys, from here on; return the new size."""
        record = roster_record(
            self.origin, signer=self._log.signer, devices=devices, witnesses=witnesses
        )
        return self._retried(lambda: self._write([record]))

    def add_cosignatures(self, note: str) -> None:
        """Keep a checkpoint that witnesses signed.

        Raises:
            SignatureError: A signature does not hold, or is of nobody in the roster.
            LedgerError: It is no checkpoint of this ledger.
        """
        from silog_core.custody.cosigning import checked

        row = checked(self, note).encode()
        self._retried(lambda: self.store.append(WITNESSED, [row], after=self._witnessed()))

    def cosigned(self, *, witnesses: int = 1, above: int = 0) -> str:
        """Return the newest checkpoint larger than *above* that enough witnesses signed.

        Raises:
            LedgerError: There is none.
        """
        from silog_core.custody.cosigning import cosigned

        return cosigned(self, witnesses=witnesses, above=above)

    def _append(self, batch: list[bytes], device: str, signer: Signer | None) -> int:
        sequence, link = self._log.tip(device)
        if self.roster.authority is not None:
            self._check_bodies(device, batch, sequence)
        records, leaves = chained(device, batch, sequence=sequence, link=link)
        run = Run(device, sequence + 1, len(records), self.size)
        if self.roster.authority is not None:
            if signer is None or self.roster.key(device, signer.key.text) is None:
                raise _no_key(device)
            last = sequence + len(records)
            records.append(seal(self.genesis, device, last, leaves[-1], signer))
            leaves.append(leaf_hash(records[-1]))
        self._log.write(records, leaves=leaves, runs=[run])
        return self.size

    def _merge(self, logs: Iterable[DeviceLog]) -> list[Merged]:
        told = [self._fresh(log) for log in logs]
        self._write([record for _one, records in told for record in records])
        return [one for one, _records in told]

    def _fresh(self, log: DeviceLog) -> tuple[Merged, list[bytes]]:
        """Return what a log adds: counted, and as records; it is checked, not written."""
        if log.genesis != self.genesis:
            raise ForeignChainError(
                f"the log of {log.device} belongs to another ledger",
                f"give one of {self.origin}",
            )
        top, tip = self._log.tip(log.device)
        fresh: list[bytes] = []
        entries: list[Entry] = []
        known, forks, head = 0, [], tip
        for record in log.records:
            entry = Entry.parse(record)
            if entry is None:
                if fresh:
                    fresh.append(record)
                continue
            if entry.sequence <= top:
                same = self._log.known(log.device, entry.sequence)
                if record in same:
                    known += 1
                    continue
                forks.append((log.device, entry.sequence))
            if not fresh:
                self._check_joins(entry)
            fresh.append(record)
            entries.append(entry)
            head = leaf_hash(record)
        if not entries:
            return Merged(0, known), []
        if self.roster.authority is not None:
            first = entries[0].sequence - 1
            self._check_bodies(log.device, [entry.body for entry in entries], first)
            self._check_seals(log, fresh, head)
        return Merged(len(entries), known, tuple(forks)), fresh

    def _check_joins(self, entry: Entry) -> None:
        before = entry.sequence - 1
        links = (
            [leaf_hash(one) for one in self._log.known(entry.device, before)]
            if before
            else [self.genesis]
        )
        if entry.link not in links:
            raise ForeignChainError(
                f"the log of {entry.device} begins at {entry.sequence}, and does not join"
                f" what the ledger has of it, up to {self.sequence(entry.device)}",
                _CHAIN_FIX,
            )

    def _check_bodies(self, device: str, bodies: Sequence[bytes], sequence: int) -> None:
        roles = self.roster.roles(device)
        for place, body in enumerate(bodies, sequence + 1):
            why = refusal(body, device=device, sequence=place, roles=roles)
            if why is not None:
                raise NotAllowedError(
                    f"{device} may not record its event {place}: the {why} does not fit",
                    f"its roles are {', '.join(sorted(roles)) or 'none'}; see the catalogue",
                )

    def _check_seals(self, log: DeviceLog, records: Sequence[bytes], head: bytes) -> None:
        last = Seal.parse(records[-1])
        key = self.roster.key(log.device, last.key) if last else None
        if last is None or key is None:
            raise _no_key(log.device)
        message = sealed_text(self.genesis, log.device, last.sequence, head)
        if last.sequence != log.sequence or not signature_holds(
            key.raw, message, last.signature
        ):
            raise SignatureError(f"the seal on the log of {log.device} is broken", _CHAIN_FIX)

    def _witnessed(self) -> int:
        return self.store.end(WITNESSED)

    def _write(self, records: Sequence[bytes]) -> int:
        self._log.write(records)
        return self.size

    def _retried(self, work: Callable[[], _Result]) -> _Result:
        for left in reversed(range(TRIES)):
            try:
                return work()
            except StaleWriteError:
                if not left:
                    raise
                self._log.refresh()
        raise AssertionError


def _begin(log: DeviceLog) -> int:
    return next((e.sequence for e in map(Entry.parse, log.records) if e is not None), 0)


def _no_key(device: str) -> SignatureError:
    return SignatureError(
        f"the events of {device} are not sealed by a key that the roster has for it",
        "seal them with the device's key, or enrol the key first",
    )
