"""Rules that contradict each other stop the book, and the message says what to write."""

from __future__ import annotations

import pickle

import pytest

from rule_making import book, cap, closure, limit, rate, window
from silog_core.errors import RuleConflictError
from silog_core.rules.reference import refer_to

WIDE = rate(legal_minimum=True)
TOPIC = "needs:box/station"


def conflicts(*given, **options):
    """Return the kinds of conflict that building a book of these rules finds."""
    with pytest.raises(RuleConflictError) as caught:
        book(*given, **options)
    return caught.value


def test_a_tie_prints_the_line_to_add():
    """Two plugins with one rule: only a person can say which holds."""
    error = conflicts(("region.53", rate("53")), ("plugin.other", rate("53", quantity=3)))

    assert 'prefer = {"needs:box/station@53" = "region.53"}' in str(error)
    assert ("region.53", "plugin.other")[::-1] == error.conflicts[0].plugins


def test_the_printed_line_settles_the_tie():
    """With the preference, the rule of that plugin holds."""
    found = book(
        ("region.53", rate("53")),
        ("plugin.other", rate("53", quantity=3)),
        prefer={f"{TOPIC}@53": "plugin.other"},
    )

    assert 3 == found.needs_rule(TOPIC, rate("53").scope).quantity
    assert "prefers plugin.other" in str(found.explain(TOPIC, "53"))


def test_a_preference_for_nothing_is_noted():
    """A preference that settles nothing is no error, and no secret."""
    assert "not given" in book(WIDE, prefer={"needs:x/station@53": "region.53"}).notes[0]


def test_one_plugin_cannot_give_a_rule_twice():
    """No preference helps where the plugin contradicts itself."""
    error = conflicts(("region.53", rate("53")), ("region.53", rate("53", quantity=3)))

    assert "twice" in error.problem


def test_shadowing_in_silence_is_refused():
    """A narrower rule says which wider one it stands in for; the message says how."""
    error = conflicts(WIDE, rate("12", quantity=3))

    assert f'replaces="{refer_to(WIDE)}"' in error.fix


@pytest.mark.parametrize(
    ("replaces", "part"),
    [
        (f"{TOPIC}@ID#0000000000000000", "has changed"),
        (f"{TOPIC}@53", "what holds around it"),
    ],
)
def test_replacing_the_wrong_rule_is_refused(replaces, part):
    """A reference that is stale or points elsewhere is a conflict."""
    assert part in conflicts(WIDE, rate("12", quantity=3, replaces=replaces)).problem


def test_replacing_a_rule_that_nobody_gives_is_refused():
    """A reference into the void is a conflict too."""
    assert "nobody gives" in conflicts(rate("12", replaces=f"{TOPIC}@ID")).problem


@pytest.mark.parametrize(
    "less",
    [
        {"quantity": 1},
        {"quantity": 2, "contest": "regent"},
    ],
)
def test_a_region_cannot_go_below_a_legal_minimum(less):
    """Fewer pieces, or pieces for another contest: both rules are named."""
    error = conflicts(WIDE, rate("12", replaces=WIDE.id, **less))

    assert f"{TOPIC}@12" in error.problem
    assert f"{TOPIC}@ID" in error.problem


def test_a_region_cannot_lower_the_ballot_reserve():
    """The reserve of 2.5 % stays, however it is written."""
    ballot = {"item": "ballot", "quantity": 0, "per_voter": 1, "contest": "governor"}
    law = rate(**ballot, reserve_numerator=25, reserve_denominator=1000, legal_minimum=True)
    low = rate("12", **ballot, reserve_numerator=2, reserve_denominator=100, replaces=law.id)
    same = rate("12", **ballot, reserve_numerator=1, reserve_denominator=40, replaces=law.id)

    assert "legal-minimum" == conflicts(law, low).conflicts[0].kind
    assert book(law, same).needs_rule("needs:ballot/station", same.scope) == same


def test_a_preference_is_no_way_around_the_law():
    """A minimum that was set aside by choice still binds."""
    error = conflicts(
        ("region.ID", WIDE),
        ("plugin.other", rate(quantity=1)),
        prefer={WIDE.id: "plugin.other"},
    )

    assert "legal-minimum" == error.conflicts[0].kind


def test_a_deadline_of_the_law_only_moves_forward():
    """A region may want it earlier, never later."""
    law = window(last=1, legal_minimum=True)

    assert "ends" in conflicts(law, window("12", last=0)).problem
    assert (
        2
        == book(law, window("12", last=2))
        .stage_window("dispatch", rate("12.71").scope)
        .last_days_before
    )


def test_a_stage_without_a_moment_left_is_refused():
    """Windows that do not meet leave nothing to plan."""
    error = conflicts(window("12", first=5, last=3), window("12.71", first=2, last=1))

    assert "nothing is left" in error.problem


def test_a_scope_that_no_list_knows_is_refused():
    """A rule for a code that does not exist would apply nowhere."""
    error = conflicts(rate("13"))

    assert "13 is not in the code list" in error.problem
    assert "12" in error.fix


def test_limits_are_lifted_not_replaced():
    """What holds together has no replaces=."""
    wide = limit(max_payload_g=5)

    assert "waives" in conflicts(wide, limit("12", max_payload_g=9, replaces=wide.id)).fix


@pytest.mark.parametrize(
    ("wide", "narrow", "part"),
    [
        (closure(), closure("12", waives="closure:sea/swell@53"), "nobody gives"),
        (closure(), limit("12", waives="closure:sea/swell@ID"), "not a vehicle-limit"),
        (
            cap(max_voters=600),
            cap("12", max_voters=800, waives="station-cap:pilkada@ID"),
            "law",
        ),
        (WIDE, rate("12", waives=WIDE.id, replaces=WIDE.id), "deepest"),
        (closure(), closure("12", waives="closure:sea/swell@ID#00"), "changed"),
    ],
)
def test_a_waiver_that_lifts_nothing_is_refused(wide, narrow, part):
    """A waiver names a rule of its kind around it that is not the law's."""
    assert part in str(conflicts(wide, narrow))


def test_waivers_can_be_forbidden():
    """A host that wants none gets none."""
    lifts = closure("12", waives="closure:sea/swell@ID", months=(1,))

    assert "forbidden" in conflicts(closure(), lifts, allow_waivers=False).problem


def test_all_conflicts_come_at_once_and_travel():
    """One error holds them all, and survives a pickle."""
    error = conflicts(WIDE, rate("12", quantity=1), rate("13"))
    again = pickle.loads(pickle.dumps(error))

    assert {"legal-minimum", "replaces", "scope"} == {c.kind for c in error.conflicts}
    assert (str(error), error.conflicts) == (str(again), again.conflicts)
