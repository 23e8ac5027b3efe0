"""Run one function on many tasks, on whatever executes them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from concurrent.futures import Executor, Future, as_completed
from typing import TypeVar

Task = TypeVar("Task")
Result = TypeVar("Result")


def run_all(
    pool: Executor,
    work: Callable[[Task], Result],
    tasks: Iterable[Task],
    *,
    done: Callable[[int], None] | None = None,
) -> list[Result]:
    """Return the results in the order of *tasks*, whatever the pool is.

    Only ``submit`` with one positional argument is used: other executors differ in
    everything else. The first failure is raised as soon as it is there, and what has
    not begun by then is called off.

    Args:
        pool: Where the work is done.
        work: A function that can be pickled, so one that a module defines.
        tasks: One argument for each call; a seed belongs into it.
        done: Told how many tasks are finished, each time that one is.

    Example:
        >>> from silog_core.execution import serial
        >>> with serial() as pool:
        ...     run_all(pool, abs, [-3, 4])
        [3, 4]
    """
    tell = done or _silent
    futures: list[Future[Result]] = []
    waiting: list[Future[Result]] = []
    finished = 0
    try:
        for task in tasks:
            future = pool.submit(work, task)
            futures.append(future)
            if future.done():  # an executor that works here, in this thread
                future.result()
                finished += 1
                tell(finished)
            else:
                waiting.append(future)
        for future in as_completed(waiting):
            future.result()
            finished += 1
            tell(finished)
        return [future.result() for future in futures]
    finally:
        for future in futures:
            future.cancel()


def _silent(finished: int) -> None:
    del finished
