"""Time buffers by probability: how much earlier each branch has to leave."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from silog_core.domain.calendar import DAY_S
from silog_core.domain.legs import Mode
from silog_core.domain.plan import Plan
from silog_core.domain.scenario import Scenario
from silog_core.domain.shocks import MILLION, Relief, ShockModel
from silog_core.domain.simulation import Simulation
from silog_core.domain.time_buffers import BufferPlan, Target, TimeBuffer
from silog_core.risk.buffer_moves import Branch, Mover
from silog_core.risk.shock_table import default_shocks
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
    """Return how much earlier each branch leaves so that it reaches its target.

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
    shocks, given = default_shocks() if model is None else model, tuple(reliefs)
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
    mover = Mover(plan, scenario, shocks)
    most_s = most_days * DAY_S
    wanted = {b.name: min(most_s, mover.rounded_s(b, needed[b.name])) for b in branches}
    got: Mapping[str, int] = dict.fromkeys(needed, 0)
    moved, after = plan, before
    useless: set[str] = set()
    for round_ in range(_ROUNDS + 1):
        if not any(wanted.values()):
            moved, after, got = plan, before, dict.fromkeys(needed, 0)
            break
        moved, got = mover.moved(branches, wanted)
        after, late = look(moved)
        if round_ == _ROUNDS:
            break
        lacking = {b.name: _needed_s(b, late, draws) for b in branches}
        useless |= {
            b.name
            for b in branches
            if got[b.name] and lacking[b.name] and _least(b, after) <= _least(b, before)
        }
        again = {
            b.name: 0
            if b.name in useless
            else min(most_s, mover.rounded_s(b, wanted[b.name] + lacking[b.name]))
            for b in branches
        }
        if again == wanted:
            break
        wanted = again
    found = [
        _buffer(b, before, after, needed[b.name], got[b.name], wanted[b.name])
        for b in branches
    ]
    return BufferPlan(buffers=tuple(found), before=before, after=after, plan=moved)


def _branches(
    plan: Plan, scenario: Scenario | None, targets: Mapping[str, Target]
) -> tuple[Branch, ...]:
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
                Branch(
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


def _needed_s(branch: Branch, late: Mapping[str, Late], draws: int) -> int:
    """Return the time by which leaving earlier would keep all targets of a branch [s]."""
    most = 0
    for station, target in branch.targets.items():
        spare = draws * (MILLION - target.on_time_ppm) // MILLION
        beyond = late.get(station, {})
        if len(beyond) > spare:
            most = max(most, sorted(beyond.values(), reverse=True)[spare] >> 8)
    return most


def _least(branch: Branch, found: Simulation) -> int:
    """Return the least margin above its target of any station of a branch [per million]."""
    return min(
        found.by_station[s].on_time_ppm - t.on_time_ppm for s, t in branch.targets.items()
    )


def _buffer(
    branch: Branch,
    before: Simulation,
    after: Simulation,
    needed_s: int,
    got_s: int,
    wanted_s: int,
) -> TimeBuffer:
    # The station that is farthest from its target decides what is shown.
    def margin(station: str) -> tuple[int, str]:
        odds = after.by_station[station]
        return (odds.on_time_ppm - branch.targets[station].on_time_ppm, station)

    weakest = min(branch.targets, key=margin)
    missed = margin(weakest)[0] < 0
    cause = after.by_station[weakest].mainly
    reason = f"leaving earlier does not help enough against {cause}"
    reason_id = f"berangkat lebih awal tidak cukup membantu terhadap {cause}"
    if got_s < wanted_s:
        reason = f"{reason}, and the goods are not at {branch.warehouse} any earlier"
        reason_id = f"{reason_id}, dan barang tidak ada di {branch.warehouse} lebih awal"
    return TimeBuffer(
        warehouse=branch.warehouse,
        branch=branch.name,
        target=branch.targets[weakest],
        stations=len(branch.targets),
        voters=sum(before.by_station[s].voters for s in branch.targets),
        before_ppm=before.by_station[weakest].on_time_ppm,
        after_ppm=after.by_station[weakest].on_time_ppm,
        needed_s=needed_s,
        earlier_s=got_s,
        reason=reason if missed else "",
        reason_id=reason_id if missed else "",
    )
