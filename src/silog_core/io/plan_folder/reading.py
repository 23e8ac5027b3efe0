"""Read a plan folder, or say which file of it is damaged."""

from __future__ import annotations

import json
import os
import typing
from pathlib import Path
from typing import Any

from silog_core.domain.plan import Plan
from silog_core.domain.wire import from_wire
from silog_core.errors import FieldError, FileFormatError
from silog_core.io.plan_folder.allocation_tables import (
    FINDINGS,
    SHORTFALLS,
    UNSERVED,
    read_allocation,
)
from silog_core.io.plan_folder.needs_table import NEEDS_FILE, read_needs
from silog_core.io.plan_folder.places_table import read_places
from silog_core.io.plan_folder.trip_tables import STAGES, read_schedule, read_trips
from silog_core.io.plan_folder.writing import FORMAT, HEAD, OWNED, VERSION, digest

_AGAIN = "write the plan again; to change a plan, re-plan, or copy the table elsewhere"


def read_plan(path: str | os.PathLike[str]) -> Plan:
    """Return the plan that `write_plan` wrote.

    Raises:
        FileFormatError: It is not a plan folder, or of another version, or a file of it
            is missing or was changed after it was written.
    """
    folder = Path(path)
    head = _head(folder)
    files = {name: _table(folder, name, said) for name, said in head["sha256"].items()}
    try:
        return _plan(head, files)
    except FieldError as wrong:
        raise FileFormatError(f"{folder / HEAD}: {wrong.problem}", _AGAIN) from wrong
    except (KeyError, TypeError, AttributeError, ValueError) as wrong:
        if isinstance(wrong, FileFormatError):
            raise
        raise FileFormatError(f"{folder / HEAD} is damaged: {wrong!r}", _AGAIN) from wrong


def _head(folder: Path) -> dict[str, Any]:
    path = folder / HEAD
    if not folder.is_dir():
        raise FileFormatError(f"there is no folder {folder}", f"name the folder of a {HEAD}")
    if not path.is_file():
        raise FileFormatError(
            f"{folder} has no {HEAD}", "name a folder that `silog plan --out` wrote"
        )
    try:
        head = json.loads(path.read_bytes())
    except (ValueError, RecursionError) as wrong:
        raise FileFormatError(f"{path} is not JSON: {wrong}", _AGAIN) from wrong
    if not isinstance(head, dict) or head.get("format") != FORMAT:
        raise FileFormatError(f"{path} is not of a plan", "name a folder of a plan")
    version = head.get("version")
    if version != VERSION:
        raise FileFormatError(
            f"{path} has version {version!r} of the format, this program reads {VERSION}",
            "update silog_core, or plan again with this version",
        )
    listed = head.get("sha256")
    if not isinstance(listed, dict) or not set(listed) <= set(OWNED[1:]):
        raise FileFormatError(f"{path} does not list the tables of a plan", _AGAIN)
    return head


def _table(folder: Path, name: str, said: object) -> bytes:
    try:
        content = (folder / name).read_bytes()
    except OSError as wrong:
        reason = wrong.strerror or str(wrong)
        raise FileFormatError(f"{folder / name} cannot be read: {reason}", _AGAIN) from wrong
    if digest(content) != said:
        raise FileFormatError(f"{folder / name} was changed after it was written", _AGAIN)
    return content


def _plan(head: dict[str, Any], files: dict[str, bytes]) -> Plan:
    hints = typing.get_type_hints(Plan)
    names, parents = read_places(files)
    plain = {
        name: from_wire(hints[name], data, path=f"$.plan.{name}")
        for name, data in head["plan"].items()
    }
    return Plan(
        needs=read_needs(files[NEEDS_FILE], head["needs"]),
        allocation=read_allocation(files, head["allocation"]),
        trips=read_trips(files),
        schedule=read_schedule(files[STAGES.file]),
        findings=FINDINGS.read(files[FINDINGS.file]),
        shortfalls=SHORTFALLS.read(files[SHORTFALLS.file]),
        unserved=UNSERVED.read(files[UNSERVED.file]),
        names=names,
        parents=parents,
        **plain,
    )
