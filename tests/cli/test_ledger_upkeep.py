"""``silog ledger fsck``, ``backup``, ``restore``, ``witness`` and the rest of upkeep."""

from __future__ import annotations

import json

import pytest

from ledger_program import begun, more, silog, spoil
from silog_core.custody.ledger import Ledger
from silog_core.storage import open_store


@pytest.fixture
def here(tmp_path, monkeypatch):
    """A folder with a signed ledger of one station's honest record."""
    monkeypatch.chdir(tmp_path)
    begun()
    return tmp_path


def test_a_whole_ledger_has_no_damage(here):
    """fsck of an honest ledger ends with 0 and changes no byte."""
    with open_store("sqlite:///r.db"):
        pass
    before = (here / "r.db").read_bytes()

    assert "0 damages" in silog("fsck", "r.db").output
    assert before == (here / "r.db").read_bytes()


@pytest.mark.parametrize(
    ("statement", "code"),
    [
        ("UPDATE events SET body = body || x'00' WHERE position = 3 AND stream = 1", "record"),
        ("DELETE FROM events WHERE position = 4 AND stream = 1", "hole"),
        ("INSERT INTO events VALUES (99, 1, x'00')", "orphan"),
        ("UPDATE streams SET name = 'other' WHERE name = 'heads'", "no-ledger"),
        ("INSERT INTO streams VALUES (98, 'notes', 0)", "foreign"),
        (
            "UPDATE events SET body = zeroblob(32) WHERE stream ="
            " (SELECT id FROM streams WHERE name = 'index/04')",
            "index-only",
        ),
        (
            "UPDATE events SET body = x'41' || body WHERE position = 2 AND stream ="
            " (SELECT id FROM streams WHERE name = 'heads')",
            "checkpoint",
        ),
    ],
)
def test_fsck_names_the_damage_and_how_to_mend_it(here, statement, code):
    """Each kind of damage by its name and with a remedy in both languages; exit code 1."""
    spoil("r.db", statement)
    found = json.loads(silog("fsck", "r.db", "--json", code=1).stdout)
    codes = {damage["code"] for damage in found["damages"]}
    indonesian = silog("fsck", "r.db", "--lang", "id", code=1).output

    expected = {code} if code != "record" else {"root"}
    assert expected | {"guard"} <= codes
    assert all(damage["mend"] for damage in found["damages"])
    assert "perbaikan:" in indonesian


def test_a_file_that_is_no_store_is_a_damage(here):
    """A torn file is named, not a crash."""
    (here / "torn.db").write_bytes((here / "r.db").read_bytes()[:5000])

    assert "cannot be read" in silog("fsck", "torn.db", code=1).output


def test_backup_mends_an_index_and_restore_verifies(here):
    """The copy of a ledger with a broken index is whole, and is the same record."""
    head = silog("checkpoint", "r.db").stdout
    spoil(
        "r.db",
        "UPDATE events SET body = zeroblob(32) WHERE stream ="
        " (SELECT id FROM streams WHERE name = 'index/04')",
    )
    assert "whole" in silog("backup", "r.db", "stick.db").output
    silog("restore", "stick.db", "again.db")

    assert head == silog("checkpoint", "again.db").stdout
    silog("verify", "again.db")
    assert ["again.db", "day.csv", "r.db", "r.key", "r.key.pub", "stick.db"] == sorted(
        path.name for path in here.iterdir()
    )


def test_backup_replaces_nothing_and_leaves_nothing_half_done(here):
    """A file that is there stays; a damaged ledger leaves no copy at all."""
    (here / "stick.db").write_text("mine")
    silog("backup", "r.db", "stick.db", code=2)
    assert "mine" == (here / "stick.db").read_text()
    spoil("r.db", "UPDATE events SET body = x'00' WHERE position = 3 AND stream = 1")
    assert "damaged" in silog("backup", "r.db", "other.db", code=2).output
    silog("restore", "r.db", "other.db", code=2)

    assert ["day.csv", "r.db", "r.key", "r.key.pub", "stick.db"] == sorted(
        path.name for path in here.iterdir()
    )


def test_a_backup_can_ask_for_a_trusted_key(here):
    """A ledger that somebody else signed is not restored as the office's own."""
    other = silog("key", "kpu-other", "--out", "o.key").output.strip()

    assert "no trusted key" in silog("backup", "r.db", "s.db", "--trust", other, code=2).output


