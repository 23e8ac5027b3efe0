"""Judge trips that were typed for a scenario: loads, ways, hours, windows and fleet."""

from __future__ import annotations

from collections.abc import Sequence

import attrs

from silog_core.domain.legs import Mode
from silog_core.domain.locale import moment
from silog_core.domain.places import Place, PlaceKind
from silog_core.domain.problems import Said
from silog_core.domain.scenario import Scenario
from silog_core.domain.typed_trips import TripFinding, TypedStop, TypedTrip
from silog_core.domain.vehicles import Vehicle
from silog_core.network.travel import Travel
from silog_core.planning.judge.calendar import Calendar
from silog_core.planning.judge.crews import check_escorts, check_skills
from silog_core.planning.judge.drive import Driver
from silog_core.planning.judge.figures import by_mode, kilograms
from silog_core.planning.judge.fleet import Outing, check_fleet, check_load, vehicle_of
from silog_core.planning.judge.haulage import Haulage, hauls
from silog_core.planning.judge.texts import finding
from silog_core.planning.judge.urgency import Fetch, check_fetching
from silog_core.planning.judge.waiting import HOMES, Waiting, level_of
from silog_core.planning.judge.windows import check_return, check_window, last_return_s
from silog_core.planning.kits import Kit, kits_below, make_kits
from silog_core.planning.needs import compute_needs
from silog_core.rules.book import RuleBook

#: No chain of hand-overs, landings included, is longer.
_LONGEST = 2 * len(PlaceKind)


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
    # Boxes come back from the stations upwards, whatever the order of the rows.
    found = [one for trip in sorted(asked, key=judge.turn) for one in judge.trip(trip)]
    found += check_fleet(scenario, judge.outings, judge.when)
    found += check_escorts(scenario, judge.outings, judge.when)
    found += judge.hand_overs()
    bulk = [t for t in asked if hauls(scenario, t)]
    below = [t for t in asked if t not in bulk]
    if below or not bulk:
        out = [t for t in below if not t.back]
        if out or not below:
            found += judge.waiting.missing(out, homes)
        if back := [t for t in below if t.back]:
            found += judge.fetching.missing(back, homes or sorted({t.home for t in back}))
    found += judge.haulage.missing()
    found += check_fetching(scenario, judge.fetches)
    return sorted(found, key=lambda f: f.order)


