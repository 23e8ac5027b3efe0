"""What the author of a pack meets: each conflict prints the line that settles it."""

from __future__ import annotations

import re
from datetime import date
from itertools import permutations

import attrs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rule_making import DAY, closure, limit, rate, speed, window
from silog_core.domain.calendar import DateRange
from silog_core.domain.handover_rules import HandoverRule
from silog_core.domain.legs import Mode
from silog_core.domain.manifest import Manifest
from silog_core.domain.places import Place
from silog_core.domain.regions import RegionCode, RegionTable
from silog_core.errors import RuleConflictError
from silog_core.session import Session
from silog_core.testing import plugin_module, small_world

CODES = RegionTable(
    as_of=date(2024, 1, 1),
    source="a list",
    names={"52": "NTB", "53": "NTT", "53.71": "Kupang", "53.01": "Rote"},
)
BALLOT = rate(
    item="ballot", contest="governor", quantity=0, per_voter=1, reserve_numerator=25,
    reserve_denominator=1000, legal_minimum=True, source="UU 1/2015",
)  # fmt: skip
LAW = (
    rate(),
    BALLOT,
    speed(),
    closure(name="storm", months=(1,)),
    window(stage="dispatch", first=5, last=1),
    HandoverRule(
        scope="ID", source="a rule of KPU", election="pilkada", stage="at-hub", document="BAST",
        witnesses=("supervisor", "police"), legal_minimum=True,
    ),
)  # fmt: skip
HOOK_OF = {
    "needs": "silog_needs_rules",
    "handover": "silog_needs_rules",
    "stage": "silog_calendars",
    "closure": "silog_leg_closures",
    "speed": "silog_leg_speeds",
    "vehicle-limit": "silog_vehicle_limits",
}


def pack(region, *rules, table=None):
    """Return a pack of a region with rules of any kind."""
    hooks = {}
    for rule in rules:
        hooks.setdefault(HOOK_OF[rule.kind], []).append(rule)
    manifest = Manifest(title=f"Pack of {region}", regions=(region,), table=table)
    return plugin_module(silog_manifest=lambda: manifest, **hooks)


def nation(*rules):
    """Return the national pack, with these rules or those of the law."""
    return ("region.ID", pack("ID", *(rules or LAW), table=CODES))


def book(*packs, root="ID", on=DAY, **options):
    """Return the book of a session with the packs, none of which may fail."""
    with Session(plugins=list(packs), **options) as session:
        found = session.rule_book("pilkada", on, root)
        assert [str(failure) for failure in session.failures] == []
        return found


def refused(*packs, **options):
    """Return the error of a session with the packs."""
    with pytest.raises(RuleConflictError) as caught:
        book(*packs, **options)
    return caught.value


def at(code):
    """Return a region code."""
    return RegionCode.parse(code)


INK = rate("53", item="box", quantity=3, replaces="needs:box/station@ID")


def test_two_packs_of_one_region_print_the_line_that_settles_it():
    """A province's pack and a copy under another name: a person says which holds."""
    ours = ("region.53", pack("53", INK))
    copy = ("plugin.copy", pack("53", attrs.evolve(INK, quantity=4)))
    error = refused(nation(), ours, copy)
    lines = re.findall(r'prefer = \{"([^"]+)" = "([^"]+)"\}', error.fix)

    assert {(INK.id, "region.53"), (INK.id, "plugin.copy")} == set(lines)
    for line, quantity in (("region.53", 3), ("plugin.copy", 4)):
        settled = book(nation(), ours, copy, prefer={INK.id: line})

        assert quantity == settled.needs_rule("needs:box/station", at("53.71")).quantity


def test_a_conflict_of_one_province_leaves_the_others_alone():
    """53 contradicts itself; 52 is planned all the same."""
    packs = (nation(), ("region.53", pack("53", INK)), ("plugin.copy", pack("53", INK)))

    assert book(*packs, root="52").needs_topics()
    assert refused(*packs, root="53")


@pytest.mark.parametrize("rule", [INK, speed("53", replaces="speed:road@ID")])
def test_the_printed_replaces_line_can_be_pasted(rule):
    """Shadowing in silence is refused; with the line of the message it is not."""
    bare = attrs.evolve(rule, replaces="")
    error = refused(nation(), ("region.53", pack("53", bare)))
    (line,) = re.findall(r'replaces="([^"]+)"', error.fix)
    pasted = attrs.evolve(rule, replaces=line)

    assert rule == book(nation(), ("region.53", pack("53", rule))).rule(rule.id)
    assert pasted == book(nation(), ("region.53", pack("53", pasted))).rule(rule.id)


