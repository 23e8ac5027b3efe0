"""Run checks over a plan; one that fails is a finding itself, never a silence."""

from __future__ import annotations

from collections.abc import Iterable

from silog_core.domain.findings import Finding, Severity
from silog_core.domain.plan import Plan
from silog_core.domain.scenario import Scenario
from silog_core.ports.check import Check
from silog_core.risk.checks import BUILT_IN
from silog_core.rules.book import RuleBook


def built_in_checks() -> tuple[Check, ...]:
    """Return the checks of this package."""
    return tuple(Check(name=name, run=run) for name, run in BUILT_IN.items())


def assess(
    scenario: Scenario, book: RuleBook, plan: Plan, *, checks: Iterable[Check] | None = None
) -> tuple[Finding, ...]:
    """Return what checks find in a plan, the most severe and most weighty first.

    Args:
        scenario: What was planned for.
        book: Rules of the regions.
        plan: The plan to look at; it is not changed.
        checks: Checks to run; those of this package when None.
    """
    found: list[Finding] = []
    for check in built_in_checks() if checks is None else checks:
        try:
            found += check.run(scenario, book, plan)
        except Exception as failure:  # noqa: BLE001 - a plugin's check may raise anything
            found.append(_failed(check, failure))
    return tuple(sorted(found, key=lambda f: f.rank))


def _failed(check: Check, failure: Exception) -> Finding:
    what = f"{type(failure).__name__}: {failure}"
    return Finding(
        check=check.name,
        severity=Severity.BLOCK,
        message=f"the check {check.name} failed, so nobody knows what it would find: {what}",
        message_id=f"pemeriksaan {check.name} gagal, hasilnya tidak diketahui: {what}",
        fix="repair the plugin, or leave the check out by name",
        fix_id="perbaiki plugin itu, atau nonaktifkan pemeriksaan menurut namanya",
        region=check.scope,
    )
