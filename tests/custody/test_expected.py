"""The record is held against the plan, step by step."""

from __future__ import annotations

import attrs
import pytest

from custody_planned import BOX, KITS, LATER, PLANNED
from silog_core.custody.comparison import compare
from silog_core.custody.fold import CustodyFold
from silog_core.domain.custody_events import Quantity
from silog_core.domain.custody_kinds import Kind
from silog_core.domain.demand import Commodity
from silog_core.testing.worlds import small_world


def _found(events, *, now_s=LATER):
    fold = CustodyFold()
    fold.add_all(events)
    return compare(KITS, fold, now_s=now_s)


def _pairs(events, **given):
    return [(p.code, p.subject) for p in _found(events, **given)]


def test_a_record_as_planned_has_nothing_to_tell():
    """Every kit takes each step in time: nothing is invented."""
    fold = CustodyFold()
    fold.add_all(PLANNED)

    assert () == _found(PLANNED)
    assert () == fold.state().problems


def test_steps_are_whole_and_in_order():
    """Every kit of the plan has its steps out and back, due in order of the way."""
    assert list(small_world().plan.needs.level("station").codes) == [k.place for k in KITS]
    for kit in KITS:
        dues = [step.due_s for step in kit.steps]

        assert 11 == len(dues)
        assert sorted(dues) == dues


@pytest.mark.parametrize("kind", [step.kind for step in KITS[0].steps], ids=lambda k: k.value)
def test_a_missing_step_is_told_once_it_is_due(kind):
    """A step that is not recorded is told when its time is over, and not before."""
    events = [e for e in PLANNED if not (e.kind is kind and BOX in e.units)]
    due_s = next(s.due_s for s in KITS[0].steps if s.kind is kind)
    here = [e for e in events if e.time_s <= due_s]

    assert ("step-not-taken", BOX) in _pairs(events)
    assert ("step-not-taken", BOX) not in _pairs(here, now_s=due_s)


def _bent(kind, **changes):
    return [
        attrs.evolve(e, **changes) if e.kind is kind and BOX in (*e.units, e.container) else e
        for e in PLANNED
    ]


def test_each_departure_from_the_plan_is_told():
    """Late, elsewhere, extra, unknown, another quantity, another area: each by its code."""
    step = next(s for s in KITS[0].steps if s.kind is Kind.RECEIVED_VILLAGE)
    other = KITS[1].place
    far = Commodity(item="ballot", area="13")
    stray = attrs.evolve(
        PLANNED[0], device="x", sequence=1, container="BOX-X", destination="12.99.01.1001-001"
    )
    second = attrs.evolve(stray, container="BOX-Y", destination=other)
    without = [attrs.evolve(k, steps=k.steps[:3] + k.steps[4:]) for k in KITS]
    fold = CustodyFold()
    fold.add_all(PLANNED)

    assert ("step-late", BOX) in _pairs(_bent(step.kind, time_s=step.due_s + 1))
    assert ("other-place", BOX) in _pairs(_bent(step.kind, place="12.01.01.1002"))
    assert ("not-in-plan", "BOX-X") in _pairs([*PLANNED, stray])
    assert ("not-in-plan", "BOX-Y") in _pairs([*PLANNED, second])
    assert [("other-quantity", BOX)] == _pairs(
        _bent(Kind.KITTED, quantities=(Quantity(KITS[0].holds[0][0], 7),))
    )
    assert ("other-quantity", BOX) in _pairs(
        _bent(Kind.KITTED, quantities=(Quantity(far, 301),))
    )
    assert 4 == sum(p.code == "extra-step" for p in compare(without, fold, now_s=LATER))


def test_a_corrected_step_is_not_told_as_missing():
    """The correction stands in the step's place, also against the plan (20)."""
    wrong = next(e for e in PLANNED if e.kind is Kind.RECEIVED_HUB and BOX in e.units)
    right = attrs.evolve(
        wrong,
        device="x",
        sequence=1,
        corrects=wrong.id,
        reason="number misread",
        document="BA-7",
        recorded_s=wrong.time_s + 60,
    )

    assert () == _found([*PLANNED, right])


def test_another_district_is_another_area():
    """A ballot of a district with a name is known by the plan to be the wrong one (14)."""
    swapped = Commodity(item="ballot", area="Sumut 2")
    events = _bent(Kind.KITTED, quantities=(Quantity(swapped, 301),))

    assert ("wrong-area", BOX) in _pairs(events)


def test_a_kit_that_was_never_made_is_told():
    """A station without any unit is told under its own code."""
    events = [e for e in PLANNED if BOX not in (*e.units, e.container)]

    assert [("step-not-taken", KITS[0].place)] == _pairs(events)
