"""Incidents in, the least change out."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

import attrs

from silog_core.domain.echelons import DISPATCH
from silog_core.domain.findings import Finding
from silog_core.domain.incidents import Incident, StationsAdded
from silog_core.domain.losses import Losses
from silog_core.domain.plan import Plan, Schedule, StageSlot, Trip
from silog_core.domain.replanning import Replan
from silog_core.domain.scenario import Scenario
from silog_core.domain.vehicles import Vehicle
from silog_core.network.travel import Travel
from silog_core.planning.allocate import wanted_by_warehouse
from silog_core.planning.hours import HoursOf
from silog_core.planning.kits import make_kits
from silog_core.planning.needs import compute_needs
from silog_core.planning.plan_fairness import plan_fairness
from silog_core.planning.replanning.added import drop_empty, note_added
from silog_core.planning.replanning.back import repair_back
from silog_core.planning.replanning.blocks import Blocks
from silog_core.planning.replanning.changed import (
    changed_scenario,
    refuse_unknown,
    with_driven,
)
from silog_core.planning.replanning.fleet import Fleet
from silog_core.planning.replanning.late import packing
from silog_core.planning.replanning.longer import lengthened
from silog_core.planning.replanning.orders import ORDERS
from silog_core.planning.replanning.out import Out
from silog_core.planning.replanning.prints import Counts, Prints
from silog_core.planning.replanning.revote import Revotes
from silog_core.planning.replanning.revote_trips import RevoteTrips
from silog_core.planning.replanning.risks import who_is_at_risk
from silog_core.planning.replanning.state import State, Strategy
from silog_core.planning.replanning.supply import supplied
from silog_core.rules.book import RuleBook

#: From the least change to the most; the next one is tried while stations are at risk.
_STRATEGIES = (
    Strategy(),
    Strategy(reroute=True),
    Strategy(patient=True),
    Strategy(reroute=True, patient=True),
)

Assess = Callable[[Scenario, RuleBook, Plan], Iterable[Finding]]


def replan(
    scenario: Scenario,
    book: RuleBook,
    plan: Plan,
    incidents: Sequence[Incident],
    *,
    assess: Assess | None = None,
) -> Replan:
    """Return the plan after incidents: what had left stays, the rest changes little.

    A trip that no incident touches stays as it is. One that is touched leaves earlier or
    later, else with another vehicle, by another way or by another mode; what can still
    not be there in time is listed with the reason why there is no plan for it.

    Args:
        scenario: What was planned for.
        book: Rules of the regions.
        plan: The plan that is being carried out.
        incidents: All that happened and still matters.
        assess: Looks at the new plan; it carries what is found.

    Raises:
        IncidentError: An incident speaks of a place, vehicle or lot that is not there.
    """
    incidents = tuple(sorted(incidents, key=lambda i: (i.known_at_s, i.id)))
    refuse_unknown(scenario, plan, incidents)
    if not incidents:
        return Replan(plan=plan)
    book = book.with_overrides(items=scenario.items, rates=scenario.rates)
    best: Replan | None = None
    won = _STRATEGIES[0]
    contested = False
    for strategy in _STRATEGIES:
        found, state = _attempt(scenario, book, plan, incidents, strategy)
        if best is None or _badness(found) < _badness(best):
            best, won, contested = found, strategy, state.contested
        if not (best.at_risk and state.choices):
            break
    assert best is not None  # there is a strategy
    for order in range(1, len(ORDERS) if contested else 0):
        other = attrs.evolve(won, order=order)
        found, _ = _attempt(scenario, book, plan, incidents, other)
        if _change(found, plan) < _change(best, plan):
            best = found
    if assess is not None and best.scenario is not None:
        findings = tuple(assess(best.scenario, book, best.plan))
        best = attrs.evolve(best, plan=attrs.evolve(best.plan, findings=findings))
    return best


def _change(answer: Replan, plan: Plan) -> tuple[tuple[int, int], int, int]:
    """Return who is at risk, then how many trips differ, then how much is changed."""
    kept = set(plan.trips)
    trips = sum(t not in kept for t in answer.plan.trips)
    return _badness(answer), trips, len(answer.changes)


def _badness(answer: Replan) -> tuple[int, int]:
    return sum(r.voters for r in answer.at_risk), len(answer.at_risk)


def _attempt(
    scenario: Scenario,
    book: RuleBook,
    plan: Plan,
    incidents: tuple[Incident, ...],
    strategy: Strategy,
) -> tuple[Replan, State]:
    """Return the re-plan of one strategy, and its state: another may do better."""
    changed = changed_scenario(scenario, plan, incidents)
    now_s = incidents[-1].known_at_s
    added = any(isinstance(i, StationsAdded) for i in incidents)
    needs = compute_needs(changed, book) if added else plan.needs
    frozen = frozenset(t.id for t in plan.trips if t.depart_s < now_s)
    state = State(
        scenario=changed,
        book=book,
        plan=plan,
        incidents=incidents,
        now_s=now_s,
        kits=make_kits(needs, book),
        hours_of=HoursOf(book, scenario.handling, scenario.election.voting_day),
        travel=Travel(book, changed.legs),
        blocks=Blocks.of(changed, incidents),
        fleet=Fleet.of(changed, incidents, plan.trips),
        trips={t.id: t for t in plan.trips},
        frozen=frozen,
        planned=frozenset(t.id for t in plan.trips),
        needs=needs,
        strategy=strategy,
        prints=Prints(
            scenario=changed, book=book, plan=plan, first_s=now_s, incidents=incidents
        ),
        counts=Counts(scenario=changed, book=book, needs=needs),
    )
    too_late = note_added(state, scenario)
    for old, later, incident in state.prints.changes():
        state.say("printed", old.step, incident, new_s=later.finish_s, old_s=old.finish_s)
    supply = supplied(state)
    late = packing(state, supply.lines, supply.arrives)
    drop_empty(state, supply)
    out = Out(state=state, packed=late.packed)
    out.repair()
    repair_back(state)
    rides = RevoteTrips(state=state)
    again = Revotes(state=state, supply=supply, rides=rides)
    again.plan()
    changed = with_driven(state.scenario, plan, frozen)
    allocation = plan.allocation
    if supply.short != allocation.short or added:
        fairness = plan_fairness(
            changed, book, wanted_by_warehouse(changed, needs), supply.short
        )
        allocation = attrs.evolve(allocation, fairness=fairness)
    stages = state.counts.stages(late.stages, tuple(state.trips.values()))
    new = attrs.evolve(
        plan,
        needs=needs,
        allocation=attrs.evolve(allocation, lines=supply.lines, short=supply.short),
        shortfalls=supply.shortfalls,
        lent=supply.lent,
        losses=Losses(
            pieces=supply.lost,
            kits=plan.losses.kits + tuple(state.lost_kits[k] for k in sorted(state.lost_kits)),
        ),
        revotes=tuple(sorted(again.kits, key=lambda k: k.station)),
        revote_trips=tuple(rides.trips),
        revote_shortfalls=tuple(
            sorted(again.short, key=lambda s: (s.place, str(s.commodity)))
        ),
        names=tuple((p.code, p.name) for p in changed.places if p.name)
        if added
        else plan.names,
        parents=tuple((p.code, p.parent) for p in changed.places if p.parent)
        if added
        else plan.parents,
        trips=tuple(state.trips.values()),
        schedule=_dispatch(state.prints.stages(lengthened(state, stages)), state),
        vehicles=_vehicles(plan, state, rides.trips),
        unserved=plan.unserved
        + tuple(state.dropped[k][0] for k in sorted(state.dropped))
        + tuple(state.unhauled),
    )
    answer = Replan(
        plan=new,
        scenario=changed,
        at_risk=who_is_at_risk(state, supply, too_late, again.at_risk),
        changes=tuple(dict.fromkeys(state.changes)),
        incidents=incidents,
        now_s=now_s,
        frozen=tuple(t.id for t in plan.trips if t.id in frozen),
    )
    return answer, state


def _vehicles(plan: Plan, state: State, more: Iterable[Trip]) -> tuple[Vehicle, ...]:
    """Return the vehicle types of the plan, and those that changed trips bring in."""
    used = {t.vehicle for t in (*state.trips.values(), *more)}
    known = {v.type: v for v in plan.vehicles}
    for kind, vehicle in state.used.items():
        if kind in used:
            known.setdefault(kind, vehicle)
    for tour in state.anew.values():
        if tour.vehicle.type in used:
            known.setdefault(tour.vehicle.type, tour.vehicle)
    return tuple(known[name] for name in sorted(known))


def _dispatch(stages: Sequence[StageSlot], state: State) -> Schedule:
    """Return the stages with dispatches from the first to the last departure there is."""
    leaves: dict[str, list[int]] = {}
    for trip in state.trips.values():
        if trip.echelon in DISPATCH:
            leaves.setdefault(trip.home, []).append(trip.depart_s)
    packed = {s.place: s.finish_s for s in stages if s.stage == "kitting"}
    found = []
    for slot in stages:
        if slot.stage == "dispatch":
            least = max(slot.start_s, packed.get(slot.place, slot.start_s))
            times = leaves.get(slot.place, [least])
            slot = attrs.evolve(slot, start_s=min(times), finish_s=max(times))  # noqa: PLW2901
        found.append(slot)
    return Schedule(stages=tuple(found))
