"""What presses make after incidents: the orders of the plan, and new ones behind them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import attrs

from silog_core.domain.demand import Needs
from silog_core.domain.plan import Load, Plan, StageSlot, Supply, Trip
from silog_core.domain.presses import Press, press_for
from silog_core.domain.scenario import Scenario
from silog_core.planning.printing import press_hours
from silog_core.planning.receiving import RECEIPT, Receipt, receipts
from silog_core.planning.regency import subtree
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
    #: New orders, in the order in which they were taken.
    more: list[StageSlot] = attrs.field(factory=list)

    def ready_s(self, supply: Supply) -> int:
        """Return when a line is printed [s]; long ago where no press makes it.

        An order that nobody has placed yet is done after all others on its press.
        """
        press = self._press(supply)
        if press is None:
            return _EVER
        known = [s.finish_s for s in self._orders(supply)]
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

    def _all(self) -> tuple[StageSlot, ...]:
        return (*self.plan.schedule.stages, *self.more)

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
        start = hours.advance(max([self.first_s, *busy]), 0)
        done = None if start is None else hours.advance(start, press.work_s(pieces))
        return (_NEVER, _NEVER) if start is None or done is None else (start, done)


@attrs.define(kw_only=True)
class Counts:
    """Knows how long what arrives at each warehouse is counted."""

    scenario: Scenario
    book: RuleBook
    needs: Needs
    _known: dict[str, Mapping[bool, Receipt]] = attrs.field(factory=dict)

    def at(self, place: str) -> Mapping[bool, Receipt]:
        """Return the count of equipment (False) and of ballots (True) at a warehouse."""
        if place not in self._known:
            home, members = self.scenario.by_code[place], subtree(self.scenario, place)
            self._known[place] = receipts(self.scenario, self.book, self.needs, home, members)
        return self._known[place]

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
        return found
