"""Write a plan as a folder: tables for people and programs, and ``plan.json``."""

from __future__ import annotations

import hashlib
import json
import os
from pathlib import Path
from typing import Any

import attrs

from silog_core.domain.plan import Plan
from silog_core.domain.wire import to_wire
from silog_core.io.atomic_folder import write_folder
from silog_core.io.plan_folder.allocation_tables import (
    ALLOCATION_FILES,
    FINDINGS,
    SHORTFALLS,
    UNSERVED,
    write_allocation,
)
from silog_core.io.plan_folder.needs_table import NEEDS_FILE, write_needs
from silog_core.io.plan_folder.places_table import PARENTS_FILE, PLACES_FILE, write_places
from silog_core.io.plan_folder.trip_tables import (
    ESCORTS_FILE,
    KITS_FILE,
    LOADS,
    RESTS,
    STAGES,
    STOPS,
    TRIPS,
    write_schedule,
    write_trips,
)

HEAD = "plan.json"
FORMAT = "silog-plan"
#: Rises when a reader of the version before would read a folder wrongly.
VERSION = 1
#: Fields of a plan that stand in tables; all others stand in ``plan.json``.
IN_TABLES = (
    *("needs", "allocation", "trips", "schedule", "findings"),
    *("shortfalls", "unserved", "names", "parents"),
)
OWNED = (
    HEAD,
    NEEDS_FILE,
    *ALLOCATION_FILES,
    *(TRIPS.file, STOPS.file, KITS_FILE, LOADS.file, STAGES.file),
    *(RESTS.file, ESCORTS_FILE),
    *(FINDINGS.file, SHORTFALLS.file, UNSERVED.file),
    PLACES_FILE,
    PARENTS_FILE,
)


def write_plan(plan: Plan, path: str | os.PathLike[str]) -> Path:
    """Write *plan* as a folder, and return the folder.

    It appears whole or not at all; the same plan gives the same bytes.
    ``docs/plan-folder.md`` describes the files.

    Raises:
        FieldError: Two trips share an id, or a code cannot stand in a table.
        StorageError: The folder cannot be written, or holds something else.
    """
    return write_folder(path, plan_files(plan), OWNED)


def plan_files(plan: Plan) -> dict[str, bytes]:
    """Return the content of each file."""
    names, day = plan.name_of, plan.election.voting_day
    needs, needs_meta = write_needs(plan.needs, names)
    allocation, allocation_meta = write_allocation(plan.allocation)
    tables = {
        NEEDS_FILE: needs,
        **allocation,
        **write_trips(plan.trips, names, day),
        STAGES.file: write_schedule(plan.schedule, day),
        FINDINGS.file: FINDINGS.write(plan.findings),
        SHORTFALLS.file: SHORTFALLS.write(plan.shortfalls),
        UNSERVED.file: UNSERVED.write(plan.unserved),
        **write_places(plan.names, plan.parents),
    }
    head: dict[str, Any] = {
        "format": FORMAT,
        "version": VERSION,
        "plan": {
            field.name: to_wire(getattr(plan, field.name))
            for field in attrs.fields(Plan)
            if field.init and field.name not in IN_TABLES
        },
        "allocation": allocation_meta,
        "needs": needs_meta,
        "sha256": {name: digest(content) for name, content in sorted(tables.items())},
    }
    text = json.dumps(head, ensure_ascii=False, indent=1)
    return {HEAD: f"{text}\n".encode(), **tables}


def digest(content: bytes) -> str:
    """Return the SHA-256 of a file, as ``sha256sum`` prints it."""
    return hashlib.sha256(content).hexdigest()
