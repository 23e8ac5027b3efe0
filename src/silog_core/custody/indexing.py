"""What the index of a record gains when records are added to it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

import attrs

from silog_core.custody.merkle import Frontier, leaf_hash
from silog_core.custody.roster import ROSTER
from silog_core.custody.runs import Run, runs_of
from silog_core.custody.tiles import LEVELS, index_stream
from silog_core.ports.store import Write


@attrs.frozen
class Growth:
    """A batch of records and all that follows from them."""

    #: The tree with them.
    tree: Frontier
    leaves: Sequence[bytes]
    #: New rows of the kept nodes, by level.
    nodes: Mapping[int, list[bytes]]
    #: New rows of each device.
    runs: Mapping[str, list[bytes]]
    #: Rows that say where rosters are.
    rosters: list[bytes]

    def node_writes(self) -> list[Write]:
        """Return the writes of the kept nodes."""
        begin = self.tree.size - len(self.leaves)
        return [
            Write(index_stream(level), begin >> level, rows)
            for level, rows in self.nodes.items()
            if rows
        ]


def grown(
    tree: Frontier,
    records: Sequence[bytes],
    *,
    leaves: Sequence[bytes] | None = None,
    runs: Sequence[Run] | None = None,
) -> Growth:
    """Return what one batch adds; *tree* itself stays as it is.

    Args:
        tree: The tree before the batch.
        records: What is added at once.
        leaves: Their hashes, if they are known already.
        runs: Their runs, if they are known already.

    Example:
        >>> one = grown(Frontier(), [b"%d" % n for n in range(16)])
        >>> one.tree.size, len(one.nodes[4]), one.runs
        (16, 1, {})
    """
    hashes = [leaf_hash(one) for one in records] if leaves is None else leaves
    nodes: dict[int, list[bytes]] = {level: [] for level in LEVELS}
    larger, begin = tree.copy(), tree.size
    larger.extend(hashes, kept=nodes)
    by_device: dict[str, list[bytes]] = defaultdict(list)
    for run in runs_of(records, begin) if runs is None else runs:
        by_device[run.device].append(run.row())
    rosters = [
        b"%d" % place
        for place, record in enumerate(records, begin)
        if place and record.startswith(ROSTER)
    ]
    return Growth(larger, hashes, nodes, dict(by_device), rosters)
