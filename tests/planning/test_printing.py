"""Printing and receipt as stages: farthest first, in time where it can be, latest starts."""

from __future__ import annotations

from datetime import date, timedelta
from fractions import Fraction
from itertools import pairwise, permutations

import attrs
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from print_worlds import printed
from silog_core.domain.calendar_rules import DayOff
from silog_core.domain.demand import Commodity
from silog_core.domain.plan import Load, Supply
from silog_core.domain.presses import Press, Receiving, press_for
from silog_core.planning.check import check_plan
from silog_core.planning.hours import Hours
from silog_core.planning.printing import PrintJob, output_that_does, print_jobs
from silog_core.planning.timeline import critical_path, repair_forward
from silog_core.planning.timeline.critical import latest_starts
from silog_core.planning.timeline.network import network_of
from silog_core.reports.gantt import gantt
from small_world import (
    BOOK,
    DAY,
    RULES,
    book_of,
    leg,
    planned,
    stocked,
    world,
    worlds,
)

DAY_S = 86_400
FEW = settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
WORLDS = worlds(tight=False, capacities=False).flatmap(printed)
OFF = frozenset({DAY - timedelta(days=30), DAY - timedelta(days=29), DAY - timedelta(days=6)})
HOLIDAYS = book_of(
    *RULES, *(DayOff(scope="ID", source="a test", day=day, name="off") for day in OFF)
)


def press(rate=1_000, first=date(2024, 10, 1), **more):
    """Return a press of the printer."""
    return Press(
        place="PRINTER", pieces_per_day=rate, from_date=first, source="a test", **more
    )


def of(plan, *stages):
    """Return the stages of some names."""
    return [s for s in plan.schedule.stages if s.stage in stages]


@FEW
@given(WORLDS, st.sampled_from([BOOK, HOLIDAYS]))
def test_a_plan_with_presses_and_counts_is_sound(scenario, book):
    """Loads leave printed, work begins counted, no press does more than it can; 28 to 30."""
    assert [] == check_plan(scenario, planned(scenario, book))


@FEW
@given(WORLDS)
def test_what_a_press_makes_is_in_turn_without_a_pause(scenario):
    """Jobs of one press follow each other from its first day, and each ends within slack."""
    plan = planned(scenario)
    runs = {}
    for slot in of(plan, "print"):
        assert slot.slack_s >= 0
        runs.setdefault(
            press_for(scenario.presses, slot.place, slot.load.commodity.item), []
        ).append(slot)
    for one, slots in runs.items():
        assert (one.from_date - DAY).days * DAY_S <= slots[0].start_s
        for before, after in pairwise(slots):
            assert before.finish_s <= after.start_s
            assert before.latest_start_s + one.work_s(before.load.quantity) <= (
                after.latest_start_s
            )


@FEW
@given(WORLDS, st.data())
def test_one_second_later_than_the_latest_start_breaks_a_bound(scenario, data):
    """Latest starts of printing and counting are tight, days off or not."""
    book = data.draw(st.sampled_from([BOOK, HOLIDAYS]))
    plan = planned(scenario, book)
    network = network_of(scenario, book, plan)
    latest = latest_starts(network)
    for node in network.nodes.values():
        if node.slot is None or node.kind not in {
            "print", "equipment-receipt", "ballot-receipt"
        }:  # fmt: skip
            continue
        at_s, bound = latest[node.id]
        at = {link.to: latest[link.to][0] for link in node.next}
        if bound is None:
            continue
        bounds = list(node.bounds(at))
        run = node.clock.run(at_s)
        later = node.clock.run(at_s + 1)
        assert all(run[event] <= until for event, until, _ in bounds)
        assert later is None or any(later[event] > until for event, until, _ in bounds)
        # What the plan says is never later than what the network finds.
        assert node.slot.latest_start_s <= at_s or node.slot.slack_s < 0


@FEW
@given(WORLDS)
def test_the_plan_itself_is_a_run_of_its_network(scenario):
    """With today before everything nothing moves, so clocks and plans agree."""
    plan = planned(scenario)
    found = repair_forward(scenario, BOOK, plan, -200 * DAY_S)

    assert () == found.shifted
    assert plan.schedule.stages == found.plan.schedule.stages


