"""Ballot accounts added up: per village, subdistrict, regency, province and in all."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import attrs

from silog_core.custody.accounts import Account
from silog_core.domain.custody_events import Measure
from silog_core.domain.places import parse_station
from silog_core.errors import FieldError

#: Level names by the number of parts of a region code.
LEVELS = ("country", "province", "regency", "subdistrict", "village", "station")


@attrs.frozen(kw_only=True)
class Tally:
    """The account of one ballot in one region: the sum of its stations."""

    level: str
    region: str
    #: Item code of the ballot; ballots of several areas are added up.
    item: str
    stations: int
    received: int = 0
    used: int = 0
    spoiled: int = 0
    unused: int = 0
    valid: int = 0
    invalid: int = 0
    signatures: int = 0

    @property
    def closes(self) -> bool:
        """Whether received is used, spoiled and unused together (8)."""
        return self.received == self.used + self.spoiled + self.unused

    @property
    def use_closes(self) -> bool:
        """Whether used is valid and invalid together, and as many as signed (9)."""
        return self.used == self.valid + self.invalid == self.signatures


_MEASURES = (
    Measure.RECEIVED,
    Measure.USED,
    Measure.SPOILED,
    Measure.UNUSED,
    Measure.VALID,
    Measure.INVALID,
    Measure.SIGNATURES,
)


def tallies_of(accounts: Iterable[Account]) -> tuple[Tally, ...]:
    """Return the tallies of every region that holds one of the *accounts*, wide to narrow.

    Example:
        >>> from silog_core.domain.demand import Commodity
        >>> accounts = [
        ...     Account(
        ...         place=f"12.71.01.1001-00{n}",
        ...         commodity=Commodity(item="ballot", area="12"),
        ...         counts=((Measure.RECEIVED, 10), (Measure.UNUSED, 10)),
        ...     )
        ...     for n in (1, 2)
        ... ]
        >>> tally = tallies_of(accounts)[0]
        >>> tally.level, tally.stations, tally.received, tally.closes
        ('country', 2, 20, True)
    """
    sums = Tallies()
    for account in accounts:
        sums.add(account)
    return sums.tallies()


class Tallies:
    """Sums of every region, while accounts come one by one."""

    def __init__(self) -> None:
        """Start with nothing."""
        self._sums: dict[tuple[int, str, str], list[int]] = {}

    def add(self, account: Account) -> None:
        """Add *account* to the sums of the regions around it."""
        item, found = account.commodity.item, account.by_measure
        pieces = [found.get(measure, 0) for measure in _MEASURES]
        for depth, region in enumerate(regions_of(account.place)):
            total = self._sums.setdefault((depth, region, item), [0] * (len(_MEASURES) + 1))
            total[-1] += 1
            for at, number in enumerate(pieces):
                total[at] += number

    def tallies(self) -> tuple[Tally, ...]:
        """Return the sums, wide to narrow."""
        return tuple(
            Tally(
                level=LEVELS[depth],
                region=region,
                item=item,
                stations=total[-1],
                **{m.value: n for m, n in zip(_MEASURES, total, strict=False)},
            )
            for (depth, region, item), total in sorted(self._sums.items())
        )


def regions_of(station: str) -> tuple[str, ...]:
    """Return the codes of the regions around a station, wide to narrow, and its own.

    A code that is not a station's stands for itself only, below the country.

    Example:
        >>> regions_of("12.71.01.1001-002")
        ('', '12', '12.71', '12.71.01', '12.71.01.1001', '12.71.01.1001-002')
    """
    try:
        village, _number = parse_station(station)
    except FieldError:
        return ("",)
    parts = village.parts
    return (*(".".join(parts[:depth]) for depth in range(len(parts) + 1)), station)


def by_region(tallies: Iterable[Tally]) -> Mapping[tuple[str, str], Tally]:
    """Return the tallies by region and item."""
    return {(tally.region, tally.item): tally for tally in tallies}
