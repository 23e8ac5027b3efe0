"""Incidents in, the least change out."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

import attrs

from silog_core.domain.findings import Finding
from silog_core.domain.incidents import (
    Flooded,
    Incident,
    LotLate,
    StationMoved,
    VehicleLost,
)
from silog_core.domain.places import PlaceKind
from silog_core.domain.plan import Plan, Schedule, StageSlot
from silog_core.domain.replanning import AtRisk, Replan
from silog_core.domain.scenario import Scenario
from silog_core.domain.vehicles import Vehicle
from silog_core.errors import IncidentError
from silog_core.network.travel import Travel
from silog_core.planning.hours import HoursOf
from silog_core.planning.kits import make_kits
from silog_core.planning.replanning.back import repair_back
from silog_core.planning.replanning.blocks import Blocks
from silog_core.planning.replanning.fleet import Fleet
from silog_core.planning.replanning.late import packing
from silog_core.planning.replanning.out import OUT, Out
from silog_core.planning.replanning.state import State
from silog_core.planning.replanning.texts import reasons
from silog_core.rules.book import RuleBook

#: Voting goes on from 07.00 to 13.00 [s].
_VOTING_S = (7 * 3600, 13 * 3600)

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
    _refuse_unknown(scenario, plan, incidents)
    if not incidents:
        return Replan(plan=plan)
    changed = _changed(scenario, plan, incidents)
    book = book.with_overrides(items=scenario.items, rates=scenario.rates)
    now_s = incidents[-1].known_at_s
    state = State(
        scenario=changed,
        book=book,
        plan=plan,
        incidents=incidents,
        now_s=now_s,
        kits=make_kits(plan.needs, book),
        hours_of=HoursOf(book, scenario.handling, scenario.election.voting_day),
        travel=Travel(book, changed.legs),
        blocks=Blocks.of(changed, incidents),
        fleet=Fleet.of(changed, incidents, plan.trips),
        trips={t.id: t for t in plan.trips},
        frozen=frozenset(t.id for t in plan.trips if t.depart_s < now_s),
    )
    late = packing(state)
    out = Out(state=state, packed=late.packed)
    out.repair()
    repair_back(state)
    new = attrs.evolve(
        plan,
        trips=tuple(state.trips.values()),
        schedule=_dispatch(late.stages, state),
        vehicles=_vehicles(plan, state),
        unserved=plan.unserved + tuple(state.dropped[k][0] for k in sorted(state.dropped)),
    )
    if assess is not None:
        new = attrs.evolve(new, findings=tuple(assess(changed, book, new)))
    return Replan(
        plan=new,
        scenario=changed,
        at_risk=_at_risk(state),
        changes=tuple(state.changes),
        incidents=incidents,
        now_s=now_s,
        frozen=tuple(t.id for t in plan.trips if t.id in state.frozen),
    )


def _vehicles(plan: Plan, state: State) -> tuple[Vehicle, ...]:
    """Return the vehicle types of the plan, and those that changed trips bring in."""
    used = {t.vehicle for t in state.trips.values()}
    known = {v.type: v for v in plan.vehicles}
    for tour in state.anew.values():
        if tour.vehicle.type in used:
            known.setdefault(tour.vehicle.type, tour.vehicle)
    return tuple(known[name] for name in sorted(known))


def _refuse_unknown(scenario: Scenario, plan: Plan, incidents: Iterable[Incident]) -> None:
    wrong = []
    for one in incidents:
        named = [getattr(one, f, "") for f in ("place", "other", "home", "station")]
        named += list(getattr(one, "places", ()))
        wrong += [
            f"{one.id}: no place {c!r}" for c in named if c and c not in scenario.by_code
        ]
        if isinstance(one, VehicleLost) and one.type not in {v.type for v in plan.vehicles}:
            wrong.append(f"{one.id}: no vehicle type {one.type!r}")
        if isinstance(one, LotLate) and not any(
            (s.place, s.item, s.lot) == (one.place, one.item, one.lot) for s in scenario.stock
        ):
            wrong.append(f"{one.id}: no lot {one.lot!r} of {one.item} at {one.place}")
    if wrong:
        raise IncidentError("; ".join(wrong), "write codes as the scenario has them")


def _changed(scenario: Scenario, plan: Plan, incidents: Sequence[Incident]) -> Scenario:
    """Return the scenario as it is now: stations where they are, vehicles that are left.

    A station whose kit had left keeps its place, for the kit is brought there.
    """
    left = {
        stop.place
        for trip in plan.trips
        if trip.echelon in OUT and trip.depart_s < incidents[-1].known_at_s
        for stop in trip.stops
    }
    places, fleet = {p.code: p for p in scenario.places}, list(scenario.fleet)
    for one in incidents:
        if isinstance(one, StationMoved) and one.station not in left:
            places[one.station] = attrs.evolve(
                places[one.station],
                lat_microdeg=one.lat_microdeg,
                lon_microdeg=one.lon_microdeg,
            )
        elif isinstance(one, VehicleLost):
            fleet = [
                attrs.evolve(e, count=max(0, e.count - (one.count or e.count)))
                if (e.home, e.vehicle.type) == (one.home, one.type) and e.count is not None
                else e
                for e in fleet
            ]
    return attrs.evolve(scenario, places=tuple(places.values()), fleet=tuple(fleet))


def _dispatch(stages: Sequence[StageSlot], state: State) -> Schedule:
    """Return the stages with dispatches from the first to the last departure there is."""
    leaves: dict[str, list[int]] = {}
    for trip in state.trips.values():
        if trip.echelon == OUT[0]:
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


def _at_risk(state: State) -> tuple[AtRisk, ...]:
    """Return every station that may not have all on time, those with most voters first."""
    found: dict[str, AtRisk] = {}

    def note(station: str, incident: str, code: str, texts: tuple[str, ...]) -> None:
        place = state.scenario.by_code[station]
        if place.kind is PlaceKind.STATION and station not in found:
            found[station] = AtRisk(
                station=station, name=place.name, voters=place.voters, incident=incident,
                code=code, reason=texts[0], reason_id=texts[1], action=texts[2],
                action_id=texts[3],
            )  # fmt: skip

    for trip_id in state.frozen:
        trip = state.trips[trip_id]
        if trip.echelon not in OUT:
            continue
        hits = state.blocks.hit_trip(trip, after_s=state.now_s)
        moved = state.moved(trip)
        for stop in trip.stops:
            if hits and stop.arrive_s > hits[0].from_s:
                texts = reasons(
                    state.plan.election, "under-way",
                    trip=trip.id, place=stop.place, incident=hits[0].id,
                )  # fmt: skip
                for kit in stop.kits:
                    note(kit, hits[0].id, "under-way", texts)
            elif moved:
                at = {i.station for i in state.incidents if isinstance(i, StationMoved)}
                if stop.place in at:
                    texts = reasons(
                        state.plan.election, "moved",
                        trip=trip.id, place=stop.place, incident=moved,
                    )  # fmt: skip
                    note(stop.place, moved, "moved", texts)
    for kit, (unserved, incident) in state.dropped.items():
        texts = (unserved.reason, unserved.reason_id, unserved.action, unserved.action_id)
        note(kit, incident, unserved.code, texts)
    for flood in (i for i in state.incidents if isinstance(i, Flooded)):
        begins, ends = flood.from_s, flood.until_s
        if begins < _VOTING_S[1] and (ends is None or ends > _VOTING_S[0]):
            for code in sorted(state.blocks.flooded(flood)):
                texts = reasons(state.plan.election, "flooded", place=code, incident=flood.id)
                note(code, flood.id, "flooded", texts)
    return tuple(sorted(found.values(), key=lambda r: (-r.voters, r.station)))
