"""The core's own checks and solvers, registered like anybody's."""

from __future__ import annotations

from silog_core.plugins.markers import hookimpl
from silog_core.ports.check import Check
from silog_core.ports.executor import ExecutorSpec
from silog_core.ports.section import SectionSpec
from silog_core.ports.solvers import AllocationSolverSpec, RoutingSolverSpec
from silog_core.ports.store import StoreSpec

#: Name under which the built-ins are registered.
PLUGIN = "silog_core.builtin"
#: What is used when nothing is chosen.
ALLOCATION_SOLVER = "builtin"
ROUTING_SOLVER = "ruin-recreate"
#: What is used when several workers are asked for.
EXECUTOR = "processes"


@hookimpl
def silog_allocation_solvers() -> list[AllocationSolverSpec]:
    """Tree stripping and network simplex, max-min fair under shortage."""
    return [
        AllocationSolverSpec(
            name=ALLOCATION_SOLVER,
            title="exact where items do not compete; fair under shortage",
            solve="silog_core.solvers.allocation.builtin:solve_allocation",
        )
    ]


@hookimpl
def silog_routing_solvers() -> list[RoutingSolverSpec]:
    """Ruin and recreate."""
    return [
        RoutingSolverSpec(
            name=ROUTING_SOLVER,
            title="ruin and recreate, in pure Python",
            solve="silog_core.solvers.routing:ruin_recreate",
        )
    ]


@hookimpl
def silog_risk_checks() -> list[Check]:
    """Lateness, reach, shortage, closed ways, loads, sizes of stations."""
    from silog_core.risk.assess import built_in_checks

    return list(built_in_checks())


@hookimpl
def silog_stores() -> list[StoreSpec]:
    """A store that is gone with the process, and one in a SQLite file."""
    return [
        StoreSpec(
            name="memory",
            title="lasts as long as the process",
            open="silog_core.storage:open_memory",
        ),
        StoreSpec(
            name="sqlite",
            title="one file, safe after a power cut",
            open="silog_core.storage:open_sqlite",
            can=("concurrent_writers", "durable"),
        ),
    ]


@hookimpl
def silog_report_sections() -> list[SectionSpec]:
    """Overview, needs, trips, cost, departures, findings, shortfalls, where it came from."""
    from silog_core.reports.sections import built_in_sections

    return list(built_in_sections())


@hookimpl
def silog_executors() -> list[ExecutorSpec]:
    """This process, or several."""
    return [
        ExecutorSpec(
            name="serial",
            title="here, one task after the other",
            open="silog_core.execution:serial",
            remote=False,
        ),
        ExecutorSpec(
            name=EXECUTOR,
            title="processes of this machine; a lost one is replaced",
            open="silog_core.execution:process_pool",
        ),
    ]
