"""Receipt and count at warehouses: between what arrives and the work that waits for it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date

import attrs

from silog_core.domain.demand import Needs
from silog_core.domain.labour import Labour, whole_days
from silog_core.domain.locale import number
from silog_core.domain.plan import Shortfall, StageSlot
from silog_core.domain.presses import receiving_at
from silog_core.domain.scenario import Scenario
from silog_core.domain.stages import RECEIPT
from silog_core.planning.regency import subtree
from silog_core.rules.book import RuleBook

_WHY = (
    "; {people} people at {place} count {packs} packs in {days} working days before the work"
    " begins",
    "; {people} orang di {place} menghitung {packs_id} koli selama {days} hari kerja sebelum"
    " pekerjaan dimulai",
)
_MEND = (
    "; or find more people in [[receiving]], or give items the pack_size that is counted",
    "; atau tambah people di [[receiving]], atau isi pack_size barang sesuai yang dihitung",
)


@attrs.frozen(kw_only=True)
class Receipt:
    """How long the count of what arrives at one warehouse takes, and by when it is due."""

    people: int
    #: What is counted [packs], the working days that it takes, and days without work.
    packs: int
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


Counts = Mapping[bool, Receipt]


def receipts(
    scenario: Scenario, book: RuleBook, needs: Needs, warehouses: Iterable[str]
) -> Mapping[str, Counts]:
    """Return the count of equipment (False) and of ballots (True) at each warehouse.

    Empty where the scenario says nothing of those who count. What is needed is counted
    whole, in packs of each item and area, whatever part of it lies there already.

    Args:
        scenario: Who counts, and the voting day.
        book: Sizes of packs, and days off.
        needs: What all places need.
        warehouses: Where things are counted.
    """
    crews = {
        w: receiving_at(scenario.receivings, scenario.by_code[w].region) for w in warehouses
    }
    found: dict[str, Counts] = {w: {} for w in crews}
    packs = _packs(scenario, book, needs, [w for w, crew in crews.items() if crew])
    for (place, is_ballot), count in sorted(packs.items()):
        crew = crews[place]
        assert crew is not None  # only where somebody counts
        off = book.days_off(scenario.by_code[place].region)
        receipt = Receipt(
            people=crew.people, days=crew.days(count), packs=count,
            days_off=frozenset(d.day for d in off), voting_day=scenario.election.voting_day,
        )  # fmt: skip
        found[place] = {**found[place], is_ballot: receipt}
    return found


def _packs(
    scenario: Scenario, book: RuleBook, needs: Needs, warehouses: Iterable[str]
) -> Mapping[tuple[str, bool], int]:
    """Return the packs of equipment and of ballots for all that hangs below a warehouse."""
    home = {p.code: w for w in warehouses for p in subtree(scenario, w)}
    pieces: dict[tuple[str, bool, str, str], int] = {}
    for column in needs.columns if home else ():
        level, contest = needs.level(column.per), column.contest
        for code, region, quantity in zip(
            level.codes, level.regions, column.quantities, strict=True
        ):
            if quantity and code in home:
                area = contest.area_of(region) if contest else ""
                key = (home[code], contest is not None, column.item, area)
                pieces[key] = pieces.get(key, 0) + quantity
    packs: dict[tuple[str, bool], int] = {}
    for (place, is_ballot, code, _), quantity in pieces.items():
        item = book.item(code)
        more = item.packs(quantity) if item else quantity
        packs[place, is_ballot] = packs.get((place, is_ballot), 0) + more
    return packs


def tell_counts(
    scenario: Scenario,
    shortfalls: Sequence[Shortfall],
    counts: Mapping[str, Counts],
    ballots: Collection[str],
) -> tuple[Shortfall, ...]:
    """Return shortfalls that say how long the count takes, where goods come too late for it.

    Args:
        scenario: Which places hang below which warehouse.
        shortfalls: What is missing, with reasons.
        counts: Counts of each warehouse.
        ballots: Items that are ballots.
    """
    home = {p.code: w for w, count in counts.items() if count for p in subtree(scenario, w)}
    return tuple(_told(gap, home, counts, ballots) for gap in shortfalls)


def _told(
    gap: Shortfall,
    home: Mapping[str, str],
    counts: Mapping[str, Counts],
    ballots: Collection[str],
) -> Shortfall:
    warehouse = home.get(gap.place, "")
    count = counts.get(warehouse, {}).get(gap.commodity.item in ballots)
    if gap.code != "time" or count is None:
        return gap
    said = {
        "days": count.days, "place": warehouse, "packs": number(count.packs, "en"),
        "people": count.people, "packs_id": number(count.packs, "id"),
    }  # fmt: skip
    return attrs.evolve(
        gap,
        reason=gap.reason + _WHY[0].format(**said),
        reason_id=gap.reason_id + _WHY[1].format(**said),
        action=gap.action + _MEND[0].format(**said),
        action_id=gap.action_id + _MEND[1].format(**said),
    )


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
