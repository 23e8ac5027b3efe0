"""A writer of a ledger that is killed while it writes; it says what was acknowledged.

    python tests/ledger_kills.py SCHEME://URL DEVICE

The store's opener comes from the entry points of the installed plugins.
"""

from __future__ import annotations

import random
import subprocess
import sys
import time
from pathlib import Path

from silog_core.custody.ledger import Ledger
from silog_core.custody.verify import verify_ledger
from silog_core.storage import open_store


def opened(url):
    """Open the store at *url*: one of the core, or PostgreSQL."""
    if url.startswith("sqlite:"):
        return open_store(url)
    from silog_store_postgres.store import open_postgres

    return open_postgres(url)


def write(url, device):
    """Append for ever; print the number of each event once it is acknowledged."""
    with opened(url) as store:
        ledger = Ledger(store)
        while True:
            last = ledger.sequence(device)
            bodies = [b"event %d" % n for n in range(last + 1, last + 4)]
            ledger.append(bodies, device=device)
            print(last + 3, flush=True)  # noqa: T201 - the acknowledgement


def killed(url, seed):
    """Kill a writer at a random moment; return faults, and acknowledged events lost."""
    moment = random.Random(seed)
    device = f"d{seed % 7}"
    command = [sys.executable, __file__, url, device]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as writer:
        assert writer.stdout is not None
        said = int(writer.stdout.readline())
        time.sleep(moment.random() * 0.02)
        writer.kill()
        # The last line may be cut short: then it was not said.
        lines = writer.stdout.read().split("\n")[:-1]
        said = int(lines[-1]) if lines else said
    with opened(url) as store:
        faults = verify_ledger(store).faults
        kept = Ledger(store).sequence(device)
    return faults, max(0, said - kept)


def begun(url):
    """Make an empty ledger at *url*."""
    with opened(url) as store:
        Ledger.init(store, origin="silog/kills")


if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).parent))
    write(sys.argv[1], sys.argv[2])
