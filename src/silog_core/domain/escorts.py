"""Escorts of a scenario: police and supervisors who ride along, and how many there are."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import attrs

from silog_core.domain.fields import sorted_texts, text, whole
from silog_core.domain.regions import RegionCode, as_region
from silog_core.errors import FieldError

#: Kinds of trip that a pool can be put on; it then rides along on the way back too.
ESCORTED = ("line-haul", "warehouse-hub", "hub-village", "village-station")


@attrs.frozen(kw_only=True)
class EscortPool:
    """People of one name who ride along, one on each trip that asks for them.

    Example:
        >>> police = EscortPool(name="police", region="12.71", count=2)
        >>> police.on
        ()
    """

    name: str = attrs.field(validator=text("a name such as police"))
    #: Region whose warehouses have them; of several that fit, the deepest counts.
    region: RegionCode = attrs.field(converter=as_region)
    #: How many each warehouse of the region has for all trips of its area; a supplier or
    #: port there has as many for the line haul that leaves it.
    count: int = attrs.field(validator=whole(0, "escorts"))
    #: Kinds of trip that always take one along; others do where a stop asks for it.
    on: tuple[str, ...] = attrs.field(default=(), converter=sorted_texts)
    #: Whether all warehouses, suppliers and ports of the region share them: then *count* is
    #: how many there are for all trips of all of these together.
    shared: bool = False

    def owner(self, base: str) -> str:
        """Return whose escorts they are: those of a warehouse *base*, or of the region.

        Example:
            >>> police = EscortPool(name="police", region="12", count=2, shared=True)
            >>> police.owner("12.71"), attrs.evolve(police, shared=False).owner("12.71")
            ('region 12', '12.71')
        """
        return f"region {self.region}" if self.shared else base

    def __attrs_post_init__(self) -> None:
        unknown = [name for name in self.on if name not in ESCORTED]
        if unknown:
            raise FieldError(
                f"EscortPool.on holds {unknown[0]!r}", f"use {', '.join(ESCORTED)}"
            )


def pools_at(pools: Iterable[EscortPool], region: RegionCode) -> Mapping[str, EscortPool]:
    """Return the pool of each name that holds for a warehouse in *region*.

    Example:
        >>> one = EscortPool(name="police", region="12", count=9)
        >>> two = EscortPool(name="police", region="12.71", count=2)
        >>> pools_at([two, one], RegionCode.parse("12.71"))["police"].count
        2
    """
    found = sorted((p for p in pools if p.region.covers(region)), key=lambda p: p.region.depth)
    return {pool.name: pool for pool in found}
