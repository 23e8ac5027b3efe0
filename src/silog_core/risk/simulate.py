"""Monte Carlo over a plan: how likely each station has everything on time."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, Protocol

import attrs

from silog_core.domain.plan import Plan
from silog_core.domain.scenario import Scenario
from silog_core.domain.shocks import Relief, Rescue, ShockModel
from silog_core.domain.simulation import (
    Cause,
    RegencyOdds,
    Simulation,
    StationOdds,
    tail_of,
)
from silog_core.domain.wire import to_wire
from silog_core.errors import RiskError
from silog_core.ports.executor import unheard
from silog_core.risk.shock_table import default_shocks
from silog_core.risk.simulate_graph import Graph, graph_of, planned_arrivals
from silog_core.risk.simulate_run import ONE_STATION, Late, Outcome, Task, regency_of, run

#: Cause of what is late, or short, in the plan itself.
PLANNED = "planned"


class RunTasks(Protocol):
    """Runs tasks, anywhere, and returns the results in their order."""

    def __call__(
        self, work: Callable[[Any], Any], tasks: Sequence[Any], done: Callable[[int], None]
    ) -> list[Any]:
        """Run *work* on every task; call *done* with the number that is finished."""
        ...


def run_here(
    work: Callable[[Any], Any], tasks: Sequence[Any], done: Callable[[int], None]
) -> list[Any]:
    """Run all tasks in this process, one after the other."""
    found = []
    for number, task in enumerate(tasks, start=1):
        found.append(work(task))
        done(number)
    return found


def simulate(
    plan: Plan,
    *,
    scenario: Scenario | None = None,
    model: ShockModel | None = None,
    reliefs: Iterable[Relief] = (),
    rescues: Iterable[Rescue] = (),
    draws: int = 1000,
    seed: int = 0,
    due_s: int = 0,
    run_tasks: RunTasks = run_here,
    progress: Callable[[int], None] = unheard,
) -> Simulation:
    """Return how often each station has everything on time.

    Each draw is one way in which the operation may go. Shocks strike by their own names:
    the same seed strikes every plan, and every change of it, in the same way.

    Args:
        plan: The plan; it is not changed.
        scenario: What it was made for: tells hired vehicles from counted ones. Without
            it, the plan itself has to tell: see `docs/risk.md`.
        model: What may go wrong; `default_shocks` when None.
        reliefs: What has been prepared against it.
        rescues: Who is sent after those who are stuck, and how often.
        draws: How many ways to look at.
        seed: The same seed gives the same result, and longer runs begin with it.
        due_s: Moment by which a station must have everything [s from 00:00 of voting
            day]: 0 is the end of H-1, 25,200 the opening of the poll.
        run_tasks: Runs the parts, in this process or elsewhere; the result is the same.
        progress: Told how many parts are done.

    Raises:
        RiskError: There are no draws, or no stations, or a relief or rescue answers no shock.

    Example:
        >>> from silog_core.testing.worlds import small_world
        >>> world = small_world()
        >>> found = simulate(world.plan, scenario=world.scenario, draws=200, seed=1)
        >>> len(found.stations), found.draws, 0 <= found.late_ppm < 1_000_000
        (4, 200, True)
    """
    return outcomes_of(
        plan, scenario=scenario, model=model, reliefs=reliefs, rescues=rescues,
        draws=draws, seed=seed, due_s=due_s, run_tasks=run_tasks, progress=progress,
    ).simulation()  # fmt: skip


@attrs.frozen(kw_only=True)
class Outcomes:
    """Everything that a simulation found, before it is summed up."""

    plan: Plan
    model: ShockModel
    draws: int
    seed: int
    due_s: int
    parts: tuple[Outcome, ...]
    #: When each station has all as planned [s]; None where it never has.
    planned: Mapping[str, int | None]

    def simulation(self) -> Simulation:
        """Return the odds of stations and regencies, and what is late in each draw."""
        names = (PLANNED, *(shock.name for shock in self.model.shocks))
        voters = _voters(self.plan)
        lost = {s for s, at in self.planned.items() if at is None or at > self.due_s}
        causes: dict[str, Mapping[int, int]] = {s: {0: self.draws} for s in lost}
        tally: dict[str, dict[int, int]] = {}
        for part in self.parts:
            causes.update(part.causes)
            for regency, found in part.tally.items():
                known = tally.setdefault(regency, {})
                for draw, late in found.items():
                    known[draw] = known.get(draw, 0) + late
        always: Counter[str] = Counter()
        for station in lost:
            always[regency_of(station)] += ONE_STATION + voters[station]
        for regency, late in always.items():
            known = tally.setdefault(regency, {})
            tally[regency] = {d: known.get(d, 0) + late for d in range(self.draws)}
        stations = tuple(
            _odds(station, voters[station], causes.get(station, {}), self.draws, names)
            for station in sorted(self.planned)
        )
        in_draw = [0] * self.draws
        for found in tally.values():
            for draw, more in found.items():
                in_draw[draw] += more
        return Simulation(
            draws=self.draws,
            seed=self.seed,
            due_s=self.due_s,
            model_digest=digest_of(self.model),
            stations=stations,
            regencies=_regencies(stations, tally, causes, self.draws, names),
            late_stations=tuple(x // ONE_STATION for x in in_draw),
            late_voters=tuple(x % ONE_STATION for x in in_draw),
            causes=_causes(causes.values(), names),
        )


def digest_of(model: ShockModel) -> str:
    """Return 16 hexadecimal digits that change whenever the model does."""
    text = json.dumps(to_wire(model), sort_keys=True, separators=(",", ":"))
    return hashlib.blake2b(text.encode(), digest_size=8).hexdigest()


def outcomes_of(
    plan: Plan,
    *,
    scenario: Scenario | None = None,
    model: ShockModel | None = None,
    reliefs: Iterable[Relief] = (),
    rescues: Iterable[Rescue] = (),
    draws: int = 1000,
    seed: int = 0,
    due_s: int = 0,
    run_tasks: RunTasks = run_here,
    progress: Callable[[int], None] = unheard,
    keep: bool = False,
    graph: Graph | None = None,
    planned: Mapping[str, int | None] | None = None,
) -> Outcomes:
    """Return all that `simulate` sums up; with *keep*, how late each station is, too.

    *graph* and *planned* are those of the way out, unless given.
    """
    shocks = default_shocks() if model is None else model
    given, sent = tuple(reliefs), tuple(rescues)
    _refuse(plan, shocks, given, sent, draws)
    graph = graph_of(plan, scenario) if graph is None else graph
    planned = planned_arrivals(plan) if planned is None else planned
    voters = {
        station: count
        for station, count in _voters(plan).items()
        if (at := planned[station]) is not None and at <= due_s
    }
    common = Task(
        nodes=(), numbers=(), given={}, model=shocks, reliefs=given, rescues=sent,
        voting_day=plan.election.voting_day, draws=draws, seed=seed, due_s=due_s,
        voters={}, keep=keep,
    )  # fmt: skip
    upper = run(_task(common, graph, graph.groups[0], {}, {}))
    tasks = [_task(common, graph, group, upper.onward, voters) for group in graph.groups[1:]]
    # The biggest first: with several workers none is left alone with it at the end.
    tasks.sort(key=lambda t: (-len(t.nodes), t.numbers[0]))
    parts = run_tasks(run, tasks, progress)
    return Outcomes(
        plan=plan, model=shocks, draws=draws, seed=seed, due_s=due_s,
        parts=(upper, *parts), planned=planned,
    )  # fmt: skip


def _refuse(
    plan: Plan,
    model: ShockModel,
    reliefs: tuple[Relief, ...],
    rescues: tuple[Rescue, ...],
    draws: int,
) -> None:
    if type(draws) is not int or draws < 1:
        raise RiskError(f"{draws!r} draws are asked for", "give a whole number, 1 or more")
    if not _voters(plan):
        raise RiskError("the plan has no stations", "simulate a plan that serves stations")
    names = {shock.name for shock in model.shocks}
    unknown = sorted({r.shock for r in reliefs}.union(*(r.shocks for r in rescues)) - names)
    if unknown:
        raise RiskError(
            f"reliefs or rescues answer shocks that the model has not: {', '.join(unknown)}",
            f"name one of {', '.join(sorted(names))}",
        )


def _voters(plan: Plan) -> Mapping[str, int]:
    return {
        code: voters
        for rows in plan.needs.levels
        if rows.per == "station"
        for code, voters in zip(rows.codes, rows.voters, strict=True)
    }


def _task(
    common: Task,
    graph: Graph,
    group: tuple[int, ...],
    onward: Mapping[int, Late],
    voters: Mapping[str, int],
) -> Task:
    nodes = tuple(graph.nodes[i] for i in group)
    here = [s for node in nodes for hop in node.hops for s in hop.stations]
    return attrs.evolve(
        common,
        nodes=nodes,
        numbers=group,
        given={i: onward[i] for i in group if i in onward},
        voters={s: voters[s] for s in here if s in voters},
    )


def _odds(
    station: str, voters: int, causes: Mapping[int, int], draws: int, names: Sequence[str]
) -> StationOdds:
    main = min(causes, key=lambda n: (-causes[n], n)) if causes else None
    return StationOdds(
        station=station,
        regency=regency_of(station),
        voters=voters,
        on_time=draws - sum(causes.values()),
        draws=draws,
        mainly="" if main is None else names[main],
    )


def _regencies(
    stations: Iterable[StationOdds],
    tally: Mapping[str, Mapping[int, int]],
    causes: Mapping[str, Mapping[int, int]],
    draws: int,
    names: Sequence[str],
) -> tuple[RegencyOdds, ...]:
    groups: dict[str, list[StationOdds]] = {}
    for odds in stations:
        groups.setdefault(odds.regency, []).append(odds)
    found = []
    for regency, members in sorted(groups.items()):
        late = tally.get(regency, {}).values()
        late_stations = [x // ONE_STATION for x in late]
        late_voters = [x % ONE_STATION for x in late]
        found.append(
            RegencyOdds(
                regency=regency,
                stations=len(members),
                voters=sum(m.voters for m in members),
                late_stations_milli=sum(late_stations) * 1000 // draws,
                late_voters_milli=sum(late_voters) * 1000 // draws,
                worst=tail_of(late_stations, late_voters, draws),
                least_on_time_ppm=min(m.on_time_ppm for m in members),
                causes=_causes((causes.get(m.station, {}) for m in members), names),
            )
        )
    return tuple(found)


def _causes(counts: Iterable[Mapping[int, int]], names: Sequence[str]) -> tuple[Cause, ...]:
    total: Counter[int] = Counter()
    for count in counts:
        total.update(count)
    ranked = sorted(total.items(), key=lambda item: (-item[1], item[0]))
    return tuple(Cause(shock=names[n], station_draws=count) for n, count in ranked)
