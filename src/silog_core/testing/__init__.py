"""What plugin authors test with: conformance suites, strategies, fakes.

A suite is a class that is subclassed as ``Test...``; its name ends in ``Suite``, so that
pytest leaves it alone until then. Import suites from here, before anything else of this
package, so that a failing assertion shows its values.
"""

from __future__ import annotations

import sys

_SUITES = (
    "checks_suite",
    "executor_suite",
    "formats_suite",
    "region_suite",
    "section_suite",
    "solver_suite",
    "store_suite",
)

if "pytest" in sys.modules:
    import pytest

    pytest.register_assert_rewrite(*(f"{__name__}.{suite}" for suite in _SUITES))

_HOMES = {
    "World": "worlds",
    "empty_world": "worlds",
    "small_world": "worlds",
    "RegionSuite": "region_suite",
    "StoreSuite": "store_suite",
    "AllocationSolverSuite": "solver_suite",
    "RoutingSolverSuite": "solver_suite",
    "RiskCheckSuite": "checks_suite",
    "MitigationSuite": "checks_suite",
    "ExecutorSuite": "executor_suite",
    "ImporterSuite": "formats_suite",
    "ExporterSuite": "formats_suite",
    "SectionSuite": "section_suite",
    "play_election": "election_play",
    "FakeClock": "fakes",
    "plugin_module": "fakes",
}


def __getattr__(name: str) -> object:
    # Lazy, so that a package whose tests need one suite does not import the others'.
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)


def __dir__() -> list[str]:
    return sorted([*globals(), *_HOMES])
