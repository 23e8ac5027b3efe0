"""A pool of worker processes that survives the loss of one."""

from __future__ import annotations

import multiprocessing
import pickle
from collections.abc import Callable, Iterator
from concurrent.futures import Executor, Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from functools import partial
from threading import RLock
from typing import Any, TypeVar

from silog_core.errors import ExecutionError, WorkerLostError

Result = TypeVar("Result")
#: How often a task is tried again when the process that ran it died.
RETRIES = 2


class _Handed(Future[Result]):
    """A future of the caller's, behind which a pool may be exchanged for another."""

    def __init__(self) -> None:
        super().__init__()
        self.behind: Future[Result] | None = None

    def cancel(self) -> bool:
        if self.behind is not None and not self.behind.cancel():
            return False
        if not super().cancel():
            return False
        self.set_running_or_notify_cancel()
        return True


def _run(content: bytes) -> Any:
    # Unpickled here and not by the pool, whose workers die of what they cannot read.
    try:
        fn, args, kwargs = pickle.loads(content)  # noqa: S301 - from our own parent
    except Exception as wrong:
        raise ExecutionError(
            f"a worker cannot read its task: {wrong}",
            "define the function in a module that workers can import",
        ) from wrong
    return fn(*args, **kwargs)


class ProcessPool(Executor):
    """Workers in processes of their own, started fresh (spawn) on every system.

    The operating system may kill a worker, most often for want of memory. The standard
    pool is then broken for good, with everything in it; this one starts new workers and
    gives them the tasks that were lost, at most *retries* times each.
    """

    def __init__(self, workers: int, *, retries: int = RETRIES) -> None:
        if type(workers) is not int or workers < 1:
            raise ExecutionError(
                f"{workers!r} workers are asked for", "give a whole number, 1 or more"
            )
        self._workers, self._retries = workers, retries
        self._lock = RLock()
        self._closed = False
        #: How often the workers were replaced.
        self.restarts = 0
        self._pool = self._start()

    def _start(self) -> ProcessPoolExecutor:
        # fork would copy threads' locks as they stand, and its default changes in 3.14.
        spawn = multiprocessing.get_context("spawn")
        return ProcessPoolExecutor(self._workers, mp_context=spawn)

    def submit(
        self, fn: Callable[..., Result], /, *args: Any, **kwargs: Any
    ) -> Future[Result]:
        """Hand a task to a worker."""
        handed: _Handed[Result] = _Handed()
        try:
            content = pickle.dumps((fn, args, kwargs))
        except Exception as wrong:
            raise ExecutionError(
                f"a task cannot travel to a worker: {wrong}",
                "give a function that a module defines, and plain values",
            ) from wrong
        self._send(handed, content, 0)
        return handed

    def _send(self, handed: _Handed[Result], content: bytes, tries: int) -> None:
        with self._lock:
            if self._closed:
                raise ExecutionError("the pool is closed", "open another one")
            try:
                behind = self._pool.submit(_run, content)
            except BrokenProcessPool:
                self._replace(self.restarts)
                behind = self._pool.submit(_run, content)
            handed.behind = behind
            settle = partial(self._settle, handed, content, tries, self.restarts)
        # Outside the lock: it is called at once when the task is done already.
        behind.add_done_callback(settle)

    def _replace(self, seen: int) -> None:
        """Start new workers, unless somebody did since *seen* restarts."""
        with self._lock:
            if self.restarts == seen:
                self._pool.shutdown(wait=False)
                self._pool = self._start()
                self.restarts += 1

    def _settle(
        self,
        handed: _Handed[Result],
        content: bytes,
        tries: int,
        seen: int,
        behind: Future[Result],
    ) -> None:
        if behind.cancelled() or handed.cancelled():
            return
        wrong = behind.exception()
        if wrong is None:
            handed.set_result(behind.result())
        elif not isinstance(wrong, BrokenProcessPool):
            handed.set_exception(wrong)
        elif tries < self._retries and not self._closed:
            try:
                self._replace(seen)
                self._send(handed, content, tries + 1)
            except Exception as failed:  # noqa: BLE001 - the caller waits for an answer
                handed.set_exception(failed)
        else:
            handed.set_exception(
                WorkerLostError(
                    f"a worker process died, {tries + 1} times over",
                    "use fewer workers if memory is short; in a script, start the work"
                    " below: if __name__ == '__main__'",
                )
            )

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:  # noqa: FBT001, FBT002 - the base class's form
        """Take no more tasks, and end the workers."""
        with self._lock:
            self._closed = True
            pool = self._pool
        pool.shutdown(wait=wait, cancel_futures=cancel_futures)


@contextmanager
def process_pool(workers: int = 2, address: str = "") -> Iterator[Executor]:
    """Give a pool of *workers* processes; the address has no effect.

    Example:
        >>> with process_pool(1) as pool:
        ...     pool.submit(abs, -3).result()
        3
    """
    del address
    pool = ProcessPool(workers)
    try:
        yield pool
    finally:
        pool.shutdown(wait=True, cancel_futures=True)
