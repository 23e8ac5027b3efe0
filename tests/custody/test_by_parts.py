"""Part by part, reports on a ledger say what they say when all events are read at once."""

from __future__ import annotations

from random import Random

import attrs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from custody_draws import crowded_events
from custody_planned import KITS, LATER, PLANNED
from custody_world import honest
from silog_core.custody.by_parts import overview_of, public_boxes_of, reconciliation_of
from silog_core.custody.by_time import InTime
from silog_core.custody.epcis_writing import epcis_lines, epcis_text
from silog_core.custody.events import event_bytes
from silog_core.custody.expected import compile_plan
from silog_core.custody.ledger import Ledger
from silog_core.custody.overview import Lookout, units_each
from silog_core.custody.partition import Partition
from silog_core.custody.procurement import KINDS, procurement_of
from silog_core.custody.public_view import public_boxes
from silog_core.custody.reconcile import reconcile
from silog_core.custody.search import Search
from silog_core.domain.custody_kinds import Kind
from silog_core.errors import EventFormatError
from silog_core.storage import MemoryStore
from silog_core.testing.election_play import play_election
from silog_core.testing.worlds import small_world

WORLD = small_world()
RULES = WORLD.plan.handover_rules


def recorded(events):
    """Return a ledger that holds *events* in this order."""
    ledger = Ledger.init(MemoryStore(), origin="silog/12")
    ledger.append([event_bytes(event) for event in events], device="d")
    return ledger


def _whole(events, kits, rules=None):
    lookout = Lookout(kits, rules=rules)
    lookout.add_all(events)
    return lookout.overview(now_s=LATER)


def assert_same(events, kits=(), rules=None, size=1):
    """Hold every report by parts against the one of the whole list."""
    ledger = recorded(events)
    ended = {"after_h1": True, "after_return": True}

    assert _whole(events, kits, rules) == overview_of(
        ledger, (lambda _each: kits) if kits else None, rules=rules, now_s=LATER, size=size
    )
    assert reconcile(events, **ended) == reconciliation_of(ledger, **ended, size=size)
    boxes = sorted(public_boxes_of(ledger, size=size), key=lambda b: (b.station, b.code))
    assert [box.data() for box in public_boxes(events)] == [box.data() for box in boxes]
    told, whole = (
        InTime(ledger, size=size),
        sorted(events, key=lambda e: (e.order, event_bytes(e))),
    )
    assert whole == [event for part in told.parts() for event in part]
    lines = epcis_lines(whole, latest_s=told.latest_s, earlier=told.corrected())
    assert list(epcis_text(whole)) == list(lines)
    assert units_each(events) == Partition(ledger, size=size).units_each()


@settings(max_examples=5, deadline=None)
@given(st.integers(0, 10**6), st.integers(1, 200))
def test_law_a_played_election_with_every_kind_of_incident(seed, size):
    """In random order, with repeats, held against its plan."""
    play = play_election(WORLD.scenario, WORLD.plan, seed=seed, devices=3, incidents=40)
    events = list(play.events)
    events += Random(seed).sample(events, 20)
    Random(seed).shuffle(events)
    units = units_each(events)
    kits = tuple(kit for kit in compile_plan(WORLD.plan, units=units) if kit.holds)

    assert_same(events, kits, RULES, size=size)


def _bent(draw, event, number):
    """Return an event that corrects, withdraws, forks, closes or repeats *event*."""
    other = draw(st.sampled_from(PLANNED))
    return draw(
        st.sampled_from(
            [
                attrs.evolve(other, device="x", sequence=number, corrects=event.id, reason="r",
                             recorded_s=event.time_s + 60),
                attrs.evolve(event, device="x", sequence=number, kind=Kind.WITHDRAWN,
                             corrects=event.id, reason="r", recorded_s=event.time_s + 60),
                attrs.evolve(other, device=event.device, sequence=event.sequence),
                attrs.evolve(event, device="x", sequence=number, kind=Kind.INCIDENT),
                attrs.evolve(event, device="x", sequence=number, kind=Kind.INCIDENT_CLOSED,
                             facts=(("incident", f"x:{max(1, number - 1)}"),)),
                attrs.evolve(event, device="x", sequence=number, destination=other.destination),
                attrs.evolve(event, device="x", sequence=number,
                             seals_applied=other.seals_applied or ("S-1",)),
                attrs.evolve(event, device="x", sequence=number,
                             units=(*event.units, *other.units, other.container or "C")),
                attrs.evolve(event, device="x", sequence=number, kind=Kind.TRANSFERRED,
                             destination=other.destination or other.place),
                event,
            ]
        )
    )  # fmt: skip


@settings(max_examples=25, deadline=None)
@given(st.data(), st.randoms(use_true_random=False))
def test_law_corrections_forks_and_mixed_units_across_parts(data, random):
    """What ties events of far parts together ties them in parts of one unit too."""
    events = list(PLANNED) if data.draw(st.booleans()) else list(honest(2))
    for number in range(1, data.draw(st.integers(1, 8)) + 1):
        target = data.draw(st.sampled_from(events))
        events.append(_bent(data.draw, target, number))
    random.shuffle(events)

    assert_same(events, data.draw(st.sampled_from([(), KITS])), size=1)


@settings(max_examples=40, deadline=None)
@given(st.lists(crowded_events(), max_size=8))
def test_law_a_crowd_of_colliding_events_in_parts(events):
    """Forks, corrections, ties, escapes in codes: whatever collides lies together."""
    assert_same(events, KITS)
    assert_same(events)


def test_parts_are_many_and_hold_every_event_that_they_need():
    """An honest record falls into a part for each station; no event is left out."""
    events = list(PLANNED)
    partition = Partition(recorded(events), size=1)
    seen = [list(part) for part in partition.parts()]

    assert partition.count >= len(KITS)
    assert {e.id for e in events} == {e.id for part in seen for e in part}
    assert max(map(len, seen)) < len(events)


def test_who_reads_all_stops_at_the_first_entry_that_is_no_event():
    """Whatever part it lies in, the message names the first one."""
    ledger = recorded(PLANNED)
    ledger.append([b"first"], device="a")
    ledger.append([b'{"device":"b","units":["BOX"]}'], device="b")
    with pytest.raises(EventFormatError, match="a:1 is no event"):
        reconciliation_of(ledger, size=1)


def test_procurement_is_told_by_its_own_kinds_alone():
    """A played election's orders: the same from what concerns them as from everything."""
    play = play_election(WORLD.scenario, WORLD.plan, devices=3, incidents=20)
    found = Search(recorded(play.events)).of_kinds(KINDS)

    assert procurement_of(play.events) == procurement_of(found)
    assert len(found) < len(play.events) / 2
