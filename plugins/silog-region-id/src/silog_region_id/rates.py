"""National rates, items, contests and caps, as the tables of this package give them."""

from __future__ import annotations

from functools import cache

from silog_core.domain.elections import Contest, ElectionKind
from silog_core.domain.items import Item
from silog_core.domain.needs_rules import ItemRule, NeedsRule, StationCap
from silog_core.plugins.tables import read_rules

PACKAGE = "silog_region_id"


@cache
def needs_rules(election: ElectionKind) -> tuple[NeedsRule, ...]:
    """Return the rates of one kind of election.

    Example:
        >>> ballot = needs_rules(ElectionKind.PILKADA)[0]
        >>> ballot.id, ballot.need(361), ballot.legal_minimum
        ('needs:ballot-governor/station@ID', 371, True)
    """
    return read_rules(
        PACKAGE, "needs_rules.csv", NeedsRule, where={"election": election.value}
    )


@cache
def items() -> tuple[ItemRule, ...]:
    """Return what each item is: mass, room, pack, sensitivity."""
    found = read_rules(PACKAGE, "items.csv", Item, beside=("interchangeable_within",))
    return tuple(
        ItemRule(scope="ID", source=item.source, confidence=item.confidence, item=item)
        for item in found
    )


@cache
def station_caps() -> tuple[StationCap, ...]:
    """Return the most voters that a station may have, for each kind of election."""
    return read_rules(PACKAGE, "station_caps.csv", StationCap)


@cache
def contests(election: ElectionKind) -> tuple[Contest, ...]:
    """Return the contests of one kind of election, with the area of each ballot.

    Example:
        >>> [c.code for c in contests(ElectionKind.PILKADA)]
        ['governor', 'regent']
    """
    return read_rules(
        PACKAGE,
        "contests.csv",
        Contest,
        beside=("election",),
        where={"election": election.value},
    )
