"""What is found of a ledger without reading all of it says what the whole record says."""

from __future__ import annotations

from random import Random

import attrs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from custody_draws import any_events, crowded_events
from silog_core.custody import search as looking
from silog_core.custody import surroundings
from silog_core.custody.events import event_bytes
from silog_core.custody.fold import CustodyFold
from silog_core.custody.glance import Glance, glance
from silog_core.custody.ledger import Ledger
from silog_core.custody.public_view import public_boxes
from silog_core.custody.record_events import events_in
from silog_core.custody.search import Search
from silog_core.custody.surroundings import new_problems
from silog_core.domain.custody_events import Event
from silog_core.domain.custody_roles import Party
from silog_core.storage import MemoryStore
from silog_core.testing.election_play import play_election
from silog_core.testing.worlds import small_world

#: Keys that an event has itself, where whoever records may choose the key.
_KEYS = st.sampled_from(["units", "seq", "kind", "place", "device", "container", "corrects"])


def _ledger(events):
    """Return a ledger that took *events* in this order, whatever their devices."""
    ledger = Ledger.init(MemoryStore(), origin="silog/12")
    for event in events:
        ledger.append([event_bytes(event)], device="desk")
    return ledger


def _folded(events):
    fold = CustodyFold()
    fold.add_all(events)
    return fold


def _said(fold, code):
    """Return all that the record says of a unit."""
    unit, state = fold.unit(code), fold.state()
    return unit, unit and fold.history(unit), state.of(code)


@settings(max_examples=60, deadline=None)
@given(
    any_events(),
    st.dictionaries(_KEYS, st.text("xyz", min_size=1, max_size=3), max_size=3),
    st.dictionaries(_KEYS, st.just(("S-1",)), max_size=2),
    st.booleans(),
)
def test_law_a_glance_sees_whatever_an_event_names(event, facts, stated, bare):
    """Nothing that the event names is missed, whatever keys its free fields have."""
    event = attrs.evolve(event, facts=tuple(facts.items()), seals_given=stated.items())
    if bare:
        event = attrs.evolve(event, commitments=())
    seen = glance(event_bytes(event))
    old = event.corrects

    assert (event.device.encode(), b"%d" % event.sequence) == seen.name
    assert (event.kind.value.encode(), event.place.encode()) == (seen.kind, seen.place)
    assert {code.encode() for code in (*event.units, event.container) if code} <= set(
        seen.codes
    )
    if event.destination:
        assert event.destination.encode() == seen.destination
    if old is not None:
        assert (old.device.encode(), b"%d" % old.sequence) == seen.corrects


@pytest.mark.parametrize("body", [b"", b"\\", b"[1]", b'"seq":', b'\\{"v"', b'"units":["'])
def test_bytes_that_are_no_event_are_looked_at_all_the_same(body):
    """A glance raises nothing; only who wants the event has to read it."""
    assert isinstance(glance(body), Glance)


@settings(max_examples=40, deadline=None)
@given(st.lists(crowded_events(), max_size=14))
def test_law_a_search_says_of_a_unit_what_the_whole_record_says(events):
    """Forks, corrections, kits in boxes and closed incidents: nothing is missing."""
    ledger = _ledger(events)
    whole = _folded(events_in(ledger))
    state = whole.state()

    for code, unit in state.units.items():
        assert _said(whole, code) == _said(_folded(Search(ledger).about(code)), code)
        if unit.destination:
            found = _folded(Search(ledger).about(unit.destination))
            for other in state.units.values():
                if other.destination == unit.destination:
                    assert other == found.unit(other.code)
                    assert state.of(other.code) == found.state().of(other.code)


@settings(max_examples=40, deadline=None)
@given(st.lists(crowded_events(), max_size=14), st.sampled_from(["12", "12.71", "A"]))
def test_law_a_region_shows_the_same_boxes(events, region):
    """The public view of a region from what was found, and from the whole record."""
    ledger = _ledger(events)

    assert public_boxes(events_in(ledger), region=region) == public_boxes(
        Search(ledger).for_region(region), region=region
    )


def _played(seed, incidents):
    """Return the events of a small election, each by a device of its own, shuffled."""
    world = small_world()
    play = play_election(world.scenario, world.plan, seed=seed, devices=2, incidents=incidents)
    events = [
        attrs.evolve(event, device=f"d{number}", sequence=1, corrects=None)
        for number, event in enumerate(play.events)
    ]
    Random(seed).shuffle(events)
    return events


