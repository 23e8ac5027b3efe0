"""Folding events: any order, any repeats, one by one or at once, the state is the same."""

from __future__ import annotations

import attrs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from custody_draws import any_events, crowded_events
from custody_world import CLERK, HEAD, VOTE_S, honest, stations
from silog_core.custody.fold import CustodyFold, state_of
from silog_core.domain.custody_events import EventId, Measure
from silog_core.domain.custody_kinds import Condition, Kind, Stage

HONEST = honest(3)


@st.composite
def bent_records(draw):
    """Draw honest records with events left out, bent, forked, corrected and withdrawn."""
    events = draw(st.lists(st.sampled_from(HONEST), unique_by=lambda e: e.id, min_size=5))
    found = list(events)
    for at in range(draw(st.integers(0, 5))):
        old = draw(st.sampled_from(found))
        how = draw(st.sampled_from(["fork", "correct", "withdraw", "move", "time", "seal"]))
        fresh = {"device": "extra", "sequence": at + 1, "recorded_s": VOTE_S * 2 + at}
        if how == "fork":
            new = attrs.evolve(old, place="elsewhere")
        elif how == "withdraw":
            new = attrs.evolve(old, kind="withdrawn", reason="r", corrects=old.id, **fresh)
        elif how == "correct":
            new = attrs.evolve(
                old, reason="r", corrects=old.id, units=old.units or ("X",), **fresh
            )
        elif how == "move":
            new = attrs.evolve(old, units=("BOX-X",), container="KIT", **fresh)
        elif how == "time":
            new = attrs.evolve(old, time_s=draw(st.integers(0, VOTE_S * 2)), **fresh)
        else:
            new = attrs.evolve(old, seals_applied=("S-X",), **fresh)
        found.append(new)
    return found


def test_an_honest_record_has_no_problem():
    """A story without a fault gives no problem: none is invented."""
    state = state_of(honest(20))

    assert () == state.problems
    assert {Stage.ARCHIVED} == {unit.stage for unit in state.units.values()}
    assert 20 == len(state.units) == len(state.accounts)


@pytest.mark.parametrize("until", ["packed", "dispatched", "received-station", "opened"])
def test_an_unfinished_record_has_no_problem(until):
    """Work under way is no fault."""
    assert () == state_of(honest(3, until=until)).problems


@settings(max_examples=40, deadline=None)
@given(bent_records(), st.randoms(use_true_random=False), st.data())
def test_order_and_repeats_change_nothing(events, random, data):
    """Merging is commutative, associative and idempotent (24)."""
    state = state_of(events)
    again = events + data.draw(st.lists(st.sampled_from(events), max_size=5))
    random.shuffle(again)

    assert state == state_of(again)


@settings(max_examples=40, deadline=None)
@given(bent_records(), st.randoms(use_true_random=False))
def test_one_by_one_is_as_at_once(events, random):
    """Each event read as it comes, the state equals that of a full replay."""
    random.shuffle(events)
    fold = CustodyFold()
    for event in events:
        fold.add(event)
        fold.flush()

    assert state_of(events) == fold.state()


@settings(max_examples=40, deadline=None)
@given(
    st.lists(any_events() | crowded_events(), max_size=12), st.randoms(use_true_random=False)
)
def test_no_sequence_raises(events, random):
    """Any events at all give a state and problems, and the same in any order."""
    state = state_of(events)
    random.shuffle(events)

    assert state == state_of(events)
    for found in state.problems:
        assert found.said("id")
        assert found.said("en")


@settings(max_examples=40, deadline=None)
@given(bent_records())
def test_one_custodian_and_no_way_back(events):
    """A unit that went somewhere has one custodian (19), and none arrives unpacked (23)."""
    state = state_of(events)
    for unit in state.units.values():
        if unit.stage is not None and unit.stage.rank >= Stage.DISPATCHED.rank:
            assert unit.custodian is not None
        if unit.stage in {Stage.AT_STATION, Stage.IN_USE, Stage.RESEALED}:
            assert unit.packed or unit.container


