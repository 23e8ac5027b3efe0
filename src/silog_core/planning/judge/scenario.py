"""Judge trips that were typed for a scenario: loads, ways, hours, windows and fleet."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import attrs

from silog_core.domain.legs import Mode
from silog_core.domain.locale import moment
from silog_core.domain.places import Place
from silog_core.domain.problems import Said
from silog_core.domain.scenario import Scenario
from silog_core.domain.typed_trips import TripFinding, TypedStop, TypedTrip
from silog_core.domain.vehicles import Vehicle
from silog_core.network.travel import Travel
from silog_core.planning.judge.calendar import REST, Calendar
from silog_core.planning.judge.figures import cubic_metres, kilograms
from silog_core.planning.judge.fleet import Outing, check_fleet, vehicle_of
from silog_core.planning.judge.texts import finding
from silog_core.planning.judge.waiting import HOMES, Waiting
from silog_core.planning.judge.windows import check_window
from silog_core.planning.kits import Kit, kits_below, make_kits
from silog_core.planning.needs import compute_needs
from silog_core.rules.book import RuleBook

#: People type minutes.
_GRAIN_S = 60


def judge_trips(
    scenario: Scenario,
    book: RuleBook,
    trips: Sequence[TypedTrip],
    *,
    homes: Sequence[str] = (),
) -> list[TripFinding]:
    """List every rule that typed trips break; empty when the plan is sound.

    Trips are driven by a clock that knows nothing of the planner's: loads in grams and
    cubic centimetres, access, closures by month, weekday and hour, windows and H-1,
    whole kits, vehicles, and who was forgotten or is visited twice.

    Args:
        scenario: Places, legs, fleet and voters.
        book: Rules of its regions.
        trips: What was typed; its places are places of the scenario.
        homes: Judge only what leaves these places; the whole scenario when empty.

    Returns:
        Findings by row, what is missing from the file last.

    Example:
        >>> from silog_core.domain.typed_trips import TypedStop, TypedTrip
        >>> from silog_core.testing.worlds import small_world
        >>> world = small_world()
        >>> stop = TypedStop(row=2, place="12.01.01")
        >>> late = TypedTrip(
        ...     id="T1", vehicle="truck", home="12.01", depart_s=-3600, stops=(stop,)
        ... )
        >>> found = judge_trips(world.scenario, world.book, [late], homes=["12.01"])
        >>> [one.code for one in found]
        ['hours', 'late']
    """
    book = book.with_overrides(items=scenario.items, rates=scenario.rates)
    judge = _Judge(scenario, book)
    asked = [t for t in (judge.with_home(t) for t in trips) if not homes or t.home in homes]
    found = [one for trip in asked for one in judge.trip(trip)]
    found += check_fleet(scenario, judge.outings, judge.when)
    found += judge.hand_overs()
    found += judge.waiting.missing(asked, homes)
    return sorted(found, key=lambda f: f.order)


class _Judge:
    """Drives trips one by one, and remembers what they bring where and when."""

    def __init__(self, scenario: Scenario, book: RuleBook) -> None:
        self.scenario, self.book = scenario, book
        self.travel = Travel(book, scenario.legs)
        self.calendar = Calendar(scenario, book)
        kits = make_kits(compute_needs(scenario, book), book)
        self.waiting = Waiting(scenario, kits_below(scenario, kits))
        self.outings: list[Outing] = []
        #: (place, kit) to the end of its hand-over [s].
        self._there: dict[tuple[str, str], int] = {}
        self._carried: list[tuple[TypedTrip, TypedStop, tuple[Kit, ...], int]] = []

    def with_home(self, trip: TypedTrip) -> TypedTrip:
        """Return the trip with a home: what supplies its first stop where none is typed."""
        if trip.home:
            return trip
        return attrs.evolve(trip, home=self.scenario.by_code[trip.stops[0].place].parent)

    def when(self, at_s: int) -> Said:
        """Return a moment in both languages."""
        election = self.scenario.election
        return Said(
            *(
                moment(
                    at_s, election.voting_day, lang=lang, offset_min=election.utc_offset_min
                )
                for lang in ("en", "id")
            )
        )

    def trip(self, trip: TypedTrip) -> list[TripFinding]:
        """Judge one trip alone."""
        home = self.scenario.by_code.get(trip.home)
        if home is None or home.kind not in HOMES:
            first = self.scenario.by_code[trip.stops[0].place]
            return [
                finding(
                    "home",
                    row=trip.row,
                    trip=trip.id,
                    home=trip.home or "?",
                    place=first.code,
                    parent=first.parent or "?",
                )
            ]
        first = self.scenario.by_code[trip.stops[0].place]
        vehicle, found = vehicle_of(self.scenario, self.book, trip, home, first)
        loads: list[tuple[TypedStop, tuple[Kit, ...]]] = []
        for stop in trip.stops:
            kits, wrong = self.waiting.bring(trip, home, stop)
            loads.append((stop, kits))
            found += wrong
            found += self._access(trip, vehicle, stop)
            found += self._typed_load(trip, stop, kits)
        found += self._load(trip, vehicle, home, loads)
        found += self._drive(trip, vehicle, home, loads)
        return found

    def _access(self, trip: TypedTrip, vehicle: Vehicle, stop: TypedStop) -> list[TripFinding]:
        place = self.scenario.by_code[stop.place]
        access = self.book.access(place.kind, place.region)
        needs = access.mode if access else Mode.ROAD
        if vehicle.mode is needs:
            return []
        return [
            finding(
                "mode",
                row=stop.row,
                trip=trip.id,
                vehicle=vehicle.type,
                mode=vehicle.mode.value,
                place=place.code,
                needs=needs.value,
            )
        ]

    def _typed_load(
        self, trip: TypedTrip, stop: TypedStop, kits: tuple[Kit, ...]
    ) -> list[TripFinding]:
        mass_g = sum(kit.mass_g for kit in kits)
        # People type rounded kilograms; half of one does not split a kit.
        if stop.load_g is None or abs(stop.load_g - mass_g) <= max(500, mass_g // 100):
            return []
        return [
            finding(
                "typed-load",
                row=stop.row,
                trip=trip.id,
                place=stop.place,
                typed=kilograms(stop.load_g),
                load=kilograms(mass_g),
                amount=abs(stop.load_g - mass_g),
            )
        ]

    def _load(
        self,
        trip: TypedTrip,
        vehicle: Vehicle,
        home: Place,
        loads: Sequence[tuple[TypedStop, tuple[Kit, ...]]],
    ) -> list[TripFinding]:
        """Compare the whole load with the vehicle, within the limits of every region."""
        regions = [home.region] + [self.scenario.by_code[s.place].region for s, _ in loads]
        payload, room = self.book.vehicle_limit(vehicle.mode, *regions)
        found = []
        for text, unit, limit, size in (
            (
                "payload",
                kilograms,
                min(vehicle.payload_g, payload or vehicle.payload_g),
                "mass_g",
            ),
            (
                "volume",
                cubic_metres,
                min(vehicle.volume_cm3, room or vehicle.volume_cm3),
                "volume_cm3",
            ),
        ):
            total = sum(getattr(kit, size) for _, kits in loads for kit in kits)
            if total > limit:
                found.append(
                    finding(
                        text,
                        row=trip.row,
                        trip=trip.id,
                        vehicle=vehicle.type,
                        load=unit(total),
                        over=unit(total - limit),
                        amount=total - limit,
                    )
                )
        return found

    def _drive(
        self,
        trip: TypedTrip,
        vehicle: Vehicle,
        home: Place,
        loads: Sequence[tuple[TypedStop, tuple[Kit, ...]]],
    ) -> list[TripFinding]:
        """Drive the trip from its departure; note closures, wrong arrivals and windows."""
        found: list[TripFinding] = []
        at, now = home, trip.depart_s or 0
        handling = self.scenario.handling
        for number, (stop, kits) in enumerate(loads):
            place = self.scenario.by_code[stop.place]
            arrives = self._leg(trip, vehicle, at, place, now, stop, found, first=not number)
            if arrives is None:
                return found
            if stop.arrive_s is not None:
                if stop.arrive_s <= arrives - _GRAIN_S:
                    found.append(
                        finding(
                            "arrival",
                            row=stop.row,
                            trip=trip.id,
                            place=place.code,
                            typed=self.when(stop.arrive_s),
                            at=self.when(arrives),
                            amount=arrives - stop.arrive_s,
                        )
                    )
                arrives = max(arrives, stop.arrive_s)
            work_s = handling.stop_s + handling.kit_s * len(kits)
            done = self.calendar.leave(arrives, work_s, vehicle.mode, (place.region,), ())
            now = done[1] if done else arrives + work_s
            found += check_window(self.book, trip, stop, place, (arrives, now), self.when)
            for kit in kits:
                self._there.setdefault((place.code, kit.place), now)
            self._carried.append((trip, stop, kits, trip.depart_s or 0))
            at = place
        back = self._way(at, home, home, vehicle.mode)
        if back is not None:
            regions = tuple(sorted({at.region, home.region}))
            way = self.calendar.leave(now, back[0], vehicle.mode, regions, back[1])
            now = way[1] if way else now + back[0]
        self.outings.append(
            Outing(trip=trip, vehicle=vehicle, leaves_s=trip.depart_s or 0, back_s=now)
        )
        return found

    def _way(
        self, tail: Place, head: Place, home: Place, mode: Mode
    ) -> tuple[int, tuple[int, ...]] | None:
        """Return seconds under way and months closed; None where no way is known."""
        if tail.code == head.code:
            return 0, ()
        access = self.book.access(head.kind if tail is home else tail.kind, head.region)
        surface = access.surface if access else ""
        way = self.travel.way(tail, head, mode, surface)
        if way is None:
            return None
        rule = self.travel.speed(mode, surface, tail.region, head.region)
        loading = home in (tail, head) and way.basis != "given" and rule is not None
        return way.travel_s + (rule.transfer_s if loading and rule else 0), way.months_closed

    def _leg(
        self,
        trip: TypedTrip,
        vehicle: Vehicle,
        tail: Place,
        head: Place,
        now: int,
        stop: TypedStop,
        found: list[TripFinding],
        *,
        first: bool,
    ) -> int | None:
        """Return the arrival of a leg, None where nothing more can be said."""
        mode = vehicle.mode
        given: dict[str, Any] = {
            "row": stop.row,
            "trip": trip.id,
            "place": head.code,
            "mode": mode.value,
        }
        way = self._way(tail, head, self.scenario.by_code[trip.home], mode)
        if way is None:
            found.append(finding("no-way", tail=tail.code, **given))
            return None
        takes_s, months = way
        regions = tuple(sorted({tail.region, head.region}))
        why = self.calendar.why_closed(now, mode, regions, months)
        times = self.calendar.leave(now, takes_s, mode, regions, months)
        if times is None:
            found.append(
                finding("closed-for-good", at=self.when(now), why=why or REST, **given)
            )
            return None
        leaves, arrives = times
        if leaves > now and (first or self.calendar.in_one_go(mode)):
            if why is None:  # it could leave, and would meet a closure on the way
                shut = now
                while why is None and shut < now + takes_s:
                    shut = (shut // 3600 + 1) * 3600
                    why = self.calendar.why_closed(shut, mode, regions, months)
            if first and (why is not REST or self.calendar.in_one_go(mode)):
                text = "closed"
            else:
                text = "hours" if first else ""
            if text:
                found.append(
                    finding(
                        text,
                        at=self.when(now),
                        next=self.when(leaves),
                        why=why or REST,
                        amount=leaves - now,
                        **given,
                    )
                )
        return arrives

    def hand_overs(self) -> list[TripFinding]:
        """Find trips that leave before what they carry has come to their home."""
        found = []
        for trip, stop, kits, leaves_s in self._carried:
            comes = [
                self._there[(trip.home, kit.place)]
                for kit in kits
                if (trip.home, kit.place) in self._there
            ]
            if comes and max(comes) > leaves_s:
                found.append(
                    finding(
                        "not-there-yet",
                        row=stop.row,
                        trip=trip.id,
                        home=trip.home,
                        place=stop.place,
                        at=self.when(leaves_s),
                        limit=self.when(max(comes)),
                        amount=max(comes) - leaves_s,
                    )
                )
        return found
