"""What the canonical bytes of an event are about, seen without reading the event.

To read half a million events takes a minute, to look at their bytes a second or two. Who
asks for one box reads only what names it. Canonical bytes make that sure: keys are sorted
and signs are escaped, so a key stands where it has to. In doubt the event counts as one
of more things, never of fewer.
"""

from __future__ import annotations

import json
from typing import Any, NamedTuple

#: Device and number of an event, as they stand in its bytes.
Name = tuple[bytes, bytes]


class Glance(NamedTuple):
    """What one event names."""

    name: Name
    kind: bytes
    place: bytes
    destination: bytes
    #: Codes of its container and units.
    codes: tuple[bytes, ...]
    #: Serial numbers that it puts on.
    seals: tuple[bytes, ...]
    #: Event that it corrects.
    corrects: Name | None
    #: What its units are put into.
    container: bytes


def glance(body: bytes) -> Glance:
    """Return what the event with these canonical bytes names; any bytes are looked at.

    Example:
        >>> seen = glance(
        ...     b'{"author":["operator","12"],"device":"t1","kind":"packed","place":"12",'
        ...     b'"seq":7,"time_s":0,"units":["BOX-1","BOX-2"],"v":1}'
        ... )
        >>> seen.name, seen.kind, seen.codes
        ((b't1', b'7'), b'packed', (b'BOX-1', b'BOX-2'))
    """
    if b"\\" in body or b'"commitments":' in body:
        return _read(body)
    # Behind the last "seq", "kind", "place" and "units" no key of the same name can stand
    # with such a value; before the first "container" only commitments have keys.
    at = body.rfind(b'"seq":') + 6
    name = (_text(body, b'"device":"', 10), body[at : body.find(b",", at)])
    container = _text(body, b'"container":"', 13)
    codes = _list(body, body.rfind(b'"units":["'), 10)
    if container:
        codes = (container, *codes)
    corrects = None
    at = body.find(b'"corrects":["') + 13
    if at > 12:
        device, _, number = body[at : body.find(b"]", at)].partition(b'",')
        corrects = (device, number)
    return Glance(
        name,
        _last(body, b'"kind":"', 8),
        _last(body, b'"place":"', 9),
        _text(body, b'"destination":"', 15),
        codes,
        _list(body, body.find(b'"seals_applied":["'), 18),
        corrects,
        container,
    )


def _text(body: bytes, key: bytes, length: int) -> bytes:
    at = body.find(key)
    return b"" if at < 0 else body[at + length : body.find(b'"', at + length)]


def _list(body: bytes, at: int, length: int) -> tuple[bytes, ...]:
    if at < 0:
        return ()
    return tuple(body[at + length : body.find(b'"]', at)].split(b'","'))


def _last(body: bytes, key: bytes, length: int) -> bytes:
    at = body.rfind(key)
    return b"" if at < 0 else body[at + length : body.find(b'"', at + length)]


def _read(body: bytes) -> Glance:
    """Return the same of bytes with escapes or free keys, which have to be read."""
    try:
        found: Any = json.loads(body)
    except (ValueError, RecursionError):
        found = None
    if not isinstance(found, dict):
        found = {}
    codes = [found.get("container", ""), *_listed(found.get("units"))]
    corrects = _listed(found.get("corrects"))
    return Glance(
        (_bytes(found.get("device")), _bytes(found.get("seq"))),
        _bytes(found.get("kind")),
        _bytes(found.get("place")),
        _bytes(found.get("destination")),
        tuple(_bytes(code) for code in codes if code),
        tuple(_bytes(seal) for seal in _listed(found.get("seals_applied"))),
        (_bytes(corrects[0]), _bytes(corrects[1])) if len(corrects) == 2 else None,
        _bytes(found.get("container")),
    )


def _listed(value: object) -> list[Any]:
    return value if isinstance(value, list) else []


def _bytes(value: object) -> bytes:
    return str(value).encode("utf-8", "surrogatepass") if value is not None else b""
