"""A store in one SQLite file: durable, and safe with several writers on one machine."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from threading import RLock
from typing import TypeVar

from silog_core.errors import FileFormatError, StorageError
from silog_core.ports.store import Store, StoreDamage, Write
from silog_core.storage.arguments import check_writes, closed, other_version, stale
from silog_core.storage.sqlite_files import (
    FIXES,
    READ_ONLY,
    WRONG,
    connected,
    examined,
    fix_of,
    read_only,
)

T = TypeVar("T")
#: Written into the file's header: "silo".
APPLICATION_ID = 0x73696C6F
#: Rises when a program of the version before would misread the file.
VERSION = 1
_SCHEMA = f"""
CREATE TABLE streams (
    id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, ending INTEGER NOT NULL
);
CREATE TABLE events (
    stream INTEGER NOT NULL REFERENCES streams, position INTEGER NOT NULL,
    body BLOB NOT NULL, PRIMARY KEY (stream, position)
) WITHOUT ROWID;
CREATE TRIGGER never_change BEFORE UPDATE ON events
    BEGIN SELECT RAISE(ABORT, 'nothing recorded is rewritten'); END;
CREATE TRIGGER never_delete BEFORE DELETE ON events
    BEGIN SELECT RAISE(ABORT, 'nothing recorded is rewritten'); END;
