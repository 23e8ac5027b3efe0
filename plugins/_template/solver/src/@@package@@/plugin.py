"""Offers the solver; what it needs is imported when it is chosen."""

from __future__ import annotations

from silog_core.plugins import Manifest, hookimpl
from silog_core.ports.solvers import RoutingSolverSpec


@hookimpl
def silog_manifest() -> Manifest:
    """Say what this is."""
    return Manifest(title="@@title@@")


@hookimpl
def silog_routing_solvers() -> list[RoutingSolverSpec]:
    """Give the solver."""
    return [
        RoutingSolverSpec(
            name="@@name@@",
            title="@@title@@",
            solve="@@package@@.solver:solve",
            needs="@@distribution@@",
            can=("clock",),
        )
    ]
