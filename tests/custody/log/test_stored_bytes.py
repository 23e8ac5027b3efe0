"""Any change of a stored log in its file is found: of a row past all guards, of any byte."""

from __future__ import annotations

import contextlib
import sqlite3

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import ledger_program
from silog_core.custody.checkup import check_up
from silog_core.custody.ledger import Ledger
from silog_core.custody.roster import DeviceKey
from silog_core.custody.signing import FileSigner
from silog_core.errors import FileFormatError, StorageError
from silog_core.storage import new_store_file, open_store

OFFICE = FileSigner("kpu", bytes(32))


class Whole(tuple):
    """Bytes of a file, and its rows; a law that breaks does not print them."""

    __slots__ = ()

    def __repr__(self):
        return "Whole(...)"


@pytest.fixture(scope="module")
def whole(tmp_path_factory):
    """The bytes of a signed ledger's file, and its rows."""
    path = tmp_path_factory.mktemp("whole") / "r.db"
    keys = [DeviceKey(name, OFFICE.key, frozenset({"operator"})) for name in "ab"]
    with new_store_file(path) as store:
        ledger = Ledger.init(store, origin="silog/b", signer=OFFICE, devices=keys)
        for number in range(1, 11):
            for device in "ab":
                text = '{"author":["operator","1"],"device":"%s","kind":"packed","seq":%d}'
                body = (text % (device, number)).encode()
                ledger.append([body], device=device, signer=OFFICE)
        rows = ledger_program.rows(store)
    return Whole((path.read_bytes(), rows))


def found(path, rows):
    """Say whether the file at *path* is damaged; if it is not, its rows have to be *rows*."""
    try:
        with open_store(f"sqlite:///{path}") as store:
            if check_up(store, keys=[OFFICE.key]).damages:
                return True
            assert rows == ledger_program.rows(store)
            return False
    except (FileFormatError, StorageError):
        return True


@settings(max_examples=80, deadline=None)
@given(
    changes=st.lists(
        st.tuples(st.integers(0, 2**24), st.integers(1, 255)), min_size=1, max_size=3
    )
)
def test_any_byte_of_the_file_counts(whole, tmp_path_factory, changes):
    """Law 20: whatever byte of the file is changed, it is found, or no event is another."""
    file, rows = whole
    path = tmp_path_factory.getbasetemp() / "byte.db"
    changed = bytearray(file)
    for place, mask in changes:
        changed[place % len(file)] ^= mask
    for old in path.parent.glob("byte.db*"):
        old.unlink()
    path.write_bytes(changed)

    found(path, rows)


@pytest.mark.parametrize("word", [b"CREATE TABLE events", b"CREATE TRIGGER never_change"])
@pytest.mark.parametrize("byte", [b"\xc5", b"\xff"])
def test_bytes_that_are_no_text_are_told(whole, tmp_path, word, byte):
    """What SQLite says of a broken schema quotes it: bytes that Python cannot decode."""
    file, rows = whole
    path = tmp_path / "r.db"
    path.write_bytes(file.replace(word, word[:8] + byte + word[9:]))

    assert found(path, rows)


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE streams SET name = 7 WHERE id = 1",
        "UPDATE streams SET name = x'00' WHERE id = 1",
        "UPDATE streams SET ending = 'many'",
        "UPDATE events SET body = NULL WHERE stream = 1 AND position = 1",
    ],
)
def test_values_of_another_kind_are_told(whole, tmp_path, change):
    """Where a broken byte makes a column hold what does not belong, the store says so."""
    path = tmp_path / "r.db"
    path.write_bytes(whole[0])
    with contextlib.closing(sqlite3.connect(path, isolation_level=None)) as link:
        for name in ("never_change", "never_delete"):
            link.execute(f"DROP TRIGGER {name}")
        link.execute("PRAGMA writable_schema = ON")
        link.execute("UPDATE sqlite_master SET sql = replace(sql, ' NOT NULL', '')")
        link.execute("UPDATE sqlite_master SET sql = replace(sql, 'TEXT', '')")
    with contextlib.closing(sqlite3.connect(path, isolation_level=None)) as link:
        link.execute(change)

    assert found(path, whole[1])


CHANGES = {
    "edit": "UPDATE events SET body = ? WHERE stream = ? AND position = ?",
    "delete": "DELETE FROM events WHERE stream = ? AND position = ?",
    "tail": "DELETE FROM events WHERE stream = ? AND position >= ?",
}


@settings(max_examples=50, deadline=None)
@given(data=st.data())
def test_any_change_of_a_stored_log_is_found(whole, tmp_path_factory, data):
    """Law 20: an edit, deletion, repetition, exchange or cut of any row, past all guards."""
    file, rows = whole
    path = tmp_path_factory.getbasetemp() / "rows.db"
    for old in path.parent.glob("rows.db*"):
        old.unlink()
    path.write_bytes(file)
    with contextlib.closing(sqlite3.connect(path, isolation_level=None)) as link:
        link.execute("PRAGMA synchronous = OFF")
        guards = link.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
        guards = guards.fetchall()
        for name, _ in guards:
            link.execute(f"DROP TRIGGER {name}")
        stored = link.execute("SELECT stream, position, body FROM events").fetchall()
        stream, position, old = stored[data.draw(st.integers(0, len(stored) - 1))]
        kind = data.draw(st.sampled_from(["edit", "delete", "repeat", "swap", "tail"]))
        if kind == "edit":
            changed = bytearray(old)
            changed[data.draw(st.integers(0, len(old) - 1))] ^= data.draw(st.integers(1, 255))
            link.execute(CHANGES[kind], (bytes(changed), stream, position))
        elif kind == "repeat":
            end = 1 + max(row[1] for row in stored if row[0] == stream)
            link.execute("INSERT INTO events VALUES (?, ?, ?)", (stream, end, old))
        elif kind == "swap":
            mates = [row for row in stored if row[0] == stream and row[2] != old]
            if not mates:
                return
            _, there, body = mates[data.draw(st.integers(0, len(mates) - 1))]
            link.execute(CHANGES["edit"], (body, stream, position))
            link.execute(CHANGES["edit"], (old, stream, there))
        else:
            link.execute(CHANGES[kind], (stream, position))
        if data.draw(st.booleans()):  # as somebody who hides it would
            link.execute(
                "UPDATE streams SET ending = (SELECT coalesce(max(position), 0) FROM events"
                " WHERE stream = id)"
            )
        for _, sql in guards:
            link.execute(sql)

    assert found(path, rows)
