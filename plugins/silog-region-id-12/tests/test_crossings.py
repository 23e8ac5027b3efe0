"""Nobody drives to Nias."""

from __future__ import annotations

import attrs

from silog_core.plugins.examples import load_example
from silog_core.session import Session
from silog_region_id_12.crossings import NIAS


def test_the_example_has_its_crossing():
    """The shipped example lists its sea legs."""
    with Session() as session:
        found = session.validate(load_example("sumut-pilkada-2024"))

    assert [] == [f for f in found if f.check == "nias-needs-a-crossing"]


def test_without_sea_legs_each_warehouse_on_nias_is_found():
    """A derived road over the sea blocks the plan, warehouse by warehouse."""
    example = load_example("sumut-pilkada-2024")
    with Session() as session:
        found = session.validate(attrs.evolve(example, legs=()))

    assert {f"{code}-W1" for code in map(str, NIAS)} == {
        f.place for f in found if f.check == "nias-needs-a-crossing"
    }
