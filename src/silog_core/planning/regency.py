"""One warehouse and everything below it: the part of a plan that stands alone."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from copy import deepcopy

import attrs

from silog_core.domain.calendar import DAY_S
from silog_core.domain.echelons import DISPATCH
from silog_core.domain.legs import Mode
from silog_core.domain.places import Place, PlaceKind
from silog_core.domain.plan import Trip, UnservedKit
from silog_core.domain.scenario import Scenario
from silog_core.domain.vehicles import Vehicle
from silog_core.network.travel import Travel
from silog_core.planning.hours import HoursOf
from silog_core.planning.kits import Kit, kits_below, levels
from silog_core.planning.modes import Modes
from silog_core.planning.remembered import Remembered
from silog_core.planning.returning import WayBack
from silog_core.planning.roster import Roster, roster_of
from silog_core.planning.route import route
from silog_core.planning.shared_escorts import Lent
from silog_core.planning.timing import Timed, time_out
from silog_core.planning.tours import Tour
from silog_core.ports.routing import RoutingSolver
from silog_core.rules.book import RuleBook

#: The stage that says until when the places of a kind must have their kits.
_STAGE_OF = {
    PlaceKind.STATION: "at-station",
    PlaceKind.VILLAGE: "at-village",
    PlaceKind.HUB: "at-hub",
}


@attrs.frozen(kw_only=True)
class RegencyTask:
    """What a worker needs to plan one warehouse's area, and no more."""

    scenario: Scenario
    book: RuleBook
    warehouse: str
    kits: tuple[Kit, ...]
    solver: RoutingSolver
    seed: int
    iterations: int
    #: Escorts that are out for other warehouses.
    lent: tuple[Lent, ...] = ()


@attrs.frozen(kw_only=True)
class RegencyPlan:
    """Trips out and back of one warehouse's area."""

    warehouse: str
    trips: tuple[Trip, ...]
    unserved: tuple[UnservedKit, ...]
    #: Vehicles that the trips use; those of one type may differ from home to home.
    vehicles: tuple[Vehicle, ...]
    #: First planned, and latest, departure from the warehouse [s]; None without trips.
    dispatch_s: int | None
    latest_dispatch_s: int | None


def subtree(scenario: Scenario, root: str) -> tuple[Place, ...]:
    """Return a place and all that hang below it, in code order.

    Another warehouse below it has an area of its own.
    """
    found: dict[str, Place] = {}
    todo = [scenario.by_code[root]]
    while todo:
        place = todo.pop()
        if place.code not in found:
            found[place.code] = place
            todo += [
                child
                for child in scenario.children.get(place.code, ())
                if child.kind is not PlaceKind.WAREHOUSE
            ]
    return tuple(found[code] for code in sorted(found))


def part_of(scenario: Scenario, warehouse: str) -> Scenario:
    """Return the scenario of one warehouse's area alone."""
    places = subtree(scenario, warehouse)
    inside = {p.code for p in places}
    return attrs.evolve(
        scenario,
        places=places,
        legs=tuple(g for g in scenario.legs if g.tail in inside and g.head in inside),
        stock=(),
        fleet=tuple(e for e in scenario.fleet if e.home in inside),
    )


def plan_regency(task: RegencyTask) -> RegencyPlan:
    """Route and time one warehouse's area, out and back.

    Pure: the same task gives the same answer in any process.
    """
    scenario = task.scenario
    below = kits_below(scenario, {k.place: k for k in task.kits})
    roster = roster_of(scenario, scenario.by_code[task.warehouse])
    for name, leaves_s, back_s in task.lent:
        roster.take((name,), leaves_s, back_s)
    solver = Remembered(task.solver)
    found = _Area(task=attrs.evolve(task, solver=solver), below=below, roster=roster)
    return found.plan()