PRAGMA application_id = {APPLICATION_ID};
PRAGMA user_version = {VERSION};
"""

_GUARDS = ("never_change", "never_delete")


class SqliteStore:
    """Streams in a file; an append has reached the disk when it returns.

    The file is in write-ahead mode: readers do not wait for a writer. It must lie on a
    local disk, because network drives do not lock reliably.
    """

    def __init__(self, path: str | os.PathLike[str]) -> None:
        """Open the file, or make it.

        Raises:
            FileFormatError: It is something else, or of a newer version.
            StorageError: It cannot be opened or written.
        """
        self.path = Path(path)
        self._lock = RLock()
        self._link: sqlite3.Connection | None = None
        try:
            self._link = self._opened()
        except WRONG as wrong:
            if isinstance(wrong, sqlite3.OperationalError):
                raise self._failed("opened", wrong) from wrong
            raise FileFormatError(
                f"{self.path} is not a store, or is damaged: {wrong}",
                "name a file that silog made, or a new one; if it was copied while in use,"
                " copy it again with silog ledger backup",
            ) from wrong

    def _opened(self) -> sqlite3.Connection:
        try:
            return self._prepared(connected(self.path))
        except sqlite3.OperationalError as wrong:
            # On a stick or disc that may not be written it can still be read.
            code = wrong.sqlite_errorcode & 0xFF
            if code not in READ_ONLY or not self.path.is_file():
                raise
            return self._prepared(read_only(self.path), write=False)

    def _prepared(self, link: sqlite3.Connection, *, write: bool = True) -> sqlite3.Connection:
        try:
            if write:
                link.execute("PRAGMA journal_mode = WAL")
                # FULL: the ledger is evidence, so an append must survive a power cut.
                link.execute("PRAGMA synchronous = FULL")
                link.execute("PRAGMA foreign_keys = ON")
                with self._writing(link):
                    self._check_schema(link, make=True)
            else:
                self._check_schema(link, make=False)
        except BaseException:
            link.close()
            raise
        return link

    def _check_schema(self, link: sqlite3.Connection, *, make: bool) -> None:
        (mine,) = link.execute("PRAGMA application_id").fetchone()
        (tables,) = link.execute("SELECT count(*) FROM sqlite_master").fetchone()
        (version,) = link.execute("PRAGMA user_version").fetchone()
        if make and not tables:
            for statement in _statements(_SCHEMA):
                link.execute(statement)
        elif mine != APPLICATION_ID:
            raise FileFormatError(
                f"{self.path} is a database of another program", "name another file"
            )
        elif version != VERSION:
            raise other_version(self.path, version, VERSION)

    def append(self, stream: str, events: Sequence[bytes], *, after: int) -> int:
        """Add *events* behind position *after*, all or none; return the new end."""
        batch = list(events)
        self.append_all([Write(stream, after, batch)])
        return after + len(batch)

    def append_all(self, writes: Sequence[Write]) -> None:
        """Add to several streams, all or none."""
        own = check_writes(writes)
        with self._lock:
            link = self._open()
            try:
                with self._writing(link):
                    for one in own:
                        self._add(link, one)
            except WRONG as wrong:
                raise self._failed("written", wrong) from wrong

    def _add(self, link: sqlite3.Connection, one: Write) -> None:
        row = link.execute(
            "SELECT id, ending FROM streams WHERE name = ?", (one.stream,)
        ).fetchone()
        end = row[1] if row else 0
        if end != one.after:
            raise stale(one.stream, one.after, end)
        if one.events:
            self._insert(link, one.stream, row[0] if row else None, one.events, one.after)

    @staticmethod
    def _insert(
        link: sqlite3.Connection,
        stream: str,
        id_: int | None,
        batch: Sequence[bytes],
        after: int,
    ) -> None:
        end = after + len(batch)
        if id_ is None:
            id_ = link.execute(
                "INSERT INTO streams (name, ending) VALUES (?, ?)", (stream, end)
            ).lastrowid
        else:
            link.execute("UPDATE streams SET ending = ? WHERE id = ?", (end, id_))
        link.executemany(
            "INSERT INTO events (stream, position, body) VALUES (?, ?, ?)",
            [(id_, position, body) for position, body in enumerate(batch, start=after + 1)],
        )

    def end(self, stream: str) -> int:
        """Return the position of the last event; 0 for an unknown stream."""
        found = self._rows("SELECT ending FROM streams WHERE name = ?", (stream,), int)
        return found[0] if found else 0

    def read(self, stream: str, *, after: int = 0, limit: int | None = None) -> list[bytes]:
        """Return events behind position *after*, at most *limit*; none if unknown."""
        # Whoever writes past the program may leave a text in a column of bytes.
        return self._rows(
            "SELECT CAST(body AS BLOB) FROM events WHERE stream = (SELECT id FROM streams WHERE name = ?)"
            " AND position > ? ORDER BY position LIMIT ?",
            (stream, after, -1 if limit is None else limit),
            bytes,
        )

    def streams(self) -> list[str]:
        """Return the names of all streams that have an event, sorted."""
        return sorted(self._rows("SELECT name FROM streams", (), str))

    def examine(self) -> list[StoreDamage]:
        """Return all damage of the file; nothing is changed."""
        with self._lock:
            return examined(self._open(), _GUARDS)

    def close(self) -> None:
        """Close the store; to close it twice is harmless."""
        with self._lock:
            link, self._link = self._link, None
            if link is not None:
                link.close()

    def _rows(self, query: str, values: tuple[object, ...], kind: type[T]) -> list[T]:
        with self._lock:
            link = self._open()
            try:
                found = [row[0] for row in link.execute(query, values)]
            except WRONG as wrong:
                raise self._failed("read", wrong) from wrong
        # In a damaged file any column may hold anything.
        for one in found:
            if not isinstance(one, kind):
                raise StorageError(
                    f"{self.path} cannot be read: it has {one!r} where {kind.__name__}"
                    " belongs",
                    FIXES[sqlite3.SQLITE_CORRUPT],
                )
        return found

    def _open(self) -> sqlite3.Connection:
        if self._link is None:
            raise closed(f"sqlite:///{self.path}")
        return self._link

    @contextmanager
    def _writing(self, link: sqlite3.Connection) -> Iterator[None]:
        # IMMEDIATE: the end of a stream is read under the lock that the insert needs.
        link.execute("BEGIN IMMEDIATE")
        try:
            yield
            link.execute("COMMIT")
        except BaseException:
            # A full disk ends some transactions by itself, and leaves others open.
            if link.in_transaction:
                link.execute("ROLLBACK")
            raise

    def _failed(self, what: str, wrong: Exception) -> StorageError:
        return StorageError(
            f"{self.path} cannot be {what}: {wrong}",
            fix_of(
                wrong,
                "see that its folder exists, that you may write there and that the disk has"
                " room",
            ),
        )


def _statements(script: str) -> Iterator[str]:
    # executescript commits what is open, so statements go one by one.
    statement = ""
    for line in script.splitlines():
        statement += line + "\n"
        if sqlite3.complete_statement(statement):
            yield statement
            statement = ""


@contextmanager
def open_sqlite(url: str) -> Iterator[Store]:
    """Give the store of ``sqlite:///relative/path`` or ``sqlite:////absolute/path``."""
    store = SqliteStore(sqlite_path(url))
    try:
        yield store
    finally:
        store.close()


def sqlite_path(url: str) -> Path:
    """Return the file that a URL names.

    Raises:
        StorageError: It names none.

    Example:
        >>> sqlite_path("sqlite:////tmp/plan.db").as_posix()
        '/tmp/plan.db'
    """
    scheme, sign, rest = url.partition(":///")
    if scheme != "sqlite" or not sign or not rest:
        raise StorageError(f"{url!r} names no file", "write sqlite:/// and the path of a file")
    return Path(rest)
