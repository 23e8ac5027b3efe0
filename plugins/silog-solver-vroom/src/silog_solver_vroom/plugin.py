"""Offers the solver; VROOM itself is imported when it is chosen."""

from __future__ import annotations

from silog_core.plugins import Manifest, hookimpl
from silog_core.ports.solvers import RoutingSolverSpec


@hookimpl
def silog_manifest() -> Manifest:
    """Say what this is."""
    return Manifest(title="VROOM routing solver")


@hookimpl
def silog_routing_solvers() -> list[RoutingSolverSpec]:
    """Give the solver."""
    return [
        RoutingSolverSpec(
            name="vroom",
            title="quick local search in compiled code; needs the package pyvroom",
            solve="silog_solver_vroom.solver:solve",
            needs="silog-solver-vroom pyvroom",
            can=("clock", "reasons"),
        )
    ]
