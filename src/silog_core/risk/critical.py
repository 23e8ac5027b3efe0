"""Which legs and places most voters depend on, and which to protect together."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from silog_core.domain.criticality import (
    Access,
    Criticality,
    CriticalLeg,
    CriticalPlace,
    Protection,
)
from silog_core.domain.legs import Leg, Mode
from silog_core.domain.places import ECHELONS, PlaceKind
from silog_core.domain.scenario import Scenario
from silog_core.errors import RiskError
from silog_core.network.criticality import LegNode, Singles, best_protected, singles, ways_in
from silog_core.network.upper import UPPER, upper_legs
from silog_core.risk.behind import behind
from silog_core.rules.book import RuleBook

_KINDS = {"leg": tuple, "place": str}


def criticality(
    scenario: Scenario, book: RuleBook, *, month: int | None = None
) -> Criticality:
    """Return single legs and places, by the voters behind, and the ways to each place.

    The network is that of suppliers, ports, airports and warehouses, with the tree of
    hubs, villages and stations below, and whatever legs are given among those.

    Args:
        scenario: Places and legs.
        book: Speeds and access, for legs that are derived.
        month: Month whose closed legs are left out [1-12]; that of the vote when None.

    Example:
        >>> from silog_core.testing.worlds import small_world
        >>> world = small_world()
        >>> found = criticality(world.scenario, world.book)
        >>> found.places[0].place, found.places[0].stations
        ('12.01', 4)
        >>> found.access_of["12.01.01.1001-001"].ways
        1
    """
    found = _singles(scenario, book, month)
    own = {p.code: (p.voters, 1) for p in scenario.of_kind(PlaceKind.STATION)}
    total = found.behind(own)
    legs = [
        CriticalLeg(
            **_ends(found, leg), modes=(leg[2],), voters=total[leg][0], stations=total[leg][1]
        )
        for leg in found.legs
        if found.is_single(leg) and any(total[leg])
    ]
    places = [
        CriticalPlace(place=node, voters=weight[0], stations=weight[1])
        for node, weight in total.items()
        if isinstance(node, str) and any(weight)
    ]
    below = behind(scenario)
    wanted = [
        p.code for kind in (*ECHELONS[1:], PlaceKind.LANDING) for p in scenario.of_kind(kind)
    ]
    return Criticality(
        legs=tuple(sorted(legs, key=lambda g: (-g.voters, -g.stations, g.name))),
        places=tuple(sorted(places, key=lambda p: (-p.voters, -p.stations, p.place))),
        access=tuple(
            Access(
                place=place, ways=ways, cut=cut,
                voters=below[place][0], stations=below[place][1],
            )
            for place, (ways, cut) in sorted(ways_in(found, wanted).items())
        ),
    )  # fmt: skip


def best_protection(
    scenario: Scenario,
    book: RuleBook,
    count: int,
    *,
    what: str = "leg",
    level: str = "hub",
    month: int | None = None,
) -> Protection:
    """Return the legs or places which, protected together, leave most voters safe.

    Safe is whoever no single unprotected leg (or place) can cut off on the way down to
    places of *level*. The choice is exact, not greedy: see `best_protected`.

    Args:
        scenario: Places and legs.
        book: Speeds and access, for legs that are derived.
        count: How many may be protected.
        what: ``leg`` or ``place``.
        level: Kind of place down to which the way counts: warehouse, hub, village, station.
        month: Month whose closed legs are left out [1-12]; that of the vote when None.

    Raises:
        RiskError: *what*, *level* or *count* is none of these.

    Example:
        >>> from silog_core.testing.worlds import small_world
        >>> world = small_world()
        >>> best_protection(world.scenario, world.book, 2).chosen
        ('12.01 - PRINTER', '12.01 - 12.01.01')
    """
    levels = ("warehouse", "hub", "village", "station")
    if what not in _KINDS or level not in levels or type(count) is not int or count < 0:
        raise RiskError(
            f"{count!r} of {what!r} down to {level!r} are asked for",
            f"give a whole number, leg or place, and one of {', '.join(levels)}",
        )
    found = _singles(scenario, book, month)
    below = behind(scenario)
    weights = {p.code: below[p.code] for p in scenario.of_kind(PlaceKind(level))}
    chosen, safe, before = best_protected(found, weights, count, _KINDS[what])
    return Protection(
        what=what,
        count=count,
        chosen=tuple(
            node if isinstance(node, str) else " - ".join(node[:2])  # type: ignore[index]
            for node in chosen
        ),
        voters=safe[0], stations=safe[1],
        voters_before=before[0], stations_before=before[1],
        level=level,
    )  # fmt: skip


def _singles(scenario: Scenario, book: RuleBook, month: int | None) -> Singles:
    at = scenario.election.voting_day.month if month is None else month
    legs = [leg for leg in _legs(scenario, book) if at not in leg.months_closed]
    places = [p.code for p in scenario.of_kind(PlaceKind.SUPPLIER)]
    sources = places or sorted({lot.place for lot in scenario.stock})
    if not sources:  # every warehouse is its own source
        sources = [p.code for p in scenario.of_kind(PlaceKind.WAREHOUSE)]
    return singles(legs, sources)


def _legs(scenario: Scenario, book: RuleBook) -> Iterator[Leg]:
    yield from upper_legs(scenario, book)
    given: Mapping[str, Mode] = {leg.head: leg.mode for leg in scenario.legs}
    for place in scenario.places:
        if place.kind in UPPER:
            continue
        if place.parent:
            access = book.access(place.kind, place.region)
            mode = given.get(place.code) or (access.mode if access else Mode.ROAD)
            yield Leg(tail=place.parent, head=place.code, mode=mode, length_m=1, travel_s=1)
    upper = {p.code for kind in UPPER for p in scenario.of_kind(kind)}
    yield from (g for g in scenario.legs if not (g.tail in upper and g.head in upper))


def _ends(found: Singles, leg: LegNode) -> dict[str, str]:
    """Return the end nearer to the sources as the tail."""
    head = leg[1] if found.above.get(leg[1]) == leg else leg[0]
    tail = leg[0] if head == leg[1] else leg[1]
    return {"tail": tail, "head": head}
