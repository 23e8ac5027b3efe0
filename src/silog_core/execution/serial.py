"""The executor that does everything here, one task after the other."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import Executor, Future
from contextlib import contextmanager
from typing import Any, TypeVar

from silog_core.errors import ExecutionError

Result = TypeVar("Result")


class SerialExecutor(Executor):
    """Runs each task as it is submitted, in the caller's thread."""

    def __init__(self) -> None:
        self._closed = False

    def submit(
        self, fn: Callable[..., Result], /, *args: Any, **kwargs: Any
    ) -> Future[Result]:
        """Run the task now, and return a future that is done."""
        if self._closed:
            raise ExecutionError("the executor is closed", "open another one")
        future: Future[Result] = Future()
        future.set_running_or_notify_cancel()
        try:
            result = fn(*args, **kwargs)
        except Exception as wrong:  # noqa: BLE001 - as every executor, keep it for the asker
            future.set_exception(wrong)
        else:
            future.set_result(result)
        return future

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:  # noqa: FBT001, FBT002 - the base class's form
        """Take no more tasks."""
        del wait, cancel_futures
        self._closed = True


@contextmanager
def serial(workers: int = 1, address: str = "") -> Iterator[Executor]:
    """Give an executor that works in this very process.

    Both arguments are taken as every executor takes them, and have no effect.
    """
    del workers, address
    with SerialExecutor() as pool:
        yield pool
