"""``silog ledger append --persons``, ``reveal``, ``erase`` and ``fsck --people``."""

from __future__ import annotations

import pytest
from click.testing import CliRunner

from silog_core.cli.main import cli

ENV = {"SILOG_PLUGINS": "region.ID", "SILOG_LANG": "en"}
DAY = (
    "kind,time,place,author,container,units,destination,quantities,seals_applied,witnesses\n"
    "kitted,2024-11-20 09:00,12.71,operator:12.71,BOX-1,,12.71.01.1001-001,"
    "ballot-governor:12:LOT-1=310,,\n"
    "packed,2024-11-20 09:05,12.71,operator:12.71,,BOX-1,,,,logistics-head:12.71\n"
)
PERSONS = "event,name,value\n2,packer-name,Siti Rohani\n2,packer-phone,0812-6000-7777\n"
ASK = ("desk-1:2", "--people", "p.db", "--key", "r.key", "--reason", "asked")


def silog(*words, code=0):
    """Run the program in this process; hold its exit code."""
    done = CliRunner().invoke(cli, ["ledger", *words], env=ENV, catch_exceptions=False)
    assert code == done.exit_code, done.output
    return done.output


@pytest.fixture
def here(tmp_path, monkeypatch):
    """A folder with a ledger whose second event commits to a name and a phone."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "day.csv").write_text(DAY, "utf-8")
    (tmp_path / "persons.csv").write_text(PERSONS, "utf-8")
    silog("init", "r.db", "--origin", "silog/12.71", "--key", "r.key")
    beside = ("--persons", "persons.csv", "--people", "p.db")
    done = silog("append", "r.db", "day.csv", "--key", "r.key", *beside)
    assert "2 events recorded" in done
    return tmp_path


def test_personal_data_is_shown_and_erased(here):
    """Shown with a right, erased for good; the record has no byte of it and still verifies."""
    assert b"Siti" not in (here / "r.db").read_bytes()
    assert "packer-name\tSiti Rohani\n" in silog("reveal", "r.db", *ASK)
    assert "2 held, 0 erased, 0 elsewhere" in silog("fsck", "r.db", "--people", "p.db")
    assert "1 piece" in silog("erase", "r.db", *ASK, "--name", "packer-phone")
    assert "packer-phone\t(gone)" in silog("reveal", "r.db", *ASK)
    assert "(tidak ada lagi)" in silog("reveal", "r.db", *ASK, "--lang", "id")
    assert "1 piece" in silog("erase", "r.db", *ASK)

    assert b"Siti" not in (here / "p.db").read_bytes()
    silog("verify", "r.db")
    assert "0 held, 2 erased" in silog("fsck", "r.db", "--people", "p.db")


def test_only_who_may(here):
    """A key that the roster does not know, or an operator's, neither shows nor erases."""
    public = silog("key", "op", "--out", "op.key").strip()
    silog("enrol", "r.db", "--key", "r.key", "--device", f"op=operator={public}")
    for device in ("op", "desk-1"):
        for what in ("reveal", "erase"):
            words = [word.replace("r.key", "op.key") for word in ASK]
            assert "may not" in silog(what, "r.db", *words, "--device", device, code=2)
    silog("reveal", "r.db", "desk-1:1", *ASK[1:], code=2)


def test_a_faulty_file_keeps_nothing(here):
    """Rows that fit no event are all named; neither events nor data are kept."""
    before = silog("checkpoint", "r.db")
    bad = PERSONS + "9,packer-name,X\n1,Packer,Y\n2,packer-name\n"
    (here / "persons.csv").write_text(bad, "utf-8")
    beside = ("--persons", "persons.csv", "--people", "p.db")
    told = silog("append", "r.db", "day.csv", "--key", "r.key", *beside, code=2)

    assert all(f"row {row}" in told for row in (4, 5, 6))
    assert before == silog("checkpoint", "r.db")
    assert "2 held" in silog("fsck", "r.db", "--people", "p.db")
    silog("append", "r.db", "day.csv", "--key", "r.key", "--people", "p.db", code=2)


def test_data_of_events_that_are_refused_is_dropped(here):
    """Without the ledger's key nothing is recorded, and nothing is kept of the persons."""
    beside = ("--persons", "persons.csv", "--people", "p.db")
    silog("append", "r.db", "day.csv", *beside, code=2)

    assert "2 held, 0 erased" in silog("fsck", "r.db", "--people", "p.db")