class _Judge:
    """Drives trips one by one, and remembers what they bring where and when."""

    def __init__(self, scenario: Scenario, book: RuleBook) -> None:
        self.scenario, self.book = scenario, book
        self.travel = Travel(book, scenario.legs)
        self.calendar = Calendar(scenario, book)
        needs = compute_needs(scenario, book)
        kits = make_kits(needs, book)
        below = kits_below(scenario, kits)
        self.waiting = Waiting(scenario, below)
        #: Boxes that wait to be fetched after the vote.
        self.fetching = Waiting(scenario, below, back=True)
        self.haulage = Haulage(self, needs)
        self.outings: list[Outing] = []
        #: Trips that fetch boxes.
        self.fetches: list[Fetch] = []
        #: (place, kit) to the end of its hand-over [s].
        self._there: dict[tuple[str, str], int] = {}
        #: (home, kit) to when its boxes are back there [s].
        self._back_at: dict[tuple[str, str], int] = {}
        self._carried: list[tuple[TypedTrip, TypedStop, tuple[Kit, ...], int]] = []

    def with_home(self, trip: TypedTrip) -> TypedTrip:
        """Return the trip with a home: what supplies its first stop where none is typed."""
        if trip.home:
            return trip
        return attrs.evolve(trip, home=self.scenario.by_code[trip.stops[0].place].parent)

    def turn(self, trip: TypedTrip) -> int:
        """Return the place of a trip among all: out as it stands, then back, upwards."""
        at = self.scenario.by_code.get(trip.home)
        if not trip.back or at is None:
            return 0
        depth = 0
        while depth < _LONGEST and at is not None and at.kind is not PlaceKind.WAREHOUSE:
            at, depth = self.scenario.by_code.get(at.parent), depth + 1
        return 1 + _LONGEST - depth

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
        if home is not None and hauls(self.scenario, trip):
            outing, found = self.haulage.trip(trip, home)
            self.outings.append(outing)
            return found
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
            ledger = self.fetching if trip.back else self.waiting
            kits, wrong = ledger.bring(trip, home, stop)
            loads.append((stop, kits))
            found += wrong
            found += self._access(trip, vehicle, home, stop)
            found += check_skills(self.scenario, trip, vehicle, stop)
            found += self._typed_load(trip, stop, kits)
        found += self._load(trip, vehicle, home, loads)
        found += self._drive(trip, vehicle, home, loads)
        return found

    def _access(
        self, trip: TypedTrip, vehicle: Vehicle, home: Place, stop: TypedStop
    ) -> list[TripFinding]:
        """Find a mode by which nobody gets to a place: not its own, nor that of a leg.

        From a landing only given legs count, where there are any.
        """
        place = self.scenario.by_code[stop.place]
        access = self.book.access(place.kind, place.region)
        needs = access.mode if access else Mode.ROAD
        given = self.travel.modes(home.code, place.code)
        modes = (*given, *(() if given and home.kind is PlaceKind.LANDING else (needs,)))
        if vehicle.mode in modes:
            return []
        return [
            finding(
                "mode",
                row=stop.row,
                trip=trip.id,
                vehicle=vehicle.type,
                mode=by_mode(vehicle.mode),
                place=place.code,
                needs=by_mode(*sorted(set(modes), key=modes.index)),
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
        limits = self.book.vehicle_limit(vehicle.mode, *regions)
        board = [kit for _, kits in loads for kit in kits]
        size = sum(kit.mass_g for kit in board), sum(kit.volume_cm3 for kit in board)
        return check_load(trip, vehicle, size, limits)

    def _drive(
        self,
        trip: TypedTrip,
        vehicle: Vehicle,
        home: Place,
        loads: Sequence[tuple[TypedStop, tuple[Kit, ...]]],
    ) -> list[TripFinding]:
        """Drive the trip from its departure; note closures, wrong arrivals and windows."""
        night = trip.back and level_of(self.scenario, home) is PlaceKind.VILLAGE
        driver = Driver(self, trip, vehicle, home, night=night)
        for stop, kits in loads:
            place = self.scenario.by_code[stop.place]
            ready_s = self._ready(place, kits) if trip.back else None
            stay_s = driver.stop(stop, place, len(kits), ready_s)
            if stay_s is None:
                return driver.found
            if not trip.back:
                driver.found += check_window(self.book, trip, stop, place, stay_s, self.when)
                for kit in kits:
                    self._there.setdefault((place.code, kit.place), stay_s[1])
                self._carried.append((trip, stop, kits, trip.depart_s or 0))
        back_s = driver.home()
        if trip.back:
            for _, kits in loads:
                for kit in kits:
                    self._back_at[home.code, kit.place] = back_s
            driver.found += check_return(self.book, trip, home, back_s, self.when)
        outing = Outing(trip=trip, vehicle=vehicle, leaves_s=trip.depart_s or 0, back_s=back_s)
        self.outings.append(outing)
        if trip.back:
            known = [(s, k, self._ready(self.scenario.by_code[s.place], k)) for s, k in loads]
            self.fetches.append(
                Fetch(
                    outing=outing,
                    codes=frozenset(
                        code
                        for s, kits in loads
                        for code in (s.place, *(k.place for k in kits))
                    ),
                    due_s=last_return_s(self.book, home),
                    again=lambda at_s: self._again(trip, vehicle, home, known, at_s),
                )
            )
        return driver.found

    def _again(
        self,
        trip: TypedTrip,
        vehicle: Vehicle,
        home: Place,
        loads: Sequence[tuple[TypedStop, tuple[Kit, ...], int]],
        depart_s: int,
    ) -> int | None:
        """Return when a trip would be back that left at another time; None if it could not."""
        night = level_of(self.scenario, home) is PlaceKind.VILLAGE
        other = attrs.evolve(trip, depart_s=depart_s, rests=None)
        driver = Driver(self, other, vehicle, home, night=night)
        for stop, kits, ready_s in loads:
            place = self.scenario.by_code[stop.place]
            anytime = attrs.evolve(stop, arrive_s=None)
            if driver.stop(anytime, place, len(kits), ready_s) is None:
                return None
        back_s = driver.home()
        return None if driver.found else back_s

    def _ready(self, place: Place, kits: Sequence[Kit]) -> int:
        """Return when boxes can be fetched: after the count, and when they have come in."""
        comes = [self._back_at.get((place.code, kit.place), 0) for kit in kits]
        return max([self.scenario.handling.count_done_hour * 3600, *comes])

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
