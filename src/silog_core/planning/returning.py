"""The way back: tours of their own for the sealed boxes, level by level, by a deadline."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from copy import deepcopy

import attrs

from silog_core.domain.calendar import DAY_S
from silog_core.domain.echelons import RETURN_OF
from silog_core.domain.places import Place, PlaceKind
from silog_core.domain.plan import Trip, UnservedKit
from silog_core.domain.scenario import Scenario
from silog_core.planning.fetching import time_back
from silog_core.planning.hours import HoursOf
from silog_core.planning.kits import Kit
from silog_core.planning.modes import Barred
from silog_core.planning.priorities import rank_of
from silog_core.planning.roster import Roster
from silog_core.planning.route import route
from silog_core.planning.timing import Timed
from silog_core.planning.tours import Tour, Tours
from silog_core.ports.routing import RoutingSolver
from silog_core.rules.book import RuleBook

#: The stage that says until when boxes must be back at the places of a kind.
_STAGE_OF = {PlaceKind.HUB: "return-hub", PlaceKind.WAREHOUSE: "return-regency"}
#: Days on the clock of the routing problem, from the one on which boxes are ready.
_DAYS = 5


@attrs.define(kw_only=True)
class WayBack:
    """Makes and times the trips back of one warehouse's area.

    Tours are made anew from what there is to fetch: boxes that are ready on different
    days do not wait for each other, what did not go out is not fetched, and where the
    deadline of the calendar would be missed, shorter tours with more vehicles are tried.
    A kit weighs on its way back what it weighed on its way out.
    """

    scenario: Scenario
    book: RuleBook
    solver: RoutingSolver
    seed: int
    iterations: int
    hours_of: HoursOf
    kits: Mapping[str, Kit]
    roster: Roster
    #: Trips out; their vehicles are free when they are back.
    out: Sequence[Trip]
    barred: Barred = frozenset()
    #: Whether ways are as long there as back.
    turn: bool = attrs.field(init=False)
    #: Homes and types of vehicles that are counted.
    counted: frozenset[tuple[str, str]] = attrs.field(init=False)
    trips: list[Trip] = attrs.field(factory=list)
    left: list[UnservedKit] = attrs.field(factory=list)
    tours: list[Tour] = attrs.field(factory=list)
    #: When the boxes at each place can leave it [s].
    ready: dict[str, int] = attrs.field(factory=dict)

    def __attrs_post_init__(self) -> None:
        self.counted = frozenset(
            (e.home, e.vehicle.type) for e in self.scenario.fleet if e.count is not None
        )
        given = {leg.key: (leg.length_m, leg.travel_s) for leg in self.scenario.legs}
        self.turn = all(
            given.get((head, tail, mode), figures) == figures
            for (tail, head, mode), figures in given.items()
        )

    def run(self, levels: Sequence[Sequence[Tour]]) -> None:
        """Fetch what tours out brought, from the stations upwards.

        Args:
            levels: Tours out that are driven, those to the stations first.
        """
        done_s = self.scenario.handling.count_done_hour * 3600
        self.ready = {p.code: done_s for p in self.scenario.places}
        stuck: set[str] = set()
        for tours in levels:
            by_home: dict[str, dict[str, list[str]]] = {}
            for tour in tours:
                for halt in tour.halts:
                    kits = [kit for kit in halt.kits if kit not in stuck]
                    if kits:
                        places = by_home.setdefault(tour.home, {})
                        places.setdefault(halt.place, []).extend(kits)
            for home, places in sorted(by_home.items()):
                timed = self._from(self.scenario.by_code[home], places)
                self.trips += timed.trips
                self.tours += timed.tours
                self.left += timed.unserved
                stuck |= {one.kit for one in timed.unserved}
                for trip in timed.trips:
                    back_s = trip.back_s + self.scenario.handling.turnround_s
                    self.ready[home] = max(self.ready[home], back_s)

    def deadline_s(self, home: Place) -> int | None:
        """Return when boxes must be back at a place [s], None where no rule says so."""
        return return_deadline_s(self.book, home)

    def _from(self, home: Place, places: Mapping[str, Sequence[str]]) -> Timed:
        """Return the trips that fetch the boxes of some places to one home."""
        due_s = self.deadline_s(home)
        before = deepcopy(self.roster)
        joint = [self._tours(home, places)]
        first = self._timed(joint)
        late_s = _late_s(first, due_s)
        if not late_s:
            return first
        with_first, self.roster = self.roster, deepcopy(before)
        apart = [self._tours(home, {place: kits}) for place, kits in sorted(places.items())]
        chosen, parts = self._timed(apart), apart
        if (len(chosen.unserved), _late_s(chosen, due_s)) >= (len(first.unserved), late_s):
            chosen, parts, self.roster = first, joint, with_first
        if not self._outdone(chosen, due_s):
            return chosen
        self.roster = before
        return self._timed(parts, ranked=True)

    def _outdone(self, timed: Timed, due_s: int | None) -> bool:
        """Say whether something less urgent keeps from a trip that is late what it needs."""
        ranks = [
            (rank_of(tour, self.scenario.by_code), trip)
            for tour, trip in zip(timed.tours, timed.trips, strict=True)
        ]
        return any(
            rank < other and _same(trip, late, self.counted)
            for other, late in ranks
            if due_s is not None and late.back_s > due_s
            for rank, trip in ranks
        )

    def _tours(self, home: Place, places: Mapping[str, Sequence[str]]) -> Tours:
        by_day: dict[int, dict[str, tuple[Kit, ...]]] = {}
        for place, kits in sorted(places.items()):
            day = self.ready[place] // DAY_S
            by_day.setdefault(day, {})[place] = tuple(self.kits[kit] for kit in sorted(kits))
        tours: list[Tour] = []
        left: list[UnservedKit] = []
        for day, below in sorted(by_day.items()):
            routed = route(
                self.scenario, self.book, below, homes=(home,), solver=self.solver,
                seed=self.seed, iterations=self.iterations,
                due=dict.fromkeys(below, (day + _DAYS) * DAY_S), barred=self.barred,
            )  # fmt: skip
            tours += (attrs.evolve(t, echelon=RETURN_OF[t.echelon]) for t in routed.tours)
            left += (
                attrs.evolve(one, echelon=RETURN_OF[one.echelon]) for one in routed.unserved
            )
        return Tours(tours=tuple(tours), unserved=tuple(left))

    def _timed(self, parts: Sequence[Tours], *, ranked: bool = False) -> Timed:
        timed = time_back(
            [tour for part in parts for tour in part.tours],
            self.ready, self.scenario.by_code, self.hours_of, self.scenario.handling,
            out=self.out, roster=self.roster, turn=self.turn, ranked=ranked,
        )  # fmt: skip
        left = tuple(one for part in parts for one in part.unserved)
        return attrs.evolve(timed, unserved=(*left, *timed.unserved))


def _same(one: Trip, two: Trip, counted: frozenset[tuple[str, str]]) -> bool:
    """Say whether two trips need the same vehicles that there are few of, or people."""
    own = (one.home, one.vehicle)
    return (own == (two.home, two.vehicle) and own in counted) or bool(
        {*one.escorts} & {*two.escorts}
    )


def return_deadline_s(book: RuleBook, home: Place) -> int | None:
    """Return when boxes must be back at a hub or warehouse [s], None without a rule."""
    stage = _STAGE_OF.get(home.kind)
    rule = book.stage_window(stage, home.region) if stage else None
    if rule is None:
        return None
    return -rule.last_days_before * DAY_S + rule.last_hour * 3600


def _late_s(timed: Timed, due_s: int | None) -> int:
    """Return how late all trips together are back [s]."""
    if due_s is None:
        return 0
    return sum(max(0, trip.back_s - due_s) for trip in timed.trips)
