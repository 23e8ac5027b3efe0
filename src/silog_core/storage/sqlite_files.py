"""SQLite's files: how they are opened, read where they cannot be written, and examined."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from pathlib import Path

from silog_core.errors import StorageError
from silog_core.ports.store import StoreDamage

#: How long a writer waits for another [ms].
BUSY_MS = 10_000
#: SQLite's result code, and what to do about it.
FIXES = {
    sqlite3.SQLITE_FULL: "free space on its disk and write again; nothing of it was kept",
    sqlite3.SQLITE_IOERR: "see that its disk has room and is whole, and write again;"
    " nothing of it was kept",
    sqlite3.SQLITE_READONLY: "it lies where nothing can be written: write in the original,"
    " or restore it to a disk: silog ledger backup, then restore",
    sqlite3.SQLITE_CORRUPT: "silog ledger fsck names what is damaged; then restore a backup",
    sqlite3.SQLITE_BUSY: "another program writes for long: end it, or try again",
}
#: What SQLite raises; of a damaged file, Python may not be able to decode what it says.
WRONG = (sqlite3.Error, UnicodeDecodeError)
#: How SQLite says that a file, or its folder, may not be written.
READ_ONLY = {sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN}
#: Damaged rows that are named before the rest is only counted.
_MOST = 100


def fix_of(wrong: Exception, otherwise: str) -> str:
    """Return what to do about something that SQLite, or reading what it said, raised."""
    if isinstance(wrong, UnicodeDecodeError):
        return FIXES[sqlite3.SQLITE_CORRUPT]
    return FIXES.get(getattr(wrong, "sqlite_errorcode", 0) & 0xFF, otherwise)


def connected(path: Path, *, reading: bool = False) -> sqlite3.Connection:
    """Return a connection that threads share, one at a time, by a lock of its owner."""
    return sqlite3.connect(
        path.absolute().as_uri() + "?mode=ro" if reading else path,
        timeout=BUSY_MS / 1000,
        isolation_level=None,
        check_same_thread=False,
        uri=reading,
    )


def read_only(path: Path) -> sqlite3.Connection:
    """Return a connection to a file that can only be read.

    Raises:
        StorageError: Part of it is in a second file that cannot be read from here.
    """
    link = connected(path, reading=True)
    try:
        link.execute("SELECT count(*) FROM sqlite_master").fetchone()
    except sqlite3.OperationalError:
        link.close()
        log = path.with_name(path.name + "-wal")
        if log.exists() and log.stat().st_size:
            raise StorageError(
                f"{path} was not closed when it was copied: its last events are in {log.name}",
                "copy both files to a disk where you may write, and open it there",
            ) from None
        # Nobody can write it, so SQLite need not look for others who do.
        link = sqlite3.connect(
            path.absolute().as_uri() + "?immutable=1",
            isolation_level=None,
            check_same_thread=False,
            uri=True,
        )
    return link


def examined(link: sqlite3.Connection, guards: Sequence[str]) -> list[StoreDamage]:
    """Return all damage of a file of streams and events; nothing is changed."""
    found: list[StoreDamage] = []
    try:
        pages = [row[0] for row in link.execute(f"PRAGMA integrity_check({_MOST})")]
        found += [StoreDamage("pages", "", text) for text in pages if text != "ok"]
        found += [
            StoreDamage("hole", name, f"{count} of {ending}")
            for name, ending, count, last in link.execute(
                "SELECT name, ending, count(position), max(position) FROM streams"
                " LEFT JOIN events ON stream = id GROUP BY id"
            )
            if (count, last or 0) != (ending, ending)
        ]
        found += [
            StoreDamage("orphan", f"stream {stream}", str(count))
            for stream, count in link.execute(
                "SELECT stream, count(*) FROM events"
                " WHERE stream NOT IN (SELECT id FROM streams) GROUP BY stream"
            )
        ]
        there = {
            row[0]
            for row in link.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")
        }
        found += [StoreDamage("guard", name) for name in guards if name not in there]
    except WRONG as wrong:
        found.append(StoreDamage("pages", "", str(wrong)))
    return found
