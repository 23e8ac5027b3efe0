"""Proof files: one record, its way to the root, and the signed root; read offline."""

from __future__ import annotations

import zlib
from base64 import b64encode
from collections.abc import Iterable
from typing import TYPE_CHECKING

import attrs

from silog_core.custody.base45 import from_base45, to_base45
from silog_core.custody.chain import Entry
from silog_core.custody.checkpoint import Checkpoint, SignedNote, open_checkpoint
from silog_core.custody.merkle import check_inclusion, leaf_hash
from silog_core.custody.signing import PublicKey, from_base64
from silog_core.custody.tiles import Tiles
from silog_core.errors import ProofError

if TYPE_CHECKING:
    from silog_core.custody.ledger import Ledger

_MAGIC = "silog-proof/1"
#: Begins the text in a QR code; capitals, because QR packs them tighter.
QR_PREFIX = "SILOG1:"
#: Longest text that a QR code takes at its lowest level of correction [letters].
QR_LETTERS = 4296
#: Longest proof that is unpacked from a QR code [bytes].
_LONGEST = 1 << 20
_FIX = "ask for the proof again; if it fails again, keep both and tell the supervisor"


@attrs.frozen
class Proof:
    """That a record is in a ledger, at its place.

    Size and root are those of the signed checkpoint; the proof has no others.
    """

    record: bytes
    index: int
    path: tuple[bytes, ...]
    #: Signed checkpoint.
    note: str
    #: Keys that are said to have signed; compare them with the published ones.
    keys: tuple[PublicKey, ...] = ()

    def text(self) -> str:
        """Return the proof as a file."""
        lines = [_MAGIC, *(f"key {key.text}" for key in self.keys)]
        lines += [f"record {b64encode(self.record).decode()}", f"index {self.index}"]
        lines += [b64encode(one).decode() for one in self.path]
        return "\n".join(lines) + "\n\n" + self.note

    def qr_text(self) -> str:
        """Return the proof as text for a QR code.

        Raises:
            ProofError: It is too long for one.
        """
        found = QR_PREFIX + to_base45(zlib.compress(self.text().encode(), 9))
        if len(found) > QR_LETTERS:
            raise ProofError("the proof is too long for a QR code", "give it as a file")
        return found

    @classmethod
    def parse(cls, text: str) -> Proof:
        """Return the proof that `text` or `qr_text` wrote.

        Raises:
            ProofError: It did not.
        """
        if text.startswith(QR_PREFIX):
            text = _unpacked(text.strip())
        head, sign, note = text.partition("\n\n")
        lines = head.split("\n")
        try:
            count = sum(line.startswith("key ") for line in lines)
            keys = tuple(PublicKey.parse(line[4:]) for line in lines[1 : count + 1])
            (word, record), (place, index) = (one.split(" ") for one in lines[count + 1 :][:2])
            path = tuple(from_base64(one, "a hash") for one in lines[count + 3 :])
            found = cls(from_base64(record, "the record"), int(index), path, note, keys)
        except ValueError as wrong:
            raise ProofError(f"this is no proof: {wrong}", _FIX) from wrong
        if not sign or (word, place) != ("record", "index") or found.text() != text:
            raise ProofError("this is no proof, or not in its canonical form", _FIX)
        return found


@attrs.frozen(kw_only=True)
class Proven:
    """What a proof proves, if you trust the keys."""

    checkpoint: Checkpoint
    index: int
    record: bytes
    #: The entry in the record; None for a seal or a roster.
    entry: Entry | None
    #: Keys whose signatures hold.
    signers: tuple[PublicKey, ...]
    #: The keys were given by the reader, not taken from the proof itself.
    trusted: bool


def prove(ledger: Ledger, index: int, *, witnesses: int = 0) -> Proof:
    """Return the proof of the record at *index*, held against the checkpoint first.

    Args:
        ledger: The ledger.
        index: Place of the record.
        witnesses: How many witnesses must have signed the checkpoint; the newest such
            checkpoint is taken.

    Raises:
        LedgerError: There is no such record, or not so many witnesses signed since.
        ProofError: The index of the ledger is damaged.
    """
    record = ledger.record(index)
    note = (
        ledger.cosigned(witnesses=witnesses, above=index) if witnesses else ledger.checkpoint()
    )
    head = Checkpoint.of(SignedNote.parse(note))
    path = Tiles(ledger.store).inclusion(index, head.size)
    check_inclusion(
        leaf=leaf_hash(record), index=index, size=head.size, proof=path, root=head.root
    )
    authority, opened = ledger.roster.authority, SignedNote.parse(note)
    keys = ((authority,) if authority else ()) + opened.signers(ledger.roster.witnesses)
    return Proof(record, index, tuple(path), note, keys)


def verify_proof(
    proof: Proof | str, *, keys: Iterable[PublicKey] | None = None, witnesses: int = 0
) -> Proven:
    """Hold a proof against a signed checkpoint, without the ledger and without a network.

    Args:
        proof: The proof, its file, or the text of its QR code.
        keys: Keys that you trust, as their offices published them. Without any, the
            proof's own are taken, and the answer says that it is not ``trusted``.
        witnesses: How many of the keys must be witnesses who signed too.

    Raises:
        ProofError: The record is not in the ledger at that place.
        SignatureError: The checkpoint is not signed by the keys.

    Example:
        >>> from silog_core.custody.ledger import Ledger
        >>> from silog_core.custody.signing import FileSigner
        >>> from silog_core.storage import MemoryStore
        >>> office = FileSigner.generate("kpu-12.71")
        >>> ledger = Ledger.init(MemoryStore(), origin="silog/12.71", signer=office)
        >>> proven = verify_proof(ledger.prove(0).qr_text(), keys=[office.key])
        >>> proven.index, proven.checkpoint.size, proven.trusted
        (0, 1, True)
    """
    read = Proof.parse(proof) if isinstance(proof, str) else proof
    trusted = tuple(read.keys if keys is None else keys)
    head = open_checkpoint(read.note, keys=trusted, witnesses=witnesses)
    check_inclusion(
        leaf=leaf_hash(read.record),
        index=read.index,
        size=head.size,
        proof=read.path,
        root=head.root,
    )
    return Proven(
        checkpoint=head,
        index=read.index,
        record=read.record,
        entry=Entry.parse(read.record),
        signers=SignedNote.parse(read.note).signers(trusted),
        trusted=keys is not None,
    )


def qr_svg(text: str) -> str:
    """Return a QR code as an SVG picture; needs ``segno``, the extra ``qr``.

    Raises:
        ProofError: The extra is not installed, or the text is too long.
    """
    try:
        import segno
    except ImportError as wrong:
        raise ProofError("pictures need segno", "pip install silog-core[qr]") from wrong
    try:
        code = segno.make_qr(text, error="l", boost_error=True)
    except ValueError as wrong:
        raise ProofError("the text is too long for a QR code", "give a file") from wrong
    return str(code.svg_inline(scale=4))


def _unpacked(text: str) -> str:
    try:
        reader = zlib.decompressobj()
        data = reader.decompress(from_base45(text[len(QR_PREFIX) :]), _LONGEST)
        if not reader.eof or reader.unused_data:
            raise ProofError("the code is cut short, or too long", _FIX)
        return data.decode()
    except (ValueError, zlib.error) as wrong:
        raise ProofError("the code cannot be read", _FIX) from wrong
