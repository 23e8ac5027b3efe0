"""A witness that remembers in a store of its own what it signed, and asks in a file."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

import attrs

from silog_core.custody.checkpoint import Checkpoint, SignedNote
from silog_core.custody.signing import PublicKey, Signer, from_base64
from silog_core.custody.witness import Witness
from silog_core.errors import ProofError, SignatureError
from silog_core.ports.store import Store

if TYPE_CHECKING:
    from silog_core.custody.ledger import Ledger


@attrs.frozen
class WitnessRequest:
    r"""What a ledger asks a witness to sign, as C2SP's tlog-witness writes it.

    Example:
        >>> request = WitnessRequest(1, (bytes(32),), "origin\n2\nroot\n\n")
        >>> WitnessRequest.parse(request.text()) == request
        True
    """

    #: Size of the checkpoint that the witness signed before.
    old: int
    #: Consistency proof from there to the new checkpoint.
    proof: tuple[bytes, ...]
    #: The new checkpoint, signed.
    note: str

    def text(self) -> str:
        """Return the request as a file."""
        lines = [f"old {self.old}", *(b64encode(one).decode() for one in self.proof)]
        return "\n".join(lines) + "\n\n" + self.note

    @classmethod
    def parse(cls, text: str) -> WitnessRequest:
        """Return the request that `text` wrote.

        Raises:
            ProofError: It did not.
        """
        head, _, note = text.partition("\n\n")
        first, *lines = head.split("\n")
        try:
            proof = tuple(from_base64(line, "a hash") for line in lines)
            found = cls(int(first.removeprefix("old ")), proof, note)
        except ValueError as wrong:
            raise ProofError(f"this asks no witness: {wrong}", _FIX) from wrong
        if found.text() != text:
            raise ProofError("this asks no witness, or not in its canonical form", _FIX)
        return found


_FIX = "make it anew: silog ledger checkpoint --since SIZE"


def request_of(ledger: Ledger, old: int) -> WitnessRequest:
    """Return what *ledger* asks of a witness that signed it at size *old* before; 0 if never.

    Raises:
        ProofError: The ledger has not been so large.
    """
    note = ledger.checkpoint()
    size = Checkpoint.of(SignedNote.parse(note)).size
    return WitnessRequest(old, tuple(ledger.consistency(old, size)), note)


class WitnessBook:
    """Cosigns, and writes down what it signed before anybody sees the signature.

    Example:
        >>> from silog_core.custody.ledger import Ledger
        >>> from silog_core.custody.signing import COSIGNER, FileSigner
        >>> from silog_core.storage import MemoryStore
        >>> office = FileSigner.generate("kpu-12.71")
        >>> ledger = Ledger.init(MemoryStore(), origin="silog/12.71", signer=office)
        >>> paper = FileSigner.generate("harian", COSIGNER)
        >>> book = WitnessBook(MemoryStore(), paper, keys=[office.key])
        >>> request = request_of(ledger, book.last("silog/12.71").size)
        >>> _ = book.cosign(request.note, request.proof, time_s=1_732_600_000)
        >>> book.last("silog/12.71").size
        1
    """

    def __init__(self, store: Store, signer: Signer, *, keys: Iterable[PublicKey]) -> None:
        """Go on with what *store* has.

        Args:
            store: The witness's own, and nobody else's; not the ledger's.
            signer: Private key of kind `silog_core.custody.signing.COSIGNER`.
            keys: Keys of the ledgers that it watches.
        """
        self._store, self._signer, self._keys = store, signer, tuple(keys)

    def last(self, origin: str) -> Checkpoint:
        """Return the last checkpoint of a ledger that it signed; size 0 if none.

        Raises:
            SignatureError: Its own book was changed.
        """
        end = self._store.end(_stream(origin))
        if not end:
            return Checkpoint(origin, 0, bytes(32))
        note = SignedNote.parse(self._store.read(_stream(origin), after=end - 1)[0].decode())
        found = Checkpoint.of(note)
        if note.signature_of(self._signer.key) is None or found.origin != origin:
            raise SignatureError(
                f"the book of {self._signer.key.name} was changed",
                "do not sign; find out who changed it",
            )
        return found

    def cosign(self, note: str, proof: Sequence[bytes], *, time_s: int) -> str:
        """Return the note with this witness's signature.

        Args:
            note: A checkpoint signed by the ledger.
            proof: Consistency proof from the size of `last` to its size.
            time_s: The witness's own time [s since 1970].

        Raises:
            SignatureError: The ledger did not sign it.
            WitnessRefusedError: It does not go on from the last one signed.
            StaleWriteError: The same book signed something else meanwhile.
        """
        origin = Checkpoint.of(SignedNote.parse(note)).origin
        end, last = self._store.end(_stream(origin)), self.last(origin)
        seen = {origin: last} if last.size else {}
        signed = Witness(self._signer, self._keys, seen).cosign(note, proof, time_s=time_s)
        self._store.append(_stream(origin), [signed.encode()], after=end)
        return signed


def _stream(origin: str) -> str:
    return f"signed/{origin}"
