"""What every store asks of its arguments, and says when they do not fit."""

from __future__ import annotations

from collections.abc import Sequence

from silog_core.errors import ClosedStoreError, FieldError, FileFormatError, StaleWriteError
from silog_core.ports.store import Write


def check_append(stream: str, events: Sequence[bytes], after: int) -> None:
    """Refuse what no store may keep.

    Raises:
        FieldError: The name is empty, an event is not bytes, or *after* is not a position.
    """
    if not _is_name(stream):
        raise FieldError(f"the stream is named {stream!r}", "give a text that is not empty")
    if type(after) is not int or after < 0:
        raise FieldError(f"after is {after!r}", "give the position of the last event, or 0")
    for event in events:
        if not isinstance(event, bytes):
            raise FieldError(f"an event is a {type(event).__name__}", "give bytes")


def check_writes(writes: Sequence[Write]) -> list[Write]:
    """Return the writes, each with a list of its own, if a store may keep them.

    Raises:
        FieldError: One of them cannot be kept, or a stream is named twice.
    """
    own = [Write(one.stream, one.after, list(one.events)) for one in writes]
    for one in own:
        check_append(one.stream, one.events, one.after)
    if len({one.stream for one in own}) != len(own):
        raise FieldError("a stream is written twice at once", "join both writes")
    return own


def _is_name(value: object) -> bool:
    if not isinstance(value, str) or not value:
        return False
    try:
        value.encode()
    except UnicodeEncodeError:  # half of a character, which no file can hold
        return False
    return True


def stale(stream: str, after: int, end: int) -> StaleWriteError:
    """Return the error for a writer that did not know the end of a stream."""
    return StaleWriteError(
        f"stream {stream!r} ends at {end}, not at {after}",
        f"read what is behind {min(after, end)}, and append again if it still holds",
    )


def closed(url: str) -> ClosedStoreError:
    """Return the error for a store that was used after its end."""
    return ClosedStoreError(f"the store {url} is closed", "open it again")


def other_version(shown: object, found: object, mine: int) -> FileFormatError:
    """Return the error for a store that another version of the program made."""
    if isinstance(found, int) and found < mine:
        return FileFormatError(
            f"{shown} has version {found} of an older program, this one reads {mine}",
            "write its events with the program that made it: silog ledger export --format"
            " jsonl; then import them here",
        )
    return FileFormatError(
        f"{shown} has version {found} of a newer program, this one reads {mine}",
        "update silog; nothing was changed",
    )
