"""Events of a ledger that concern a few units, found without reading the others.

The result is closed: with an event come those that correct it or that it corrects, what
its device told under the same number, and whatever its units ever lay in. So a fold of
the found events says of these units what a fold of the whole record says.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from itertools import islice

from silog_core.custody.chain import ENTRY, Entry
from silog_core.custody.glance import Glance, Name, glance
from silog_core.custody.ledger import Ledger
from silog_core.custody.record_events import event_of
from silog_core.custody.unit_content import covers
from silog_core.domain.custody_events import Event, EventId
from silog_core.domain.custody_kinds import Kind

_CLOSED = Kind.INCIDENT_CLOSED.value.encode()


class Search:
    """What was found so far; each question adds to it.

    Example:
        >>> from silog_core.custody.events import event_bytes
        >>> from silog_core.domain.custody_roles import Party
        >>> from silog_core.storage import MemoryStore
        >>> def packed(number):
        ...     return Event(
        ...         device="t1",
        ...         sequence=number,
        ...         kind="packed",
        ...         time_s=0,
        ...         place="12.71",
        ...         author=Party("operator", "12.71"),
        ...         units=(f"BOX-{number}",),
        ...     )
        >>> ledger = Ledger.init(MemoryStore(), origin="silog/12.71")
        >>> ledger.append([event_bytes(packed(n)) for n in (1, 2, 3)], device="t1")
        4
        >>> [event.sequence for event in Search(ledger).about("BOX-2")]
        [2]
    """

    def __init__(self, ledger: Ledger, *, until: int | None = None) -> None:
        """Begin with nothing found.

        Args:
            ledger: Where to look.
            until: Look at the first so many records only; None looks at all.
        """
        self._ledger, self._until = ledger, until
        self._found: dict[int, Event] = {}
        #: Corrections by what they correct, and numbers that may have been told twice.
        self._corrections: dict[Name, set[Name]] = {}
        self._again: set[Name] = set()
        #: Events that have all been found, or are nowhere in the record.
        self._complete: set[Name] = set()
        self._codes: set[bytes] = set()
        self._passes = 0
        self._by_text = False

    def about(self, code: str) -> list[Event]:
        """Return the events of one unit, or of all units for a place with this code."""
        asked = code.encode()
        self._codes.add(asked)
        # A problem may have any code as its subject: whatever else has that name is read.
        self._by_text = True
        self._look(lambda seen: seen.destination == asked)
        return self._closed(lambda event: event.destination == code)

    def for_region(self, region: str) -> list[Event]:
        """Return the events of all units for places in *region*."""

        def inside(seen: Glance) -> bool:
            place = seen.destination
            return bool(place) and covers(region, place.decode("utf-8", "replace"))

        self._look(inside)
        return self._closed(
            lambda event: bool(event.destination) and covers(region, event.destination)
        )

    def at_places(self, places: Iterable[str]) -> list[Event]:
        """Return besides what was found all events at *places*."""
        wanted = {place.encode() for place in places}
        self._look(lambda seen: seen.place in wanted)
        return self._closed(lambda _event: False)

    def of_kinds(self, kinds: Iterable[Kind]) -> list[Event]:
        """Return besides what was found all events of *kinds*."""
        wanted = {kind.value.encode() for kind in kinds}
        self._look(lambda seen: seen.kind in wanted)
        return self._closed(lambda _event: False)

    def _closed(self, names_units: Callable[[Event], bool]) -> list[Event]:
        """Look again until nothing is missing; return all in the order of the record."""
        while True:
            grew = self._join(names_units)
            missing = self._related() - self._complete
            if not grew and not missing:
                return [self._found[place] for place in sorted(self._found)]
            self._look(lambda seen, names=missing: seen.name in names)  # type: ignore[misc]
            self._complete |= missing

    def _look(self, wants: Callable[[Glance], bool]) -> None:
        """Go through the record once; read what is wanted or names a wanted unit."""
        first = not self._passes
        self._passes += 1
        codes, found = self._codes, self._found
        texts = [_text(code) for code in sorted(codes)] if self._by_text else []
        last: dict[bytes, int] = {}
        for place, record in enumerate(self._records()):
            if place in found:
                continue
            body = record[record.find(b"\n") + 1 :]
            seen = glance(body)
            if first:
                self._note(seen, last)
            if (
                not codes.isdisjoint(seen.codes)
                or seen.kind == _CLOSED
                or wants(seen)
                or any(text in body for text in texts)
            ):
                entry = Entry.parse(record)
                if entry is not None:
                    found[place] = event_of(entry)

    def _records(self) -> Iterator[bytes]:
        none = b""
        for record in islice(self._ledger.records(), self._until):
            yield record if record.startswith(ENTRY) else none

    def _note(self, seen: Glance, last: dict[bytes, int]) -> None:
        """Note what one needs to know of every event, whatever it is about."""
        device, number = seen.name
        if seen.corrects is not None:
            self._corrections.setdefault(seen.corrects, set()).add(seen.name)
        if number.isdigit():
            # Devices count upwards: what does not rise may have been told before.
            if int(number) <= last.get(device, 0):
                self._again.add(seen.name)
            else:
                last[device] = int(number)

    def _join(self, names_units: Callable[[Event], bool]) -> bool:
        """Take in the units that hang together with those wanted; say whether any did."""
        before, codes = len(self._codes), self._codes
        size = -1
        while size != len(codes):
            size = len(codes)
            for event in self._found.values():
                named = codes_of(event)
                if (event.kind is Kind.KITTED and not codes.isdisjoint(named)) or names_units(
                    event
                ):
                    codes.update(named)
        return len(codes) > before

    def _related(self) -> set[Name]:
        """Return the names of events without which those found do not say all."""
        names = {name_of(event.id) for event in self._found.values()}
        self._complete |= names - self._again
        related = set(names)
        for event in self._found.values():
            if event.corrects is not None:
                related.add(name_of(event.corrects))
            related |= self._corrections.get(name_of(event.id), set())
        return related


def codes_of(event: Event) -> tuple[bytes, ...]:
    """Return the codes of the container and units of *event*, as they stand in its bytes."""
    codes = (event.container, *event.units) if event.container else event.units
    return tuple(code.encode() for code in codes)


def name_of(name: EventId) -> Name:
    """Return the name of an event as it stands in its bytes."""
    return (name.device.encode(), b"%d" % name.sequence)


def _text(code: bytes) -> bytes:
    """Return a code as it stands in the bytes of an event."""
    return json.dumps(code.decode(), ensure_ascii=False).encode()
