"""Ask workers what they run, before they are trusted with a plan."""

from __future__ import annotations

import pickle
import platform
from collections.abc import Iterable
from concurrent.futures import Executor
from importlib.metadata import PackageNotFoundError, version
from typing import Protocol

import attrs

from silog_core.errors import WorkerMismatchError
from silog_core.execution.run_all import run_all


class Digested(Protocol):
    """What can say by which content it stands, such as a rule book."""

    def digest(self) -> str:
        """Return a text that changes whenever the content does."""
        ...


@attrs.frozen(kw_only=True)
class ProbeTask:
    """What a worker is asked."""

    #: Distributions whose versions matter.
    distributions: tuple[str, ...]
    #: The pickled rule book. Unpickled within the probe: a worker that lacks a module
    #: would otherwise die, and the reason with it.
    content: bytes


@attrs.frozen(kw_only=True)
class WorkerProbe:
    """What a worker answers: pairs of what and which."""

    facts: tuple[tuple[str, str], ...]


def probe(task: ProbeTask) -> WorkerProbe:
    """Return the versions here, and the digest of the content as it is read here."""
    facts = [("python", ".".join(platform.python_version_tuple()[:2]))]
    for name in task.distributions:
        try:
            facts.append((name, version(name)))
        except PackageNotFoundError:
            facts.append((name, "not installed"))
    facts.append(("rule book", _digest(task.content)))
    return WorkerProbe(facts=tuple(facts))


def _digest(content: bytes) -> str:
    try:
        found: Digested | None = pickle.loads(content)  # noqa: S301 - our own, sent by the session
        return "none" if found is None else found.digest()
    except Exception as wrong:  # noqa: BLE001 - whatever it is, the asker has to see it
        return f"unreadable: {wrong}"


def check_workers(
    pool: Executor,
    *,
    rules: Digested | None = None,
    distributions: Iterable[str] = ("silog-core",),
    times: int = 1,
) -> None:
    """Make sure that workers run what is run here.

    Args:
        pool: The executor whose workers are asked.
        rules: The rule book that tasks will carry.
        distributions: The core and the plugins whose versions must be the same.
        times: How many questions to ask: one for each worker.

    Raises:
        WorkerMismatchError: A worker differs; the message says in what.
    """
    task = ProbeTask(
        distributions=tuple(sorted(set(distributions))), content=pickle.dumps(rules)
    )
    expected = probe(task)
    for found in run_all(pool, probe, [task] * times):
        differing = [
            f"{what} is {theirs} there and {ours} here"
            for (what, theirs), (_, ours) in zip(found.facts, expected.facts, strict=True)
            if theirs != ours
        ]
        if differing:
            raise WorkerMismatchError(
                "a worker differs: " + "; ".join(differing),
                "install the same versions of silog-core and its plugins for all workers",
            )
