"""Records one behind the other in a file: length, colon, bytes, end of line."""

from __future__ import annotations

import re
from collections.abc import Iterator

from silog_core.errors import FileFormatError

_LENGTH = re.compile(rb"0|[1-9][0-9]{0,9}")
_FIX = "copy the file again; it was cut or changed on its way"


def framed(record: bytes) -> bytes:
    """Return a record with its length in front.

    Example:
        >>> list(unframed(framed(b"") + framed(b"sealed")))
        [b'', b'sealed']
    """
    return b"%d:%b\n" % (len(record), record)


def unframed(data: bytes) -> Iterator[bytes]:
    """Yield the records that were framed one behind the other.

    Raises:
        FileFormatError: There is anything else.
    """
    place = 0
    while place < len(data):
        length, sign, _rest = data[place : place + 12].partition(b":")
        begin = place + len(length) + 1
        end = begin + int(length) if _LENGTH.fullmatch(length) else -1
        if not sign or end < 0 or data[end : end + 1] != b"\n":
            raise FileFormatError(f"no record begins at byte {place}", _FIX)
        yield data[begin:end]
        place = end + 1
