"""The laws of an executor, E1 to E6 of ``docs/hooks.md``."""

from __future__ import annotations

import os
import pickle

import pytest

from silog_core.domain.regions import RegionCode
from silog_core.errors import PlanningError
from silog_core.execution import run_all
from silog_core.ports.executor import ExecutorSpec
from silog_core.testing import work


class ExecutorSuite:
    """Subclass me as ``TestMyExecutor``, and return the spec from `spec`."""

    workers: int = 2
    #: Address that `ExecutorSpec.opened` is given.
    address: str = ""

    def spec(self) -> ExecutorSpec:
        """Return the executor as the plugin offers it."""
        raise NotImplementedError(f"{type(self).__name__} has to override spec")

    def test_e1_results_come_in_task_order(self) -> None:
        """E1. Whichever task ends first."""
        with self.spec().opened(self.workers, self.address) as pool:
            assert run_all(pool, work.slow_first, range(6)) == [0, 1, 4, 9, 16, 25]

    def test_e2_results_are_those_of_a_loop(self) -> None:
        """E2. Byte for byte what the same work gives in this process."""
        texts = ["12", "12.71", "12.71.01", "12.71.01.1001"]
        with self.spec().opened(self.workers, self.address) as pool:
            found = run_all(pool, RegionCode.parse, texts)

        assert [pickle.dumps(code) for code in found] == [
            pickle.dumps(RegionCode.parse(text)) for text in texts
        ]

    def test_e3_an_error_comes_back_whole(self) -> None:
        """E3. With its type, its problem and its fix."""
        opened = self.spec().opened(self.workers, self.address)
        with opened as pool, pytest.raises(PlanningError) as caught:
            pool.submit(work.refuse, 3).result()

        assert caught.value.args == ("task 3 cannot be done", "leave it out")

    def test_e4_remote_means_another_process(self) -> None:
        """E4. What says that it is remote is, and what does not is here."""
        spec = self.spec()
        with spec.opened(self.workers, self.address) as pool:
            found = pool.submit(work.process_of, 0).result()

        assert (found != os.getpid()) == spec.remote

    def test_e5_the_same_task_is_run_again(self) -> None:
        """E5. A result is never taken from an earlier run of an equal task."""
        with self.spec().opened(self.workers, self.address) as pool:
            found = [pool.submit(work.chance, 0).result() for _ in range(2)]

        assert found[0] != found[1]

    def test_e6_a_closed_executor_takes_nothing(self) -> None:
        """E6. After the context is left, a task is refused."""
        with self.spec().opened(self.workers, self.address) as pool:
            pool.submit(abs, -1).result()

        with pytest.raises(Exception) as refused:  # noqa: PT011 - which one is its own
            pool.submit(abs, -1).result(timeout=60)

        assert not isinstance(refused.value, TimeoutError)
