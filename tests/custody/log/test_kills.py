"""A ledger whose writer was killed: nothing acknowledged is lost, and it verifies."""

from __future__ import annotations

import os

import pytest

from ledger_kills import PHASES, begun, killed
from silog_core.errors import SilogError
from silog_core.ports.store import Write
from silog_core.storage import SqliteStore

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="writers are forks")


@pytest.mark.parametrize("phase", range(len(PHASES)), ids=PHASES)
def test_a_writer_killed_in_any_phase_loses_nothing(tmp_path, phase):
    """Killed at the first calls of a phase, or behind its last, the ledger is whole."""
    url = f"sqlite:///{tmp_path}/ledger.db"
    begun(url)

    found = [killed(url, step, step=step, phase=phase) for step in range(0, 20, 2)]

    assert [] == [one for one in found if one.faults or one.lost]
    assert PHASES[phase] == found[0].phase


def test_a_writer_killed_at_any_moment_loses_nothing(tmp_path):
    """Killed at random, by a clock or in a drawn phase, the ledger has all that was said."""
    url = f"sqlite:///{tmp_path}/ledger.db"
    begun(url)

    found = [killed(url, seed) for seed in range(24)]

    assert [] == [one for one in found if one.faults or one.lost]


def _stream_by_stream(store, writes):
    for one in writes:
        store.append(one.stream, one.events, after=one.after)


def _later(store, writes):
    if store.__dict__.setdefault("waiting", []):
        _real(store, store.waiting.pop())
    store.waiting.append(writes)


_real = SqliteStore.append_all


@pytest.mark.parametrize("way", ["stream by stream", "later"])
def test_a_careless_store_is_noticed(tmp_path, monkeypatch, way):
    """A store that tears a write, or acknowledges before it has written, does not pass."""
    url = f"sqlite:///{tmp_path}/ledger.db"
    begun(url)
    if way == "later":
        monkeypatch.setattr(SqliteStore, "append_all", _later)
    else:
        monkeypatch.setattr(SqliteStore, "append", lambda store, stream, events, *, after: (
            _real(store, [Write(stream, after, list(events))])
        ))  # fmt: skip
        monkeypatch.setattr(SqliteStore, "append_all", _stream_by_stream)

    found = []
    for seed in range(40):
        try:
            found.append(killed(url, seed))
        except (AssertionError, SilogError):  # the writer, or the reader, cannot go on
            return
    assert [] != [one for one in found if one.faults or one.lost]
