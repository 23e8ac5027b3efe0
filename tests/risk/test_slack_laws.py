"""More slack never worsens a finding: around a plan, by earlier days, and planned anew.

Around a plan that stays as it is, and for a plan that is whole days earlier, it holds for
every finding, and by days for P(on time) as well. A plan that is made anew leaves as late
as it may: with more slack nobody lacks more and nothing is later, but what is carried now
may be there before a window opens (`too-early`), and the time that a later window gives
is used up, so that nothing is said of its P(on time). Where goods compete for the room of a
leg, more of the one may take the room of another: the law is for legs without such limits.
"""

from __future__ import annotations

import re
from collections import Counter
from datetime import timedelta

import attrs
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.small_world import BOOK, RULES, book_of, planned, worlds

from silog_core.domain.calendar_rules import StageWindow
from silog_core.domain.findings import Severity
from silog_core.domain.places import PlaceKind
from silog_core.domain.workforce import Workforce
from silog_core.risk.assess import assess
from silog_core.risk.register import register
from silog_core.risk.shock_table import default_shocks
from silog_core.risk.simulate import simulate
from silog_core.testing.worlds import small_world

WORLD = small_world()
_few = settings(max_examples=8, deadline=None, suppress_health_check=list(HealthCheck))
H_S, DAY_S = 3600, 86_400
#: Shocks that strike in every month alike: a plan that is earlier may meet another month.
EVEN = attrs.evolve(
    default_shocks(), shocks=tuple(attrs.evolve(s, months=()) for s in default_shocks().shocks)
)
#: A finding that takes the place of a worse one: no open way led there before.
INSTEAD = {"single-way-in": "unreachable"}


# --- slack -----------------------------------------------------------------------


def moved(plan, by_s):
    """Return a plan that is as it was, so much later."""
    return attrs.evolve(
        plan,
        trips=tuple(
            attrs.evolve(
                t,
                stops=tuple(
                    attrs.evolve(s, arrive_s=s.arrive_s + by_s, depart_s=s.depart_s + by_s)
                    for s in t.stops
                ),
                depart_s=t.depart_s + by_s,
                back_s=t.back_s + by_s,
            )
            for t in plan.trips
        ),
        schedule=attrs.evolve(
            plan.schedule,
            stages=tuple(
                attrs.evolve(s, start_s=s.start_s + by_s, finish_s=s.finish_s + by_s)
                for s in plan.schedule.stages
            ),
        ),
    )


def _fleet(scenario, **more):
    """Return the scenario with another fleet: its count, and what a vehicle takes."""
    return attrs.evolve(
        scenario,
        fleet=tuple(
            attrs.evolve(
                e,
                count=None if e.count is None else e.count + more.get("count", 0),
                vehicle=attrs.evolve(
                    e.vehicle,
                    hours_per_day=min(24, e.vehicle.hours_per_day + more.get("hours", 0)),
                    payload_g=e.vehicle.payload_g * more.get("times", 1),
                    volume_cm3=e.vehicle.volume_cm3 * more.get("times", 1),
                ),
            )
            for e in scenario.fleet
        ),
    )


def _stock(scenario, pieces):
    return attrs.evolve(
        scenario,
        stock=tuple(attrs.evolve(x, quantity=x.quantity + pieces) for x in scenario.stock),
    )


def _lots(scenario, days):
    earlier = timedelta(days=days)
    return attrs.evolve(
        scenario,
        stock=tuple(
            attrs.evolve(x, from_date=x.from_date and x.from_date - earlier)
            for x in scenario.stock
        ),
    )


def _rooms(scenario, more):
    return attrs.evolve(
        scenario,
        places=tuple(
            attrs.evolve(p, holds_kits=p.holds_kits and p.holds_kits + more)
            for p in scenario.places
        ),
    )


