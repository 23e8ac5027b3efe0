"""Example scenarios that region packs ship, found by name."""

from __future__ import annotations

import difflib
from importlib.metadata import EntryPoint, entry_points
from typing import cast

from silog_core.domain.scenario import Scenario
from silog_core.errors import UnknownExampleError

#: Entry-point group; the value names a function that returns a `Scenario`.
GROUP = "silog.examples"


def _found() -> dict[str, EntryPoint]:
    return {point.name: point for point in sorted(entry_points(group=GROUP))}


def example_names() -> tuple[str, ...]:
    """Return the names of the examples that are installed, in order."""
    return tuple(sorted(_found()))


def load_example(name: str) -> Scenario:
    """Return an example scenario, such as ``sumut-pilkada-2024``.

    Args:
        name: Name of the example; `example_names` lists what is installed.

    Raises:
        UnknownExampleError: No installed plugin ships an example of that name.
    """
    found = _found()
    if name not in found:
        near = difflib.get_close_matches(name, sorted(found), n=1)
        raise UnknownExampleError(
            f"no example is called {name!r}; there are: {', '.join(sorted(found)) or 'none'}",
            f"did you mean {near[0]!r}?"
            if near
            else "install the region pack that ships it, such as silog-region-id-12",
        )
    return cast("Scenario", found[name].load()())
