"""A writer of a store that is killed at its work, in a process of its own."""

from __future__ import annotations

import os
import signal
import time
import warnings
from collections.abc import Callable
from contextlib import AbstractContextManager, suppress
from pathlib import Path

from silog_core.ports.store import Store, Write


def forked() -> int:
    """Fork, also where a test runner has threads: the child uses none of theirs."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        return os.fork()


def killed_writer(
    store_in: Callable[[Path], AbstractContextManager[Store]], folder: Path, *, after_s: float
) -> int:
    """Kill a writer some time [s] after its first append; return what it was told is kept.

    It appends pairs of events to the streams ``left`` and ``right`` at once, each event
    its own number; the answer is the last number that the store acknowledged.
    """
    heard, said = os.pipe()
    writer = forked()
    if not writer:
        with suppress(BaseException):
            os.close(heard)
            with store_in(folder) as store:
                _write(store, said)
        os._exit(1)
    os.close(said)
    with os.fdopen(heard, "rb") as pipe:
        first = pipe.readline()
        time.sleep(after_s)
        with suppress(ProcessLookupError):
            os.kill(writer, signal.SIGKILL)
        # The last line may be cut short: then it was not said.
        lines = (first + pipe.read()).split(b"\n")[:-1]
    os.waitpid(writer, 0)
    return int(lines[-1]) if lines else 0


def _write(store: Store, said: int) -> None:
    while True:
        end = store.end("left")
        both = [b"%d" % n for n in (end + 1, end + 2)]
        store.append_all([Write(side, end, both) for side in ("left", "right")])
        os.write(said, b"%d\n" % (end + 2))
