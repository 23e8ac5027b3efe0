"""More draws for every law, for a long search: `pytest -p more_draws --more-draws 10 tests`.

Only laws run, each with so many times its draws, without deadlines or health checks, and
drawn anew unless `--hypothesis-seed` is given.
"""

from __future__ import annotations

from hypothesis import HealthCheck, settings


def pytest_addoption(parser):
    """Add the option that says how many times the draws."""
    parser.addoption("--more-draws", type=float, default=10, help="times as many draws")


def with_more_draws(law, times):
    """Let a Hypothesis test draw *times* as often as it says."""
    own = law._hypothesis_internal_use_settings
    law._hypothesis_internal_use_settings = settings(
        own,
        max_examples=max(1, int(own.max_examples * times)),
        deadline=None,
        derandomize=False,
        database=None,
        print_blob=True,
        suppress_health_check=list(HealthCheck),
    )
    return law


def pytest_collection_modifyitems(config, items):
    """Keep the laws, and let them draw more often."""
    laws = [i for i in items if getattr(getattr(i, "obj", None), "is_hypothesis_test", False)]
    # A parametrised law is one function behind several items, and a method is bound.
    functions = {getattr(i.obj, "__func__", i.obj) for i in laws}
    for law in functions:
        with_more_draws(law, config.getoption("--more-draws"))
    config.hook.pytest_deselected(items=[i for i in items if i not in laws])
    items[:] = laws