#: Kinds of slack that a scenario can have more of, by so many of something.
SLACK = {
    "vehicles": lambda s, n: _fleet(s, count=n),
    "hours": lambda s, n: _fleet(s, hours=n),
    "payload": lambda s, n: _fleet(s, times=n + 1),
    "stock": lambda s, n: _stock(s, 40 * n),
    "lots": _lots,
    "months": lambda s, n: attrs.evolve(
        s, legs=tuple(attrs.evolve(g, months_closed=()) for g in s.legs)
    ),
    "escorts": lambda s, n: attrs.evolve(
        s, escorts=tuple(attrs.evolve(p, count=p.count + n) for p in s.escorts)
    ),
}
#: Kinds that a plan that stays as it is has, too; a plan made anew moves for neither.
AROUND = SLACK | {
    "rooms": _rooms,
    "people": lambda s, n: attrs.evolve(
        s,
        workforces=tuple(
            attrs.evolve(
                f, sheets_per_worker_day=f.sheets_per_worker_day * (n + 1),
                kits_per_worker_day=f.kits_per_worker_day * (n + 1),
            )
            for f in s.workforces
        ),
    ),
}  # fmt: skip


def wider(days):
    """Return the rules with windows that open so many days earlier and close a day later."""
    return book_of(
        *(
            attrs.evolve(
                r,
                first_days_before=r.first_days_before + days,
                last_days_before=max(0, r.last_days_before - 1),
            )
            if isinstance(r, StageWindow)
            else r
            for r in RULES
        )
    )


WIDER = {days: wider(days) for days in (0, 1, 3)}


# --- findings --------------------------------------------------------------------


def weighed(findings):
    """Return how bad each finding is, by its check, place and first word."""
    found = {}
    for f in findings:
        hours = re.search(r"(\d+) h ", f.message)
        key = (f.check, f.place, f.message.split()[0])
        bad = (f.severity, int(hours[1]) if hours else 0)
        found[key] = max(found.get(key, bad), bad)
    return found


def assert_no_worse(before, after):
    """Hold that no finding is new or worse, but what takes the place of a worse one."""
    less = weighed(before)
    worst = {f.check: f.severity for f in before}
    for key, bad in weighed(after).items():
        if bad[0] < worst.get(INSTEAD.get(key[0], ""), 0):
            continue
        assert key in less, f"{key} is new"
        assert bad <= less[key], f"{key} is worse"


@st.composite
def slack_around(draw):
    """Draw a plan with findings, its scenario, and the same scenario with more slack."""
    scenario = draw(worlds(warehouses=2, at_least=1))
    force = Workforce(
        region="12", source="a list", workers=draw(st.integers(1, 4)),
        sheets_per_worker_day=draw(st.integers(20, 900)), kits_per_worker_day=1,
    )  # fmt: skip
    plan = moved(planned(scenario), draw(st.integers(-60, 60)) * H_S)
    scenario = attrs.evolve(
        scenario,
        workforces=(force,),
        places=tuple(
            attrs.evolve(p, holds_kits=draw(st.sampled_from([None, 1, 2])))
            if p.kind in (PlaceKind.HUB, PlaceKind.VILLAGE)
            else p
            for p in scenario.places
        ),
    )
    kind, n = draw(st.sampled_from(["", *AROUND])), draw(st.integers(1, 9))
    more = AROUND[kind](scenario, n) if kind else scenario
    return plan, scenario, more, draw(st.sampled_from(sorted(WIDER)))


@settings(_few, max_examples=25)
@given(slack_around())
def test_more_slack_around_a_plan_never_worsens_a_finding(case):
    """Vehicles, hours, stock, earlier lots, open months, room, people, wider windows."""
    plan, scenario, more, days = case

    assert_no_worse(
        assess(scenario, BOOK, plan), assess(more, WIDER[days] if days else BOOK, plan)
    )


