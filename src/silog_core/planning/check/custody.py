"""Custody: every kit is handed on without a gap, in time, out and back."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from silog_core.domain.calendar import DAY_S
from silog_core.domain.echelons import INBOUND, OUTBOUND
from silog_core.domain.places import PlaceKind
from silog_core.domain.plan import Plan, Stop, Trip
from silog_core.domain.scenario import Scenario
from silog_core.domain.violations import Violation

_OUT, _BACK = OUTBOUND, INBOUND

Carried = dict[tuple[str, str], list[tuple[Trip, Stop]]]


def check_custody(scenario: Scenario, plan: Plan) -> Iterator[Violation]:
    """Yield gaps in the chain of hand-overs of every kit."""
    carried: Carried = {}
    # A lost kit's trips count for nothing: another kit has to go all the way.
    lost = {(lost.kit, trip) for lost in plan.losses.kits for trip in lost.trips}
    for trip in plan.trips:
        for stop in trip.stops:
            for kit in stop.kits:
                if (kit, trip.id) in lost:
                    continue
                carried.setdefault((kit, trip.echelon), []).append((trip, stop))
    for (kit, echelon), found in sorted(carried.items(), key=lambda x: x[0]):
        if len(found) > 1:
            yield Violation(
                code="kit-split",
                where=kit,
                text=f"rides on {len(found)} vehicles in {echelon}",
            )
    left = {(u.kit, u.echelon) for u in plan.unserved}
    needing = _needing(plan)
    for kit in sorted(needing):
        yield from _out(scenario, kit, carried, left)
        yield from _back(scenario, kit, carried, left)
    for kit, _echelon in sorted(carried):
        if kit not in needing:
            yield Violation(
                code="unasked-kit", where=kit, text="is carried, but needs nothing"
            )


def check_open_hours(scenario: Scenario, plan: Plan) -> Iterator[Violation]:
    """Yield hand-overs at places that are not open when they begin or end.

    A hand-over begins when the vehicle is there and the place is open; how long it takes
    at the least is for the scenario to say.
    """
    for trip in (*plan.trips, *plan.revote_trips):
        for stop in trip.stops:
            place = scenario.by_code.get(stop.place)
            if place is None or place.open_hours == (0, 24):
                continue
            opens_s, closes_s = (hour * 3600 for hour in place.open_hours)
            least_s = scenario.handling.stop_s + scenario.handling.kit_s * len(stop.kits)
            done_s = (stop.depart_s - 1) % DAY_S + 1
            if not opens_s + least_s <= done_s <= closes_s:
                yield Violation(
                    code="closed-place",
                    where=trip.id,
                    text=f"hands over at {stop.place} until {done_s} s of a day, open from"
                    f" {opens_s} s to {closes_s} s",
                )


def _needing(plan: Plan) -> set[str]:
    """Return the places below a warehouse that need something that travels."""
    in_kit = {i.code for i in plan.items if i.in_kit}
    found: set[str] = set()
    for column in plan.needs.columns:
        if (
            column.per in {"regency", "province"}
            or column.reserve
            or column.item not in in_kit
        ):
            continue
        codes = plan.needs.level(column.per).codes
        found |= {c for c, n in zip(codes, column.quantities, strict=True) if n}
    return found


def _chain(scenario: Scenario, kit: str) -> list[str]:
    """Return the places from the warehouse down to the kit's own; empty without one."""
    chain, code = [], kit
    while code and code not in chain:
        place = scenario.by_code.get(code)
        if place is None:
            return []
        chain.append(code)
        if place.kind is PlaceKind.WAREHOUSE:
            return chain[::-1]
        code = place.parent
    return []


def _out(
    scenario: Scenario,
    kit: str,
    carried: Mapping[tuple[str, str], list[tuple[Trip, Stop]]],
    left: set[tuple[str, str]],
) -> Iterator[Violation]:
    if any((kit, echelon) in left for echelon in _OUT):
        return
    chain = _chain(scenario, kit)
    if not chain:
        yield Violation(code="not-served", where=kit, text="hangs below no warehouse")
        return
    since: int | None = None
    hops = [e for e in _OUT if (kit, e) in carried]
    if len(hops) != len(chain) - 1:
        yield Violation(
            code="not-served", where=kit, text=f"{len(hops)} of {len(chain) - 1} hops planned"
        )
        return
    for hop, giver, taker in zip(hops, chain, chain[1:], strict=False):
        trip, stop = carried[(kit, hop)][0]
        if (trip.home, stop.place) != (giver, taker):
            yield Violation(
                code="custody-gap",
                where=kit,
                text=f"{trip.id} takes it from {trip.home} to {stop.place}, not from {giver}"
                f" to {taker}",
            )
        if since is not None and trip.depart_s < since:
            yield Violation(
                code="custody-gap", where=kit, text=f"{trip.id} leaves before it is there"
            )
        since = stop.depart_s
    if since is not None and since > 0:
        yield Violation(
            code="late", where=kit, text=f"is there {since} s into the voting day, not on H-1"
        )


def _back(
    scenario: Scenario,
    kit: str,
    carried: Mapping[tuple[str, str], list[tuple[Trip, Stop]]],
    left: set[tuple[str, str]],
) -> Iterator[Violation]:
    """Check that what went out comes back, from hand to hand, after the count."""
    if any((kit, e) in left for e in (*_OUT, *_BACK)):
        return
    out = [e for e in _OUT if (kit, e) in carried]
    back = [e for e in _BACK if (kit, e) in carried]
    if len(out) != len(back):
        yield Violation(
            code="not-returned", where=kit, text=f"{len(out)} hops out, {len(back)} back"
        )
        return
    since = scenario.handling.count_done_hour * 3600
    chain = _chain(scenario, kit)
    for hop, giver, taker in zip(back, chain[::-1], chain[-2::-1], strict=False):
        trip, stop = carried[(kit, hop)][0]
        if (stop.place, trip.home) != (giver, taker):
            yield Violation(
                code="custody-gap",
                where=kit,
                text=f"{trip.id} takes it from {stop.place} to {trip.home}, not from {giver}"
                f" to {taker}",
            )
        if stop.depart_s < since:
            yield Violation(
                code="custody-gap", where=kit, text=f"{trip.id} takes it in before it is there"
            )
        since = trip.back_s
