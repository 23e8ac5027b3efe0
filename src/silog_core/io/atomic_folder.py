"""Write a folder whole or not at all."""

from __future__ import annotations

import os
import shutil
from collections.abc import Mapping, Sequence
from pathlib import Path

from silog_core.errors import StorageError


def write_folder(
    path: str | os.PathLike[str], files: Mapping[str, bytes], owned: Sequence[str]
) -> Path:
    """Make *path* hold *files*, in one step; what people put beside them stays.

    Everything is written to a folder beside *path* first, which then takes its
    place, so that a reader never sees half of it and a full disk changes nothing.

    Args:
        path: Folder to make, or to replace.
        files: Content of each file.
        owned: Names of the format's files, which an older version may have left there.
            The first is the one without which an existing folder, unless empty, is
            somebody else's and must not be touched.

    Raises:
        StorageError: *path* is a file or somebody else's folder, or cannot be written.
    """
    folder = Path(path).resolve()
    _refuse_foreign(folder, owned[0])
    fresh = folder.with_name(f".{folder.name}.new-{os.getpid()}")
    old = folder.with_name(f".{folder.name}.old-{os.getpid()}")
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        shutil.rmtree(fresh, ignore_errors=True)
        fresh.mkdir()
        _keep_others(folder, fresh, owned)
        for name, content in sorted(files.items()):
            _write_durably(fresh / name, content)
        if folder.exists():
            folder.rename(old)
        fresh.rename(folder)
    except BaseException as wrong:
        shutil.rmtree(fresh, ignore_errors=True)
        if old.exists() and not folder.exists():
            old.rename(folder)
        if not isinstance(wrong, OSError):
            raise
        raise StorageError(
            f"{folder} cannot be written: {wrong.strerror or wrong}",
            "choose a folder that you may write to, on a disk with room",
        ) from wrong
    shutil.rmtree(old, ignore_errors=True)
    return folder


def _refuse_foreign(folder: Path, marker: str) -> None:
    if folder == Path.cwd():
        # It would be exchanged under the feet of the shell that stands in it.
        raise StorageError(f"{folder} is the current folder", "name a folder inside it")
    if folder.exists() and not folder.is_dir():
        raise StorageError(f"{folder} is a file", "name a folder")
    if folder.is_dir() and any(folder.iterdir()) and not (folder / marker).is_file():
        raise StorageError(
            f"{folder} holds other files, and no {marker}", "name a new or an empty folder"
        )


def _keep_others(folder: Path, fresh: Path, owned: Sequence[str]) -> None:
    if not folder.is_dir():
        return
    for entry in sorted(folder.iterdir()):
        if entry.is_dir():
            shutil.copytree(entry, fresh / entry.name)
        elif entry.name not in owned:
            shutil.copy2(entry, fresh / entry.name)


def _write_durably(path: Path, content: bytes) -> None:
    with path.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
