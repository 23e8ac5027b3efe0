"""A plan as steps that every kit has to take, to hold the record against."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime
from functools import cache

from silog_core.custody.catalogue import CATALOGUE
from silog_core.domain.custody_kinds import LANDING_RECEIPTS, Kind
from silog_core.domain.custody_roles import Role
from silog_core.domain.custody_steps import ExpectedKit, ExpectedStep
from silog_core.domain.demand import Commodity
from silog_core.domain.echelons import DISPATCH
from silog_core.domain.places import parse_station
from silog_core.domain.plan import Plan, Stop, Trip
from silog_core.errors import FieldError

#: Receipts at the end of each echelon on the way out and back, farthest first.
_RECEIPTS = {
    "hub": Kind.RECEIVED_HUB,
    "village": Kind.RECEIVED_VILLAGE,
    "station": Kind.RECEIVED_STATION,
    "return-village": Kind.RETURNED_VILLAGE,
    "return-hub": Kind.RETURNED_HUB,
    "return-warehouse": Kind.RETURNED_REGENCY,
}
#: Receipts where kits change vehicles on their way out.
_LANDINGS = {
    "warehouse-landing": Kind.RECEIVED_HUB_LANDING,
    "hub-landing": Kind.RECEIVED_VILLAGE_LANDING,
    "village-landing": Kind.RECEIVED_STATION_LANDING,
}


def compile_plan(plan: Plan, *, units: int = 1) -> tuple[ExpectedKit, ...]:
    """Return the steps that each kit of *plan* has to take, in order of the way.

    A step is due at the planned time plus the slack of its trip: until then every
    deadline that hangs on it still holds.

    Args:
        plan: The plan, with its trips out and back.
        units: Units with a code that the kit of a station consists of.

    Returns:
        One entry for each place whose kit travels, by code, and then one for each that
        votes again.

    Example:
        >>> from silog_core.testing.worlds import small_world
        >>> kit = compile_plan(small_world().plan)[0]
        >>> kit.place, [step.kind.value for step in kit.steps][:3]
        ('12.01.01.1001-001', ['packed', 'sealed', 'dispatched'])
    """
    start_s = _midnight_s(plan.election.voting_day, plan.election.utc_offset_min)
    # Once for all places: a province has some ten thousand shortfalls.
    short = {(s.place, s.commodity): s.served for s in plan.shortfalls}
    first = (
        ExpectedKit(
            place=place,
            steps=tuple(_steps(place, trips, start_s)),
            holds=_holds(plan, place, short),
            units=units,
        )
        for place, trips in sorted(plan.trips_to.items())
    )
    return (*first, *_again(plan, start_s, units))


def _again(plan: Plan, start_s: int, units: int) -> Iterator[ExpectedKit]:
    """Yield the steps of new kits of re-votes, which hold marked ballots."""
    trips = {trip.id: trip for trip in plan.revote_trips}
    contests = max(1, len(plan.election.contests))
    for kit in plan.revotes:
        holds: dict[Commodity, int] = {}
        for b in kit.ballots:
            holds[b.commodity] = holds.get(b.commodity, 0) + b.quantity
        way = tuple(trips[i] for i in (*kit.out, *kit.back))
        # Boxes are for contests: fewer are voted on, fewer boxes go.
        voted = len({b.contest for b in kit.ballots})
        yield ExpectedKit(
            place=kit.station,
            steps=tuple(_steps(kit.station, way, start_s)),
            holds=tuple(sorted(holds.items(), key=lambda p: (p[0].item, p[0].area))),
            units=max(1, units * voted // contests),
            again=kit.incident,
        )


def _midnight_s(day: date, offset_min: int) -> int:
    """Return 00:00 local time of *day* [s since 1970, UTC]."""
    midnight = datetime(day.year, day.month, day.day, tzinfo=UTC)
    return int(midnight.timestamp()) - 60 * offset_min


def _steps(place: str, trips: tuple[Trip, ...], start_s: int) -> Iterator[ExpectedStep]:
    opened = False
    last_to = {_end(trip): trip for trip in trips}
    for trip in trips:
        slack_s = max(0, trip.latest_depart_s - trip.depart_s)
        leaves_s = start_s + trip.depart_s + slack_s
        stop = next(stop for stop in trip.stops if place in stop.kits)
        if trip.echelon in DISPATCH and trip is trips[0]:
            for kind in (Kind.PACKED, Kind.SEALED, Kind.DISPATCHED):
                yield _step(kind, trip.home, leaves_s)
        back = trip.echelon.startswith("return")
        if back and not opened and _is_station(place):
            opened = True
            for kind in (Kind.OPENED, Kind.RESEALED):
                yield _step(kind, place, start_s + stop.depart_s + slack_s)
        kind_of = _RECEIPTS.get(_end(trip))
        if kind_of is None:
            kind_of = _LANDINGS.get(trip.echelon)
        elif last_to[_end(trip)] is not trip:
            # Boxes are back where the last vehicle brings them.
            kind_of = LANDING_RECEIPTS[kind_of]
        if kind_of is not None:
            yield _step(kind_of, *_received(trip, stop, start_s + slack_s, back=back))


def _end(trip: Trip) -> str:
    """Return the level that a trip ends at, such as ``return-hub``."""
    way = trip.echelon.split("-")
    return "-".join((way[0], way[-1])) if way[0] == "return" else way[-1]


def _received(trip: Trip, stop: Stop, from_s: int, *, back: bool) -> tuple[str, int]:
    # On the way back a trip takes kits in at its stops and hands them over at home.
    return (trip.home, from_s + trip.back_s) if back else (stop.place, from_s + stop.depart_s)


def _step(kind: Kind, place: str, due_s: int) -> ExpectedStep:
    return ExpectedStep(
        kind=kind,
        place=place,
        roles=_roles(kind),
        due_s=due_s,
        persons=CATALOGUE[kind].persons,
    )


@cache
def _roles(kind: Kind) -> tuple[Role, ...]:
    if kind is Kind.OPENED:
        return (Role.STATION_COMMITTEE,)
    return tuple(sorted(CATALOGUE[kind].roles, key=lambda role: role.value))


def _is_station(place: str) -> bool:
    try:
        parse_station(place)
    except FieldError:
        return False
    return True


def _holds(
    plan: Plan, place: str, short: Mapping[tuple[str, Commodity], int]
) -> tuple[tuple[Commodity, int], ...]:
    """Return the ballots that a place has to get: what it needs less what is short."""
    found = []
    for need in plan.needs.at(place):
        if need.area:
            what = Commodity(item=need.item, area=need.area)
            found.append((what, short.get((place, what), need.quantity)))
    return tuple(sorted(found, key=lambda pair: (pair[0].item, pair[0].area)))
