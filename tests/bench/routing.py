"""Compare the built-in router with PyVRP, VROOM and OR-tools at equal wall time.

Each solver runs alone on one core, on the same whole-number matrices; every plan is
judged by the library's checker and priced in the convention of the file. Solvers that
are not installed are left out and named in the report.

    python tests/bench/routing.py --seconds 30 --out routing.json
    python tests/bench/routing.py --sets cvrp --only X-n115-k10 X-n303-k21 --seconds 10

Two processes on two cores share the work, each with its part; then the parts are merged:

    python tests/bench/routing.py --part 1/2 --out a.json &
    python tests/bench/routing.py --part 2/2 --out b.json; wait
    python tests/bench/routing.py --merge a.json b.json --out routing.json
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import time
from itertools import pairwise
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

import routing_peers

from silog_core.domain.stopping import MaxIterations, MaxSeconds
from silog_core.io.vrp_files import VrpFile, read_vrp_file
from silog_core.planning.route_check import check_routing
from silog_core.solvers.routing import ruin_recreate

SETS = {"cvrp": "*.vrp", "vrptw": "*.txt", "mdvrp": "*.txt", "hfvrp": "*.vrp"}


def best_known(path: Path, source: VrpFile) -> float:
    """Return the best known cost in the convention of the file."""
    table = path.parent / "best_known.json"
    if table.exists():
        entry = json.loads(table.read_text())[path.stem]
        return float(entry.get("distance_first", entry)["best_known_cost"])
    words = path.with_suffix(".sol").read_text().split()
    cost = float(words[-1])
    # Some solution files count in another power of ten than their problem.
    lower = sum(min(row[1:]) for row in source.distances[1:]) * min(
        fleet.per_distance for fleet in source.fleets
    )
    if path.parent.name == "hfvrp":
        own = _cost_of_file(path, source)
        return own if own is not None else max(cost, lower)
    return cost


def _cost_of_file(path: Path, source: VrpFile) -> float | None:
    """Return what the routes of a mixed-fleet solution file cost."""
    kinds = [
        fleet for fleet in source.fleets for _ in range(fleet.count)
    ]  # vehicles of a kind are listed together
    cost = 0.0
    for line in path.with_suffix(".sol").read_text().splitlines():
        head, _, tail = line.partition(":")
        stops = tail.split()
        if not head.startswith("Route") or not stops:
            continue
        fleet = kinds[int(head.split("#")[1]) - 1]
        way = [0, *map(int, stops), 0]
        far = sum(source.distances[a][b] for a, b in pairwise(way))
        cost += fleet.fixed + fleet.per_distance * far
    return cost or None


def builtin(problem, seconds, seed):
    """Run the built-in router; the first plan is the one of a single step."""
    first = ruin_recreate(problem, seed=seed, stop=MaxIterations(1)).seconds
    return ruin_recreate(problem, seed=seed, stop=MaxSeconds(seconds)), first


def first_feasible(solve, problem, most: float, seed: int) -> float | None:
    """Return how long the run with the smallest budget took that gives a feasible plan.

    Budgets are doubled from a twentieth of a second on; None when *most* is not enough.
    """
    budget = 0.05
    while budget < most:
        began = time.perf_counter()
        plan, _ = solve(problem, budget, seed)
        took = time.perf_counter() - began
        if plan.feasible and not broken_by(problem, plan):
            return took
        budget *= 2
    return None


def broken_by(problem, plan) -> list:
    """Return the limits that a plan breaks; sums that it claims are not asked for."""
    return [v for v in check_routing(problem, plan) if not v.code.startswith("claimed")]


def run(path: Path, solvers: dict, seconds: float, seed: int) -> list[dict]:
    """Return one row for each solver."""
    source = read_vrp_file(path)
    problem = source.problem()
    best = best_known(path, source)
    rows = []
    for name, solve in solvers.items():
        began = time.perf_counter()
        try:
            plan, first = solve(problem, seconds, seed)
        except routing_peers.CannotExpressError as exc:
            rows.append({"instance": path.stem, "solver": name, "skipped": str(exc)})
            continue
        took = time.perf_counter() - began
        broken = broken_by(problem, plan)
        if first is None:
            first = first_feasible(solve, problem, seconds, seed)
        cost = source.cost_of(plan)
        rows.append(
            {
                "instance": path.stem,
                "solver": name,
                "cost": cost,
                "best_known": round(best, 4),
                "gap": None if broken or not plan.feasible else cost / best - 1,
                "iterations": plan.iterations,
                "first_feasible_s": first,
                "seconds": round(took, 3),
                "violations": [v.text for v in broken[:5]],
                "load": os.getloadavg()[0],
            }
        )
        print(_line(rows[-1]), flush=True)  # noqa: T201 - progress of a script
    return rows


def _line(row: dict) -> str:
    gap = "infeasible" if row["gap"] is None else f"{row['gap']:9.3%}"
    return (
        f"{row['instance']:>14} {row['solver']:>9} {gap} {row['iterations']:>9} it "
        f"{row['seconds']:7.1f} s  load {row['load']:.1f}"
    )


def summary(rows: list[dict]) -> dict:
    """Return mean and worst gap for each set and solver."""
    made: dict = {}
    for row in rows:
        if "gap" in row:
            made.setdefault(row["set"], {}).setdefault(row["solver"], []).append(row["gap"])
    return {
        name: {
            solver: {
                "instances": len(gaps),
                "infeasible": gaps.count(None),
                "mean_gap": sum(found) / len(found) if found else None,
                "worst_gap": max(found, default=None),
            }
            for solver, gaps in solvers.items()
            for found in [[gap for gap in gaps if gap is not None]]
        }
        for name, solvers in made.items()
    }


def merged(parts: list[Path]) -> dict:
    """Return one report of the runs of several, in the order of the sets."""
    reports = [json.loads(part.read_text()) for part in parts]
    terms = {(report["seconds"], report["seed"]) for report in reports}
    if len(terms) > 1:
        raise SystemExit(f"the parts ran on different terms (seconds, seed): {terms}")
    order = list(SETS)
    rows = [row for report in reports for row in report["runs"]]
    rows.sort(key=lambda row: (order.index(row["set"]), row["instance"]))
    missing = {name for report in reports for name in report["missing"]}
    return {**reports[0], "missing": sorted(missing), "summary": summary(rows), "runs": rows}


def share(text: str) -> tuple[int, int]:
    """Return which part of how many, from text like ``1/2``."""
    part, _, parts = text.partition("/")
    if not 1 <= int(part) <= int(parts):
        raise argparse.ArgumentTypeError(f"{text} is no part like 1/2")
    return int(part), int(parts)


def main() -> None:
    """Run the comparison and write it down."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    shared = Path(__file__).parents[3] / "shared"
    default = Path(os.environ.get("SILOG_SHARED_DATA", shared)) / "bench"
    parser.add_argument("--data", type=Path, default=default, help="folder of the sets")
    parser.add_argument("--sets", nargs="+", choices=SETS, default=list(SETS))
    parser.add_argument("--only", nargs="+", help="names of instances")
    parser.add_argument("--seconds", type=float, default=30.0)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument(
        "--solvers", nargs="+", default=["builtin", "pyvrp", "vroom", "ortools"]
    )
    parser.add_argument("--part", type=share, default=(1, 1), help="like 1/2")
    parser.add_argument("--merge", nargs="+", type=Path, help="reports to put together")
    parser.add_argument("--out", type=Path, default=Path("routing-bench.json"))
    given = parser.parse_args()
    if given.merge:
        report = merged(given.merge)
        given.out.write_text(json.dumps(report, indent=1))
        print(json.dumps(report["summary"], indent=1))  # noqa: T201 - result of a script
        return
    solvers = {"builtin": builtin, **routing_peers.installed()}
    solvers = {name: solvers[name] for name in given.solvers if name in solvers}
    rows = []
    part, parts = given.part
    for group in given.sets:
        # Small and large instances alternate between the parts.
        for place, path in enumerate(sorted((given.data / group).glob(SETS[group]))):
            if place % parts + 1 == part and (not given.only or path.stem in given.only):
                rows += [
                    {"set": group, **row}
                    for row in run(path, solvers, given.seconds, given.seed)
                ]
                report = {
                    "seconds": given.seconds,
                    "seed": given.seed,
                    "missing": [n for n in given.solvers if n not in solvers],
                    "summary": summary(rows),
                    "runs": rows,
                }
                given.out.write_text(json.dumps(report, indent=1))
    print(json.dumps(summary(rows), indent=1))  # noqa: T201 - result of a script


if __name__ == "__main__":
    main()
