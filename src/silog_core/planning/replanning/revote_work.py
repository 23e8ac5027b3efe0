"""When kits of re-votes are sorted and packed: by the people that there are, in their days."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

import attrs

from silog_core.domain.calendar import DAY_S, day_of
from silog_core.domain.labour import force_at, labour_at, people_at

if TYPE_CHECKING:
    from datetime import date

    from silog_core.domain.labour import Labour
    from silog_core.domain.revotes import RevoteKit
    from silog_core.planning.replanning.revote_drafts import Draft
    from silog_core.planning.replanning.state import State


@attrs.define(kw_only=True)
class _Crew:
    """The people of one warehouse, who do one piece of work after the other.

    Work is counted so that a day of all of them, fresh, is ``kits.fresh * sheets.fresh``:
    a kit is the one factor of it and a sheet the other.
    """

    kits: Labour
    sheets: Labour
    days_off: frozenset[date]
    voting_day: date
    #: Working hours of a day, from and until [s of the day].
    opens_s: int
    closes_s: int
    now_s: int
    #: First day of those on end that are worked until now.
    _since: int | None = None

    def done_s(self, ready_s: int, kits: int, sheets: int) -> int:
        """Do some work that cannot begin before *ready_s*; return when it is done [s]."""
        self.now_s = max(self.now_s, ready_s)
        left = kits * self.sheets.fresh + sheets * self.kits.fresh
        span_s = self.closes_s - self.opens_s
        while True:
            day = self.now_s // DAY_S
            begins = max(self.now_s, day * DAY_S + self.opens_s)
            ends = day * DAY_S + self.closes_s
            if day_of(self.now_s, self.voting_day) in self.days_off:
                self._since = None
            elif begins < ends:
                self._since = day if self._since is None else self._since
                # A day of full output, less what days on end take.
                whole = self._output(day - self._since + 1)
                if whole * (ends - begins) >= left * span_s:
                    self.now_s = begins - (-left * span_s // whole)
                    return self.now_s
                left -= whole * (ends - begins) // span_s
            self.now_s = (day + 1) * DAY_S

    def _output(self, nth_day: int) -> int:
        force = self.kits.force
        fresh = self.kits.fresh * self.sheets.fresh
        return fresh if force is None else max(1, fresh * force.output_pct(nth_day) // 100)


def pack(state: State, drafts: Iterable[Draft], kept: Iterable[RevoteKit]) -> None:
    """Set when each kit is packed, one after the other, as ballots and goods are there.

    Who votes first is packed first. Kits of earlier re-votes that are not packed yet go
    before; sheets that nobody has sorted are sorted by the same people.
    """
    busy: dict[str, int] = {}
    for kit in kept:
        busy[kit.warehouse] = max(busy.get(kit.warehouse, state.first_s), kit.packed_s)
    waiting: dict[str, list[Draft]] = {}
    for draft in sorted(drafts, key=lambda d: (d.order.day_s, d.ready_s, d.place.code)):
        waiting.setdefault(draft.warehouse, []).append(draft)
    for at, queue in waiting.items():
        crew = _crew(state, at, max(state.first_s, busy.get(at, state.first_s)))
        while queue:
            # Nobody waits for goods of one kit while those of another are there.
            there = [d for d in queue if d.ready_s <= crew.now_s]
            draft = there[0] if there else min(queue, key=lambda d: d.ready_s)
            queue.remove(draft)
            draft.packed_s = crew.done_s(draft.ready_s, 1, draft.unsorted)


def _crew(state: State, warehouse: str, now_s: int) -> _Crew:
    scenario = state.scenario
    home, handling = scenario.by_code[warehouse], scenario.handling
    slots = {s.stage: s for s in state.plan.schedule.at(warehouse)}
    people = slots["kitting"].workers if "kitting" in slots else 0
    if force_at(scenario, home) is not None or not people:
        voters = sum(
            p.voters
            for p in scenario.places
            if p.voters and state.warehouse(p.code) == warehouse
        )
        people = people_at(scenario, home, voters)
    return _Crew(
        kits=labour_at(scenario, home, sheets=False, people=people),
        sheets=labour_at(scenario, home, sheets=True, people=people),
        days_off=frozenset(d.day for d in state.book.days_off(home.region)),
        voting_day=state.plan.election.voting_day,
        opens_s=handling.first_hour * 3600, closes_s=handling.last_hour * 3600, now_s=now_s,
    )  # fmt: skip
