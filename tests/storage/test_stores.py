"""The laws of a store, S1 to S10, on both stores of the core."""

from __future__ import annotations

import multiprocessing
import sqlite3
import subprocess
import sys
import threading
from contextlib import contextmanager
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, rule, run_state_machine_as_test

from pool_work import append_until
from silog_core.errors import (
    ClosedStoreError,
    FieldError,
    FileFormatError,
    StaleWriteError,
    StorageError,
    UnknownChoiceError,
)
from silog_core.session import Session
from silog_core.storage import MemoryStore, open_store

batches = st.lists(st.binary(max_size=40), max_size=5)
names = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=10)
quick = settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))


@contextmanager
def empty_store(kind):
    """Open a new store of a kind."""
    with TemporaryDirectory(ignore_cleanup_errors=True) as here:
        url = "memory:" if kind == "memory" else f"sqlite:///{here}/ledger.db"
        with open_store(url) as store:
            yield store


@pytest.fixture(params=["memory", "sqlite"])
def kind(request):
    """Both stores."""
    return request.param


def test_s1_an_unknown_stream_reads_empty(kind):
    """Nothing is not an error."""
    with empty_store(kind) as store:
        assert [] == store.read("boxes")
        assert [] == store.streams()
        assert 0 == store.append("boxes", [], after=0)
        assert [] == store.streams()


def test_s2_s3_events_come_back_in_order_at_rising_positions(kind):
    """What was appended reads back unchanged, and positions count from 1."""

    @quick
    @given(names, batches, batches, st.integers(0, 12))
    def law(stream, first, second, after):
        with empty_store(kind) as store:
            end = store.append(stream, first, after=0)

            assert len(first) == end
            assert len(first + second) == store.append(stream, second, after=end)
            assert first + second == store.read(stream)
            assert (first + second)[after:] == store.read(stream, after=after)
            assert ([stream] if first + second else []) == store.streams()

    law()


@pytest.mark.parametrize("after", [0, 1, 3, 99])
def test_s4_a_stale_append_leaves_nothing(kind, after):
    """A writer that did not see the end is told so."""
    with empty_store(kind) as store:
        store.append("boxes", [b"a", b"b"], after=0)

        with pytest.raises(StaleWriteError, match="ends at 2"):
            store.append("boxes", [b"c"], after=after)

        assert [b"a", b"b"] == store.read("boxes")
        assert 3 == store.append("boxes", [b"c"], after=2)


@pytest.mark.parametrize("bad", ["text", None, 3])
def test_s5_a_batch_is_kept_whole_or_not_at_all(kind, bad):
    """One event that cannot be kept keeps the others out."""
    with empty_store(kind) as store:
        with pytest.raises(FieldError, match="give bytes"):
            store.append("boxes", [b"a", bad], after=0)

        assert [] == store.read("boxes")
        assert [] == store.streams()


def test_s6_streams_do_not_mix(kind):
    """Each stream has its own positions, and names are taken exactly."""
    with empty_store(kind) as store:
        for name in ("a", "A", "a ", "á"):
            assert 1 == store.append(name, [name.encode()], after=0)

        assert ["A", "a", "a ", "á"] == store.streams()
        assert [b"a"] == store.read("a")


def test_s7_reopening_keeps_everything(tmp_path):
    """What was appended is there for the next process."""
    url = f"sqlite:///{tmp_path}/ledger.db"
    code = (
        "import sys; from silog_core.storage import open_store\n"
        "with open_store(sys.argv[1]) as s: s.append('boxes', [b'a', b''], after=0)"
    )
    subprocess.run([sys.executable, "-c", code, url], check=True, timeout=60)

    with open_store(url) as store:
        assert [b"a", b""] == store.read("boxes")
        assert 3 == store.append("boxes", [b"b"], after=2)


def test_s7_an_append_survives_a_process_that_is_killed(tmp_path):
    """Once append returned, no crash of the process takes it back."""
    url = f"sqlite:///{tmp_path}/ledger.db"
    code = (
        "import os, sys; from silog_core.storage import open_store\n"
        "with open_store(sys.argv[1]) as s:\n"
        "    s.append('boxes', [b'a'], after=0)\n"
        "    os._exit(1)"
    )
    subprocess.run([sys.executable, "-c", code, url], check=False, timeout=60)

    with open_store(url) as store:
        assert [b"a"] == store.read("boxes")


