"""What hangs on one leg or place, how many ways lead in, and what to protect first."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property

import attrs

from silog_core.domain.fields import text, whole


@attrs.frozen(kw_only=True)
class CriticalLeg:
    """A pair of places such that all for those behind passes between the two."""

    tail: str = attrs.field(validator=text("a place code"))
    head: str = attrs.field(validator=text("a place code"))
    #: Modes of the legs between the two; several modes side by side are several ways.
    modes: tuple[str, ...]
    #: Stations and voters that are cut off when it is.
    stations: int = attrs.field(validator=whole(0, "stations"))
    voters: int = attrs.field(validator=whole(0, "voters"))

    @property
    def name(self) -> str:
        """Both ends, as people write them."""
        return f"{self.tail} - {self.head}"


@attrs.frozen(kw_only=True)
class CriticalPlace:
    """A place such that all for those behind passes through it."""

    place: str = attrs.field(validator=text("a place code"))
    #: Stations and voters behind it that are cut off when it is; its own are not counted.
    stations: int = attrs.field(validator=whole(0, "stations"))
    voters: int = attrs.field(validator=whole(0, "voters"))

    @property
    def name(self) -> str:
        """Its code."""
        return self.place


@attrs.frozen(kw_only=True)
class Access:
    """How many ways lead to a place that share no leg, and where they are cut."""

    place: str
    #: Ways from the sources that share no leg; 0 is unreachable.
    ways: int = attrs.field(validator=whole(0, "ways"))
    #: A smallest set of legs that cuts it off, as (tail, head, mode).
    cut: tuple[tuple[str, str, str], ...]
    stations: int
    voters: int


@attrs.frozen(kw_only=True)
class Protection:
    """The legs or places to protect together so that most voters lose nothing by one cut."""

    #: ``leg`` or ``place``.
    what: str
    #: How many may be chosen.
    count: int
    #: Chosen names, in the order of the way in.
    chosen: tuple[str, ...]
    #: Voters and stations for which no single unprotected leg (or place) is left.
    voters: int
    stations: int
    #: The same without any protection.
    voters_before: int
    stations_before: int
    #: Kind of place up to which the way counts, such as ``hub``.
    level: str


@attrs.frozen(kw_only=True)
class Criticality:
    """All single legs and places of a network, and the ways to each place."""

    #: Those with the most voters behind them first.
    legs: tuple[CriticalLeg, ...]
    places: tuple[CriticalPlace, ...]
    #: Every place that needs something, in code order; below the meshed part there is
    #: one way to each, cut at the single leg that cuts off the most.
    access: tuple[Access, ...]

    @cached_property
    def access_of(self) -> Mapping[str, Access]:
        """Ways by place code."""
        return {a.place: a for a in self.access}
