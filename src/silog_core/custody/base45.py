"""Base45 of RFC 9285: bytes as the letters that QR codes pack tightest."""

from __future__ import annotations

from silog_core.errors import ProofError

_LETTERS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:"
_VALUES = {letter: value for value, letter in enumerate(_LETTERS)}


def to_base45(data: bytes) -> str:
    """Return *data* as letters, three for two bytes.

    Example:
        >>> to_base45(b"Hello!!")
        '%69 VD92EX0'
    """
    found = []
    for place in range(0, len(data), 2):
        part = data[place : place + 2]
        value = int.from_bytes(part, "big")
        for _ in range(len(part) + 1):
            value, letter = divmod(value, 45)
            found.append(_LETTERS[letter])
    return "".join(found)


def from_base45(text: str) -> bytes:
    """Return the bytes that `to_base45` wrote.

    Raises:
        ProofError: It did not.
    """
    found = b""
    for place in range(0, len(text), 3):
        part = text[place : place + 3]
        if len(part) == 1 or any(letter not in _VALUES for letter in part):
            raise ProofError("this is not base45", "scan the code again")
        value = sum(_VALUES[letter] * 45**power for power, letter in enumerate(part))
        if value >= 256 ** (len(part) - 1):
            raise ProofError("this is not base45", "scan the code again")
        found += value.to_bytes(len(part) - 1, "big")
    return found
