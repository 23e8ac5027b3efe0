"""The roster: who answers for the ledger, and which key of which device has which roles.

The first record of a ledger is its roster, signed by the key of the ledger; later ones
add or revoke keys, and hold from their place in the record on.
"""

from __future__ import annotations

from collections.abc import Iterable

import attrs

from silog_core.custody.checkpoint import SignedNote
from silog_core.custody.signing import COSIGNER, PublicKey, Signer, check_name
from silog_core.errors import LedgerError, SignatureError

ROSTER = b"silog-roster/1\n"
_FIX = "take the record as it was written"


@attrs.frozen
class DeviceKey:
    """A key that may seal the log of a device, and the roles of its holder."""

    device: str
    key: PublicKey
    #: Values of `silog_core.domain.custody_roles.Role`.
    roles: frozenset[str]
    revoked: bool = False

    def line(self) -> str:
        """Return the line that says so."""
        word = "revoke" if self.revoked else "device"
        roles = ",".join(sorted(self.roles)) or "-"
        return f"{word} {check_name(self.device)} {roles} {self.key.text}\n"


@attrs.define
class Roster:
    """What the rosters of a ledger say, up to a place in the record."""

    origin: str
    #: Signs rosters and checkpoints; None in a ledger that is not signed.
    authority: PublicKey | None
    #: Keys of witnesses that the office names.
    witnesses: tuple[PublicKey, ...] = ()
    devices: dict[str, dict[str, DeviceKey]] = attrs.field(factory=dict)

    def roles(self, device: str) -> frozenset[str]:
        """Return the roles in which a device may record."""
        keys = self.devices.get(device, {}).values()
        return frozenset(role for one in keys if not one.revoked for role in one.roles)

    def key(self, device: str, text: str) -> PublicKey | None:
        """Return the key of that text, if it may seal the device's log."""
        found = self.devices.get(device, {}).get(text)
        return found.key if found and not found.revoked else None

    def follow(self, record: bytes) -> Roster:
        """Return the roster after one more roster record.

        Raises:
            SignatureError: It is not signed by the ledger's key, or of another ledger.
        """
        return _follow(self, record)


def roster_record(
    origin: str,
    *,
    signer: Signer | None,
    devices: Iterable[DeviceKey] = (),
    witnesses: Iterable[PublicKey] = (),
) -> bytes:
    """Return a roster as a record, signed if there is a signer."""
    authority = signer.key.text if signer else "-"
    text = f"{ROSTER.decode()}{check_name(origin)}\nauthority {authority}\n"
    text += "".join(f"witness {key.text}\n" for key in sorted(witnesses))
    text += "".join(sorted(one.line() for one in devices))
    note = SignedNote(text)
    return str(note.signed(signer) if signer else note).encode()


def first_roster(record: bytes) -> Roster:
    """Return what the first record of a ledger says.

    Raises:
        LedgerError: It is no roster.
        SignatureError: It is not signed by the key that it names.
    """
    lines = record.split(b"\n", 3)
    if not record.startswith(ROSTER) or len(lines) != 4:
        raise LedgerError("the first record names no ledger", _FIX)
    try:
        origin, (word, key) = check_name(lines[1].decode()), lines[2].decode().split(" ")
    except ValueError as wrong:
        raise LedgerError("the first record is damaged", _FIX) from wrong
    if word != "authority":
        raise LedgerError("the first record names no authority", _FIX)
    authority = None if key == "-" else PublicKey.parse(key)
    return _follow(Roster(origin, authority), record)


def _follow(before: Roster, record: bytes) -> Roster:
    try:
        note = SignedNote.parse(record.decode())
    except UnicodeDecodeError as wrong:
        raise SignatureError("the roster is damaged", _FIX) from wrong
    if str(note).encode() != record:
        raise SignatureError("the roster is not in its canonical form", _FIX)
    expected = before.authority.text if before.authority else "-"
    lines = note.text.split("\n")[:-1]
    if lines[:3] != [ROSTER.decode()[:-1], before.origin, f"authority {expected}"]:
        raise SignatureError("the roster is of another ledger", _FIX)
    signed = before.authority is not None and note.signature_of(before.authority)
    if len(note.signatures) != (1 if before.authority else 0) or (
        before.authority is not None and not signed
    ):
        raise SignatureError(f"the roster is not signed by {expected}", _FIX)
    witnesses = list(before.witnesses)
    devices = {name: dict(keys) for name, keys in before.devices.items()}
    for line in lines[3:]:
        words = line.split(" ")
        if words[0] == "witness" and len(words) == 2:
            key = PublicKey.parse(words[1])
            if key.kind != COSIGNER:
                raise SignatureError(f"{key.name} is no witness's key", _FIX)
            witnesses.append(key)
        elif words[0] in {"device", "revoke"} and len(words) == 4:
            one = DeviceKey(
                check_name(words[1]),
                PublicKey.parse(words[3]),
                frozenset(words[2].split(",") if words[2] != "-" else ()),
                words[0] == "revoke",
            )
            if one.line() != line + "\n":
                raise SignatureError(f"the roster cannot say {line[:60]!r}", _FIX)
            devices.setdefault(one.device, {})[one.key.text] = one
        else:
            raise SignatureError(f"the roster cannot say {line[:60]!r}", _FIX)
    return Roster(before.origin, before.authority, tuple(witnesses), devices)
