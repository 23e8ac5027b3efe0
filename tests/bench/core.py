"""How long the core takes, as ratios where there is a peer: run me as a program.

    python tests/bench/core.py [--json FILE] [--plan]

Every figure is the least of several runs in this process or in fresh ones; a peer runs
in the same minute. ``--plan`` adds the whole Sumatera Utara example.
"""

from __future__ import annotations

import argparse
import json
import resource
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

VOTING_DAY = date(2024, 11, 27)
#: One pack of a region, for the discovery of many.
_PACK = """
from silog_core.plugins import Manifest, hookimpl

@hookimpl
def silog_manifest():
    return Manifest(title="pack", regions=("{code}",))
"""


def best(work: Callable[[], object], runs: int = 3) -> float:
    """Return the least time of several runs [s]."""
    found = []
    for _ in range(runs):
        began = time.perf_counter()
        work()
        found.append(time.perf_counter() - began)
    return min(found)


def python(code: str) -> float:
    """Return the least time of a fresh interpreter that runs *code* [s]."""
    return best(lambda: subprocess.run([sys.executable, "-c", code], check=True), 5)


def imports() -> dict[str, float]:
    """Compare importing the package with importing networkx, less a bare start."""
    bare = python("pass")
    core, peer = python("import silog_core") - bare, python("import networkx") - bare
    return {"import_s": core, "networkx_s": peer, "ratio": core / peer}


def needs() -> dict[str, float]:
    """Compare needs of 820,161 stations with the same rule in polars, where it is there."""
    import silog_core as silog
    from silog_core.planning.needs import compute_needs

    count = 820_161
    village = silog.RegionCode.parse("12.71.01.1001")
    one = silog.Place(code="12.71.01.1001-001", kind="station", region=village, voters=250)
    # All stations in one village, under made-up numbers: what is timed is the rule.
    places = []
    for n in range(count):
        place = object.__new__(silog.Place)
        for name in one.__slots__:
            if not name.startswith("__"):
                object.__setattr__(place, name, getattr(one, name))
        object.__setattr__(place, "code", f"12.71.01.1001-{n}")
        object.__setattr__(place, "voters", 200 + n % 100)
        places.append(place)
    contests = tuple(
        silog.Contest(code=c, item=f"ballot-{c}", area_level=level)
        for c, level in (("governor", "province"), ("regent", "regency"))
    )
    election = silog.Election(
        kind="pilkada", voting_day=VOTING_DAY, root="12", contests=contests
    )
    scenario = silog.Scenario(title="t", election=election, places=tuple(places))
    with silog.Session() as session:
        book = session.rule_book("pilkada", VOTING_DAY, "12")
    scenario.of_kind(silog.PlaceKind.STATION)  # the index is made once
    found = {"needs_s": best(lambda: compute_needs(scenario, book)), "stations": count}
    try:
        import polars as pl
    except ImportError:
        return found
    items = len([t for t in book.needs_topics() if "/station" in t])
    frame = pl.DataFrame({"voters": [p.voters for p in places]})

    def peer() -> object:
        reserve = (pl.col("voters") * 25 + 999) // 1000
        columns = [(pl.col("voters") + reserve).alias(f"b{i}") for i in range(2)]
        columns += [pl.lit(i).alias(f"i{i}") for i in range(items - 2)]
        return frame.select("voters", *columns).sum()

    found["polars_s"] = best(peer)
    found["ratio"] = found["needs_s"] / found["polars_s"]
    return found


def store() -> dict[str, float]:
    """Compare durable appends with a raw SQLite insert of the same bytes."""
    from silog_core.storage import open_store

    batch, rounds = [bytes(300)] * 1000, 10
    mine, plain = [], []
    with TemporaryDirectory() as here:
        for turn in range(5):
            with open_store(f"sqlite:///{here}/s{turn}.db") as kept:
                began = time.perf_counter()
                for n in range(rounds):
                    kept.append("boxes", batch, after=n * len(batch))
                mine.append(time.perf_counter() - began)
            link = sqlite3.connect(Path(here) / f"p{turn}.db", isolation_level=None)
            link.execute("PRAGMA journal_mode = WAL")
            link.execute("PRAGMA synchronous = FULL")
            link.execute("CREATE TABLE e (position INTEGER PRIMARY KEY, body BLOB)")
            began = time.perf_counter()
            for n in range(rounds):
                link.execute("BEGIN")
                rows = [(n * len(batch) + i, body) for i, body in enumerate(batch)]
                link.executemany("INSERT INTO e VALUES (?, ?)", rows)
                link.execute("COMMIT")
            plain.append(time.perf_counter() - began)
            link.close()
    return {"append_s": min(mine), "sqlite_s": min(plain), "ratio": min(mine) / min(plain)}


def discovery() -> dict[str, float]:
    """Time a session for one province among 500 installed packs, beyond the import."""
    with TemporaryDirectory() as here:
        root = Path(here)
        for n in range(500):
            code = f"{11 + n // 30}.{1 + n % 30:02d}"
            name = f"pack_{code.replace('.', '_')}"
            (root / f"{name}.py").write_text(_PACK.format(code=code))
            info = root / f"{name}-1.dist-info"
            info.mkdir()
            (info / "METADATA").write_text(f"Name: {name}\nVersion: 1\n")
            (info / "entry_points.txt").write_text(f"[silog.v1]\nregion.{code} = {name}\n")
        head = f"import sys; sys.path.insert(0, {here!r})\nimport silog_core.session\n"
        book = (
            "from datetime import date\n"
            "s = silog_core.session.Session()\n"
            "s.rule_book('pilkada', date(2024, 11, 27), '11')\n"
        )
        return {"beyond_import_s": python(head + book) - python(head)}


def whole_plan() -> dict[str, float]:
    """Time the Sumatera Utara example on two processes, its folder, and its check."""
    import silog_core as silog

    scenario = silog.load_example("sumut-pilkada-2024")
    with silog.Session() as session, TemporaryDirectory() as here:
        began = time.perf_counter()
        plan = session.plan(scenario, seed=1, workers=2)
        planned = time.perf_counter()
        violations = silog.check_plan(scenario, plan)
        checked = time.perf_counter()
        silog.write_plan(plan, Path(here) / "plan")
        written = time.perf_counter()
        same = silog.read_plan(Path(here) / "plan") == plan
        read = time.perf_counter()
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000
    workers = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1000
    return {
        "plan_s": planned - began, "check_s": checked - planned,
        "write_s": written - checked, "read_s": read - written,
        "violations": len(violations), "reads_back": same,
        "peak_mb": peak, "worker_peak_mb": workers,
    }  # fmt: skip


def main() -> None:
    """Run all, print, and write JSON where it is asked for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--json", type=Path)
    parser.add_argument("--plan", action="store_true")
    asked = parser.parse_args()
    work = [imports, needs, store, discovery] + ([whole_plan] if asked.plan else [])
    found = {}
    for part in work:
        found[part.__name__] = part()
        sys.stdout.write(f"{part.__name__}: {json.dumps(found[part.__name__])}\n")
        sys.stdout.flush()
    if asked.json:
        asked.json.write_text(json.dumps(found, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
