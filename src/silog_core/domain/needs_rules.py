"""Rules that say how much of an item a place needs."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar

import attrs

from silog_core.domain.contributions import Contribution
from silog_core.domain.elections import ElectionKind
from silog_core.domain.fields import a_tuple, text, whole
from silog_core.domain.items import Item
from silog_core.domain.regions import RegionCode, as_region
from silog_core.errors import FieldError

#: What a quantity is counted by, from the narrowest to the widest.
PER = ("station", "village", "subdistrict", "regency", "province")


def _as_regions(codes: Iterable[RegionCode | str]) -> tuple[RegionCode, ...]:
    return tuple(sorted({as_region(code) for code in codes}))


@attrs.frozen(kw_only=True)
class NeedsRule(Contribution):
    """The rate of one item: so many a place, and so many a voter.

    A place needs ``quantity + per_voter x voters + ceil(voters x reserve)``. The
    reserve is rounded up at each place and only then summed, as ballots are.

    Example:
        >>> rule = NeedsRule(
        ...     scope="ID",
        ...     source="UU 1/2015 art. 87",
        ...     election="pilkada",
        ...     item="ballot-governor",
        ...     per="station",
        ...     contest="governor",
        ...     per_voter=1,
        ...     reserve_numerator=25,
        ...     reserve_denominator=1000,
        ... )
        >>> rule.need(361), rule.need(0)
        (371, 0)
        >>> rule.id
        'needs:ballot-governor/station@ID'
    """

    kind: ClassVar[str] = "needs"

    election: ElectionKind = attrs.field(converter=ElectionKind)
    item: str = attrs.field(validator=text("an item code"))
    per: str = attrs.field(validator=attrs.validators.in_(PER))
    #: Pieces for each place, whatever its voters.
    quantity: int = attrs.field(default=0, validator=whole(0, "pieces"))
    #: Pieces for each voter.
    per_voter: int = attrs.field(default=0, validator=whole(0, "pieces"))
    #: Reserve as a fraction of the voters, rounded up at each place.
    reserve_numerator: int = attrs.field(default=0, validator=whole(0, "parts"))
    reserve_denominator: int = attrs.field(default=1, validator=whole(1, "parts"))
    #: Contest whose ballot this is; empty for other material.
    contest: str = ""
    #: Only places with one of these flags; empty is every place.
    only_flags: tuple[str, ...] = attrs.field(default=(), validator=a_tuple)
    #: Regions within the scope that it does not speak for, such as those where a contest
    #: is not held; what is said around it holds there.
    not_in: tuple[RegionCode, ...] = attrs.field(default=(), converter=_as_regions)
    #: A region may give more than this, never less.
    legal_minimum: bool = False

    @property
    def topic(self) -> str:
        """Item and what it is counted by."""
        flags = "[" + ",".join(self.only_flags) + "]" if self.only_flags else ""
        return f"{self.kind}:{self.item}/{self.per}{flags}"

    def applies_in(self, region: RegionCode) -> bool:
        """Say whether *region* lies in the scope and in none of `not_in`."""
        return self.scope.covers(region) and not any(r.covers(region) for r in self.not_in)

    def need(self, voters: int) -> int:
        """Return how many pieces a place with *voters* needs."""
        reserve = -(-voters * self.reserve_numerator // self.reserve_denominator)
        return self.quantity + self.per_voter * voters + reserve

    def formula(self) -> str:
        """Return the rate in words.

        Example:
            >>> NeedsRule(
            ...     scope="ID",
            ...     source="s",
            ...     election="pemilu",
            ...     item="ballot",
            ...     per="station",
            ...     per_voter=1,
            ...     reserve_numerator=20,
            ...     reserve_denominator=1000,
            ... ).formula()
            '1 a voter + 20/1000 of the voters, rounded up, for each station'
        """
        parts = [f"{self.quantity}"] if self.quantity else []
        if self.per_voter:
            parts.append(f"{self.per_voter} a voter")
        if self.reserve_numerator:
            parts.append(
                f"{self.reserve_numerator}/{self.reserve_denominator} of the voters,"
                " rounded up,"
            )
        return f"{' + '.join(parts) or '0'} for each {self.per}"

    def gives_at_least(self, other: NeedsRule) -> bool:
        """Say whether this rule gives no place less than *other*, for the same contest."""
        mine = self.reserve_numerator * other.reserve_denominator
        theirs = other.reserve_numerator * self.reserve_denominator
        return (
            self.quantity >= other.quantity
            and self.per_voter >= other.per_voter
            and mine >= theirs
            and self.contest == other.contest
        )


@attrs.frozen(kw_only=True)
class StationCap(Contribution):
    """The most voters that one polling station may have; the smallest holds."""

    kind: ClassVar[str] = "station-cap"

    election: ElectionKind = attrs.field(converter=ElectionKind)
    max_voters: int = attrs.field(validator=whole(1, "voters"))

    @property
    def topic(self) -> str:
        """The election whose stations are capped."""
        return f"{self.kind}:{self.election.value}"


@attrs.frozen(kw_only=True)
class ItemRule(Contribution):
    """What an item is: its mass, its pack, its name; the deepest region holds."""

    kind: ClassVar[str] = "item"

    item: Item = attrs.field(validator=attrs.validators.instance_of(Item))

    @property
    def topic(self) -> str:
        """The item's code."""
        return f"{self.kind}:{self.item.code}"


def no_less(narrow: NeedsRule, wide: NeedsRule) -> None:
    """Refuse a *narrow* rule that gives less than a *wide* legal minimum.

    Raises:
        FieldError: It does; the message names both rules.
    """
    if wide.legal_minimum and not narrow.gives_at_least(wide):
        raise FieldError(
            f"{narrow.id} gives less than the legal minimum {wide.id} ({wide.source})",
            f"raise {narrow.id} to at least {wide.quantity} a place, {wide.per_voter} a voter"
            f" and a reserve of {wide.reserve_numerator}/{wide.reserve_denominator}"
            + (f" for the contest {wide.contest}" if wide.contest else "")
            + ", or remove it",
        )
