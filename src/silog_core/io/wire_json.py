"""Frozen values as JSON text and back."""

from __future__ import annotations

import json
from typing import Any, TypeVar

from silog_core.domain.wire import from_wire, to_wire
from silog_core.errors import FileFormatError

T = TypeVar("T")


def to_json(value: Any, *, indent: int | None = None) -> str:
    """Return *value* as JSON; the same value gives the same text.

    Example:
        >>> from silog_core.domain.legs import Leg
        >>> text = to_json(Leg(tail="a", head="b", mode="sea", length_m=9, travel_s=3))
        >>> text
        '{"tail":"a","head":"b","mode":"sea","length_m":9,"travel_s":3}'
        >>> from_json(Leg, text).mode.value
        'sea'
    """
    separators = (",", ":") if indent is None else None
    return json.dumps(to_wire(value), ensure_ascii=False, indent=indent, separators=separators)


def from_json(cls: type[T], text: str | bytes) -> T:
    """Return the *cls* that `to_json` wrote.

    Raises:
        FileFormatError: The text is not JSON.
        FieldError: It does not fit; the message holds the path, such as ``$.legs[3].mode``.
    """
    try:
        data = json.loads(text)
    except (ValueError, RecursionError) as wrong:
        raise FileFormatError(
            f"this is not JSON: {wrong}", "see that the text is whole, and UTF-8"
        ) from wrong
    return from_wire(cls, data)
