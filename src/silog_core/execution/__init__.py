"""Where work runs: here, or in a pool of processes; results in the order of the tasks."""

from silog_core.execution.probe import check_workers
from silog_core.execution.process_pool import ProcessPool, process_pool
from silog_core.execution.run_all import run_all
from silog_core.execution.running import running
from silog_core.execution.serial import serial

__all__ = ["ProcessPool", "check_workers", "process_pool", "run_all", "running", "serial"]
