"""Work of warehouses to which a court adds stations: it begins earlier, or in more shifts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import timedelta
from typing import TYPE_CHECKING

import attrs

from silog_core.domain.calendar import DAY_S, day_of
from silog_core.domain.echelons import DISPATCH
from silog_core.domain.labour import force_at, labour_at
from silog_core.domain.places import PlaceKind
from silog_core.domain.plan import StageSlot
from silog_core.domain.workforce import MOST_SHIFTS
from silog_core.planning.schedule import work_amounts

if TYPE_CHECKING:
    from silog_core.planning.replanning.state import State

#: Stages that take work, in its order, and with what the names begin of what they wait for.
_WORK = {"sort-fold": "ballot-", "kitting": "equipment-"}


def lengthened(state: State, stages: Sequence[StageSlot]) -> tuple[StageSlot, ...]:
    """Return the stages, longer where more has to be sorted or packed than fits in them.

    Work that has not begun begins earlier, as far as today and the arrival of its goods
    allow; where that is not enough and people can be found, in more shifts. What fits in
    neither stays as it is, and the checks of the plan list it.
    """
    found = list(stages)
    for place, incident in sorted(_grown(state).items()):
        slots = {s.stage: s for s in stages if s.place == place and s.stage in _WORK}
        planned = set(state.plan.schedule.at(place))
        if not slots or not planned.issuperset(slots.values()):
            continue  # late goods have set it anew already
        longer = next(_tries(state, stages, place, slots), None)
        for i, slot in enumerate(stages):
            new = (longer or {}).get(slot.stage) if slot.place == place else None
            if new is None or new == slot:
                continue
            found[i] = new
            if new.start_s != slot.start_s:
                state.say("stage", place, incident, stage=slot.stage, new_s=new.start_s,
                          old_s=slot.start_s)  # fmt: skip
            if new.workers != slot.workers:
                state.say("crew", place, incident, stage=slot.stage, new=new.workers,
                          old=slot.workers)  # fmt: skip
    return tuple(found)


def _grown(state: State) -> dict[str, str]:
    """Return the warehouses that have more to do, with the incident."""
    added = {k: i for k, i in state.carry.items() if k not in state.lost_kits}
    return {
        state.warehouse(code): incident
        for code, incident in sorted((added | state.grown).items(), reverse=True)
    }


def _tries(
    state: State, stages: Sequence[StageSlot], place: str, slots: dict[str, StageSlot]
) -> Iterator[dict[str, StageSlot]]:
    """Yield the stages in which all of the work fits, those with the fewest shifts first."""
    home = state.scenario.by_code[place]
    force = force_at(state.scenario, home)
    now = 1 if force is None else force.shifts
    most = MOST_SHIFTS if force is None else now + force.shifts_to_add
    wanted = _pieces(state, place)
    today_s = -(-state.first_s // DAY_S) * DAY_S
    for shifts in range(now, most + 1):
        made: dict[str, StageSlot] = {}
        end_s: int | None = None
        for stage in reversed([s for s in _WORK if s in slots]):
            slot = slots[stage]
            workers = slot.workers * shifts // now
            sheets = stage == "sort-fold"
            planned, crew = (
                labour_at(state.scenario, home, sheets=sheets, people=people)
                for people in (slot.workers, workers)
            )
            # Whoever is found now has done nothing yet of what was to be done until today.
            past = _days(state, place, slot.start_s, min(today_s, slot.finish_s))
            missed = crew.on(past) - planned.on(past)
            until_s = slot.finish_s if end_s is None else min(end_s, slot.finish_s)
            # What has begun does not begin again; what waits for goods, not before them.
            least_s = max(today_s, _came_s(state, stages, place, stage))
            least_s = slot.start_s if slot.start_s < state.now_s else least_s
            start_s = slot.start_s
            while crew.on(_days(state, place, start_s, until_s)) - missed < wanted[stage]:
                start_s -= DAY_S
                if start_s < least_s:
                    break
            else:
                end_s = start_s
                made[stage] = attrs.evolve(
                    slot, start_s=start_s, finish_s=until_s, workers=workers,
                    latest_start_s=slot.latest_start_s - (slot.start_s - start_s),
                )  # fmt: skip
                continue
            break
        else:
            yield made


def _days(state: State, place: str, start_s: int, until_s: int) -> list[bool]:
    """Return which of the days of a stage are worked."""
    off = {d.day for d in state.book.days_off(state.scenario.by_code[place].region)}
    first = day_of(start_s, state.plan.election.voting_day)
    days = max(0, until_s - start_s) // DAY_S
    return [first + timedelta(days=n) not in off for n in range(days)]


def _pieces(state: State, place: str) -> dict[str, int]:
    """Return the sheets that a warehouse sorts, and the kits of stations that leave it."""
    stations = {p.code for p in state.scenario.of_kind(PlaceKind.STATION)}
    kits = Counter(
        trip.home
        for trip in state.trips.values()
        if trip.echelon in DISPATCH
        for stop in trip.stops
        for kit in stop.kits
        if kit in stations
    )
    sheets = work_amounts(state.scenario, state.needs, [place])[place].sheets
    return {"sort-fold": sheets, "kitting": kits[place]}


def _came_s(state: State, stages: Sequence[StageSlot], place: str, stage: str) -> int:
    """Return when all that a stage works with is there [s]."""
    came = [
        s.finish_s for s in stages if s.place == place and s.stage.startswith(_WORK[stage])
    ]
    ballots = {c.item for c in state.needs.columns if c.contest is not None}
    came += [
        stop.depart_s
        for trip in state.trips.values()
        for stop in trip.stops
        if trip.echelon == "line-haul" and stop.place == place
        for load in stop.loads
        if load.to == place and (load.commodity.item in ballots) == (stage == "sort-fold")
    ]
    return max(came, default=-(10**9))
