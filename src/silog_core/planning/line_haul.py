"""Trips from supplier to warehouse: bulk loads, through as far as one vehicle can drive."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import attrs

from silog_core.domain.calendar import DAY_S, day_start_s
from silog_core.domain.demand import Commodity
from silog_core.domain.legs import Leg
from silog_core.domain.plan import Load, Supply, Trip, UnservedKit
from silog_core.domain.scenario import Scenario
from silog_core.domain.vehicles import Vehicle
from silog_core.planning.haul_loads import Cargo, Parcel, cargos, joined
from silog_core.planning.haul_ranks import FEW, by_rank, outdone, ranks_of
from silog_core.planning.haul_trips import HaulFleet
from silog_core.planning.haul_ways import (
    Part,
    Stretch,
    able,
    batches,
    carriers,
    drivers,
    stretches,
)
from silog_core.planning.hours import HoursOf
from silog_core.planning.printing import Order, PrintJob, printed_at
from silog_core.planning.printing_texts import Missed, unprinted
from silog_core.planning.regency import window
from silog_core.planning.rides import Ride
from silog_core.planning.roster import HaulRosters
from silog_core.planning.unserved import unserved
from silog_core.rules.book import RuleBook

#: Long before anything moves [s from 00:00 of voting day].
_EVER = -(10**9)


@attrs.frozen(kw_only=True)
class Hauls:
    """Trips of the line haul, and the vehicle types that they use."""

    trips: tuple[Trip, ...]
    vehicles: tuple[Vehicle, ...]
    #: Warehouses that cannot be reached with all they are allocated, and why.
    unserved: tuple[UnservedKit, ...] = ()


@attrs.define(kw_only=True)
class _Haul:
    """The state while stretches are filled, from the warehouses back to the suppliers."""

    scenario: Scenario
    book: RuleBook
    lines: Sequence[Supply]
    #: Stretches of each line, by its number.
    ways: Mapping[int, tuple[Stretch, ...]]
    due: Mapping[tuple[str, Commodity], int]
    fleet: HaulFleet
    trips: list[Trip] = attrs.field(factory=list)
    vehicles: dict[Vehicle, None] = attrs.field(factory=dict)
    left: set[UnservedKit] = attrs.field(factory=set)
    #: Numbers of the lines that some leg of their way cannot carry.
    stranded: set[int] = attrs.field(factory=set)
    #: Lines whose lot is ready late: they need not keep the window of their stage.
    hurried: frozenset[int] = frozenset()
    #: Lines that would leave before their lot is there.
    unready: set[int] = attrs.field(factory=set)
    #: Lines that found no vehicle or escort in time for the work ahead, and where.
    few: set[tuple[int, str]] = attrs.field(factory=set)
    #: Places from which goods of a higher priority have gone already.
    served: frozenset[str] = frozenset()
    #: When what presses make is done, and what is done after its last vehicle left [s].
    printed: Mapping[Order, int] = attrs.field(factory=dict)
    missed: dict[Order, Missed] = attrs.field(factory=dict)
    #: Departure, at the latest, of each line from each place on its way [s].
    leaves_s: dict[tuple[int, str], int] = attrs.field(factory=dict)

    def leave(self, code: str, parcels: Iterable[Parcel], who: str = "") -> None:
        """Note that parcels stay at the tail of their stretch."""
        for parcel in parcels:
            self.stranded.add(parcel.line)
            self.left.add(
                unserved(
                    code,
                    kit=parcel.load.to,
                    echelon="line-haul",
                    home=parcel.stretch.tail,
                    place=parcel.stretch.head,
                    mode=parcel.stretch.mode.value,
                    who=who,
                )
            )

    def due_s(self, number: int) -> int:
        """Return when a line should be there: in the window of its stage, if it can be.

        The calendar says when equipment and ballots usually come, which leaves time to
        count and to claim. A lot that is ready too late for that still has to keep the
        *due* time, at which the work at the warehouse begins.
        """
        line = self.lines[number]
        at_latest = self.due.get((line.to, line.commodity), 0)
        if number in self.hurried:
            return at_latest
        # Ballots, and nothing else, are bound to an electoral area.
        stage = "ballot-arrival" if line.commodity.area else "equipment-arrival"
        closes_s = window(self.book, self.scenario.by_code[line.to], stage)[1]
        target = min(at_latest, closes_s)
        # Each leg waits for working hours and rests, each hand-over for a full vehicle.
        legs = [leg for stretch in self.ways[number] for leg in stretch.legs]
        way_s = sum(leg.travel_s + DAY_S for leg in legs)
        return target if self.ready_s(line) + way_s <= target else at_latest

    def ready_s(self, line: Supply) -> int:
        """Return from when on a line can leave the place where its lot lies [s]."""
        there_s = max(
            (
                day_start_s(lot.from_date, self.scenario.election.voting_day)
                for lot in self.scenario.stock
                if lot.from_date
                and (lot.place, lot.item, lot.lot)
                == (line.from_place, line.commodity.item, line.lot)
            ),
            default=_EVER,
        )
        return max(there_s, self.printed_s(line))

    def printed_s(self, line: Supply) -> int:
        """Return when a line is printed, where a press makes it [s]."""
        return self.printed.get((line.from_place, line.commodity, line.to), _EVER)

    def parcel(self, part: Part) -> Parcel:
        """Return what a line has to move over one stretch of its way."""
        number, stretch = part
        line = self.lines[number]
        item = self.book.item(line.commodity.item)
        ahead = self.leaves_s.get((number, stretch.head), self.due_s(number))
        ends = stretch.head == line.to
        return Parcel(
            load=Load(commodity=line.commodity, quantity=line.quantity, to=line.to),
            mass_g=item.mass_g if item else 0,
            volume_cm3=item.volume_cm3 if item else 0,
            due_s=ahead if ends else ahead - self.scenario.handling.turnround_s,
            line=number,
            ready_s=self.ready_s(line) if stretch.tail == line.from_place else _EVER,
            hurried=number in self.hurried,
            stretch=stretch,
        )


def line_haul(
    scenario: Scenario,
    book: RuleBook,
    lines: Sequence[Supply],
    ways: Sequence[tuple[Leg, ...]],
    due: Mapping[tuple[str, Commodity], int],
    hours_of: HoursOf,
    below: Sequence[Trip] = (),
    jobs: Sequence[PrintJob] = (),
) -> Hauls:
    """Return the trips that carry allocated lines to their warehouses, in bulk.

    One trip is one vehicle that drives through as long as mode and vehicle stay the
    same, and hands over where its goods are for, or change to another vehicle. Stretches
    are filled from the end of the ways backwards, so that what is due first on the way
    ahead leaves first. A line that one leg of its way cannot carry is not carried on the
    others either.

    Args:
        scenario: Places and handling times.
        book: Rules, for masses, vehicles and hours.
        lines: Allocated lines.
        ways: The legs of each line, in its direction.
        due: Latest arrival at a warehouse [s]; the start of the horizon else.
        hours_of: Finds open hours.
        below: Trips of the warehouses' areas, with the escorts that are out with them.
        jobs: What presses make, and when it is done.
    """
    printed, missed = printed_at(jobs), dict[Order, Missed]()
    known: dict[tuple[Leg, ...], tuple[Stretch, ...]] = {}
    for way in ways:
        if way not in known:
            known[way] = stretches(scenario, book, way)
    stranded: set[int] = set()
    hurried: frozenset[int] = frozenset()
    left: set[UnservedKit] = set()
    few: set[tuple[int, str]] = set()

    def fleet() -> HaulFleet:
        rosters = HaulRosters(scenario=scenario, below=below)
        return HaulFleet(scenario=scenario, hours_of=hours_of, rosters=rosters)

    def filled(
        numbers: Iterable[int], late: frozenset[int], among: HaulFleet, served: frozenset[str]
    ) -> _Haul:
        haul = _Haul(
            scenario=scenario, book=book, lines=lines, due=due, fleet=among, hurried=late,
            ways={i: known[ways[i]] for i in sorted(numbers)}, served=served,
            printed=printed, missed=missed,
        )  # fmt: skip
        for batch in batches(haul.ways):
            _fill(haul, [haul.parcel(part) for part in batch])
        return haul

    while True:
        going = [i for i in range(len(ways)) if i not in stranded]
        haul = filled(going, hurried, fleet(), frozenset())
        left |= haul.left
        few |= haul.few
        if not (haul.stranded or haul.unready):
            break
        stranded |= haul.stranded
        hurried |= haul.unready
    trips, vehicles = haul.trips, list(haul.vehicles)
    ranks = ranks_of(scenario, lines)
    if outdone(few, ranks, haul.ways, shared=any(p.shared for p in scenario.escorts)):
        # Not everybody can be served: begin anew with what has priority.
        trips, vehicles, left = by_rank(ranks, known, ways, filled, fleet())
    left |= set(unprinted(jobs, missed, trips))
    return Hauls(
        trips=tuple(trips),
        vehicles=tuple(vehicles),
        unserved=tuple(sorted(left, key=lambda u: (u.kit, u.code, u.reason))),
    )


def _fill(haul: _Haul, parcels: Sequence[Parcel]) -> None:
    """Put what leaves one place by one mode on vehicles, what may leave latest first.

    Going backwards in time, a vehicle that there are few of is left for the farthest.
    """
    by_stretch: dict[tuple[str, ...], list[Parcel]] = {}
    for parcel in parcels:
        by_stretch.setdefault(parcel.stretch.key, []).append(parcel)
    full: list[Cargo] = []
    rests: list[tuple[Cargo, Vehicle]] = []
    for _, same in sorted(by_stretch.items()):
        rides = carriers(haul.scenario, haul.book, same[0].stretch)
        if not rides:
            asked = haul.scenario.by_code[same[0].stretch.head].skills
            others = asked and drivers(haul.scenario, haul.book, same[0].stretch)
            haul.leave("skill" if others else "no-vehicle", same, ", ".join(asked))
            continue
        biggest = max(
            (r.vehicle for r in rides), key=lambda v: (v.volume_cm3, v.payload_g, v.type)
        )
        too_big: list[Parcel] = []
        for cargo, is_full in cargos(same, biggest, too_big):
            if is_full:
                full.append(cargo)
            else:
                rests.append((cargo, biggest))
        haul.leave("too-big", too_big)
    timed: list[tuple[int, int, Cargo, tuple[Ride, ...]]] = []
    skills = {p.code: p.skills for p in haul.scenario.places if p.skills}
    for number, cargo in enumerate([*full, *joined(rests, skills)]):
        rides = carriers(haul.scenario, haul.book, cargo.stretch)
        for end in cargo.halts:
            rides = able(rides, skills.get(end.head, ()))
        at_latest = haul.fleet.latest(cargo, rides)
        if at_latest is None:
            _give_up(haul, haul.fleet.why_never(cargo, rides), cargo.parcels)
        else:
            timed.append((-at_latest, number, cargo, rides))
    for _, _, cargo, rides in sorted(timed, key=lambda t: t[:2]):
        _send(haul, cargo, rides)


def _send(haul: _Haul, cargo: Cargo, rides: Sequence[Ride]) -> None:
    sent = haul.fleet.send(cargo, rides)
    if sent is None:
        code, who = haul.fleet.why_not_sent(cargo, rides)
        _give_up(haul, code, cargo.parcels, who)
        return
    trip, vehicle = sent
    late = [p for p in cargo.parcels if p.ready_s > trip.depart_s]
    _give_up(haul, "unready", [p for p in late if not _missed(haul, p, trip.depart_s)])
    haul.trips.append(trip)
    haul.vehicles[vehicle] = None
    for parcel in cargo.parcels:
        key = (parcel.line, trip.home)
        known = haul.leaves_s.get(key, trip.depart_s)
        haul.leaves_s[key] = min(known, trip.depart_s)


def _missed(haul: _Haul, parcel: Parcel, depart_s: int) -> bool:
    """Note goods that no press makes in time, even for the last vehicle; say if it is so."""
    line = haul.lines[parcel.line]
    if not parcel.hurried or haul.printed_s(line) <= depart_s:
        return False
    order = (line.from_place, line.commodity, line.to)
    known = haul.missed.get(order, Missed(stretch=parcel.stretch, depart_s=depart_s))
    haul.missed[order] = attrs.evolve(known, depart_s=min(known.depart_s, depart_s))
    haul.stranded.add(parcel.line)
    return True


def _give_up(haul: _Haul, code: str, parcels: Sequence[Parcel], who: str = "") -> None:
    """Let parcels try again as late as they can; leave those that did so before."""
    if code in FEW:
        haul.few |= {(p.line, p.stretch.tail) for p in parcels if p.hurried}
        if {p.stretch.tail for p in parcels} & haul.served:
            code = "outranked"
    haul.unready |= {p.line for p in parcels if not p.hurried}
    haul.leave(code, [p for p in parcels if p.hurried], who)