def test_s8_of_two_threads_one_wins_each_position(kind):
    """No hole, no double, nothing lost, whoever is first."""
    with empty_store(kind) as store:
        threads = [
            threading.Thread(target=append_until, args=(store, name, 30)) for name in "ab"
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        events = store.read("boxes")

    assert 60 == len(events)
    for name in "ab":
        mine = [e for e in events if e.startswith(name.encode())]
        assert [f"{name}{n}".encode() for n in range(30)] == mine


def test_s8_of_two_processes_one_wins_each_position(tmp_path):
    """The file is safe between programs too."""
    url = f"sqlite:///{tmp_path}/ledger.db"
    spawn = multiprocessing.get_context("spawn")
    others = [spawn.Process(target=append_until, args=(url, name, 20)) for name in "ab"]
    for other in others:
        other.start()
    for other in others:
        other.join(60)

    assert [0, 0] == [other.exitcode for other in others]
    with open_store(url) as store:
        events = store.read("boxes")
    assert sorted(f"{name}{n}".encode() for name in "ab" for n in range(20)) == sorted(events)


def test_s9_large_and_empty_events(kind):
    """Eight megabytes and nothing at all both come back."""
    large = bytes(range(256)) * 32_768
    with empty_store(kind) as store:
        store.append("boxes", [b"", large, b""], after=0)

        assert [b"", large, b""] == store.read("boxes")


def test_s10_a_closed_store_says_so(kind):
    """Closing twice is harmless, using it afterwards is not."""
    with empty_store(kind) as store:
        store.close()
        store.close()
        for use in (
            lambda: store.read("boxes"),
            lambda: store.append("boxes", [b"a"], after=0),
            store.streams,
        ):
            with pytest.raises(ClosedStoreError, match="is closed"):
                use()


@pytest.mark.parametrize(
    ("stream", "after"), [("", 0), (None, 0), ("\ud800", 0), ("s", -1), ("s", None)]
)
def test_arguments_are_checked(kind, stream, after):
    """A nameless stream or a place before the first event is refused."""
    with empty_store(kind) as store, pytest.raises(FieldError):
        store.append(stream, [b"a"], after=after)


def test_sqlite_does_what_memory_does():
    """Any sequence of calls has the same answers in both."""

    class Both(RuleBasedStateMachine):
        def __init__(self):
            super().__init__()
            self.context = empty_store("sqlite")
            self.store, self.model = self.context.__enter__(), MemoryStore()

        def teardown(self):
            self.context.__exit__(None, None, None)

        @rule(stream=st.sampled_from("ab"), events=batches, after=st.integers(0, 6))
        def append(self, stream, events, after):
            answers = []
            for one in (self.store, self.model):
                try:
                    answers.append(one.append(stream, events, after=after))
                except StaleWriteError as wrong:
                    answers.append(str(wrong))
            assert answers[0] == answers[1]

        @rule(stream=st.sampled_from("ab"), after=st.integers(0, 6))
        def read(self, stream, after):
            assert self.model.read(stream, after=after) == self.store.read(stream, after=after)
            assert self.model.streams() == self.store.streams()

    run_state_machine_as_test(
        Both,
        settings=settings(
            max_examples=20,
            stateful_step_count=15,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )


def test_nothing_recorded_can_be_rewritten(tmp_path):
    """Even a program that opens the file itself is refused by the file."""
    with open_store(f"sqlite:///{tmp_path}/ledger.db") as store:
        store.append("boxes", [b"a"], after=0)
    link = sqlite3.connect(tmp_path / "ledger.db")
    try:
        for attempt in ("UPDATE events SET body = x'00'", "DELETE FROM events"):
            with pytest.raises(sqlite3.IntegrityError, match="nothing recorded is rewritten"):
                link.execute(attempt)
    finally:
        link.close()


def test_a_file_of_something_else_is_refused(tmp_path):
    """A text, another program's database and a newer version each get a sentence."""
    text, other, newer = (tmp_path / name for name in ("a.txt", "b.db", "c.db"))
    text.write_text("this is a letter, and a long one at that" * 9)
    with sqlite3.connect(other) as link:
        link.execute("CREATE TABLE t (x)")
    link.close()
    with open_store(f"sqlite:///{newer}"):
        pass
    with sqlite3.connect(newer) as link:
        link.execute("PRAGMA user_version = 7")
    link.close()

    for path, message in (
        (text, "not a store"),
        (other, "another program"),
        (newer, "version 7"),
    ):
        before = path.read_bytes()
        with pytest.raises(FileFormatError, match=message), open_store(f"sqlite:///{path}"):
            pass
        if path == text:
            assert before == path.read_bytes()


def test_what_cannot_be_opened_is_explained(tmp_path):
    """No folder, no file name, no such store."""
    with pytest.raises(StorageError, match="cannot be opened"):
        open_store(f"sqlite:///{tmp_path}/no/such/folder/a.db").__enter__()
    with pytest.raises(StorageError, match="names no file"):
        open_store("sqlite://").__enter__()
    with pytest.raises(UnknownChoiceError, match="did you mean sqlite"):
        open_store("sqlit:///a.db")


def test_a_session_opens_the_stores_of_the_core(tmp_path):
    """Both are offered like a plugin's, and open by URL scheme."""
    session = Session(plugins=[])

    assert ["memory", "sqlite"] == sorted(session.host.stores())
    for url in ("memory:", f"sqlite:///{tmp_path}/a.db"):
        with session.open_store(url) as store:
            assert 1 == store.append("boxes", [b"a"], after=0)
    with pytest.raises(UnknownChoiceError):
        session.open_store("postgres://host")
