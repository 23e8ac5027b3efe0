"""Offers the checks."""

from __future__ import annotations

from silog_core.plugins import Manifest, hookimpl
from silog_core.ports.check import Check

from @@package@@.checks import unknown_positions


@hookimpl
def silog_manifest() -> Manifest:
    """Say what this is."""
    return Manifest(title="@@title@@")


@hookimpl
def silog_risk_checks() -> list[Check]:
    """Give the checks."""
    return [Check(name="@@name@@-unknown-position", run=unknown_positions)]
