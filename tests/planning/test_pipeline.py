"""The pipeline answers a shortage, lists what hangs in the air, and tells its progress."""

from __future__ import annotations

import attrs
import pytest

from silog_core.domain.places import PlaceKind
from silog_core.errors import InfeasibleError
from silog_core.planning.check import check_plan
from silog_core.planning.unserved import unserved
from small_world import BOOK, leg, planned, stocked, world


def test_a_shortage_is_an_answer_and_an_error_on_demand():
    """Sharing out is the default; whoever wants all or nothing says so."""
    scenario = stocked(world(), permille=500, items=("seal",))
    plan = planned(scenario)

    assert {"seal"} == {gap.commodity.item for gap in plan.shortfalls}
    assert all(
        gap.reason and gap.action and gap.reason != gap.reason_id for gap in plan.shortfalls
    )
    with pytest.raises(InfeasibleError, match="seal"):
        planned(scenario, require_feasible=True)


def test_pieces_missing_for_two_reasons_are_each_counted_once():
    """A leg that is too narrow and a stock that is too small add up to what is missing."""
    narrow = leg("PRINTER", "12.01", max_volume_cm3=20_000)
    scenario = stocked(world((((), ()),), legs=(narrow,)), permille=950)
    plan = planned(scenario)
    missing = {}
    for gap in plan.shortfalls:
        key = (gap.place, gap.commodity)
        assert key not in missing
        missing[key] = gap.missing
    brought = sum(x.quantity for x in plan.allocation.lines if x.commodity.item == "box")

    boxes = [gap for gap in plan.shortfalls if gap.commodity.item == "box"]
    assert ["leg-capacity", "supply"] == sorted(gap.code for gap in boxes)
    assert plan.needs.total("box") - brought == sum(
        n for (_, ware), n in missing.items() if ware.item == "box"
    )
    assert [] == check_plan(scenario, plan)


def test_a_place_below_no_warehouse_is_listed():
    """A hub without a parent keeps its kits and those below it, each with the fix."""
    scenario = world()
    places = tuple(
        attrs.evolve(p, parent="") if p.code == "12.01.02" else p for p in scenario.places
    )
    plan = planned(attrs.evolve(scenario, places=places))

    assert {"no-parent"} == {u.code for u in plan.unserved}
    assert {p.code for p in places if p.code.startswith("12.01.02")} == {
        u.kit for u in plan.unserved
    }
    assert all("parent" in u.action for u in plan.unserved)
    assert "not-carried" in {f.check for f in plan.findings}


@pytest.mark.parametrize("code", ["no-way", "no-vehicle", "too-big", "no-parent", "closed",
                                  "unready", "skill", "escort", "rest", "guard"])  # fmt: skip
def test_every_reason_is_told_in_both_languages(code):
    """What is left behind has a reason and an action in English and in Indonesian."""
    told = unserved(code, kit="A", echelon="hub-village", home="H", place="P", mode="road")
    texts = [told.reason, told.reason_id, told.action, told.action_id]

    assert len(set(texts)) == 4
    assert not any("{" in text for text in texts)


def test_a_plan_says_what_it_rests_on():
    """Estimates name the assumed stock and the items whose mass was guessed."""
    assumed, real = planned(world()), planned(stocked(world()))

    assert any("No stock is listed" in text for text in assumed.estimates)
    assert not any("No stock" in text for text in real.estimates)
    assert any("seal" in text and "estimate" in text for text in real.estimates)


def test_every_rate_that_a_need_rests_on_is_cited():
    """Each rule id of the needs has its formula and source in the plan."""
    plan = planned(world())
    used = {rule for column in plan.needs.columns for rule in column.rules}

    assert used == {note.id for note in plan.rules}
    assert all(note.source and note.formula for note in plan.rules)


def test_progress_is_told_from_nothing_to_all():
    """Each stage ends with all of it done, in the order of the work."""
    told = []
    planned(world(((), (), ())), progress=lambda *step: told.append(step))

    assert ["needs", "routes", "allocation", "checks"] == list(
        dict.fromkeys(s for s, *_ in told)
    )
    for stage in ("needs", "routes", "allocation", "checks"):
        steps = [(done, total) for name, done, total in told if name == stage]
        assert steps == sorted(steps)
        assert steps[-1][0] == steps[-1][1]
    assert [1, 2, 3] == [done for name, done, _ in told if name == "routes"]


def test_a_country_without_stations_is_planned_too():
    """No station, no trip below the warehouse; the warehouse still gets its own."""
    scenario = world(((),))
    plan = planned(scenario)

    assert [] == check_plan(scenario, plan)
    assert {"line-haul"} == {t.echelon for t in plan.trips}
    assert 3 == plan.needs.total("seal")


def test_stages_lead_up_to_the_dispatch():
    """Ballots come, are folded and packed, and the first vehicle leaves, in this order."""
    plan = planned(world())
    at = {s.stage: s for s in plan.schedule.at("12.01")}
    first = min(t.depart_s for t in plan.trips if t.echelon == "warehouse-hub")

    assert at["ballot-arrival"].finish_s <= at["sort-fold"].start_s
    assert at["equipment-arrival"].finish_s <= at["kitting"].start_s
    assert at["sort-fold"].finish_s <= at["kitting"].start_s
    assert at["kitting"].finish_s <= at["dispatch"].start_s == first
    assert all(s.slack_s >= 0 for s in at.values())


def test_a_bigger_area_needs_longer_or_more_hands():
    """Work before the dispatch grows with the ballots; crews grow with the voters."""
    small, big = (planned(world((((((600,) * n),),),))).schedule.at("12.01") for n in (1, 90))
    fold = [next(s for s in slots if s.stage == "sort-fold") for slots in (small, big)]

    assert fold[0].workers < fold[1].workers
    assert fold[0].finish_s - fold[0].start_s < fold[1].finish_s - fold[1].start_s


def test_the_book_travels_cut_to_what_a_worker_needs():
    """A regency's task holds its own places, no stock, and kits of its own alone."""
    tasks = []

    def run(work, given, done):
        tasks.extend(given)
        return [work(task) for task in given]

    planned(stocked(world(((((5,),),), (((5,),),)))), BOOK, run=run)

    for task in tasks:
        codes = {p.code for p in task.scenario.places}
        assert all(code.startswith(task.warehouse) for code in codes)
        assert {k.place for k in task.kits} <= codes
        assert () == task.scenario.stock
        assert PlaceKind.SUPPLIER not in {p.kind for p in task.scenario.places}


def test_kits_are_completed_before_anything_is_scattered():
    """Half the seals complete some stations when asked for, and none when shared evenly."""
    scenario = stocked(world(), permille=500, items=("seal",))
    even, kits = planned(scenario), planned(scenario, kits_first=True)
    kept = [{gap.place for gap in plan.shortfalls} for plan in (even, kits)]

    assert len(kept[1]) < len(kept[0])
    assert [
        sum(gap.missing for gap in even.shortfalls),
        [],
    ] == [sum(gap.missing for gap in kits.shortfalls), check_plan(scenario, kits)]


def test_a_plan_says_how_evenly_it_serves():
    """By warehouse and by remoteness: the island's hub is reached by water."""
    fair = planned(stocked(world(), permille=500, items=("seal",))).allocation.fairness
    whole = planned(world()).allocation.fairness

    assert [1_000_000, 0] == [whole.least_ppm, whole.gini_ppm]
    assert {"12.01"} == {place for place, _ in fair.by_place}
    assert ["road", "water"] == [group for group, _, _ in fair.by_group]
    assert 450_000 < fair.least_ppm < 550_000
    assert fair.gini_ppm
