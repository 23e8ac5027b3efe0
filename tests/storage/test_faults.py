"""A ledger on a full disk, from a torn copy, where nothing can be written."""

from __future__ import annotations

import contextlib
import os
import shutil
import sqlite3
import subprocess

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from silog_core.custody.checkup import check_up
from silog_core.custody.ledger import Ledger
from silog_core.custody.verify import verify_ledger
from silog_core.errors import FileFormatError, SilogError, StorageError
from silog_core.storage import open_store
from silog_core.testing.killed_writers import forked

BODIES = [b"%d " % n + bytes(4000) for n in range(4)]


def until_full(ledger, device="desk-1", tries=2000):
    """Append until it fails; return the error."""
    for _ in range(tries):
        try:
            ledger.append(BODIES, device=device)
        except StorageError as wrong:
            return wrong
    raise AssertionError("the disk never was full")


def still_whole(url, size):
    """Hold that the ledger at *url* verifies and has all *size* records."""
    with open_store(url) as store:
        assert ((), size) == (verify_ledger(store).faults, Ledger(store).size)


@contextlib.contextmanager
def small_disk(folder):
    """A real file system of half a megabyte."""
    made = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=512k", "tmpfs", str(folder)],
        check=False,
        capture_output=True,
    )
    if made.returncode:
        pytest.skip("no file system may be mounted here")
    try:
        yield folder
    finally:
        subprocess.run(["umount", str(folder)], check=True)


@pytest.mark.skipif(not shutil.which("mount"), reason="there is no mount")
def test_a_full_disk_loses_nothing(tmp_path):
    """Every acknowledged event is there, the error says so, and room lets it go on."""
    with small_disk(tmp_path):
        ballast = tmp_path / "ballast"
        ballast.write_bytes(bytes(100_000))
        with open_store(f"sqlite:///{tmp_path}/r.db") as store:
            ledger = Ledger.init(store, origin="silog/full")
            wrong = until_full(ledger)
            size = ledger.size
            assert "nothing of it was kept" in wrong.fix
            assert () == verify_ledger(store).faults

            assert isinstance(until_full(ledger), StorageError)
            ballast.unlink()
            assert size + len(BODIES) == ledger.append(BODIES, device="desk-1")
        still_whole(f"sqlite:///{tmp_path}/r.db", size + len(BODIES))


@pytest.mark.skipif(not hasattr(os, "fork"), reason="the limit holds for a whole process")
@pytest.mark.parametrize("pages", [40, 55, 71])
def test_a_limited_file_loses_nothing(tmp_path, pages):
    """A file that may not grow is a full disk too, whichever write is the first to fail."""
    import resource

    url, size_file = f"sqlite:///{tmp_path}/r.db", tmp_path / "size"
    child = forked()
    if not child:
        code = 1
        with contextlib.suppress(BaseException), open_store(url) as store:
            ledger = Ledger.init(store, origin="silog/full")
            resource.setrlimit(resource.RLIMIT_FSIZE, (pages * 4096 + 7, -1))
            until_full(ledger)
            size_file.write_text(str(ledger.size))
            code = 0
        os._exit(code)
    assert 0 == os.waitpid(child, 0)[1]
    still_whole(url, int(size_file.read_text()))


@pytest.mark.parametrize("room", range(0, 12, 3))
def test_sqlites_own_limit_loses_nothing(tmp_path, room):
    """The database may be full at any page of a batch: then the batch is not there."""
    url = f"sqlite:///{tmp_path}/r.db"
    with open_store(url) as store:
        ledger = Ledger.init(store, origin="silog/full")
        (pages,) = store._link.execute("PRAGMA page_count").fetchone()
        store._link.execute(f"PRAGMA max_page_count = {pages + room}")
        wrong = until_full(ledger)
        size = ledger.size
        assert "free space" in wrong.fix
        store._link.execute("PRAGMA max_page_count = 100000")
        ledger.append(BODIES, device="desk-1")
    still_whole(url, size + len(BODIES))


