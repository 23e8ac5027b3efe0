"""Both stores keep the laws; each law notices the store that does not."""

from __future__ import annotations

from contextlib import contextmanager

import pytest

from silog_core.ports.store import StoreDamage
from silog_core.storage import MemoryStore, open_memory, open_store
from silog_core.testing import StoreSuite
from suite_mutants import breaks


class TestMemoryStore(StoreSuite):
    """The store in memory."""

    can = frozenset({"concurrent_writers"})

    def store_in(self, folder):
        return open_memory()


class TestSqliteStore(StoreSuite):
    """The store in a file."""

    can = frozenset({"durable", "concurrent_writers"})

    def store_in(self, folder):
        return open_store(f"sqlite:///{folder}/ledger.db")


class InventsAnEvent(MemoryStore):
    def read(self, stream, *, after=0, limit=None):
        return super().read(stream, after=after, limit=limit) or [b"invented"]


class Reverses(MemoryStore):
    def read(self, stream, *, after=0, limit=None):
        return super().read(stream, after=after, limit=limit)[::-1]


class CountsFromOne(MemoryStore):
    def read(self, stream, *, after=0, limit=None):
        return super().read(stream, after=max(0, after - 1), limit=limit)


class TakesAnyEnd(MemoryStore):
    def append(self, stream, events, *, after):
        return super().append(stream, events, after=len(self._streams.get(stream, ())))


class AppendsOneByOne(MemoryStore):
    def append(self, stream, events, *, after):
        for event in events:
            after = super().append(stream, [event], after=after)
        return after


class IgnoresCase(MemoryStore):
    def append(self, stream, events, *, after):
        return super().append(stream.lower(), events, after=after)


class Forgets(MemoryStore):
    """Nothing is kept, though it claims to be durable."""


class DropsEmptyEvents(MemoryStore):
    def append(self, stream, events, *, after):
        return super().append(stream, [e for e in events if e], after=after)


class NeverCloses(MemoryStore):
    def close(self):
        pass


class HandsOutItself(MemoryStore):
    def read(self, stream, *, after=0, limit=None):
        return self._streams.get(stream, [])


class LosesRaces(MemoryStore):
    def append(self, stream, events, *, after):
        if len(self._streams.get(stream, ())) > after and events:
            return after + len(events)
        return super().append(stream, events, after=after)


class WritesStreamByStream(MemoryStore):
    def append_all(self, writes):
        for one in writes:
            super().append_all([one])


class IgnoresTheLimit(MemoryStore):
    def read(self, stream, *, after=0, limit=None):
        return super().read(stream, after=after)


class RepeatsThePrevious(MemoryStore):
    """What comes behind the third event is stored as the third."""

    def append_all(self, writes):
        old = {one.stream: self.read(one.stream) for one in writes}
        super().append_all(writes)
        for one in writes:
            if len(old[one.stream]) > 2 and one.events:
                self._streams[one.stream][-1] = old[one.stream][2]


class TearsPairs(MemoryStore):
    """Of two writers the second gets one stream only."""

    def append_all(self, writes):
        ends = [len(self._streams.get(one.stream, ())) for one in writes]
        super().append_all(writes)
        if len(writes) > 1 and sum(ends) > 8:
            self._streams[writes[0].stream].pop()


class FindsDamage(MemoryStore):
    def examine(self):
        return [StoreDamage("hole", "a")]


MUTANTS = {
    "s1": InventsAnEvent,
    "s2": Reverses,
    "s3": CountsFromOne,
    "s4": TakesAnyEnd,
    "s5": AppendsOneByOne,
    "s6": IgnoresCase,
    "s7": Forgets,
    "s8": LosesRaces,
    "s9": DropsEmptyEvents,
    "s10": NeverCloses,
    "s11": HandsOutItself,
    "s12": WritesStreamByStream,
    "s13": IgnoresTheLimit,
    "s14": RepeatsThePrevious,
    "s15": TearsPairs,
    "s16": Forgets,
    "s17": FindsDamage,
    "s18": Forgets,
}


@pytest.mark.parametrize("law", MUTANTS)
def test_a_mutant_breaks_its_law(law):
    """Each law notices the store that breaks it."""

    class Suite(StoreSuite):
        can = frozenset({"durable", "concurrent_writers"})

        @contextmanager
        def store_in(self, folder):
            yield MUTANTS[law]()

    assert breaks(Suite(), law)


def test_a_suite_without_a_store_says_what_to_override():
    """A subclass that forgets is told, and does not pass by running nothing."""
    with pytest.raises(NotImplementedError, match="has to override store_in"):
        StoreSuite().test_s1_an_unknown_stream_reads_empty()
