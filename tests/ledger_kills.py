"""Writers of a ledger that are killed at a known step of an append, or at any moment.

A writer is a fork of this process, so it can be killed at any call that Python makes
between the begin of an append and its acknowledgement, or by a clock while SQLite or the
server's driver is at work. What it said before it died is read from a pipe.
"""

from __future__ import annotations

import mmap
import os
import random
import signal
import sys
import threading
import time

import attrs

from silog_core.custody.ledger import Ledger
from silog_core.custody.roster import DeviceKey
from silog_core.custody.signing import FileSigner
from silog_core.custody.verify import verify_ledger
from silog_core.storage import open_store
from silog_core.testing.killed_writers import forked

#: What a writer can be at; the number is the place.
PHASES = ("before", "signing", "sending", "writing", "committing", "committed")
OFFICE, TABLET = FileSigner("office", bytes(range(32))), FileSigner("tablet", bytes(32))
_DEVICES = [f"d{n}" for n in range(7)]
#: What a call begins; a call of another name goes on with what was begun.
_BEGINS = {"sign": 1, "append_all": 2, "_add": 3, "_kept_tips": 5}


@attrs.frozen
class Killed:
    """What was found behind a writer that was killed."""

    phase: str
    faults: tuple
    #: Acknowledged events that are not there.
    lost: int
    #: Calls of Python that the writer made in its last append.
    steps: int


def opened(url):
    """Open the store at *url*: one of the core, or PostgreSQL."""
    if url.startswith(("sqlite:", "memory:")):
        return open_store(url)
    from silog_store_postgres.store import open_postgres

    return open_postgres(url)


def begun(url):
    """Make an empty ledger at *url*, signed by an office, for seven devices."""
    keys = [DeviceKey(name, TABLET.key, frozenset({"operator"})) for name in _DEVICES]
    with opened(url) as store:
        Ledger.init(store, origin="silog/kills", signer=OFFICE, devices=keys)


def killed(url, seed, *, step=None, phase=None):
    """Kill a writer at *step* (of *phase*) of an append, or at a moment that *seed* draws."""
    shared, (heard, said) = mmap.mmap(-1, 16), os.pipe()
    device = _DEVICES[seed % len(_DEVICES)]
    writer = forked()
    if not writer:
        try:
            os.close(heard)
            _write(url, device, random.Random(seed), (step, phase), said, shared)
        finally:
            os._exit(3)
    os.close(said)
    with os.fdopen(heard, "rb") as pipe:
        # The last line may be cut short: then it was not said.
        lines = pipe.read().split(b"\n")[:-1]
    _, how = os.waitpid(writer, 0)
    assert os.WIFSIGNALED(how), f"the writer died of itself: {how}"
    with opened(url) as store:
        faults = verify_ledger(store, keys=[OFFICE.key]).faults
        kept = Ledger(store).sequence(device)
    lost = max(0, (int(lines[-1]) if lines else 0) - kept)
    return Killed(PHASES[shared[0]], faults, lost, int.from_bytes(shared[8:16], "big"))


def _write(url, device, draw, where, said, shared):
    """Append until killed; say the number of each event once it is acknowledged."""
    step, number = where
    with opened(url) as store:
        ledger = Ledger(store, signer=OFFICE)
        if step is None:
            os.write(said, b"%d\n" % _append(ledger, device))
        by_clock = step is None and draw.random() < 0.5
        if by_clock:
            wait = draw.random() * 0.02
            threading.Thread(target=_die_in, args=(wait,), daemon=True).start()
        phase = draw.randrange(len(PHASES)) if step is None else number
        limit = draw.randrange(30) if step is None else step
        watch = _Watch(None if by_clock else limit, phase, shared)
        while True:
            sys.setprofile(watch)
            last = _append(ledger, device)
            sys.setprofile(None)
            os.write(said, b"%d\n" % last)
            if step is not None:  # beyond the last step of one append
                os.kill(os.getpid(), signal.SIGKILL)


class _Watch:
    """Counts the calls of an append, notes its phase, and ends the process at one call.

    That is call number *limit* of all, or of those that belong to *phase*.
    """

    def __init__(self, limit, phase, shared):
        self.steps, self.counted = 0, 0
        self.limit, self.phase, self.shared = limit, phase, shared

    def __call__(self, frame, event, argument):
        name, shared = frame.f_code.co_name, self.shared
        if event == "call":
            above = frame.f_back.f_code.co_name if frame.f_back else ""
            if name == "_append" and above == "_write":
                shared[0] = 0
            elif name == "__exit__" and above == "append_all":
                shared[0] = 4
            else:
                shared[0] = _BEGINS.get(name, shared[0])
        self.steps += 1
        shared[8:16] = self.steps.to_bytes(8, "big")
        self.counted += self.phase is None or shared[0] == self.phase
        if self.limit is not None and self.counted > self.limit:
            os.kill(os.getpid(), signal.SIGKILL)


def _append(ledger, device):
    first = ledger.sequence(device) + 1
    bodies = [_body(device, number) for number in range(first, first + 3)]
    ledger.append(bodies, device=device, signer=TABLET)
    return first + 2


def _body(device, number):
    text = '{"author":["operator","1"],"device":"%s","kind":"packed","seq":%d}'
    return (text % (device, number)).encode()


def _die_in(seconds):
    time.sleep(seconds)
    os.kill(os.getpid(), signal.SIGKILL)
