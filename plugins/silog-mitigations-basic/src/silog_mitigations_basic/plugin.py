"""What this plugin answers at the hooks."""

from __future__ import annotations

from silog_core.domain.manifest import Manifest
from silog_core.plugins import hookimpl
from silog_core.ports.check import Mitigation
from silog_mitigations_basic.against_delay import against_delay
from silog_mitigations_basic.proposals import one_more_vehicle, order_what_is_short


@hookimpl
def silog_manifest() -> Manifest:
    """Speak for no region."""
    return Manifest(title="First answers to findings")


@hookimpl
def silog_mitigations() -> list[Mitigation]:
    """Add a vehicle; order what is missing; prepare against delay."""
    return [
        Mitigation(
            name="one-more-vehicle",
            answers=("late-stop", "not-carried"),
            propose=one_more_vehicle,
        ),
        Mitigation(
            name="order-what-is-short", answers=("short",), propose=order_what_is_short
        ),
        *against_delay(),
    ]
