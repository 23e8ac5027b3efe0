"""Supply: lots, electoral areas, served and missing, and the line haul that carries it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from itertools import pairwise

from silog_core.domain.demand import Commodity
from silog_core.domain.losses import LostPieces
from silog_core.domain.places import PlaceKind
from silog_core.domain.plan import Plan, Supply
from silog_core.domain.scenario import Scenario
from silog_core.domain.violations import Violation

_Key = tuple[str, Commodity]


def check_supply(scenario: Scenario, plan: Plan) -> Iterator[Violation]:
    """Yield what is wrong with who gets what from where."""
    yield from _stock(scenario, plan)
    yield from _areas(scenario, plan)
    yield from _served(scenario, plan)
    yield from _hauled(scenario, plan)


def _stock(scenario: Scenario, plan: Plan) -> Iterator[Violation]:
    """Check that no lot gives more than it has."""
    if not scenario.stock:
        return  # the plan says what to order, and says that it does
    has: dict[tuple[str, str, str], int] = {}
    for lot in scenario.stock:
        key = (lot.place, lot.item, lot.lot)
        has[key] = has.get(key, 0) + lot.quantity
    given: dict[tuple[str, str, str], int] = {}
    for line in _moved(plan):
        key = (line.from_place, line.commodity.item, line.lot)
        given[key] = given.get(key, 0) + line.quantity
    for key, quantity in sorted(given.items()):
        if quantity > has.get(key, 0):
            yield Violation(
                code="over-stock",
                where=key[0],
                text=f"gives {quantity} {key[1]} of lot {key[2]!r}, has {has.get(key, 0)}",
            )


def _moved(plan: Plan) -> Iterator[Supply | LostPieces]:
    """Yield all that leaves a lot, lost on the way or not."""
    yield from plan.allocation.lines
    yield from plan.losses.pieces


def _areas(scenario: Scenario, plan: Plan) -> Iterator[Violation]:
    """Check that no ballot leaves its electoral area: the wrong one is a vote lost."""
    contest_of = {c.item: c.contest for c in plan.needs.columns if c.contest is not None}
    for line in plan.allocation.lines:
        contest = contest_of.get(line.commodity.item)
        if contest is None:
            continue
        below = _below(scenario, line.to)
        areas = {
            contest.area_of(scenario.by_code[c].region)
            for c in below
            if scenario.by_code[c].region.depth >= 2
        }
        if line.commodity.area not in areas:
            yield Violation(
                code="wrong-area",
                where=line.to,
                text=f"gets {line.commodity}, valid in {sorted(areas)}",
            )


def _below(scenario: Scenario, root: str) -> set[str]:
    found: set[str] = set()
    todo = [root]
    while todo:
        code = todo.pop()
        if code not in found:
            found.add(code)
            # A warehouse below another one answers for itself.
            todo += [
                p.code
                for p in scenario.children.get(code, ())
                if p.kind is not PlaceKind.WAREHOUSE
            ]
    return found


def _served(scenario: Scenario, plan: Plan) -> Iterator[Violation]:
    """Check that needed = served + missing at each warehouse, piece by piece."""
    owner = {
        code: warehouse.code
        for warehouse in scenario.of_kind(PlaceKind.WAREHOUSE)
        for code in _below(scenario, warehouse.code)
    }
    balance: dict[_Key, int] = {}
    for column in plan.needs.columns:
        rows = plan.needs.level(column.per)
        for code, region, n in zip(rows.codes, rows.regions, column.quantities, strict=True):
            if n and code in owner:
                area = column.contest.area_of(region) if column.contest else ""
                key = (owner[code], Commodity(item=column.item, area=area))
                balance[key] = balance.get(key, 0) + n
    for gap in plan.shortfalls:
        if not 0 <= gap.served < gap.needed:
            yield Violation(
                code="shortfall", where=gap.place, text=f"{gap.served} of {gap.needed} is none"
            )
        key = (owner.get(gap.place, ""), gap.commodity)
        balance[key] = balance.get(key, 0) - gap.missing
    for line in plan.allocation.lines:
        key = (line.to, line.commodity)
        balance[key] = balance.get(key, 0) - line.quantity
    for (place, ware), rest in sorted(balance.items(), key=lambda x: (x[0][0], str(x[0][1]))):
        if rest:
            yield Violation(
                code="unbalanced",
                where=place,
                text=f"{abs(rest)} {ware} {'unaccounted for' if rest > 0 else 'too many'}",
            )


def _hauled(scenario: Scenario, plan: Plan) -> Iterator[Violation]:
    """Check that trips carry what is allocated over each leg, no more and no less."""
    want: dict[tuple[str, str, str, Commodity], int] = {}
    # What was lost was carried as far as its path says.
    for line in _moved(plan):
        for tail, head in zip(line.path, line.path[1:], strict=False):
            key = (tail, head, line.to, line.commodity)
            want[key] = want.get(key, 0) + line.quantity
    closed = {
        (frozenset((g.tail, g.head)), g.mode): g.months_closed
        for g in scenario.legs
        if g.months_closed
    }
    for trip in plan.trips:
        if trip.echelon != "line-haul":
            continue
        on_way, left_s = [trip.home], trip.depart_s
        for stop in trip.stops:
            on_way += (*stop.via, stop.place)
            for load in stop.loads:
                for tail, head in pairwise(on_way):
                    key = (tail, head, load.to, load.commodity)
                    want[key] = want.get(key, 0) - load.quantity
            for ends in pairwise(on_way[-2 - len(stop.via) :]):
                months = closed.get((frozenset(ends), trip.mode), ())
                if months and _month(plan, left_s) in months:
                    yield Violation(
                        code="closed-leg",
                        where=trip.id,
                        text=f"{ends[0]} to {ends[1]} is closed in that month",
                    )
            left_s = stop.depart_s
    left = {u.kit for u in plan.unserved if u.echelon == "line-haul"}
    for (tail, head, to, ware), rest in sorted(
        want.items(), key=lambda x: (x[0][:3], str(x[0][3]))
    ):
        if rest < 0 or (rest and to not in left):
            yield Violation(
                code="not-hauled",
                where=f"{tail} > {head}",
                text=f"{rest} {ware} for {to} allocated and not carried",
            )


def _month(plan: Plan, moment_s: int) -> int:
    return (plan.election.voting_day + timedelta(seconds=moment_s // 86_400 * 86_400)).month
