"""Cartons of a delivery are held against the delivery note, code by code (10, 15)."""

from __future__ import annotations

import attrs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from custody_world import DAY_S, honest
from silog_core.custody.fold import CustodyFold, state_of
from silog_core.domain.custody_events import Count, Measure
from silog_core.domain.custody_kinds import Kind

CODES = ("C-1", "C-2", "C-3")


def _delivery(shipped=CODES, received=CODES, *, note="SJ-1", count=None):
    facts = () if count is None else (("cartons", count),)
    changes = {
        Kind.SHIPPED: {"units": shipped, "facts": facts},
        Kind.RECEIVED: {
            "units": received,
            "facts": (("delivery-note", note),) if note else (),
        },
    }
    return [attrs.evolve(e, **changes.get(e.kind, {})) for e in honest(1)]


def _told(events):
    return [(p.code, p.subject) for p in state_of(events).problems]


@pytest.mark.parametrize("note", ["SJ-1", ""])
def test_a_whole_delivery_has_nothing_to_tell(note):
    """All cartons of the note came: each is known by its note and its place."""
    state = state_of(_delivery(note=note, count=3))

    assert () == state.problems
    assert list(CODES) == list(state.cartons)
    assert (("SJ-1",), ("12.71",)) == (
        state.cartons["C-1"].notes,
        state.cartons["C-1"].received_at,
    )


@settings(max_examples=40, deadline=None)
@given(
    st.sets(st.sampled_from(CODES), min_size=1),
    st.sets(st.sampled_from([*CODES, "C-9"]), min_size=1),
)
def test_what_is_listed_is_what_came_or_each_carton_is_named(shipped, received):
    """Set difference both ways: missing and extra cartons by code, and no other."""
    told = _told(_delivery(tuple(shipped), tuple(received)))

    assert sorted(
        [("carton-missing", code) for code in shipped - received]
        + [("carton-extra", code) for code in received - shipped]
    ) == sorted(told)


def test_a_carton_of_two_deliveries_is_told():
    """The same code shipped twice, or received twice, is no one thing (15)."""
    events = _delivery()
    sent, came = (
        next(e for e in events if e.kind is k) for k in (Kind.SHIPPED, Kind.RECEIVED)
    )
    other = {"device": "x", "sequence": 1}
    again = attrs.evolve(sent, **other, document="SJ-2", units=("C-3",), quantities=())
    twice = attrs.evolve(came, **other, units=("C-3",), quantities=(), counts=())

    assert ("carton-twice", "C-3") in _told([*events, again])
    assert ("carton-twice", "C-3") in _told([*events, twice])


def test_a_receipt_is_reconciled_with_the_note_that_it_names():
    """Other pieces than were shipped, or other cartons than counted, are told (10)."""
    events = _delivery()
    note = next(e for e in events if e.kind is Kind.RECEIVED)
    what = note.counts[0].commodity
    counts = (
        Count(what, Measure.NOTE, 101),
        Count(what, Measure.SHORTAGE, 1),
        Count(what, Measure.GOOD, 100),
    )
    wrong = [attrs.evolve(e, counts=counts) if e is note else e for e in events]

    assert ("note-differs", "12.71") in _told(wrong)
    assert [("carton-count", "SJ-1")] == _told(_delivery(count=4))


def test_a_delivery_on_its_way_misses_nothing_yet():
    """Before its receipt no carton is missing; a receipt without cartons says nothing."""
    events = _delivery()
    sent = next(e for e in events if e.kind is Kind.SHIPPED)
    on_the_way = [e for e in events if e.order <= sent.order]

    assert [] == _told(on_the_way)
    assert [] == _told(_delivery(received=()))


@settings(max_examples=20, deadline=None)
@given(st.randoms(use_true_random=False))
def test_cartons_are_the_same_in_any_order_and_after_corrections(random):
    """Event by event, shuffled, one corrected: the same as a full replay (24)."""
    events = _delivery(received=("C-1", "C-2"))
    note = next(e for e in events if e.kind is Kind.RECEIVED)
    events.append(
        attrs.evolve(
            note,
            device="x",
            sequence=1,
            units=CODES,
            corrects=note.id,
            recorded_s=note.time_s + DAY_S,
            reason="found behind the door",
        )
    )
    random.shuffle(events)
    fold = CustodyFold()
    for event in events:
        fold.add(event)
        fold.state()

    assert state_of(events) == fold.state()
    assert () == fold.state().problems
