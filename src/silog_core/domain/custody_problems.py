"""What is wrong with a record of custody: detected and explained, never repaired."""

from __future__ import annotations

import attrs

from silog_core.domain.custody_events import EventId


@attrs.frozen(kw_only=True)
class CustodyProblem:
    """One thing that is wrong, the events that show it, and what to do about it."""

    #: Stable word for programs, such as ``custody-gap``.
    code: str
    #: Unit, place, lot or device that it is about.
    subject: str
    #: Events that show it, in order.
    events: tuple[EventId, ...] = ()
    #: What is wrong, in English and in Indonesian.
    message: str
    message_id: str
    #: What to do.
    fix: str
    fix_id: str

    @property
    def rank(self) -> tuple[str, str, tuple[EventId, ...], str]:
        """Sort key: by subject, code, events and text."""
        return (self.subject, self.code, self.events, self.message)

    def said(self, lang: str = "id") -> str:
        """Return what is wrong and what to do, in one line."""
        if lang == "id":
            return f"{self.subject}: {self.message_id}; {self.fix_id} [{self.code}]"
        return f"{self.subject}: {self.message}; {self.fix} [{self.code}]"
