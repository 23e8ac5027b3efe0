"""Rests of a typed trip: ``H-1 12:00/12:30`` on the way, ``H-2 18:00/H-1 06:00 @ 12.14.07``."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from silog_core.domain.problems import Said
from silog_core.domain.typed_trips import TypedRest

if TYPE_CHECKING:
    from silog_core.io.scenario_folder.cells import Row
    from silog_core.io.trip_files.dialects import Dialect

_REST = re.compile(r"([^/@]+)/([^/@]+)(?:@(.+))?")
_HOUR = re.compile(r"\d{1,2}[:.]\d\d")
_FIX = Said(
    "write from and until as H-1 12:00/12:30, with @ and the place where it is at one,"
    " and ; between two rests",
    "tulis mulai dan selesai seperti H-1 12:00/12:30, dengan @ dan tempatnya bila di suatu"
    " tempat, dan ; di antara dua istirahat",
)


def read_rests(row: Row, dialect: Dialect) -> Iterator[TypedRest]:
    """Yield the rests that stand in a row; what is none is a fault of it."""
    for text in filter(None, (part.strip() for part in row.text("rests").split(";"))):
        found = _REST.fullmatch(text)
        if found is None:
            _fault(row, text)
            continue
        begins, ends, place = (part.strip() if part else "" for part in found.groups())
        if _HOUR.fullmatch(ends):  # of the same day
            ends = f"{begins[: begins.rfind(' ')]} {ends}"
        from_s, until_s = dialect.moment(begins), dialect.moment(ends)
        if from_s is None or until_s is None or until_s <= from_s:
            _fault(row, text)
        elif place and place not in dialect.places:
            row.fault(
                "rests",
                Said(f"there is no place {place!r}", f"tidak ada tempat {place!r}"),
                _FIX,
            )
        else:
            yield TypedRest(row=row.number, from_s=from_s, until_s=until_s, place=place)


def _fault(row: Row, text: str) -> None:
    row.fault(
        "rests",
        Said(f"{text!r} is no rest", f"{text!r} bukan istirahat"),
        _FIX,
    )
