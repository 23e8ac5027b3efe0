"""More slack, less time lost and fewer trips: what findings and register make of it."""

from __future__ import annotations

import attrs
from hypothesis import given, settings
from hypothesis import strategies as st

from silog_core.risk.assess import assess
from silog_core.risk.register import register
from silog_core.risk.simulate import simulate
from silog_core.testing.worlds import small_world

WORLD = small_world()
_few = settings(max_examples=15, deadline=None)
H_S = 3600


def slower(plan, by_h):
    """Return a plan with less slack: latest moments that many hours earlier."""
    by_s = by_h * H_S
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


def late_findings(plan):
    """Return what is late, and where."""
    found = assess(WORLD.scenario, WORLD.book, plan)
    return {(f.check, f.place) for f in found if f.check.startswith("late")}


def weights(plan):
    odds = simulate(plan, scenario=WORLD.scenario, draws=60, seed=1)
    entries = register(attrs.evolve(plan, findings=tuple(
        assess(WORLD.scenario, WORLD.book, plan))), simulation=odds)  # fmt: skip
    return sum(e.weight for e in entries), odds.late_stations


@given(st.integers(0, 60), st.integers(0, 60))
@_few
def test_less_slack_never_removes_a_finding_of_lateness(one, two):
    """Whoever is later has the findings of who is earlier, and maybe more."""
    early, late = sorted((one, two))
    found, more = (
        late_findings(slower(WORLD.plan, early)),
        late_findings(slower(WORLD.plan, late)),
    )

    assert found <= more


@given(st.integers(0, 3), st.integers(0, 3))
@_few
def test_by_whole_days_no_draw_gets_better(one, two):
    """A plan that is days later has no fewer late stations in any draw."""
    early, late = sorted((one * 24, two * 24))
    _, before = weights(slower(WORLD.plan, early))
    _, after = weights(slower(WORLD.plan, late))

    assert all(a <= b for a, b in zip(before, after, strict=True))


@given(st.integers(0, 3), st.integers(0, 3))
@_few
def test_with_less_slack_the_register_never_gets_lighter(one, two):
    """The weight of all entries together rises with what is late."""
    early, late = sorted((one * 24, two * 24))

    assert weights(slower(WORLD.plan, early))[0] <= weights(slower(WORLD.plan, late))[0]


def test_the_law_says_something():
    """Three days later there are findings that were not, and late stations."""
    late = slower(WORLD.plan, 72)

    assert late_findings(WORLD.plan) < late_findings(late)
    assert weights(WORLD.plan)[0] < weights(late)[0]
