"""The public view is a function of what is public: nothing private can show in it."""

from __future__ import annotations

import json

import attrs
from hypothesis import given, settings
from hypothesis import strategies as st

from custody_draws import crowded_events
from custody_world import WATCHER, honest, stations
from silog_core.custody.public_view import public_boxes, public_events
from silog_core.domain.custody_events import Event
from silog_core.domain.custody_kinds import Kind, Stage
from silog_core.domain.custody_problems import CustodyProblem
from silog_core.domain.custody_roles import Party, Role
from silog_core.reports.public_page import public_page

STATION = stations(1)[0]
BOX = f"BOX-{STATION}"
ROAD = {Role.CARRIER, Role.POLICE, Role.SUPPLIER}
SECRET = "s3cr3t"
LEDGER = {"origin": "silog/12.71", "size": 9, "root": "ab" * 32}


def _data(events):
    return [box.data() for box in public_boxes(events)]


def _private(party, mark):
    """Return the same office with another person; of the road with another office."""
    if party is None:
        return None
    office = f"{mark}-firm" if party.role in ROAD else party.office
    return Party(party.role, office, f"{mark}-person")


def _otherwise(event, mark, stretch):
    """Return *event* with everything private in it changed."""
    moved = {"time_s": event.time_s * stretch[0] + stretch[1]}
    if event.recorded_s is not None:
        moved["recorded_s"] = event.recorded_s * stretch[0] + stretch[1]
    return attrs.evolve(
        event,
        **moved,
        offset_min=480,
        author=_private(event.author, mark),
        giver=_private(event.giver, mark),
        receiver=_private(event.receiver, mark),
        witnesses=[
            *(_private(w, mark) for w in event.witnesses),
            Party(Role.POLICE, f"{mark}-guard"),
        ],
        document=f"{mark}-paper",
        reason=f"{mark}-reason",
        facts=(*event.facts, ("escort", f"police:{mark}")),
        commitments=((f"{mark}-name", "0" * 64),),
        plan=mark,
    )


@settings(max_examples=25, deadline=None)
@given(st.integers(2, 5), st.integers(1, 999), st.randoms(use_true_random=False))
def test_law_what_is_private_never_changes_the_view(factor, later, random):
    """Persons, vehicles, escorts, papers, reasons and times changed: the same view."""
    events = honest(2)
    other = [_otherwise(e, SECRET, (factor, later)) for e in events]
    random.shuffle(other)

    assert _data(events) == _data(other)
    shown = json.dumps(_data(other)) + public_page({"ledger": LEDGER, "boxes": _data(other)})
    assert SECRET not in shown
    for event in events:
        assert str(event.time_s) not in shown


@settings(max_examples=60, deadline=None)
@given(st.lists(crowded_events(), max_size=8))
def test_law_the_same_holds_of_any_crowd_of_events(events):
    """Whatever the record, no private word of it is in the view."""
    marked = list({(e.id): _otherwise(e, SECRET, (1, 0)) for e in events}.values())
    plain = [_otherwise(e, "other", (1, 0)) for e in marked]

    assert _data(marked) == _data([attrs.evolve(p) for p in plain])
    assert SECRET not in json.dumps(_data(marked))


def test_every_field_of_an_event_is_public_or_is_not():
    """A field that is added to events has to be sorted into one of the two."""
    public = {
        "kind", "place", "units", "container", "destination", "quantities",
        "seals_applied", "seals_removed", "seals_broken", "seals_given", "seals_taken",
    }  # fmt: skip
    by_office = {"author", "giver", "receiver", "witnesses"}
    private = {
        "device", "sequence", "time_s", "offset_min", "recorded_s", "document", "counts",
        "reason", "corrects", "facts", "commitments", "plan",
    }  # fmt: skip
    names = {a.name for a in attrs.fields(Event)}

    assert names == public | by_office | private
    assert {"code", "subject", "events", "message", "message_id", "fix", "fix_id"} == {
        a.name for a in attrs.fields(CustodyProblem)
    }
    for before, after in zip(
        [e for e in sorted(honest(1), key=lambda e: e.order) if e.units or e.container],
        public_events(honest(1)),
        strict=True,
    ):
        assert all(getattr(before, name) == getattr(after, name) for name in public)


def test_a_villager_sees_place_seals_and_who_verified_them():
    """Where the box is, which serials are on it, and who sealed and watched."""
    opened = next(e for e in honest(1) if e.kind is Kind.OPENED)
    (box,) = public_boxes([e for e in honest(1) if e.time_s < opened.time_s])
    (sealing,) = box.steps

    assert (BOX, STATION, Stage.AT_STATION, STATION) == (
        box.code,
        box.station,
        box.stage,
        box.place,
    )
    assert (f"S-{STATION}a", f"S-{STATION}b") == box.seals == sealing.seals
    assert WATCHER in sealing.verified_by
    assert (("ballot", "12", 100),) == box.holds


def test_a_box_on_its_way_has_no_place():
    """While it travels the public knows that it does, not where or with whom."""
    sent = next(e for e in honest(1) if e.kind is Kind.DISPATCHED)
    (box,) = public_boxes([e for e in honest(1) if e.time_s <= sent.time_s])

    assert (Stage.DISPATCHED, "") == (box.stage, box.place)


def test_a_swapped_seal_is_no_secret():
    """What does not match is told to everybody, in both languages."""
    events = [
        attrs.evolve(e, seals_taken=((BOX, ("S-FALSE",)),))
        if e.kind is Kind.RECEIVED_HUB
        else e
        for e in honest(1)
    ]
    told = {p["code"]: p for p in _data(events)[0]["problems"]}

    assert {"seals-changed", "seal-mismatch"} == set(told)
    assert "S-FALSE" in told["seals-changed"]["id"]
    assert "S-FALSE" in told["seals-changed"]["en"]


def test_a_region_shows_its_own_boxes():
    """A page for a village holds the boxes of its stations alone."""
    village = STATION.partition("-")[0]
    events = honest(6)

    assert 3 == len(public_boxes(events, region=village))
    everywhere = [box for box in _data(events) if box["station"].startswith(village)]
    assert everywhere == [b.data() for b in public_boxes(events, region=village)]
    assert 6 == len(public_boxes(events)) == len(public_boxes(events, region="12"))
