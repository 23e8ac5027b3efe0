"""The laws of the conformance suites as a page, written from the suites themselves."""

from __future__ import annotations

import re
from collections.abc import Iterator

from silog_core import testing

SUITES = (
    "RegionSuite",
    "StoreSuite",
    "AllocationSolverSuite",
    "RoutingSolverSuite",
    "RiskCheckSuite",
    "MitigationSuite",
    "ExecutorSuite",
    "ImporterSuite",
    "ExporterSuite",
    "SectionSuite",
)


def laws_of(suite: type) -> list[tuple[str, str]]:
    """Return number and sentence of every law of a suite, in order.

    Example:
        >>> from silog_core.testing import SectionSuite
        >>> laws_of(SectionSuite)[0][0]
        'T1'
    """
    found = []
    for name in dir(suite):
        match = re.match(r"test_([a-z])(\d+)_", name)
        if match:
            text = " ".join((getattr(suite, name).__doc__ or "").split())
            number, _, sentence = text.partition(". ")
            found.append((int(match[2]), number, sentence))
    return [(number, sentence) for _, number, sentence in sorted(found)]


def law_sections() -> str:
    """Return a Markdown list of laws for every suite."""
    return "\n".join(line for name in SUITES for line in _section(name))


def _section(name: str) -> Iterator[str]:
    yield f"### {name}"
    yield ""
    yield from (f"- **{number}** {text}" for number, text in laws_of(getattr(testing, name)))
    yield ""
