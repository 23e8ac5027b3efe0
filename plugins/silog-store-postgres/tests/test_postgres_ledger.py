"""A ledger in PostgreSQL: killed writers, damage, a full disk, backups and their way back."""

from __future__ import annotations

import contextlib
import os
import shutil
import subprocess
import threading
from pathlib import Path

import psycopg
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import ledger_program
from ledger_kills import OFFICE, PHASES, TABLET, begun, killed
from postgres_server import new_url, server
from silog_core.custody.checkup import check_up
from silog_core.custody.copying import copy_ledger
from silog_core.custody.ledger import Ledger
from silog_core.custody.roster import DeviceKey
from silog_core.custody.verify import verify_ledger
from silog_core.errors import LedgerError, StorageError
from silog_core.storage import new_store_file, open_store
from silog_store_postgres.store import PostgresStore, open_postgres


def body(device, number):
    """An event that an operator may record."""
    text = '{"author":["operator","1"],"device":"%s","kind":"packed","seq":%d}'
    return (text % (device, number)).encode()


def fill(url, count=40):
    """A signed ledger of two devices."""
    keys = [DeviceKey(name, TABLET.key, frozenset({"operator"})) for name in ("a", "b")]
    with open_postgres(url) as store:
        ledger = Ledger.init(store, origin="silog/pg", signer=OFFICE, devices=keys)
        for number in range(1, count, 2):
            for device in ("a", "b"):
                bodies = [body(device, number), body(device, number + 1)]
                ledger.append(bodies, device=device, signer=TABLET)
        return ledger.checkpoint()


@pytest.mark.skipif(not hasattr(os, "fork"), reason="writers are forks")
def test_a_killed_writer_loses_nothing():
    """Killed in each phase of an append, and at random, nothing acknowledged is lost."""
    begun(url := new_url())
    found = [killed(url, phase, step=3, phase=phase) for phase in range(len(PHASES))]
    found += [killed(url, seed) for seed in range(12)]

    assert [] == [one for one in found if one.faults or one.lost]
    assert set(PHASES) <= {one.phase for one in found}


def test_a_cut_connection_is_mended():
    """A connection that the server ends is an error once, and is made anew after that."""
    url = new_url()
    with open_postgres(url) as store:
        ledger = Ledger.init(store, origin="silog/cut")
        ledger.append([b"1"], device="a")
        with psycopg.connect(url, autocommit=True) as link:
            link.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid = %s",
                (store._link.info.backend_pid,),
            )
        with pytest.raises(StorageError):
            ledger.append([b"2"], device="a")

        assert 3 == ledger.append([b"2"], device="a")
        assert () == verify_ledger(store).faults


@contextlib.contextmanager
def small_tablespace(folder):
    """A tablespace on a real file system of a megabyte; the server has to run here."""
    if not shutil.which("mount") or os.environ.get("SILOG_TEST_POSTGRES_URL"):
        pytest.skip("no file system may be mounted here")
    with psycopg.connect(server(), autocommit=True) as link:
        home = Path(link.execute("SHOW data_directory").fetchone()[0])
        space = home.parent / f"{home.name}-small"
        space.mkdir()
        owner = home.stat()
        options = f"size=1m,mode=700,uid={owner.st_uid},gid={owner.st_gid}"
        made = subprocess.run(
            ["mount", "-t", "tmpfs", "-o", options, "tmpfs", str(space)],
            check=False,
            capture_output=True,
        )
        if made.returncode:
            space.rmdir()
            pytest.skip("no file system may be mounted here")
        try:
            link.execute(f"CREATE TABLESPACE small LOCATION '{space}'".encode())
            yield space
        finally:
            link.execute(b"DROP SCHEMA IF EXISTS small CASCADE")
            link.execute(b"DROP TABLESPACE small")
            subprocess.run(["umount", str(space)], check=True)
            space.rmdir()


def append_for_ever(ledger, bodies):
    """Append until it fails."""
    while ledger.size < 4000:
        ledger.append(bodies, device="a")


def test_a_full_disk_loses_nothing(tmp_path):
    """Every acknowledged event is there, the error says so, and room lets it go on."""
    with small_tablespace(tmp_path) as space:
        (space / "ballast").write_bytes(bytes(300_000))
        url = new_url("small", default_tablespace="small")
        bodies = [os.urandom(3000) for _ in range(4)]
        with open_postgres(url) as store:
            ledger = Ledger.init(store, origin="silog/full")
            with pytest.raises(StorageError, match="space") as caught:
                append_for_ever(ledger, bodies)
            size = ledger.size
            assert "room" in caught.value.fix
            assert ((), size) == (verify_ledger(store).faults, Ledger(store).size)
            (space / "ballast").unlink()
            assert size + 4 == ledger.append(bodies, device="a")
            assert () == verify_ledger(store).faults


def test_a_user_who_may_only_read_can_verify():
    """A supervisor's connection that may not write opens, verifies, and is refused a write."""
    url = new_url("supervised")
    fill(url)
    reading = new_url("supervised", default_transaction_read_only="on")
    with open_postgres(reading) as store:
        assert () == verify_ledger(store).faults
        with pytest.raises(StorageError):
            store.append("notes", [b"x"], after=0)


