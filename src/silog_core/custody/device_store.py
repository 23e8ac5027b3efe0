"""The log of a device in a file of its own: a phone or laptop records without the ledger."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterable

from silog_core.custody.chain import DeviceLog, Seal
from silog_core.custody.signing import from_base64
from silog_core.errors import ForeignChainError, LedgerError
from silog_core.ports.store import Store

#: Stream that says whose log it is, and of which ledger.
NAME = "device"


def begin_device(store: Store, device: str, *, genesis: bytes) -> DeviceLog:
    """Make the log of a device in an empty store.

    Args:
        store: An open store without a log.
        device: Name of the device, given out by the ledger's office.
        genesis: Leaf hash of the ledger's first record, `silog_core.Ledger.genesis`.

    Raises:
        LedgerError: The store holds a log already.

    Example:
        >>> from silog_core.storage import MemoryStore
        >>> store = MemoryStore()
        >>> begin_device(store, "phone-7", genesis=bytes(32)).append([b"opened"])
        1
        >>> device_in(store).sequence
        1
    """
    if store.read(NAME):
        raise LedgerError("a device's log is there already", "name another file")
    log = DeviceLog(device, genesis=genesis, store=store)
    store.append(NAME, [f"{log.device} {genesis_text(genesis)}".encode()], after=0)
    return log


def device_in(store: Store) -> DeviceLog:
    """Return the log that a store holds.

    Raises:
        LedgerError: It holds none.
        ForeignChainError: The log was changed.
    """
    told = store.read(NAME)
    if not told:
        raise LedgerError(
            "this file holds no device's log", "make one: silog ledger device init"
        )
    try:
        device, _, text = told[0].decode().partition(" ")
        genesis = from_base64(text, "the name of a ledger")
    except ValueError as wrong:
        raise ForeignChainError("the first row of the log is damaged", _FIX) from wrong
    return DeviceLog(device, genesis=genesis, store=store)


def genesis_text(genesis: bytes) -> str:
    """Return what a device has to know of its ledger, as a word to be carried to it."""
    return b64encode(genesis).decode()


def genesis_in(text: str) -> bytes:
    """Return what `genesis_text` wrote.

    Raises:
        LedgerError: It did not.

    Example:
        >>> genesis_in(genesis_text(bytes(32))) == bytes(32)
        True
    """
    try:
        found = from_base64(text, "the name of a ledger")
    except ValueError:
        found = b""
    if len(found) != 32:
        raise LedgerError(
            f"{text!r} names no ledger", "give what `silog ledger device invite` printed"
        )
    return found


def sealed_parts(logs: Iterable[DeviceLog]) -> tuple[list[DeviceLog], dict[str, int]]:
    """Return the logs as far as they are sealed, and how many entries are left out.

    A signed ledger takes what a seal answers for; what a device wrote behind its last
    seal stays with it, and comes with the next one.
    """
    parts, left = [], {}
    for log in logs:
        if log.records and Seal.parse(log.records[-1]) is None:
            part = DeviceLog.parse(log.dump(sealed=True))
            reached = part.sequence if part.records else _before(log)
            left[log.device] = log.sequence - reached
        else:
            part = log
        if part.records:
            parts.append(part)
    return parts, left


def _before(log: DeviceLog) -> int:
    """Return the number of the entry before the first one of *log*."""
    return log.sequence - sum(Seal.parse(record) is None for record in log.records)


_FIX = "fetch the log from the device again; if it is still broken, keep it as evidence"
