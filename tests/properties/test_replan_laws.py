"""Laws of re-plans over drawn plans and incidents of every kind; 27, 29, 31 and 33 among them."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from tests.replan_draws import drawn
from tests.small_world import BOOK

from silog_core.domain.incidents import INCIDENT_KINDS
from silog_core.planning.check import check_plan, check_replan
from silog_core.planning.replanning import replan

quick = settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))


def sound(case):
    """Return the re-plan, which both checkers must accept."""
    answer = replan(case.scenario, BOOK, case.plan, case.incidents)
    assert [] == check_replan(case.scenario, case.plan, answer)
    assert [] == check_plan(answer.scenario or case.scenario, answer.plan)
    return answer


@pytest.mark.parametrize("kind", sorted(INCIDENT_KINDS))
def test_whatever_happens_the_new_plan_is_sound(kind):
    """Both checkers accept it: nothing that had left differs, all else has a reason."""

    @given(drawn(kinds=(kind,), most=1))
    @quick
    def holds(case):
        sound(case)

    holds()


@given(drawn(most=3))
@settings(quick, max_examples=60)
def test_incidents_together(case):
    """Several at once, of any kind, in any order: the same sound plan."""
    answer = sound(case)
    other = replan(case.scenario, BOOK, case.plan, case.incidents[::-1])

    assert answer == other
