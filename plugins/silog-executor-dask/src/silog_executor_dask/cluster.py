"""Open a Dask cluster as an executor."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import Executor
from contextlib import contextmanager

from distributed import Client, LocalCluster


@contextmanager
def dask_executor(workers: int = 2, address: str = "") -> Iterator[Executor]:
    """Give an executor whose tasks run on Dask workers.

    Args:
        workers: Worker processes to start on this machine; without effect with an
            *address*.
        address: Scheduler of a running cluster, such as ``tcp://10.0.0.5:8786``.

    Yields:
        An executor. Results are never taken from an earlier run (``pure=False``): Dask
        would otherwise give two equal tasks one result.
    """
    if address:
        with Client(address) as client, client.get_executor(pure=False) as pool:  # type: ignore[no-untyped-call]
            yield pool
        return
    with (
        LocalCluster(  # type: ignore[no-untyped-call]
            n_workers=workers,
            threads_per_worker=1,
            processes=True,
            # No web page, and no name that others on the network could reach.
            dashboard_address=None,
            host="127.0.0.1",
        ) as cluster,
        Client(cluster) as client,  # type: ignore[no-untyped-call]
        client.get_executor(pure=False) as pool,
    ):
        yield pool
