"""The book as a whole: order, digest, overrides, slices, explanations."""

from __future__ import annotations

import pickle

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rule_making import TABLE, book, closure, day_off, limit, rate, speed, window
from silog_core.domain.legs import Mode
from silog_core.domain.regions import RegionCode
from silog_core.errors import FieldError, RuleConflictError

TOPIC = "needs:box/station"
MEDAN = RegionCode.parse("12.71.01.1001")
WIDE = rate(legal_minimum=True)
RULES = (
    WIDE,
    rate("12", quantity=3, replaces=WIDE.id),
    speed(),
    closure("12", months=(1,)),
    closure("53", months=(7,)),
    limit(max_payload_g=9),
    day_off(),
    window(),
)


@given(st.permutations(RULES))
def test_order_never_matters(rules):
    """Invariant 34: the same rules in any order make the same book."""
    assert book(*RULES).digest() == book(*rules).digest()


def test_a_book_travels_and_is_equal():
    """Books are equal by content, before and after a pickle."""
    found = book(*RULES)
    found.closures(Mode.SEA, MEDAN)
    again = pickle.loads(pickle.dumps(found))

    assert found == again
    assert hash(found) == hash(again)
    assert found.needs_rule(TOPIC, MEDAN) == again.needs_rule(TOPIC, MEDAN)


@pytest.mark.parametrize("changed", [rate(quantity=3, legal_minimum=True), None])
def test_the_digest_notices_any_change(changed):
    """Another number, or one rule less, is another book."""
    others = [rule for rule in RULES if rule is not WIDE]
    kept = [changed, *others[1:]] if changed else others[1:]

    assert book(*RULES).digest() != book(*kept).digest()


def test_a_scenario_comes_before_every_plugin():
    """Its own rate holds even where a deeper region has one."""
    found = book(*RULES).with_overrides(rates=[rate(quantity=5)])

    assert 5 == found.needs_rule(TOPIC, MEDAN).quantity
    assert "the scenario's own" in str(found.explain(TOPIC, MEDAN))
    assert book(*RULES).with_overrides() == book(*RULES)


def test_a_scenario_cannot_go_below_the_law():
    """Not even with a rule of its own, wide or narrow."""
    deep = rate("12.71", quantity=4, item="seal", legal_minimum=True)
    for own in (rate("12", quantity=1), rate("12", quantity=3, item="seal")):
        with pytest.raises(RuleConflictError, match="less than the legal minimum"):
            book(*RULES, deep).with_overrides(rates=[own])


def test_a_scenario_gives_a_rule_once():
    """Two of its own for one region contradict each other."""
    with pytest.raises(RuleConflictError, match="twice"):
        book(*RULES).with_overrides(rates=[rate(quantity=5), rate(quantity=6)])


@given(st.sampled_from(["12", "12.71", "12.71.01.1001", "53"]))
def test_a_slice_answers_like_the_whole(region):
    """Inside its region, the slice for a task says what the book says."""
    at = RegionCode.parse(region)
    whole, part = book(*RULES), book(*RULES).restrict(at)

    assert whole.needs_rule(TOPIC, at) == part.needs_rule(TOPIC, at)
    assert whole.closures(Mode.SEA, at) == part.closures(Mode.SEA, at)
    assert whole.days_off(at) == part.days_off(at)
    assert set(part.entries) <= set(whole.entries)
    assert all(at.covers(r) or r.covers(at) for r in map(RegionCode.parse, part.table.names))


def test_explanations_name_every_candidate():
    """Wide to narrow, each with plugin, version, source, and why it holds or not."""
    found = book(*RULES, versions={"region.12": "1.4"})
    lines = str(found.explain(TOPIC, "12.71")).splitlines()

    assert "needs:box/station in 12.71 Medan: needs:box/station@12" == lines[0]
    assert "  needs:box/station@ID: 2 for each station, legal minimum" == lines[1]
    assert "    gives way: needs:box/station@12 is of a deeper region, 12" in lines
    assert "    holds: the deepest region that has one is 12 (province)" in lines
    assert "    from region.12 1.4, estimate: s" in lines


@pytest.mark.parametrize("kind", ["closure:sea/swell", "stage:pilkada/dispatch@ID"])
def test_a_topic_or_an_id_can_be_asked(kind):
    """Both lead to the same candidates; a place without a rule says so."""
    assert kind.split("@")[0] in book(*RULES).explain(kind, "12.71").text


def test_an_unknown_topic_says_what_there_is():
    """The question for a misspelt topic names those that come close."""
    with pytest.raises(FieldError, match="needs:box/station"):
        book(*RULES).explain("needs:boxes/station")


def test_rules_are_found_by_id():
    """The id that a plan cites leads to the rule."""
    assert WIDE == book(*RULES).rule(WIDE.id)
    assert book(*RULES).rule("needs:x/station@ID") is None


def test_a_look_up_is_kept_by_region():
    """The rule of a thousand villages is looked for once: it is the same object."""
    found, regions = (
        book(*RULES),
        [RegionCode.parse(f"12.71.01.{n}") for n in range(1001, 2001)],
    )
    assert 1 == len({id(found.needs_rule(TOPIC, region)) for region in regions})
    assert TABLE is found.table
