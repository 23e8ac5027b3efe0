"""What holds in @@title@@ and not in the whole country."""

from __future__ import annotations

from silog_core.domain.travel_rules import Closure
from silog_core.plugins import Manifest, hookimpl

REGION = "@@name@@"


@hookimpl
def silog_manifest() -> Manifest:
    """Speak for one region and those below it."""
    return Manifest(title="@@title@@", regions=(REGION,))


@hookimpl
def silog_leg_closures() -> list[Closure]:
    """Small boats sail by daylight; replace this by what the harbour master says."""
    return [
        Closure(
            scope=REGION,
            name="night",
            mode="boat",
            hours=(0, 1, 2, 3, 4, 5, 18, 19, 20, 21, 22, 23),
            reason="small boats sail by daylight",
            source="good practice of small boats; to be confirmed by the harbour master",
            confidence="estimate",
        )
    ]
