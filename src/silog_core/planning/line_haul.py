"""Trips from supplier to warehouse: bulk loads on each leg of the allocated ways."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from graphlib import CycleError, TopologicalSorter
from itertools import pairwise

import attrs

from silog_core.domain.calendar import DAY_S, day_start_s
from silog_core.domain.demand import Commodity
from silog_core.domain.legs import Leg
from silog_core.domain.places import Place
from silog_core.domain.plan import Load, Stop, Supply, Trip, UnservedKit
from silog_core.domain.scenario import Scenario
from silog_core.domain.vehicles import Vehicle
from silog_core.network.upper import haulers
from silog_core.planning.hours import BEFORE_DAYS, HoursOf
from silog_core.planning.regency import window
from silog_core.planning.timing import drive
from silog_core.planning.tours import Halt, Tour
from silog_core.planning.unserved import unserved
from silog_core.rules.book import RuleBook

#: Handing over a load in bulk takes this long for each tonne or part of one [s].
_TONNE_S = 1200
#: Tail, head and mode of a leg.
_Edge = tuple[str, str, str]
#: Long before anything moves [s from 00:00 of voting day].
_EVER = -(10**9)


@attrs.frozen(kw_only=True)
class _Parcel:
    """Pieces of one line that wait at the tail of a leg, and when they are due ahead."""

    load: Load
    mass_g: int
    volume_cm3: int
    due_s: int
    line: int
    #: When they can leave the tail at the earliest [s].
    ready_s: int
    #: Rides with what is due at the same moment only, as late as it can.
    hurried: bool


@attrs.frozen(kw_only=True)
class Hauls:
    """Trips of the line haul, and the vehicle types that they use."""

    trips: tuple[Trip, ...]
    vehicles: tuple[Vehicle, ...]
    #: Warehouses that cannot be reached with all they are allocated, and why.
    unserved: tuple[UnservedKit, ...] = ()


@attrs.define(kw_only=True)
class _Haul:
    """The state while legs are filled, from the warehouses back to the suppliers."""

    scenario: Scenario
    book: RuleBook
    hours_of: HoursOf
    #: Legs of each line, by its number.
    ways: Sequence[tuple[Leg, ...]]
    trips: list[Trip] = attrs.field(factory=list)
    vehicles: dict[Vehicle, None] = attrs.field(factory=dict)
    left: set[UnservedKit] = attrs.field(factory=set)
    #: Numbers of the lines that some leg of their way cannot carry.
    stranded: set[int] = attrs.field(factory=set)
    #: Lines whose lot is ready late: they need not keep the window of their stage.
    hurried: frozenset[int] = frozenset()
    #: Lines that would leave before their lot is there.
    unready: set[int] = attrs.field(factory=set)
    numbers: dict[str, int] = attrs.field(factory=dict)
    #: Departure, at the latest, of each line from each place on its way [s].
    leaves_s: dict[tuple[int, str], int] = attrs.field(factory=dict)

    def leave(self, code: str, leg: Leg, parcels: Iterable[_Parcel]) -> None:
        """Note that parcels stay at the tail of a leg."""
        aboard = list(parcels)
        self.stranded |= {p.line for p in aboard}
        for to in sorted({p.load.to for p in aboard}):
            self.left.add(
                unserved(
                    code,
                    kit=to,
                    echelon="line-haul",
                    home=leg.tail,
                    place=leg.head,
                    mode=leg.mode.value,
                )
            )

    def due_s(
        self,
        line: Supply,
        way: Sequence[Leg],
        due: Mapping[tuple[str, Commodity], int],
        *,
        hurried: bool,
    ) -> int:
        """Return when a line should be there: in the window of its stage, if it can be.

        The calendar says when equipment and ballots usually come, which leaves time to
        count and to claim. A lot that is ready too late for that still has to keep the
        *due* time, at which the work at the warehouse begins.
        """
        at_latest = due.get((line.to, line.commodity), 0)
        if hurried:
            return at_latest
        # Ballots, and nothing else, are bound to an electoral area.
        stage = "ballot-arrival" if line.commodity.area else "equipment-arrival"
        closes_s = window(self.book, self.scenario.by_code[line.to], stage)[1]
        target = min(at_latest, closes_s)
        # Each hop waits for working hours, handling and a full vehicle: a day more.
        way_s = sum(leg.travel_s + DAY_S for leg in way)
        return target if self.ready_s(line) + way_s <= target else at_latest

    def ready_s(self, line: Supply) -> int:
        """Return from when on a line can leave the place where its lot lies [s]."""
        return max(
            (
                day_start_s(lot.from_date, self.scenario.election.voting_day)
                for lot in self.scenario.stock
                if lot.from_date
                and (lot.place, lot.item, lot.lot)
                == (line.from_place, line.commodity.item, line.lot)
            ),
            default=_EVER,
        )


def line_haul(
    scenario: Scenario,
    book: RuleBook,
    lines: Sequence[Supply],
    ways: Sequence[tuple[Leg, ...]],
    due: Mapping[tuple[str, Commodity], int],
    hours_of: HoursOf,
) -> Hauls:
    """Return the trips that carry allocated lines to their warehouses, in bulk.

    Legs are filled from the end of the ways backwards, so that what is due first on
    the way ahead leaves first. One trip is one vehicle on one leg. A line that one leg
    of its way cannot carry is not carried on the others either.

    Args:
        scenario: Places and handling times.
        book: Rules, for masses, vehicles and hours.
        lines: Allocated lines.
        ways: The legs of each line, in its direction.
        due: Latest arrival at a warehouse [s]; the start of the horizon else.
        hours_of: Finds open hours.
    """
    stranded: set[int] = set()
    hurried: frozenset[int] = frozenset()
    left: set[UnservedKit] = set()
    while True:
        haul = _Haul(
            scenario=scenario, book=book, hours_of=hours_of, ways=ways, hurried=hurried
        )
        _carry(haul, lines, due, without=stranded)
        left |= haul.left
        if not (haul.stranded or haul.unready):
            return Hauls(
                trips=tuple(haul.trips),
                vehicles=tuple(haul.vehicles),
                unserved=tuple(sorted(left, key=lambda u: (u.kit, u.code, u.reason))),
            )
        stranded |= haul.stranded
        hurried |= haul.unready


def _carry(
    haul: _Haul,
    lines: Sequence[Supply],
    due: Mapping[tuple[str, Commodity], int],
    *,
    without: set[int],
) -> None:
    """Fill the legs of all lines but those that are stranded."""
    users: dict[_Edge, list[tuple[int, Leg]]] = {}
    order: TopologicalSorter[_Edge] = TopologicalSorter()
    for i, way in enumerate(haul.ways):
        if i in without:
            continue
        for leg in way:
            users.setdefault(leg.key, []).append((i, leg))
            order.add(leg.key)
        for leg, after in pairwise(way):
            order.add(leg.key, after.key)
    for edge in _sorted_edges(order, users):
        parcels = [_parcel(haul, lines[i], i, leg, due) for i, leg in users[edge]]
        _fill(haul, users[edge][0][1], parcels)


def _sorted_edges(
    order: TopologicalSorter[_Edge], users: Mapping[_Edge, list[tuple[int, Leg]]]
) -> list[_Edge]:
    """Return the legs so that each comes after those ahead of it on any way."""
    try:
        order.prepare()
    except CycleError:
        # Ways that cross in opposite directions: any order is right, if not the best.
        return sorted(users)
    found: list[_Edge] = []
    while order.is_active():
        ready = sorted(order.get_ready())
        found += ready
        order.done(*ready)
    return found


def _parcel(
    haul: _Haul,
    line: Supply,
    index: int,
    leg: Leg,
    due: Mapping[tuple[str, Commodity], int],
) -> _Parcel:
    item = haul.book.item(line.commodity.item)
    hurried = index in haul.hurried
    at_end = haul.due_s(line, haul.ways[index], due, hurried=hurried)
    ahead = haul.leaves_s.get((index, leg.head), at_end)
    return _Parcel(
        load=Load(commodity=line.commodity, quantity=line.quantity, to=line.to),
        mass_g=item.mass_g if item else 0,
        volume_cm3=item.volume_cm3 if item else 0,
        due_s=ahead if leg.head == line.to else ahead - haul.scenario.handling.turnround_s,
        line=index,
        ready_s=haul.ready_s(line) if leg.tail == line.from_place else _EVER,
        hurried=hurried,
    )


def _fill(haul: _Haul, leg: Leg, parcels: list[_Parcel]) -> None:
    """Put parcels on vehicles, what is due first on the first one."""
    head = haul.scenario.by_code[leg.head]
    listed = [
        e for e in haul.scenario.fleet if e.home == leg.tail and e.vehicle.mode is leg.mode
    ]
    vehicles = (
        [e.vehicle for e in listed if e.count != 0]
        if listed
        else list(haulers(leg, head, haul.book))
    )
    if not vehicles:
        haul.leave("no-vehicle", leg, parcels)
        return
    biggest = max(vehicles, key=lambda v: (v.volume_cm3, v.payload_g, v.type))
    aboard: list[_Parcel] = []
    mass = volume = 0
    for parcel in sorted(
        parcels, key=lambda p: (p.hurried, p.due_s, p.load.to, str(p.load.commodity))
    ):
        # What is due days later may not even be ready when this vehicle leaves.
        apart_s = 0 if parcel.hurried else DAY_S
        if aboard and not 0 <= parcel.due_s - aboard[0].due_s <= apart_s:
            _send(haul, leg, vehicles, aboard)
            aboard, mass, volume = [], 0, 0
        left = parcel.load.quantity
        while left:
            fits = min(
                left,
                _pieces(biggest.payload_g - mass, parcel.mass_g),
                _pieces(biggest.volume_cm3 - volume, parcel.volume_cm3),
            )
            if fits:
                aboard.append(
                    attrs.evolve(parcel, load=attrs.evolve(parcel.load, quantity=fits))
                )
                mass += fits * parcel.mass_g
                volume += fits * parcel.volume_cm3
                left -= fits
            if left:
                if not aboard:
                    haul.leave("too-big", leg, [parcel])
                    break
                _send(haul, leg, vehicles, aboard)
                aboard, mass, volume = [], 0, 0
    if aboard:
        _send(haul, leg, vehicles, aboard)


def _pieces(room: int, each: int) -> int:
    return room // each if each else 10**12


def _send(haul: _Haul, leg: Leg, vehicles: Sequence[Vehicle], aboard: list[_Parcel]) -> None:
    mass = sum(p.mass_g * p.load.quantity for p in aboard)
    volume = sum(p.volume_cm3 * p.load.quantity for p in aboard)
    km = -(-2 * leg.length_m // 1000)
    vehicle = min(
        (v for v in vehicles if v.payload_g >= mass and v.volume_cm3 >= volume),
        key=lambda v: (v.fixed_cost_rupiah + km * v.cost_per_km_rupiah, v.type),
    )
    tonnes = -(-mass // 1_000_000)
    tour = Tour(
        echelon="line-haul",
        home=leg.tail,
        vehicle=vehicle,
        count=None,
        mode=leg.mode,
        surface=leg.surface,
        halts=(Halt(place=leg.head, kits=(), length_m=leg.length_m, travel_s=leg.travel_s),),
        back_length_m=leg.length_m,
        back_travel_s=leg.travel_s,
        months_closed=leg.months_closed,
        mass_g=mass,
        volume_cm3=volume,
    )
    due_s = min(p.due_s for p in aboard)
    trip = _timed(haul, tour, due_s, tonnes, aboard)
    if trip is None:
        _give_up(haul, "closed", leg, aboard)
        return
    _give_up(haul, "unready", leg, [p for p in aboard if p.ready_s > trip.depart_s])
    haul.trips.append(trip)
    haul.vehicles[vehicle] = None
    for parcel in aboard:
        key = (parcel.line, leg.tail)
        known = haul.leaves_s.get(key, trip.depart_s)
        haul.leaves_s[key] = min(known, trip.depart_s)


def _give_up(haul: _Haul, code: str, leg: Leg, parcels: Sequence[_Parcel]) -> None:
    """Let parcels try again as late as they can; leave those that did so before."""
    haul.unready |= {p.line for p in parcels if not p.hurried}
    if any(p.hurried for p in parcels):
        haul.leave(code, leg, (p for p in parcels if p.hurried))


def _timed(
    haul: _Haul, tour: Tour, due_s: int, tonnes: int, aboard: Sequence[_Parcel]
) -> Trip | None:
    """Return the trip at its latest departure, or None where the way is never open."""
    by_code: Mapping[str, Place] = haul.scenario.by_code
    regions = sorted({by_code[tour.home].region, by_code[tour.halts[0].place].region})
    hours = haul.hours_of(tour.mode, *regions, months_closed=tour.months_closed)
    handling = attrs.evolve(
        haul.scenario.handling, stop_s=haul.scenario.handling.stop_s + tonnes * _TONNE_S
    )
    good = -BEFORE_DAYS * DAY_S // 60
    bad = due_s // 60 + 1
    while bad - good > 1:
        middle = (good + bad) // 2
        run = drive(tour, middle * 60, hours, handling)
        if run is not None and run.times[0][1] <= due_s:
            good = middle
        else:
            bad = middle
    run = drive(tour, good * 60, hours, handling)
    if run is None or run.times[0][1] > due_s:
        return None
    number = haul.numbers[tour.home] = haul.numbers.get(tour.home, 0) + 1
    (arrive, done), depart, back = run.times[0], run.depart_s, run.back_s
    return Trip(
        id=f"L-{tour.home}-{number:03d}",
        echelon="line-haul",
        vehicle=tour.vehicle.type,
        mode=tour.mode,
        home=tour.home,
        stops=(
            Stop(
                place=tour.halts[0].place,
                arrive_s=arrive,
                depart_s=done,
                loads=_merged(aboard),
            ),
        ),
        depart_s=depart,
        back_s=back,
        distance_m=tour.distance_m,
        cost_rupiah=tour.cost_rupiah,
        mass_g=tour.mass_g,
        volume_cm3=tour.volume_cm3,
        latest_depart_s=depart,
    )


def _merged(aboard: Sequence[_Parcel]) -> tuple[Load, ...]:
    total: dict[tuple[str, Commodity], int] = {}
    for parcel in aboard:
        key = (parcel.load.to, parcel.load.commodity)
        total[key] = total.get(key, 0) + parcel.load.quantity
    return tuple(
        Load(commodity=ware, quantity=quantity, to=to)
        for (to, ware), quantity in sorted(
            total.items(), key=lambda x: (x[0][0], str(x[0][1]))
        )
    )
