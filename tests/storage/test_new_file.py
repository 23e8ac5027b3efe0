"""A file that is there only when it is complete, and a copy of a ledger in use."""

from __future__ import annotations

import os
import signal
import threading
import time

import pytest

from silog_core.custody.copying import copy_ledger
from silog_core.custody.ledger import Ledger
from silog_core.custody.verify import verify_ledger
from silog_core.errors import StaleWriteError, StorageError
from silog_core.storage import new_store_file, open_store
from silog_core.testing.killed_writers import forked


def test_an_error_leaves_nothing(tmp_path):
    """Whatever goes wrong while it is filled, no file is there, whole or in part."""

    def fail():
        with new_store_file(tmp_path / "a.db") as store:
            store.append("record", [b"x"], after=0)
            store.append("record", [b"y"], after=0)

    with pytest.raises(StaleWriteError):
        fail()

    assert [] == list(tmp_path.iterdir())


def test_nothing_is_replaced(tmp_path):
    """Neither what was there before, nor what came while it was filled."""
    (tmp_path / "a.db").write_text("mine")
    with pytest.raises(StorageError, match="there already"):
        new_store_file(tmp_path / "a.db").__enter__()
    with (
        pytest.raises(StorageError, match="there already"),
        new_store_file(tmp_path / "b.db"),
    ):
        (tmp_path / "b.db").write_text("yours")
    with pytest.raises(StorageError, match="cannot be written"):
        new_store_file(tmp_path / "no" / "folder.db").__enter__()

    assert ["mine", "yours"] == [(tmp_path / n).read_text() for n in ("a.db", "b.db")]


@pytest.mark.skipif(not hasattr(os, "fork"), reason="the writer is a fork")
@pytest.mark.parametrize("after_ms", range(0, 30, 5))
def test_a_killed_copy_is_not_there_or_whole(tmp_path, after_ms):
    """Killed at any moment, the copy of a ledger is complete, or there is none."""
    with open_store(f"sqlite:///{tmp_path}/r.db") as store:
        ledger = Ledger.init(store, origin="silog/k")
        for number in range(30):
            ledger.append([b"%d-%d" % (number, n) for n in range(50)], device="d")
        size = ledger.size
    child = forked()
    if not child:
        try:
            with (
                open_store(f"sqlite:///{tmp_path}/r.db") as source,
                new_store_file(tmp_path / "copy.db") as target,
            ):
                copy_ledger(source, target)
        finally:
            os._exit(0)
    time.sleep(after_ms / 1000)
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)

    if (tmp_path / "copy.db").exists():
        with open_store(f"sqlite:///{tmp_path}/copy.db") as store:
            assert ((), size) == (verify_ledger(store).faults, Ledger(store).size)


def test_a_ledger_in_use_is_copied(tmp_path):
    """Copied ten times while another writes: each copy is whole and goes on from the last."""
    url, stop = f"sqlite:///{tmp_path}/r.db", threading.Event()
    with open_store(url) as store:
        Ledger.init(store, origin="silog/u")

    def write():
        with open_store(url) as own:
            ledger, number = Ledger(own), 0
            while not stop.is_set():
                ledger.append([b"%d" % number], device="d")
                number += 1
                stop.wait(0.002)  # a copy must not have to chase it

    writer = threading.Thread(target=write)
    writer.start()
    notes, sizes = [], []
    try:
        for number in range(6):
            path = tmp_path / f"{number}.db"
            with open_store(url) as source, new_store_file(path) as target:
                sizes.append(copy_ledger(source, target).size)
            with open_store(f"sqlite:///{path}") as store:
                assert () == verify_ledger(store, known=notes).faults
                notes.append(Ledger(store).checkpoint())
    finally:
        stop.set()
        writer.join()

    assert sizes == sorted(sizes)
    assert sizes[0] < sizes[-1]
