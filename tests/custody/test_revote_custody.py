"""The record of a station that votes again is held against both of its kits."""

from __future__ import annotations

import pytest
from tests.revote_world import ONE, TWO, TWO_REGENCIES, after, order
from tests.small_world import planned

from custody_planned import as_planned
from silog_core.custody.alerts import silent_offices
from silog_core.custody.comparison import compare
from silog_core.custody.expected import compile_plan
from silog_core.custody.fold import CustodyFold
from silog_core.custody.overview import Lookout
from silog_core.custody.which_kit import KitsByPlace
from silog_core.domain.custody_kinds import Kind

LATER = 10**12


@pytest.fixture(scope="module")
def made():
    """The plan with two stations that vote again."""
    return after(TWO_REGENCIES, planned(TWO_REGENCIES), order(ONE, TWO)).plan


@pytest.fixture(scope="module")
def kits(made):
    """The first and the second kit of one of them."""
    return [k for k in compile_plan(made) if k.place == ONE]


def told(kits, events, **given):
    """Return what a record departs in from the plan."""
    fold = CustodyFold()
    fold.add_all(events)
    return [(p.code, p.subject) for p in compare(kits, fold, now_s=LATER, **given)]


def test_a_re_vote_has_steps_of_its_own(made, kits):
    """30. Out with marked ballots and back, when its own trips say so."""
    first, again = kits
    (kit,) = (k for k in made.revotes if k.station == ONE)
    trips = {t.id: t for t in made.revote_trips}

    assert ("", "psu") == (first.again, again.again)
    assert [s.kind for s in first.steps] == [s.kind for s in again.steps]
    assert [s.place for s in first.steps] == [s.place for s in again.steps]
    assert ((kit.ballots[0].commodity, kit.pieces),) == again.holds
    assert max(s.due_s for s in first.steps if s.kind is Kind.RECEIVED_STATION) < min(
        s.due_s for s in again.steps
    )
    days = (trips[kit.back[-1]].back_s - made.trips_to[ONE][-1].back_s) // 86_400
    assert days == (again.steps[-1].due_s - first.steps[-1].due_s) // 86_400
    # One contest of two is voted on again: one box of two.
    assert [2, 1] == [k.units for k in compile_plan(made, units=2) if k.place == ONE]


def test_a_record_of_both_kits_as_planned_has_nothing_to_tell(kits):
    """Each box is held against its own kit, whichever packed first."""
    events = as_planned(kits)

    assert [] == told(kits, events)
    assert [] == told(kits[::-1], events)
    assert {"not-in-plan"} == {code for code, _ in told(kits[:1], events)}


@pytest.mark.parametrize("kind", [Kind.RECEIVED_HUB, Kind.OPENED, Kind.RETURNED_REGENCY])
def test_a_step_that_the_second_kit_did_not_take_is_told(kits, kind):
    """That the first box took it does not stand for the second one."""
    box = f"BOX-psu{ONE}"
    events = [e for e in as_planned(kits) if not (e.kind is kind and box in e.units)]
    fold = CustodyFold()
    fold.add_all(events)
    fold.flush()

    assert ("step-not-taken", box) in told(kits, events)
    assert [box] == [
        u.code for u in fold.units.values() if KitsByPlace(kits).of(u, fold.units) is kits[1]
    ]


def test_offices_that_say_nothing_of_a_re_vote_are_told(kits):
    """A silent station of the second vote is silent, though it told of the first one."""
    fold = CustodyFold()
    fold.add_all(as_planned(kits[:1]))
    seen = Lookout(kits)
    seen.add_all(as_planned(kits[:1]))

    assert ONE in {p.subject for p in silent_offices(kits, fold, now_s=LATER)}
    assert ("step-not-taken", ONE) in told(kits, as_planned(kits[:1]))
    assert {2} == {share.expected for share in seen.overview(now_s=LATER).shares}
