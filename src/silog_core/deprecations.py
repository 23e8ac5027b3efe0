"""Every deprecation message, in one place, and when a removal may take effect."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

#: No removal takes effect from this long before a national voting day ...
FREEZE_BEFORE = timedelta(days=180)
#: ... until this long after it.
FREEZE_AFTER = timedelta(days=60)


class SilogDeprecationWarning(UserWarning):
    """Something will go; the message says when, and what to use instead.

    A `UserWarning`, so that it is seen without a switch.
    """


def is_frozen(day: date, voting_days: Iterable[date]) -> bool:
    """Say whether *day* lies in the freeze around a national voting day.

    Example:
        >>> is_frozen(date(2024, 9, 1), [date(2024, 11, 27)])
        True
    """
    return any(v - FREEZE_BEFORE <= day <= v + FREEZE_AFTER for v in voting_days)
