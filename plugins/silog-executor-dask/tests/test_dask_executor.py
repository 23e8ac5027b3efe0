"""The Dask executor on real worker processes."""

from __future__ import annotations

import os
import signal
from datetime import date

import pytest
from distributed import Client, LocalCluster

import silog_core as silog
from silog_core.execution import run_all
from silog_core.ports.executor import ExecutorSpec
from silog_core.session import Session
from silog_core.testing import ExecutorSuite, work
from silog_executor_dask.plugin import silog_executors

pytestmark = pytest.mark.filterwarnings(
    # Dask's own sockets and loops are closed a moment after its cluster.
    "ignore::ResourceWarning",
    "ignore::pytest.PytestUnraisableExceptionWarning",
    "ignore::DeprecationWarning",
)


class TestLocalCluster(ExecutorSuite):
    """Worker processes that the plugin starts itself."""

    def spec(self) -> ExecutorSpec:
        return silog_executors()[0]


@pytest.fixture(scope="module")
def cluster():
    with LocalCluster(
        n_workers=2, threads_per_worker=1, processes=True, dashboard_address=None
    ) as running:
        yield running


def test_a_running_cluster_is_used_by_its_address(cluster):
    """Tasks run on the workers of the cluster at the address."""
    with Client(cluster) as client:
        pids = set(client.run(os.getpid).values())
    with silog_executors()[0].opened(1, cluster.scheduler_address) as pool:
        found = set(run_all(pool, work.process_of, range(8)))

    assert found <= pids


def test_a_killed_worker_loses_no_task(cluster):
    """A worker that is killed while it works has its tasks run again."""
    with silog_executors()[0].opened(1, cluster.scheduler_address) as pool:
        futures = [pool.submit(work.slow_first, n) for n in (0, *range(1, 30))]
        victim = pool.submit(work.process_of, 0).result()
        os.kill(victim, signal.SIGKILL)

        assert [n * n for n in range(30)] == [f.result(timeout=60) for f in futures]


def _scenario():
    """Return two small regencies of Sumatera Utara."""
    places = []
    for regency, lat in (("12.14", 570_000), ("12.04", 1_170_000)):
        warehouse = f"{regency}-W1"
        places.append(_place(warehouse, "warehouse", regency, lat, ""))
        for h in range(1, 4):
            hub = f"{regency}.{h:02d}"
            places.append(_place(hub, "hub", hub, lat + 9000 * h, warehouse))
            for v in range(1, 4):
                village = f"{hub}.{2000 + v}"
                places.append(
                    _place(village, "village", village, lat + 9000 * h + v * 2000, hub)
                )
                places += [
                    _place(
                        f"{village}-{s:03d}", "station", village,
                        lat + 9000 * h + v * 2000 + s * 500, village, 200 + 10 * s,
                    )
                    for s in range(1, 4)
                ]  # fmt: skip
    contest = silog.Contest(code="governor", item="ballot-governor", area_level="province")
    election = silog.Election(
        kind="pilkada", voting_day=date(2024, 11, 27), root="12", contests=(contest,)
    )
    return silog.Scenario(title="Two regencies", election=election, places=tuple(places))


def _place(code, kind, region, lat, parent, voters=0):
    return silog.Place(
        code=code, kind=kind, region=region, lat_microdeg=lat, lon_microdeg=97_800_000,
        parent=parent, voters=voters,
    )  # fmt: skip


def test_the_plan_is_the_same_everywhere(cluster):
    """Serial, process pool and Dask give the same plan, byte for byte."""
    scenario = _scenario()
    plans = []
    with Session() as session:
        for options in (
            {},
            {"executor": "processes", "workers": 2},
            {"executor": f"dask+{cluster.scheduler_address}"},
        ):
            plan = session.plan(scenario, seed=3, **options)
            plans.append(_wire(plan))

    assert plans[0] == plans[1] == plans[2]


def _wire(plan):
    from silog_core.io.plan_folder import plan_files

    return sorted((str(name), content) for name, content in dict(plan_files(plan)).items())
