"""Typed trips with goods in bulk: from suppliers, ports and warehouses to the next one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from heapq import heappop, heappush
from typing import TYPE_CHECKING, Any

from silog_core.domain.calendar import DAY_S, day_start_s
from silog_core.domain.demand import Commodity, Needs
from silog_core.domain.legs import Leg, Mode
from silog_core.domain.locale import number
from silog_core.domain.places import Place, PlaceKind
from silog_core.domain.problems import Said
from silog_core.domain.scenario import Scenario
from silog_core.domain.typed_trips import TripFinding, TypedGoods, TypedStop, TypedTrip
from silog_core.domain.vehicles import Vehicle
from silog_core.network.upper import UPPER, upper_legs
from silog_core.planning.allocate import wanted_by_warehouse
from silog_core.planning.judge.crews import check_skills
from silog_core.planning.judge.figures import by_mode, cubic_metres, hours_minutes, kilograms
from silog_core.planning.judge.fleet import Outing, check_load, vehicle_of
from silog_core.planning.judge.haul_drive import HaulDriver
from silog_core.planning.judge.texts import finding
from silog_core.planning.judge.urgency import Lack, check_urgency

if TYPE_CHECKING:
    from silog_core.planning.judge.drive import Court


def hauls(scenario: Scenario, trip: TypedTrip) -> bool:
    """Say whether a trip goes between suppliers, ports and warehouses alone."""
    places = [
        scenario.by_code.get(code) for code in (trip.home, *(s.place for s in trip.stops))
    ]
    return all(place is not None and place.kind in UPPER for place in places)


class Haulage:
    """Judges trips with goods in bulk, and remembers what they bring and take."""

    def __init__(self, court: Court, needs: Needs) -> None:
        """Take the judge, and what every place needs."""
        self._court, self._needs = court, needs
        self._legs: dict[tuple[str, str, Mode], Leg] | None = None
        #: Place and item to what came and went: (moment [s], pieces, trip, row).
        self._moves: dict[tuple[str, str], list[tuple[int, int, TypedTrip, int]]] = {}
        #: Leg to grams and cubic centimetres that went over it.
        self._over: dict[tuple[str, str, Mode], tuple[int, int]] = {}
        self._brought: dict[str, dict[str, int]] = {}
        self._outings: list[Outing] = []

    def trip(self, trip: TypedTrip, home: Place) -> tuple[Outing, list[TripFinding]]:
        """Judge one trip; return when its vehicle is out, and what is wrong."""
        scenario = self._court.scenario
        first = scenario.by_code[trip.stops[0].place]
        vehicle, found = vehicle_of(scenario, self._court.book, trip, home, first)
        found += self._load(trip, vehicle, home)
        driver = HaulDriver(self._court, trip, vehicle, home)
        at, leaves_s = home, trip.depart_s or 0
        board = [goods for stop in trip.stops for goods in stop.goods]
        for stop in trip.stops:
            place = scenario.by_code[stop.place]
            found += check_skills(scenario, trip, vehicle, stop)
            ways = self._way(at, place, vehicle.mode)
            if not ways and place is not at:
                found.append(self._no_way(trip, stop, at, place, vehicle.mode))
                break
            for leg in ways:
                found += self._full(trip, stop, leg, self._size(board))
            done_s = driver.stop(stop, place, ways)
            found += self._windows(trip, stop, place, done_s)
            for goods in stop.goods:
                self._move(place.code, goods.item, done_s, goods.quantity, trip, goods.row)
                self._move(home.code, goods.item, leaves_s, -goods.quantity, trip, goods.row)
                brought = self._brought.setdefault(place.code, {})
                brought[goods.item] = brought.get(goods.item, 0) + goods.quantity
            board = [goods for goods in board if goods not in stop.goods]
            at = place
        back = driver.home(self._way(at, home, vehicle.mode))
        found += driver.found
        outing = Outing(trip=trip, vehicle=vehicle, leaves_s=leaves_s, back_s=back)
        self._outings.append(outing)
        return outing, found

    def alone(self, trip: TypedTrip) -> tuple[Outing, list[TripFinding]]:
        """Judge a trip that was not made, after what has gone over the legs."""
        other = Haulage(self._court, self._needs)
        other._legs, other._over = self._legs, dict(self._over)
        return other.trip(trip, self._court.scenario.by_code[trip.home])

    def spare(self, home: str, ware: Commodity, at_s: int) -> int:
        """Return how many pieces lie at a place at a moment that nobody ever takes."""
        moves = self._moves.get((home, ware.item), ())
        left = sum(n for since, n, *_ in moves if n < 0 or since <= at_s)
        return left + sum(
            lot.quantity
            for lot in self._court.scenario.stock
            if (lot.place, lot.item, lot.area) == (home, ware.item, ware.area)
            and (
                not lot.from_date
                or day_start_s(lot.from_date, self._court.scenario.election.voting_day) <= at_s
            )
        )

    def missing(self) -> Iterator[TripFinding]:
        """Yield goods that leave before they are there, and needs that nobody brings."""
        yield from self._stock()
        scenario = self._court.scenario
        hubs = {p.code for p in scenario.of_kind(PlaceKind.WAREHOUSE)} & self._brought.keys()
        lacks: list[Lack] = []
        for (code, item), (ware, quantity) in sorted(self._wanted().items()):
            there = sum(
                s.quantity for s in scenario.stock if (s.place, s.item) == (code, item)
            )
            there += sum(move[1] for move in self._moves.get((code, item), ()))
            if there < quantity:
                lacks.append(Lack(place=code, ware=ware, quantity=quantity - there))
                if code in hubs:
                    yield finding(
                        "goods-missing",
                        place=code,
                        item=item,
                        load=_pieces(quantity - there),
                        amount=quantity - there,
                    )
        yield from check_urgency(scenario, self, self._outings, lacks)

    def _wanted(self) -> Mapping[tuple[str, str], tuple[Commodity, int]]:
        """Return what each warehouse needs of each item, by warehouse and item."""
        wanted: dict[tuple[str, str], tuple[Commodity, int]] = {}
        for (code, ware), members in wanted_by_warehouse(
            self._court.scenario, self._needs
        ).items():
            before = wanted[code, ware.item][1] if (code, ware.item) in wanted else 0
            wanted[code, ware.item] = ware, before + sum(m.quantity for m in members)
        return wanted

    def _move(
        self, place: str, item: str, at_s: int, pieces: int, trip: TypedTrip, row: int
    ) -> None:
        self._moves.setdefault((place, item), []).append((at_s, pieces, trip, row))

    def _stock(self) -> Iterator[TripFinding]:
        """Yield trips that take more than has come to their home by then."""
        scenario = self._court.scenario
        if not scenario.stock:
            return  # the whole need is taken to be there
        day = scenario.election.voting_day
        for (place, item), moves in sorted(self._moves.items()):
            lots = [
                (day_start_s(s.from_date, day) if s.from_date else -(10**9), s.quantity)
                for s in scenario.stock
                if (s.place, s.item) == (place, item)
            ]
            for at_s, pieces, trip, row in sorted(moves, key=lambda m: (m[0], m[1], m[3])):
                if pieces > 0:
                    continue
                came = sum(n for since, n in lots if since <= at_s)
                came += sum(n for since, n, *_ in moves if n > 0 and since <= at_s)
                left = -sum(n for since, n, *_ in moves if n < 0 and since <= at_s)
                if left > came:
                    yield finding(
                        "no-stock",
                        row=row,
                        trip=trip.id,
                        item=item,
                        home=place,
                        at=self._court.when(at_s),
                        load=_pieces(left),
                        limit=_pieces(came),
                        amount=left - came,
                    )

    def _size(self, board: list[TypedGoods]) -> tuple[int, int]:
        """Return mass and volume of goods [g], [cm3]."""
        mass = volume = 0
        for goods in board:
            item = self._court.book.item(goods.item)
            if item is not None:
                mass += item.mass_g * goods.quantity
                volume += item.volume_cm3 * goods.quantity
        return mass, volume

    def _load(self, trip: TypedTrip, vehicle: Vehicle, home: Place) -> list[TripFinding]:
        places = [home, *(self._court.scenario.by_code[s.place] for s in trip.stops)]
        limits = self._court.book.vehicle_limit(vehicle.mode, *(p.region for p in places))
        size = self._size([g for stop in trip.stops for g in stop.goods])
        return check_load(trip, vehicle, size, limits)

    def _full(
        self, trip: TypedTrip, stop: TypedStop, leg: Leg, size: tuple[int, int]
    ) -> list[TripFinding]:
        """Add a load to what went over a leg; find when that is more than it takes."""
        key = (leg.tail, leg.head, leg.mode)
        before = self._over.get(key, (0, 0))
        total = self._over[key] = (before[0] + size[0], before[1] + size[1])
        for most, had, has, unit in (
            (leg.max_load_g, before[0], total[0], kilograms),
            (leg.max_volume_cm3, before[1], total[1], cubic_metres),
        ):
            if most is not None and had <= most < has:
                return [
                    finding(
                        "leg-full",
                        row=stop.row,
                        trip=trip.id,
                        tail=leg.tail,
                        place=leg.head,
                        mode=by_mode(leg.mode),
                        load=unit(has),
                        limit=unit(most),
                        amount=has - most,
                    )
                ]
        return []

    def _way(self, tail: Place, head: Place, mode: Mode) -> list[Leg]:
        """Return the quickest legs of one mode between two places; none where there are none."""
        if self._legs is None:
            legs = upper_legs(self._court.scenario, self._court.book)
            self._legs = {(leg.tail, leg.head, leg.mode): leg for leg in legs}
        # Of ways that are as quick, the first in order of their places.
        heap: list[tuple[int, str, tuple[str, ...], list[Leg]]] = [(0, tail.code, (), [])]
        seen: set[str] = set()
        while heap:
            cost, code, by_way, way = heappop(heap)
            if code == head.code:
                return way
            if code in seen:
                continue
            seen.add(code)
            for (a, b, by), leg in sorted(self._legs.items(), key=lambda kv: kv[1].key):
                if a == code and by is mode and b not in seen:
                    heappush(heap, (cost + leg.travel_s, b, (*by_way, b), [*way, leg]))
        return []

    def _no_way(
        self, trip: TypedTrip, stop: TypedStop, tail: Place, head: Place, mode: Mode
    ) -> TripFinding:
        others = [m for m in Mode if m is not mode and self._way(tail, head, m)]
        given: dict[str, Any] = {"tail": tail.code, "place": head.code}
        given["mode"] = by_mode(mode)
        if not others:
            return finding("no-way", row=stop.row, trip=trip.id, **given)
        return finding("no-leg", row=stop.row, trip=trip.id, needs=by_mode(*others), **given)

    def _windows(
        self, trip: TypedTrip, stop: TypedStop, place: Place, done_s: int
    ) -> list[TripFinding]:
        """Find goods that come to a warehouse after the window of their stage."""
        if place.kind is not PlaceKind.WAREHOUSE:
            return []
        ballots = {c.item for c in self._needs.columns if c.contest is not None}
        found = []
        for goods in stop.goods:
            stage = "ballot-arrival" if goods.item in ballots else "equipment-arrival"
            rule = self._court.book.stage_window(stage, place.region)
            last_s = (
                0 if rule is None
                else rule.last_hour * 3600 - rule.last_days_before * DAY_S
            )  # fmt: skip
            if done_s > last_s:
                found.append(
                    finding(
                        "late-goods",
                        row=goods.row,
                        trip=trip.id,
                        item=goods.item,
                        place=place.code,
                        over=hours_minutes(done_s - last_s),
                        at=self._court.when(done_s),
                        limit=self._court.when(last_s),
                        amount=done_s - last_s,
                    )
                )
        return found


def _pieces(count: int) -> Said:
    return Said(f"{number(count, 'en')} pieces", f"{number(count)} buah")
