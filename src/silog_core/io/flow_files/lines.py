"""Lines of a problem file as whole numbers, with the place in the file for messages."""

from __future__ import annotations

from typing import TYPE_CHECKING

from silog_core.errors import FileFormatError

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path


def read_text(path: Path) -> str:
    """Return the text of a file.

    Raises:
        FileFormatError: There is no such file, or it is not text.
    """
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as exc:
        raise FileFormatError(
            f"{path.name} cannot be read: {exc}", "give the path of a text file in UTF-8"
        ) from exc


def whole_fields(
    words: Sequence[str], count: int, *, name: str, row: int, form: str
) -> list[int]:
    """Return *words* as exactly *count* whole numbers.

    Args:
        words: Words of the line.
        count: How many numbers the line must have.
        name: Name of the file.
        row: Line in the file, from 1.
        form: What the line should look like.

    Raises:
        FileFormatError: There are more or fewer words, or one is no whole number.

    Example:
        >>> whole_fields(["1", "2.5"], 2, name="a.min", row=7, form="n NODE SUPPLY")
        Traceback (most recent call last):
            ...
        silog_core.errors.FileFormatError: [SLG600] a.min, line 7: '2.5' is no whole number
          fix: write n NODE SUPPLY in whole numbers
    """
    if len(words) != count:
        raise FileFormatError(
            f"{name}, line {row}: {len(words)} numbers instead of {count}", f"write {form}"
        )
    try:
        return list(map(int, words))
    except ValueError:
        wrong = next(word for word in words if not _is_whole(word))
        raise FileFormatError(
            f"{name}, line {row}: {wrong!r} is no whole number",
            f"write {form} in whole numbers",
        ) from None


def _is_whole(word: str) -> bool:
    try:
        int(word)
    except ValueError:
        return False
    return True