def test_a_ledger_goes_to_a_stick_and_back(tmp_path):
    """Copied while another writes, it is a file that verifies; restored, the same record."""
    url, stop = new_url(), threading.Event()
    fill(url)

    def write():
        with open_postgres(url) as own:
            ledger, number = Ledger(own, signer=OFFICE), 100
            ledger.enrol([DeviceKey("c", TABLET.key, frozenset({"operator"}))])
            while not stop.is_set():
                number = ledger.sequence("c") + 1
                ledger.append([body("c", number)], device="c", signer=TABLET)

    writer = threading.Thread(target=write)
    writer.start()
    try:
        with open_postgres(url) as store, new_store_file(tmp_path / "stick.db") as target:
            copied = copy_ledger(store, target, keys=[OFFICE.key])
    finally:
        stop.set()
        writer.join()
    with open_store(f"sqlite:///{tmp_path}/stick.db") as stick, open_postgres(new_url()) as to:
        restored = copy_ledger(stick, to, keys=[OFFICE.key], at_once=True)
        assert (copied.size, copied.root) == (restored.size, restored.root)
        copies = [[*ledger_program.rows(store).items()] for store in (stick, to)]
        assert copies[0] == copies[1]
        with pytest.raises(LedgerError, match="not empty"):
            copy_ledger(stick, to, at_once=True)


URL = None


@settings(max_examples=60, deadline=None)
@given(data=st.data())
def test_any_change_of_a_stored_log_is_found(data):
    """Law 20: an edit, deletion, repetition, exchange or cut of any row, past all guards."""
    global URL
    if URL is None:
        fill(URL := new_url(), count=12)
    kind = data.draw(st.sampled_from(["edit", "delete", "repeat", "swap", "tail", "none"]))
    with psycopg.connect(URL) as link:
        link.execute("ALTER TABLE silog_events DISABLE TRIGGER ALL")
        rows = link.execute(
            "SELECT stream, position, body FROM silog_events ORDER BY stream, position"
        ).fetchall()
        stream, position, old = rows[data.draw(st.integers(0, len(rows) - 1))]
        at = "WHERE stream = %s AND position"
        if kind == "edit":
            place = data.draw(st.integers(0, len(old) - 1))
            new = bytearray(old)
            new[place] ^= data.draw(st.integers(1, 255))
            link.execute(
                f"UPDATE silog_events SET body = %s {at} = %s", (bytes(new), stream, position)
            )
        elif kind == "delete":
            link.execute(f"DELETE FROM silog_events {at} = %s", (stream, position))
        elif kind == "repeat":
            link.execute(
                "INSERT INTO silog_events SELECT stream, (SELECT max(position) + 1 FROM"
                f" silog_events WHERE stream = %s), body FROM silog_events {at} = %s",
                (stream, stream, position),
            )
            link.execute(
                "UPDATE silog_streams SET ending = ending + 1 WHERE id = %s", (stream,)
            )
        elif kind == "swap":
            mate = [row for row in rows if row[0] == stream and row[2] != old]
            if not mate:
                return
            _, there, body_there = data.draw(st.sampled_from(mate))
            for where, what in ((position, body_there), (there, old)):
                link.execute(
                    f"UPDATE silog_events SET body = %s {at} = %s", (what, stream, where)
                )
        elif kind == "tail":
            link.execute(f"DELETE FROM silog_events {at} >= %s", (stream, position))
            link.execute(
                "UPDATE silog_streams SET ending = %s WHERE id = %s", (position - 1, stream)
            )
        # The store reads what this transaction sees; closed, nothing of it stays.
        store = PostgresStore(URL)
        store._link.close()
        store._link = link
        codes = {damage.code for damage in check_up(store, keys=[OFFICE.key]).damages}
        store.close()

    assert {"guard"} == codes if kind == "none" else {"guard"} < codes


def silog(*words, code=0):
    """Run a command of ``silog ledger``, and return what it says."""
    return ledger_program.silog(*words, code=code, plugins="store.postgres").output


def rows(url):
    """Return every stream of the store at a URL."""
    with open_postgres(url) as store:
        return ledger_program.rows(store)


def test_parts_of_a_backup_come_back_to_a_server(tmp_path, monkeypatch):
    """A whole backup and what came since are the same record on another server, or nothing."""
    monkeypatch.chdir(tmp_path)
    one, other = new_url(), new_url()
    fill(one, count=10)
    silog("backup", one, "whole.db")
    for number, since in enumerate(["whole.db", "part-0.db"]):
        with open_postgres(one) as store:
            ledger = Ledger(store, signer=OFFICE)
            new = [body("a", ledger.sequence("a") + more) for more in (1, 2)]
            ledger.append(new, device="a", signer=TABLET)
        silog("backup", one, f"part-{number}.db", "--since", since)

    said = silog("restore", "whole.db", other, "--part", "part-1.db", code=2)
    assert "begins behind record" in said
    assert {} == rows(other)
    silog("restore", "whole.db", other, "--part", "part-1.db", "--part", "part-0.db")
    assert rows(one) == rows(other)
    assert "0 faults" in silog("verify", other)


def test_the_program_takes_a_url(tmp_path, monkeypatch):
    """silog ledger makes, checks, looks over, copies and restores a ledger at a URL."""
    monkeypatch.chdir(tmp_path)
    one, other = new_url(), new_url()

    silog("init", one, "--origin", "silog/url", "--key", "r.key")
    silog("init", one, "--origin", "silog/url", code=2)
    assert "0 faults" in silog("verify", one, "--trust", "r.key.pub")
    assert "0 damages" in silog("fsck", one)
    silog("backup", one, "stick.db")
    silog("restore", "stick.db", other, "--trust", "r.key.pub")
    silog("restore", "stick.db", other, code=2)
    assert silog("checkpoint", one) == silog("checkpoint", other)
    with psycopg.connect(one, autocommit=True) as link:
        link.execute("ALTER TABLE silog_events DISABLE TRIGGER ALL")
        link.execute("UPDATE silog_events SET body = body || '!' WHERE position = 1")
    told = silog("fsck", one, code=1)
    assert "[guard]" in told
    assert "mend:" in told
