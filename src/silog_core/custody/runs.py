"""Where the entries of a device lie in a record: runs of entries side by side."""

from __future__ import annotations

from collections.abc import Iterable

import attrs

from silog_core.custody.chain import ENTRY, Entry
from silog_core.errors import LedgerError


@attrs.frozen
class Run:
    """Entries of one device that lie side by side, written at once."""

    device: str
    #: Sequence number of the first.
    sequence: int
    count: int
    #: Place of the first in the record, from 0.
    index: int

    def row(self) -> bytes:
        """Return the row that is kept in the device's stream."""
        return b"%d %d %d" % (self.sequence, self.count, self.index)

    @classmethod
    def parse(cls, device: str, row: bytes) -> Run:
        """Return the run that `row` wrote.

        Raises:
            LedgerError: It did not.
        """
        try:
            sequence, count, index = map(int, row.split(b" "))
        except ValueError:
            raise LedgerError(
                f"the index of device {device} is damaged", "verify the ledger, then restore"
            ) from None
        return cls(device, sequence, count, index)


def runs_stream(device: str) -> str:
    """Return the stream with the runs of a device."""
    return f"device/{device}"


def runs_of(records: Iterable[bytes], index: int) -> list[Run]:
    """Return the runs of records that were written at once, the first at *index*.

    Example:
        >>> link = b"A" * 43 + b"="
        >>> runs_of([b"e1 a %d %b" % (n, link) + bytes([10]) for n in (1, 2)], 5)
        [Run(device='a', sequence=1, count=2, index=5)]
    """
    found: list[Run] = []
    begun: tuple[str, int, int] | None = None
    count = 0
    for place, record in enumerate(records, index):
        entry = Entry.parse(record) if record.startswith(ENTRY) else None
        if begun and (
            entry is None or (entry.device, entry.sequence) != (begun[0], begun[1] + count)
        ):
            found.append(Run(begun[0], begun[1], count, begun[2]))
            begun, count = None, 0
        if entry:
            begun = begun or (entry.device, entry.sequence, place)
            count += 1
    if begun:
        found.append(Run(begun[0], begun[1], count, begun[2]))
    return found