@settings(max_examples=40, deadline=None)
@given(bent_records(), st.sampled_from([Kind.DAMAGED, Kind.DESTROYED]), st.data())
def test_damaged_stays_damaged(events, kind, data):
    """After damage or destruction nothing makes a unit good again (23)."""
    box = f"BOX-{stations(1)[0]}"
    at = data.draw(st.integers(VOTE_S - 20 * 86_400, VOTE_S + 20 * 86_400))
    spoiler = attrs.evolve(
        HONEST[0], device="z", kind=kind, time_s=at, units=(box,), quantities=(), counts=()
    )
    state = state_of([*events, spoiler])
    condition = state.units[box].condition
    other = state_of(events).units.get(box)

    if (
        other is not None and other.condition is Condition.DESTROYED
    ) or kind is Kind.DESTROYED:
        assert condition is Condition.DESTROYED
    else:
        assert condition in {Condition.DAMAGED, Condition.DESTROYED}


def test_scanning_twice_changes_nothing():
    """A second scan of the same step is no news (15)."""
    for event in HONEST:
        if not event.units or event.kind is Kind.KITTED:
            continue
        again = attrs.evolve(event, device="other", sequence=1, time_s=event.time_s + 1)
        before, after = state_of(HONEST), state_of([*HONEST, again])
        unit, same = before.units[event.units[0]], after.units[event.units[0]]

        assert () == after.problems
        assert (unit.stage, unit.custodian, unit.seals, unit.condition) == (
            same.stage,
            same.custodian,
            same.seals,
            same.condition,
        )


def test_a_correction_stands_for_the_old_event():
    """What was counted wrong is corrected by a new event; the old one stays (20)."""
    counted = next(e for e in HONEST if e.kind is Kind.COUNTED)
    few = (c for c in counted.counts if c.measure is not Measure.UNUSED)
    wrong = attrs.evolve(counted, counts=few)
    record = [wrong if e.id == counted.id else e for e in HONEST]
    fixed = attrs.evolve(
        counted, sequence=99, recorded_s=VOTE_S * 2, reason="misread", corrects=counted.id
    )
    fold = CustodyFold()
    fold.add_all(record)

    assert "not-accounted" in {p.code for p in fold.state().problems}
    fold.add(fixed)
    assert {"log-gap"} == {p.code for p in fold.state().problems}
    assert wrong == fold.journal.events[counted.id]


def test_a_closed_incident_is_open_no_more():
    """Incidents stay on the units that they are about until they are closed (25)."""
    box = f"BOX-{stations(1)[0]}"
    told = attrs.evolve(
        HONEST[0],
        device="i",
        sequence=1,
        kind="incident",
        reason="wet",
        units=(box,),
        quantities=(),
        facts=(),
    )
    closed = attrs.evolve(
        told,
        sequence=2,
        kind="incident-closed",
        time_s=told.time_s + 9,
        author=HEAD,
        witnesses=(CLERK,),
        document="BA",
        units=(),
        facts=(("incident", "i:1"),),
    )
    fold = CustodyFold()
    fold.add_all([*HONEST, told])

    assert (EventId("i", 1),) == fold.state().units[box].incidents
    fold.add(closed)
    assert () == fold.state().units[box].incidents == fold.state().open_incidents
    assert () == fold.state().problems


def test_packing_into_nothing_ties_nothing_together():
    """Codes packed without a container stay apart, in whatever order they are read (24)."""
    kitted = next(e for e in HONEST if e.kind is Kind.KITTED)
    loose = attrs.evolve(kitted, container="", units=("A", "B"))
    scan = attrs.evolve(
        kitted,
        device="x",
        sequence=1,
        kind="scanned",
        time_s=0,
        container="",
        units=("B", "C"),
        quantities=(),
    )
    state = state_of([loose, scan])

    assert state == state_of([scan, loose])
    assert "lacks-field" in {p.code for p in state.problems}
    assert "" == state.units["B"].container
