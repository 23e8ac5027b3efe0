"""A store in a PostgreSQL database."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from threading import RLock
from typing import Any
from urllib.parse import urlsplit

import psycopg

from silog_core.errors import StorageError
from silog_core.ports.store import Store, StoreDamage, Write
from silog_core.storage.arguments import check_writes, closed, other_version, stale

#: Rises when a program of the version before would misread the tables.
VERSION = 1
#: Serialises the making of the tables: "silo".
_LOCK = 0x73696C6F
_SCHEMA = """
CREATE TABLE silog_version (version integer NOT NULL);
CREATE TABLE silog_streams (
    id bigserial PRIMARY KEY,
    -- Bytes: a name may hold what a text cannot, and has to compare exactly.
    name bytea NOT NULL UNIQUE,
    ending bigint NOT NULL
);
CREATE TABLE silog_events (
    stream bigint NOT NULL REFERENCES silog_streams,
    position bigint NOT NULL,
    body bytea NOT NULL,
    PRIMARY KEY (stream, position)
);
CREATE FUNCTION silog_refuse() RETURNS trigger LANGUAGE plpgsql AS
    $$BEGIN RAISE EXCEPTION 'nothing recorded is rewritten'; END$$;
CREATE TRIGGER silog_never_change BEFORE UPDATE OR DELETE ON silog_events
    FOR EACH ROW EXECUTE FUNCTION silog_refuse();
CREATE TRIGGER silog_never_empty BEFORE TRUNCATE ON silog_events
    FOR EACH STATEMENT EXECUTE FUNCTION silog_refuse();