@settings(_few, max_examples=10)
@given(
    worlds(warehouses=2, at_least=1), st.integers(0, 3), st.integers(1, 3), st.integers(0, 9)
)
def test_by_whole_days_no_finding_of_lateness_and_no_draw_gets_worse(
    scenario, later, earlier, seed
):
    """A plan that is days earlier is late nowhere else, and P(on time) does not fall."""
    plan = planned(scenario)
    plans = [moved(plan, n * DAY_S) for n in (later, later - earlier)]
    late = [
        [f for f in assess(scenario, BOOK, p) if f.check.startswith("late")] for p in plans
    ]
    odds = [simulate(p, scenario=scenario, model=EVEN, draws=60, seed=seed) for p in plans]

    assert_no_worse(*late)
    assert all(
        soon <= slow
        for slow, soon in zip(odds[0].late_stations, odds[1].late_stations, strict=True)
    )


@_few
@given(worlds(warehouses=2, at_least=1), st.integers(-24, 24), st.integers(0, 24))
def test_more_time_until_the_vote_never_lowers_p_on_time(scenario, due_h, more_h):
    """A later due moment, with the same plan and draws, makes no station later."""
    plan = planned(scenario)
    sooner, later = (
        simulate(plan, scenario=scenario, draws=60, due_s=h * H_S)
        for h in (due_h, due_h + more_h)
    )

    assert all(b <= a for a, b in zip(sooner.late_stations, later.late_stations, strict=True))


def lacking(scenario, plan):
    """Return the stations that lack something, or to which nobody goes."""
    gone = {u.kit for u in plan.unserved} | {s.place for s in plan.shortfalls}
    found = set()
    for station in scenario.of_kind(PlaceKind.STATION):
        code = station.code
        while code in scenario.by_code:
            # A hub's own kit is its own affair; a warehouse without goods serves nobody.
            at = scenario.by_code[code]
            if code in gone and at.kind in (PlaceKind.STATION, PlaceKind.WAREHOUSE):
                found.add(station.code)
            code = at.parent
    return found


@settings(_few, max_examples=16)
@given(
    worlds(warehouses=2, at_least=1, capacities=False), st.sampled_from(["", *SLACK]),
    st.integers(1, 9), st.sampled_from(sorted(WIDER)),
)  # fmt: skip
def test_planned_anew_with_more_slack_nobody_lacks_more_and_nothing_is_later(
    scenario, kind, n, days
):
    """Whoever had everything has it still, of nothing more is missing, nobody is later."""
    plan = planned(scenario)
    more = SLACK[kind](scenario, n) if kind else scenario
    anew = planned(more, WIDER[days])
    late, later = ([f for f in p.findings if f.check.startswith("late")] for p in (plan, anew))
    short, missing = (Counter(), Counter())
    for found, made in ((short, plan), (missing, anew)):
        for gap in made.shortfalls:
            found[gap.commodity] += gap.missing

    assert lacking(more, anew) <= lacking(scenario, plan)
    assert missing <= short
    assert_no_worse(late, later)


# --- what it makes of the register -----------------------------------------------


def weight(plan):
    """Return the weight of all entries of the register together."""
    found = tuple(assess(WORLD.scenario, WORLD.book, plan))
    odds = simulate(plan, scenario=WORLD.scenario, draws=60, seed=1)
    return sum(e.weight for e in register(attrs.evolve(plan, findings=found), simulation=odds))


@given(st.integers(0, 3), st.integers(0, 3))
@_few
def test_with_less_slack_the_register_never_gets_lighter(one, two):
    """The weight of all entries together rises with what is late."""
    early, late = sorted((one * DAY_S, two * DAY_S))

    assert weight(moved(WORLD.plan, early)) <= weight(moved(WORLD.plan, late))


@pytest.mark.parametrize("severity", [Severity.SERIOUS, Severity.BLOCK])
def test_the_laws_say_something(severity):
    """Three days later there are findings that were not, and the law sees that."""
    late = assess(WORLD.scenario, WORLD.book, moved(WORLD.plan, 3 * DAY_S))
    graver = [f for f in late if f.severity >= severity and f.check.startswith("late")]

    assert weight(WORLD.plan) < weight(moved(WORLD.plan, 3 * DAY_S))
    with pytest.raises(AssertionError, match="is new"):
        assert_no_worse((), graver)
