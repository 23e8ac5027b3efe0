"""Executors: where tasks run."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Executor
from contextlib import AbstractContextManager

import attrs

from silog_core.ports.offers import Offer, load

#: Takes the number of workers and an address, which may be empty.
OpenExecutor = Callable[[int, str], "AbstractContextManager[Executor]"]


def unheard(done: int) -> None:
    """Take no notice of progress."""
    del done


@attrs.frozen(kw_only=True)
class ExecutorSpec(Offer):
    """A way to run tasks; only ``submit`` with one positional argument is used."""

    open: OpenExecutor | str
    #: Whether workers are other processes, to which tasks and results travel pickled.
    remote: bool = True

    def opened(self, workers: int, address: str = "") -> AbstractContextManager[Executor]:
        """Return a context in which the executor runs."""
        opener: OpenExecutor = load(self, self.open)
        return opener(workers, address)
