"""Seals are compared at every hand-over, not only when something is opened (21)."""

from __future__ import annotations

import attrs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from custody_world import (
    CLERK,
    DAY_S,
    VOTE_S,
    WATCHER,
    committees,
    honest,
    renumbered,
    stations,
)
from silog_core.custody.fold import state_of
from silog_core.domain.custody_events import Event
from silog_core.domain.custody_kinds import Kind

STATION, OTHER = stations(2)
BOX = f"BOX-{STATION}"
HUB = committees(STATION)[0]
ON = (f"S-{STATION}a", f"S-{STATION}b")


def _stated():
    """Return the honest record in which both sides state the seals at each hand-over."""
    found = []
    for event in honest(2):
        if event.giver is not None and event.units:
            (box,) = event.units
            seal = box.replace("BOX", "S")
            back = event.kind.value.startswith("returned")
            read = (seal + "c",) if back else (seal + "a", seal + "b")
            told = ((box, read),)
            found.append(attrs.evolve(event, seals_given=told, seals_taken=told))
        else:
            found.append(event)
    return found


STATED = _stated()
HANDOVERS = [e for e in STATED if e.seals_taken and BOX in e.units]


def _bent(event, **changes):
    return [attrs.evolve(e, **changes) if e is event else e for e in STATED]


def _told(events):
    return [(p.code, p.subject) for p in state_of(events).problems]


def test_a_record_that_states_its_seals_has_nothing_to_tell():
    """Six hand-overs, both sides read what is on record: nothing is invented."""
    assert 7 == len(HANDOVERS)
    assert [] == _told(STATED)


@settings(max_examples=40, deadline=None)
@given(
    st.sampled_from(HANDOVERS),
    st.sets(st.sampled_from([*ON, f"S-{STATION}c", "S-9"])),
    st.sampled_from(["seals_given", "seals_taken"]),
)
def test_seals_read_are_seals_on_record_or_it_is_told_there(event, seals, side):
    """At any hand-over another set of serials, read by either side, is told there (21)."""
    events = _bent(event, **{side: ((BOX, tuple(seals)),)})
    same = dict(event.seals_taken)[BOX] == tuple(sorted(seals))
    found = [p for p in state_of(events).problems if event.id in p.events]

    assert same == (not found)
    assert same or ("seals-disputed", BOX) in [(p.code, p.subject) for p in found]


@pytest.mark.parametrize("event", HANDOVERS, ids=lambda e: e.kind.value)
def test_a_swap_between_hand_overs_is_told_where_it_shows(event):
    """Both sides read a foreign seal from there on: one problem, at the first of them."""
    later = [e for e in HANDOVERS if e.order >= event.order]
    if not event.kind.value.startswith("returned"):
        later = [e for e in later if not e.kind.value.startswith("returned")]
    read = ((BOX, ("S-FALSE",)),)
    swapped = [
        attrs.evolve(e, seals_given=read, seals_taken=read)
        if e in later
        else attrs.evolve(e, seals_removed=("S-FALSE",))
        if e.kind is Kind.OPENED and BOX in e.units and later[0].time_s < VOTE_S
        else e
        for e in STATED
    ]
    problems = state_of(swapped).problems

    assert [("seals-changed", BOX)] == [(p.code, p.subject) for p in problems]
    assert (event.id,) == problems[0].events
    assert "S-FALSE" in problems[0].message_id


def _extra(kind, time_s, author, **given):
    return Event(
        device="x",
        sequence=1,
        kind=kind,
        time_s=time_s,
        author=author,
        place=author.office,
        units=(BOX,),
        **given,
    )


def test_a_break_or_a_replacement_with_its_reason_explains_the_change():
    """Replaced before witnesses, or found broken with a reason, the new set is right."""
    at_hub = next(e for e in HANDOVERS if e.kind is Kind.RECEIVED_HUB)
    new = (ON[0], "S-NEW")
    replaced = _extra(
        "seal-replaced",
        at_hub.time_s + 60,
        HUB,
        seals_removed=(ON[1],),
        seals_applied=("S-NEW",),
        witnesses=(WATCHER,),
        document="BA-9",
        reason="torn on the ferry",
    )
    after = {Kind.RECEIVED_VILLAGE, Kind.RECEIVED_STATION}
    read = ((BOX, new),)
    changes = {
        **{kind: {"seals_given": read, "seals_taken": read} for kind in after},
        Kind.OPENED: {"seals_removed": new},
    }
    events = [
        attrs.evolve(e, **(changes.get(e.kind, {}) if BOX in e.units else {})) for e in STATED
    ]
    events.append(replaced)
    unexplained = [e for e in events if e is not replaced]

    assert [] == _told(events)
    assert ("seals-changed", BOX) in _told(unexplained)
    assert ("seal-unknown", BOX) in _told(
        [attrs.evolve(e, seals_removed=("S-8",)) if e is replaced else e for e in events]
    )


def test_a_seal_found_broken_at_a_hand_over_needs_a_reason():
    """Stated as broken with its reason, it is off the record; without one it is told."""
    event = next(e for e in HANDOVERS if e.kind is Kind.RECEIVED_STATION)
    left = ((BOX, ON[:1]),)
    broken = {"seals_given": left, "seals_taken": left, "seals_broken": ON[1:]}
    opened = [
        attrs.evolve(e, seals_removed=ON[:1])
        if e.kind is Kind.OPENED and BOX in e.units
        else e
        for e in _bent(event, **broken, reason="cracked")
    ]
    silent = [attrs.evolve(e, reason="") if e.id == event.id else e for e in opened]

    assert [] == _told(opened)
    assert ON[1:] == state_of([e for e in opened if e.time_s < VOTE_S]).units[BOX].seals_broken
    assert [("lacks-field", BOX)] == _told(silent)


def test_seals_are_stated_for_what_is_handed_over():
    """A statement about another box, or where nothing changes hands, is told."""
    event = HANDOVERS[0]
    stranger = (*event.seals_taken, (f"BOX-{OTHER}", ("S-1",)))
    scan = _extra("scanned", VOTE_S - 2 * DAY_S - 7200, HUB, seals_taken=((BOX, ON),))

    assert [("seals-of-others", BOX)] == _told(_bent(event, seals_taken=stranger))
    assert ("unknown-fact", BOX) in _told([*STATED, scan])


def test_two_boxes_that_travel_together_keep_their_own_seals():
    """One hand-over of two boxes states the seals of each; a swap between them is told."""
    boxes = (BOX, f"BOX-{OTHER}")
    seals = [
        (box, (box.replace("BOX", "S") + "a", box.replace("BOX", "S") + "b")) for box in boxes
    ]
    events = [e for e in STATED if e.kind in {Kind.KITTED, Kind.PACKED, Kind.SEALED}]
    sent = next(e for e in STATED if e.kind is Kind.DISPATCHED)
    both = attrs.evolve(sent, units=boxes, seals_given=seals, seals_taken=seals)
    crossed = [(boxes[0], seals[1][1]), (boxes[1], seals[0][1])]
    swapped = attrs.evolve(both, seals_given=crossed, seals_taken=crossed)

    assert [] == _told(renumbered([*events, both]))
    assert [("seals-changed", box) for box in boxes] == _told(renumbered([*events, swapped]))
    assert CLERK == both.giver
