"""Open an executor, see that its workers can be trusted, and run tasks on it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from silog_core.execution.probe import Digested, check_workers
from silog_core.execution.run_all import run_all
from silog_core.ports.executor import ExecutorSpec


@contextmanager
def running(
    spec: ExecutorSpec,
    workers: int,
    *,
    rules: Digested | None = None,
    address: str = "",
    distributions: Iterable[str] = (),
) -> Iterator[Callable[..., list[Any]]]:
    """Give a function of work, tasks and whom to tell how many are done.

    Raises:
        WorkerMismatchError: A worker has other versions or reads the rules differently.
    """
    with spec.opened(workers, address) as pool:
        if spec.remote:
            names = ("silog-core", *distributions)
            check_workers(pool, rules=rules, distributions=names, times=workers)

        def run(
            work: Callable[[Any], Any], tasks: Sequence[Any], done: Callable[[int], None]
        ) -> list[Any]:
            return run_all(pool, work, tasks, done=done)

        yield run
