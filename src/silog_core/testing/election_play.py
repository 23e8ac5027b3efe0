"""A whole election's record as its devices write it, with incidents whose truth is known."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from random import Random

import attrs

from silog_core.domain.custody_events import Event
from silog_core.domain.custody_roles import Party, Role
from silog_core.domain.demand import Commodity
from silog_core.domain.handover_rules import HandoverRules
from silog_core.domain.places import Place, PlaceKind
from silog_core.domain.plan import Plan
from silog_core.domain.scenario import Scenario
from silog_core.testing.election_incidents import STATION_INCIDENTS
from silog_core.testing.election_story import (
    OFFSET_MIN,
    Ballots,
    Regency,
    Step,
    Times,
    station_way,
    supply,
)
from silog_core.testing.election_supply import SUPPLY_INCIDENTS
from silog_core.testing.election_truth import Injected


@attrs.frozen(kw_only=True)
class ElectionPlay:
    """Events of all devices, and the truth about what went wrong."""

    #: Device by device, in the order in which each recorded them.
    events: tuple[Event, ...]
    incidents: tuple[Injected, ...]
    #: Sheets that were packed for the stations, by item of the ballot.
    sheets: Mapping[str, int]

    def logs(self) -> dict[str, list[Event]]:
        """Return the events by device."""
        found: dict[str, list[Event]] = {}
        for event in self.events:
            found.setdefault(event.device, []).append(event)
        return found


def play_election(
    scenario: Scenario,
    plan: Plan,
    *,
    seed: int = 1,
    devices: int = 500,
    incidents: int = 200,
    rules: HandoverRules | None = None,
) -> ElectionPlay:
    """Play the material of an election through, from the order to the archive.

    Each station has a box for each contest; the boxes change hands when the plan's trips
    say so. Offices below a warehouse record on the device of their subdistrict.

    Args:
        scenario: Places and the election.
        plan: Its plan: needs of ballots, and trips.
        seed: Draws turnout and incidents.
        devices: Offline devices, at least as many as warehouses and subdistricts to give
            each its own.
        incidents: How many things go wrong.
        rules: What hand-overs ask for; those of the plan if none are given.

    Returns:
        The events, and what was put wrong.

    Example:
        >>> from silog_core.testing.worlds import small_world
        >>> world = small_world()
        >>> play = play_election(world.scenario, world.plan, devices=2, incidents=3)
        >>> len(play.incidents), len(play.logs())
        (3, 2)
    """
    stage = _Stage(scenario, plan, seed, devices, rules or plan.handover_rules)
    regencies = stage.regencies()
    draw = Random(f"{seed}/incidents")  # noqa: S311 - the same seed, the same play
    truth = _inject(regencies, draw, incidents)
    return ElectionPlay(
        events=tuple(_recorded(regencies)), incidents=tuple(truth), sheets=stage.sheets
    )


def _recorded(regencies: list[Regency]) -> Iterator[Event]:
    """Number the steps on each device, in the order in which they happened."""
    logs: dict[str, list[Step]] = {}
    for regency in regencies:
        for steps in (regency.steps, *(way.steps for way in regency.ways)):
            for step in steps:
                logs.setdefault(step.device, []).append(step)
    for device in sorted(logs):
        steps = logs.pop(device)
        steps.sort(key=lambda step: step.when_s)
        for sequence, step in enumerate(steps, start=1):
            if step.lost:
                continue
            event = Event(
                device=device,
                sequence=sequence,
                kind=step.kind,
                time_s=step.when_s if step.told_s is None else step.told_s,
                offset_min=OFFSET_MIN,
                **step.fields,
            )
            yield event
            if step.forked:
                yield attrs.evolve(event, document=f"{event.document}-2")


class _Stage:
    """Offices, devices and ballots of a scenario."""

    def __init__(
        self, scenario: Scenario, plan: Plan, seed: int, devices: int, rules: HandoverRules
    ) -> None:
        self._scenario, self._plan, self._seed = scenario, plan, seed
        self._rules = rules
        day = scenario.election.voting_day
        midnight = datetime(day.year, day.month, day.day, tzinfo=UTC).timestamp()
        self._vote_s = int(midnight) - OFFSET_MIN * 60
        self._faulty: set[str] = set()
        self._columns = [
            c for c in plan.needs.columns if c.contest and not c.reserve and c.per == "station"
        ]
        self._rows = plan.needs.level("station")
        self.sheets: dict[str, int] = {}
        for column in self._columns:
            self.sheets[column.item] = self.sheets.get(column.item, 0) + sum(column.quantities)
        self._homes = scenario.of_kind(PlaceKind.WAREHOUSE)
        offices = [*self._homes, *scenario.of_kind(PlaceKind.HUB)]
        self._device = {
            place.code: f"tablet-{at % devices + 1:03d}" for at, place in enumerate(offices)
        }
        spare = [f"tablet-{at + 1:03d}" for at in range(len(offices), devices)]
        self._clerks = {
            home.code: (self._device[home.code], *spare[at :: len(self._homes)])
            for at, home in enumerate(self._homes)
        }

    def regencies(self) -> list[Regency]:
        stations: dict[str, list[tuple[Place, tuple[Place, Place]]]] = {}
        for station in self._scenario.of_kind(PlaceKind.STATION):
            village = self._above(station)
            hub = self._above(village)
            stations.setdefault(self._above(hub).code, []).append((station, (hub, village)))
        return [self._regency(home, stations.get(home.code, [])) for home in self._homes]

    def _above(self, place: Place) -> Place:
        """Return who supplies a place, over the landing where boxes change vehicles."""
        above = self._scenario.by_code[place.parent]
        while above.kind is PlaceKind.LANDING:
            above = self._scenario.by_code[above.parent]
        return above

    def _regency(
        self, home: Place, stations: list[tuple[Place, tuple[Place, Place]]]
    ) -> Regency:
        regency = Regency(
            home.code, self._clerks[home.code], [], [], self._faulty, self._rules
        )
        random = Random(f"{self._seed}/{home.code}")  # noqa: S311 - as above
        times = Times(plan=self._plan, vote_s=self._vote_s)
        held: dict[str, list[tuple[str, Commodity, int]]] = {}
        for number, column in enumerate(self._columns, start=1):
            contest = column.contest
            assert contest is not None
            sheets = {}
            for station, _above in stations:
                row = self._rows.row_of.get(station.code)
                pieces = column.quantities[row] if row is not None else 0
                if row is None or not pieces:
                    continue
                area = contest.area_of(self._rows.regions[row])
                sheets[station.code] = pieces
                what = Commodity(item=column.item, area=area)
                held.setdefault(station.code, []).append((contest.code, what, pieces))
            if sheets:
                lot = Ballots(contest=contest.code, commodity=what, sheets=sheets)
                supply(regency, lot, random.randint(5, 60), self._vote_s, number=number)
        for at, (station, (hub, village)) in enumerate(stations):
            if station.code in held:
                table = Party(Role.STATION_COMMITTEE, station.code)
                committees = (
                    Party(Role.SUBDISTRICT_COMMITTEE, hub.code),
                    Party(Role.VILLAGE_COMMITTEE, village.code),
                    table,
                )
                way = station_way(
                    regency,
                    station.code,
                    self._device[hub.code],
                    committees,
                    held[station.code],
                    voters=station.voters,
                    times=times,
                    random=random,
                    at=at,
                )
                regency.ways.append(way)
        return regency


def _inject(regencies: list[Regency], random: Random, count: int) -> list[Injected]:
    """Put incidents into different stations, each kind as often as the others."""
    ways = [(regency, way) for regency in regencies for way in regency.ways]
    random.shuffle(ways)
    truth: list[Injected] = []
    short = [r for r in regencies if r.ways]
    random.shuffle(short)
    while short and len(truth) < count // 20:
        inject = SUPPLY_INCIDENTS[len(truth) % len(SUPPLY_INCIDENTS)]
        found = inject(short.pop(), random)
        if found is not None:
            truth.append(found)
    at = random.randrange(len(STATION_INCIDENTS))
    while ways and len(truth) < count:
        regency, way = ways.pop()
        for _try in STATION_INCIDENTS:
            injector = STATION_INCIDENTS[at % len(STATION_INCIDENTS)]
            at += 1
            box = random.choice(list(way.boxes))
            found = injector(regency, way, box, random)
            if found is not None:
                truth.append(found)
                break
    return truth
