"""Priority of typed trips: nothing less urgent takes the vehicle of what is left, or late."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Protocol

import attrs

from silog_core.domain.demand import Commodity
from silog_core.domain.places import Place
from silog_core.domain.scenario import Scenario
from silog_core.domain.typed_trips import TripFinding, TypedGoods, TypedStop, TypedTrip
from silog_core.planning.judge.crews import asked_of
from silog_core.planning.judge.fleet import Outing
from silog_core.planning.judge.texts import finding


@attrs.frozen(kw_only=True)
class Lack:
    """Goods that no trip brings to a warehouse."""

    place: str
    ware: Commodity
    quantity: int


class Driven(Protocol):
    """Drives one trip as if it were alone."""

    def alone(self, trip: TypedTrip) -> tuple[Outing, Sequence[TripFinding]]:
        """Return when its vehicle is out, and what is wrong with it."""

    def spare(self, home: str, ware: Commodity, at_s: int) -> int:
        """Return how many pieces lie at a place at a moment that nobody ever takes."""


@attrs.frozen(kw_only=True)
class Fetch:
    """A trip that brings boxes back."""

    outing: Outing
    #: Its stops, and the places of its kits.
    codes: frozenset[str]
    #: Until when it has to be back; None where no rule says so.
    due_s: int | None
    #: When it would be back if it left at another time; None if it could not.
    again: Callable[[int], int | None]


def check_fetching(scenario: Scenario, fetches: Sequence[Fetch]) -> Iterator[TripFinding]:
    """Yield trips with less urgent boxes whose vehicle could have fetched others in time.

    One could have fetched what is late if, leaving when it does, it would be back by the
    deadline and before it is needed again, with the people who ride along.
    """
    ranks = {p.code: p.priority for p in scenario.places}
    counts = {(e.home, e.vehicle.type): e.count for e in scenario.fleet}
    outings = [fetch.outing for fetch in fetches]
    late = [f for f in fetches if f.due_s is not None and f.outing.back_s > f.due_s]
    for fetch in fetches:
        trip = fetch.outing.trip
        count = counts.get((trip.home, trip.vehicle))
        if (count is None and not trip.escorts) or fetch.outing.vehicle.break_after_s:
            continue
        own = max(ranks[code] for code in fetch.codes)
        until_s = _needed_s(fetch.outing, outings, count)
        for other in late:
            rank = max(ranks[code] for code in other.codes)
            if rank > own and _could_fetch(fetch, other, until_s):
                yield finding(
                    "outranks-back",
                    row=trip.row,
                    trip=trip.id,
                    place=other.outing.trip.stops[0].place,
                    rank=rank,
                    other=own,
                )
                break


def _could_fetch(fetch: Fetch, late: Fetch, until_s: int) -> bool:
    trip, other = fetch.outing.trip, late.outing.trip
    same = (trip.home, trip.vehicle) == (other.home, other.vehicle)
    if not same or not set(other.escorts or ()) <= set(trip.escorts or ()):
        return False
    back_s = late.again(trip.depart_s or 0)
    return back_s is not None and back_s <= min(until_s, late.due_s or 0)


def check_urgency(
    scenario: Scenario, court: Driven, outings: Sequence[Outing], lacks: Sequence[Lack]
) -> Iterator[TripFinding]:
    """Yield trips with less urgent goods whose vehicle could have brought others in time.

    Looked at are trips that there are few of: with a counted vehicle, or with escorts. One
    could have brought what is lacking if, leaving when it does, it would be there in time
    and back before it is needed again, with the people who ride along. Vehicles whose crews
    need rests are passed over: nobody has typed rests of a trip that was not made.
    """
    ranks = _ranks(scenario)
    counts = {(e.home, e.vehicle.type): e.count for e in scenario.fleet if e.count is not None}
    for outing in outings:
        trip = outing.trip
        count = counts.get((trip.home, trip.vehicle))
        if (count is None and not trip.escorts) or outing.vehicle.break_after_s is not None:
            continue
        until_s = _needed_s(outing, outings, count)
        own = max(ranks.get(stop.place, 0) for stop in trip.stops)
        for lack in lacks:
            rank = ranks.get(lack.place, 0)
            if rank > own and _could(scenario, court, outing, lack, until_s):
                yield finding(
                    "outranks",
                    row=trip.row,
                    trip=trip.id,
                    item=lack.ware.item,
                    place=lack.place,
                    rank=rank,
                    other=own,
                    amount=lack.quantity,
                )
                break


def _ranks(scenario: Scenario) -> Mapping[str, int]:
    """Return the highest priority at or below each place."""
    ranks: dict[str, int] = {}
    for place in scenario.places:
        at: Place | None = place
        seen: set[str] = set()
        while at is not None and at.code not in seen:
            seen.add(at.code)
            ranks[at.code] = max(ranks.get(at.code, 0), place.priority)
            at = scenario.by_code.get(at.parent)
    return ranks


def _needed_s(outing: Outing, outings: Sequence[Outing], count: int | None) -> int:
    """Return when the vehicle of a trip is needed again, or when it is back [s].

    Which one goes next is known where there is one, or where its number is typed.
    """
    trip = outing.trip
    if trip.escorts or (trip.unit is None and count != 1):
        return outing.back_s
    own = (trip.home, trip.vehicle, trip.unit)
    next_s = [
        other.leaves_s
        for other in outings
        if (other.trip.home, other.trip.vehicle, other.trip.unit) == own
        and other.leaves_s > outing.leaves_s
    ]
    return min(next_s, default=10**9)


def _could(
    scenario: Scenario, court: Driven, outing: Outing, lack: Lack, until_s: int
) -> bool:
    trip = outing.trip
    if court.spare(trip.home, lack.ware, trip.depart_s or 0) < lack.quantity:
        return False
    goods = TypedGoods(row=trip.row, item=lack.ware.item, quantity=lack.quantity)
    stop = TypedStop(row=trip.row, place=lack.place, goods=(goods,))
    instead = attrs.evolve(trip, stops=(stop,), rests=None)
    home = scenario.by_code[trip.home]
    if not asked_of(scenario, instead, home, "line-haul") <= set(trip.escorts or ()):
        return False
    alone, wrong = court.alone(instead)
    return not wrong and alone.back_s <= until_s
