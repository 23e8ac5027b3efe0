"""Personal data beside the record: an event holds a salted hash, the data lies elsewhere.

Who has the data and its salt can show that the event speaks of it. Once both are erased,
the hash says nothing of anybody, and every proof of the event still holds.
"""

from __future__ import annotations

import hmac
import re
import secrets
from typing import Protocol

import attrs

from silog_core.errors import FieldError

#: Length of a salt [bytes]: too long to try all, however short the data.
SALT_BYTES = 32
_NAME = re.compile(r"[a-z][a-z0-9-]{0,63}")


@attrs.frozen
class Opening:
    """What a commitment stands for: who has it can show it, nobody else can guess it.

    Example:
        >>> one = Opening("receiver-name", "Siti", bytes(32))
        >>> one.digest[:16]
        'fe13e13f7956000e'
    """

    #: What it is, such as ``receiver-name`` or ``receiver-phone``.
    name: str
    value: str = attrs.field(repr=False)
    salt: bytes = attrs.field(repr=False, factory=lambda: secrets.token_bytes(SALT_BYTES))

    def __attrs_post_init__(self) -> None:
        if not _NAME.fullmatch(self.name):
            raise FieldError(f"{self.name!r} names no data", "give small letters and hyphens")
        if not self.value or len(self.salt) != SALT_BYTES:
            raise FieldError(f"there is no {self.name}", "give a text, and a salt of 32 bytes")

    @property
    def digest(self) -> str:
        """The commitment, as an event holds it."""
        text = _framed("silog-people/1", self.name, self.value)
        return hmac.digest(self.salt, text, "sha256").hex()

    @property
    def commitment(self) -> tuple[str, str]:
        """Name and digest, for `silog_core.Event.commitments`."""
        return self.name, self.digest


@attrs.frozen
class Act:
    """That somebody saw or erased personal data, signed with the key that allowed it."""

    #: ``reveal`` or ``erase``.
    what: str
    digest: str
    device: str
    #: Text of the key.
    key: str
    reason: str
    signature: bytes = attrs.field(repr=False, default=b"")

    def text(self) -> bytes:
        """Return what is signed."""
        return _framed(
            "silog-people-act/1", self.what, self.digest, self.device, self.key, self.reason
        )


class People(Protocol):
    """Where personal data is kept; unlike a record, it can be erased."""

    def keep(self, openings: list[Opening]) -> None:
        """Keep what was committed to: all of it or nothing."""
        ...

    def find(self, digest: str) -> Opening | None:
        """Return what a commitment stands for; None if it is erased or not here."""
        ...

    def digests(self) -> dict[str, bool]:
        """Return all commitments that were ever kept, and whether they are still held."""
        ...

    def note(self, act: Act) -> None:
        """Remember who saw data."""
        ...

    def erase(self, act: Act) -> bool:
        """Erase what a commitment stands for, and remember who did; False if it is gone."""
        ...

    def drop(self, digests: list[str]) -> None:
        """Forget what was kept for events that were not recorded in the end."""
        ...

    def acts(self) -> list[Act]:
        """Return who saw and erased what, in that order."""
        ...


def _framed(*words: str) -> bytes:
    data = [word.encode() for word in words]
    return b"".join(b"%d:%b\n" % (len(one), one) for one in data)
