"""Logs of many devices as one: repeats, forks, clocks, and what corrections leave standing.

A journal is a set of events. What it says depends on what is in it and on nothing else:
not on the order in which logs came, nor on how often.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from silog_core.custody.events import event_bytes
from silog_core.custody.problem_texts import problem
from silog_core.domain.custody_events import Event, EventId
from silog_core.domain.custody_kinds import Kind
from silog_core.domain.custody_problems import CustodyProblem
from silog_core.domain.custody_roles import Role

#: Roles that may correct what others of their regency recorded.
_SUPERIORS = {Role.CHAIR, Role.SECRETARY, Role.LOGISTICS_HEAD, Role.OPERATOR, Role.PROVINCE}

#: Codes of problems with devices and corrections: what merging brings to light.
OF_DEVICES = {
    "fork",
    "log-gap",
    "clock-back",
    "clock-fault",
    "corrects-unknown",
    "corrects-later",
    "corrections-compete",
    "correction-by-stranger",
}


class Journal:
    """Events by name, with the corrections that point to them.

    Example:
        >>> from silog_core.domain.custody_roles import Party
        >>> event = Event(
        ...     device="t1",
        ...     sequence=1,
        ...     kind="incident",
        ...     time_s=0,
        ...     place="12.71",
        ...     author=Party("operator", "12.71"),
        ...     reason="flood",
        ... )
        >>> journal = Journal()
        >>> journal.add(event), journal.add(event), len(journal)
        (True, False, 1)
    """

    def __init__(self) -> None:
        """Start empty."""
        self.events: dict[EventId, Event] = {}
        self._forks: dict[EventId, list[Event]] = {}
        #: Corrections by the event that they point to.
        self.corrections: dict[EventId, list[EventId]] = {}
        self._numbers: dict[str, dict[int, Event]] = {}

    def __len__(self) -> int:
        return len(self.events)

    def add(self, event: Event) -> bool:
        """Take *event* in; say whether that changed anything."""
        name = event.id
        known = self.events.get(name)
        if known is None:
            self.events[name] = event
            self._numbers.setdefault(event.device, {})[event.sequence] = event
            if event.corrects is not None:
                self.corrections.setdefault(event.corrects, []).append(name)
            return True
        if event == known or event in self._forks.get(name, ()):
            return False
        self._fork(name, event)
        return True

    def _fork(self, name: EventId, event: Event) -> None:
        told = self._forks.setdefault(name, [self.events[name]])
        told.append(event)
        told.sort(key=event_bytes)
        first, before = told[0], self.events[name]
        if first is before:
            return
        self.events[name] = self._numbers[name.device][name.sequence] = first
        if before.corrects is not None:
            self.corrections[before.corrects].remove(name)
        if first.corrects is not None:
            self.corrections.setdefault(first.corrects, []).append(name)

    def root(self, name: EventId) -> EventId:
        """Return the event that *name* corrects in the end; itself if it corrects none."""
        seen = {name}
        while True:
            event = self.events[name]
            old = event.corrects
            if old is None or old not in self.events or old in seen:
                return name
            name = old
            seen.add(name)

    def effective(self, name: EventId) -> Event | None:
        """Return what stands of the event *name*: the last correction, or None if withdrawn.

        A correction itself stands for nothing: it is what its target now says.
        """
        event = self.events[name]
        if event.corrects is not None and event.corrects in self.events:
            return None
        if not self.corrections and event.kind is not Kind.WITHDRAWN:
            return event
        return self._last(event)

    def _last(self, event: Event) -> Event | None:
        while True:
            valid = self.valid_corrections(event)
            if not valid:
                return None if event.kind is Kind.WITHDRAWN else event
            event = valid[-1]

    def valid_corrections(self, event: Event) -> list[Event]:
        """Return the corrections of *event* that were entered after it, in that order."""
        names = self.corrections.get(event.id)
        if not names:
            return []
        since = entered(event)
        found = [self.events[n] for n in names if entered(self.events[n]) > since]
        return sorted(found, key=entered)

    def device_problems(self, device: str) -> list[CustodyProblem]:
        """Return gaps in the numbers of a device, and times that go back."""
        numbers = self._numbers.get(device, {})
        told = [(number, entered(numbers[number])[0]) for number in sorted(numbers)]
        return list(device_problems(device, told))

    def devices(self) -> Iterable[str]:
        """Return the devices that have an event here."""
        return self._numbers.keys()

    def fork_problems(self) -> Iterator[CustodyProblem]:
        """Yield each number under which a device told more than one story."""
        for name, told in self._forks.items():
            yield problem("fork", name.device, [name], count=len(told), at=name.sequence)

    def correction_problems(self) -> Iterator[CustodyProblem]:
        """Yield corrections that point nowhere, forwards, or against each other."""
        for old, names in self.corrections.items():
            if not names:
                continue
            target = self.events.get(old)
            if target is None:
                for name in names:
                    yield problem("corrects-unknown", name.device, [name], at=name, old=old)
                continue
            valid = {event.id for event in self.valid_corrections(target)}
            for name in names:
                if name not in valid:
                    yield problem("corrects-later", name.device, [name, old], at=name, old=old)
            if len(valid) > 1:
                yield problem(
                    "corrections-compete",
                    old.device,
                    [old, *sorted(valid)],
                    old=old,
                    count=len(valid),
                )
            yield from self._strangers(target, valid)

    def _strangers(self, target: Event, valid: set[EventId]) -> Iterator[CustodyProblem]:
        office = target.author.office
        for name in valid:
            author = self.events[name].author
            superior = author.role in _SUPERIORS and office.startswith(author.office)
            if author.office != office and not superior:
                yield problem(
                    "correction-by-stranger",
                    name.device,
                    [name, target.id],
                    at=name,
                    office=office,
                    other=author.office,
                )


def device_problems(
    device: str, entries: Iterable[tuple[int, int]]
) -> Iterator[CustodyProblem]:
    """Yield gaps in the numbers of a device, and times that go back.

    Args:
        device: Its name.
        entries: Number of each of its events, rising, and when it was entered.
    """
    expected, before = 1, -1
    for number, moment in entries:
        name = EventId(device, number)
        if number != expected:
            yield problem("log-gap", device, [name], first=expected, last=number - 1)
        if moment < before:
            yield problem("clock-back", device, [name], at=number, seconds=before - moment)
        expected, before = number + 1, moment


def closed_incident(event: Event) -> EventId | None:
    """Return the incident that *event* says is closed, or None if it names none."""
    device, _colon, number = str(event.fact("incident")).rpartition(":")
    return EventId(device, int(number)) if number.isdecimal() else None


def entered(event: Event) -> tuple[int, str, int]:
    """Return when *event* was entered, ties by device and number."""
    moment = event.time_s if event.recorded_s is None else event.recorded_s
    return (moment, event.device, event.sequence)
