"""The record of custody where boxes change vehicles: who holds them in between."""

from __future__ import annotations

from itertools import pairwise
from random import Random

import pytest

from landing_worlds import BOOK_OF_ISLAND, HUB, ISLAND, JETTY, island, landings_everywhere
from silog_core.custody.comparison import compare
from silog_core.custody.expected import compile_plan
from silog_core.custody.fold import CustodyFold
from silog_core.custody.next_step import next_step
from silog_core.custody.public_view import public_boxes
from silog_core.domain.custody_kinds import LANDING_RECEIPTS, Kind
from silog_core.domain.custody_roles import Role
from silog_core.planning.check import check_plan
from silog_core.testing.election_play import play_election
from silog_core.testing.election_truth import all_problems, judged
from small_world import planned

COUNTRIES = {
    "a jetty": (island(), planned(island(), BOOK_OF_ISLAND)),
    "three landings": (landings_everywhere(), planned(landings_everywhere())),
}
STATION = f"{ISLAND}-001"
AT_LANDINGS = set(LANDING_RECEIPTS.values())


def played(name, seed=1, incidents=0):
    """Return a played election of a country, and its plan."""
    scenario, plan = COUNTRIES[name]
    return play_election(scenario, plan, seed=seed, devices=4, incidents=incidents), plan


def folded(events):
    """Return what a record says."""
    fold = CustodyFold()
    fold.add_all(events)
    fold.flush()
    return fold


@pytest.mark.parametrize("name", COUNTRIES)
def test_an_honest_election_over_landings_closes(name):
    """Laws 11, 12 and 25: one holder at every instant, and all boxes come back."""
    assert [] == check_plan(*COUNTRIES[name])
    play, plan = played(name)
    problems, whole = all_problems(play.events, plan)

    assert set() == problems
    assert whole.closes
    assert {"a jetty": 2, "three landings": 6}[name] == len(
        AT_LANDINGS & {event.kind for event in play.events}
    )


@pytest.mark.parametrize("name", COUNTRIES)
def test_the_record_names_who_held_the_boxes_between_two_vehicles(name):
    """Law 11: the boatman takes over at the landing, and gives to who comes next."""
    play, plan = played(name)
    kit = next(k for k in compile_plan(plan) if k.place == STATION)
    wanted = [(s.kind, s.place) for s in kit.steps if s.kind in AT_LANDINGS]
    events = sorted(
        (e for e in play.events if any(STATION in u for u in e.units) and e.receiver),
        key=lambda e: e.time_s,
    )

    assert wanted == [(e.kind, e.place) for e in events if e.kind in AT_LANDINGS]
    for one, two in pairwise(events):
        if one.kind is not Kind.RECEIVED_STATION:  # there it is opened
            assert one.receiver == two.giver
    for event in events:
        if event.kind in AT_LANDINGS:
            assert event.receiver.role is Role.CARRIER
            assert event.receiver.office.split()[-1] in {
                t.id
                for t in plan.trips
                if event.place in {t.home, *(s.place for s in t.stops)}
            }


@pytest.mark.parametrize("name", COUNTRIES)
@pytest.mark.parametrize("seed", range(6))
def test_all_incidents_over_landings_are_found_and_none_invented(name, seed):
    """What goes wrong shows as it does where nobody changes vehicles."""
    play, plan = played(name, seed, incidents=3)
    shuffled = list(play.events)
    Random(seed).shuffle(shuffled)

    assert ([], []) == judged(all_problems(shuffled, plan)[0], play.incidents)


def test_a_receipt_that_is_missing_at_the_jetty_is_found():
    """Nobody knows who held the boxes: the plan's step is missing, and custody has a gap."""
    play, plan = played("a jetty")
    silent = [e for e in play.events if e.kind is not Kind.RECEIVED_VILLAGE_LANDING]
    problems, _ = all_problems(silent, plan)

    assert {"log-gap", "step-not-taken", "custody-gap"} == {p.code for p in problems}
    assert {True} == {"landing" in p.message for p in problems if p.code == "step-not-taken"}


def test_a_receipt_at_another_jetty_or_that_no_plan_knows_is_found():
    """Where the plan has no landing, a receipt at one is extra; elsewhere is elsewhere."""
    play, plan = played("a jetty")
    fold = folded(play.events)
    kits = [k for k in compile_plan(plan, units=2) if k.holds]
    without = [
        type(k)(
            place=k.place, holds=k.holds, units=k.units,
            steps=tuple(s for s in k.steps if s.kind not in AT_LANDINGS),
        )
        for k in kits
    ]  # fmt: skip

    assert {"extra-step"} == {p.code for p in compare(without, fold, now_s=10**11)}


def test_what_comes_next_is_the_landing_if_the_plan_has_one():
    """From the hub the jetty is next with a plan, and the village without."""
    play, plan = played("a jetty")
    kit = next(k for k in compile_plan(plan, units=2) if k.place == STATION)
    hub = [e for e in play.events if e.kind is Kind.RECEIVED_HUB]
    until = max(e.time_s for e in hub)
    fold = folded(e for e in play.events if e.time_s <= until)
    unit = next(u for u in fold.units.values() if u.destination == STATION)
    step = next_step(unit, fold, kit, now_s=until)

    assert (Kind.RECEIVED_VILLAGE_LANDING, JETTY) == (step.kind, step.place)
    assert Kind.RECEIVED_VILLAGE is next_step(unit, fold, None, now_s=until).kind
    assert HUB == unit.place


def test_the_public_is_not_told_at_which_jetty_boxes_wait():
    """At a landing boxes are on the road: the stage is public, and no place."""
    play, _ = played("a jetty")
    until = max(e.time_s for e in play.events if e.kind is Kind.RECEIVED_VILLAGE_LANDING)
    boxes = public_boxes([e for e in play.events if e.time_s <= until])
    box = next(b for b in boxes if b.station == STATION)

    assert "at-village-landing" == box.stage.value
    assert "" == box.place
    assert JETTY not in str(box)
