"""What an independent checker holds against a plan."""

from __future__ import annotations

import attrs


@attrs.frozen(kw_only=True, order=True)
class Violation:
    """One law that a plan breaks, and where."""

    #: Stable word for programs, such as ``over-payload``.
    code: str
    #: Trip, place or lot.
    where: str
    text: str

    def __str__(self) -> str:
        return f"{self.where}: {self.text} [{self.code}]"
