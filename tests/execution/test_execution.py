"""Executors: order, failures, lost workers, and workers that differ."""

from __future__ import annotations

import os
import pickle
import sys
import time
from concurrent.futures import Future, ThreadPoolExecutor

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pool_work import LocalRules, Rules, die, die_once, pid_of, refuse_odd, slow_then_fast
from silog_core.errors import (
    ExecutionError,
    FieldError,
    WorkerLostError,
    WorkerMismatchError,
)
from silog_core.execution import (
    ProcessPool,
    check_workers,
    process_pool,
    run_all,
    running,
    serial,
)
from silog_core.execution.probe import ProbeTask, WorkerProbe, probe
from silog_core.session import Session


@pytest.fixture(scope="module")
def pool():
    """Two real processes, shared by the tests that leave them whole."""
    with process_pool(2) as running:
        yield running


@given(st.lists(st.integers()))
@settings(max_examples=30, deadline=None)
def test_results_come_in_task_order_here(numbers):
    """Serial work is a loop."""
    with serial() as running:
        assert [abs(n) for n in numbers] == run_all(running, abs, numbers)


def test_results_come_in_task_order_from_processes(pool):
    """Whichever worker is first, the results are those of a loop."""
    with serial() as here:
        expected = run_all(here, slow_then_fast, range(20))

    assert expected == run_all(pool, slow_then_fast, range(20))


def test_work_really_runs_elsewhere(pool):
    """Other processes do it, and more than this one."""
    found = set(run_all(pool, pid_of, range(8)))

    assert os.getpid() not in found


def test_progress_counts_what_is_finished(pool):
    """Each executor tells 1, 2, 3, once for each task."""
    for shared in (pool, None):
        told: list[int] = []
        if shared is None:
            with serial() as here:
                run_all(here, slow_then_fast, range(5), done=told.append)
        else:
            run_all(shared, slow_then_fast, range(5), done=told.append)

        assert [1, 2, 3, 4, 5] == told


def test_the_first_failure_is_raised_whole(pool):
    """An error of the library crosses processes with its problem and its fix."""
    with pytest.raises(FieldError) as caught:
        run_all(pool, refuse_odd, [2, 4, 5])

    assert ("5 is odd", "give an even number") == (caught.value.problem, caught.value.fix)
    assert [2, 4] == run_all(pool, refuse_odd, [2, 4])


def test_serial_work_stops_at_the_first_failure():
    """What comes after a failure is not begun."""
    begun: list[int] = []

    def work(number):
        begun.append(number)
        return refuse_odd(number)

    with serial() as here, pytest.raises(FieldError):
        run_all(here, work, [2, 3, 4])

    assert [2, 3] == begun


def test_waiting_tasks_are_called_off_after_a_failure():
    """Work that no longer matters is not begun."""
    begun = []

    def work(number):
        begun.append(number)
        time.sleep(0.01)
        return refuse_odd(number)

    with ThreadPoolExecutor(1) as threads, pytest.raises(FieldError):
        run_all(threads, work, [1, *[2] * 1000])

    assert len(begun) < 1000


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no SIGKILL")
def test_a_killed_worker_is_replaced_and_its_task_done_again(tmp_path):
    """One lost worker costs time, not the plan: all results are there, in order."""
    tasks = [(str(tmp_path / "died") if n == 3 else "", n) for n in range(8)]

    with ProcessPool(2) as running:
        found = run_all(running, die_once, tasks)
        restarts = running.restarts

    assert list(range(8)) == found
    assert 1 == restarts


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no SIGKILL")
def test_a_task_that_kills_every_worker_is_given_up():
    """After the retries the error says what happened, and what to try."""
    with ProcessPool(1, retries=1) as running:
        with pytest.raises(WorkerLostError, match="2 times over") as caught:
            run_all(running, die, [1])
        assert [4] == run_all(running, slow_then_fast, [2])

    assert "fewer workers" in caught.value.fix


def test_closed_executors_say_so():
    """A task after the end is refused in a sentence."""
    with serial() as here:
        pass
    with process_pool(1) as there:
        pass

    for closed in (here, there):
        with pytest.raises(ExecutionError, match="is closed"):
            closed.submit(abs, 1)


@pytest.mark.parametrize("workers", [0, -1, 1.5, True])
def test_a_pool_needs_a_whole_number_of_workers(workers):
    """None is not a pool."""
    with pytest.raises(ExecutionError, match="workers are asked for"):
        ProcessPool(workers)


def test_a_running_task_is_not_called_off(pool):
    """Cancelling what already runs fails, as with every executor."""
    future = pool.submit(time.sleep, 0.3)
    while future.behind.running() is False and not future.done():
        time.sleep(0.01)

    assert future.cancel() is False
    assert future.result() is None


class OtherWorkers(ThreadPoolExecutor):
    """Workers with an older core."""

    def submit(self, fn, /, *args, **kwargs):
        """Answer as an older worker would."""
        answer = probe(*args, **kwargs)
        old = tuple((k, "0.0.1" if k == "silog-core" else v) for k, v in answer.facts)
        future: Future = Future()
        future.set_result(WorkerProbe(facts=old))
        return future


def test_equal_workers_pass(pool):
    """The same installation is no obstacle."""
    check_workers(pool, rules=None, times=4)
    with serial() as here:
        check_workers(here, rules=Rules("abc"))


def test_other_versions_are_named():
    """The message says which distribution differs, and how."""
    with OtherWorkers(1) as old, pytest.raises(WorkerMismatchError) as caught:
        check_workers(old)

    assert "silog-core is 0.0.1 there and" in caught.value.problem


def test_rules_that_read_differently_are_named(pool):
    """The digest is computed where the work is done."""
    with pytest.raises(WorkerMismatchError, match="rule book is"):
        check_workers(pool, rules=LocalRules())


def test_rules_that_a_worker_cannot_read_do_not_kill_it():
    """A missing plugin is an answer, not a broken pool."""
    content = pickle.dumps(Rules("abc")).replace(b"Rules", b"Laws.")

    facts = dict(probe(ProbeTask(distributions=("no-such-thing",), content=content)).facts)

    assert facts["rule book"].startswith("unreadable: ")
    assert "not installed" == facts["no-such-thing"]


def test_tasks_that_cannot_travel_are_explained(pool):
    """Neither end dies of a task that cannot be pickled or read."""
    with pytest.raises(ExecutionError, match="cannot travel to a worker"):
        pool.submit(lambda: 1)
    with pytest.raises(ExecutionError, match="a worker cannot read its task"):
        pool.submit(abs, Unreadable()).result()

    assert [1] == run_all(pool, abs, [-1])


class Unreadable:
    """Lives in a test module, which workers cannot import."""


def test_a_session_plans_on_the_executors_of_the_core():
    """Both are offered like a plugin's, and open by name."""
    offers = Session(plugins=[]).host.executors()

    assert ["processes", "serial"] == sorted(offers)
    for offer in offers.values():
        told: list[int] = []
        with running(offer, 2, rules=Rules("abc")) as run:
            assert [9, 4] == run(abs, [-9, 4], told.append)
        assert [1, 2] == told