@FEW
@given(WORLDS, st.integers(1, 50))
def test_late_printing_shifts_what_waits_and_no_more(scenario, days):
    """Repaired forward, presses and counts keep their laws; nothing is made earlier."""
    plan, now_s = planned(scenario), -days * DAY_S
    found = repair_forward(scenario, BOOK, plan, now_s, not_begun=["all"])
    after = {s.step: s for s in found.plan.schedule.stages}
    for slot in of(plan, "print", "ballot-receipt", "equipment-receipt"):
        assert slot.start_s <= after[slot.step].start_s
    # Late kits are listed; a press or a count that breaks its laws would not be.
    # Where no open hours are left a trip keeps its times, and all its kits are listed.
    never = any(u.late_s > 200 * DAY_S for u in found.unmet)
    codes = {v.code for v in check_plan(scenario, found.plan)}
    assert never or not codes & {"press", "unprinted", "receipt"}


def far_and_near():
    """Return two regencies, one a day and a half away, that share one printer."""
    scenario = world(((((300,),),), (((300,),),)))
    legs = (
        leg("PRINTER", "12.01", km=900, hours=50),
        leg("PRINTER", "12.02", km=10, hours=1),
    )
    return stocked(attrs.evolve(scenario, legs=legs))


def test_the_farthest_is_printed_first():
    """Invariant 31 holds on the press too: what leaves first is made first."""
    plan = planned(attrs.evolve(far_and_near(), presses=(press(),)))
    ballots = [s for s in of(plan, "print") if s.load.commodity.area and s.load.to]
    governor = [s.load.to for s in ballots if s.load.commodity.item == "ballot-governor"]

    assert ["12.01", "12.02"] == governor
    assert not plan.unserved


def test_a_press_that_is_too_slow_is_told_with_an_output_that_does():
    """What is not in time has a reason, and with the output that it names all is printed."""
    slow = attrs.evolve(far_and_near(), presses=(press(15),))
    plan = planned(slow)
    told = [u for u in plan.unserved if u.code == "press-slow"]
    outputs = {int(w) for u in told for w in u.action.split() if w.isdigit()}

    assert told
    assert 1 == len(outputs)
    (output,) = outputs
    assert 15 < output
    faster = attrs.evolve(slow, presses=(press(output),))
    assert not [u for u in planned(faster).unserved if u.code.startswith("press")]
    assert [u.reason_id for u in told] != [u.reason for u in told]


def test_a_press_that_begins_too_late_helps_nobody():
    """No output would do where the first day is too late, and the reason says so."""
    late = attrs.evolve(far_and_near(), presses=(press(10**9, date(2024, 11, 25)),))
    codes = {u.code for u in planned(late).unserved}

    assert "press-late" in codes
    assert "press-slow" not in codes


def _jobs(pieces, days):
    """Return jobs of a press that runs on some days."""
    hours = Hours(
        opens=tuple(d * DAY_S for d in days), closes=tuple((d + 1) * DAY_S for d in days)
    )
    return [
        PrintJob(
            press=press(), hours=hours, start_s=0, finish_s=0,
            load=Load(commodity=Commodity(item=f"w{n}"), quantity=q, to="W"),
        )
        for n, q in enumerate(pieces)
    ]  # fmt: skip


