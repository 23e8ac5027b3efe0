"""The time of day, given from outside so that nothing in the core asks for it."""

from __future__ import annotations

from datetime import datetime
from typing import Protocol


class Clock(Protocol):
    """Tells the time."""

    def now(self) -> datetime:
        """Return the present moment with its UTC offset."""
        ...