def test_a_pasted_line_notices_when_the_nation_changes():
    """The digest in it is of the rule that was read: another figure has to be read again."""
    bare = attrs.evolve(INK, replaces="")
    (line,) = re.findall(
        r'replaces="([^"]+)"', refused(nation(), ("region.53", pack("53", bare))).fix
    )
    pasted = ("region.53", pack("53", attrs.evolve(INK, replaces=line)))
    changed = nation(*(attrs.evolve(r, quantity=5) if r == LAW[0] else r for r in LAW))
    error = refused(changed, pasted)
    (again,) = re.findall(r'replaces="([^"]+)"', error.fix)

    assert "has changed since" in error.problem
    assert book(changed, ("region.53", pack("53", attrs.evolve(INK, replaces=again))))


def test_a_regency_replaces_what_holds_around_it():
    """Below a province's rule that one is named, and naming the nation's is refused."""
    province = ("region.53", pack("53", INK))
    city = rate("53.71", item="box", quantity=9, replaces=INK.id)
    wrong = attrs.evolve(city, replaces="needs:box/station@ID")
    found = book(nation(), province, ("region.53.71", pack("53.71", city)))

    assert INK.id in refused(nation(), province, ("region.53.71", pack("53.71", wrong))).fix
    assert [2, 3, 9] == [
        found.needs_rule("needs:box/station", at(code)).quantity
        for code in ("52", "53.01", "53.71")
    ]


def test_a_waiver_is_written_into_the_book_and_can_be_forbidden():
    """A province opens what the nation closed: openly, with its source, or not at all."""
    opened = closure(
        "53", name="storm", months=(2,), waives="closure:sea/storm@ID", source="a harbour"
    )
    packs = (nation(), ("region.53", pack("53", opened)))
    found = book(*packs)
    shut = {
        code: {
            month
            for c in found.closures(Mode.SEA, at(code))
            for month in range(1, 13)
            if c.holds(month=month, weekday=0, hour=0)
        }
        for code in ("52", "53.71")
    }

    assert {"52": {1}, "53.71": {2}} == shut
    assert (opened,) == found.waivers
    assert any("a harbour" in note for note in found.notes)
    assert opened.waives in refused(*packs, allow_waivers=False).problem


def test_the_tightest_limit_holds_whoever_gives_it():
    """A regency cannot allow what its province forbids, and a leg obeys both its ends."""
    packs = (
        nation(),
        ("region.53", pack("53", limit("53", max_payload_g=2_000))),
        ("region.53.71", pack("53.71", limit("53.71", max_payload_g=9_000))),
        ("region.52", pack("52", limit("52", max_payload_g=1_000, max_volume_cm3=7))),
    )
    found = book(*packs)

    assert (2_000, None) == found.vehicle_limit(Mode.ROAD, at("53.71"))
    assert (1_000, 7) == found.vehicle_limit(Mode.ROAD, at("53.71"), at("52"))
    assert (1_000, 7) == found.vehicle_limit(Mode.ROAD, at("52"), at("53.71"))


def test_a_leg_goes_as_slowly_and_as_rarely_as_either_end_says():
    """Two provinces with a pack each: the slower speed, and the closures of both."""
    packs = (
        nation(),
        (
            "region.52",
            pack(
                "52",
                speed("52", speed_m_per_h=9_000, replaces="speed:road@ID"),
                closure("52", months=(3,)),
            ),
        ),
        ("region.53", pack("53", closure("53", months=(4,), name="west-wind"))),
    )
    found = book(*packs)
    ends = at("52"), at("53.01")

    for pair in (ends, ends[::-1]):
        names = {c.name for c in found.closures(Mode.SEA, *pair)}

        assert {"storm", "swell", "west-wind"} == names
        assert 9_000 == found.leg_speed(Mode.ROAD, "", *pair).speed_m_per_h


def test_rules_follow_each_other_in_time():
    """One until the end of 2024 and one from then on: each election has its own."""
    old = attrs.evolve(INK, valid=DateRange(last=date(2024, 12, 31)))
    new = attrs.evolve(INK, quantity=4, valid=DateRange(first=date(2025, 1, 1)))
    province = ("region.53", pack("53", old, new))
    quantity = {
        on: book(nation(), province, on=on).needs_rule("needs:box/station", at("53")).quantity
        for on in (date(2024, 11, 27), date(2029, 11, 28))
    }

    assert [3, 4] == list(quantity.values())


