"""Units that hang together: a kit with all that ever lay in it is read as one."""

from __future__ import annotations

from collections.abc import Iterable

from silog_core.domain.custody_events import EventId


class Groups:
    """Sets of unit codes that grow together, each with the events that concern it."""

    def __init__(self) -> None:
        """Start empty."""
        self._above: dict[str, str] = {}
        self.events: dict[str, list[EventId]] = {}
        #: Groups that became part of another since that was last read.
        self.merged: dict[str, list[str]] = {}
        #: Groups to read again.
        self.dirty: set[str] = set()

    def find(self, code: str) -> str:
        """Return the name of the group of *code*."""
        above = self._above
        if code not in above:
            above[code] = code
            self.events[code] = []
            return code
        while above[code] != code:
            above[code] = above[above[code]]
            code = above[code]
        return code

    def join(self, codes: Iterable[str]) -> str:
        """Make *codes* one group; return its name."""
        name = ""
        for code in codes:
            other = self.find(code)
            if not name:
                name = other
            elif other != name:
                if len(self.events[other]) > len(self.events[name]):
                    name, other = other, name
                self._above[other] = name
                self.events[name] += self.events.pop(other)
                self.merged.setdefault(name, []).extend((other, *self.merged.pop(other, ())))
                self.dirty.discard(other)
                self.dirty.add(name)
        return name

    def enter(self, codes: Iterable[str], event: EventId) -> None:
        """Note that *event* concerns *codes*, and that they hang together."""
        name = self.join(codes)
        self.events[name].append(event)
        self.dirty.add(name)

    def retract(self, code: str, event: EventId) -> None:
        """Take *event* out of the group of *code*; what hung together still does."""
        name = self.find(code)
        self.events[name].remove(event)
        self.dirty.add(name)
