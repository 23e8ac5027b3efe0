"""Look for every damage of a ledger, name it, and say how to mend it; nothing is changed."""

from __future__ import annotations

from collections.abc import Iterable

import attrs

from silog_core.custody.backup_parts import BEGIN, is_part, reach_of
from silog_core.custody.chain import DeviceLog
from silog_core.custody.checkup_texts import DAMAGES, MENDS
from silog_core.custody.copying import CHAINS
from silog_core.custody.device_store import NAME, device_in
from silog_core.custody.log import HEADS
from silog_core.custody.merkle import leaf_hash
from silog_core.custody.people import check_people
from silog_core.custody.signing import PublicKey
from silog_core.custody.tiles import RECORDS
from silog_core.custody.verify import Verified, verify_ledger
from silog_core.custody.verify_texts import LedgerFault
from silog_core.errors import SilogError
from silog_core.ports.people import People
from silog_core.ports.store import Examinable, Store

#: Codes of an index that does not fit records which are whole.
_INDEX = ("index/", "device/", "rosters")


@attrs.frozen
class Damage:
    """One damage, where it is, and what to do.

    Example:
        >>> print(Damage("chain", "record", 7, "phone-1").said("en"))
        record 7: [chain] the chain of device phone-1 is broken here
        >>> Damage("guard", "never_change").mend("en")[:34]
        'copy it to a new store, which has '
    """

    #: One of `silog_core.custody.checkup_texts.MENDS`.
    code: str
    #: Stream, table or file, and the row in it, from 1; 0 is the whole.
    where: str
    row: int = 0
    detail: str = ""

    def said(self, lang: str) -> str:
        """Return what is damaged as a sentence in ``id`` or ``en``."""
        if self.code in DAMAGES:
            text = DAMAGES[self.code][lang != "id"].format(self.detail)
            return f"{self.where} {self.row or ''}".strip() + f": [{self.code}] {text}"
        return LedgerFault(self.code, self.where, self.row, self.detail).said(lang)

    def mend(self, lang: str) -> str:
        """Return what to do as a sentence in ``id`` or ``en``."""
        return MENDS[self.code][lang != "id"]


@attrs.frozen
class Checkup:
    """What was looked at, and every damage; none when the ledger is whole."""

    origin: str
    size: int
    damages: tuple[Damage, ...]
    #: Personal data that is still held, erased, and committed to but not here.
    held: int = 0
    erased: int = 0
    elsewhere: int = 0


def check_up(
    store: Store, *, keys: Iterable[PublicKey] = (), people: People | None = None
) -> Checkup:
    """Return every damage of the ledger in *store*: of the file, the record, the index.

    Args:
        store: An open store.
        keys: Keys that you trust.
        people: Personal data that is kept beside the ledger.

    Example:
        >>> from silog_core.storage import MemoryStore
        >>> [damage.code for damage in check_up(MemoryStore()).damages]
        ['no-ledger']
    """
    found: list[Damage] = []
    if isinstance(store, Examinable):
        found += [Damage(one.code, one.where, 0, one.detail) for one in store.examine()]
    verified = Verified("", 0, b"", trusted=False, faults=())
    try:
        if store.read(NAME) and not store.end(HEADS):
            return _device(store, found)
        if is_part(store):
            return _part(store, found)
        found += _chains(store)
        verified = verify_ledger(store, keys=keys)
        found += _named(store, verified)
    except SilogError as wrong:
        found.append(Damage("unread", "store", 0, wrong.problem))
    if people is None:
        return Checkup(verified.origin, verified.size, tuple(found))
    report = check_people(store, people)
    found += [Damage(code, "people", 0, digest) for code, digest in report.faults]
    return Checkup(
        verified.origin,
        verified.size,
        tuple(found),
        held=report.held,
        erased=report.erased,
        elsewhere=report.elsewhere,
    )


def _device(store: Store, found: list[Damage]) -> Checkup:
    """Look at a device's own file, which holds no ledger."""
    device, size = "", 0
    try:
        log = device_in(store)
        device, size = log.device, len(log.records)
    except SilogError as wrong:
        found.append(Damage("device-log", NAME, 0, wrong.problem))
    return Checkup(device, size, tuple(found))


def _part(store: Store, found: list[Damage]) -> Checkup:
    """Look at a part of a backup, which holds no ledger."""
    origin, size = "", 0
    try:
        reach = reach_of(store)
        origin, size = reach.origin, reach.size
    except SilogError as wrong:
        found.append(Damage("backup-part", BEGIN, 0, wrong.problem))
    return Checkup(origin, size, tuple(found))


def _chains(store: Store) -> list[Damage]:
    """Look at logs of devices that lie in the file of the ledger."""
    first = store.read(RECORDS, limit=1)
    found = []
    for stream in store.streams():
        if stream.startswith(CHAINS) and first:
            try:
                DeviceLog(stream[len(CHAINS) :], genesis=leaf_hash(first[0]), store=store)
            except SilogError as wrong:
                found.append(Damage("device-log", stream, 0, wrong.problem))
    return found


def _named(store: Store, verified: Verified) -> list[Damage]:
    # The record is right if its own hashes lead to the signed roots: then the rows of
    # the index that differ are the damaged ones.
    sound = all(
        fault.code in {"index", "length", "foreign"}
        and (fault.code == "foreign" or fault.stream.startswith(_INDEX))
        for fault in verified.faults
    )
    found = []
    for fault in verified.faults:
        code = fault.code
        if code == "length":
            code = "orphan-rows" if store.end(fault.stream) > fault.row else "rows-missing"
        if sound and code in {"index", "orphan-rows", "rows-missing"}:
            code = "index-only"
        found.append(Damage(code, fault.stream, fault.row, fault.detail))
    return found
