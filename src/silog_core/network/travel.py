"""Distance and time between places: given legs first, derived ones where none is given."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

import attrs

from silog_core.domain.geodesy import great_circle_m
from silog_core.domain.legs import Leg, Mode
from silog_core.domain.places import Place
from silog_core.domain.regions import RegionCode
from silog_core.domain.travel_rules import SpeedRule

if TYPE_CHECKING:
    from silog_core.rules.book import RuleBook


@attrs.frozen(kw_only=True)
class Way:
    """How far and how long from one place to another."""

    length_m: int
    travel_s: int
    #: ``given`` or ``derived``.
    basis: str
    #: Months in which the given leg is closed [1-12].
    months_closed: tuple[int, ...] = ()


class Travel:
    """Ways between places of one scenario under one rule book.

    A leg that is given in one direction alone holds for the way back too.
    """

    def __init__(self, book: RuleBook, legs: Iterable[Leg]) -> None:
        """Index the given legs; the shortest of parallel ones counts."""
        self._book = book
        self._given: dict[tuple[str, str, Mode], Leg] = {}
        self._speeds: dict[tuple[object, ...], SpeedRule | None] = {}
        for leg in sorted(legs, key=lambda g: (g.travel_s, g.key)):
            self._given.setdefault((leg.tail, leg.head, leg.mode), leg)
        self._modes: dict[frozenset[str], dict[Mode, None]] = {}
        for tail, head, mode in sorted(self._given, key=lambda key: (*key[:2], key[2].value)):
            self._modes.setdefault(frozenset((tail, head)), {})[mode] = None

    def modes(self, tail: str, head: str) -> tuple[Mode, ...]:
        """Return the modes by which legs between two places are given, in either direction."""
        return tuple(self._modes.get(frozenset((tail, head)), ()))

    def leg(self, tail: str, head: str, mode: Mode) -> Leg | None:
        """Return the leg that is given for this way or, failing that, the way back."""
        return self._given.get((tail, head, mode)) or self._given.get((head, tail, mode))

    def speed(self, mode: Mode, surface: str, *regions: RegionCode) -> SpeedRule | None:
        """Return the speed that holds between regions; the slower end counts."""
        # Speeds are a matter of regencies or subdistricts; few distinct pairs occur.
        key = (mode, surface, *(r.parts[:3] for r in regions))
        if key not in self._speeds:
            self._speeds[key] = self._book.leg_speed(mode, surface, *regions)
        return self._speeds[key]

    def way(self, tail: Place, head: Place, mode: Mode, surface: str = "") -> Way | None:
        """Return the way from *tail* to *head*, or None where none can be known.

        None means that no leg is given and a position or a speed is missing.
        """
        if self._given:
            given = self.leg(tail.code, head.code, mode)
            if given is not None:
                return Way(
                    length_m=given.length_m,
                    travel_s=given.travel_s,
                    basis="given",
                    months_closed=given.months_closed,
                )
        if not (tail.has_position and head.has_position):
            return None
        rule = self.speed(mode, surface, tail.region, head.region)
        if rule is None:
            return None
        straight_m = great_circle_m(
            tail.lat_microdeg or 0,
            tail.lon_microdeg or 0,
            head.lat_microdeg or 0,
            head.lon_microdeg or 0,
        )
        length_m = rule.length_m(straight_m)
        return Way(length_m=length_m, travel_s=rule.travel_s(length_m), basis="derived")
