"""Each thing that can go wrong on the way of a unit is found, by its code, and nothing else."""

from __future__ import annotations

import attrs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from custody_world import (
    BALLOT,
    CARRIER,
    CLERK,
    DAY_S,
    HEAD,
    REGENCY,
    VOTE_S,
    WATCHER,
    committees,
    honest,
    renumbered,
    stations,
)
from silog_core.custody.fold import state_of
from silog_core.custody.problem_texts import TEXTS
from silog_core.domain.custody_events import Event, EventId, Quantity
from silog_core.domain.custody_kinds import Condition, Kind, Stage
from silog_core.domain.custody_roles import Party, Role
from silog_core.domain.demand import Commodity

HONEST = honest(3)
STATION, OTHER, _THIRD = stations(3)
BOX = f"BOX-{STATION}"
HUB, VILLAGE, TABLE = committees(STATION)
REGENT = Commodity(item="ballot-regent", area="12.71")


def bent(kind, **changes):
    """Return the honest record with one event of the first box changed."""
    return [
        attrs.evolve(e, **changes) if e.kind is kind and BOX in (*e.units, e.container) else e
        for e in HONEST
    ]


def without(*kinds):
    """Return the honest record without some steps of the first box, numbered anew."""
    return renumbered(
        e for e in HONEST if not (e.kind in kinds and BOX in (*e.units, e.container))
    )


def plus(kind, time_s, author=CLERK, **given):
    """Return the honest record with one more event, from a device of its own."""
    return [*HONEST, extra(kind, time_s, author, **given)]


def extra(kind, time_s, author=CLERK, **given):
    """Return an event of a device of its own about the first box."""
    given = {"units": (BOX,), "place": author.office, **given}
    return Event(device="x", sequence=1, kind=kind, time_s=time_s, author=author, **given)


