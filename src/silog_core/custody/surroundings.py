"""What of a ledger new events bear on: enough to say what is wrong since they came.

A problem belongs to an event, to units that hang together, to a device, a seal, a lot, the
stock or the account of a place. What is found holds all that these are made of, wherever
a new event changes one of them; so the problems that a fold of it gains by the new events
are those that the whole record gains.
"""

from __future__ import annotations

from collections.abc import Iterable

import attrs

from silog_core.custody.books import LOT_STAGES
from silog_core.custody.fold import CustodyFold
from silog_core.custody.glance import Glance, Name
from silog_core.custody.ledger import Ledger
from silog_core.custody.search import Search, codes_of, name_of
from silog_core.domain.custody_events import Event
from silog_core.domain.custody_kinds import Kind
from silog_core.domain.custody_problems import CustodyProblem

#: Kinds that write into the stock of their place.
_STOCK = {Kind.RECEIVED, Kind.SORTED, Kind.KITTED, Kind.DESTROYED}
_STOCK_NAMES = {kind.value.encode() for kind in _STOCK}
_LOT_NAMES = {kind.value.encode() for kind in LOT_STAGES}
_KITTED, _COUNTED = Kind.KITTED.value.encode(), Kind.COUNTED.value.encode()
_TRANSFERRED = Kind.TRANSFERRED.value.encode()


def new_problems(
    ledger: Ledger, events: Iterable[Event], *, until: int | None = None
) -> list[CustodyProblem]:
    """Return what is wrong with the record since it has *events*, and was not before.

    Args:
        ledger: The record.
        events: What is added, or was added last.
        until: How many records there were before them; None is all that are there now.
    """
    added = list(events)
    fold = CustodyFold()
    fold.add_all(Surroundings(ledger, until=until).around(added))
    before = set(fold.state().problems)
    fold.add_all(added)
    return [found for found in fold.state().problems if found not in before]


@attrs.define
class _Wanted:
    """What new events bear on, as it stands in the bytes of events."""

    names: set[Name] = attrs.Factory(set)
    devices: set[bytes] = attrs.Factory(set)
    seals: set[bytes] = attrs.Factory(set)
    #: Places whose loose stock changes, and those whose account does.
    stock: set[bytes] = attrs.Factory(set)
    accounts: set[bytes] = attrs.Factory(set)
    lots: bool = False

    @property
    def size(self) -> int:
        sets = (self.names, self.devices, self.seals, self.stock, self.accounts)
        return sum(len(one) for one in sets) + self.lots

    def touch(self, event: Event) -> None:
        """Take in what changes when *event* stands, or stands no more."""
        kind, place = event.kind, event.place.encode()
        self.names.add(name_of(event.id))
        if event.corrects is not None:
            self.names.add(name_of(event.corrects))
        self.seals.update(seal.encode() for seal in event.seals_applied)
        if kind in _STOCK:
            self.stock.add(place)
        if kind in {Kind.COUNTED, Kind.TRANSFERRED}:
            self.accounts.add(place)
        if kind in {Kind.KITTED, Kind.TRANSFERRED}:
            self.accounts.add(event.destination.encode())
        self.lots = self.lots or kind in LOT_STAGES

    def wants(self, seen: Glance) -> bool:
        """Say whether an event belongs to what changes."""
        name, kind = seen.name, seen.kind
        return (
            name in self.names
            or name[0] in self.devices
            or (seen.corrects is not None and seen.corrects in self.names)
            or (bool(seen.seals) and not self.seals.isdisjoint(seen.seals))
            or (kind in _STOCK_NAMES and seen.place in self.stock)
            or (kind == _COUNTED and seen.place in self.accounts)
            or (kind == _KITTED and seen.destination in self.accounts)
            or kind == _TRANSFERRED
            or (self.lots and kind in _LOT_NAMES)
        )


class Surroundings(Search):
    """A search for what new events bear on."""

    def around(self, events: Iterable[Event]) -> list[Event]:
        """Return the events of the record that *events* bear on.

        Example:
            >>> from silog_core.storage import MemoryStore
            >>> Surroundings(Ledger.init(MemoryStore(), origin="silog/12")).around([])
            []
        """
        added = list(events)
        if not added:
            return []
        wanted = _Wanted(devices={event.device.encode() for event in added})
        touched = added
        while True:
            before = wanted.size, len(self._codes)
            for event in touched:
                wanted.touch(event)
                self._codes.update(codes_of(event))
            if (wanted.size, len(self._codes)) == before:
                return [self._found[place] for place in sorted(self._found)]
            self._look(wanted.wants)
            found = self._closed(lambda _event: False)
            # What is corrected, corrects or was told twice stands otherwise than before.
            touched = [event for event in found if self._changes(event, wanted.names)]

    @staticmethod
    def _changes(event: Event, names: set[Name]) -> bool:
        old = event.corrects
        return name_of(event.id) in names or (old is not None and name_of(old) in names)
