"""Laws of stopping rules."""

from __future__ import annotations

import pickle

import pytest

from silog_core.domain.stopping import FirstOf, MaxIterations, MaxSeconds, NoImprovement
from silog_core.errors import FieldError


@pytest.mark.parametrize(
    "rule",
    [
        MaxIterations(5),
        MaxSeconds(0.5),
        NoImprovement(7),
        FirstOf(MaxIterations(5), FirstOf(NoImprovement(2), MaxSeconds(3))),
    ],
)
def test_rules_are_values(rule):
    """A rule survives pickling, and equals what comes back."""
    assert rule == pickle.loads(pickle.dumps(rule))


@pytest.mark.parametrize("make", [MaxIterations, MaxSeconds, NoImprovement])
def test_a_budget_is_above_zero(make):
    """Zero, negative and missing budgets are refused with a fix."""
    for wrong in (0, -1, True, None):
        with pytest.raises((FieldError, TypeError)):
            make(wrong)


def test_the_first_rule_to_fill_up_wins():
    """Together rules use the largest share, and the smallest limit of iterations."""
    gauge = FirstOf(MaxIterations(100), MaxIterations(20), NoImprovement(10)).begin()

    assert 20 == gauge.max_iterations
    assert 0.5 == gauge.used(10, 5)
    assert 1.4 == gauge.used(14, 4) + 0.7


def test_nothing_to_stop_on_is_refused():
    """A composition of no rule at all would never stop."""
    with pytest.raises(FieldError):
        FirstOf()
