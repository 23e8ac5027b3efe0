"""What an operator looks at follows every event and equals a full replay (24, 36)."""

from __future__ import annotations

import attrs
from hypothesis import given, settings
from hypothesis import strategies as st

from custody_draws import crowded_events
from custody_planned import BOX, KITS, LATER, PLANNED
from silog_core.custody.alerts import Alert
from silog_core.custody.overview import Lookout, units_each
from silog_core.custody.scorecard import Goal
from silog_core.domain.custody_events import Quantity
from silog_core.domain.custody_kinds import Kind
from silog_core.testing.worlds import small_world

RULES = small_world().plan.handover_rules


def _replayed(events, now_s=LATER, kits=KITS):
    lookout = Lookout(kits, rules=RULES)
    lookout.add_all(events)
    return lookout.overview(now_s=now_s)


@settings(max_examples=8, deadline=None)
@given(st.randoms(use_true_random=False), st.integers(0, 3))
def test_law_each_event_leaves_what_a_replay_shows(random, odd):
    """Event by event in any order, with withdrawals: at each step equal to a replay."""
    events = [e for e in PLANNED if BOX in (*e.units, e.container)]
    events += [
        attrs.evolve(
            e, device="x", sequence=n, kind=Kind.WITHDRAWN, corrects=e.id, reason="r",
            recorded_s=e.time_s + 60,
        )
        for n, e in enumerate(random.sample(events, odd), start=1)
    ]  # fmt: skip
    random.shuffle(events)
    lookout = Lookout(KITS, rules=RULES)
    for size, event in enumerate(events, start=1):
        lookout.add(event)

        assert _replayed(events[:size]) == lookout.overview(now_s=LATER)


@settings(max_examples=30, deadline=None)
@given(st.lists(crowded_events(), max_size=8))
def test_law_a_crowd_of_colliding_events_is_seen_the_same(events):
    """Forks, corrections, ties: the projection follows them as a replay does."""
    for kits in ((), KITS):
        lookout = Lookout(kits)
        for event in events:
            lookout.add(event)
            lookout.overview(now_s=5)
        whole = Lookout(kits)
        whole.add_all(reversed(events))

        assert whole.overview(now_s=5) == lookout.overview(now_s=5)


def test_a_record_as_planned_raises_no_alert():
    """Everything in time and in place: all six goals at 100 per cent."""
    lookout = Lookout(KITS)
    lookout.add_all(PLANNED)
    seen = lookout.overview(now_s=LATER)

    assert () == seen.alerts
    assert [100] * 6 == [score.percent for score in seen.scores]


def test_the_plan_raises_each_kind_of_alert():
    """Late, short, mismatch and silent, each about its own box or place."""
    step = next(s for s in KITS[0].steps if s.kind is Kind.RECEIVED_HUB)
    what = KITS[0].holds[0][0]
    events = [
        attrs.evolve(e, quantities=(Quantity(what, 7),))
        if e.kind is Kind.KITTED and e.container == BOX
        else attrs.evolve(e, seals_removed=("S-9",))
        if e.kind is Kind.OPENED and BOX in e.units
        else e
        for e in PLANNED
        if not (e.kind is Kind.RETURNED_REGENCY and BOX in e.units)
    ]
    lookout = Lookout(KITS)
    lookout.add_all(events)
    seen = lookout.overview(now_s=LATER)

    assert set(Alert) == {raised.alert for raised in seen.alerts}
    missed = {s.goal for s in seen.scores if s.kept < s.stations}
    assert {Goal.NUMBER, Goal.QUALITY, Goal.TIME} <= missed
    assert step.place.startswith("12.01")


def test_the_rules_of_the_region_raise_alerts_too():
    """The plan's rules of hand-overs ask for the police; the record names none."""
    asked = {note.rule.stage for note in small_world().plan.handovers}
    codes = {problem.code for problem in _replayed(PLANNED).problems}

    assert bool(asked) == ("rule-witness" in codes)


def test_boxes_of_a_station_are_those_that_most_have():
    """Units in a kit count with the kit; two boxes each are two."""
    box = next(e for e in PLANNED if e.kind is Kind.KITTED)
    inner = attrs.evolve(box, container="BOX-INNER", device="x", sequence=1)
    kit = attrs.evolve(box, units=("BOX-INNER",))
    two = [attrs.evolve(box, container=f"BOX-{n}", destination=k.place) for k in KITS for n in (k.place, k.place + "b")]  # fmt: skip

    assert 1 == units_each([inner, kit])
    assert 2 == units_each(two)
