"""Risk on real worker processes: the same draws, wherever and on however many they run."""

from __future__ import annotations

import os

import attrs
import pytest

import silog_core as silog
from silog_core.domain.shocks import Relief, Rescue, Shock, ShockModel, Spread
from silog_core.execution import process_pool, run_all
from silog_core.risk.mitigation_options import prepared
from silog_core.testing import work
from silog_core.testing.worlds import small_world
from silog_executor_dask.plugin import silog_executors

pytestmark = pytest.mark.filterwarnings(
    # Dask's own sockets and loops are closed a moment after its cluster.
    "ignore::ResourceWarning",
    "ignore::pytest.PytestUnraisableExceptionWarning",
    "ignore::DeprecationWarning",
)
H_S = 3600
WORLD = small_world()
#: One of each kind of stroke, far more often than in any year.
MODEL = ShockModel(
    shocks=tuple(
        Shock(
            name=unit, title=unit, title_id=unit, unit=unit, chance_ppm=80_000, source="a test",
            lasts=Spread(least_s=H_S, usual_s=20 * H_S, most_s=90 * H_S),
            share_permille=500 if unit == "kits" else 1000,
        )
        for unit in (
            "province", "subdistrict", "leg", "trip", "kit", "kits", "box", "stage",
            "delivery", "source",
        )
    ),
    nights=["road"],
)  # fmt: skip
MORE = {
    "model": MODEL, "draws": 300, "seed": 4, "scenario": WORLD.scenario,
    "rescues": [Rescue(shocks=["trip", "subdistrict"], count=1, ready_s=2 * H_S)],
}  # fmt: skip


def answers(pool):
    """Return everything that is simulated, with its parts on a pool."""

    def run(task, tasks, done):
        return run_all(pool, task, tasks, done=done)

    more = {**MORE, "run_tasks": run} if pool else MORE
    plain = {k: v for k, v in more.items() if k not in ("rescues", "scenario")}
    plan = WORLD.plan
    return (
        silog.simulate(plan, **more),
        silog.simulate_return(plan, due_s=200_000, **more),
        silog.buffers(plan, **plain),
        silog.evaluate_mitigations(
            WORLD.scenario, plan, prepared_against_trips(), replan=lambda s: plan, **plain
        ),
    )


def prepared_against_trips():
    """Return one proposal that answers a shock of this model."""

    first = prepared(WORLD.scenario, "12.01")[0]
    return [attrs.evolve(first, reliefs=(Relief(shock="trip", at_most_s=H_S),))]


HERE = answers(None)


def test_there_is_something_to_tell_apart():
    """Some are late, out and back, and not all of them."""
    for found in HERE[:2]:
        assert 0 < found.late_ppm < 1_000_000


@pytest.mark.parametrize("workers", [1, 2, 3])
def test_a_pool_of_any_size_says_the_same(workers):
    """To the last number of each answer."""
    with process_pool(workers) as pool:
        assert answers(pool) == HERE


@pytest.mark.parametrize("workers", [1, 2])
def test_dask_processes_of_any_number_say_the_same(workers):
    """On worker processes that are not this one."""
    with silog_executors()[0].opened(workers) as pool:
        pids = set(run_all(pool, work.process_of, range(4)))

        assert os.getpid() not in pids
        assert answers(pool) == HERE
