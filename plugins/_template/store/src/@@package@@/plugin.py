"""Offers the store under its URL scheme; the store itself is imported when it is used."""

from __future__ import annotations

from silog_core.plugins import Manifest, hookimpl
from silog_core.ports.store import StoreSpec


@hookimpl
def silog_manifest() -> Manifest:
    """Say what this is."""
    return Manifest(title="@@title@@")


@hookimpl
def silog_stores() -> list[StoreSpec]:
    """Give the store."""
    return [
        StoreSpec(
            name="@@name@@",
            title="@@title@@",
            open="@@package@@.store:open_store",
            needs="@@distribution@@",
        )
    ]
