"""A store in a PostgreSQL database."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from threading import RLock
from urllib.parse import urlsplit

import psycopg

from silog_core.errors import FileFormatError, StorageError
from silog_core.ports.store import Store
from silog_core.storage.arguments import check_append, closed, stale

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


class PostgresStore:
    """Streams in two tables; an append is committed when it returns."""

    def __init__(self, url: str) -> None:
        """Connect, and make the tables where there are none.

        Raises:
            FileFormatError: The tables are of another version.
            StorageError: The server cannot be reached, or refuses.
        """
        #: Without the password: it gets into messages.
        self.shown = urlsplit(url)._replace(netloc=urlsplit(url).hostname or "").geturl()
        # One connection, one thread at a time; many programs may have their own.
        self._lock = RLock()
        try:
            self._link: psycopg.Connection | None = psycopg.connect(url)
        except psycopg.Error as wrong:
            raise self._failed("opened", wrong) from wrong
        try:
            self._prepare(self._link)
        except psycopg.Error as wrong:
            self.close()
            raise self._failed("opened", wrong) from wrong
        except BaseException:
            self.close()
            raise

    def _prepare(self, link: psycopg.Connection) -> None:
        with link.transaction():
            link.execute("SELECT pg_advisory_xact_lock(%s)", (_LOCK,))
            row = link.execute("SELECT to_regclass('silog_version')").fetchone()
            if row is None or row[0] is None:
                link.execute(_SCHEMA)
                link.execute("INSERT INTO silog_version VALUES (%s)", (VERSION,))
            found = link.execute("SELECT version FROM silog_version").fetchone()
            if found is None or found[0] != VERSION:
                raise FileFormatError(
                    f"{self.shown} has version {found and found[0]}, this program reads"
                    f" {VERSION}",
                    "update silog-store-postgres",
                )

    def append(self, stream: str, events: Sequence[bytes], *, after: int) -> int:
        """Add *events* behind position *after*, all or none; return the new end."""
        batch = list(events)
        check_append(stream, batch, after)
        name, end = stream.encode(), after + len(batch)
        with self._lock:
            link = self._open()
            try:
                with link.transaction():
                    # The row is locked to the end of the transaction: writers queue here.
                    row = link.execute(
                        "SELECT id, ending FROM silog_streams WHERE name = %s FOR UPDATE",
                        (name,),
                    ).fetchone()
                    if (row[1] if row else 0) != after:
                        raise stale(stream, after, row[1] if row else 0)
                    if not batch:
                        return after
                    if row is None:
                        row = link.execute(
                            "INSERT INTO silog_streams (name, ending) VALUES (%s, %s)"
                            " ON CONFLICT DO NOTHING RETURNING id",
                            (name, end),
                        ).fetchone()
                        if row is None:  # somebody else has just begun the stream
                            raise stale(stream, after, self._end(link, name))
                    else:
                        link.execute(
                            "UPDATE silog_streams SET ending = %s WHERE id = %s", (end, row[0])
                        )
                    with link.cursor() as cursor:
                        cursor.executemany(
                            "INSERT INTO silog_events VALUES (%s, %s, %s)",
                            [(row[0], n, body) for n, body in enumerate(batch, after + 1)],
                        )
                    return end
            except psycopg.Error as wrong:
                raise self._failed("written", wrong) from wrong

    @staticmethod
    def _end(link: psycopg.Connection, name: bytes) -> int:
        row = link.execute(
            "SELECT ending FROM silog_streams WHERE name = %s", (name,)
        ).fetchone()
        return int(row[0]) if row else 0

    def read(self, stream: str, *, after: int = 0) -> list[bytes]:
        """Return the events behind position *after*; none for an unknown stream."""
        return self._rows(
            "SELECT body FROM silog_events JOIN silog_streams ON stream = id"
            " WHERE name = %s AND position > %s ORDER BY position",
            (stream.encode(), after),
        )

    def streams(self) -> list[str]:
        """Return the names of all streams that have an event, sorted."""
        return sorted(n.decode() for n in self._rows("SELECT name FROM silog_streams", ()))

    def close(self) -> None:
        """Close the connection; to close it twice is harmless."""
        with self._lock:
            if self._link is not None:
                self._link.close()
                self._link = None

    def _rows(self, query: str, values: tuple[object, ...]) -> list[bytes]:
        with self._lock:
            link = self._open()
            try:
                with link.transaction():
                    rows = link.execute(query.encode(), values).fetchall()
                return [bytes(row[0]) for row in rows]
            except psycopg.Error as wrong:
                raise self._failed("read", wrong) from wrong

    def _open(self) -> psycopg.Connection:
        if self._link is None:
            raise closed(self.shown)
        return self._link

    def _failed(self, done: str, wrong: psycopg.Error) -> StorageError:
        return StorageError(
            f"{self.shown} cannot be {done}: {str(wrong).strip()}",
            "see that the server runs, and that the user may create and write tables",
        )


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
