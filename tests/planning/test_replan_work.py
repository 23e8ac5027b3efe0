"""Stations that a court adds: sorting and packing begin earlier, or in more shifts."""

from __future__ import annotations

from datetime import timedelta

import attrs
import pytest
from tests.small_world import BOOK, DAY, RULES, book_of, planned, world

from silog_core.domain.calendar import day_of
from silog_core.domain.calendar_rules import DayOff
from silog_core.domain.incidents import AddedStation, StationsAdded
from silog_core.domain.labour import labour_at
from silog_core.domain.presses import Receiving
from silog_core.domain.stock import StockLot
from silog_core.domain.workforce import Workforce
from silog_core.planning.allocate import wanted_by_warehouse
from silog_core.planning.check import check_plan, check_replan
from silog_core.planning.needs import compute_needs
from silog_core.planning.replanning import replan
from silog_core.risk.assess import assess

DAY_S = 86_400
FORCE = Workforce(
    region="12", source="a list", workers=1, sheets_per_worker_day=100, kits_per_worker_day=1
)


def at_home(force=FORCE, *, permille=3000, book=BOOK, **more):
    """Return a regency whose goods lie in its warehouse, with people of whom more is known."""
    scenario = world(((((300, 200),),),), workforces=(force,), **more)
    wanted = wanted_by_warehouse(scenario, compute_needs(scenario, BOOK))
    stock = tuple(
        StockLot(place="12.01", item=ware.item, area=ware.area, lot="here",
                 quantity=sum(m.quantity for m in members) * permille // 1000)
        for (_, ware), members in wanted.items()
    )  # fmt: skip
    scenario = attrs.evolve(scenario, stock=stock)
    return scenario, planned(scenario, book)


def order(known_day, *, stations=1, voters=400):
    """A court adds stations."""
    return StationsAdded(
        id="court", known_at_s=known_day * DAY_S,
        stations=tuple(
            AddedStation(station=f"12.01.01.1001-{90 + n:03d}", voters=voters)
            for n in range(stations)
        ),
    )  # fmt: skip


def after(scenario, plan, incident, *, book=BOOK):
    """Return the re-plan with its findings, which both checkers accept."""
    answer = replan(scenario, book, plan, [incident], assess=assess)
    assert [] == check_plan(answer.scenario, answer.plan)
    assert [] == check_replan(scenario, plan, answer)
    return answer


def slots(plan):
    """Return sorting and packing."""
    return {s.stage: s for s in plan.schedule.stages if s.stage in ("sort-fold", "kitting")}


def short(answer):
    """Return the stages that a finding calls too short."""
    return [f for f in answer.plan.findings if f.check == "work-short"]


def test_the_work_begins_as_many_days_earlier_as_it_takes():
    """What a court adds is sorted and packed before the first dispatch, by the same people."""
    scenario, plan = at_home()
    answer = after(scenario, plan, order(-60))
    old, new = slots(plan), slots(answer.plan)
    crew = labour_at(scenario, scenario.by_code["12.01"], sheets=True, people=1)
    sheets = [
        sum(sum(c.quantities) for c in p.needs.columns if c.contest)
        for p in (plan, answer.plan)
    ]

    assert [] == short(answer)
    assert new["kitting"].start_s == old["kitting"].start_s - DAY_S
    assert new["kitting"].finish_s == old["kitting"].finish_s
    assert new["sort-fold"].finish_s <= new["kitting"].start_s
    days = [(s["sort-fold"].finish_s - s["sort-fold"].start_s) // DAY_S for s in (old, new)]
    assert [crew.days(n) for n in sheets] == days
    assert {"stage"} <= {c.kind for c in answer.changes}
    assert new["sort-fold"].workers == old["sort-fold"].workers


def test_days_off_are_not_worked():
    """What begins earlier begins earlier still where days before it are off."""
    _, plan = at_home()
    begins = day_of(slots(plan)["sort-fold"].start_s, DAY)
    off = book_of(
        *RULES,
        *(
            DayOff(scope="ID", source="a test", day=begins - timedelta(days=n), name="off")
            for n in (1, 2, 3)
        ),
    )
    scenario, plan = at_home(book=off)
    without = after(*at_home(), order(-60))
    answer = after(scenario, plan, order(-60), book=off)
    starts = [slots(a.plan)["sort-fold"].start_s // DAY_S for a in (without, answer)]

    assert [] == short(answer)
    assert 3 == starts[0] - starts[1]


def test_where_no_day_is_left_more_shifts_are_worked():
    """A second shift where people can be found for it."""
    force = attrs.evolve(FORCE, most_shifts=3)
    scenario, plan = at_home(force)
    begins = slots(plan)["sort-fold"].start_s // DAY_S
    answer = after(scenario, plan, order(begins - 1))
    new = slots(answer.plan)

    assert [] == short(answer)
    assert new["sort-fold"].workers in (2, 3)
    assert {"crew"} <= {c.kind for c in answer.changes}


def test_what_fits_in_neither_is_listed():
    """No day and no people more: the stages stay, and a finding says what is lacking."""
    scenario, plan = at_home()
    begins = slots(plan)["sort-fold"].start_s // DAY_S
    answer = after(scenario, plan, order(begins - 1))

    assert {"12.01"} == {f.place for f in short(answer)}
    assert slots(plan) == slots(answer.plan)


@pytest.mark.parametrize("known_day", range(-60, -4, 5))
def test_whenever_it_is_ordered_no_work_begins_in_the_past(known_day):
    """Work that is changed begins after the order, and no stage is listed that could fit."""
    scenario, plan = at_home()
    answer = after(scenario, plan, order(known_day))
    for old, new in zip(slots(plan).values(), slots(answer.plan).values(), strict=True):
        assert new == old or new.start_s > known_day * DAY_S
    early = known_day * DAY_S < slots(plan)["sort-fold"].start_s - 20 * DAY_S
    assert not (early and short(answer))


def test_what_arrives_where_nothing_was_to_arrive_is_counted():
    """A warehouse with all goods of its own gets some from a lot: they are counted first."""
    crew = Receiving(region="12", source="a list", people=2, packs_per_worker_day=3)
    scenario, plan = at_home(permille=1000, receivings=(crew,))
    spare = tuple(
        StockLot(place="PRINTER", item=x.item, area=x.area, quantity=900, lot="spare")
        for x in scenario.stock
    )
    answer = after(attrs.evolve(scenario, stock=scenario.stock + spare), plan, order(-60))
    counts = {s.stage for s in answer.plan.schedule.stages if s.stage.endswith("receipt")}

    assert not any(s.stage.endswith("receipt") for s in plan.schedule.stages)
    assert {"ballot-receipt", "equipment-receipt"} == counts
    assert () == answer.at_risk
