"""The checker of plans finds each kind of fault, and nothing in a sound plan."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import silog_core.planning.check
from plan_faults import MUTANTS, PLAN, SCENARIO
from silog_core.planning.check import check_plan


def test_a_sound_plan_has_no_violation():
    """What the planner makes passes, and leaves nothing unserved or short."""
    assert [] == check_plan(SCENARIO, PLAN)
    assert ((), ()) == (PLAN.unserved, PLAN.shortfalls)


@pytest.mark.parametrize("name", sorted(MUTANTS))
def test_a_fault_is_found_and_named(name):
    """Each fault is found under its own code, and no other law is said to be broken."""
    expected, change = MUTANTS[name]
    scenario, plan = change()
    found = check_plan(scenario, plan)

    assert expected == {v.code for v in found}, [str(v) for v in found]
    assert found == sorted(found)
    assert all(v.where and v.text for v in found)


def test_every_law_of_the_checker_has_a_mutant():
    """No code of a violation is without a test that reaches it."""
    folder = Path(silog_core.planning.check.__file__).parent
    codes = {
        code
        for path in folder.glob("*.py")
        # Laws of crews are in test_crews.py, of presses in test_check_presses.py; those of
        # re-plans and re-votes need two plans to judge: test_check_replan.py holds them.
        if not path.stem.startswith(("crews", "presses", "reprinted", "replanned", "revote"))
        for code in re.findall(r'code="([a-z-]+)"', path.read_text(encoding="utf-8"))
    }

    assert codes == {code for expected, _ in MUTANTS.values() for code in expected}
