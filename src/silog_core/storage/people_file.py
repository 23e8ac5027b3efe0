"""Personal data in a file of its own, in which what is erased is overwritten."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import RLock
from typing import Any

from silog_core.errors import FileFormatError, StorageError
from silog_core.ports.people import Act, Opening
from silog_core.storage.sqlite_files import WRONG, connected, fix_of

#: Written into the file's header: "silp".
APPLICATION_ID = 0x73696C70
_SCHEMA = f"""
BEGIN IMMEDIATE;
CREATE TABLE IF NOT EXISTS people (
    digest TEXT PRIMARY KEY, name TEXT NOT NULL, value TEXT, salt BLOB
);
CREATE TABLE IF NOT EXISTS acts (
    number INTEGER PRIMARY KEY, what TEXT NOT NULL, digest TEXT NOT NULL,
    device TEXT NOT NULL, key TEXT NOT NULL, reason TEXT NOT NULL, signature BLOB NOT NULL
);
PRAGMA application_id = {APPLICATION_ID};
COMMIT;
"""


class PeopleFile:
    """Personal data in a file; `silog_core.ports.people.People` says what it does.

    Only its owner may read the file. What is erased is overwritten with zeros; copies and
    backups of the file have to be erased as well.
    """

    def __init__(self, path: str | os.PathLike[str]) -> None:
        """Open the file, or make it for nobody but its owner.

        Raises:
            FileFormatError: It is something else.
            StorageError: It cannot be opened or written.
        """
        self.path = Path(path)
        self._lock = RLock()
        try:
            if not self.path.exists():
                self.path.touch(mode=0o600)
            self._link = connected(self.path)
            # Overwritten, not just left behind; and no log that keeps what was there.
            self._link.execute("PRAGMA secure_delete = ON")
            self._link.execute("PRAGMA journal_mode = DELETE")
            self._link.execute("PRAGMA synchronous = FULL")
            (mine,) = self._link.execute("PRAGMA application_id").fetchone()
            (tables,) = self._link.execute("SELECT count(*) FROM sqlite_master").fetchone()
        except (OSError, *WRONG) as wrong:
            raise self._failed("opened", wrong) from wrong
        if tables and mine != APPLICATION_ID:
            self._link.close()
            raise FileFormatError(
                f"{self.path} holds no personal data of a ledger", "name another file"
            )
        self._link.executescript(_SCHEMA)

    def keep(self, openings: list[Opening]) -> None:
        """Keep what was committed to: all of it or nothing."""
        with self._writing() as link:
            link.executemany(
                "INSERT INTO people VALUES (?, ?, ?, ?)",
                [(one.digest, one.name, one.value, one.salt) for one in openings],
            )

    def find(self, digest: str) -> Opening | None:
        """Return what a commitment stands for; None if it is erased or not here."""
        found = self._read(
            "SELECT name, value, salt FROM people WHERE digest = ? AND value IS NOT NULL",
            (digest,),
        )
        return Opening(*found[0]) if found else None

    def digests(self) -> dict[str, bool]:
        """Return all commitments that were ever kept, and whether they are still held."""
        found = self._read("SELECT digest, value IS NOT NULL FROM people ORDER BY digest", ())
        return {digest: bool(held) for digest, held in found}

    def note(self, act: Act) -> None:
        """Remember who saw data."""
        with self._writing() as link:
            _add_act(link, act)

    def erase(self, act: Act) -> bool:
        """Erase what a commitment stands for, and remember who did; False if it is gone."""
        with self._writing() as link:
            done = link.execute(
                "UPDATE people SET value = NULL, salt = NULL"
                " WHERE digest = ? AND value IS NOT NULL",
                (act.digest,),
            )
            if done.rowcount:
                _add_act(link, act)
            return bool(done.rowcount)

    def drop(self, digests: list[str]) -> None:
        """Forget what was kept for events that were not recorded in the end."""
        with self._writing() as link:
            link.executemany(
                "DELETE FROM people WHERE digest = ?", [(digest,) for digest in digests]
            )

    def acts(self) -> list[Act]:
        """Return who saw and erased what, in that order."""
        return [
            Act(*row)
            for row in self._read(
                "SELECT what, digest, device, key, reason, signature FROM acts"
                " ORDER BY number",
                (),
            )
        ]

    def close(self) -> None:
        """Close the file."""
        self._link.close()

    @contextmanager
    def _writing(self) -> Iterator[sqlite3.Connection]:
        with self._lock:
            try:
                self._link.execute("BEGIN IMMEDIATE")
                try:
                    yield self._link
                    self._link.execute("COMMIT")
                except BaseException:
                    if self._link.in_transaction:
                        self._link.execute("ROLLBACK")
                    raise
            except WRONG as wrong:
                raise self._failed("written", wrong) from wrong

    def _read(self, query: str, values: tuple[object, ...]) -> list[Any]:
        with self._lock:
            try:
                return self._link.execute(query, values).fetchall()
            except WRONG as wrong:
                raise self._failed("read", wrong) from wrong

    def _failed(self, what: str, wrong: Exception) -> StorageError:
        return StorageError(
            f"{self.path} cannot be {what}: {wrong}",
            fix_of(wrong, "see that you may write there"),
        )


def _add_act(link: sqlite3.Connection, act: Act) -> None:
    link.execute(
        "INSERT INTO acts (what, digest, device, key, reason, signature)"
        " VALUES (?, ?, ?, ?, ?, ?)",
        (act.what, act.digest, act.device, act.key, act.reason, act.signature),
    )
