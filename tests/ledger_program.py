"""The ``silog ledger`` program on files, for tests."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from click.testing import CliRunner

from custody_world import honest
from silog_core.cli.main import cli
from silog_core.custody.ledger import Ledger
from silog_core.io.event_files import events_csv
from silog_core.storage import open_store


def silog(*words, code=0, plugins="region.ID"):
    """Run the program in this process; hold its exit code."""
    env = {"SILOG_PLUGINS": plugins, "SILOG_LANG": "en"}
    done = CliRunner().invoke(
        cli, ["ledger", *map(str, words)], env=env, catch_exceptions=False
    )
    assert code == done.exit_code, done.output
    return done


def begun():
    """Write a signed ledger of one station's honest record, ``r.db``, with its key."""
    events = sorted(honest(1), key=lambda e: e.order)
    Path("day.csv").write_bytes(events_csv(events))
    silog("init", "r.db", "--origin", "silog/12.71", "--key", "r.key")
    silog("append", "r.db", "day.csv", "--key", "r.key")


def more(at="r.db"):
    """Record one event more."""
    with open_store(f"sqlite:///{at}") as store:
        last = Ledger(store).sequence("desk-1")
    day = "kind,time,place,author,units\nscanned,2024-11-20 09:00,12.71,operator:12.71,X-"
    Path("more.csv").write_text(f"{day}{last}\n", "utf-8")
    silog("append", at, "more.csv", "--key", "r.key", code=1)  # nobody ever packed it
    with open_store(f"sqlite:///{at}") as store:
        assert last + 1 == Ledger(store).sequence("desk-1")


def rows(store):
    """Return every stream of a store."""
    return {name: store.read(name) for name in store.streams()}


def spoil(path, statement):
    """Change rows behind the program's back."""
    link = sqlite3.connect(path)
    link.execute("DROP TRIGGER never_change")
    link.execute("DROP TRIGGER never_delete")
    link.execute(statement)
    link.commit()
    link.close()
