"""What can never be right, whatever else is in the record: refused before it is recorded.

A breach that happened (one person where two are asked for, nobody watching, the wrong
taker) is recorded and told of. What is only written down badly can still be mended, and is
not let in: once it stands in a record it takes a correction.
"""

from __future__ import annotations

from collections.abc import Iterable

from silog_core.custody.chain import DeviceLog, Entry
from silog_core.custody.record_events import event_of
from silog_core.custody.requirements import problems_of
from silog_core.domain.custody_events import Event
from silog_core.errors import EventFormatError, IncompleteEventError

#: Codes of problems that no other event can explain.
NEVER_RIGHT = {
    "lacks-field",
    "may-not-append",
    "same-party",
    "seals-of-many",
    "seals-of-others",
    "unknown-fact",
}
#: How many are named one by one.
_SHOWN = 20


def check_complete(events: Iterable[Event]) -> None:
    """Hold that *events* may be recorded, each by itself.

    Raises:
        IncompleteEventError: Some may not; all are named, by their number from 1.

    Example:
        >>> from silog_core.domain.custody_roles import Party
        >>> check_complete(
        ...     [
        ...         Event(
        ...             device="t1",
        ...             sequence=1,
        ...             kind="scanned",
        ...             time_s=0,
        ...             place="12.71",
        ...             author=Party("operator", "12.71"),
        ...         )
        ...     ]
        ... )
        Traceback (most recent call last):
            ...
        silog_core.errors.IncompleteEventError: [SLG502] nothing is recorded: event 1 (12.71): Scan...
    """
    wrong = [
        f"event {number} ({found.subject}): {found.message} [{found.code}]"
        for number, event in enumerate(events, 1)
        for found in problems_of(event)
        if found.code in NEVER_RIGHT
    ]
    if wrong:
        raise IncompleteEventError(
            f"nothing is recorded: {_listed(wrong)}",
            "mend these events in the file, and record it again",
        )


def check_logs(logs: Iterable[DeviceLog]) -> None:
    """Hold that all entries of logs of devices are events.

    Raises:
        EventFormatError: Some are none; all are named.
    """
    wrong = []
    for log in logs:
        for record in log.records:
            entry = Entry.parse(record)
            if entry is not None:
                try:
                    event_of(entry)
                except EventFormatError as problem:
                    wrong.append(problem.problem)
    if wrong:
        raise EventFormatError(
            f"nothing is recorded: {_listed(wrong)}",
            "revoke the key of that device, and let it record its events anew as another one",
        )


def _listed(wrong: list[str]) -> str:
    more = f"; and {len(wrong) - _SHOWN} more" if len(wrong) > _SHOWN else ""
    return "; ".join(wrong[:_SHOWN]) + more
