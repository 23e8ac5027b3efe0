"""Open the file of a ledger, and read its events."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

import click

from silog_core.custody.events import event_bytes
from silog_core.custody.export_jsonl import read_jsonl
from silog_core.custody.ledger import Ledger
from silog_core.custody.signing import FileSigner, PublicKey
from silog_core.domain.custody_events import Event
from silog_core.errors import StorageError
from silog_core.ports.store import Store
from silog_core.storage import open_store

#: A file, or the URL of a store of a plugin, such as ``postgresql://host/database``.
LEDGER = click.argument("ledger", metavar="LEDGER")
KEY = click.option(
    "--key",
    type=click.Path(dir_okay=False, path_type=Path),
    help="File with the private key; a signed ledger needs it to grow.",
)


TRUST = click.option(
    "--trust",
    multiple=True,
    help="Public key that you trust, or its file, as published; may be repeated.",
)


def key_of(word: str) -> PublicKey:
    """Return the public key that a word is, or that is in the file that it names.

    Raises:
        SignatureError: It is neither.
    """
    if "+" not in word and Path(word).is_file():
        return PublicKey.parse(Path(word).read_text("utf-8").strip())
    return PublicKey.parse(word)


def keys_of(words: Iterable[str]) -> list[PublicKey]:
    """Return the public keys that were given as words or files."""
    return [key_of(word) for word in words]


def signer_of(key: Path | None) -> FileSigner | None:
    """Return the signer whose private key is in a file."""
    return None if key is None else FileSigner.parse(key.read_text("utf-8"))


def is_url(place: str) -> bool:
    """Say whether a place is a URL, and no file.

    Example:
        >>> is_url("postgresql://localhost/silog"), is_url("record.db")
        (True, False)
    """
    return "://" in place


@contextmanager
def store_at(place: str, *, new: bool = False) -> Iterator[Store]:
    """Open the store at a path or URL; the stores of plugins are found by their scheme.

    Raises:
        StorageError: There is no such file, or, with *new*, there is one.
    """
    if is_url(place):
        from silog_core.session import Session

        with Session() as session, session.open_store(place) as store:
            yield store
        return
    if new and Path(place).exists():
        raise StorageError(f"{place} is there already", "name another file")
    if not new and not Path(place).exists():
        raise StorageError(f"there is no ledger {place}", "make one: silog ledger init")
    with open_store(f"sqlite:///{place}") as store:
        yield store


@contextmanager
def opened(place: str, key: Path | None = None) -> Iterator[Ledger]:
    """Open the ledger at *place*.

    Raises:
        StorageError: There is no such file.
    """
    signer = signer_of(key)
    with store_at(place) as store:
        yield Ledger(store, signer=signer)


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