def test_rules_that_overlap_in_time_are_refused():
    """Also when the voting day lies where only one of them holds."""
    old = attrs.evolve(INK, valid=DateRange(last=date(2025, 6, 30)))
    new = attrs.evolve(INK, quantity=4, valid=DateRange(first=date(2025, 1, 1)))
    error = refused(nation(), ("region.53", pack("53", old, new)))

    assert "twice" in error.problem
    assert "valid=" in error.fix


def test_an_outdated_rule_leaves_the_nation_in_force():
    """What is no longer valid shadows nothing, and needs no other mending."""
    old = attrs.evolve(INK, valid=DateRange(last=date(2020, 12, 31)))
    found = book(nation(), ("region.53", pack("53", old)))

    assert 2 == found.needs_rule("needs:box/station", at("53")).quantity


@pytest.mark.parametrize(
    "less",
    [
        attrs.evolve(
            BALLOT, scope="53", reserve_numerator=24, legal_minimum=False, replaces=BALLOT.id
        ),
        attrs.evolve(
            LAW[-1],
            scope="53",
            witnesses=("police",),
            legal_minimum=False,
            replaces=LAW[-1].id,
        ),
        attrs.evolve(LAW[-1], scope="53", parties=1, legal_minimum=False, replaces=LAW[-1].id),
    ],
    ids=["reserve", "witness", "party"],
)
def test_no_pack_goes_below_the_law(less):
    """Fewer ballots, a witness or a party less: the error names both rules and packs."""
    error = refused(nation(), ("region.53", pack("53", less)))

    assert less.id in error.problem
    assert f"{less.topic}@ID" in error.problem
    assert {"region.53", "region.ID"} == set(error.conflicts[0].plugins)


def test_a_region_may_ask_for_more_than_the_law():
    """More ballots and one more witness are no conflict."""
    more = (
        attrs.evolve(BALLOT, scope="53", reserve_numerator=30, replaces=BALLOT.id),
        attrs.evolve(
            LAW[-1],
            scope="53",
            witnesses=("police", "supervisor", "village-head"),
            replaces=LAW[-1].id,
        ),
    )
    found = book(nation(), ("region.53", pack("53", *more)))

    assert 1_030 == found.needs_rule("needs:ballot/station", at("53")).need(1_000)
    assert 3 == len(found.handover("at-hub", at("53")).witnesses)


def test_the_message_is_the_same_in_any_order():
    """Whoever installs first: the same conflicts, the same words."""
    packs = [
        nation(),
        ("region.53", pack("53", INK, attrs.evolve(BALLOT, scope="53", reserve_numerator=0))),
        ("region.52", pack("52", rate("52", quantity=1))),
        ("plugin.copy", pack("53", INK)),
    ]

    assert 1 == len({str(refused(*order)) for order in permutations(packs)})


@settings(deadline=None, derandomize=True, max_examples=20)
@given(st.data())
def test_packs_in_any_order_make_one_book(data):
    """A nation, two provinces and a regency, registered in any order."""
    packs = [
        nation(),
        ("region.53", pack("53", INK, limit("53", max_payload_g=5))),
        ("region.53.71", pack("53.71", limit("53.71", max_payload_g=3))),
        ("region.52", pack("52", closure("52", months=(7,)))),
    ]

    assert book(*packs).digest() == book(*data.draw(st.permutations(packs))).digest()


def test_a_leg_from_outside_the_plan_obeys_its_far_end_too():
    """A port of 52 that its own pack closes is closed for what goes to 53, and no rate is."""
    far = (
        "region.52",
        pack("52", closure("52", months=(11,)), rate("52", quantity=9, replaces=LAW[0].id)),
    )
    scenario = small_world().scenario
    port = Place(code="FAR", kind="port", region="52.01")
    inside = attrs.evolve(
        scenario,
        election=attrs.evolve(scenario.election, root="53"),
        places=(port, Place(code="53.71-W1", kind="warehouse", region="53.71", parent="FAR")),
    )
    with Session(plugins=[nation(), far]) as session:
        found = session.rule_book_for(inside)
        alone = session.rule_book("pilkada", DAY, "53")

    def names(book):
        return {c.name for c in book.closures(Mode.SEA, at("52.01"), at("53.71"))}

    assert ({"storm", "swell"}, {"storm"}) == (names(found), names(alone))
    assert found.needs_rules_of("needs:box/station") == (LAW[0],)
