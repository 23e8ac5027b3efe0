"""The main job: needs, routes, allocation, line haul, schedule, findings: one plan."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Protocol

import attrs

from silog_core.domain.calendar_rules import STAGES
from silog_core.domain.demand import Needs
from silog_core.domain.findings import Finding
from silog_core.domain.items import Confidence
from silog_core.domain.places import PlaceKind
from silog_core.domain.plan import (
    HandoverNote,
    Plan,
    Provenance,
    RuleNote,
    UnservedKit,
    WaiverNote,
)
from silog_core.domain.scenario import Scenario
from silog_core.domain.vehicles import Vehicle
from silog_core.network.upper import upper_legs
from silog_core.planning.allocate import allocate
from silog_core.planning.holdings import lend_after, name_transfers
from silog_core.planning.hours import HoursOf
from silog_core.planning.kits import make_kits
from silog_core.planning.line_haul import line_haul
from silog_core.planning.needs import compute_needs
from silog_core.planning.printing import print_jobs
from silog_core.planning.receiving import tell_counts
from silog_core.planning.regency import RegencyPlan, RegencyTask, part_of, plan_regency
from silog_core.planning.schedule import due_dates, schedule, warehouse_work
from silog_core.planning.shared_escorts import lent, sharing
from silog_core.planning.storage import keep_room
from silog_core.planning.unserved import unserved
from silog_core.ports.allocation import AllocationSolver
from silog_core.ports.routing import RoutingSolver
from silog_core.rules.book import RuleBook

#: Routing iterations for each problem when nothing is said.
DEFAULT_ITERATIONS = 400
#: Routing iterations that one second of budget buys: a fixed rate, so that the plan
#: depends on what was asked for and not on how busy the machine was.
ITERATIONS_PER_SECOND = 400

Work = Callable[[RegencyTask], RegencyPlan]
Assess = Callable[[Scenario, RuleBook, Plan], Iterable[Finding]]


class RunAll(Protocol):
    """Runs tasks, anywhere, and returns the results in their order."""

    def __call__(
        self, work: Work, tasks: Sequence[RegencyTask], done: Callable[[int], None]
    ) -> list[RegencyPlan]:
        """Run *work* on every task; call *done* with the number that is finished."""
        ...


class Progress(Protocol):
    """Told how far the work is."""

    def __call__(self, stage: str, done: int, total: int) -> None:
        """Take the name of the stage, and how much of it is done."""
        ...


def run_serially(
    work: Work, tasks: Sequence[RegencyTask], done: Callable[[int], None]
) -> list[RegencyPlan]:
    """Run all tasks here, one after the other."""
    found = []
    for number, task in enumerate(tasks, start=1):
        found.append(work(task))
        done(number)
    return found


def silent(stage: str, done: int, total: int) -> None:
    """Take no notice of progress."""
    del stage, done, total


def make_plan(
    scenario: Scenario,
    book: RuleBook,
    *,
    allocation_solver: AllocationSolver,
    routing_solver: RoutingSolver,
    assess: Assess | None = None,
    provenance: Provenance,
    progress: Progress = silent,
    run: RunAll = run_serially,
    kits_first: bool = False,
    require_feasible: bool = False,
) -> Plan:
    """Return the plan of a scenario under a rule book.

    Pure: the same input and seed give the same plan, however the tasks are run.

    Args:
        scenario: What to plan for.
        book: Rules of the regions.
        allocation_solver: Solves the flow from stock to warehouses.
        routing_solver: Solves the tours below them.
        assess: Looks at the finished plan; the plan carries what it finds.
        provenance: Seed, iterations and plugins, recorded in the plan.
        progress: Told how far the work is.
        run: Runs one task a warehouse, in this process or elsewhere.
        kits_first: Under shortage complete as many kits as can be, before sharing evenly.
        require_feasible: Raise where something is short, instead of sharing it out.

    Raises:
        PlanningError: No rates are known, or (with *require_feasible*) not all can be met.
    """
    book = book.with_overrides(items=scenario.items, rates=scenario.rates)
    progress("needs", 0, 1)
    needs = compute_needs(scenario, book)
    kits = make_kits(needs, book)
    progress("needs", 1, 1)

    warehouses = scenario.of_kind(PlaceKind.WAREHOUSE)
    tasks = []
    for warehouse in warehouses:
        part = part_of(scenario, warehouse.code)
        tasks.append(
            RegencyTask(
                scenario=part,
                book=book.restrict(warehouse.region),
                warehouse=warehouse.code,
                kits=tuple(kits[p.code] for p in part.places if p.code in kits),
                solver=routing_solver,
                seed=provenance.seed,
                iterations=provenance.iterations,
            )
        )
    # The biggest first: with several workers none is left alone with it at the end.
    tasks.sort(key=lambda t: (-len(t.scenario.places), t.warehouse))
    together = sharing(scenario, warehouses)
    later = {place.code for place in together}
    alone = [task for task in tasks if task.warehouse not in later]
    parts = run(plan_regency, alone, lambda n: progress("routes", n, len(tasks)))
    by_code = {task.warehouse: task for task in tasks}
    for number, place in enumerate(together):
        # Who shares people waits for those who choose before.
        done = [
            (scenario.by_code[p.warehouse], p.trips) for p in parts if p.warehouse in later
        ]
        task = attrs.evolve(by_code[place.code], lent=lent(scenario, place, done))
        parts = [*parts, *run(plan_regency, [task], lambda _: None)]
        progress("routes", len(alone) + number + 1, len(tasks))
    parts = sorted(parts, key=lambda part: part.warehouse)

    progress("allocation", 0, 1)
    work = warehouse_work(scenario, book, needs, parts)
    due = due_dates(needs, work)
    legs = upper_legs(scenario, book)
    allocated = allocate(
        scenario, book, needs, legs=legs, due=due, solver=allocation_solver,
        seed=provenance.seed, kits_first=kits_first, require_feasible=require_feasible,
    )  # fmt: skip
    lending = lend_after(scenario, book, needs, allocated, legs)
    progress("allocation", 1, 1)
    hours_of = HoursOf(book, scenario.handling, scenario.election.voting_day)
    lines = allocated.allocation.lines
    below = tuple(t for part in parts for t in part.trips)
    jobs = print_jobs(scenario, book, lines, allocated.ways, due)
    hauls = line_haul(scenario, book, lines, allocated.ways, due, hours_of, below, jobs)
    trips = hauls.trips + below
    plan = Plan(
        title=scenario.title,
        election=scenario.election,
        needs=needs,
        allocation=allocated.allocation,
        trips=trips,
        schedule=schedule(work, trips, needs, jobs),
        findings=(),
        shortfalls=tell_counts(
            scenario,
            name_transfers(scenario, allocated.shortfalls, lending),
            {code: at.counts for code, at in work.items()},
            {c.item for c in needs.columns if c.contest is not None},
        ),
        lending=lending,
        unserved=hauls.unserved
        + tuple(u for part in parts for u in part.unserved)
        + _orphans(scenario, set(kits)),
        names=tuple((p.code, p.name) for p in scenario.places if p.name),
        parents=tuple((p.code, p.parent) for p in scenario.places if p.parent),
        rules=_notes(needs, book),
        handovers=tuple(
            HandoverNote(stage=rule.stage, asks=rule.in_words(), source=rule.source, rule=rule)
            for rule in sorted(
                book.handovers_within(scenario.election.root),
                key=lambda rule: (STAGES.index(rule.stage), rule.scope),
            )
        ),
        waivers=tuple(
            WaiverNote(rule=rule.id, waives=rule.waives.partition("#")[0], source=rule.source)
            for rule in book.waivers
        ),
        items=tuple(i for code in needs.items if (i := book.item(code)) is not None),
        vehicles=_merged([*hauls.vehicles, *(v for part in parts for v in part.vehicles)]),
        provenance=provenance,
        estimates=_estimates(scenario, book, needs),
    )
    plan = keep_room(scenario, book, plan)
    progress("checks", 0, 1)
    found = tuple(assess(scenario, book, plan)) if assess else ()
    progress("checks", 1, 1)
    return attrs.evolve(plan, findings=found)


def _orphans(scenario: Scenario, kits: set[str]) -> tuple[UnservedKit, ...]:
    """Return kits of places that hang below no warehouse."""
    reached: set[str] = set()
    todo = [w.code for w in scenario.of_kind(PlaceKind.WAREHOUSE)]
    while todo:
        code = todo.pop()
        if code not in reached:
            reached.add(code)
            todo += [p.code for p in scenario.children.get(code, ())]
    return tuple(
        unserved("no-parent", kit=code, echelon="warehouse-hub", place=code)
        for code in sorted(kits - reached)
    )


def _merged(vehicles: Iterable[Vehicle]) -> tuple[Vehicle, ...]:
    """Return one vehicle a type: the biggest, where regions limit a type differently."""
    found: dict[str, Vehicle] = {}
    for vehicle in vehicles:
        known = found.setdefault(vehicle.type, vehicle)
        lax = max(
            known, vehicle, key=lambda v: (v.break_after_s is None, v.break_after_s or 0)
        )
        found[vehicle.type] = attrs.evolve(
            known,
            payload_g=max(known.payload_g, vehicle.payload_g),
            volume_cm3=max(known.volume_cm3, vehicle.volume_cm3),
            skills=(*known.skills, *vehicle.skills),
            break_after_s=lax.break_after_s,
            break_s=lax.break_s,
        )
    return tuple(found[name] for name in sorted(found))


def _notes(needs: Needs, book: RuleBook) -> tuple[RuleNote, ...]:
    """Return each rate that a need rests on, as the plan cites it."""
    used = {rule for column in needs.columns for rule in column.rules}
    notes = [
        RuleNote(
            id=rule.id,
            formula=rule.formula(),
            source=rule.source,
            confidence=rule.confidence.value,
        )
        for topic in book.needs_topics()
        for rule in book.needs_rules_of(topic)
        if rule.id in used
    ]
    return tuple(sorted(notes, key=lambda n: n.id))


def _estimates(scenario: Scenario, book: RuleBook, needs: Needs) -> tuple[str, ...]:
    """Return what the plan rests on that nobody has published."""
    notes = list(scenario.estimates)
    if not scenario.stock:
        notes.append(
            "No stock is listed: the plan assumes that the whole need is ordered, and"
            " shows what to order."
        )
    guessed = sorted(
        code
        for code in needs.items
        if (item := book.item(code)) is not None and item.confidence is Confidence.ESTIMATE
    )
    if guessed:
        notes.append("Mass or volume is an estimate for: " + ", ".join(guessed) + ".")
    return tuple(notes)