BEFORE, AFTER = VOTE_S - 2 * DAY_S - 7200, VOTE_S + 10 * DAY_S
CLOSING = {"witnesses": (WATCHER,), "reason": "r", "document": "BA"}
FORK = attrs.evolve(HONEST[-1], document="another")
#: Code to a record in which it, and only it, is wrong.
MUTANTS = {
    "fork": [*HONEST, FORK],
    "log-gap": [e for e in HONEST if e.kind is not Kind.QUALITY_PASSED],
    "clock-back": [*HONEST, extra("scanned", BEFORE, VILLAGE, recorded_s=9, reason="r"), attrs.evolve(extra("scanned", BEFORE + 1, VILLAGE), sequence=2, recorded_s=8)],
    "corrects-unknown": plus("incident", AFTER, reason="r", corrects=EventId("far", 1)),
    "corrects-later": plus("withdrawn", 5, reason="r", units=(), corrects=HONEST[-1].id),
    "corrections-compete": [*HONEST, *(attrs.evolve(HONEST[-1], device=d, sequence=1, recorded_s=AFTER + 9, reason="r", corrects=HONEST[-1].id) for d in "yz")],
    "correction-by-stranger": [*HONEST, attrs.evolve(HONEST[-1], device="y", sequence=1, author=Party("operator", "12.99"), recorded_s=AFTER, reason="r", corrects=HONEST[-1].id)],
    "may-not-append": bent(Kind.ARCHIVED, author=Party("regency-chair", REGENCY)),
    "lacks-field": bent(Kind.RECEIVED_HUB, document=""),
    "unknown-fact": bent(Kind.PACKED, facts=(("colour", "red"),)),
    "too-few-persons": bent(Kind.PACKED, witnesses=()),
    "no-witness": bent(Kind.DISPATCHED, witnesses=()),
    "same-party": plus("transferred", AFTER, TABLE, giver=TABLE, receiver=TABLE, destination=STATION, quantities=(Quantity(BALLOT, 1),), **CLOSING),
    "wrong-receiver": bent(Kind.DISPATCHED, receiver=Party("supplier", "CV Maju")),
    "unknown-unit": plus("scanned", BEFORE, units=("BOX-NOBODY",)),
    "never-packed": [e for e in without(Kind.PACKED, Kind.SEALED, Kind.DISPATCHED) if e.time_s < VOTE_S],
    "step-missing": without(Kind.RECEIVED_HUB, Kind.RECEIVED_VILLAGE, Kind.DISPATCHED),
    "clock-fault": renumbered(bent(Kind.RECEIVED_HUB, time_s=VOTE_S - 4 * DAY_S, device="slow")),
    "backwards": plus("packed", BEFORE, witnesses=(HEAD,)),
    "two-places": plus("received-hub", VOTE_S - 3 * DAY_S + 9000, Party("subdistrict-committee", "12.71.77"), giver=CARRIER, receiver=Party("subdistrict-committee", "12.71.77"), document="BA"),
    "no-way-back": [*HONEST, extra("damaged", AFTER, reason="r"), attrs.evolve(extra("released", AFTER + 9, Party("regency-chair", REGENCY), **CLOSING), sequence=2)],
    "custody-gap": bent(Kind.RECEIVED_STATION, giver=HUB),
    "not-holder": renumbered(bent(Kind.ARCHIVED, author=Party("operator", "12.99"))),
    "same-time": bent(Kind.PACKED, time_s=VOTE_S - 9 * DAY_S),
    "wrong-place": bent(Kind.RECEIVED_VILLAGE, place="12.71.01.1009"),
    "sealed-content": plus("kitted", BEFORE, units=(), container=BOX, destination=STATION),
    "opened-without-authority": plus("opened", BEFORE, HUB, witnesses=(WATCHER,)),
    "seal-mismatch": bent(Kind.OPENED, seals_removed=("S-OTHER",)),
    "seal-twice": bent(Kind.RESEALED, seals_applied=(f"S-{OTHER}a",)),
    "open-in-transit": [*HONEST, extra("seal-broken", BEFORE, VILLAGE, seals_broken=(f"S-{STATION}a", f"S-{STATION}b"), **CLOSING)],
    "seen-elsewhere": plus("scanned", BEFORE + 3600, HUB, place="12.71.55"),
    "condition-mismatch": plus("found", BEFORE, **CLOSING),
    "lost-but-seen": [*HONEST, extra("lost", VOTE_S + 5 * DAY_S + 7200, reason="r")],
    "mixed-contests": bent(Kind.KITTED, quantities=(Quantity(BALLOT, 100, "LOT-1"), Quantity(REGENT, 100))),
    "wrong-area": plus("kitted", BEFORE, units=(), container="BOX-Q", destination=STATION, quantities=(Quantity(Commodity(item="ballot-regent", area="12.72"), 1),)),
}  # fmt: skip
#: What has to follow from a fault, besides its own code.
FOLLOWS = {
    "correction-by-stranger": {"not-holder"},
    "opened-without-authority": {"seal-mismatch", "open-in-transit"},
    "open-in-transit": {"seal-mismatch"},
    "sealed-content": {"opened-without-authority"},
    "same-party": {"received-differs"},
}


@pytest.mark.parametrize("code", MUTANTS)
def test_each_fault_is_found_and_no_other(code):
    """One thing bent is one problem of that code, and at most what follows from it."""
    found = {problem.code for problem in state_of(MUTANTS[code]).problems}

    assert code in found
    assert found <= {code} | FOLLOWS.get(code, set())
    assert code in TEXTS


def test_seals_of_many_units_belong_to_one():
    """Serial numbers given for two boxes at once cannot be told apart."""
    two = (BOX, f"BOX-{OTHER}")
    event = extra("sealed", AFTER, units=two, seals_applied=("S-1",), witnesses=(WATCHER,))

    assert {"seals-of-many", "backwards"} == {
        p.code for p in state_of([*HONEST, event]).problems
    }


def test_arriving_without_packing_is_quarantine():
    """A box that was set up but never packed does not count as arrived (23)."""
    events = without(Kind.PACKED, Kind.SEALED, Kind.DISPATCHED)
    state = state_of(events)

    assert "never-packed" in {p.code for p in state.problems}
    assert Stage.KITTED is state.units[BOX].stage
    assert Condition.QUARANTINED is state.units[BOX].condition


