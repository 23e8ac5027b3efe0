"""``silog ledger backup --since`` and ``restore --part``: with real files, and damaged ones."""

from __future__ import annotations

import pytest

import ledger_program
from ledger_program import begun, more, silog, spoil
from silog_core.storage import open_store

TRUST = ("--trust", "r.key.pub")


@pytest.fixture
def parts(tmp_path, monkeypatch):
    """A whole backup, and two parts since, of one event and of two."""
    monkeypatch.chdir(tmp_path)
    begun()
    silog("backup", "r.db", "whole.db", *TRUST)
    more()
    silog("backup", "r.db", "one.db", "--since", "whole.db", *TRUST)
    more()
    more()
    said = silog("backup", "r.db", "two.db", "--since", "one.db", *TRUST).stdout
    assert "4 that are new" in said
    return tmp_path


def rows(path):
    """Return every stream of the store in a file."""
    with open_store(f"sqlite:///{path}") as store:
        return ledger_program.rows(store)


def test_a_whole_backup_and_its_parts_are_the_ledger_again(parts):
    """In whatever order they are given: row by row, and it grows on."""
    silog("restore", "whole.db", "new.db", "--part", "two.db", "--part", "one.db", *TRUST)
    assert rows("r.db") == rows("new.db")

    more("new.db")
    silog("verify", "new.db", *TRUST)
    # An event and its seal, and what says where the part begins.
    assert [1, 1, 2] == [
        len(rows("one.db")[at]) for at in ("part", "part/heads", "part/record")
    ]


def test_parts_come_to_a_store_at_a_url_all_or_none(parts):
    """They are joined and verified first."""
    silog("restore", "whole.db", "sqlite:///at.db", "--part", "two.db", code=2)
    assert {} == rows("at.db")
    silog("restore", "whole.db", "sqlite:///at.db", "--part", "one.db", "--part", "two.db")

    assert rows("r.db") == rows("at.db")


def test_a_part_of_nothing_new_is_a_part(parts):
    """A nightly backup does not fail because nobody worked."""
    assert " 0 that are new" in silog("backup", "r.db", "three.db", "--since", "two.db").stdout
    words = [word for name in ("one", "two", "three") for word in ("--part", f"{name}.db")]
    silog("restore", "whole.db", "new.db", *words, *TRUST)

    assert rows("r.db") == rows("new.db")


def test_witnesses_and_logs_of_devices_come_along(parts):
    """What a part adds to other streams stands behind what was there."""
    with open_store("sqlite:///r.db") as store:
        store.append("chain/phone", [b"a"], after=0)
    silog("backup", "r.db", "three.db", "--since", "two.db")
    with open_store("sqlite:///r.db") as store:
        store.append("chain/phone", [b"b"], after=1)
    silog("backup", "r.db", "four.db", "--since", "three.db")
    words = [w for name in ("one", "two", "three", "four") for w in ("--part", f"{name}.db")]
    silog("restore", "whole.db", "new.db", *words)

    assert [b"a", b"b"] == rows("new.db")["chain/phone"]


@pytest.mark.parametrize(
    ("names", "says"),
    [
        (["two.db"], "part 1 begins behind record"),
        (["one.db", "one.db"], "part 2 begins behind record"),
        (["r.db"], "part 1: it is no part of a backup"),
    ],
)
def test_links_that_are_missing_or_twice_are_named(parts, names, says):
    """One clear error; nothing is restored."""
    words = [word for name in names for word in ("--part", name)]
    said = silog("restore", "whole.db", "new.db", *words, *TRUST, code=2).output

    assert says in said
    assert "give the whole backup and each part" in said
    assert not (parts / "new.db").exists()


def test_a_part_of_another_ledger_or_history_does_not_join(parts):
    """Of the same size, but under another checkpoint."""
    silog("init", "o.db", "--origin", "silog/12.71", "--key", "o.key")
    said = silog("backup", "o.db", "bad.db", "--since", "whole.db", code=2).output
    assert "does not go on from that backup" in said
    assert not (parts / "bad.db").exists()

    silog("append", "o.db", "day.csv", "--key", "o.key")
    silog("backup", "o.db", "w.db")
    silog("append", "o.db", "more.csv", "--key", "o.key", code=1)
    silog("backup", "o.db", "p.db", "--since", "w.db")
    said = silog("restore", "whole.db", "new.db", "--part", "p.db", code=2).output
    assert "part 1 goes on from another checkpoint" in said


@pytest.mark.parametrize("stream", ["part", "part/heads", "part/record"])
@pytest.mark.parametrize("to", ["CAST('x' AS BLOB)", "substr(body, 1, length(body) - 1)"])
def test_a_damaged_part_is_refused_and_named_by_fsck(parts, stream, to):
    """Whatever row of it is changed."""
    where = "stream = (SELECT id FROM streams WHERE name = '" + stream + "') AND position = 1"
    spoil("two.db", f"UPDATE events SET body = {to} WHERE {where}")

    words = ("restore", "whole.db", "new.db", "--part", "one.db", "--part", "two.db")
    assert "part 2: " in silog(*words, code=2).output
    assert not (parts / "new.db").exists()
    assert "[backup-part]" in silog("fsck", "two.db", code=1).stdout
    silog("fsck", "one.db")
