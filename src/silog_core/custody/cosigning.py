"""What witnesses signed: taken into the ledger, and found again for proofs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from silog_core.custody.checkpoint import Checkpoint, SignedNote
from silog_core.custody.signing import COSIGNER
from silog_core.custody.tiles import Tiles
from silog_core.errors import LedgerError, SignatureError

if TYPE_CHECKING:
    from silog_core.custody.ledger import Ledger


def checked(ledger: Ledger, note: str) -> str:
    """Return *note* if it is a checkpoint of the ledger, signed by keys of its roster.

    Raises:
        SignatureError: A signature does not hold, or is of nobody in the roster.
        LedgerError: It is no checkpoint of this ledger.
    """
    opened = SignedNote.parse(note)
    head = Checkpoint.of(opened)
    at_size = head.size <= ledger.size and Tiles(ledger.store).frontier(head.size).root()
    if head.origin != ledger.origin or at_size != head.root:
        raise LedgerError("this is no checkpoint of this ledger", "give its own")
    roster = ledger.roster
    trusted = [*roster.witnesses, *([roster.authority] if roster.authority else [])]
    if len(opened.signers(trusted)) != len(opened.signatures):
        raise SignatureError(
            "somebody signed who is not in the roster",
            "enrol the witness first: silog ledger enrol --witness",
        )
    return note


def cosigned(ledger: Ledger, *, witnesses: int, above: int) -> str:
    """Return the newest checkpoint larger than *above* that enough witnesses signed.

    Signatures that came one by one stand below one text.

    Raises:
        LedgerError: There is none.
    """
    from silog_core.custody.ledger import WITNESSED

    merged: dict[str, SignedNote] = {}
    for row in ledger.store.read(WITNESSED):
        note = SignedNote.parse(row.decode())
        for signature in note.signatures:
            merged[note.text] = merged.get(note.text, SignedNote(note.text)).with_signature(
                signature
            )
    best: tuple[int, str] = (0, "")
    for note in merged.values():
        size = Checkpoint.of(note).size
        if size > max(above, best[0]) and _count(ledger, note) >= witnesses:
            best = size, str(note)
    if not best[1]:
        raise LedgerError(
            f"no checkpoint larger than {above} is signed by {witnesses} witnesses",
            "take the newest checkpoint to witnesses: silog ledger witness",
        )
    return best[1]


def _count(ledger: Ledger, note: SignedNote) -> int:
    return sum(key.kind == COSIGNER for key in note.signers(ledger.roster.witnesses))
