"""Goods in kits of re-votes: all that belongs, from where it is, each piece once."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from silog_core.domain.demand import Commodity
from silog_core.domain.incidents import LotLate
from silog_core.domain.plan import Plan, Trip
from silog_core.domain.replanning import Replan
from silog_core.domain.revotes import RevoteBallots, RevoteGoods, RevoteKit
from silog_core.domain.scenario import Scenario
from silog_core.domain.violations import Violation

_DAY_S = 86_400


def check_revote_goods(after: Scenario, answer: Replan) -> Iterator[Violation]:
    """Yield goods that are forgotten, invented, used twice, or there too late."""
    plan = answer.plan
    ordered = {i.id for i in answer.incidents}
    listed = {r.station for r in answer.at_risk}
    for kit in plan.revotes:
        if kit.incident not in ordered:
            continue  # it was judged when it was planned
        lacks = {s.commodity: s for s in plan.revote_shortfalls if s.place == kit.station}
        yield from _belongs(plan, kit)
        if lacks and kit.station not in listed:
            yield _bad("revote-unlisted", kit.station, "lacks goods, and is not listed")
        got: dict[Commodity, int] = {}
        for goods in kit.taken:
            got[goods.commodity] = got.get(goods.commodity, 0) + goods.quantity
        want = dict(kit.goods)
        for ware in sorted({*got, *want, *lacks}, key=str):
            gap = lacks.get(ware)
            missing = gap.missing if gap else 0
            if got.get(ware, 0) + missing != want.get(ware, 0):
                yield _bad(
                    "revote-goods", kit.station,
                    f"needs {want.get(ware, 0)} {ware}, has {got.get(ware, 0)}, and"
                    f" {missing} are said to be missing",
                )  # fmt: skip
    yield from _lots(after, plan)
    yield from _returned(plan)
    yield from _in_time(after, answer)


def _belongs(plan: Plan, kit: RevoteKit) -> Iterator[Violation]:
    """Check that a kit asks for all that the first one held besides ballots."""
    voted = {b.contest for b in kit.ballots}
    ballots = {c.item for c in plan.election.contests}
    in_kit = {i.code for i in plan.items if i.in_kit and not i.reserve}
    short = {(place, c.item): n for place, c, n in plan.allocation.short}
    asked = {ware.item: n for ware, n in kit.goods}
    first: dict[str, int] = {}
    for column in plan.needs.columns:
        codes = plan.needs.level(column.per).codes
        other = column.contest is not None and column.contest.code not in voted
        if (
            column.item in ballots
            or column.item not in in_kit
            or other
            or kit.station not in codes
        ):
            continue
        n = column.quantities[codes.index(kit.station)]
        first[column.item] = first.get(column.item, 0) + n
    for item, n in sorted(first.items()):
        least = min(n, short.get((kit.station, item), n))
        if asked.get(item, 0) < least:
            yield _bad("revote-goods", kit.station, f"asks for no {least} {item}")


def _lots(after: Scenario, plan: Plan) -> Iterator[Violation]:
    """Check that no lot gives kits what it does not have beyond the allocation."""
    has: dict[tuple[str, str, str], int] = {}
    for row in after.stock:
        key = (row.place, row.item, row.lot)
        has[key] = has.get(key, 0) + row.quantity
    for line in plan.allocation.lines:
        key = (line.from_place, line.commodity.item, line.lot)
        has[key] = has.get(key, 0) - line.quantity
    for lost in plan.losses.pieces:
        key = (lost.from_place, lost.commodity.item, lost.lot)
        has[key] = has.get(key, 0) - lost.quantity
    given: dict[tuple[str, str, str], int] = {}
    for kit in plan.revotes:
        for goods in kit.taken:
            if goods.source == "lot":
                key = (goods.holder, goods.commodity.item, goods.lot)
                given[key] = given.get(key, 0) + goods.quantity
    for key, n in sorted(given.items()):
        if n > max(0, has.get(key, 0)):
            text = f"gives {n} {key[1]} of lot {key[2]!r}, and {has.get(key, 0)} are to spare"
            yield _bad("revote-stock", key[0], text)


def _returned(plan: Plan) -> Iterator[Violation]:
    """Check that what is used again may be, came back, and is used once."""
    again = {i.code for i in plan.items if i.reusable}
    home: dict[tuple[str, str], int] = {}
    for trip in plan.trips:
        if trip.echelon.startswith("return"):
            for code in (k for s in trip.stops for k in s.kits):
                home[(trip.home, code)] = trip.back_s
    used: dict[tuple[str, str, str], int] = {}
    for kit in plan.revotes:
        for goods in kit.taken:
            if goods.source != "returned":
                continue
            back_s = home.get((goods.holder, goods.lot))
            if goods.commodity.item not in again:
                text = f"{goods.commodity} cannot be used again"
                yield _bad("revote-returned", kit.station, text)
            elif goods.holder != kit.warehouse or back_s is None or back_s > kit.packed_s:
                text = f"{goods.commodity} of {goods.lot} is not back when it is packed"
                yield _bad("revote-returned", kit.station, text)
            key = (goods.holder, goods.lot, goods.commodity.item)
            used[key] = used.get(key, 0) + goods.quantity
    for (holder, code, item), n in sorted(used.items()):
        held = sum(x.quantity for x in plan.needs.at(code) if x.item == item)
        if n > held:
            text = f"{n} {item} of the kit of {code} are used, which held {held}"
            yield _bad("revote-returned", holder, text)


def _in_time(after: Scenario, answer: Replan) -> Iterator[Violation]:
    """Check that lots and reserves are there when they leave or are packed."""
    plan = answer.plan
    trips = {t.id: t for t in plan.revote_trips}
    ordered = {i.id for i in answer.incidents}
    for kit in (k for k in plan.revotes if k.incident in ordered):
        rides = [trips[i] for i in kit.couriers if i in trips]
        for goods in kit.taken:
            if goods.source == "lot":
                ready = _lot_s(after, answer, goods)
                if _begins(kit, rides, goods.holder, goods.commodity) < ready:
                    text = f"{goods.commodity} of lot {goods.lot!r} is not there yet"
                    yield _bad("revote-early", kit.station, text)
        for b in kit.ballots:
            came = arrivals(plan, b)
            if came and _begins(kit, rides, b.holder, b.commodity) < max(came):
                text = f"{b.commodity} has not come to {b.holder} yet"
                yield _bad("revote-early", kit.station, text)


def arrivals(plan: Plan, ballots: RevoteBallots) -> list[int]:
    """Return when trips of the line haul brought such ballots to who holds them [s]."""
    wanted = (ballots.holder, ballots.commodity)
    return [
        s.arrive_s
        for t in plan.trips
        if t.echelon == "line-haul"
        for s in t.stops
        if s.place == ballots.holder and any((n.to, n.commodity) == wanted for n in s.loads)
    ]


def _begins(kit: RevoteKit, rides: list[Trip], holder: str, ware: Commodity) -> int:
    """Return when pieces leave their holder with a courier, or are packed there [s]."""
    if holder == kit.warehouse:
        return kit.packed_s
    leaves = [
        t.depart_s
        for t in rides
        if t.home == holder and any(n.commodity == ware for s in t.stops for n in s.loads)
    ]
    return min(leaves, default=-(10**9))


def _lot_s(after: Scenario, answer: Replan, goods: RevoteGoods) -> int:
    """Return from when on a lot can leave, by its date and what is said to be late [s]."""
    key = (goods.holder, goods.commodity.item, goods.lot)
    day = answer.plan.election.voting_day
    found = [
        (row.from_date - day) // timedelta(days=1) * _DAY_S
        for row in after.stock
        if row.from_date and (row.place, row.item, row.lot) == key
    ]
    found += [
        i.ready_s for i in answer.incidents
        if isinstance(i, LotLate) and (i.place, i.item, i.lot) == key
    ]  # fmt: skip
    return max(found, default=-(10**9))


def _bad(code: str, where: str, text: str) -> Violation:
    return Violation(code=code, where=where, text=text)
