"""The code lists of several packs as one."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from silog_core.domain.manifest import Manifest
from silog_core.domain.regions import RegionCode, RegionTable


def merged_table(
    manifests: Iterable[tuple[str, Manifest]], root: RegionCode, *, day: date
) -> RegionTable:
    """Return the code lists of the packs around and below *root* as one.

    Wide packs come first, so that date and source are the country's and a narrower pack
    adds names to them; the order in which packs are given does not matter.

    Args:
        manifests: Name of each plugin, and what it says of itself.
        root: Widest region of the plan.
        day: Date of the list when no pack gives one.
    """
    found = [
        (min(r.depth for r in m.regions), name, m.table)
        for name, m in manifests
        if m.table and any(r.covers(root) or root.covers(r) for r in m.regions)
    ]
    if not found:
        return RegionTable(as_of=day, source="no plugin gives a code list", names={})
    tables = [table for _, _, table in sorted(found, key=lambda f: f[:2])]
    merged = tables[0]
    for table in tables[1:]:
        merged = merged.merged(table)
    return merged
