"""Hooks of what is chosen by name: stores, solvers, executors."""

from __future__ import annotations

from collections.abc import Iterable

from silog_core.plugins.markers import OnError, hookspec
from silog_core.ports.executor import ExecutorSpec
from silog_core.ports.solvers import AllocationSolverSpec, RoutingSolverSpec
from silog_core.ports.store import StoreSpec
from silog_core.rules.combine import Combine


@hookspec(combine=Combine.NAMED, on_error=OnError.SKIP, since="1.0", gives=(StoreSpec,))
def silog_stores() -> Iterable[StoreSpec] | None:
    """Give storage for a URL scheme.

    Called once for each session, when a store is opened. The name is the scheme. Two
    plugins with one name are both left out; it is an error if theirs was chosen.

    Returns:
        Stores; ``open(url)`` is a context in which the store is open.

    Example:
        >>> from silog_core.plugins import hookimpl
        >>> from silog_core.ports.store import StoreSpec
        >>> @hookimpl
        ... def silog_stores():
        ...     return [
        ...         StoreSpec(
        ...             name="postgres",
        ...             open="silog_store_postgres.store:open_store",
        ...             needs="silog-store-postgres",
        ...             can=("durable", "concurrent_writers"),
        ...         )
        ...     ]
        >>> silog_stores()[0].can
        ('concurrent_writers', 'durable')
    """


@hookspec(
    combine=Combine.NAMED, on_error=OnError.SKIP, since="1.0", gives=(AllocationSolverSpec,)
)
def silog_allocation_solvers() -> Iterable[AllocationSolverSpec] | None:
    """Give solvers that share stock out to needs.

    Called once for each session, when a solver is chosen. Two plugins with one name are
    both left out; it is an error if theirs was chosen.

    Returns:
        Solvers, best given as ``"module:name"``, so that the import happens on use.

    Example:
        >>> from silog_core.plugins import hookimpl
        >>> from silog_core.ports.solvers import AllocationSolverSpec
        >>> @hookimpl
        ... def silog_allocation_solvers():
        ...     return [
        ...         AllocationSolverSpec(
        ...             name="ortools", solve="silog_solver_ortools.flow:solve", can=("exact",)
        ...         )
        ...     ]
        >>> silog_allocation_solvers()[0].name
        'ortools'
    """


@hookspec(
    combine=Combine.NAMED, on_error=OnError.SKIP, since="1.0", gives=(RoutingSolverSpec,)
)
def silog_routing_solvers() -> Iterable[RoutingSolverSpec] | None:
    """Give solvers that plan tours.

    Called once for each session, when a solver is chosen. Two plugins with one name are
    both left out; it is an error if theirs was chosen.

    Returns:
        Solvers, best given as ``"module:name"``, so that the import happens on use.

    Example:
        >>> from silog_core.plugins import hookimpl
        >>> from silog_core.ports.solvers import RoutingSolverSpec
        >>> @hookimpl
        ... def silog_routing_solvers():
        ...     return [
        ...         RoutingSolverSpec(
        ...             name="pyvrp",
        ...             solve="silog_solver_pyvrp.solver:solve",
        ...             needs="silog-solver-pyvrp",
        ...         )
        ...     ]
        >>> silog_routing_solvers()[0].name
        'pyvrp'
    """


@hookspec(combine=Combine.NAMED, on_error=OnError.SKIP, since="1.0", gives=(ExecutorSpec,))
def silog_executors() -> Iterable[ExecutorSpec] | None:
    """Give places where tasks run.

    Called once for each session, when an executor is chosen. Two plugins with one name
    are both left out; it is an error if theirs was chosen.

    Returns:
        Executors; ``open(workers, address)`` is a context that gives a
        ``concurrent.futures.Executor``.

    Example:
        >>> from concurrent.futures import ThreadPoolExecutor
        >>> from silog_core.plugins import hookimpl
        >>> from silog_core.ports.executor import ExecutorSpec
        >>> @hookimpl
        ... def silog_executors():
        ...     def open_threads(workers, address):
        ...         return ThreadPoolExecutor(workers)
        ...
        ...     return [ExecutorSpec(name="threads", open=open_threads, remote=False)]
        >>> with silog_executors()[0].opened(1) as pool:
        ...     pool.submit(abs, -3).result()
        3
    """
