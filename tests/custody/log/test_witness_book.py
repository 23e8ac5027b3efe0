"""A witness's book: whatever it is shown in whatever order, it never signs two stories."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from silog_core.custody.checkpoint import Checkpoint, SignedNote
from silog_core.custody.ledger import Ledger
from silog_core.custody.roster import DeviceKey
from silog_core.custody.signing import COSIGNER, FileSigner
from silog_core.custody.witness_book import WitnessBook, WitnessRequest, request_of
from silog_core.errors import ProofError, SignatureError, StaleWriteError, WitnessRefusedError
from silog_core.storage import MemoryStore

OFFICE, PAPER = FileSigner("kpu", bytes(32)), FileSigner("harian", bytes(32), COSIGNER)
FORK = 5


def heads():
    """Two ledgers that tell one story up to a size, and two from there on."""
    told = []
    for ending in (b"a", b"b"):
        key = DeviceKey("d", OFFICE.key, frozenset({"operator"}))
        ledger = Ledger.init(MemoryStore(), origin="silog/w", signer=OFFICE, devices=[key])
        for number in range(1, 9):
            form = (
                b'{"author":["operator","1"],"device":"d","kind":"packed","n":"%b","seq":%d}'
            )
            body = form % (ending if number >= FORK else b"", number)
            ledger.append([body], device="d", signer=OFFICE)
            told.append((ledger, ledger.checkpoint(), ledger.size))
    return told


HEADS = heads()


def asked(ledger, note, size, old):
    """Ask for a head of a ledger, from any old size that it has had."""
    return WitnessRequest(old, tuple(ledger.consistency(old, size)), note)


@settings(max_examples=80, deadline=None)
@given(st.lists(st.integers(0, len(HEADS) - 1), max_size=12))
def test_two_stories_are_never_both_signed(order):
    """All that was ever signed is of one story, and no head shrinks."""
    store = MemoryStore()
    book = WitnessBook(store, PAPER, keys=[OFFICE.key])
    for place in order:
        ledger, note, size = HEADS[place]
        old = min(book.last("silog/w").size, size)
        try:
            request = asked(ledger, note, size, old)
            book.cosign(request.note, request.proof, time_s=1)
        except WitnessRefusedError:
            pass
    signed = [
        Checkpoint.of(SignedNote.parse(row.decode())) for row in store.read("signed/silog/w")
    ]
    stories = [
        {Checkpoint.of(SignedNote.parse(note)).root for _, note, _ in half}
        for half in (HEADS[:8], HEADS[8:])
    ]

    assert any({head.root for head in signed} <= story for story in stories)
    assert [head.size for head in signed] == sorted(head.size for head in signed)
    assert not order or signed


def test_two_runs_with_one_book_do_not_both_sign():
    """Of two that read the book at once, the second is told that the first was faster."""

    class Late(MemoryStore):
        """Somebody else signs between reading and writing."""

        def append(self, stream, events, *, after):
            super().append(stream, [b"another"], after=after)
            return super().append(stream, events, after=after)

    ledger, note, size = HEADS[3]
    with pytest.raises(StaleWriteError):
        WitnessBook(Late(), PAPER, keys=[OFFICE.key]).cosign(
            note, asked(ledger, note, size, 0).proof, time_s=1
        )


def test_a_book_that_was_changed_signs_nothing():
    """A row that the witness did not sign itself stops it."""
    ledger, note, size = HEADS[3]
    store = MemoryStore()
    store.append("signed/silog/w", [note.encode()], after=0)
    book = WitnessBook(store, PAPER, keys=[OFFICE.key])

    with pytest.raises(SignatureError, match="was changed"):
        book.cosign(note, asked(ledger, note, size, 0).proof, time_s=1)
    with pytest.raises(SignatureError):
        WitnessBook(MemoryStore(), PAPER, keys=[PAPER.key]).cosign(note, (), time_s=1)
    with pytest.raises(SignatureError, match="no witness"):
        WitnessBook(MemoryStore(), OFFICE, keys=[OFFICE.key]).cosign(note, (), time_s=1)


def test_a_request_is_read_as_it_was_written():
    """Its one form, and no other: a changed file is refused before anything is signed."""
    request = request_of(HEADS[7][0], 3)
    text = request.text()

    assert request == WitnessRequest.parse(text)
    for bad in ("", "old x\n\n" + request.note, text.replace("old 3", "old 03"), text[7:]):
        with pytest.raises((ProofError, SignatureError)):
            WitnessRequest.parse(bad)
    with pytest.raises(ProofError):
        request_of(HEADS[7][0], 1000)
