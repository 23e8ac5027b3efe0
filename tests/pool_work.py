"""Work for real processes: they import it by name, which test modules do not allow."""

from __future__ import annotations

import os
import signal
import time
from pathlib import Path

import attrs

from silog_core.errors import FieldError, StaleWriteError
from silog_core.storage import open_store


def slow_then_fast(number):
    """Finish early tasks last."""
    time.sleep(0.15 if number == 0 else 0)
    return number * number


def refuse_odd(number):
    """Fail with an error of the library."""
    if number % 2:
        raise FieldError(f"{number} is odd", "give an even number")
    return number


def die_once(task):
    """Be killed on the first call for each file, as by the system for want of memory."""
    path, number = task
    if path and not Path(path).exists():
        Path(path).touch()
        os.kill(os.getpid(), signal.SIGKILL)
    return number


def die(number):
    """Be killed each time."""
    os.kill(os.getpid(), signal.SIGKILL)
    return number


def pid_of(_task):
    """Say in which process it runs."""
    return os.getpid()


@attrs.frozen
class Rules:
    """Stands in for a rule book."""

    name: str

    def digest(self):
        """Return the name."""
        return self.name


@attrs.frozen
class LocalRules:
    """A rule book whose digest depends on the process that computes it."""

    def digest(self):
        """Return the process."""
        return str(os.getpid())


def append_until(store, name, count):
    """Append *count* events to a store or a URL, reading the end whenever it moved."""
    if isinstance(store, str):
        with open_store(store) as opened:
            append_until(opened, name, count)
        return
    end = number = 0
    while number < count:
        try:
            end = store.append("boxes", [f"{name}{number}".encode()], after=end)
            number += 1
        except StaleWriteError:
            end = len(store.read("boxes"))
