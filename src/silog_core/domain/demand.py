"""Needs in columns: one number for each place and item, with the rule behind it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cached_property

import attrs

from silog_core.domain.elections import Contest
from silog_core.domain.fields import text, whole
from silog_core.domain.regions import RegionCode


@attrs.frozen(kw_only=True)
class Commodity:
    """An item together with its electoral area; empty is the same everywhere.

    Two ballots of different areas are different goods: the wrong one cannot be
    allocated, because it is not what is asked for.
    """

    item: str = attrs.field(validator=text("an item code"))
    area: str = ""

    def __str__(self) -> str:
        return f"{self.item}@{self.area}" if self.area else self.item


@attrs.frozen(kw_only=True)
class Need:
    """What one place needs of one item, and by which rule."""

    place: str
    item: str
    area: str
    quantity: int = attrs.field(validator=whole(0, "pieces"))
    rule: str


@attrs.frozen(kw_only=True)
class PlaceRows:
    """The places of one level, in code order; columns are parallel to them."""

    #: station, village, subdistrict, regency or province.
    per: str
    codes: tuple[str, ...]
    regions: tuple[RegionCode, ...]
    voters: tuple[int, ...]

    @cached_property
    def row_of(self) -> Mapping[str, int]:
        """Row of each place code."""
        return {code: row for row, code in enumerate(self.codes)}


@attrs.frozen(kw_only=True)
class NeedColumn:
    """What every place of one level needs of one item."""

    item: str
    per: str
    #: Contest whose ballot it is, or None.
    contest: Contest | None = None
    #: Kept for a re-vote: never part of an ordinary allocation.
    reserve: bool = False
    #: Pieces for each row of the level.
    quantities: tuple[int, ...]
    #: Rule ids, and for each row the index of its rule; -1 where none applies.
    rules: tuple[str, ...]
    rule_of_row: tuple[int, ...]


@attrs.frozen(kw_only=True)
class Needs:
    """All needs of a scenario: levels of places, and columns of quantities."""

    levels: tuple[PlaceRows, ...]
    columns: tuple[NeedColumn, ...]

    def level(self, per: str) -> PlaceRows:
        """Return the places of one level; empty where there is none."""
        for rows in self.levels:
            if rows.per == per:
                return rows
        return PlaceRows(per=per, codes=(), regions=(), voters=())

    @cached_property
    def items(self) -> tuple[str, ...]:
        """Item codes, in order."""
        return tuple(sorted({c.item for c in self.columns}))

    def at(self, place: str) -> tuple[Need, ...]:
        """Return what *place* itself needs, without the places below it."""
        found = []
        for column in self.columns:
            rows = self.level(column.per)
            row = rows.row_of.get(place)
            if row is not None and column.rule_of_row[row] >= 0:
                area = column.contest.area_of(rows.regions[row]) if column.contest else ""
                rule = column.rules[column.rule_of_row[row]]
                found.append(
                    Need(
                        place=place,
                        item=column.item,
                        area=area,
                        quantity=column.quantities[row],
                        rule=rule,
                    )
                )
        return tuple(found)

    def total(self, item: str, *, within: RegionCode | None = None) -> int:
        """Return the pieces of *item* that all places in a region need [pieces]."""
        total = 0
        for column in self.columns:
            if column.item != item:
                continue
            if within is None or within.depth == 0:
                total += sum(column.quantities)
            else:
                regions = self.level(column.per).regions
                total += sum(
                    q
                    for q, r in zip(column.quantities, regions, strict=True)
                    if within.covers(r)
                )
        return total

    def by_region(self, level: str) -> Mapping[tuple[str, str], int]:
        """Return the pieces for each (region code, item) at *level*.

        Places wider than *level* are counted under their own code, so that the
        values of each level always add up to the same total.
        """
        depth = RegionDepth[level]
        found: dict[tuple[str, str], int] = {}
        for column in self.columns:
            names = [str(RegionCode(r.parts[:depth])) for r in self.level(column.per).regions]
            for name, quantity in zip(names, column.quantities, strict=True):
                key = (name, column.item)
                found[key] = found.get(key, 0) + quantity
        return found

    def rows(self) -> Iterator[Need]:
        """Yield every need of every place once, level by level."""
        # A warehouse may stand for its regency and for its province.
        for code in dict.fromkeys(code for rows in self.levels for code in rows.codes):
            yield from self.at(code)


#: Number of code parts at each level of `Needs.by_region`.
RegionDepth = {"province": 1, "regency": 2, "subdistrict": 3, "village": 4}
