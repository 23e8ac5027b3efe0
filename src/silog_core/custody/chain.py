"""Records: entries of devices, each chained to the one before, and their seals.

An entry is a line, ``e1 DEVICE SEQUENCE LINK``, and the bytes of an event. LINK is the
leaf hash of the device's entry before, or of the ledger's first record; so what a device
recorded while offline cannot be changed, left out or moved afterwards. A seal is a line,
``s1 DEVICE SEQUENCE KEY``, and a signature over the device's chain so far.
"""

from __future__ import annotations

import re
from base64 import b64encode
from binascii import a2b_base64, b2a_base64
from collections.abc import Iterable, Sequence
from hashlib import sha256

import attrs

from silog_core.custody.framing import framed, unframed
from silog_core.custody.signing import Signer, check_name, from_base64
from silog_core.errors import ForeignChainError
from silog_core.ports.store import Store

ENTRY, SEAL = b"e1 ", b"s1 "
_HEADER = re.compile(
    rb"e1 ([^ \n]{1,800}) ([1-9][0-9]{0,15}) ([A-Za-z0-9+/]{42}[AEIMQUYcgkosw048]=)"
)
_SEAL = re.compile(
    rb"s1 ([^ \n]{1,800}) ([1-9][0-9]{0,15}) ([^ \n]{1,800})\n([A-Za-z0-9+/=]+)"
)
_MAGIC = b"silog-device-log/1\n"


@attrs.frozen
class Entry:
    """One event as a device recorded it."""

    device: str
    sequence: int
    #: Leaf hash of the device's entry before it.
    link: bytes
    #: Canonical bytes of the event.
    body: bytes

    @classmethod
    def parse(cls, record: bytes) -> Entry | None:
        """Return the entry in a record, or None if it is something else."""
        head, sign, body = record.partition(b"\n")
        found = _HEADER.fullmatch(head)
        if not sign or found is None:
            return None
        try:
            device = found[1].decode()
        except ValueError:
            return None
        # The pattern lets in just the one way to write 32 bytes.
        return cls(device, int(found[2]), a2b_base64(found[3]), body)


@attrs.frozen
class Seal:
    """A device's signature over its chain up to an entry."""

    device: str
    sequence: int
    #: Text of the key that signed.
    key: str
    signature: bytes

    @classmethod
    def parse(cls, record: bytes) -> Seal | None:
        """Return the seal in a record, or None if it is something else."""
        found = _SEAL.fullmatch(record)
        if found is None:
            return None
        try:
            signature = from_base64(found[4].decode(), "a seal")
            return cls(found[1].decode(), int(found[2]), found[3].decode(), signature)
        except ValueError:
            return None

    def record(self) -> bytes:
        """Return the record that says so."""
        head = f"s1 {self.device} {self.sequence} {self.key}\n"
        return head.encode() + b64encode(self.signature)


def header(device: bytes, sequence: int, link: bytes) -> bytes:
    """Return the first line of an entry, without its end."""
    return b"e1 %b %d %b" % (device, sequence, b2a_base64(link, newline=False))


def chained(
    device: str, bodies: Iterable[bytes], *, sequence: int, link: bytes
) -> tuple[list[bytes], list[bytes]]:
    """Return the entries that go on from *sequence* and *link*, and their leaf hashes."""
    name, sha, base64 = device.encode(), sha256, b2a_base64
    records, leaves = [], []
    for body in bodies:
        sequence += 1
        record = b"e1 %b %d %b\n%b" % (name, sequence, base64(link, newline=False), body)
        link = sha(b"\x00" + record).digest()
        records.append(record)
        leaves.append(link)
    return records, leaves


def sealed_text(genesis: bytes, device: str, sequence: int, head: bytes) -> bytes:
    """Return what a device signs: which ledger, how far, and the hash of all of it."""
    return (
        f"silog/device-head/v1\n{b64encode(genesis).decode()}\n{device}\n{sequence}\n"
        f"{b64encode(head).decode()}\n"
    ).encode()