@pytest.fixture(scope="module")
def copies(tmp_path_factory):
    """A ledger's file and its write-ahead log as they were copied while it was written."""
    here = tmp_path_factory.mktemp("torn")
    with open_store(f"sqlite:///{here}/r.db") as store:
        ledger = Ledger.init(store, origin="silog/torn")
        for number in range(12):
            ledger.append([b"%d-%d " % (number, n) + bytes(900) for n in range(9)], device="d")
            if number == 5:
                store._link.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        early = (here / "r.db").read_bytes()
        log = (here / "r.db-wal").read_bytes()
        store._link.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        late = (here / "r.db").read_bytes()
        return early, log, late, ledger.checkpoint()


def held(folder, data, log, seen):
    """Open what was copied; return whether it is whole, whatever a reader can do."""
    path = folder / "copy.db"
    for stale in folder.iterdir():
        stale.unlink()
    path.write_bytes(data)
    if log is not None:
        (folder / "copy.db-wal").write_bytes(log)
    try:
        with open_store(f"sqlite:///{path}") as store:
            damaged = bool(check_up(store).damages)
            try:
                damaged = damaged or bool(verify_ledger(store, known=[seen]).faults)
            except SilogError:
                damaged = True
            return not damaged
    except (FileFormatError, StorageError):
        return False


@settings(max_examples=60, deadline=None)
@given(data=st.data())
def test_a_torn_copy_is_found(copies, tmp_path_factory, data):
    """Law 20: pages of two moments, a cut file, a log that is missing, cut or foreign."""
    early, log, late, seen = copies
    folder = tmp_path_factory.mktemp("one")
    how = data.draw(st.sampled_from(["mixed", "cut", "no log", "cut log", "zeroed"]))
    pages = len(late) // 4096
    if how == "mixed":  # a copy that was made while pages were written
        turn = data.draw(st.integers(1, min(len(early), len(late)) // 4096 - 1)) * 4096
        torn = early[:turn] + late[turn:], None
        torn = data.draw(st.sampled_from([torn, (late[:turn] + early[turn:], None)]))
    elif how == "cut":
        torn = late[: data.draw(st.integers(0, len(late) - 1))], None
    elif how == "no log":
        torn = early, None
    elif how == "cut log":
        torn = early, log[: data.draw(st.integers(0, len(log) - 4200))]
    else:
        place = data.draw(st.integers(0, pages - 1)) * 4096
        torn = late[:place] + bytes(4096) + late[place + 4096 :], None

    assert torn[0] == late or not held(folder, *torn, seen)


def test_a_whole_copy_is_whole(copies, tmp_path):
    """The file alone, and an earlier file with its log, are both the whole ledger."""
    early, log, late, seen = copies

    assert held(tmp_path, late, None, seen)
    assert held(tmp_path, early, log, seen)


@pytest.mark.parametrize(("version", "advice"), [(0, "export"), (9, "update silog")])
def test_another_version_says_what_to_do(tmp_path, version, advice):
    """An older file is to be exported, a newer one asks for a newer program."""
    url = f"sqlite:///{tmp_path}/r.db"
    with open_store(url) as store:
        Ledger.init(store, origin="silog/v")
    with contextlib.closing(sqlite3.connect(tmp_path / "r.db")) as link:
        link.execute(f"PRAGMA user_version = {version}")

    with pytest.raises(FileFormatError, match=f"version {version}") as caught:
        open_store(url).__enter__()
    assert advice in caught.value.fix


@pytest.mark.skipif(not shutil.which("mount"), reason="there is no mount")
@pytest.mark.parametrize("closed", [True, False])
def test_a_file_that_cannot_be_written_can_be_verified(tmp_path, closed):
    """On a disc, a ledger is read and verified; what is in no closed file is told."""
    with small_disk(tmp_path):
        with open_store(f"sqlite:///{tmp_path}/r.db") as store:
            Ledger.init(store, origin="silog/disc").append([b"packed"], device="d")
            if not closed:
                copy = tmp_path / "copy"
                copy.mkdir()
                for part in ("r.db", "r.db-wal"):
                    shutil.copy(tmp_path / part, copy / part)
        url = f"sqlite:///{tmp_path}/{'' if closed else 'copy/'}r.db"
        subprocess.run(["mount", "-o", "remount,ro", str(tmp_path)], check=True)
        if not closed:
            with pytest.raises(StorageError, match="was not closed"):
                open_store(url).__enter__()
            return
        with open_store(url) as store:
            assert () == verify_ledger(store).faults
            with pytest.raises(StorageError) as caught:
                Ledger(store).append([b"late"], device="d")
        assert "backup" in caught.value.fix
