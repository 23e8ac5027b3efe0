"""Region codes with their lineage, and the dated table that gives them a meaning."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date
from functools import cache, total_ordering
from types import MappingProxyType

import attrs

from silog_core.errors import FieldError

#: Digits of each part of a code: province, regency or city, subdistrict, village.
WIDTHS = (2, 2, 2, 4)
LEVELS = ("country", "province", "regency", "subdistrict", "village")
_PATTERN = re.compile(r"\d{2}(\.\d{2}(\.\d{2}(\.\d{4})?)?)?")


@total_ordering
@attrs.frozen(eq=True, order=False, slots=True)
class RegionCode:
    """A Kemendagri code, dotted, from the country (``ID``) down to a village.

    Example:
        >>> code = RegionCode.parse("12.71.01.1001")
        >>> code.level, str(code.parent)
        ('village', '12.71.01')
        >>> [str(c) for c in code.lineage()]
        ['ID', '12', '12.71', '12.71.01', '12.71.01.1001']
        >>> RegionCode.parse("12").covers(code)
        True
    """

    #: Parts of the code as digits; empty is the whole country.
    parts: tuple[str, ...] = attrs.field(default=())

    @parts.validator
    def _check_parts(self, _attribute: object, value: tuple[str, ...]) -> None:
        fine = len(value) <= len(WIDTHS) and all(
            len(part) == width and part.isascii() and part.isdigit()
            for part, width in zip(value, WIDTHS, strict=False)
        )
        if not fine:
            raise FieldError(
                f"region code parts are {value!r}",
                "give up to four parts of 2, 2, 2 and 4 digits",
            )

    @classmethod
    def parse(cls, text: str) -> RegionCode:
        """Read ``ID``, ``12``, ``12.71``, ``12.71.01`` or ``12.71.01.1001``.

        Raises:
            FieldError: The text is not a code of that form.
        """
        return _parse(str(text))

    @property
    def level(self) -> str:
        """Name of the level: country, province, regency, subdistrict or village."""
        return LEVELS[len(self.parts)]

    @property
    def depth(self) -> int:
        """0 for the country, 4 for a village."""
        return len(self.parts)

    @property
    def parent(self) -> RegionCode | None:
        """The region just above, None above the country."""
        return RegionCode(self.parts[:-1]) if self.parts else None

    def lineage(self) -> Iterator[RegionCode]:
        """Yield the regions that hold this one, from the country down to itself."""
        for depth in range(len(self.parts) + 1):
            yield RegionCode(self.parts[:depth])

    def at(self, level: str) -> RegionCode:
        """Return the region of *level* that holds this one.

        Raises:
            FieldError: This region is wider than *level*.
        """
        depth = LEVELS.index(level)
        if depth > len(self.parts):
            raise FieldError(f"{self} has no {level}", f"give a code of a {level} or below")
        return RegionCode(self.parts[:depth])

    def covers(self, other: RegionCode) -> bool:
        """Say whether *other* is this region or lies within it."""
        return other.parts[: len(self.parts)] == self.parts

    def __lt__(self, other: RegionCode) -> bool:
        return self.parts < other.parts

    def __str__(self) -> str:
        return ".".join(self.parts) or "ID"


@cache
def _parse(text: str) -> RegionCode:
    if text == "ID":
        return RegionCode()
    if not _PATTERN.fullmatch(text):
        raise FieldError(
            f"{text!r} is not a region code",
            "give ID, or digits such as 12, 12.71, 12.71.01 or 12.71.01.1001",
        )
    return RegionCode(tuple(text.split(".")))


COUNTRY = RegionCode()


def as_region(value: RegionCode | str) -> RegionCode:
    """Return *value* as a code: an attrs converter that also takes its text."""
    return value if isinstance(value, RegionCode) else RegionCode.parse(value)


def _read_only(names: Mapping[str, str]) -> Mapping[str, str]:
    return MappingProxyType(dict(names))


def _sorted_names(names: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    return tuple(sorted(names.items()))


@attrs.frozen(kw_only=True)
class RegionTable:
    """The code list of one date: which codes exist, and their names.

    Codes change: provinces are split and villages renumbered, so a code means
    something only together with the date of its table.
    """

    #: Day on which the list was in force.
    as_of: date
    #: Where the list comes from.
    source: str
    #: Code text to name, such as ``{"12.71": "Kota Medan"}``.
    names: Mapping[str, str] = attrs.field(converter=_read_only, eq=_sorted_names)

    def __hash__(self) -> int:
        return hash((self.as_of, self.source, len(self.names)))

    def __reduce__(self) -> tuple[object, ...]:
        # A mapping proxy cannot be pickled; its content can.
        return (_table, (self.as_of, self.source, dict(self.names)))

    def __contains__(self, code: RegionCode | str) -> bool:
        return str(code) in self.names or str(code) == "ID"

    def name(self, code: RegionCode | str) -> str:
        """Return the name of *code*, or the code where the table has none."""
        return self.names.get(str(code), str(code))

    def merged(self, other: RegionTable) -> RegionTable:
        """Return a table with the names of both; *other* wins where both have one."""
        return attrs.evolve(self, names={**self.names, **other.names})


def _table(as_of: date, source: str, names: dict[str, str]) -> RegionTable:
    return RegionTable(as_of=as_of, source=source, names=names)