def seal(genesis: bytes, device: str, sequence: int, head: bytes, signer: Signer) -> bytes:
    """Return the record with which *signer* answers for a device's chain so far."""
    signature = signer.sign(sealed_text(genesis, device, sequence, head))
    return Seal(device, sequence, signer.key.text, signature).record()


class DeviceLog:
    """What a device records while it is offline; `silog_core.Ledger.merge` takes it.

    Example:
        >>> log = DeviceLog("phone-7", genesis=bytes(32))
        >>> log.append([b"opened", b"counted"])
        2
        >>> DeviceLog.parse(log.dump()).sequence
        2
    """

    def __init__(self, device: str, *, genesis: bytes, store: Store | None = None) -> None:
        """Begin, or go on with what *store* has.

        Args:
            device: Name of the device, given out by the ledger's office.
            genesis: Leaf hash of the ledger's first record, `silog_core.Ledger.genesis`.
            store: Keeps the log durably; without it the log lasts as long as the process.
        """
        self.device, self.genesis = check_name(device), genesis
        self._store = store
        self._stream = f"chain/{device}"
        self.records: list[bytes] = store.read(self._stream) if store else []
        self.sequence, self.head = 0, genesis
        for record in self.records:
            self._follow(record)

    def append(self, bodies: Sequence[bytes]) -> int:
        """Add events; return the sequence number of the last one."""
        new, leaves = chained(self.device, bodies, sequence=self.sequence, link=self.head)
        self._keep(new)
        if leaves:
            self.sequence, self.head = self.sequence + len(leaves), leaves[-1]
        return self.sequence

    def seal(self, signer: Signer) -> None:
        """Sign everything so far; a signed ledger takes nothing that is not."""
        self._keep([seal(self.genesis, self.device, self.sequence, self.head, signer)])

    def dump(self, *, after: int = 0, sealed: bool = False) -> bytes:
        """Return the log as a file, from behind sequence number *after*.

        With *sealed*, entries behind the last seal are left out.
        """
        kept, reached = [], 0
        records = self.records
        if sealed:
            ends = [n for n, record in enumerate(records, 1) if Seal.parse(record)]
            records = records[: max(ends, default=0)]
        for record in records:
            entry = Entry.parse(record)
            reached = entry.sequence if entry else reached
            if reached > after:
                kept.append(record)
        head = f"{self.device}\n{b64encode(self.genesis).decode()}\n"
        return _MAGIC + head.encode() + b"".join(framed(record) for record in kept)

    @classmethod
    def parse(cls, data: bytes) -> DeviceLog:
        """Return the log that `dump` wrote.

        Raises:
            ForeignChainError: It did not, or something in it was changed.
        """
        lines = data.split(b"\n", 3)
        if not data.startswith(_MAGIC) or len(lines) != 4:
            raise ForeignChainError("this is no log of a device", "name a file of silog")
        try:
            log = cls(lines[1].decode(), genesis=from_base64(lines[2].decode(), "a hash"))
        except ValueError as wrong:
            raise ForeignChainError("the log's first lines are damaged", _FIX) from wrong
        for record in unframed(lines[3]):
            if not log.records:
                first = Entry.parse(record)
                if first and first.sequence > 1:  # the log goes on from an earlier one
                    log.sequence, log.head = first.sequence - 1, first.link
            log._follow(record)
            log.records.append(record)
        return log

    def _keep(self, records: list[bytes]) -> None:
        if self._store is not None:
            self._store.append(self._stream, records, after=len(self.records))
        self.records.extend(records)

    def _follow(self, record: bytes) -> None:
        line = record.partition(b"\n")[0]
        if line == header(self.device.encode(), self.sequence + 1, self.head):
            self.sequence += 1
            self.head = sha256(b"\x00" + record).digest()
            return
        found = Seal.parse(record)
        if found is None or (found.device, found.sequence) != (self.device, self.sequence):
            raise ForeignChainError(
                f"the log of {self.device} is broken behind entry {self.sequence}", _FIX
            )


_FIX = "fetch the log from the device again; if it is still broken, keep it as evidence"