"""

_GUARDS = ("silog_never_change", "silog_never_empty")


class PostgresStore:
    """Streams in two tables; an append is committed when it returns."""

    def __init__(self, url: str) -> None:
        """Connect, and make the tables where there are none.

        Raises:
            FileFormatError: The tables are of another version.
            StorageError: The server cannot be reached, or refuses.
        """
        #: Without passwords and options: it gets into messages.
        self.shown = _shown(url)
        # One connection, one thread at a time; many programs may have their own.
        self._lock = RLock()
        self._url = url
        self._link: psycopg.Connection | None = self._connected()

    def _connected(self) -> psycopg.Connection:
        try:
            link = psycopg.connect(self._url)
        except psycopg.Error as wrong:
            raise self._failed("opened", wrong) from wrong
        try:
            self._prepare(link)
        except psycopg.Error as wrong:
            link.close()
            raise self._failed("opened", wrong) from wrong
        except BaseException:
            link.close()
            raise
        return link

    def _prepare(self, link: psycopg.Connection) -> None:
        with link.transaction():
            link.execute("SELECT pg_advisory_xact_lock(%s)", (_LOCK,))
            row = link.execute("SELECT to_regclass('silog_version')").fetchone()
            if row is None or row[0] is None:
                link.execute(_SCHEMA)
                link.execute("INSERT INTO silog_version VALUES (%s)", (VERSION,))
            found = link.execute("SELECT version FROM silog_version").fetchone()
            if found is None or found[0] != VERSION:
                raise other_version(self.shown, found[0] if found else None, VERSION)

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
                with link.transaction():
                    # By name: two writers that take rows in one order never deadlock.
                    for one in sorted(own, key=lambda write: write.stream):
                        self._add(link, one)
            except psycopg.Error as wrong:
                raise self._failed("written", wrong) from wrong

    def _add(self, link: psycopg.Connection, one: Write) -> None:
        name, end = one.stream.encode(), one.after + len(one.events)
        # The row is locked to the end of the transaction: writers queue here.
        row = link.execute(
            "SELECT id, ending FROM silog_streams WHERE name = %s FOR UPDATE", (name,)
        ).fetchone()
        if (row[1] if row else 0) != one.after:
            raise stale(one.stream, one.after, row[1] if row else 0)
        if not one.events:
            return
        if row is None:
            row = link.execute(
                "INSERT INTO silog_streams (name, ending) VALUES (%s, %s)"
                " ON CONFLICT DO NOTHING RETURNING id",
                (name, end),
            ).fetchone()
            if row is None:  # somebody else has just begun the stream
                raise stale(one.stream, one.after, self._end(link, name))
        else:
            link.execute("UPDATE silog_streams SET ending = %s WHERE id = %s", (end, row[0]))
        with (
            link.cursor() as cursor,
            cursor.copy("COPY silog_events FROM STDIN (FORMAT BINARY)") as copy,
        ):
            copy.set_types(["int8", "int8", "bytea"])
            for position, body in enumerate(one.events, one.after + 1):
                copy.write_row((row[0], position, body))

    @staticmethod
    def _end(link: psycopg.Connection, name: bytes) -> int:
        row = link.execute(
            "SELECT ending FROM silog_streams WHERE name = %s", (name,)
        ).fetchone()
        return int(row[0]) if row else 0

    def end(self, stream: str) -> int:
        """Return the position of the last event; 0 for an unknown stream."""
        found = self._rows(
            "SELECT ending FROM silog_streams WHERE name = %s", (stream.encode(),)
        )
        return int(found[0]) if found else 0

    def read(self, stream: str, *, after: int = 0, limit: int | None = None) -> list[bytes]:
        """Return events behind position *after*, at most *limit*; none if unknown."""
        return [
            bytes(body)
            for body in self._rows(
                "SELECT body FROM silog_events WHERE stream ="
                " (SELECT id FROM silog_streams WHERE name = %s)"
                " AND position > %s ORDER BY position LIMIT %s",
                (stream.encode(), after, limit),
            )
        ]

    def streams(self) -> list[str]:
        """Return the names of all streams that have an event, sorted."""
        return sorted(
            bytes(n).decode() for n in self._rows("SELECT name FROM silog_streams", ())
        )

    def examine(self) -> list[StoreDamage]:
        """Return all damage of the tables; nothing is changed."""
        with self._lock:
            link, found = self._open(), list[StoreDamage]()
            try:
                with link.transaction():
                    found += [
                        StoreDamage("hole", bytes(name).decode(), f"{count} of {ending}")
                        for name, ending, count, last in link.execute(
                            "SELECT name, ending, count(position), max(position)"
                            " FROM silog_streams LEFT JOIN silog_events ON stream = id"
                            " GROUP BY id ORDER BY name"
                        )
                        if (count, last or 0) != (ending, ending)
                    ]
                    found += [
                        StoreDamage("orphan", f"stream {stream}", str(count))
                        for stream, count in link.execute(
                            "SELECT stream, count(*) FROM silog_events WHERE stream NOT IN"
                            " (SELECT id FROM silog_streams) GROUP BY stream"
                        )
                    ]
                    on = {
                        row[0]
                        for row in link.execute(
                            "SELECT tgname FROM pg_trigger WHERE tgenabled <> 'D'"
                            " AND tgrelid = 'silog_events'::regclass"
                        )
                    }
                    found += [StoreDamage("guard", name) for name in _GUARDS if name not in on]
            except psycopg.Error as wrong:
                found.append(StoreDamage("pages", "", str(wrong).strip()))
            return found

    def close(self) -> None:
        """Close the connection; to close it twice is harmless."""
        with self._lock:
            if self._link is not None:
                self._link.close()
                self._link = None

    def _rows(self, query: str, values: tuple[object, ...]) -> list[Any]:
        with self._lock:
            link = self._open()
            try:
                with link.transaction():
                    rows = link.execute(query.encode(), values).fetchall()
                return [row[0] for row in rows]
            except psycopg.Error as wrong:
                raise self._failed("read", wrong) from wrong

    def _open(self) -> psycopg.Connection:
        if self._link is None:
            raise closed(self.shown)
        if self._link.closed:  # the server was started anew, or the network was cut
            self._link = self._connected()
        return self._link

    def _failed(self, done: str, wrong: psycopg.Error) -> StorageError:
        return StorageError(
            f"{self.shown} cannot be {done}: {str(wrong).strip()}",
            "give the server's disk room, and write again; nothing of it was kept"
            if isinstance(wrong, psycopg.errors.DiskFull)
            else "see that the server runs, and that the user may create and write tables",
        )


def _shown(url: str) -> str:
    parts = urlsplit(url)
    return parts._replace(netloc=parts.hostname or "", query="").geturl()


@contextmanager
def open_postgres(url: str) -> Iterator[Store]:
    """Give the store at a URL such as ``postgresql://user@host/database``.

    Raises:
        FileFormatError: The tables are of another version.
        StorageError: The server cannot be reached, or refuses.
    """
    store = PostgresStore(url)
    try:
        yield store
    finally:
        store.close()
