"""Each law of custody, by its number: the honest record keeps it, and a mutant is caught."""

from __future__ import annotations

from random import Random

import attrs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from custody_world import (
    BALLOT,
    DAY_S,
    VOTE_S,
    WATCHER,
    committees,
    honest,
    stations,
)
from silog_core.custody.fold import CustodyFold, state_of
from silog_core.custody.progress import Progress
from silog_core.custody.reconcile import reconcile
from silog_core.domain.custody_events import Count, Event, EventId, Quantity
from silog_core.domain.custody_kinds import Condition, Kind, Stage
from silog_core.domain.custody_roles import Party
from silog_core.domain.demand import Commodity

HONEST = honest(2)
STATION, OTHER = stations(2)
BOX = f"BOX-{STATION}"
HUB, VILLAGE, TABLE = committees(STATION)
COUNTED = next(e for e in HONEST if e.kind is Kind.COUNTED and e.place == STATION)
RECEIVED = next(e for e in HONEST if e.kind is Kind.RECEIVED)
REGENT = Commodity(item="ballot-regent", area="12.72")


def _told(events):
    """Return the codes of all that is wrong with a record, its sums included."""
    sums = reconcile(events, after_h1=True, after_return=True)
    return {p.code for p in (*state_of(events).problems, *sums.problems)}


def _bent(kind, **changes):
    return [
        attrs.evolve(e, **changes)
        if e.kind is kind and (BOX in (*e.units, e.container) or not e.units)
        else e
        for e in HONEST
    ]


def _counts(event, **pieces):
    told = {c.measure.value: c.pieces for c in event.counts} | pieces
    changed = [Count(BALLOT, measure, number) for measure, number in told.items()]
    return [attrs.evolve(e, counts=changed) if e is event else e for e in HONEST]


def _plus(kind, time_s, author, **given):
    given = {"units": (BOX,), "place": author.office, **given}
    extra = Event(device="x", sequence=1, kind=kind, time_s=time_s, author=author, **given)
    return [*HONEST, extra]


def _transfer(pieces, **facts):
    return _plus(
        "transferred",
        VOTE_S + 3600,
        TABLE,
        units=(),
        giver=TABLE,
        receiver=committees(OTHER)[2],
        destination=OTHER,
        document="BA",
        witnesses=(WATCHER,),
        quantities=(Quantity(BALLOT, pieces),),
        facts=tuple((key.replace("_", "-"), value) for key, value in facts.items()),
    )


def _without(*kinds):
    return [e for e in HONEST if not (e.kind in kinds and BOX in e.units)]


AT_HUB_S = next(e.time_s for e in HONEST if e.kind is Kind.RECEIVED_HUB and BOX in e.units)
#: Number of a law to records that break it, each with the code that has to tell.
MUTANTS = {
    8: [("not-accounted", _counts(COUNTED, unused=1))],
    9: [
        ("use-does-not-add-up", _counts(COUNTED, valid=1)),
        ("use-does-not-add-up", _counts(COUNTED, signatures=1)),
        ("more-used-than-voters", _counts(COUNTED, **{"voters-listed": 1})),
    ],
    10: [
        ("receipt-does-not-add-up", _counts(RECEIVED, note=199)),
        ("receipt-does-not-add-up", _counts(RECEIVED, surplus=1, shortage=1)),
        ("receipt-does-not-add-up", _counts(RECEIVED, good=199)),
    ],
    11: [("loose-ballots", _bent(Kind.KITTED, quantities=(Quantity(BALLOT, 99, "LOT-1"),)))],
    12: [
        ("negative-stock", _bent(Kind.KITTED, quantities=(Quantity(BALLOT, 101, "LOT-1"),))),
        ("more-than-before", _bent(Kind.SHIPPED, quantities=(Quantity(BALLOT, 201, "LOT-1"),))),
        ("not-conserved", _plus("kitted", AT_HUB_S + 9, HUB, units=(), container=BOX, destination=STATION, quantities=(Quantity(BALLOT, 1, "LOT-1"),))),
    ],
    13: [
        ("donor-left-short", _transfer(101)),
        ("donor-left-short", _transfer(5, donor_unused=30, donor_voters_left=26)),
        ("donor-left-short", _transfer(31, donor_unused=30)),
    ],
    14: [
        ("mixed-contests", _bent(Kind.KITTED, quantities=(Quantity(BALLOT, 100, "LOT-1"), Quantity(REGENT, 1)))),
        ("wrong-area", _bent(Kind.KITTED, quantities=(Quantity(REGENT, 100),))),
    ],
    15: [
        ("two-places", _plus("received-hub", AT_HUB_S + 9, HUB, place="12.71.77", giver=Party("carrier", "CV Maju"), receiver=Party("subdistrict-committee", "12.71.77"), document="BA")),
        ("seal-twice", _bent(Kind.RESEALED, seals_applied=(f"S-{OTHER}a",))),
    ],
    18: [
        ("lacks-field", _bent(Kind.RECEIVED_HUB, document="")),
        ("lacks-field", _bent(Kind.RECEIVED_HUB, receiver=None)),
        ("no-witness", _bent(Kind.DISPATCHED, witnesses=())),
        ("custody-gap", _bent(Kind.RECEIVED_STATION, giver=HUB)),
        ("same-party", _bent(Kind.RECEIVED_HUB, giver=HUB)),
    ],
    19: [("custody-gap", _bent(Kind.DISPATCHED, receiver=Party("carrier", "other")))],
    20: [
        ("same-time", _bent(Kind.PACKED, time_s=next(e.time_s for e in HONEST if e.container == BOX))),
        ("corrects-unknown", _plus("incident", VOTE_S, HUB, reason="r", corrects=EventId("far", 1))),
        ("lacks-field", _plus("archived", VOTE_S + 9 * DAY_S, HUB, corrects=HONEST[-1].id)),
    ],
    21: [
        ("seal-mismatch", _bent(Kind.OPENED, seals_removed=("S-9",))),
        ("seals-changed", _bent(Kind.RECEIVED_HUB, seals_taken=((BOX, ("S-9",)),))),
        ("seals-disputed", _bent(Kind.RECEIVED_HUB, seals_given=((BOX, ()),), seals_taken=((BOX, ("S-9",)),))),
        ("seal-unknown", _plus("seal-broken", AT_HUB_S + 9, HUB, seals_broken=("S-9",), reason="r", witnesses=(WATCHER,))),
    ],
    22: [
        ("sealed-content", _plus("kitted", AT_HUB_S + 9, HUB, units=(), container=BOX, destination=STATION)),
        ("opened-without-authority", _plus("opened", AT_HUB_S + 9, HUB, witnesses=(WATCHER,))),
    ],
    23: [
        ("no-way-back", _plus("damaged", AT_HUB_S + 9, HUB, reason="wet")),
        ("never-packed", [e for e in _without(Kind.PACKED, Kind.SEALED, Kind.DISPATCHED) if e.time_s < VOTE_S]),
    ],
    24: [("fork", [*HONEST, attrs.evolve(HONEST[-1], document="another")])],
    25: [("box-not-back", _without(Kind.RETURNED_VILLAGE, Kind.RETURNED_HUB, Kind.RETURNED_REGENCY, Kind.ARCHIVED))],
}  # fmt: skip
CASES = [
    pytest.param(code, events, id=f"{number}-{code}-{at}")
    for number, cases in MUTANTS.items()
    for at, (code, events) in enumerate(cases)
]


