"""The schedule: stages of each warehouse, backwards from its dispatch."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import attrs

from silog_core.domain.calendar import DAY_S
from silog_core.domain.demand import Commodity, Needs
from silog_core.domain.echelons import DISPATCH
from silog_core.domain.labour import labour_at, people_at
from silog_core.domain.places import Place, PlaceKind
from silog_core.domain.plan import Schedule, StageSlot, Trip
from silog_core.domain.scenario import Scenario
from silog_core.planning.printing import PrintJob, print_slots
from silog_core.planning.receiving import Counts, arrival_slots, receipts
from silog_core.planning.regency import RegencyPlan, subtree, window
from silog_core.rules.book import RuleBook


@attrs.frozen(kw_only=True)
class WarehouseWork:
    """The work of one warehouse before its first vehicle leaves."""

    warehouse: str
    workers: int
    #: Working days of sorting and folding ballots, and of packing kits.
    sort_days: int
    kit_days: int
    #: Planned and latest start of each stage [s].
    sort_s: int
    latest_sort_s: int
    kit_s: int
    latest_kit_s: int
    dispatch_s: int
    latest_dispatch_s: int
    #: The count of equipment (False) and of ballots (True), where somebody counts.
    counts: Counts = attrs.field(factory=dict)

    def due_s(self, *, is_ballot: bool) -> int:
        """Return when material has to be there: ballots for sorting, the rest for kits.

        Where it is counted first, so much earlier.
        """
        start_s, count = (self.sort_s if is_ballot else self.kit_s), self.counts.get(is_ballot)
        return start_s if count is None else count.latest_s(start_s)


def warehouse_work(
    scenario: Scenario, book: RuleBook, needs: Needs, parts: Sequence[RegencyPlan]
) -> Mapping[str, WarehouseWork]:
    """Return the stages of each warehouse, backwards from its dispatch.

    A crew is what the scenario says of its people, or sized by the voters behind a
    warehouse; sorting and packing take whole working days, and days off are not worked.

    Args:
        scenario: Places and handling rates.
        book: Calendar of each region.
        needs: Ballots to sort and fold.
        parts: Planned areas, with their first departures.
    """
    counts = receipts(scenario, book, needs, [part.warehouse for part in parts])
    amounts = work_amounts(scenario, needs, [part.warehouse for part in parts])
    return {
        part.warehouse: _work(
            scenario,
            book,
            scenario.by_code[part.warehouse],
            part,
            amounts[part.warehouse],
            counts[part.warehouse],
        )
        for part in parts
    }


@attrs.frozen(kw_only=True)
class Amounts:
    """What has to be done at a warehouse, and for how many voters."""

    voters: int
    kits: int
    sheets: int


def work_amounts(
    scenario: Scenario, needs: Needs, warehouses: Iterable[str]
) -> Mapping[str, Amounts]:
    """Return what each warehouse sorts and packs for all that hangs below it."""
    ballots = _ballots_at(needs)
    found = {}
    for code in warehouses:
        members = subtree(scenario, code)
        found[code] = Amounts(
            voters=sum(p.voters for p in members),
            kits=sum(p.kind is PlaceKind.STATION for p in members),
            sheets=sum(ballots.get(p.code, 0) for p in members),
        )
    return found


def _ballots_at(needs: Needs) -> dict[str, int]:
    found: dict[str, int] = {}
    for column in needs.columns:
        if column.contest is not None:
            codes = needs.level(column.per).codes
            for code, quantity in zip(codes, column.quantities, strict=True):
                found[code] = found.get(code, 0) + quantity
    return found


def _work(
    scenario: Scenario,
    book: RuleBook,
    warehouse: Place,
    part: RegencyPlan,
    amounts: Amounts,
    counts: Counts,
) -> WarehouseWork:
    voting_day = scenario.election.voting_day
    off = frozenset(d.day for d in book.days_off(warehouse.region))
    workers = people_at(scenario, warehouse, amounts.voters)
    sorting = labour_at(scenario, warehouse, sheets=True, people=workers)
    packing = labour_at(scenario, warehouse, sheets=False, people=workers)
    last_s = window(book, warehouse, "dispatch")[1]
    dispatch_s = last_s if part.dispatch_s is None else part.dispatch_s
    latest_s = dispatch_s if part.latest_dispatch_s is None else part.latest_dispatch_s
    starts = []
    for leaves_s in (dispatch_s, latest_s):
        kit_s, kit_days = packing.back(leaves_s, max(1, amounts.kits), off, voting_day)
        sort_s, sort_days = sorting.back(kit_s, amounts.sheets, off, voting_day)
        starts.append((sort_s if sort_days else kit_s, sort_days, kit_s, kit_days))
    return WarehouseWork(
        warehouse=warehouse.code,
        workers=workers,
        sort_days=starts[0][1],
        kit_days=starts[0][3],
        sort_s=starts[0][0],
        latest_sort_s=starts[1][0],
        kit_s=starts[0][2],
        latest_kit_s=starts[1][2],
        dispatch_s=dispatch_s,
        latest_dispatch_s=latest_s,
        counts=counts,
    )


def due_dates(
    needs: Needs, work: Mapping[str, WarehouseWork]
) -> Mapping[tuple[str, Commodity], int]:
    """Return the latest arrival of each commodity at each warehouse [s]."""
    items = {c.item: c.contest is not None for c in needs.columns}
    areas: dict[str, set[str]] = {}
    for column in needs.columns:
        known = areas.setdefault(column.item, set())
        if column.contest is None:
            known.add("")
        else:
            known |= {column.contest.area_of(r) for r in needs.level(column.per).regions}
    return {
        (code, Commodity(item=item, area=area)): stage.due_s(is_ballot=is_ballot)
        for code, stage in sorted(work.items())
        for item, is_ballot in sorted(items.items())
        for area in sorted(areas[item])
    }


def schedule(
    work: Mapping[str, WarehouseWork],
    trips: Iterable[Trip],
    needs: Needs,
    jobs: Sequence[PrintJob] = (),
) -> Schedule:
    """Return all stages with their planned and latest starts; slack is the difference.

    Args:
        work: Stages of each warehouse, see `warehouse_work`.
        trips: All trips; those of the line haul say when material arrives.
        needs: Tells ballots from other material.
        jobs: What presses make, see `print_jobs`.

    Returns:
        What is printed, then the stages of each warehouse in the order of work.
    """
    trips = tuple(trips)
    ballots = {c.item for c in needs.columns if c.contest is not None}
    arrives: dict[tuple[str, bool], tuple[int, int]] = {}
    for trip in trips:
        for stop in trip.stops:
            for load in stop.loads:
                if load.to == stop.place:
                    key = (load.to, load.commodity.item in ballots)
                    first, last = arrives.get(key, (stop.arrive_s, stop.depart_s))
                    arrives[key] = (min(first, stop.arrive_s), max(last, stop.depart_s))
    slots: list[StageSlot] = list(print_slots(jobs, trips))
    for code, at in sorted(work.items()):
        came = {b: times for (to, b), times in arrives.items() if to == code}
        due = {False: at.latest_kit_s, True: at.latest_sort_s}
        slots += arrival_slots(code, came, due, at.counts)
        if at.sort_days:
            slots.append(
                StageSlot(
                    stage="sort-fold",
                    place=code,
                    start_s=at.sort_s,
                    finish_s=at.kit_s,
                    latest_start_s=at.latest_sort_s,
                    workers=at.workers,
                    critical_next="kitting",
                )
            )
        slots.append(
            StageSlot(
                stage="kitting",
                place=code,
                start_s=at.kit_s,
                finish_s=max(at.kit_s, at.dispatch_s // DAY_S * DAY_S),
                latest_start_s=at.latest_kit_s,
                workers=at.workers,
                critical_next="dispatch",
            )
        )
        slots.append(
            StageSlot(
                stage="dispatch",
                place=code,
                start_s=at.dispatch_s,
                finish_s=max(at.dispatch_s, _last_departure(code, trips)),
                latest_start_s=at.latest_dispatch_s,
                critical_next="at-hub",
            )
        )
    return Schedule(stages=tuple(slots))


def _last_departure(code: str, trips: Iterable[Trip]) -> int:
    return max(
        (t.depart_s for t in trips if t.home == code and t.echelon in DISPATCH),
        default=-(10**9),
    )