def _in_time(jobs, wanted, output):
    """Say whether any order of the jobs is in time, day by day in exact fractions."""
    spans = zip(jobs[0].hours.opens, jobs[0].hours.closes, strict=True)
    opens = [day for o, c in spans for day in range(o // DAY_S, c // DAY_S)]
    for order in permutations(jobs):
        done, good = Fraction(0), True
        for job in order:
            # A press counts whole seconds for each job.
            done += Fraction(-(-job.load.quantity * DAY_S // output), DAY_S)
            days = -(-done // 1)
            if days > len(opens):
                good = False
                break
            ends = opens[int(days) - 1] + (done - (days - 1))
            good = good and ends * DAY_S <= wanted[job.order]
        if good:
            return True
    return False


@settings(FEW, max_examples=60)
@given(
    st.lists(st.integers(1, 60), min_size=1, max_size=4),
    st.sets(st.integers(0, 9), min_size=1),
    st.data(),
)
def test_the_output_that_is_named_is_the_least(pieces, days, data):
    """By trying all orders: with it everything is in time, with one piece less it is not."""
    jobs = _jobs(pieces, sorted(days))
    wanted = {j.order: data.draw(st.integers(0, 10 * DAY_S)) for j in jobs}
    found = output_that_does(jobs, wanted)

    if found is None:
        assert not _in_time(jobs, wanted, 10**12)
    else:
        assert _in_time(jobs, wanted, found)
        assert found == 1 or not _in_time(jobs, wanted, found - 1)


@FEW
@given(
    st.lists(st.integers(1, 3_000), min_size=1, max_size=5),
    st.lists(st.integers(-57, -20), min_size=5, max_size=5),
    st.integers(50, 2_000),
)
@example([1000, 1000], [-56, -56, 0, 0, 0], 1000)
@example([1401, 3000], [-20] * 5, 50)
def test_as_many_pieces_as_can_be_are_in_time(pieces, due, rate):
    """Where all can be in time they are, and putting one off never makes another late."""
    scenario = attrs.evolve(world(), presses=(press(rate, date(2024, 10, 1)),))
    lines, ways, last = [], [], {}
    for n, q in enumerate(pieces):
        ware = Commodity(item=f"w{n}")
        lines.append(_line(ware, q))
        ways.append(())
        last["12.01", ware] = due[n] * DAY_S
    jobs = print_jobs(scenario, BOOK, lines, ways, last)
    late = [
        j for j in jobs if j.finish_s is None or j.finish_s > last["12.01", j.load.commodity]
    ]
    wanted = {j.order: last["12.01", j.load.commodity] for j in jobs}

    assert sorted(pieces) == sorted(j.load.quantity for j in jobs)
    assert bool(late) != _in_time(list(jobs), wanted, rate)
    # Whoever is put off comes after all that are in time.
    assert late == list(jobs)[len(jobs) - len(late) :]


def _line(ware, quantity):
    return Supply(
        to="12.01", commodity=ware, quantity=quantity, from_place="PRINTER", lot="",
        path=("PRINTER", "12.01"),
    )  # fmt: skip


def test_the_count_takes_people_and_days():
    """Half the people take twice the days, and material has to be there so much earlier."""
    dues = []
    for people in (4, 2):
        crew = Receiving(region="12", people=people, packs_per_worker_day=3, source="a test")
        plan = planned(attrs.evolve(far_and_near(), receivings=(crew,)))
        slots = {s.stage: s for s in plan.schedule.at("12.02")}
        count = slots["equipment-receipt"]
        dues.append((count.finish_s - count.start_s, count.latest_start_s))
        assert slots["equipment-arrival"].critical_next == "equipment-receipt"
        assert count.finish_s <= slots["kitting"].start_s

    assert dues[0][0] < dues[1][0] <= 2 * dues[0][0]
    assert dues[1][1] < dues[0][1]


@FEW
@given(WORLDS)
def test_the_path_of_a_place_counts_what_its_press_makes_before(scenario):
    """Orders of others that come first delay it; without their own needs, they may be later."""
    plan = planned(scenario)
    whole = latest_starts(network_of(scenario, BOOK, plan))
    for home in sorted({s.load.to for s in of(plan, "print")}):
        network = network_of(scenario, BOOK, plan, place=home)
        orders = [n.slot for n in network.nodes.values() if n.kind == "print"]
        for own in [s for s in orders if s.load.to == home]:
            press_of = press_for(scenario.presses, own.place, own.load.commodity.item)
            before = [
                s.step
                for s in of(plan, "print")
                if press_for(scenario.presses, s.place, s.load.commodity.item) == press_of
                if s.start_s < own.start_s
            ]
            assert {*before} <= {s.step for s in orders}
        for step, (latest_s, _) in latest_starts(network).items():
            assert whole[step][0] <= latest_s


def test_a_plan_that_says_nothing_of_them_has_neither():
    """Without presses and receivers there are the stages that there always were."""
    stages = {s.stage for s in planned(far_and_near()).schedule.stages}

    assert stages == {
        "equipment-arrival", "ballot-arrival", "sort-fold", "kitting", "dispatch"
    }  # fmt: skip


def test_printing_is_explained_drawn_and_on_the_critical_path():
    """What is printed stands in the reasons of a station, in the chart, and in the chain."""
    crew = Receiving(region="12", people=1, packs_per_worker_day=3, source="a test")
    scenario = attrs.evolve(far_and_near(), presses=(press(),), receivings=(crew,))
    plan = planned(scenario)
    chain = [s.kind for s in critical_path(scenario, BOOK, plan, "12.01").steps]
    text = str(plan.explain("12.01.01.1001-001"))

    assert "print" == chain[0]
    assert {"line-haul", "equipment-receipt", "kitting"} <= set(chain)
    assert "ballot-governor@12 at PRINTER" in text
    assert "di PRINTER" in str(plan.explain("12.01.01.1001-001", lang="id"))
    for lang, word in (("en", "printing"), ("id", "pencetakan")):
        assert word in gantt(plan, lang=lang)
        assert word not in gantt(planned(far_and_near()), lang=lang)
