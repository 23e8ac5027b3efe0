"""Open the file of a ledger, and read its events."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click

from silog_core.custody.events import event_bytes, event_from_bytes
from silog_core.custody.export_jsonl import read_jsonl
from silog_core.custody.ledger import Ledger
from silog_core.custody.signing import FileSigner
from silog_core.domain.custody_events import Event
from silog_core.errors import StorageError
from silog_core.storage import open_store

LEDGER = click.argument("ledger", type=click.Path(dir_okay=False, path_type=Path))
KEY = click.option(
    "--key",
    type=click.Path(dir_okay=False, path_type=Path),
    help="File with the private key; a signed ledger needs it to grow.",
)


@contextmanager
def opened(path: Path, key: Path | None = None) -> Iterator[Ledger]:
    """Open the ledger at *path*.

    Raises:
        StorageError: There is no such file.
    """
    if not path.exists():
        raise StorageError(f"there is no ledger {path}", "make one: silog ledger init")
    signer = None if key is None else FileSigner.parse(key.read_text("utf-8"))
    with open_store(f"sqlite:///{path}") as store:
        yield Ledger(store, signer=signer)


def events_in(ledger: Ledger) -> Iterator[Event]:
    """Yield the events of a ledger in the order in which they came."""
    for entry in ledger.entries():
        yield event_from_bytes(entry.body)


def events_from(file: Path, *, device: str, after: int = 0) -> list[Event]:
    """Return the events of a file: CSV, JSON lines or EPCIS, by its ending."""
    content = file.read_bytes()
    if file.suffix == ".jsonl":
        return read_jsonl(content, file=file.name)
    if file.suffix in {".json", ".jsonld"}:
        from silog_core.custody.epcis_reading import read_epcis

        return read_epcis(content)
    from silog_core.io.event_files import read_events

    return read_events(content, file=file.name, device=device, after=after)


def bodies(events: list[Event]) -> list[bytes]:
    """Return what is recorded of events."""
    return [event_bytes(event) for event in events]
