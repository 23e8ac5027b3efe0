"""Rules of hand-overs hold where they are made for, and against the record (18)."""

from __future__ import annotations

from datetime import date

import attrs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from custody_world import WATCHER, honest
from silog_core.custody.fold import CustodyFold, state_of
from silog_core.domain.calendar import DateRange
from silog_core.domain.calendar_rules import STAGES
from silog_core.domain.custody_kinds import Kind
from silog_core.domain.custody_roles import Party, Role
from silog_core.domain.handover_rules import HandoverRule, HandoverRules
from silog_core.domain.plan import HandoverNote, Plan
from silog_core.domain.regions import RegionCode, RegionTable
from silog_core.domain.wire import from_wire, to_wire
from silog_core.rules import build_rule_book
from silog_core.testing.strategies.rules import handover_rules
from silog_core.testing.worlds import small_world

HONEST = honest(1)
AT_HUB = next(e for e in HONEST if e.kind is Kind.RECEIVED_HUB)
POLICE = Party(Role.POLICE, "Polres")
HOUR = (AT_HUB.time_s // 3600 + 7) % 24


def _rule(scope="12.71", stage="at-hub", **asks):
    return HandoverRule(
        scope=scope, source="SK 7", election="pilkada", stage=stage, document="BAST", **asks
    )


def _told(rule, events=HONEST):
    found = state_of(events, HandoverRules((rule,))).problems
    assert all("SK 7" in problem.message_id for problem in found)
    return [problem.code for problem in found]


#: What a rule may ask for, what keeps it, and the code that tells of its breach.
ASKED = {
    "rule-witness": ({"witnesses": ("police",)}, {"witnesses": (POLICE,)}),
    "rule-parties": ({"parties": 3}, {"witnesses": (WATCHER,)}),
    "rule-persons": ({"persons": 3}, {"witnesses": (WATCHER,)}),
    "rule-escort": ({"escort": ("police",)}, {"facts": (("escort", "police:Polres"),)}),
    "rule-hours": ({"first_hour": HOUR + 1}, {"time_s": AT_HUB.time_s + 3600}),
    "rule-seals": (
        {"states_seals": True},
        dict.fromkeys(
            ("seals_given", "seals_taken"),
            ((AT_HUB.units[0], [AT_HUB.units[0].replace("BOX", "S") + x for x in "ab"]),),
        ),
    ),
}


@pytest.mark.parametrize("code", ASKED)
def test_what_a_region_asks_for_is_there_or_it_is_told(code):
    """Each demand is told by its code where it is broken, and satisfied by what it asks."""
    asks, keeps = ASKED[code]
    kept = [attrs.evolve(e, **keeps) if e is AT_HUB else e for e in HONEST]

    assert [code] == _told(_rule(**asks))
    assert [] == _told(_rule(**asks), kept)


@pytest.mark.parametrize("scope", ["12.72", "12.71.02", "53"])
def test_a_rule_of_another_region_says_nothing_here(scope):
    """What a neighbour asks for is not held against this record."""
    assert [] == _told(_rule(scope, witnesses=("police",), persons=4))


def _lawful(drawn):
    """Return one rule for each region and stage; each names the wider one it replaces."""
    plain = {
        (r.scope, r.stage): attrs.evolve(
            r, election="pilkada", legal_minimum=False, valid=DateRange(), waives=""
        )
        for r in drawn
    }
    found = []
    for rule in plain.values():
        wider = [
            w
            for w in plain.values()
            if w.stage == rule.stage and w.scope != rule.scope and w.scope.covers(rule.scope)
        ]
        widest = max(wider, key=lambda w: w.scope.depth, default=None)
        found.append(attrs.evolve(rule, replaces=widest.id if widest else ""))
    return found


@settings(max_examples=60, deadline=None)
@given(
    st.lists(handover_rules(scopes=st.sampled_from(["ID", "12", "12.71", "12.71.01", "53"])))
)
def test_the_deepest_region_of_the_place_holds(drawn):
    """At each place and stage the rule is that of the rule book of its own region."""
    rules = _lawful(drawn)
    book = build_rule_book(
        [(f"region.{rule.scope}", rule) for rule in rules],
        table=RegionTable(
            as_of=date(2024, 1, 1),
            source="test",
            names={"12": "Sumut", "12.71": "Medan", "12.71.01": "T", "53": "NTT"},
        ),
        election_kind="pilkada",
        on=date(2024, 11, 27),
    )
    held = HandoverRules(book.handovers_within(RegionCode.parse("12")))
    for stage in STAGES:
        for place in ("12.71.01.1001-001", "12.71", "12.14.07"):
            region = RegionCode.parse(place.partition("-")[0])

            assert book.handover(stage, region) == held.at(stage, place)


def test_a_plan_brings_the_rules_of_its_regions():
    """The record of a planned election is held to the rules that the plan cites."""
    plan = small_world().plan

    assert len(plan.handovers) == len(plan.handover_rules.rules)
    assert all(note.rule.in_words() == note.asks for note in plan.handovers)


@pytest.mark.parametrize(("scope", "holds"), [("12.01.01", True), ("12.01.99", False)])
def test_a_plan_prints_the_rule_of_each_place(scope, holds):
    """A place prints the rule of its own subdistrict, and none of a neighbour's."""
    rules = (_rule("ID"), _rule(scope, persons=4))
    notes = tuple(
        HandoverNote(stage=r.stage, asks=r.in_words(), source=r.source, rule=r) for r in rules
    )
    plan = attrs.evolve(small_world().plan, handovers=notes)
    places = {kit for trip in plan.trips for stop in trip.stops for kit in stop.kits}
    told = [str(plan.explain(place)) for place in places if place.startswith("12.01.01.")]

    assert told
    assert {holds} == {"4 persons" in text for text in told}
    assert {not holds} == {"the BAST [SK 7]" in text for text in told}
    assert plan == from_wire(Plan, to_wire(plan))


@settings(max_examples=10, deadline=None)
@given(st.randoms(use_true_random=False))
def test_rules_are_held_in_any_order_of_events(random):
    """Event by event and shuffled, the same is told (24)."""
    rules = HandoverRules((_rule(witnesses=("police",)), _rule(stage="dispatch", persons=9)))
    events = list(HONEST)
    random.shuffle(events)
    fold = CustodyFold(rules)
    for event in events:
        fold.add(event)

    assert state_of(HONEST, rules) == fold.state()
    assert {"rule-witness", "rule-persons"} == {p.code for p in fold.state().problems}
