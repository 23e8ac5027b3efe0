"""Tasks for executors; workers import them by name."""

from __future__ import annotations

import os
import secrets
import time

from silog_core.errors import PlanningError


def slow_first(task: int) -> int:
    """Return the square, the first task last."""
    time.sleep(0.2 if task == 0 else 0)
    return task * task


def refuse(task: int) -> int:
    """Fail with an error of the library."""
    raise PlanningError(f"task {task} cannot be done", "leave it out")


def process_of(_task: int) -> int:
    """Return the number of the process that runs this."""
    return os.getpid()


def chance(_task: int) -> str:
    """Return something else each time, as no planning code may."""
    return secrets.token_hex(8)
