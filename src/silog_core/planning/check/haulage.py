"""The line haul: over legs that exist, within their limits, after the goods are there."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from silog_core.domain.demand import Commodity
from silog_core.domain.legs import Leg
from silog_core.domain.losses import LostPieces
from silog_core.domain.plan import Plan, Supply
from silog_core.domain.scenario import Scenario
from silog_core.domain.violations import Violation

#: Long before anything moves [s from 00:00 of voting day].
_EVER = -(10**12)
#: Place that goods lie at, place that they are for, and what they are.
_Pile = tuple[str, str, Commodity]


def check_haulage(scenario: Scenario, plan: Plan) -> Iterator[Violation]:
    """Yield what is wrong with the ways and times of goods in bulk."""
    for line in plan.allocation.lines:
        yield from _way(scenario, line)
    yield from _presence(scenario, plan)
    yield from _limits(scenario, plan)


def _way(scenario: Scenario, line: Supply) -> Iterator[Violation]:
    """Check that a line goes from its lot to its place over legs that there are."""
    name = f"{line.from_place} > {line.to}"
    if not line.path or (line.path[0], line.path[-1]) != (line.from_place, line.to):
        yield Violation(
            code="broken-way", where=name, text=f"{line.commodity} goes {line.path}"
        )
    given = {frozenset((g.tail, g.head)) for g in scenario.legs}
    for tail, head in zip(line.path, line.path[1:], strict=False):
        supplied = [scenario.by_code[p].parent for p in (tail, head) if p in scenario.by_code]
        if frozenset((tail, head)) not in given and not {tail, head} & set(supplied):
            yield Violation(
                code="no-leg", where=name, text=f"no leg is known from {tail} to {head}"
            )


def _presence(scenario: Scenario, plan: Plan) -> Iterator[Violation]:
    """Check that nothing leaves a place before it has arrived there, or is delivered."""
    events: dict[_Pile, list[tuple[int, int, int, str]]] = {}
    for line in plan.allocation.lines:
        if len(line.path) > 1:
            pile = (line.from_place, line.to, line.commodity)
            events.setdefault(pile, []).append(
                (_delivered_s(scenario, plan, line), 0, line.quantity, "")
            )
    for lost in plan.losses.pieces:
        if len(lost.path) > 1:
            pile = (lost.from_place, lost.to, lost.commodity)
            events.setdefault(pile, []).append(
                (_delivered_s(scenario, plan, lost), 0, lost.quantity, "")
            )
        if lost.path[-1] != lost.to:
            # Nothing that comes later may stand in for it.
            pile = (lost.path[-1], lost.to, lost.commodity)
            events.setdefault(pile, []).append((lost.lost_s, 1, -lost.quantity, lost.incident))
    for trip in plan.trips:
        for stop in trip.stops:
            for load in stop.loads:
                left = (trip.home, load.to, load.commodity)
                came = (stop.place, load.to, load.commodity)
                events.setdefault(left, []).append((trip.depart_s, 1, -load.quantity, trip.id))
                events.setdefault(came, []).append((stop.depart_s, 0, load.quantity, trip.id))
    for (place, _, ware), found in sorted(
        events.items(), key=lambda e: (e[0][:2], str(e[0][2]))
    ):
        there = 0
        for _, _, change, trip_id in sorted(found):
            there += change
            if there < 0:
                yield Violation(
                    code="not-there-yet",
                    where=trip_id,
                    text=f"takes {ware} from {place}, {-there} more than have come so far",
                )
                break


def _delivered_s(scenario: Scenario, plan: Plan, line: Supply | LostPieces) -> int:
    """Return the first moment of the day on which a line's lot can leave [s]."""
    days = [
        lot.from_date
        for lot in scenario.stock
        if (lot.place, lot.item, lot.lot) == (line.from_place, line.commodity.item, line.lot)
    ]
    first = [day for day in days if day is not None]
    if not first or len(first) < len(days):
        return _EVER
    return (min(first) - plan.election.voting_day).days * 86_400


def _limits(scenario: Scenario, plan: Plan) -> Iterator[Violation]:
    """Check that no leg carries more, in all, than it takes in mass and in room."""
    legs: dict[tuple[str, str, str], Leg] = {g.key: g for g in scenario.legs}
    items = {i.code: i for i in plan.items}
    loads: dict[tuple[str, str, str], tuple[int, int]] = {}
    for trip in (*plan.trips, *plan.revote_trips):
        if trip.echelon == "line-haul":
            mass, volume, at = trip.mass_g, trip.volume_cm3, trip.home
            for stop in trip.stops:
                for head in (*stop.via, stop.place):
                    key = (at, head, trip.mode.value)
                    so_far = loads.get(key, (0, 0))
                    loads[key] = (so_far[0] + mass, so_far[1] + volume)
                    at = head
                for load in stop.loads:
                    item = items.get(load.commodity.item)
                    if item is not None:
                        mass -= item.mass_g * load.quantity
                        volume -= item.volume_cm3 * load.quantity
    for key, carried in sorted(loads.items()):
        leg = legs.get(key) or legs.get((key[1], key[0], key[2]))
        if leg is not None:
            yield from _limit(key, carried, (leg.max_load_g, leg.max_volume_cm3))


def _limit(
    key: tuple[str, str, str], carried: tuple[int, int], most: tuple[int | None, int | None]
) -> Iterator[Violation]:
    units: Mapping[int, str] = {0: "g", 1: "cm3"}
    for i, unit in units.items():
        limit = most[i]
        if limit is not None and carried[i] > limit:
            yield Violation(
                code="over-leg",
                where=f"{key[0]} > {key[1]}",
                text=f"{carried[i]} {unit} by {key[2]} over a leg that takes {limit} {unit}",
            )
