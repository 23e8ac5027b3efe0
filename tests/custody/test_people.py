"""Personal data beside the record: committed to, shown, erased; the proof stays."""

from __future__ import annotations

from contextlib import closing

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from custody_world import honest
from silog_core.custody.checkup import check_up
from silog_core.custody.events import event_bytes
from silog_core.custody.ledger import Ledger
from silog_core.custody.people import MAY_ERASE, MAY_REVEAL, act_holds, erase, reveal
from silog_core.custody.proofs import verify_proof
from silog_core.custody.roster import DeviceKey
from silog_core.custody.signing import FileSigner
from silog_core.custody.verify import verify_ledger
from silog_core.domain.custody_roles import Role
from silog_core.errors import FieldError, FileFormatError, NotAllowedError
from silog_core.ports.people import Opening
from silog_core.storage import MemoryStore, PeopleFile, open_store

OFFICE, HOLDER = FileSigner("kpu", bytes(32)), FileSigner("holder", bytes([1]) * 32)
NAME, PHONE = "Siti Rohani Siregar", "0812-6000-7777"


@pytest.fixture
def kept(tmp_path):
    """A ledger in which one event commits to a name and a phone, and the file of both."""
    keys = [
        DeviceKey(role.value, HOLDER.key, frozenset({role.value}))
        for role in Role
        if role is not Role.OPERATOR
    ]
    keys.append(DeviceKey("desk", OFFICE.key, frozenset(role.value for role in Role)))
    ledger = Ledger.init(MemoryStore(), origin="silog/p", signer=OFFICE, devices=keys)
    openings = [Opening("receiver-name", NAME), Opening("receiver-phone", PHONE)]
    event = attrs.evolve(
        honest(1)[0],
        device="desk",
        sequence=1,
        commitments=tuple(one.commitment for one in openings),
    )
    with closing(PeopleFile(tmp_path / "people.db")) as people:
        people.keep(openings)
        ledger.append([event_bytes(event)], device="desk", signer=OFFICE)
        yield ledger, people, openings


def asked(ledger, role, signer=HOLDER, reason="asked by the auditor"):
    """Who asks, and why."""
    return {"roster": ledger.roster, "device": role, "signer": signer, "reason": reason}


def traces(folder, *words):
    """Say which of *words* stand in any byte of any file of a folder."""
    files = b"".join(path.read_bytes() for path in folder.iterdir() if path.is_file())
    return [word for word in words if word.encode() in files]


def test_erased_data_is_gone_and_the_proof_stays(kept, tmp_path):
    """No byte of name, phone or salt is left in any file; ledger and proof hold as before."""
    ledger, people, openings = kept
    proof = ledger.prove(1).text()
    assert [NAME, PHONE] == traces(tmp_path, NAME, PHONE)
    salts = [one.salt for one in openings]
    for one in openings:
        assert erase(people, one.digest, **asked(ledger, "regency-secretary"))

    assert [] == traces(tmp_path, NAME, PHONE)
    assert not any(salt in (tmp_path / "people.db").read_bytes() for salt in salts)
    assert [None, None] == [people.find(one.digest) for one in openings]
    assert () == verify_ledger(ledger.store, keys=[OFFICE.key]).faults
    assert 1 == verify_proof(proof, keys=[OFFICE.key]).index
    report = check_up(ledger.store, people=people)
    assert ((), 0, 2, 0) == (report.damages, report.held, report.erased, report.elsewhere)
    assert not erase(people, openings[0].digest, **asked(ledger, "regency-secretary"))


def test_what_is_held_can_be_shown(kept):
    """The holder of the right gets what was committed to, and the act is signed."""
    ledger, people, openings = kept
    found = reveal(people, openings[0].digest, **asked(ledger, "logistics-head"))

    assert (NAME, openings[0].digest) == (found.value, found.digest)
    assert [("reveal", "logistics-head")] == [(act.what, act.device) for act in people.acts()]
    assert all(act_holds(act, ledger.roster) for act in people.acts())
    forged = attrs.evolve(people.acts()[0], reason="none")
    assert not act_holds(forged, ledger.roster)


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.OPERATOR])
def test_rights_hold_by_key(kept, role):
    """Each role may what its office may, and nobody with another key, or without a reason."""
    ledger, people, openings = kept
    for deed, may in ((reveal, MAY_REVEAL), (erase, MAY_ERASE)):
        if role not in may:
            with pytest.raises(NotAllowedError):
                deed(people, openings[1].digest, **asked(ledger, role.value))
        stranger = FileSigner.generate("holder")
        with pytest.raises(NotAllowedError):
            deed(people, openings[1].digest, **asked(ledger, role.value, stranger))
    if role in MAY_ERASE:
        with pytest.raises(FieldError):
            erase(people, openings[1].digest, **asked(ledger, role.value, reason=" "))
    assert PHONE == people.find(openings[1].digest).value


def test_data_that_was_changed_or_belongs_to_nothing_is_named(kept, tmp_path):
    """A changed value no longer fits its hash, and data of no event is an orphan."""
    ledger, people, openings = kept
    extra = Opening("receiver-name", "nobody")
    people.keep([extra])
    people._link.execute("UPDATE people SET value = 'other' WHERE name = 'receiver-phone'")
    damages = check_up(ledger.store, people=people).damages

    assert {("people-orphan", extra.digest), ("people-wrong", openings[1].digest)} == {
        (damage.code, damage.detail) for damage in damages
    }
    with closing(PeopleFile(tmp_path / "empty.db")) as empty:
        assert 2 == check_up(ledger.store, people=empty).elsewhere


@given(st.text(min_size=1, max_size=20), st.text(min_size=1, max_size=20))
def test_a_commitment_binds_and_hides(one, other):
    """Same salt, other value: another hash; same value, other salt: another hash."""
    salt = bytes(32)

    assert (one == other) == (
        Opening("name", one, salt).digest == Opening("name", other, salt).digest
    )
    assert Opening("name", one).digest != Opening("name", one).digest
    assert Opening("a", one, salt).digest != Opening("b", one, salt).digest


def test_other_files_are_refused(tmp_path):
    """A ledger is no file of personal data; neither is data without a name."""
    with open_store(f"sqlite:///{tmp_path}/r.db") as store:
        store.append("record", [b"x"], after=0)
    with pytest.raises(FileFormatError):
        PeopleFile(tmp_path / "r.db")
    for name, value, salt in (("Name", "x", bytes(32)), ("name", "", bytes(32))):
        with pytest.raises(FieldError):
            Opening(name, value, salt)
