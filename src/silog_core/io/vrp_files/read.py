"""Read a published routing problem of any style known here."""

from __future__ import annotations

from typing import TYPE_CHECKING

from silog_core.errors import FileFormatError
from silog_core.io.vrp_files.cordeau import looks_like_cordeau, read_cordeau
from silog_core.io.vrp_files.solomon import looks_like_solomon, read_solomon
from silog_core.io.vrp_files.vrplib import looks_like_vrplib, read_vrplib

if TYPE_CHECKING:
    from pathlib import Path

    from silog_core.io.vrp_files.model import VrpFile


def read_vrp_file(path: Path) -> VrpFile:
    """Read a VRPLIB, Solomon or Cordeau file; the style is told from its text.

    Args:
        path: The file, UTF-8 or Latin-1 text.

    Returns:
        The problem, with distances in the convention of its style: Solomon and Cordeau
        files have real distances; VRPLIB's ``EUC_2D`` is rounded to whole numbers for
        plain capacitated problems and real for every richer one.

    Raises:
        FileFormatError: The file is missing, of another style, or damaged.
    """
    try:
        text = path.read_bytes().decode("utf-8", errors="replace")
    except OSError as exc:
        raise FileFormatError(
            f"{path} cannot be read: {exc.strerror}", "give the path of a routing file"
        ) from exc
    lines = [line for line in text.splitlines() if line.strip()]
    for matches, read in (
        (looks_like_vrplib, read_vrplib),
        (looks_like_solomon, read_solomon),
        (looks_like_cordeau, read_cordeau),
    ):
        if matches(lines):
            try:
                return read(lines, path.stem)
            except (ValueError, IndexError, KeyError) as exc:
                if isinstance(exc, FileFormatError):
                    raise
                raise FileFormatError(
                    f"{path.name} is damaged: {exc}",
                    "compare it with a file of the same set, or fetch it again",
                ) from exc
    raise FileFormatError(
        f"{path.name} is of no style known here",
        "give a VRPLIB file (with NAME and DIMENSION), a Solomon file (with VEHICLE and "
        "CUSTOMER), or a Cordeau file (type, vehicles, customers, depots)",
    )
