"""Run what plugins gave, so that one that raises is a finding and not the end."""

from __future__ import annotations

from collections.abc import Iterable

from silog_core.domain.findings import Finding, Severity
from silog_core.domain.scenario import Scenario
from silog_core.plugins.facade import PluginHost
from silog_core.rules.book import RuleBook


def validate_scenario(
    host: PluginHost, scenario: Scenario, book: RuleBook
) -> tuple[Finding, ...]:
    """Return what the plugins' validators find in a scenario, the gravest first.

    A validator that raises is a finding of severity BLOCK and a failure of its plugin.
    """
    root = scenario.election.root
    found: list[Finding] = []
    for plugin, validator in host.validators():
        if not (validator.scope.covers(root) or root.covers(validator.scope)):
            continue
        try:
            found += _findings(validator.run(scenario, book))
        except Exception as wrong:  # noqa: BLE001 - a plugin may raise anything
            failure = host.note_run(plugin, f"validator {validator.name}", wrong)
            found.append(
                Finding(
                    check=validator.name,
                    severity=Severity.BLOCK,
                    message=failure.cause,
                    message_id=f"pemeriksaan {validator.name} gagal: {wrong}",
                    fix=failure.fix,
                    fix_id="perbaiki plugin itu, atau nonaktifkan menurut namanya",
                    region=validator.scope,
                )
            )
    return tuple(sorted(found, key=lambda f: f.rank))


def _findings(answer: Iterable[Finding]) -> list[Finding]:
    found = list(answer)
    for item in found:
        if not isinstance(item, Finding):
            raise TypeError(f"it yields a {type(item).__name__} instead of a Finding")
    return found
