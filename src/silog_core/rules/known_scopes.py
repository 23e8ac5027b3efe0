"""Scopes that the region table does not know: a rule there would apply nowhere."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from difflib import get_close_matches

from silog_core.domain.regions import RegionCode, RegionTable
from silog_core.rules.conflicts import Conflict, conflict
from silog_core.rules.entry import Entry, in_force


def check_scopes(entries: Sequence[Entry], table: RegionTable) -> Iterator[Conflict]:
    """Find rules for a code that the table lacks, though it lists its siblings."""
    listed: dict[str, list[str]] = {}
    for code in table.names:
        parent = code.rpartition(".")[0]
        listed.setdefault(parent, []).append(code)
    for entry in in_force(entries):
        named = (entry.scope, *getattr(entry.rule, "not_in", ()))
        for scope in named:
            missing = _missing(scope, table, listed)
            if not missing:
                continue
            siblings = sorted(listed[missing.rpartition(".")[0]])
            close = get_close_matches(missing, siblings, 3, 0) or siblings[:3]
            yield conflict(
                "scope",
                [entry],
                f"{entry.rule.id} of {entry.author} names {scope}, but {missing} is not"
                f" in the code list of {table.as_of} ({table.source})",
                f"use a code of that list such as {', '.join(close)}, or name the new code in"
                " the manifest's table and renames",
            )


def _missing(scope: RegionCode, table: RegionTable, listed: dict[str, list[str]]) -> str:
    """Return the widest part of *scope* that a complete list should hold and does not."""
    for region in scope.lineage():
        code = str(region)
        if region.depth and code not in table.names and listed.get(code.rpartition(".")[0]):
            return code
    return ""