@pytest.fixture(scope="module")
def played():
    """A small election of two devices in random order, with incidents, in a ledger."""
    world = small_world()
    play = play_election(world.scenario, world.plan, devices=2, incidents=12)
    events = list(play.events)
    Random(3).shuffle(events)
    return _ledger(events)


def test_law_every_box_of_an_election_is_said_the_same(played):
    """With incidents injected, each box and station has its units, history, problems."""
    whole = _folded(events_in(played))

    for code in whole.state().units:
        assert _said(whole, code) == _said(_folded(Search(played).about(code)), code)


def test_only_what_concerns_the_box_is_read(played, monkeypatch):
    """Of the events of an election a search reads those that name the box."""
    read = []
    monkeypatch.setattr(looking, "event_of", lambda entry: read.append(1) or _event_of(entry))
    whole = _folded(events_in(played))
    code = next(code for code in whole.state().units if code.startswith("BOX"))
    Search(played).about(code)

    assert 0 < len(read) < len(whole.standing) // 4


_event_of = looking.event_of


@pytest.mark.parametrize("forgotten", ["_corrections", "_again"])
def test_a_search_that_forgets_corrections_or_forks_is_caught(forgotten):
    """The laws above can fail: a search that forgets one of the two says another state."""
    clerk = Party("operator", "12.71")

    def scan(number, document, **more):
        given = {"units": ("BOX-1",), **more}
        return Event(
            device="t1", sequence=number, kind="scanned", time_s=number, place="12.71",
            author=clerk, document=document, **given,
        )  # fmt: skip

    ledger = _ledger(
        [
            scan(1, "z"),
            scan(1, "a", units=("BOX-2",)),
            scan(2, "b"),
            attrs.evolve(
                scan(3, "b", units=("BOX-3",), reason="misread"), corrects=scan(2, "b").id
            ),
        ]
    )
    whole = _said(_folded(events_in(ledger)), "BOX-1")

    class Forgets(Search):
        def _note(self, seen, last):
            super()._note(seen, last)
            getattr(self, forgotten).clear()

    assert whole == _said(_folded(Search(ledger).about("BOX-1")), "BOX-1")
    assert whole != _said(_folded(Forgets(ledger).about("BOX-1")), "BOX-1")


@settings(max_examples=60, deadline=None)
@given(st.lists(crowded_events(), max_size=12), st.lists(crowded_events(), max_size=4))
def test_law_what_is_wrong_since_new_events_came_is_told_without_reading_all(old, new):
    """Of what they bear on or of the whole record: the same problems are new."""
    ledger = _ledger(old)
    fold = _folded(events_in(ledger))
    before = set(fold.state().problems)
    fold.add_all(new)

    expected = [found for found in fold.state().problems if found not in before]
    assert expected == new_problems(ledger, new)
    size = ledger.size
    for event in new:
        ledger.append([event_bytes(event)], device="desk")
    assert expected == new_problems(ledger, new, until=size)


def _parts():
    """Yield an election's record, cut in two at random, with what the second part breaks."""
    for seed in range(1, 5):
        events = _played(seed, 10)
        for size in (1, 1, 1, 2, 5, 20):
            Random(f"{seed}/{size}").shuffle(events)
            old, new = events[size:], events[:size]
            # A seal, a lot and a count that were told of before are told again.
            again = [e for e in old if e.seals_applied or e.quantities or e.counts][:2]
            new = new + [
                attrs.evolve(e, device=f"again-{at}", units=e.units and ("BOX-NEW",))
                for at, e in enumerate(again)
            ]
            fold = _folded(old)
            before = set(fold.state().problems)
            fold.add_all(new)
            yield old, new, [p for p in fold.state().problems if p not in before]


def _misses():
    return any(expected != new_problems(_ledger(old), new) for old, new, expected in _parts())


def test_law_new_events_of_an_election_are_told_of_as_by_the_whole_record():
    """Stock, lots, accounts, seals and units: what new events break is told, no more."""
    assert not _misses()


@pytest.mark.parametrize("forgotten", ["lots", "seals", "stock", "accounts"])
def test_a_search_that_forgets_a_book_is_caught(forgotten, monkeypatch):
    """The law above can fail: who does not look into a book misses what is wrong there."""
    touch = surroundings._Wanted.touch

    def forgets(self, event):
        touch(self, event)
        setattr(self, forgotten, type(getattr(self, forgotten))())

    monkeypatch.setattr(surroundings._Wanted, "touch", forgets)

    assert _misses()
