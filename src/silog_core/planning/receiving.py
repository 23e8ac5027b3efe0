"""Receipt and count at warehouses: between what arrives and the work that waits for it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date

import attrs

from silog_core.domain.demand import Needs
from silog_core.domain.labour import Labour, whole_days
from silog_core.domain.places import Place
from silog_core.domain.plan import StageSlot
from silog_core.domain.presses import receiving_at
from silog_core.domain.scenario import Scenario
from silog_core.rules.book import RuleBook

#: Stage of arrival, of receipt, and of the work that waits for both, by whether it is
#: ballots.
RECEIPT = {
    False: ("equipment-arrival", "equipment-receipt", "kitting"),
    True: ("ballot-arrival", "ballot-receipt", "sort-fold"),
}


@attrs.frozen(kw_only=True)
class Receipt:
    """How long the count of what arrives at one warehouse takes, and by when it is due."""

    people: int
    #: Working days, and the days on which nobody works.
    days: int
    days_off: frozenset[date]
    voting_day: date

    def latest_s(self, until_s: int) -> int:
        """Return when all has to be there at the latest, so that it is counted in time [s]."""
        a_day = Labour(fresh=1)
        return a_day.back(until_s, self.days, self.days_off, self.voting_day)[0]

    def run(self, there_s: int) -> tuple[int, int]:
        """Return when the count begins and ends of what is there at a moment [s]."""
        return whole_days(there_s, self.days, self.days_off, self.voting_day)

    def slot(self, place: str, *, is_ballot: bool, there_s: int, until_s: int) -> StageSlot:
        """Return the stage, from the first working day on which all is there."""
        _, stage, waiting = RECEIPT[is_ballot]
        start_s, finish_s = self.run(there_s)
        return StageSlot(
            stage=stage, place=place, start_s=start_s, finish_s=finish_s,
            latest_start_s=self.latest_s(until_s), workers=self.people, critical_next=waiting,
        )  # fmt: skip


def receipts(
    scenario: Scenario,
    book: RuleBook,
    needs: Needs,
    warehouse: Place,
    members: Iterable[Place],
) -> Mapping[bool, Receipt]:
    """Return the count of equipment (False) and of ballots (True) at a warehouse.

    Empty where the scenario says nothing of those who count. What is needed is counted
    whole, in packs of each item and area, whatever part of it lies there already.

    Args:
        scenario: Who counts, and the voting day.
        book: Sizes of packs, and days off.
        needs: What all places need.
        warehouse: The warehouse.
        members: It and all places below it.
    """
    crew = receiving_at(scenario.receivings, warehouse.region)
    if crew is None:
        return {}
    inside = {p.code for p in members}
    pieces: dict[tuple[bool, str, str], int] = {}
    for column in needs.columns:
        level = needs.level(column.per)
        areas = [column.contest.area_of(r) for r in level.regions] if column.contest else None
        for n, (code, quantity) in enumerate(zip(level.codes, column.quantities, strict=True)):
            if quantity and code in inside:
                key = (areas is not None, column.item, areas[n] if areas else "")
                pieces[key] = pieces.get(key, 0) + quantity
    packs: dict[bool, int] = {}
    for (is_ballot, code, _), quantity in pieces.items():
        item = book.item(code)
        packs[is_ballot] = packs.get(is_ballot, 0) + (
            item.packs(quantity) if item else quantity
        )
    off = frozenset(d.day for d in book.days_off(warehouse.region))
    return {
        is_ballot: Receipt(
            people=crew.people, days=crew.days(count), days_off=off,
            voting_day=scenario.election.voting_day,
        )
        for is_ballot, count in sorted(packs.items())
    }  # fmt: skip


def arrival_slots(
    place: str,
    arrives: Mapping[bool, tuple[int, int]],
    due: Mapping[bool, int],
    counts: Mapping[bool, Receipt],
) -> Iterator[StageSlot]:
    """Yield arrival and count of equipment, then of ballots, as far as something arrives.

    Args:
        place: The warehouse.
        arrives: First arrival and last hand-over of equipment and of ballots [s].
        due: Latest start of the work that waits for it [s].
        counts: How long it is counted, see `receipts`.
    """
    for is_ballot, (stage, counting, waiting) in RECEIPT.items():
        if is_ballot not in arrives:
            continue
        first, last = arrives[is_ballot]
        count = counts.get(is_ballot)
        due_s = due[is_ballot] if count is None else count.latest_s(due[is_ballot])
        yield StageSlot(
            stage=stage, place=place, start_s=first, finish_s=last,
            latest_start_s=due_s - (last - first),
            critical_next=waiting if count is None else counting,
        )  # fmt: skip
        if count is not None:
            yield count.slot(place, is_ballot=is_ballot, there_s=last, until_s=due[is_ballot])
