"""A plan with branches that leave earlier: by hours where it can, with the goods they need."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import attrs

from silog_core.domain.calendar import DAY_S, day_start_s
from silog_core.domain.demand import Commodity
from silog_core.domain.plan import Plan, Trip
from silog_core.domain.scenario import Scenario
from silog_core.domain.shocks import ShockModel
from silog_core.domain.stages import BALLOTS, OTHERS, WORK
from silog_core.domain.time_buffers import Target
from silog_core.risk.plan_shift import moved_earlier

_HOUR_S = 3600


@attrs.frozen(kw_only=True)
class Branch:
    """Tours below one warehouse that hand kits or vehicles to each other."""

    warehouse: str
    name: str
    trips: tuple[str, ...]
    #: Target of each station.
    targets: Mapping[str, Target]


class Mover:
    """Moves branches of one plan, their work, and the goods that it waits for."""

    def __init__(self, plan: Plan, scenario: Scenario | None, model: ShockModel) -> None:
        self.plan, self.scenario, self.model = plan, scenario, model
        self.trips = {t.id: t for t in plan.trips}
        self.hauls = [t for t in plan.trips if t.echelon == "line-haul"]
        self.ballots = {c.item for c in plan.needs.columns if c.contest is not None}
        self.hauls.sort(key=lambda t: (t.depart_s, t.id))

    def rounded_s(self, branch: Branch, needed_s: int) -> int:
        """Return by how much a branch leaves earlier to cover a delay [s].

        Whole hours, where all its trips then still lie in the hours of their mode; whole
        days otherwise.
        """
        by_s = -(-needed_s // _HOUR_S) * _HOUR_S
        if all(self._open(self.trips[t], by_s) for t in branch.trips):
            return by_s
        return -(-needed_s // DAY_S) * DAY_S

    def moved(
        self, branches: Sequence[Branch], wanted: Mapping[str, int]
    ) -> tuple[Plan, Mapping[str, int]]:
        """Return the plan with branches moved, and by how much each is [s].

        The work of a warehouse goes to earlier days with its branches, and the line haul
        that it waits for as well, as far as lots allow. Where they do not, the work stays,
        and branches leave no earlier than it is done.
        """
        most: dict[str, int] = {}
        for b in branches:
            most[b.warehouse] = max(most.get(b.warehouse, 0), wanted[b.name])
        work: dict[str, int] = {}
        hauls: dict[str, int] = {}
        for place, by_s in sorted(most.items()):
            work_s = -(-by_s // DAY_S) * DAY_S
            found = self._goods(place, work_s) if work_s else None
            if found is not None:
                work[place] = work_s
                for name, shift_s in found.items():
                    hauls[name] = max(hauls.get(name, 0), shift_s)
        got, trips = {}, dict(hauls)
        for b in branches:
            by_s = wanted[b.name]
            if by_s and b.warehouse not in work:
                by_s = self.rounded_down_s(b, min(by_s, self._room_s(b)))
            got[b.name] = by_s
            trips.update(dict.fromkeys(b.trips, by_s))
        moved = moved_earlier(self.plan, trips, work)
        if hauls:
            moved = _with_arrivals(moved, set(work))
        return _with_dispatch(moved, {b.warehouse for b in branches if got[b.name]}), got

    def rounded_down_s(self, branch: Branch, room_s: int) -> int:
        """Return the most that a branch can leave earlier within some room [s]."""
        by_s = room_s // _HOUR_S * _HOUR_S
        while by_s > 0 and self.rounded_s(branch, by_s) != by_s:
            by_s -= _HOUR_S
        return max(0, by_s)

    def _open(self, trip: Trip, by_s: int) -> bool:
        """Say whether every hop of a trip, that much earlier, lies in its hours."""
        first, last = self.model.work_first_hour, self.model.work_last_hour
        if trip.mode in self.model.daylight:
            first, last = self.model.first_hour, self.model.last_hour
        at_s = trip.depart_s
        for stop in trip.stops:
            start_s, end_s = at_s - by_s, stop.arrive_s - by_s
            day_s = start_s // DAY_S * DAY_S
            if start_s < day_s + first * 3600 or end_s > day_s + last * 3600:
                return False
            at_s = stop.depart_s
        return True

    def _room_s(self, branch: Branch) -> int:
        """Return how much earlier a branch could leave with its work where it is [s]."""
        done = [
            s.finish_s
            for s in self.plan.schedule.stages
            if s.stage in WORK and s.place == branch.warehouse
        ]
        first = min(
            (self.trips[t].depart_s for t in branch.trips
             if self.trips[t].home == branch.warehouse), default=0,
        )  # fmt: skip
        return max(0, first - max(done)) if done else 7 * DAY_S

    def _goods(self, place: str, work_s: int) -> dict[str, int] | None:
        """Return by how much each trip of the line haul leaves earlier; None if it cannot."""
        starts = {
            s.stage: s.start_s - work_s
            for s in self.plan.schedule.stages
            if s.stage in WORK and s.place == place
        }
        if not starts:
            return {}
        ballots_s = next(starts[s] for s in (*BALLOTS, *OTHERS) if s in starts)
        others_s = next((starts[s] for s in OTHERS if s in starts), ballots_s)
        found: dict[str, int] = {}
        # From the last to the first: who brings goods on needs all that it carries before.
        need: dict[tuple[str, str, Commodity], int] = {}
        for trip in reversed(self.hauls):
            late_s = 0
            for stop in trip.stops:
                for load in stop.loads:
                    by_s = need.get((stop.place, load.to, load.commodity))
                    if load.to == stop.place == place:
                        by_s = ballots_s if load.commodity.item in self.ballots else others_s
                    if by_s is not None:
                        late_s = max(late_s, stop.depart_s - by_s)
            if late_s <= 0:
                continue
            shift_s = -(-late_s // DAY_S) * DAY_S
            leaves_s = trip.depart_s - shift_s
            if leaves_s < self._released_s(trip):
                return None
            found[trip.id] = shift_s
            for stop in trip.stops:
                for load in stop.loads:
                    key = (trip.home, load.to, load.commodity)
                    need[key] = min(need.get(key, leaves_s), leaves_s)
        return found

    def _released_s(self, trip: Trip) -> int:
        """Return the first moment at which the lots of a trip can leave its home [s].

        Without a scenario nobody knows, and it is when the trip leaves.
        """
        if self.scenario is None:
            return trip.depart_s
        items = {x.commodity.item for s in trip.stops for x in s.loads}
        vote = self.plan.election.voting_day
        dates = [
            day_start_s(lot.from_date, vote)
            for lot in self.scenario.stock
            if lot.place == trip.home and lot.item in items and lot.from_date is not None
        ]
        # What a press makes is there when it is done.
        dates += [
            slot.finish_s
            for slot in self.plan.schedule.at(trip.home)
            if slot.load is not None
            for s in trip.stops
            for x in s.loads
            if (slot.load.commodity, slot.load.to) == (x.commodity, x.to)
        ]
        return max((d for d in dates if d <= trip.depart_s), default=-(10**12))


def _with_arrivals(plan: Plan, places: set[str]) -> Plan:
    """Return a plan whose slots of arrival are those of its line haul at some places."""
    ballots = {c.item for c in plan.needs.columns if c.contest is not None}
    found: dict[tuple[str, str], list[tuple[int, int]]] = {}
    for trip in plan.trips:
        for stop in trip.stops:
            for load in stop.loads:
                if load.to == stop.place and stop.place in places:
                    kind = "ballot" if load.commodity.item in ballots else "equipment"
                    times = (stop.arrive_s, stop.depart_s)
                    found.setdefault((f"{kind}-arrival", stop.place), []).append(times)
    slots = []
    for slot in plan.schedule.stages:
        times_of = found.get((slot.stage, slot.place))
        if not times_of:
            slots.append(slot)
            continue
        slots.append(
            attrs.evolve(
                slot,
                start_s=min(arrive_s for arrive_s, _ in times_of),
                finish_s=max(depart_s for _, depart_s in times_of),
            )
        )
    return attrs.evolve(plan, schedule=attrs.evolve(plan.schedule, stages=tuple(slots)))


def _with_dispatch(plan: Plan, places: set[str]) -> Plan:
    """Return a plan in which dispatch begins with the first tour, at some warehouses."""
    first: dict[str, int] = {}
    for trip in plan.trips:
        if trip.home in places and trip.echelon in ("warehouse-hub", "hub-village"):
            first[trip.home] = min(first.get(trip.home, trip.depart_s), trip.depart_s)
    slots = tuple(
        attrs.evolve(
            slot,
            start_s=first[slot.place],
            finish_s=first[slot.place] + slot.finish_s - slot.start_s,
        )
        if slot.stage == "dispatch" and slot.place in first
        else slot
        for slot in plan.schedule.stages
    )
    return attrs.evolve(plan, schedule=attrs.evolve(plan.schedule, stages=slots))