def witness(name):
    """Make a witness, and enrol it."""
    key = silog("key", name, "--out", f"{name}.key", "--witness").output.strip()
    silog("enrol", "r.db", "--key", "r.key", "--witness", key)
    return key


def test_k_of_n_witnesses(here):
    """Two of three witnesses sign; verify and a proof ask for two, and not for three."""
    office = silog("checkpoint", "r.db").stdout
    trust = _office_key()
    keys = [witness(name) for name in ("harian", "bawaslu", "saksi")]
    silog("verify", "r.db", "--witnesses", 1, code=1)
    for name in ("harian", "bawaslu"):
        out = ("--state", f"{name}.db", "--out", f"{name}.note")
        silog("witness", "r.db", "--key", f"{name}.key", "--trust", trust, *out)
    silog("add-cosignature", "r.db", "harian.note", "bawaslu.note")
    more()

    silog("verify", "r.db", "--witnesses", 2)
    silog("verify", "r.db", "--witnesses", 3, code=1)
    silog("verify", "r.db", "--witnesses", 2, "--trust", trust, "--trust", keys[2], code=1)
    silog("prove", "r.db", "desk-1:1", "--out", "p.txt", "--witnesses", 2)
    given = [word for key in (trust, *keys) for word in ("--trust", key)]
    silog("verify-proof", "p.txt", "--witnesses", 2, *given)
    silog("verify-proof", "p.txt", "--witnesses", 3, *given, code=1)
    (here / "old.note").write_text(office, "utf-8")
    silog("verify", "r.db", "--known", "old.note")


def _office_key():
    with open_store("sqlite:///r.db") as store:
        return Ledger(store).roster.authority.text


def test_a_witness_refuses_a_head_that_does_not_go_on(here):
    """A shorter ledger and another one of the same name are refused; the book stays."""
    trust = _office_key()
    silog("key", "harian", "--out", "w.key", "--witness")
    (here / "old.db").write_bytes((here / "r.db").read_bytes())
    more()
    same = ("--key", "w.key", "--state", "w.db", "--trust", trust, "--out", "w.note")
    silog("witness", "r.db", *same)
    signed = (here / "w.note").read_text("utf-8")
    assert "does not go on" in silog("witness", "old.db", *same, code=2).output
    silog("init", "new.db", "--origin", "silog/12.71", "--key", "r.key")
    for code in (0, 1, 1):  # the same day again: told, and recorded all the same
        silog("append", "new.db", "day.csv", "--key", "r.key", code=code)
    assert "does not go on" in silog("witness", "new.db", *same, code=2).output

    assert signed == (here / "w.note").read_text("utf-8")
    more()
    silog("witness", "r.db", *same)


def test_a_witness_without_the_ledger(here):
    """A request in a file is enough, and one from a wrong size is refused."""
    trust = _office_key()
    silog("key", "harian", "--out", "w.key", "--witness")
    same = ("--key", "w.key", "--state", "w.db", "--trust", trust, "--out", "w.note")
    (here / "ask").write_text(silog("checkpoint", "r.db", "--since", 0).output, "utf-8")
    silog("witness", "ask", *same)
    with open_store("sqlite:///r.db") as store:
        size = Ledger(store).size
    more()
    for since, code in ((size - 1, 2), (size, 0)):
        asked = silog("checkpoint", "r.db", "--since", since).output
        (here / "ask").write_text(asked, "utf-8")
        silog("witness", "ask", *same, code=code)


def test_a_copy_that_is_older_needs_a_known_checkpoint(here):
    """A ledger cut back to an earlier state is whole in itself; what was seen tells."""
    (here / "old.db").write_bytes((here / "r.db").read_bytes())
    more()
    (here / "seen").write_text(silog("checkpoint", "r.db").output, "utf-8")

    silog("verify", "old.db")
    assert "[known]" in silog("verify", "old.db", "--known", "seen", code=1).output


def test_bytes_that_are_no_event_are_named(here):
    """A report that cannot go on says which entry of which device stops it."""
    silog("init", "u.db", "--origin", "silog/u")
    with open_store("sqlite:///u.db") as store:
        Ledger(store).append([b"junk"], device="tablet-7")

    assert "tablet-7:1 is no event" in silog("reconcile", "u.db", code=2).output
