"""Proof files: size and root only from the signed checkpoint, and every byte counts."""

from __future__ import annotations

import attrs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from silog_core.custody.checkpoint import Checkpoint, SignedNote
from silog_core.custody.ledger import Ledger
from silog_core.custody.proofs import Proof, verify_proof
from silog_core.custody.roster import DeviceKey
from silog_core.custody.signing import COSIGNER, FileSigner
from silog_core.custody.witness import Witness
from silog_core.errors import ProofError, SignatureError
from silog_core.storage import MemoryStore

OFFICE, PAPER, PARTY = (
    FileSigner(name, bytes([n]) * 32, kind)
    for n, (name, kind) in enumerate([("kpu", 1), ("harian", COSIGNER), ("saksi", COSIGNER)])
)


def grown(sizes):
    """Proofs of a growing ledger: by its size, the proof of each record."""
    key = DeviceKey("d", OFFICE.key, frozenset({"operator"}))
    ledger = Ledger.init(MemoryStore(), origin="silog/p", signer=OFFICE, devices=[key])
    proofs = {}
    for number in range(1, sizes):
        body = b'{"author":["operator","1"],"device":"d","kind":"packed","seq":%d}' % number
        ledger.append([body], device="d", signer=OFFICE)
        proofs[ledger.size] = [ledger.prove(index) for index in range(ledger.size)]
    return proofs


PROOFS = grown(9)
SIZES = sorted(PROOFS)


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_an_honest_proof_with_another_size_is_refused(data):
    """Another true checkpoint of the same ledger, or another place, proves nothing."""
    one, other = data.draw(st.lists(st.sampled_from(SIZES), min_size=2, max_size=2))
    index = data.draw(st.integers(0, min(one, other) - 1))
    proof = attrs.evolve(PROOFS[one][index], note=PROOFS[other][0].note)
    moved = data.draw(st.integers(-1, one))

    if one == other:
        assert one == verify_proof(proof, keys=[OFFICE.key]).checkpoint.size
    else:
        with pytest.raises(ProofError):
            verify_proof(proof, keys=[OFFICE.key])
    if moved != index:
        with pytest.raises(ProofError):
            verify_proof(attrs.evolve(PROOFS[one][index], index=moved), keys=[OFFICE.key])


@pytest.mark.parametrize("size", [*range(30), 1 << 40])
def test_a_size_that_nobody_signed_is_refused(size):
    """The size is what the office signed: any other in its place breaks the signature."""
    proof = PROOFS[SIZES[-1]][3]
    note = SignedNote.parse(proof.note)
    head = Checkpoint.of(note)
    forged = attrs.evolve(note, text=attrs.evolve(head, size=size).text())
    if size == head.size:
        assert size == verify_proof(proof, keys=[OFFICE.key]).checkpoint.size
        return
    with pytest.raises(SignatureError):
        verify_proof(attrs.evolve(proof, note=str(forged)), keys=[OFFICE.key])


def test_every_byte_of_a_proof_counts():
    """Any one byte changed, left out or doubled: refused, or it is no other statement."""
    proof = PROOFS[SIZES[-1]][4]
    data = proof.text().encode()
    missed = []
    for place in range(len(data)):
        for changed in (
            data[:place] + bytes([data[place] ^ 1]) + data[place + 1 :],
            data[:place] + data[place + 1 :],
            data[:place] + data[place : place + 1] + data[place:],
        ):
            if changed == data:
                continue
            try:
                verify_proof(changed.decode("utf-8", "replace"), keys=[OFFICE.key])
            except (ProofError, SignatureError):
                continue
            missed.append((place, changed))

    assert [] == missed


def test_a_proof_needs_as_many_witnesses_as_are_asked_for():
    """k of n: two of three signed; two are enough, three are not, and who is unknown counts not."""
    ledger = Ledger.init(
        MemoryStore(), origin="silog/w", signer=OFFICE, witnesses=[PAPER.key, PARTY.key]
    )
    for signer in (PAPER, PARTY):
        witness = Witness(signer, (OFFICE.key,))
        ledger.add_cosignatures(witness.cosign(ledger.checkpoint(), [], time_s=1))
    ledger.enrol([DeviceKey("d", OFFICE.key, frozenset({"operator"}))])
    proof = Proof.parse(ledger.prove(0, witnesses=2).qr_text())
    stranger = FileSigner("lain", bytes([9]) * 32, COSIGNER).key
    keys = [OFFICE.key, PAPER.key, PARTY.key, stranger]

    assert 1 == verify_proof(proof, keys=keys, witnesses=2).checkpoint.size
    for known, count in ((keys, 3), ([OFFICE.key, PAPER.key, stranger], 2)):
        with pytest.raises(SignatureError):
            verify_proof(proof, keys=known, witnesses=count)
