"""Time buffers by probability: how many days earlier each branch has to leave."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import attrs

from silog_core.domain.calendar import DAY_S
from silog_core.domain.legs import Mode
from silog_core.domain.plan import Plan
from silog_core.domain.scenario import Scenario
from silog_core.domain.shocks import MILLION, Relief, ShockModel
from silog_core.domain.simulation import Simulation
from silog_core.domain.time_buffers import BufferPlan, Target, TimeBuffer
from silog_core.risk.plan_shift import moved_earlier
from silog_core.risk.simulate import RunTasks, outcomes_of, run_here
from silog_core.risk.simulate_graph import graph_of
from silog_core.risk.simulate_run import Late

_CHOICE = "a choice of this project: no legal target is published"
#: Targets by class, the hardest first.
TARGETS = (
    Target(name="remote", on_time_ppm=990_000, source=_CHOICE),
    Target(name="sea", on_time_ppm=990_000, source=_CHOICE),
    Target(name="road", on_time_ppm=998_000, source=_CHOICE),
)
_REMOTE = {Mode.FOOT, Mode.HORSE, Mode.MOTORCYCLE, Mode.AIR, Mode.HELICOPTER}
_SEA = {Mode.SEA, Mode.BOAT, Mode.LAKE, Mode.RIVER}
#: Rounds of moving and simulating again.
_ROUNDS = 3


@attrs.frozen(kw_only=True)
class _Branch:
    warehouse: str
    name: str
    trips: tuple[str, ...]
    #: Target of each station.
    targets: Mapping[str, Target]


def buffers(
    plan: Plan,
    *,
    scenario: Scenario | None = None,
    targets: Iterable[Target] = TARGETS,
    model: ShockModel | None = None,
    reliefs: Iterable[Relief] = (),
    draws: int = 1000,
    seed: int = 0,
    due_s: int = 0,
    most_days: int = 7,
    run_tasks: RunTasks = run_here,
) -> BufferPlan:
    """Return how many days earlier each branch leaves so that it reaches its target.

    A branch is a set of tours below one warehouse that hand kits or vehicles to each
    other. It is moved as a whole, and the work of its warehouse with it, by as many days
    as the simulated delays ask for; the moved plan is then simulated on the same draws.
    What moving does not help, such as late printing, is not moved, and says so.

    Args:
        plan: The plan; it is not changed.
        scenario: What it was made for; see `simulate`.
        targets: By class of station: ``remote``, ``sea`` and ``road``.
        model: What may go wrong; `default_shocks` when None.
        reliefs: What has been prepared against it.
        draws: How many ways to look at; a target of 99.8 % needs thousands.
        seed: The same seed gives the same result.
        due_s: Moment by which a station must have everything [s].
        most_days: No branch is moved by more [days].
        run_tasks: Runs the parts, in this process or elsewhere.

    Example:
        >>> from silog_core.testing.worlds import small_world
        >>> found = buffers(small_world().plan, draws=200, seed=1)
        >>> [(b.warehouse, b.days, b.reached) for b in found.buffers]
        [('12.01', 0, True)]
    """
    shocks, given = model, tuple(reliefs)
    by_name = {target.name: target for target in targets}
    branches = _branches(plan, scenario, by_name)

    def look(changed: Plan) -> tuple[Simulation, Mapping[str, Late]]:
        outcomes = outcomes_of(
            changed, scenario=scenario, model=shocks, reliefs=given, draws=draws, seed=seed,
            due_s=due_s, run_tasks=run_tasks, keep=True,
        )  # fmt: skip
        late = {s: beyond for part in outcomes.parts for s, beyond in part.late.items()}
        return outcomes.simulation(), late

    before, late = look(plan)
    needed = {b.name: _needed_s(b, late, draws) for b in branches}
    days = {b.name: min(most_days, -(-needed[b.name] // DAY_S)) for b in branches}
    moved, after = plan, before
    useless: set[str] = set()
    for _ in range(_ROUNDS):
        if not any(days.values()):
            break
        moved = _moved(plan, branches, days)
        after, late = look(moved)
        lacking = {b.name: -(-_needed_s(b, late, draws) // DAY_S) for b in branches}
        useless |= {
            b.name
            for b in branches
            if days[b.name] and lacking[b.name] and _least(b, after) <= _least(b, before)
        }
        again = {
            name: 0 if name in useless else min(most_days, count + lacking[name])
            for name, count in days.items()
        }
        if again == days:
            break
        days = again
    else:
        moved = _moved(plan, branches, days)
        after, late = look(moved)
    if not any(days.values()):
        moved, after = plan, before
    found = [_buffer(b, before, after, needed[b.name], days[b.name]) for b in branches]
    return BufferPlan(buffers=tuple(found), before=before, after=after, plan=moved)


def _branches(
    plan: Plan, scenario: Scenario | None, targets: Mapping[str, Target]
) -> tuple[_Branch, ...]:
    graph = graph_of(plan, scenario)
    modes: dict[str, set[Mode]] = {}
    for kit, trips in plan.trips_to.items():
        modes[kit] = {t.mode for t in trips if not t.echelon.startswith("return")}
    found = []
    for numbers in graph.branches:
        nodes = [graph.nodes[i] for i in numbers]
        stations = [s for node in nodes for hop in node.hops for s in hop.stations]
        own = tuple(node.trip for node in nodes)
        if stations:
            found.append(
                _Branch(
                    warehouse=nodes[0].home,
                    name=own[0],
                    trips=own,
                    targets={s: targets[_class_of(modes[s])] for s in stations},
                )
            )
    return tuple(sorted(found, key=lambda b: (b.warehouse, b.name)))


def _class_of(modes: set[Mode]) -> str:
    if modes & _REMOTE:
        return "remote"
    return "sea" if modes & _SEA else "road"


def _needed_s(branch: _Branch, late: Mapping[str, Late], draws: int) -> int:
    """Return the time by which leaving earlier would keep all targets of a branch [s]."""
    most = 0
    for station, target in branch.targets.items():
        spare = draws * (MILLION - target.on_time_ppm) // MILLION
        beyond = late.get(station, {})
        if len(beyond) > spare:
            most = max(most, sorted(beyond.values(), reverse=True)[spare] >> 8)
    return most


def _moved(plan: Plan, branches: Iterable[_Branch], days: Mapping[str, int]) -> Plan:
    trips: dict[str, int] = {}
    work: dict[str, int] = {}
    for branch in branches:
        trips.update(dict.fromkeys(branch.trips, days[branch.name]))
        work[branch.warehouse] = max(work.get(branch.warehouse, 0), days[branch.name])
    return moved_earlier(plan, trips, work)


def _least(branch: _Branch, found: Simulation) -> int:
    """Return the least margin above its target of any station of a branch [per million]."""
    return min(
        found.by_station[s].on_time_ppm - t.on_time_ppm for s, t in branch.targets.items()
    )


def _buffer(
    branch: _Branch, before: Simulation, after: Simulation, needed_s: int, days: int
) -> TimeBuffer:
    # The station that is farthest from its target decides what is shown.
    def margin(station: str) -> tuple[int, str]:
        odds = after.by_station[station]
        return (odds.on_time_ppm - branch.targets[station].on_time_ppm, station)

    weakest = min(branch.targets, key=margin)
    missed = margin(weakest)[0] < 0
    cause = after.by_station[weakest].mainly
    return TimeBuffer(
        warehouse=branch.warehouse,
        branch=branch.name,
        target=branch.targets[weakest],
        stations=len(branch.targets),
        voters=sum(before.by_station[s].voters for s in branch.targets),
        before_ppm=before.by_station[weakest].on_time_ppm,
        after_ppm=after.by_station[weakest].on_time_ppm,
        needed_s=needed_s,
        days=days,
        reason=f"leaving earlier does not help enough against {cause}" if missed else "",
        reason_id=f"berangkat lebih awal tidak cukup membantu terhadap {cause}"
        if missed
        else "",
    )
