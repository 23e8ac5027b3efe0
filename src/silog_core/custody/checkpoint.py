"""Signed checkpoints: size and root of a record, as C2SP's tlog-checkpoint writes them."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterable

import attrs

from silog_core.custody.merkle import HASH_BYTES
from silog_core.custody.signing import (
    COSIGNER,
    PublicKey,
    Signer,
    check_name,
    from_base64,
    signature_holds,
)
from silog_core.errors import SignatureError

_DASH = "\u2014 "
_COPY = "take the text as it was published, to the last line"
_TIME_BYTES = 8


@attrs.frozen
class NoteSignature:
    """One line below a signed text."""

    name: str
    key_hash: bytes
    #: The signature; before it, for a witness, its time in eight bytes.
    body: bytes

    @property
    def time_s(self) -> int:
        """When a witness signed [s since 1970]."""
        return int.from_bytes(self.body[:_TIME_BYTES], "big")

    def line(self) -> str:
        """Return the line, with its end."""
        return f"{_DASH}{self.name} {b64encode(self.key_hash + self.body).decode()}\n"


@attrs.frozen
class SignedNote:
    """A text and the signatures below it, in C2SP's signed-note form."""

    text: str
    signatures: tuple[NoteSignature, ...] = ()

    def __str__(self) -> str:
        return self.text + "\n" + "".join(one.line() for one in self.signatures)

    @classmethod
    def parse(cls, note: str) -> SignedNote:
        """Return the note; a byte out of place is an error.

        Raises:
            SignatureError: It is not in this form.
        """
        text, sign, below = note.rpartition("\n\n")
        if not sign or (below and not below.endswith("\n")):
            raise SignatureError("this is not a signed text", _COPY)
        return cls(text + "\n", tuple(_line(one) for one in below.split("\n")[:-1]))

    def signed(self, signer: Signer) -> SignedNote:
        """Return the note with one signature more."""
        key = signer.key
        body = signer.sign(self.text.encode())
        return self.with_signature(NoteSignature(key.name, key.key_hash, body))

    def with_signature(self, one: NoteSignature) -> SignedNote:
        """Return the note with one signature more, once."""
        rest = tuple(
            old
            for old in self.signatures
            if (old.name, old.key_hash) != (one.name, one.key_hash)
        )
        return attrs.evolve(self, signatures=(*rest, one))

    def signature_of(self, key: PublicKey) -> NoteSignature | None:
        """Return the signature that *key* made.

        Raises:
            SignatureError: There is one in its name, and it does not hold.
        """
        for one in self.signatures:
            if (one.name, one.key_hash) != (key.name, key.key_hash):
                continue
            message, body = self.text, one.body
            if key.kind == COSIGNER:
                message, body = cosigned_text(one.time_s, message), body[_TIME_BYTES:]
            if not signature_holds(key.raw, message.encode(), body):
                raise SignatureError(
                    f"the signature of {key.name} does not hold",
                    "do not trust this text; ask the signer for the one it signed",
                )
            return one
        return None

    def signers(self, keys: Iterable[PublicKey]) -> tuple[PublicKey, ...]:
        """Return those of *keys* that signed.

        Raises:
            SignatureError: One of them has a signature that does not hold.
        """
        return tuple(key for key in keys if self.signature_of(key) is not None)


@attrs.frozen
class Checkpoint:
    """How long a record is, and the root hash of all of it.

    Example:
        >>> print(Checkpoint("silog/12", 0, bytes(32)).text(), end="")
        silog/12
        0
        AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=
    """

    origin: str
    size: int
    root: bytes = attrs.field(repr=bytes.hex)
    #: Which checkpoint of its ledger it is, from 1, so that none can be left out
    #: unseen; an extension line of C2SP's form. 0 says nothing of it.
    number: int = 0

    def text(self) -> str:
        """Return the text that is signed."""
        more = f"checkpoint {self.number}\n" if self.number else ""
        return f"{self.origin}\n{self.size}\n{b64encode(self.root).decode()}\n{more}"

    @classmethod
    def of(cls, note: SignedNote) -> Checkpoint:
        """Return what a note says; it does not say who signed it.

        Raises:
            SignatureError: It is no checkpoint.
        """
        lines = note.text.split("\n")
        word, _, number = (
            lines[3].partition(" ") if len(lines) == 5 else ("checkpoint", "", "0")
        )
        numbers = (lines[1], number) if len(lines) in {4, 5} else ("",)
        if word != "checkpoint" or not all(n.isascii() and n.isdecimal() for n in numbers):
            raise SignatureError("this is no checkpoint", _COPY)
        try:
            root, size = from_base64(lines[2], "a root"), int(lines[1])
            found = cls(check_name(lines[0]), size, root, int(number))
        except ValueError as wrong:
            raise SignatureError("this is no checkpoint", _COPY) from wrong
        if found.text() != note.text or len(root) != HASH_BYTES:
            raise SignatureError("this checkpoint is not in its canonical form", _COPY)
        return found


def open_checkpoint(
    note: str, *, keys: Iterable[PublicKey], origin: str | None = None, witnesses: int = 0
) -> Checkpoint:
    """Return the checkpoint in *note*, if whom you trust has signed it.

    Args:
        note: The signed text.
        keys: Keys of the ledger and of witnesses, from a source that you trust.
        origin: Name of the ledger that it has to be of.
        witnesses: How many witnesses must have signed besides.

    Raises:
        SignatureError: The text is damaged, of another ledger, or not signed enough.
    """
    opened = SignedNote.parse(note)
    found = Checkpoint.of(opened)
    if origin is not None and found.origin != origin:
        raise SignatureError(f"this is a checkpoint of {found.origin}", f"give {origin}'s")
    trusted = tuple(keys)
    signers = opened.signers(trusted)
    if not any(key.kind != COSIGNER for key in signers):
        raise SignatureError(
            f"the checkpoint of {found.origin} is not signed by a key that you gave",
            "give the key that its office published",
        )
    cosigned = sum(key.kind == COSIGNER for key in signers)
    if cosigned < witnesses:
        raise SignatureError(
            f"{cosigned} witnesses signed, {witnesses} are asked for",
            "take the checkpoint to more witnesses",
        )
    return found


def cosigned_text(time_s: int, text: str) -> str:
    """Return what a witness signs: C2SP's cosignature, version 1."""
    return f"cosignature/v1\ntime {time_s}\n{text}"


def _line(line: str) -> NoteSignature:
    words = line.split(" ")
    if len(words) != 3 or words[0] != _DASH[0]:
        raise SignatureError(f"this is no signature line: {line[:60]!r}", _COPY)
    data = from_base64(words[2], "a signature")
    if len(data) <= 4:
        raise SignatureError(f"the signature of {words[1]} is cut short", _COPY)
    return NoteSignature(check_name(words[1]), data[:4], data[4:])
