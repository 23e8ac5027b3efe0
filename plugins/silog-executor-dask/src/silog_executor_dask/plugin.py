"""What this plugin answers at the hooks; Dask itself is imported when it is used."""

from __future__ import annotations

from silog_core.domain.manifest import Manifest
from silog_core.plugins import hookimpl
from silog_core.ports.executor import ExecutorSpec


@hookimpl
def silog_manifest() -> Manifest:
    """Speak for no region."""
    return Manifest(title="Dask executor")


@hookimpl
def silog_executors() -> list[ExecutorSpec]:
    """Offer ``dask``, and ``dask+ADDRESS`` for a cluster that runs already."""
    return [
        ExecutorSpec(
            name="dask",
            title="a Dask cluster: worker processes here, or those at an address",
            open="silog_executor_dask.cluster:dask_executor",
        )
    ]
