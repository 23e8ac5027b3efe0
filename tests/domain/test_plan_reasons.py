"""A plan answers "why?" for every place, in both languages."""

from __future__ import annotations

import attrs
import pytest

from silog_core.errors import FieldError
from small_world import RULES, fleet, planned, stocked, world

STATION, VILLAGE = "12.01.01.1001-001", "12.01.01.1001"
PLAN = planned(stocked(world()))


@pytest.mark.parametrize("lang", ["en", "id"])
def test_every_place_with_needs_has_its_story(lang):
    """Each need stands with its rule and its lot; each trip with its times."""
    for rows in PLAN.needs.levels:
        for code in rows.codes:
            text = str(PLAN.explain(code, lang=lang))
            for need in PLAN.needs.at(code):
                assert need.rule in text
                assert need.item in text
            for trip in PLAN.trips_to.get(code, ()):
                assert trip.id in text
            assert "{" not in text


def test_a_story_has_rule_source_lot_trips_and_times():
    """What supervisors ask for, in one tree."""
    text = str(PLAN.explain(STATION))
    rule = next(r for r in RULES if getattr(r, "id", "") == "needs:box/station@ID")

    assert f"rule {rule.id}: {rule.formula()} [estimate; {rule.source}]" in text
    assert "supplied from PRINTER, lot lot-0, by way of PRINTER > 12.01" in text
    assert "(motorcycle) from 12.01.01.1001, leaves 26 November 2024 06:00 WIB" in text
    assert "leaves at the latest 26 November 2024 " in text
    assert "its sealed boxes come back" in text
    assert "kitting: " in text


def test_stages_have_names_in_indonesian():
    """Who reads Indonesian finds no name of a file's column among the stages."""
    text = str(PLAN.explain(STATION, lang="id"))
    stages = {s.stage for s in PLAN.schedule.at("12.01")}

    assert "sort-fold" in stages
    assert all(f"{stage}: " not in text for stage in stages)
    assert "sortir dan lipat: " in text


def test_a_shortage_is_told_with_its_reason_and_what_mends_it():
    """Who gets less learns how much, why, and what would help."""
    plan = planned(stocked(world(), permille=500, items=("box",)))
    gap = next(g for g in plan.shortfalls if g.place.endswith("-001"))
    english, indonesian = (str(plan.explain(gap.place, lang=lang)) for lang in ("en", "id"))

    assert f"gets {gap.served} of {gap.needed} ({gap.code}): {gap.reason}" in english
    assert gap.action in english
    assert gap.reason_id in indonesian
    assert gap.action_id in indonesian


def test_a_kit_left_behind_is_told_with_its_reason():
    """Who is not reached learns why, and what would help."""
    weak = fleet(VILLAGE, "motorbike", 1, payload_g=10)
    plan = planned(world(fleet=(weak,)))
    left = next(u for u in plan.unserved if u.kit == STATION)
    english, indonesian = (str(plan.explain(STATION, lang=lang)) for lang in ("en", "id"))

    assert f"not carried ({left.code}): {left.reason}" in english
    assert left.action in english
    assert left.reason_id in indonesian
    assert left.action_id in indonesian


def test_findings_at_a_place_belong_to_its_story():
    """What a check found there is told there, in the reader's language."""
    finding = planned(world()).findings[0]
    plan = attrs.evolve(PLAN, findings=(attrs.evolve(finding, place=STATION),))

    assert finding.message in str(plan.explain(STATION))
    assert finding.message_id in str(plan.explain(STATION, lang="id"))


def test_an_unknown_place_brings_near_misses():
    """A slip of the finger is recognised; nonsense is told what a code looks like."""
    with pytest.raises(FieldError, match="no place") as slip:
        PLAN.explain("12.01.01.1001-010")
    with pytest.raises(FieldError, match="no place") as nonsense:
        PLAN.explain("Medan")

    assert "did you mean" in slip.value.fix
    assert "such as" in nonsense.value.fix
