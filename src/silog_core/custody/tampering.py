"""Six ways to falsify a record, each tried against the verifier: a demonstration."""

from __future__ import annotations

from collections.abc import Callable

import attrs

from silog_core.custody.ledger import Ledger
from silog_core.custody.merkle import check_inclusion, leaf_hash
from silog_core.custody.tiles import RECORDS, Tiles
from silog_core.custody.verify import verify_ledger
from silog_core.errors import ProofError
from silog_core.ports.store import Store

_Rows = dict[str, list[bytes]]
_COUNT = 24


@attrs.frozen
class Tampering:
    """One way, in both languages, and whether it was found."""

    title_id: str
    title_en: str
    found: bool


def _edit(rows: list[bytes]) -> None:
    rows[7] = rows[7].replace(b"event 7", b"event 8")


def _reorder(rows: list[bytes]) -> None:
    rows[4], rows[5] = rows[5], rows[4]


_WAYS: tuple[tuple[str, str, Callable[[list[bytes]], None]], ...] = (
    ("isi catatan diubah", "a record is edited", _edit),
    ("catatan dihapus", "a record is deleted", lambda rows: rows.__delitem__(9)),
    ("urutan ditukar", "two records change places", _reorder),
    ("catatan digandakan", "a record is repeated", lambda rows: rows.insert(3, rows[3])),
    ("ekor dipotong", "the end is cut off", lambda rows: rows.__delitem__(slice(-4, None))),
)


def tamper(new_store: Callable[[], Store]) -> list[Tampering]:
    """Falsify a small ledger in six ways; all have to be found.

    Args:
        new_store: Gives an empty store each time.

    Example:
        >>> from silog_core.storage import MemoryStore
        >>> found = tamper(MemoryStore)
        >>> len(found), all(way.found for way in found)
        (6, True)
    """
    honest = new_store()
    ledger = Ledger.init(honest, origin="silog/demo")
    ledger.append([b"event %d" % n for n in range(1, _COUNT + 1)], device="desk-1")
    rows: _Rows = {stream: honest.read(stream) for stream in honest.streams()}
    told = []
    for title_id, title_en, way in _WAYS:
        changed = {stream: list(events) for stream, events in rows.items()}
        way(changed[RECORDS])
        store = new_store()
        for stream, events in changed.items():
            store.append(stream, events, after=0)
        told.append(Tampering(title_id, title_en, bool(verify_ledger(store).faults)))
    told.append(
        Tampering(
            "bukti jujur dengan ukuran palsu",
            "an honest proof comes with a wrong size",
            _wrong_size_found(ledger),
        )
    )
    return told


def _wrong_size_found(ledger: Ledger) -> bool:
    tree = Tiles(ledger.store)
    try:
        check_inclusion(
            leaf=leaf_hash(ledger.record(3)),
            index=3,
            size=ledger.size - 9,
            proof=tree.inclusion(3, ledger.size),
            root=tree.frontier(ledger.size).root(),
        )
    except ProofError:
        return True
    return False
