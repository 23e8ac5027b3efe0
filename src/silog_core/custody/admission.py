"""Whether a device may record an event: its name, its number, and its key's roles."""

from __future__ import annotations

import json
from functools import cache

from silog_core.custody.rights import may_append
from silog_core.domain.custody_kinds import Kind
from silog_core.domain.custody_roles import Role

# Canonical bytes begin and end with their braces, so nothing around them is looked for.
_decode = json.JSONDecoder().raw_decode


def refusal(body: bytes, *, device: str, sequence: int, roles: frozenset[str]) -> str | None:
    """Return why an event may not stand at this place of the record, or None if it may.

    The answer is ``name`` (the event has another device or number than its entry),
    ``role`` (its author's role is none of the key's) or ``kind`` (that role may not
    record such an event), or ``form`` (it cannot be read).

    Example:
        >>> body = b'{"author":["operator","1"],"device":"t","kind":"packed","seq":7}'
        >>> refusal(body, device="t", sequence=7, roles=frozenset({"operator"}))
        >>> refusal(body, device="t", sequence=7, roles=frozenset({"supplier"}))
        'role'
    """
    try:
        text = body.decode()
        event, end = _decode(text)
        role, kind = event["author"][0], event["kind"]
        if event["device"] != device or event["seq"] != sequence:
            return "name"
    except (ValueError, KeyError, TypeError, IndexError, RecursionError):
        return "form"
    if end != len(text):
        return "form"
    if role not in roles:
        return "role"
    return None if _may(role, kind) else "kind"


@cache
def _may(role: str, kind: str) -> bool:
    try:
        return may_append(Role(role), Kind(kind))
    except ValueError:
        return False
