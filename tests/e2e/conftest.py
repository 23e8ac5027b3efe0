"""The example, planned once for all tests that look at it."""

from __future__ import annotations

import pytest

from silog_core.plugins.examples import load_example
from silog_core.session import Session


@pytest.fixture(scope="session")
def plan_on_two_cores():
    """A function that plans a scenario with two workers, as the demo does."""

    def plan(scenario):
        with Session() as session:
            return session.plan(scenario, seed=1, workers=2)

    return plan


@pytest.fixture(scope="session")
def example():
    """Sumatera Utara's Pilkada 2024."""
    return load_example("sumut-pilkada-2024")


@pytest.fixture(scope="session")
def sumut(example, plan_on_two_cores):
    """The example with its plan."""
    return example, plan_on_two_cores(example)