@attrs.define(kw_only=True)
class _Area:
    """The state while one area is planned, level by level."""

    task: RegencyTask
    below: Mapping[str, tuple[Kit, ...]]
    #: Escorts, shared by the trips of all levels.
    roster: Roster
    trips: list[Trip] = attrs.field(factory=list)
    left: list[UnservedKit] = attrs.field(factory=list)
    levels: list[tuple[Tour, ...]] = attrs.field(factory=list)
    #: Modes that turned out to be closed, where another can be tried.
    barred: set[tuple[str, str, Mode]] = attrs.field(factory=set)

    def _bar(self, tours: Sequence[Tour], timed: Sequence[Tour]) -> bool:
        """Bar the modes of tours that no time was found for; return if others are left."""
        stuck = set(tours).difference(timed)
        if not stuck:
            return False
        scenario, book = self.task.scenario, self.task.book
        modes = Modes(scenario=scenario, book=book, travel=Travel(book, scenario.legs))
        found = {(t.home, halt.place, t.mode) for t in stuck for halt in t.halts}
        new = {
            (home, place, mode)
            for home, place, mode in found - self.barred
            if modes.others(
                scenario.by_code[home], scenario.by_code[place],
                self.barred | {(home, place, mode)},
            )
        }  # fmt: skip
        self.barred |= new
        return bool(new)

    def plan(self) -> RegencyPlan:
        scenario, book = self.task.scenario, self.task.book
        hours_of = HoursOf(book, scenario.handling, scenario.election.voting_day)
        due = {
            p.code: window(book, p, _STAGE_OF[p.kind])[1]
            for p in scenario.places
            if p.kind in _STAGE_OF
        }
        for landing in scenario.of_kind(PlaceKind.LANDING):
            # Its window is that of those it hands on to; what leaves it may be sooner.
            beyond = [due[p.code] for p in scenario.children.get(landing.code, ())]
            due[landing.code] = min(beyond, default=0)
        not_before = {
            p.code: window(book, p, _STAGE_OF[p.kind])[0]
            for p in scenario.places
            if p.kind in _STAGE_OF
        }
        timed: Timed | None = None
        for homes in levels(scenario):
            while True:
                before = deepcopy(self.roster)
                routed = route(
                    scenario, book, self.below, homes=homes, solver=self.task.solver,
                    seed=self.task.seed, iterations=self.task.iterations, due=due,
                    barred=self.barred,
                )  # fmt: skip
                timed = time_out(
                    routed.tours, due, scenario.by_code, hours_of, scenario.handling,
                    not_before=not_before, roster=self.roster,
                )  # fmt: skip
                if not self._bar(routed.tours, timed.tours):
                    break
                self.roster = before
            self.trips += timed.trips
            self.left += [*routed.unserved, *timed.unserved]
            self.levels.append(timed.tours)
            for home, first_s in timed.first_depart_s.items():
                due[home] = min(
                    due.get(home, first_s), first_s - scenario.handling.turnround_s
                )
        back = WayBack(
            scenario=scenario, book=book, solver=self.task.solver, seed=self.task.seed,
            iterations=self.task.iterations, hours_of=hours_of,
            kits={kit.place: kit for kit in self.task.kits}, roster=self.roster,
            out=tuple(self.trips), barred=frozenset(self.barred),
        )  # fmt: skip
        back.run(self.levels)
        self.trips += back.trips
        self.left += back.left
        self.levels.append(tuple(back.tours))
        dispatch = [t for t in self.trips if t.home == self.task.warehouse]
        out = [t for t in dispatch if t.echelon in DISPATCH]
        return RegencyPlan(
            warehouse=self.task.warehouse,
            trips=tuple(self.trips),
            unserved=tuple(self.left),
            vehicles=tuple(dict.fromkeys(t.vehicle for tours in self.levels for t in tours)),
            dispatch_s=min((t.depart_s for t in out), default=None),
            latest_dispatch_s=min((t.latest_depart_s for t in out), default=None),
        )


def window(book: RuleBook, place: Place, stage: str) -> tuple[int, int]:
    """Return from when until when a place may take in its kits [s].

    Without a rule, the day before the vote has to be enough, and nothing is too early.
    """
    rule = book.stage_window(stage, place.region)
    if rule is None:
        return (-(10**9), 0)
    return (
        -rule.first_days_before * DAY_S + rule.first_hour * 3600,
        -rule.last_days_before * DAY_S + rule.last_hour * 3600,
    )
