"""What the plugin answers: one check for each indicator of the table."""

from __future__ import annotations

from silog_checks_bawaslu.indicators import indicators
from silog_core.plugins import Manifest, hookimpl
from silog_core.ports.check import Check


@hookimpl
def silog_manifest() -> Manifest:
    """Say what this is; it speaks for no region in particular."""
    return Manifest(title="Bawaslu's map of vulnerable polling stations")


@hookimpl
def silog_risk_checks() -> list[Check]:
    """Give the checks, named after their indicators: ``bawaslu-late`` and others."""
    return [Check(name=indicator.name, run=indicator.check) for indicator in indicators()]
