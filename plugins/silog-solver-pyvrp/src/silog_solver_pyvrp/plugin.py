"""Offers the solver; PyVRP itself is imported when it is chosen."""

from __future__ import annotations

from silog_core.plugins import Manifest, hookimpl
from silog_core.ports.solvers import RoutingSolverSpec


@hookimpl
def silog_manifest() -> Manifest:
    """Say what this is."""
    return Manifest(title="PyVRP routing solver")


@hookimpl
def silog_routing_solvers() -> list[RoutingSolverSpec]:
    """Give the solver."""
    return [
        RoutingSolverSpec(
            name="pyvrp",
            title="hybrid search in compiled code; needs the package pyvrp",
            solve="silog_solver_pyvrp.solver:solve",
            needs="silog-solver-pyvrp pyvrp",
            can=("clock", "reasons"),
        )
    ]
