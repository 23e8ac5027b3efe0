"""A whole backup and the parts that were made since, as one ledger again."""

from __future__ import annotations

from collections.abc import Iterable

from silog_core.custody.backup_parts import (
    AGAIN,
    INSIDE,
    begin_of,
    chains_in,
    is_part,
    reach_of,
)
from silog_core.custody.copying import copied, whole
from silog_core.custody.ledger import WITNESSED
from silog_core.custody.log import HEADS
from silog_core.custody.signing import PublicKey
from silog_core.custody.tiles import RECORDS
from silog_core.custody.verify import Verified, verify_ledger
from silog_core.errors import LedgerError, SilogError
from silog_core.ports.store import Store


def join_backup(
    base: Store, parts: Iterable[Store], target: Store, *, keys: Iterable[PublicKey] = ()
) -> Verified:
    """Make a ledger in *target* of a whole backup and its parts, and verify it.

    Args:
        base: A whole backup.
        parts: All that was backed up since, in whatever order.
        target: An empty store; to be thrown away if this fails.
        keys: Keys that you trust; one of them has to have signed the newest checkpoint.

    Raises:
        LedgerError: A part is missing, damaged or of another ledger; *base* is.
    """
    if target.streams():
        raise LedgerError("the store to restore into is not empty", "name a new one")
    for part in copied(Joined(base, parts)):
        target.append_all(part.writes())
    return whole(verify_ledger(target, keys=keys))


class Joined:
    """A whole backup and its parts, read as one store; they are not changed."""

    def __init__(self, base: Store, parts: Iterable[Store]) -> None:
        """Join *parts*, in whatever order they come, to *base*.

        Raises:
            LedgerError: A part is damaged, missing, there twice, or of another ledger; all
                that is wrong is named.
        """
        reach = reach_of(base)
        #: Stores and names of streams that follow each other, by stream.
        self._pieces: dict[str, list[tuple[Store, str]]] = {
            name: [(base, name)] for name in (RECORDS, HEADS, *chains_in(base))
        }
        self._witnessed = dict.fromkeys(base.read(WITNESSED))
        begun, wrong = [], []
        for number, part in enumerate(parts, 1):
            try:
                if not is_part(part):
                    raise LedgerError("it is no part of a backup", AGAIN)
                begun.append((begin_of(part).size, reach_of(part), number, part))
            except SilogError as problem:
                wrong.append(f"part {number}: {problem.problem}")
        begun.sort(key=lambda one: (one[0], one[1].size, one[2]))
        for begin, end, number, part in begun:
            if begin != reach.size:
                wrong.append(
                    f"part {number} begins behind record {begin}, and what is before it"
                    f" ends at {reach.size}"
                )
            elif begin_of(part).row() != reach.row():
                wrong.append(f"part {number} goes on from another checkpoint")
            self._take(part)
            reach = end
        if wrong:
            raise LedgerError(
                f"these parts do not make a backup: {'; '.join(wrong)}",
                "give the whole backup and each part that was made since, once",
            )

    def _take(self, part: Store) -> None:
        for name in (RECORDS, HEADS, *chains_in(part, INSIDE)):
            self._pieces.setdefault(name, []).append((part, INSIDE + name))
        self._witnessed |= dict.fromkeys(part.read(INSIDE + WITNESSED))

    def streams(self) -> list[str]:
        """Return the names of the streams."""
        more = [WITNESSED] if self._witnessed else []
        return sorted([*(name for name in self._pieces if self.end(name)), *more])

    def end(self, stream: str) -> int:
        """Return how many rows a stream has."""
        if stream == WITNESSED:
            return len(self._witnessed)
        return sum(store.end(name) for store, name in self._pieces.get(stream, ()))

    def read(self, stream: str, *, after: int = 0, limit: int | None = None) -> list[bytes]:
        """Return rows of a stream as `Store.read` does."""
        if stream == WITNESSED:
            rows = list(self._witnessed)[after:]
            return rows if limit is None else rows[:limit]
        found: list[bytes] = []
        for store, name in self._pieces.get(stream, ()):
            end = store.end(name)
            if after < end:
                left = None if limit is None else limit - len(found)
                found += store.read(name, after=after, limit=left)
            after = max(0, after - end)
            if limit is not None and len(found) >= limit:
                break
        return found
