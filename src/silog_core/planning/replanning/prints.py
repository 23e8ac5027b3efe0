"""What presses make after incidents: the orders of the plan, and new ones behind them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

import attrs

from silog_core.domain.demand import Needs
from silog_core.domain.incidents import Incident, PressStopped
from silog_core.domain.places import PlaceKind
from silog_core.domain.plan import Load, Plan, StageSlot, Supply, Trip
from silog_core.domain.presses import Press, press_for
from silog_core.domain.scenario import Scenario
from silog_core.domain.stages import RECEIPT
from silog_core.planning.printing import press_hours, stopped_by
from silog_core.planning.receiving import Counts as Receipts
from silog_core.planning.receiving import receipts
from silog_core.rules.book import RuleBook

#: Long before anything moves, and long after [s].
_EVER, _NEVER = -(10**9), 10**7


@attrs.define(kw_only=True)
class Prints:
    """Knows when each order is printed, and takes new ones, which wait for all others."""

    scenario: Scenario
    book: RuleBook
    plan: Plan
    #: Nothing new begins before [s].
    first_s: int
    incidents: tuple[Incident, ...] = ()
    #: Orders of the plan that a press makes later, and the incident for which it stands.
    moved: dict[StageSlot, tuple[StageSlot | None, str]] = attrs.field(init=False)
    #: New orders, in the order in which they were taken.
    more: list[StageSlot] = attrs.field(factory=list)

    def __attrs_post_init__(self) -> None:
        self.moved = {}
        for press in self.scenario.presses:
            stops = [
                i
                for i in self.incidents
                if isinstance(i, PressStopped)
                and press in stopped_by(i, self.scenario.presses)
            ]
            if stops:
                self._stop(press, max(stops, key=lambda i: i.ready_s))

    def _stop(self, press: Press, stop: PressStopped) -> None:
        """Put what a press has not made yet after the moment at which it works again."""
        presses, now_s = self.scenario.presses, self.first_s
        free_s = max(stop.ready_s, now_s)
        for slot in sorted(self.plan.schedule.stages, key=lambda s: s.start_s):
            if slot.load is None or slot.finish_s <= now_s:
                continue
            if press_for(presses, slot.place, slot.load.commodity.item) != press:
                continue
            new = self._later(press, slot, free_s)
            if new is not None:
                free_s = new.finish_s
            if new != slot:
                self.moved[slot] = (new, stop.id)

    def _later(self, press: Press, slot: StageSlot, free_s: int) -> StageSlot | None:
        """Return an order that goes on, or begins, when its press is free; None is never."""
        assert slot.load is not None  # the caller saw to it
        hours = press_hours(self.scenario, self.book, press)
        work_s, start_s = press.work_s(slot.load.quantity), slot.start_s
        goes_on: int | None = free_s
        if start_s < self.first_s:
            spans = hours.within(start_s, self.first_s)
            work_s = max(0, work_s - sum(closes - opens for opens, closes in spans))
        else:
            goes_on = hours.advance(max(free_s, start_s), 0)
            start_s = start_s if goes_on is None else goes_on
        done = None if goes_on is None else hours.advance(goes_on, work_s)
        if done is None:
            return None
        return attrs.evolve(slot, start_s=start_s, finish_s=max(done, slot.finish_s))

    def stopped(self, supply: Supply) -> tuple[int, str] | None:
        """Return when a line is printed that a press makes later than planned, and why."""
        late = [self.moved[s] for s in self._planned(supply) if s in self.moved]
        if not late:
            return None
        return self.ready_s(supply), late[-1][1]

    def stages(self, stages: Iterable[StageSlot]) -> list[StageSlot]:
        """Return stages with orders at their new times, and new ones before them."""
        kept = [self.moved[s][0] if s in self.moved else s for s in stages]
        return [*self.more, *(s for s in kept if s is not None)]

    def changes(self) -> Iterator[tuple[StageSlot, StageSlot, str]]:
        """Yield each order before and after, with the incident."""
        for old, (new, incident) in self.moved.items():
            if new is not None:
                yield old, new, incident

    def ready_s(self, supply: Supply) -> int:
        """Return when a line is printed [s]; long ago where no press makes it.

        An order that nobody has placed yet is done after all others on its press.
        """
        press = self._press(supply)
        if press is None:
            return _EVER
        known = [s.finish_s for s in self._orders(supply)]
        if any(self.moved.get(s, (s, ""))[0] is None for s in self._planned(supply)):
            return _NEVER
        return max(known) if known else self._next(press, supply.quantity)[1]

    def take(self, supply: Supply) -> None:
        """Place an order for one more line, where a press makes it."""
        press = self._press(supply)
        if press is None:
            return
        start_s, finish_s = self._next(press, supply.quantity)
        self.more.append(
            StageSlot(
                stage="print", place=press.place, start_s=start_s, finish_s=finish_s,
                latest_start_s=start_s, critical_next="line-haul",
                load=Load(commodity=supply.commodity, quantity=supply.quantity, to=supply.to),
                turn=len(self._orders(supply)) + 1,
            )
        )  # fmt: skip

    def _press(self, supply: Supply) -> Press | None:
        return press_for(self.scenario.presses, supply.from_place, supply.commodity.item)

    def _all(self) -> list[StageSlot]:
        return self.stages(self.plan.schedule.stages)

    def _planned(self, supply: Supply) -> list[StageSlot]:
        key = (supply.from_place, supply.commodity, supply.to)
        return [
            s
            for s in self.plan.schedule.stages
            if s.load and (s.place, s.load.commodity, s.load.to) == key
        ]

    def _orders(self, supply: Supply) -> list[StageSlot]:
        key = (supply.from_place, supply.commodity, supply.to)
        return [
            s for s in self._all() if s.load and (s.place, s.load.commodity, s.load.to) == key
        ]

    def _next(self, press: Press, pieces: int) -> tuple[int, int]:
        """Return when a press begins and ends one more order [s]."""
        hours = press_hours(self.scenario, self.book, press)
        presses = self.scenario.presses
        busy = [
            s.finish_s
            for s in self._all()
            if s.load and press_for(presses, s.place, s.load.commodity.item) == press
        ]
        times = hours.job(max([self.first_s, *busy]), press.work_s(pieces))
        return times or (_NEVER, _NEVER)


@attrs.define(kw_only=True)
class Counts:
    """Knows how long what arrives at each warehouse is counted."""

    scenario: Scenario
    book: RuleBook
    needs: Needs
    _known: Mapping[str, Receipts] | None = None

    def at(self, place: str) -> Receipts:
        """Return the count of equipment (False) and of ballots (True) at a warehouse."""
        if self._known is None:
            homes = [p.code for p in self.scenario.of_kind(PlaceKind.WAREHOUSE)]
            self._known = receipts(self.scenario, self.book, self.needs, homes)
        return self._known.get(place, {})

    def done_s(self, place: str, there_s: int, *, is_ballot: bool) -> int:
        """Return when all is counted that is there at a moment [s]."""
        count = self.at(place).get(is_ballot)
        # What never comes is not counted either.
        return there_s if count is None or there_s >= _NEVER else count.run(there_s)[1]

    def due_s(self, place: str, work_s: int, *, is_ballot: bool) -> int:
        """Return when something has to be there for work that begins at a moment [s]."""
        count = self.at(place).get(is_ballot)
        return work_s if count is None else count.latest_s(work_s)

    def days(self, place: str, *, is_ballot: bool) -> int:
        """Return the working days of a count, 0 where nobody counts."""
        count = self.at(place).get(is_ballot)
        return 0 if count is None else count.days

    def stages(self, stages: Sequence[StageSlot], trips: Sequence[Trip]) -> list[StageSlot]:
        """Return stages with each count after the last arrival that there is now."""
        if not self.scenario.receivings:
            return list(stages)
        ballots = {c.item for c in self.needs.columns if c.contest is not None}
        last: dict[tuple[str, str], int] = {}
        for trip in trips:
            for stop in trip.stops:
                for load in stop.loads:
                    if load.to == stop.place:
                        stage = RECEIPT[load.commodity.item in ballots][1]
                        key = (stage, stop.place)
                        last[key] = max(last.get(key, stop.depart_s), stop.depart_s)
        found = []
        for slot in stages:
            there_s = last.get((slot.stage, slot.place))
            if there_s is not None and there_s > slot.start_s:
                is_ballot = slot.stage == RECEIPT[True][1]
                start_s, finish_s = self.at(slot.place)[is_ballot].run(there_s)
                found.append(attrs.evolve(slot, start_s=start_s, finish_s=finish_s))
            else:
                found.append(slot)
        known = {(s.stage, s.place) for s in stages}
        return [*self._first(known, last, stages), *found]

    def _first(
        self,
        known: Collection[tuple[str, str]],
        last: Mapping[tuple[str, str], int],
        stages: Sequence[StageSlot],
    ) -> Iterator[StageSlot]:
        """Yield counts at warehouses at which nothing was planned to arrive."""
        for is_ballot, (_, stage, waiting) in RECEIPT.items():
            for (name, place), there_s in sorted(last.items()):
                count = self.at(place).get(is_ballot) if name == stage else None
                if count is None or (stage, place) in known:
                    continue
                work = {s.stage: s.latest_start_s for s in stages if s.place == place}
                until_s = work.get(waiting, work.get("kitting", there_s))
                yield count.slot(place, is_ballot=is_ballot, there_s=there_s, until_s=until_s)
