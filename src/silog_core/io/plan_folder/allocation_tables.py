"""``allocation.csv``, ``short.csv``, and the lists of what is missing or amiss."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import attrs

from silog_core.domain.demand import Commodity
from silog_core.domain.findings import Finding
from silog_core.domain.plan import Allocation, Shortfall, Supply, UnservedKit
from silog_core.domain.wire import from_wire, to_wire
from silog_core.io.plan_folder.flat_rows import FlatRows

LINES = FlatRows(Supply, "allocation.csv")
SHORTFALLS = FlatRows(Shortfall, "shortfalls.csv")
FINDINGS = FlatRows(Finding, "findings.csv")
UNSERVED = FlatRows(UnservedKit, "unserved.csv")


@attrs.frozen(kw_only=True)
class _Share:
    """What a place below a warehouse gets when it gets less than it needs."""

    place: str
    commodity: Commodity
    served: int


_SHARES = FlatRows(_Share, "short.csv")
ALLOCATION_FILES = (LINES.file, _SHARES.file)


def write_allocation(allocation: Allocation) -> tuple[dict[str, bytes], Any]:
    """Return the two tables, and the rest of the allocation for ``plan.json``."""
    short = (_Share(place=p, commodity=c, served=n) for p, c, n in allocation.short)
    tables = {LINES.file: LINES.write(allocation.lines), _SHARES.file: _SHARES.write(short)}
    return tables, to_wire(attrs.evolve(allocation, lines=(), short=()))


def read_allocation(files: Mapping[str, bytes], meta: Any) -> Allocation:
    """Return the allocation that `write_allocation` wrote."""
    shares = _SHARES.read(files[_SHARES.file])
    return attrs.evolve(
        from_wire(Allocation, meta),
        lines=LINES.read(files[LINES.file]),
        short=tuple((s.place, s.commodity, s.served) for s in shares),
    )
