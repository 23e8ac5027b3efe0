"""Witnesses: they sign only a record that goes on from what they signed before."""

from __future__ import annotations

from collections.abc import Sequence

import attrs

from silog_core.custody.checkpoint import (
    Checkpoint,
    NoteSignature,
    SignedNote,
    cosigned_text,
    open_checkpoint,
)
from silog_core.custody.merkle import EMPTY_ROOT, check_consistency
from silog_core.custody.signing import COSIGNER, PublicKey, Signer
from silog_core.errors import ProofError, SignatureError, WitnessRefusedError


@attrs.define
class Witness:
    """Someone outside of the ledger's office, such as Bawaslu, a party or a paper.

    It remembers one checkpoint a ledger: the last that it signed. Two views of one
    ledger for two audiences can then not both be signed.
    """

    signer: Signer
    #: Keys of the ledgers that it watches.
    keys: tuple[PublicKey, ...]
    #: The last checkpoint signed, by origin; keep it between sessions.
    seen: dict[str, Checkpoint] = attrs.field(factory=dict)

    def __attrs_post_init__(self) -> None:
        if self.signer.key.kind != COSIGNER:
            raise SignatureError("this key is no witness's", "make one of kind COSIGNER")

    def last_size(self, origin: str) -> int:
        """Return the size from which a consistency proof has to lead."""
        return self.seen[origin].size if origin in self.seen else 0

    def cosign(self, note: str, proof: Sequence[bytes], *, time_s: int) -> str:
        """Return the note with this witness's signature.

        Args:
            note: A checkpoint signed by the ledger.
            proof: Consistency proof from `last_size` to its size.
            time_s: The witness's own time [s since 1970].

        Raises:
            SignatureError: The ledger did not sign it.
            WitnessRefusedError: It does not go on from the last one signed.
        """
        head = open_checkpoint(note, keys=self.keys)
        before = self.seen.get(head.origin, Checkpoint(head.origin, 0, EMPTY_ROOT))
        try:
            check_consistency(
                size1=before.size,
                size2=head.size,
                proof=proof,
                root1=before.root,
                root2=head.root,
            )
        except ProofError as wrong:
            raise WitnessRefusedError(
                f"{head.origin} at {head.size} does not go on from {before.size}, which"
                f" {self.signer.key.name} signed: {wrong.problem}",
                "compare both checkpoints with what others have seen; one record was changed",
            ) from wrong
        opened = SignedNote.parse(note)
        message = cosigned_text(time_s, opened.text).encode()
        body = time_s.to_bytes(8, "big") + self.signer.sign(message)
        key = self.signer.key
        signed = opened.with_signature(NoteSignature(key.name, key.key_hash, body))
        self.seen[head.origin] = head
        return str(signed)
