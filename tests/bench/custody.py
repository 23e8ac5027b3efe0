"""Measure the ledger: durable append against bare SQLite, verification, and proofs.

python tests/bench/custody.py --events 200000 --leaves 10000000
"""

from __future__ import annotations

import argparse
import gc
import itertools
import json
import sqlite3
import sys
import tempfile
import time
import tracemalloc
from collections import Counter
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

from silog_core.custody.ledger import Ledger
from silog_core.custody.merkle import Frontier, check_inclusion, leaf_hash
from silog_core.custody.roster import DeviceKey
from silog_core.custody.signing import FileSigner
from silog_core.custody.tiles import LEVELS, RECORDS, Tiles, index_stream
from silog_core.custody.verify import verify_ledger
from silog_core.storage import open_store

BATCH = 1000
SIZE_BYTES = 400


#: An event as far as admission reads it, filled up to a usual size.
FORM = b'{"author":["operator","12.71"],"device":"%b","kind":"packed","note":"%b","seq":%d}'
FILLING = b"x" * (SIZE_BYTES - 84)


def bodies(begin: int, count: int) -> list[bytes]:
    """Return events of a usual size, no two alike; each device goes on from its last."""
    device, first = device_of(begin).encode(), begin // BATCH // 500 * BATCH
    return [FORM % (device, FILLING, first + n + 1) for n in range(count)]


def device_of(begin: int) -> str:
    """Return the device that records the batch that begins here: 500 of them by turns."""
    return f"d{begin // BATCH % 500}"


def raw(path: Path, events: int) -> float:
    """Insert the same bytes with sqlite3 alone, as durably; return the seconds."""
    base = sqlite3.connect(path)
    base.execute("PRAGMA journal_mode=WAL")
    base.execute("PRAGMA synchronous=FULL")
    base.execute("CREATE TABLE e (n INTEGER PRIMARY KEY, body BLOB)")
    began = time.perf_counter()
    for begin in range(0, events, BATCH):
        with base:
            rows = [(n,) for n in bodies(begin, BATCH)]
            base.executemany("INSERT INTO e (body) VALUES (?)", rows)
    took = time.perf_counter() - began
    base.close()
    return took


def ledger(path: Path, events: int, *, signed: bool = False) -> float:
    """Append the same to a ledger; return the seconds.

    Signed, each batch is read, held against the rights of its device, sealed with the
    device's key and covered by a signed checkpoint.
    """
    office = FileSigner("office", bytes(32)) if signed else None
    keys = [
        DeviceKey(f"d{number}", office.key, frozenset({"operator"}))
        for number in range(500 if office else 0)
        if office
    ]
    with open_store(f"sqlite:///{path}") as store:
        made = Ledger.init(store, origin="silog/bench", signer=office, devices=keys)
        began = time.perf_counter()
        for begin in range(0, events, BATCH):
            made.append(bodies(begin, BATCH), device=device_of(begin), signer=office)
        return time.perf_counter() - began


def verify(path: Path, *, traced: bool) -> tuple[float, int]:
    """Return seconds and, where traced, the peak of memory [bytes]."""
    gc.collect()
    if traced:
        tracemalloc.start()
    with open_store(f"sqlite:///{path}") as store:
        began = time.perf_counter()
        found = verify_ledger(store)
        took = time.perf_counter() - began
    if found.faults:
        raise SystemExit(f"the ledger does not verify: {found.faults[:3]}")
    peak = tracemalloc.get_traced_memory()[1] if traced else 0
    tracemalloc.stop()
    return took, peak


def proofs(path: Path, leaves: int, tries: int = 300) -> float:
    """Return the seconds of one inclusion proof from a stored index of *leaves*."""
    with open_store(f"sqlite:///{path}") as store:
        tree = Frontier()
        for begin in range(0, leaves, 100_000):
            rows = [b"%d" % n for n in range(begin, min(begin + 100_000, leaves))]
            kept = {level: list[bytes]() for level in LEVELS}
            ends = {level: begin >> level for level in LEVELS}
            tree.extend([leaf_hash(row) for row in rows], kept=kept)
            store.append(RECORDS, rows, after=begin)
            for level, nodes in kept.items():
                if nodes:
                    store.append(index_stream(level), nodes, after=ends[level])
        root, took = tree.root(), 0.0
        for n in range(tries):
            place = int.from_bytes(sha256(b"%d" % n).digest()[:8], "big") % leaves
            began = time.perf_counter()
            proof = Tiles(store).inclusion(place, leaves)
            took += time.perf_counter() - began
            check_inclusion(
                leaf=leaf_hash(b"%d" % place), index=place, size=leaves, proof=proof, root=root
            )
        return took / tries


def kills(urls: Iterator[str], count: int) -> dict[str, object]:
    """Kill writers in every phase of an append; return what was lost or damaged."""
    sys.path.insert(0, str(Path(__file__).parents[1]))
    from ledger_kills import begun, killed

    found = []
    for seed in range(count):
        if seed % 25 == 0:  # a new ledger now and then, or its verification takes the time
            begun(url := next(urls))
        found.append(killed(url, seed))
    return {
        "kills": count,
        "damaged": sum(bool(one.faults) for one in found),
        "events_lost": sum(one.lost for one in found),
        "killed_while": dict(Counter(one.phase for one in found).most_common()),
    }


def sqlite_urls(folder: str) -> Iterator[str]:
    """Yield the URL of one new file after the other."""
    for number in itertools.count():
        yield f"sqlite:///{folder}/{number}.db"


def postgres_urls() -> Iterator[str]:
    """Yield the URL of one new schema after the other, on a real server."""
    from postgres_server import new_url

    while True:
        yield new_url()


def main() -> None:
    """Measure, and print what was found as JSON."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--events", type=int, default=200_000)
    parser.add_argument("--leaves", type=int, default=10_000_000)
    parser.add_argument("--kills", type=int, help="kill that many writers, and no more")
    parser.add_argument("--postgres", action="store_true", help="on a real PostgreSQL server")
    given = parser.parse_args()
    if given.kills:
        with tempfile.TemporaryDirectory() as folder:
            urls = postgres_urls() if given.postgres else sqlite_urls(folder)
            print(json.dumps(kills(urls, given.kills)))  # noqa: T201 - result of a script
        return
    with tempfile.TemporaryDirectory() as folder:
        at = Path(folder)
        bare, ours = raw(at / "raw.db", given.events), ledger(at / "l.db", given.events)
        signed = ledger(at / "signed.db", given.events, signed=True)
        small = given.events // 4
        ledger(at / "s.db", small)
        took, _ = verify(at / "l.db", traced=False)
        told = {
            "events": given.events,
            "raw_s": round(bare, 3),
            "append_s": round(ours, 3),
            "append_ratio": round(ours / bare, 2),
            "signed_append_s": round(signed, 3),
            "signed_append_ratio": round(signed / bare, 2),
            "verify_events_per_s": round(given.events / took),
            "verify_signed_events_per_s": round(
                given.events / verify(at / "signed.db", traced=False)[0]
            ),
            "verify_peak_kb": [
                verify(at / name, traced=True)[1] // 1024 for name in ("s.db", "l.db")
            ],
            "inclusion_ms": round(proofs(at / "p.db", given.leaves) * 1000, 3),
            "leaves": given.leaves,
        }
    print(json.dumps(told, indent=1))  # noqa: T201 - result of a script


if __name__ == "__main__":
    main()
