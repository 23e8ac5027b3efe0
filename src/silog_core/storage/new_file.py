"""A store that becomes a file only when it is complete."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from tempfile import TemporaryDirectory

from silog_core.errors import StorageError
from silog_core.ports.store import Store
from silog_core.storage.sqlite import SqliteStore


@contextmanager
def new_store_file(path: str | os.PathLike[str]) -> Iterator[Store]:
    """Give an empty store that is moved to *path* at the end, as one file.

    Until then nothing is at *path*; after an error, or a power cut, nothing is there.

    Raises:
        StorageError: Something is there already, or cannot be written there.

    Example:
        >>> with TemporaryDirectory() as here:
        ...     with new_store_file(f"{here}/copy.db") as store:
        ...         _ = store.append("boxes", [b"packed"], after=0)
        ...     os.listdir(here)
        ['copy.db']
    """
    to = Path(path)
    if to.exists():
        raise _there(to)
    try:
        # Beside it, because only within one disk a file is moved whole.
        folder = TemporaryDirectory(prefix=f".{to.name}.", dir=to.absolute().parent)
    except OSError as wrong:
        raise StorageError(
            f"{to} cannot be written: {wrong}", "name a folder in which you may write"
        ) from wrong
    with folder as here:
        made = Path(here) / "part.db"
        store = SqliteStore(made)
        try:
            yield store
        finally:
            store.close()
        _one_file(made)
        _moved(made, to)


def _one_file(path: Path) -> None:
    """Fold the write-ahead log in, so that the file is read where nothing may be written."""
    with closing(sqlite3.connect(path, isolation_level=None)) as link:
        link.execute("PRAGMA journal_mode = DELETE")
    with path.open("rb") as file:
        os.fsync(file.fileno())


def _moved(made: Path, to: Path) -> None:
    try:
        os.link(made, to)  # fails if somebody was first, which a rename would not
    except FileExistsError:
        raise _there(to) from None
    except OSError:  # sticks have no links
        if to.exists():
            raise _there(to) from None
        made.rename(to)
    with suppress(OSError):  # where a folder cannot be opened
        handle = os.open(to.absolute().parent, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def _there(path: Path) -> StorageError:
    return StorageError(f"{path} is there already", "name another file; nothing is replaced")
