"""People at warehouses: no more than there are, and no more done than they can do."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from silog_core.domain.calendar import DAY_S
from silog_core.domain.echelons import DISPATCH
from silog_core.domain.places import PlaceKind
from silog_core.domain.plan import Plan, StageSlot
from silog_core.domain.scenario import Scenario
from silog_core.domain.violations import Violation
from silog_core.domain.workforce import Workforce

_WORK = ("sort-fold", "kitting")


def check_labour(scenario: Scenario, plan: Plan) -> Iterator[Violation]:
    """Yield stages with more people than there are, or too short for their pieces.

    Warehouses of which the scenario says nothing are not looked at, nor is work that a
    finding says is too short, as where a court adds stations. A plan does not say
    which days are off, so a stage is short when no choice of them would do: days off
    let people recover, and are given to them wherever that helps.
    """
    if not scenario.workforces:
        return
    home = homes_of(scenario)
    voters: Counter[str] = Counter()
    stations = {p.code for p in scenario.of_kind(PlaceKind.STATION)}
    for place in scenario.of_kind(PlaceKind.STATION):
        voters[home.get(place.code, "")] += place.voters
    # Kits that nobody carries are listed elsewhere, and need not be packed.
    kits = Counter(
        trip.home
        for trip in plan.trips
        if trip.echelon in DISPATCH
        for stop in trip.stops
        for kit in stop.kits
        if kit in stations
    )
    sheets: Counter[str] = Counter()
    for column in plan.needs.columns:
        if column.contest is not None:
            codes = plan.needs.level(column.per).codes
            for code, pieces in zip(codes, column.quantities, strict=True):
                sheets[home.get(code, "")] += pieces
    listed = {f.place for f in plan.findings if f.check == "work-short"}
    for slot in plan.schedule.stages:
        force = force_of(scenario, slot.place) if slot.stage in _WORK else None
        if force is None:
            continue
        by_voters = max(4, -(-voters[slot.place] // scenario.handling.voters_per_worker))
        most = (force.workers or by_voters) * (force.most_shifts or force.shifts)
        if slot.workers > most:
            yield Violation(
                code="too-few-people", where=slot.place,
                text=f"{slot.stage} has {slot.workers} workers, and {most} can be found",
            )  # fmt: skip
        wanted = (sheets if slot.stage == "sort-fold" else kits)[slot.place]
        days = (slot.finish_s - slot.start_s) // DAY_S
        done = most_done(scenario, slot, days)
        if done < wanted and slot.place not in listed:
            yield Violation(
                code="work-short", where=slot.place,
                text=f"{slot.workers} workers do at most {done} of {wanted} pieces of"
                f" {slot.stage} in {days} days",
            )  # fmt: skip


def most_done(scenario: Scenario, slot: StageSlot, days: int) -> int:
    """Return the most that the people of a stage can have done after so many days."""
    handling, force = scenario.handling, force_of(scenario, slot.place)
    rate = handling.sheets_per_worker_day
    own = force.sheets_per_worker_day if force else None
    if slot.stage != "sort-fold":
        rate = handling.kits_per_worker_day
        own = force.kits_per_worker_day if force else None
    each = slot.workers * (own or rate)
    if force is None or force.fresh_days is None:
        return each * max(0, days)
    # best[s]: most done so far, when the last s days were worked on end.
    best = {0: 0}
    for _ in range(max(0, days)):
        after = {0: max(best.values())}
        for worked, done in best.items():
            tired = max(0, worked + 1 - force.fresh_days)
            share = max(force.least_pct, 100 - tired * force.drop_pct) if tired else 100
            after[worked + 1] = done + max(1, each * share // 100)
        best = after
    return max(best.values())


def force_of(scenario: Scenario, code: str) -> Workforce | None:
    """Return what the narrowest region around a warehouse says."""
    region = scenario.by_code[code].region
    for force in sorted(scenario.workforces, key=lambda f: -f.region.depth):
        if force.region.covers(region):
            return force
    return None


def homes_of(scenario: Scenario) -> dict[str, str]:
    """Return the warehouse that each place hangs below; a warehouse is its own."""
    found: dict[str, str] = {}
    for place in scenario.places:
        at, seen = place, {place.code}
        while at.kind is not PlaceKind.WAREHOUSE and at.parent in scenario.by_code:
            at = scenario.by_code[at.parent]
            if at.code in seen:
                break
            seen.add(at.code)
        found[place.code] = at.code
    return found
