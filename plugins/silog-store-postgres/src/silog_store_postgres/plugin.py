"""What this plugin answers at the hooks; psycopg is imported when it is used."""

from __future__ import annotations

from silog_core.domain.manifest import Manifest
from silog_core.plugins import hookimpl
from silog_core.ports.store import StoreSpec


@hookimpl
def silog_manifest() -> Manifest:
    """Speak for no region."""
    return Manifest(title="PostgreSQL store")


@hookimpl
def silog_stores() -> list[StoreSpec]:
    """Offer both schemes that PostgreSQL's own programs take."""
    return [
        StoreSpec(
            name=scheme,
            title="PostgreSQL, for many writers",
            open="silog_store_postgres.store:open_postgres",
            can=("concurrent_writers", "durable"),
        )
        for scheme in ("postgres", "postgresql")
    ]
