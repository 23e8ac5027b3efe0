"""What comes next for a box, until when, and why it is late or is not."""

from __future__ import annotations

import attrs
import pytest

from custody_planned import BOX, KITS, LATER, PLANNED
from custody_world import committees
from silog_core.custody.fold import CustodyFold
from silog_core.custody.next_step import next_step
from silog_core.domain.custody_events import Event
from silog_core.domain.custody_kinds import Kind

STEPS = KITS[0].steps
HUB = committees(KITS[0].place)[0]


def _next(events, now_s, kit=KITS[0]):
    fold = CustodyFold()
    fold.add_all(events)
    return next_step(fold.unit(BOX), fold, kit, now_s=now_s)


def _until(number):
    """Return the record up to the step of that number of the first box."""
    event = next(e for e in PLANNED if e.kind is STEPS[number].kind and BOX in e.units)
    return [e for e in PLANNED if e.order <= event.order]


@pytest.mark.parametrize("number", range(len(STEPS) - 1))
def test_the_next_step_is_the_one_that_the_plan_has_next(number):
    """After each step the next one is named: kind, place, moment, not late before it."""
    step = STEPS[number + 1]
    found = _next(_until(number), step.due_s)

    assert (step.kind, step.place, step.due_s, 0, "not-late") == (
        found.kind,
        found.place,
        found.due_s,
        found.late_s,
        found.code,
    )


def test_at_the_end_of_the_way_nothing_is_next():
    """All steps of the plan are taken."""
    assert _next(PLANNED, LATER) is None


def test_a_late_step_says_why():
    """The condition, an open incident, the step before, silence: the first that is known."""
    events = _until(3)
    at, due_s = events[-1], STEPS[4].due_s
    now_s = due_s + 7200
    other = {"device": "x", "sequence": 1, "author": HUB, "place": HUB.office}
    lost = Event(kind="lost", time_s=now_s - 60, units=(BOX,), reason="ferry", **other)
    incident = Event(kind="incident", time_s=now_s - 60, units=(BOX,), reason="flood", **other)
    late = [attrs.evolve(e, time_s=STEPS[3].due_s + 9) if e is at else e for e in events]
    village = STEPS[4].place
    heard = Event(
        kind="incident",
        time_s=now_s - 3600,
        reason="rain",
        **{**other, "place": village},
    )
    told = {
        "condition": [*events, lost],
        "incident": [*events, incident],
        "before": late,
        "silent": events,
        "heard": [*events, heard],
    }

    assert {code: (code, 7200) for code in told} == {
        code: ((found := _next(several, now_s)).code, found.late_s)
        for code, several in told.items()
    }
    assert "HILANG" in _next(told["condition"], now_s).why_id
    assert "1 h late" in _next(late, now_s).why_en


def test_a_corrected_step_is_taken():
    """A receipt whose document was corrected is still the step that was taken (20)."""
    events = _until(3)
    right = attrs.evolve(
        events[-1],
        device="x",
        sequence=1,
        corrects=events[-1].id,
        reason="number misread",
        document="BA-7",
        recorded_s=events[-1].time_s + 60,
    )
    fold = CustodyFold()
    fold.add_all([*events, right])
    due_s = STEPS[4].due_s

    assert STEPS[4].kind is next_step(fold.unit(BOX), fold, KITS[0], now_s=due_s).kind
    assert "BA-7" in {event.document for event in fold.history(fold.unit(BOX))}


def test_without_a_plan_the_catalogue_says_what_follows():
    """Kind and roles, no place and no moment."""
    found = _next(_until(2), LATER, None)

    assert (Kind.RECEIVED_HUB, "", None, 0) == (
        found.kind,
        found.place,
        found.due_s,
        found.late_s,
    )
    assert ["subdistrict-committee"] == [role.value for role in found.roles]
