"""The PostgreSQL store on a real server."""

from __future__ import annotations

import uuid
from contextlib import contextmanager
from pathlib import Path
from typing import ClassVar

import psycopg
import pytest

from postgres_server import new_url
from silog_core.errors import FileFormatError, StorageError
from silog_core.testing import StoreSuite
from silog_store_postgres.plugin import silog_stores
from silog_store_postgres.store import open_postgres


class TestPostgresStore(StoreSuite):
    can: ClassVar[set[str]] = {"durable", "concurrent_writers"}

    @contextmanager
    def store_in(self, folder: Path):
        name = f"s{uuid.uuid5(uuid.NAMESPACE_URL, str(folder)).hex}"
        with silog_stores()[1].opened(new_url(name)) as store:
            yield store


def test_nothing_recorded_is_rewritten():
    """The database itself refuses to change or delete an event."""
    url = new_url()
    with open_postgres(url) as store:
        store.append("boxes", [b"packed"], after=0)
    with psycopg.connect(url, autocommit=True) as link:
        for statement in ("UPDATE silog_events SET body = ''", "DELETE FROM silog_events",
                          "TRUNCATE silog_events"):  # fmt: skip
            with pytest.raises(psycopg.Error, match="nothing recorded is rewritten"):
                link.execute(statement)


@pytest.mark.parametrize(("version", "advice"), [(0, "export"), (2, "update silog")])
def test_another_version_is_refused(version, advice):
    """Tables of an older or newer program are left alone, and it is said what to do."""
    url = new_url()
    with open_postgres(url):
        pass
    with psycopg.connect(url, autocommit=True) as link:
        link.execute("UPDATE silog_version SET version = %s", (version,))

    with (
        pytest.raises(FileFormatError, match=f"version {version}") as caught,
        open_postgres(url),
    ):
        pass
    assert advice in caught.value.fix


def test_a_server_that_is_not_there_says_so():
    """The error names the server, and not the password."""
    with (
        pytest.raises(StorageError) as caught,
        open_postgres("postgresql://silog:secret@127.0.0.1:1/none?connect_timeout=2"),
    ):
        pass

    assert "127.0.0.1" in str(caught.value)
    assert "secret" not in str(caught.value)
