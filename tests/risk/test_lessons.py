"""Lessons: merged in any order to the same file, proposed where regions are alike."""

from __future__ import annotations

import attrs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from silog_core.domain.incidents import INCIDENT_KINDS
from silog_core.domain.lessons import Lesson
from silog_core.domain.problems import ScenarioError
from silog_core.io.lessons import read_lessons, write_lessons
from silog_core.risk.lessons import lessons_for, merge_lessons
from silog_core.testing.worlds import small_world

LESSONS = st.lists(
    st.builds(
        Lesson,
        region=st.sampled_from(["53.01", "81", "91.02"]),
        incident=st.sampled_from(sorted(INCIDENT_KINDS)),
        mode=st.sampled_from(["road", "sea", "foot"]),
        terrain=st.sampled_from(["", "island", "mountain"]),
        months=st.sampled_from([(), (2,), (10, 11)]),
        worked=st.sampled_from(["left on D-5", "two boats"]),
        worked_id=st.just("berangkat H-5"),
        source=st.just("a report"),
    ),
    max_size=5,
)
BOAT = Lesson(
    region="53.01", incident="sea-closed", mode="road", months=(11,), worked="left on D-5",
    worked_id="berangkat H-5", source="a report",
)  # fmt: skip


@given(LESSONS, LESSONS, LESSONS)
def test_merging_knows_no_order(one, two, three):
    """Commutative, associative, idempotent."""
    assert merge_lessons(one, two) == merge_lessons(two, one)
    assert merge_lessons(merge_lessons(one, two), three) == merge_lessons(
        one, merge_lessons(two, three)
    )
    assert merge_lessons(one) == merge_lessons(one, one)


@given(LESSONS, LESSONS)
def test_merging_loses_and_invents_nothing(one, two):
    """Lossless: what either knew is there, once and whole, and nothing else."""
    merged = merge_lessons(one, two)

    assert {*one, *two} == set(merged)
    assert len(set(merged)) == len(merged)
    assert merge_lessons(merged, one) == merged


@settings(max_examples=20)
@given(LESSONS, LESSONS)
def test_files_merge_as_their_lessons_do(tmp_path_factory, one, two):
    """Reading two files, in either order, gives what was written; so does joining them."""
    home = tmp_path_factory.mktemp("lessons")
    a, z = write_lessons(one, home / "a"), write_lessons(two, home / "z")
    (home / "both").write_text(a.read_text() + z.read_text(), encoding="utf-8")

    assert merge_lessons(one, two) == read_lessons([z, a]) == read_lessons([home / "both"])


def test_every_bad_line_is_named(tmp_path):
    """A line that is no lesson is refused with its number; so is each other one."""
    (tmp_path / "bad").write_text('{"region": 3}\n\n[]\n', encoding="utf-8")
    with pytest.raises(ScenarioError) as caught:
        read_lessons([tmp_path / "bad"])

    assert [1, 3] == [p.row for p in caught.value.problems]


def test_only_lessons_from_regions_alike_are_proposed():
    """Another mode, a far month or a terrain that is not here is no help; home is no news."""
    scenario = small_world().scenario
    others = [
        attrs.evolve(BOAT, mode="sea"),
        attrs.evolve(BOAT, months=(6,)),
        attrs.evolve(BOAT, terrain="mountain"),
        attrs.evolve(BOAT, region="12.04"),
    ]

    assert (BOAT,) == lessons_for([*others, BOAT], scenario)
