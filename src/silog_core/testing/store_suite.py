"""The laws of a store, S1 to S18 of ``docs/hooks.md``."""

from __future__ import annotations

import os
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager, ExitStack, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Thread
from typing import ClassVar

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.stateful import run_state_machine_as_test

from silog_core.custody.ledger import Ledger
from silog_core.custody.verify import verify_ledger
from silog_core.errors import ClosedStoreError, StaleWriteError
from silog_core.ports.store import Examinable, Store, Write
from silog_core.testing.effort import QUICK
from silog_core.testing.killed_writers import killed_writer
from silog_core.testing.store_machine import StoreMachine

_BATCHES = st.lists(st.binary(max_size=40), max_size=5)


class StoreSuite:
    """Subclass me as ``TestMyStore``, override `store_in`, and say what it ``can``.

    ``durable``: reopening keeps everything. ``concurrent_writers``: two may write, and
    one of them wins.
    """

    #: How many examples each law is tried on.
    effort: ClassVar[settings] = QUICK

    can: ClassVar[frozenset[str] | set[str]] = frozenset()

    def store_in(self, folder: Path) -> AbstractContextManager[Store]:
        """Return a context in which the store that lives in *folder* is open."""
        raise NotImplementedError(f"{type(self).__name__} has to override store_in")

    @contextmanager
    def empty_store(self) -> Iterator[Store]:
        """Give a new and empty store."""
        folder = TemporaryDirectory(ignore_cleanup_errors=True)
        with folder as here, self.store_in(Path(here)) as store:
            yield store

    def test_s1_an_unknown_stream_reads_empty(self) -> None:
        """S1. Nothing is not an error, and to add nothing makes no stream."""
        with self.empty_store() as store:
            assert store.read("boxes") == []
            assert store.append("boxes", [], after=0) == 0
            assert store.streams() == []

    def test_s2_reads_back_what_was_appended(self) -> None:
        """S2. Events come back unchanged and in order."""

        @self.effort
        @given(_BATCHES, _BATCHES)
        def law(first: list[bytes], second: list[bytes]) -> None:
            with self.empty_store() as store:
                end = store.append("boxes", first, after=0)
                store.append("boxes", second, after=end)

                assert store.read("boxes") == first + second

        law()

    def test_s3_positions_rise_by_one(self) -> None:
        """S3. The end is the number of events, and a position is where to read on."""

        @self.effort
        @given(_BATCHES.filter(bool), st.integers(0, 6))
        def law(events: list[bytes], after: int) -> None:
            with self.empty_store() as store:
                assert store.append("boxes", events, after=0) == len(events)
                assert store.read("boxes", after=after) == events[after:]

        law()

    def test_s4_a_stale_append_leaves_nothing(self) -> None:
        """S4. Who does not know the end is refused, and nothing of his is kept."""
        with self.empty_store() as store:
            store.append("boxes", [b"packed"], after=0)
            for after in (0, 2):
                with pytest.raises(StaleWriteError):
                    store.append("boxes", [b"sealed"], after=after)

            assert store.read("boxes") == [b"packed"]

    def test_s5_a_batch_is_all_or_none(self) -> None:
        """S5. A batch with something that is no event leaves nothing behind."""
        broken: list[bytes] = [b"packed", "sealed"]  # type: ignore[list-item]
        with self.empty_store() as store:
            with pytest.raises(Exception):  # noqa: B017, PT011 - which one is the store's
                store.append("boxes", broken, after=0)

            assert store.read("boxes") == []

    def test_s6_streams_do_not_mix(self) -> None:
        """S6. Each stream has its own events and its own end; names are sorted."""
        with self.empty_store() as store:
            store.append("boxes", [b"a"], after=0)
            store.append("BOXES", [b"c", b"d"], after=0)

            assert store.read("boxes") == [b"a"]
            assert store.read("BOXES") == [b"c", b"d"]
            assert store.streams() == ["BOXES", "boxes"]

    def test_s7_reopening_keeps_everything(self) -> None:
        """S7. What was appended is there after the store was closed (durable)."""
        self._needs("durable")
        with TemporaryDirectory(ignore_cleanup_errors=True) as here:
            with self.store_in(Path(here)) as store:
                store.append("boxes", [b"packed"], after=0)
            with self.store_in(Path(here)) as store:
                assert store.read("boxes") == [b"packed"]
                assert store.append("boxes", [b"sealed"], after=1) == 2

    def test_s8_of_two_writers_one_wins(self) -> None:
        """S8. Writers lose nothing, repeat nothing, and leave no hole (concurrent_writers)."""
        self._needs("concurrent_writers")
        with self.empty_store() as store:
            threads = [Thread(target=_append_all, args=(store, n)) for n in (b"a", b"b")]
            for thread in threads:
                thread.start()
            for thread in threads:
                thread.join()
            events = store.read("boxes")

            assert sorted(events) == sorted(
                n + b"%d" % i for n in (b"a", b"b") for i in range(9)
            )
            for name in (b"a", b"b"):
                mine = [e for e in events if e.startswith(name)]
                assert mine == sorted(mine)

    def test_s9_large_and_empty_events_are_kept(self) -> None:
        """S9. An event may be empty, or a megabyte, or hold any byte."""
        events = [b"", b"\x00" * (1 << 20), bytes(range(256))]
        with self.empty_store() as store:
            store.append("boxes", events, after=0)

            assert store.read("boxes") == events

    def test_s10_a_closed_store_says_so(self) -> None:
        """S10. After the end nothing is read or written; closing twice is harmless."""
        with self.empty_store() as store:
            store.close()
            store.close()
            with pytest.raises(ClosedStoreError):
                store.read("boxes")
            with pytest.raises(ClosedStoreError):
                store.append("boxes", [b"late"], after=0)

    def test_s11_what_is_read_is_a_copy(self) -> None:
        """S11. Who changes the list that he was given changes nothing in the store."""
        with self.empty_store() as store:
            store.append("boxes", [b"packed"], after=0)
            store.read("boxes").append(b"forged")

            assert store.read("boxes") == [b"packed"]

    def test_s12_several_streams_are_written_all_or_none(self) -> None:
        """S12. One stale or broken stream keeps the others of the same call out."""
        broken: list[bytes] = ["sealed"]  # type: ignore[list-item]
        with self.empty_store() as store:
            store.append_all([Write("a", 0, [b"1"]), Write("b", 0, [b"2", b"3"])])
            for last in (Write("b", 1, [b"4"]), Write("b", 2, broken)):
                with pytest.raises(Exception):  # noqa: B017, PT011 - the store's own
                    store.append_all([Write("a", 1, [b"x"]), Write("c", 0, [b"y"]), last])

            assert store.read("a") == [b"1"]
            assert store.read("b") == [b"2", b"3"]
            assert store.streams() == ["a", "b"]

    def test_s13_a_part_is_read_by_its_place(self) -> None:
        """S13. The end is known without reading, and a limit cuts what is read."""
        with self.empty_store() as store:
            store.append("boxes", [b"%d" % n for n in range(9)], after=0)

            assert store.end("boxes") == 9
            assert store.end("none") == 0
            assert store.read("boxes", after=3, limit=2) == [b"3", b"4"]
            assert store.read("boxes", after=8, limit=5) == [b"8"]
            assert store.read("boxes", after=3, limit=0) == []

    def test_s14_any_calls_in_any_order(self) -> None:
        """S14. Whatever is called in whatever order, the answers are those of a list."""
        empty_store = self.empty_store

        class Machine(StoreMachine):
            def __init__(self) -> None:
                super().__init__(empty_store())

        run_state_machine_as_test(
            Machine,
            settings=settings(self.effort, stateful_step_count=12),
        )

    def test_s15_writers_of_several_streams_do_not_tear_them(self) -> None:
        """S15. What is written at once to two streams stays in step (concurrent_writers)."""
        self._needs("concurrent_writers")
        with self.empty_store() as store:
            threads = [Thread(target=_append_pairs, args=(store, n)) for n in (b"a", b"b")]
            for thread in threads:
                thread.start()
            for thread in threads:
                thread.join()

            assert len(store.read("left")) == 12
            assert store.read("left") == store.read("right")

    @pytest.mark.skipif(not hasattr(os, "fork"), reason="a writer is a fork")
    def test_s16_a_killed_writer_loses_nothing(self) -> None:
        """S16. What was acknowledged outlives its writer, in step and whole (durable)."""
        self._needs("durable")
        with TemporaryDirectory(ignore_cleanup_errors=True) as here:
            for number in range(6):
                wait_s = number * 0.003
                said = killed_writer(self.store_in, Path(here), after_s=wait_s)
                with self.store_in(Path(here)) as store:
                    left, right = store.read("left"), store.read("right")

                assert 0 < said <= len(left)
                assert left == right == [b"%d" % n for n in range(1, len(left) + 1)]

    def test_s17_an_honest_store_finds_no_damage(self) -> None:
        """S17. A store that can examine itself finds nothing wrong where nothing is."""
        with self.empty_store() as store:
            store.append_all([Write("a", 0, [b"1"]), Write("b", 0, [b"2", b"3"])])

            assert not isinstance(store, Examinable) or store.examine() == []

    def test_s18_two_writers_of_a_ledger_lose_nothing(self) -> None:
        """S18. Each finds that the other was first, and appends behind (concurrent_writers)."""
        self._needs("concurrent_writers")
        with TemporaryDirectory(ignore_cleanup_errors=True) as here, ExitStack() as stack:
            # Each opens the store himself where it outlives him.
            many = 3 if "durable" in self.can else 1
            stores = [stack.enter_context(self.store_in(Path(here))) for _ in range(many)]
            Ledger.init(stores[0], origin="silog/two")
            with ThreadPoolExecutor(2) as pool:
                own = (stores[0], stores[many // 2])
                list(pool.map(_append_events, own, ("a", "b")))
            ledger = Ledger(stores[-1])

            assert verify_ledger(stores[-1]).faults == ()
            assert (ledger.sequence("a"), ledger.sequence("b")) == (12, 12)
            assert ledger.size == 25

    def _needs(self, capability: str) -> None:
        if capability not in self.can:
            pytest.skip(f"{type(self).__name__} does not claim {capability!r} in `can`")


def _append_pairs(store: Store, name: bytes) -> None:
    number = 0
    while number < 6:
        both = [name + b"%d" % number]
        try:
            store.append_all(
                [Write(side, store.end(side), both) for side in ("left", "right")]
            )
            number += 1
        except StaleWriteError:
            pass


def _append_events(store: Store, device: str) -> None:
    ledger = Ledger(store)
    for number in range(12):
        ledger.append([b"%d" % number], device=device)


def _append_all(store: Store, name: bytes) -> None:
    end, number = 0, 0
    while number < 9:
        try:
            end = store.append("boxes", [name + b"%d" % number], after=end)
            number += 1
        except StaleWriteError:
            end = len(store.read("boxes"))
