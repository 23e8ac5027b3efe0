"""How long a simulation of a whole province takes: run me as a program.

    python tests/bench/risk.py [--plan DIR] [--draws N] [--json FILE] [--pool-only]

Without ``--plan`` the Sumatera Utara example is planned first, which takes half a minute.
Each run is in a process of its own, so that its peak of memory is its own.
"""

from __future__ import annotations

import argparse
import json
import multiprocessing
import resource
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory


def run(folder: str, draws: int, workers: int) -> dict[str, object]:
    """Simulate the plan in a folder, and return seconds, memory and what was found."""
    import silog_core as silog
    from silog_core.execution import process_pool, run_all, serial

    plan = silog.read_plan(folder)
    scenario = silog.load_example("sumut-pilkada-2024")
    opened = process_pool(workers) if workers > 1 else serial()
    with opened as pool:

        def run_tasks(work, tasks, done):
            return run_all(pool, work, tasks, done=done)

        wall, cpu = time.perf_counter(), time.process_time()
        found = silog.simulate(
            plan, scenario=scenario, draws=draws, seed=1, run_tasks=run_tasks
        )
        wall, cpu = time.perf_counter() - wall, time.process_time() - cpu
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000
    theirs = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1000
    return {
        "workers": workers, "stations": len(found.stations), "draws": draws, "wall_s": wall,
        "own_cpu_s": cpu, "peak_mb": peak, "worker_peak_mb": theirs,
        "late_ppm": found.late_ppm, "worst_late_stations": found.tail().late_stations_milli / 1000,
        "least_on_time_ppm": min(s.on_time_ppm for s in found.stations),
        "outcome": hash((found.late_stations, found.late_voters)),
    }  # fmt: skip


def main() -> None:
    """Simulate here and on two processes, print, and write JSON where asked for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--plan", type=Path)
    parser.add_argument("--draws", type=int, default=10_000)
    parser.add_argument("--json", type=Path)
    parser.add_argument("--pool-only", action="store_true")
    asked = parser.parse_args()
    with TemporaryDirectory() as here:
        folder = asked.plan or Path(here) / "plan"
        if asked.plan is None:
            import silog_core as silog

            with silog.Session() as session:
                scenario = silog.load_example("sumut-pilkada-2024")
                silog.write_plan(session.plan(scenario, seed=1, workers=2), folder)
        found = []
        for workers in (2,) if asked.pool_only else (1, 2):
            # A process that may start others: a pool's worker must not.
            receiver, sender = multiprocessing.Pipe()
            alone = multiprocessing.get_context("spawn").Process(
                target=_send, args=(sender, str(folder), asked.draws, workers)
            )
            alone.start()
            found.append(receiver.recv())
            alone.join()
            sys.stdout.write(f"{json.dumps(found[-1])}\n")
            sys.stdout.flush()
    same = len({json.dumps(f["outcome"]) for f in found}) == 1
    sys.stdout.write(f"same outcome: {same}\n")
    if asked.json:
        asked.json.write_text(json.dumps(found, indent=1) + "\n", encoding="utf-8")


def _send(sender: object, folder: str, draws: int, workers: int) -> None:
    sender.send(run(folder, draws, workers))


if __name__ == "__main__":
    main()