def test_the_honest_record_keeps_every_law():
    """Nothing is told of it, its sums included."""
    assert set() == _told(HONEST)


@pytest.mark.parametrize(("code", "events"), CASES)
def test_a_mutant_of_each_law_is_caught(code, events):
    """The law is broken in one way, and its code tells, in any order of events (24)."""
    shuffled = list(events)
    Random(5).shuffle(shuffled)

    assert code in _told(events)
    assert _told(events) == _told(shuffled)


def test_every_law_of_custody_has_a_mutant():
    """Numbers 8 to 15 and 18 to 25; 36 is below."""
    assert {*range(8, 16), *range(18, 26)} == set(MUTANTS)


def test_an_opened_box_is_in_quarantine():
    """Sealed content that was touched is kept apart, whoever did it (22)."""
    for _code, events in MUTANTS[22]:
        before = [e for e in events if e.time_s <= AT_HUB_S + 9]

        assert Condition.QUARANTINED is state_of(before).units[BOX].condition


def test_nothing_arrives_that_was_not_packed():
    """Without its packing a box never counts as at the station (23)."""
    events = MUTANTS[23][1][1]

    assert state_of(events).units[BOX].stage is not Stage.AT_STATION


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 120), st.integers(0, 120), st.integers(1, 60))
def test_a_donor_keeps_what_its_voters_need(unused, left, pieces):
    """A transfer is told if, and only if, fewer stay than voters are to come (13)."""
    events = _transfer(pieces, donor_unused=unused, donor_voters_left=left)
    told = [p for p in state_of(events).problems if p.code == "donor-left-short"]

    assert (unused - pieces < left) == bool(told)


@settings(max_examples=25, deadline=None)
@given(st.randoms(use_true_random=False), st.integers(0, len(HONEST)))
def test_progress_is_a_share_and_falls_by_corrections_alone(random, size):
    """Between nothing and all at each event; a withdrawal alone takes from it (36)."""
    events = list(HONEST)
    random.shuffle(events)
    fold = CustodyFold()
    progress = Progress(fold, {STATION: 1, OTHER: 1})
    before = 0
    for event in events[:size]:
        fold.add(event)
        share = progress.share("", Stage.AT_STATION).percent

        assert 0 <= before <= share <= 100
        before = share
    arrived = next(e for e in HONEST if e.kind is Kind.RECEIVED_STATION)
    for number, event in enumerate(HONEST, start=1):
        if event.units == arrived.units and event.time_s >= arrived.time_s:
            fold.add(event)
            fold.add(
                attrs.evolve(
                    event, device="w", sequence=number, kind=Kind.WITHDRAWN,
                    corrects=event.id, recorded_s=VOTE_S + 99 * DAY_S, reason="r",
                )
            )  # fmt: skip

    assert progress.share(arrived.place, Stage.AT_STATION).percent == 0
