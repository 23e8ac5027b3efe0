"""File formats: what reads a scenario from a file, and what writes a plan to one."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING

import attrs

from silog_core.domain.fields import sorted_texts
from silog_core.ports.offers import Offer, load

if TYPE_CHECKING:
    from silog_core.domain.plan import Plan
    from silog_core.domain.scenario import Scenario

#: Name of a file, and its content.
ExampleFile = tuple[str, bytes]


def _no_examples() -> tuple[ExampleFile, ...]:
    return ()


@attrs.frozen(kw_only=True)
class ImporterSpec(Offer):
    """Reads a scenario from a file or folder."""

    #: Endings of the files that it reads, such as ``.xlsx``.
    suffixes: tuple[str, ...] = attrs.field(converter=sorted_texts)
    read: Callable[[Path], Scenario] | str
    #: Files that it reads; part of the interface, so that anyone can try it.
    examples: Callable[[], Iterable[ExampleFile]] = _no_examples

    def reader(self) -> Callable[[Path], Scenario]:
        """Return the reading function, imported if need be."""
        found: Callable[[Path], Scenario] = load(self, self.read)
        return found


@attrs.frozen(kw_only=True)
class ExporterSpec(Offer):
    """Writes a plan to a file."""

    #: Endings of the files that it writes, the usual one first in the alphabet.
    suffixes: tuple[str, ...] = attrs.field(converter=sorted_texts)
    write: Callable[[Plan, Path], None] | str

    def writer(self) -> Callable[[Plan, Path], None]:
        """Return the writing function, imported if need be."""
        found: Callable[[Plan, Path], None] = load(self, self.write)
        return found