def _kit_record():
    kit = "KIT-1"
    story = [
        extra("kitted", 100, container=BOX, destination=STATION, units=()),
        extra("packed", 110, witnesses=(HEAD,)),
        extra("sealed", 120, witnesses=(WATCHER,), seals_applied=("S-1",)),
        extra("kitted", 130, container=kit, destination=STATION),
        extra("packed", 140, witnesses=(HEAD,), units=(kit,)),
        extra("sealed", 150, witnesses=(WATCHER,), seals_applied=("S-2",), units=(kit,)),
        extra("dispatched", 160, giver=CLERK, receiver=CARRIER, document="SJ", witnesses=(WATCHER,), units=(kit,)),
        extra("received-hub", 170, HUB, giver=CARRIER, receiver=HUB, document="BA", units=(kit,)),
    ]  # fmt: skip
    return renumbered(story)


def test_content_goes_where_its_container_goes():
    """A box in a kit has the kit's custodian and place at every instant (19)."""
    story = _kit_record()
    for size in range(4, len(story) + 1):
        state = state_of(story[:size])
        box, kit = state.units[BOX], state.units["KIT-1"]

        assert () == state.problems
        assert (kit.custodian, kit.place) == (box.custodian, box.place)
        assert (BOX,) == kit.contents


def test_content_of_a_sealed_kit_cannot_leave_it():
    """A box that moves while its kit is sealed is told, and does not move (22)."""
    story = _kit_record()
    alone = attrs.evolve(
        extra("received-village", 999, VILLAGE, giver=HUB, receiver=VILLAGE, document="BA"),
        device="y",
    )
    state = state_of([*story, alone])

    assert ["sealed-inside"] == [p.code for p in state.problems]
    assert HUB == state.units[BOX].custodian


def test_a_box_that_goes_astray_comes_right_again():
    """Swapped by the village, it is told; brought to its own station, it is good."""
    wrong = Party(Role.STATION_COMMITTEE, OTHER)
    t = VOTE_S - 2 * DAY_S - 3600
    astray = extra("received-station", t, wrong, giver=VILLAGE, receiver=wrong, document="BA")
    events = [
        attrs.evolve(e, giver=wrong)
        if e.kind is Kind.RECEIVED_STATION and BOX in e.units
        else e
        for e in HONEST
    ]
    swapped = state_of([e for e in [*events, astray] if e.time_s <= t]).units[BOX]
    state = state_of([*events, astray])

    assert Condition.SWAPPED is swapped.condition
    assert Condition.GOOD is state.units[BOX].condition
    assert ["wrong-place"] == [p.code for p in state.problems]


@settings(max_examples=30, deadline=None)
@given(st.sets(st.sampled_from([f"S-{STATION}a", f"S-{STATION}b", "S-9", "S-8"])))
def test_seals_off_are_seals_on_or_it_is_told(removed):
    """The set taken off equals the set put on, or there is a problem (21)."""
    events = bent(Kind.OPENED, seals_removed=tuple(removed))
    same = removed == {f"S-{STATION}a", f"S-{STATION}b"}

    assert same == ("seal-mismatch" not in {p.code for p in state_of(events).problems})


@settings(max_examples=40, deadline=None)
@given(st.data())
def test_every_hand_over_has_two_parties_and_its_giver_held_it(data):
    """Giver, receiver, document or custodian changed: the hand-over is told (18)."""
    handovers = [e for e in HONEST if e.giver is not None and e.units]
    event = data.draw(st.sampled_from(handovers))
    stranger = Party(data.draw(st.sampled_from(Role)), "12.34.56")
    changes = data.draw(
        st.sampled_from(
            [
                {"giver": stranger},
                {"giver": event.receiver},
                {"document": ""},
                {"receiver": None},
            ]
        )
    )
    events = [attrs.evolve(e, **changes) if e is event else e for e in HONEST]
    told = [p for p in state_of(events).problems if event.id in p.events]

    assert told


@settings(max_examples=40, deadline=None)
@given(st.integers(0, len(HONEST)))
def test_at_every_instant_there_is_one_custodian(size):
    """Whenever one looks, each unit is in the hands of who received it last (19)."""
    told = sorted(HONEST, key=lambda e: e.order)[:size]
    for unit in state_of(told).units.values():
        received = [e for e in told if unit.code in (*e.units, e.container)]
        parties = [e.receiver or e.author for e in received if e.receiver or e.container]

        assert parties[-1] == unit.custodian
        assert [e.id for e in received] == list(unit.events)
        times = [e.time_s for e in received]
        assert sorted(set(times)) == times  # (20)
