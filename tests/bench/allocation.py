"""Compare the built-in allocation with networkx, OR-tools and HiGHS, in one run.

    python tests/bench/allocation.py --out results.json [--part flows|tree|multi|fair]

Every solver gets the same problem in memory. For OR-tools, building its form of it counts,
as it does in use; the graph of networkx is built beforehand. Each solver is run several times and the best time is kept, solvers taking turns, so that a busy machine
slows all of them alike. Solvers that are not installed are left out and named.
"""

from __future__ import annotations

import argparse
import csv
import json
import os
import random
import sys
import time
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import Any

import networkx as nx

from silog_core.domain.allocation import (
    AllocationLeg,
    AllocationProblem,
    Demand,
    SupplyLot,
    UnitSize,
)
from silog_core.domain.demand import Commodity
from silog_core.domain.flows import FlowProblem
from silog_core.io.flow_files import read_dimacs, read_multi_flow
from silog_core.planning.allocation_check import check_allocation
from silog_core.planning.fairness_check import check_fairness
from silog_core.planning.flow_check import check_flow, check_multi_flow
from silog_core.solvers.allocation import solve_allocation

Row = dict[str, Any]


def optional(module: str, name: str) -> Any:
    """Return a solver of a plugin, or None and a note when it is not installed."""
    try:
        return getattr(import_module(module), name)
    except ImportError as missing:
        sys.stderr.write(f"left out: {module} ({missing})\n")
        return None


def graph_of(problem: FlowProblem) -> nx.DiGraph:
    """Return the graph that networkx solves; building it is not on the clock."""
    pairs = set(zip(problem.tails, problem.heads, strict=True))
    graph = nx.DiGraph() if len(pairs) == problem.arc_count else nx.MultiDiGraph()
    for node, units in enumerate(problem.supplies):
        graph.add_node(node, demand=-units)
    for t, h, u, c in zip(
        problem.tails, problem.heads, problem.uppers, problem.costs, strict=True
    ):
        graph.add_edge(t, h, capacity=u, weight=c)
    return graph


def with_ortools_directly(problem: FlowProblem) -> int:
    """Call OR-tools on the full graph, from columns that numpy converts."""
    import numpy as np
    from ortools.graph.python import min_cost_flow

    flow = min_cost_flow.SimpleMinCostFlow()
    flow.add_arcs_with_capacity_and_unit_cost(
        np.array(problem.tails),
        np.array(problem.heads),
        np.array(problem.uppers),
        np.array(problem.costs),
    )
    flow.set_nodes_supplies(np.arange(problem.node_count), np.array(problem.supplies))
    assert flow.solve() == flow.OPTIMAL
    return flow.optimal_cost()


def race(
    solvers: dict[str, Callable[[], Any]], *, repeats: int
) -> dict[str, tuple[float, Any]]:
    """Return the best time [s] and the last answer of each solver, taking turns."""
    best: dict[str, tuple[float, Any]] = {}
    for _ in range(repeats):
        for name, solve in solvers.items():
            begun = time.perf_counter()
            answer = solve()
            spent = time.perf_counter() - begun
            best[name] = (min(spent, best.get(name, (spent, None))[0]), answer)
    return best


def report(what: str, times: dict[str, float], **more: object) -> Row:
    """Print and return one row: seconds, and how many times the built-in's each took."""
    own = times["builtin"]
    ratios = {
        name: round(spent / own, 3) for name, spent in times.items() if name != "builtin"
    }
    shown = "  ".join(f"{name} {spent:.3f} s" for name, spent in times.items())
    sys.stdout.write(f"{what:24} {shown}  times the built-in: {ratios}  {more}\n")
    sys.stdout.flush()
    return {"what": what, "seconds": times, "times_the_builtin": ratios, **more}


def flows(shared: Path, repeats: int) -> list[Row]:
    """Run the published DIMACS instances."""
    ortools = optional("silog_solver_ortools.solver", "solve_flow")
    rows = []
    with (shared / "mcf" / "optimal.csv").open(encoding="utf-8") as lines:
        optima = {row["file"]: int(row["optimal_cost"]) for row in csv.DictReader(lines)}
    for name, best in optima.items():
        problem = read_dimacs(shared / "mcf" / name)
        graph = graph_of(problem)
        solvers: dict[str, Callable[[], Any]] = {
            "builtin": lambda p=problem: solve_allocation.solve_flow(p),
            "networkx": lambda g=graph: nx.network_simplex(g)[0],
        }
        if ortools:
            solvers["ortools directly"] = lambda p=problem: with_ortools_directly(p)
            solvers["ortools plugin"] = lambda p=problem: ortools(p)
        found = race(solvers, repeats=repeats)
        own = found["builtin"][1]
        rows.append(
            report(
                name,
                {key: spent for key, (spent, _) in found.items()},
                exact=own.cost == best,
                proved=not check_flow(problem, own),
            )
        )
    return rows


def tree_and_core(*, core: int, levels: tuple[int, ...], seed: int) -> FlowProblem:
    """Return a meshed core with a tree below it, its leaves in need."""
    chance = random.Random(seed)
    arcs: list[tuple[int, int, int, int]] = []
    for node in range(core):
        arcs += [
            (
                node,
                chance.randrange(core),
                chance.randint(10**6, 10**8),
                chance.randint(1, 1000),
            )
            for _ in range(4)
        ]
        if node:
            other, price = chance.randrange(node), chance.randint(500, 2000)
            arcs += [(node, other, 10**9, price), (other, node, 10**9, price)]
    supplies = [0] * core
    above, below = 0, core
    for count in levels:
        arcs += [
            (chance.randrange(above, below), node, 10**9, chance.randint(1, 50))
            for node in range(below, below + count)
        ]
        supplies += [0] * count
        above, below = below, below + count
    for node in range(above, below):
        supplies[node] = -chance.randint(100, 300)
    for node in chance.sample(range(core), 20):
        supplies[node] = -sum(supplies[above:]) // 20
    supplies[0] -= sum(supplies)
    columns = list(zip(*arcs, strict=True))
    return FlowProblem(
        supplies=supplies,
        tails=columns[0],
        heads=columns[1],
        lowers=[0] * len(arcs),
        uppers=columns[2],
        costs=columns[3],
    )


def tree(_: Path, repeats: int) -> list[Row]:
    """Run trees with meshed cores, up to the size of the whole country."""
    rows = []
    direct = optional("ortools.graph.python.min_cost_flow", "SimpleMinCostFlow")
    for levels in ((700, 8_000, 80_000), (7_277, 83_731, 812_000)):
        problem = tree_and_core(core=1_000, levels=levels, seed=1)
        solvers: dict[str, Callable[[], Any]] = {
            "builtin": lambda p=problem: solve_allocation.solve_flow(p)
        }
        if direct:
            solvers["ortools directly"] = lambda p=problem: with_ortools_directly(p)
        found = race(solvers, repeats=1 if problem.node_count > 200_000 else repeats)
        rows.append(
            report(
                f"tree, {problem.node_count} nodes",
                {key: spent for key, (spent, _) in found.items()},
                agree=len({getattr(a, "cost", a) for _, a in found.values()}) == 1,
                proved=not check_flow(problem, found["builtin"][1]),
            )
        )
    return rows


def multi(shared: Path, _: int) -> list[Row]:
    """Run the published multi-commodity sets."""
    highs = optional("silog_solver_highs.columns", "solve_multi_flow")
    rows = []
    with (shared / "mcnf" / "optimal.csv").open(encoding="utf-8") as lines:
        optima = {name: float(cost) for name, cost in csv.reader(lines)}
    for name, best in optima.items():
        problem = read_multi_flow(shared / "mcnf" / name)
        solvers: dict[str, Callable[[], Any]] = {
            "builtin": lambda p=problem: solve_allocation.solve_multi_flow(p)
        }
        if highs:
            solvers["highs plugin"] = lambda p=problem: highs(p)
        found = race(solvers, repeats=1)
        rows.append(
            report(
                name,
                {key: spent for key, (spent, _) in found.items()},
                above_fractional_optimum={
                    key: f"{answer.cost / best - 1:.4%}" for key, (_, answer) in found.items()
                },
                stated_gap=f"{found['builtin'][1].gap:.4%}",
                sound=not any(check_multi_flow(problem, a) for _, a in found.values()),
            )
        )
    return rows


def fair(_: Path, repeats: int) -> list[Row]:
    """Share 20 items among 514 regencies, with four fifths of what is needed."""
    chance = random.Random(1)
    houses = [f"W{i:03}" for i in range(514)]
    ports = ["PORT1", "PORT2", "PORT3"]
    items = [Commodity(item=f"item-{i:02}") for i in range(20)]
    legs = [
        AllocationLeg(
            tail="SUPPLIER", head=p, cost_per_tonne_rupiah=chance.randint(3, 9) * 10**5
        )
        for p in ports
    ]
    legs += [
        AllocationLeg(tail=p, head=w, cost_per_tonne_rupiah=chance.randint(1, 9) * 10**4)
        for w in houses
        for p in chance.sample(ports, 2)
    ]
    demands = []
    lots = []
    for item in items:
        needs = [chance.randint(1_000, 900_000) for _ in houses]
        demands += [
            Demand(place=w, commodity=item, quantity=n, floor=n // 5)
            for w, n in zip(houses, needs, strict=True)
        ]
        lots.append(SupplyLot(place="SUPPLIER", commodity=item, quantity=sum(needs) * 4 // 5))
    problem = AllocationProblem(
        places=("SUPPLIER", *ports, *houses),
        commodities=tuple(
            UnitSize(commodity=item, mass_g=chance.randint(4, 2000)) for item in items
        ),
        supplies=tuple(lots),
        demands=tuple(demands),
        legs=tuple(legs),
    )
    found = race({"builtin": lambda: solve_allocation(problem)}, repeats=repeats)
    answer = found["builtin"][1]
    return [
        report(
            "fair, 514 x 20",
            {"builtin": found["builtin"][0]},
            sound=not check_allocation(problem, answer),
            fair=not check_fairness(problem, answer),
            least_ppm=answer.fairness.least_ppm,
        )
    ]


PARTS = {"flows": flows, "tree": tree, "multi": multi, "fair": fair}


def main() -> None:
    """Run the parts that are asked for and write what was measured."""
    here = Path(__file__).resolve().parents[3] / "shared"
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--out", type=Path, help="JSON file for the results")
    parser.add_argument("--part", choices=sorted(PARTS), action="append")
    parser.add_argument("--repeats", type=int, default=3)
    chosen = parser.parse_args()
    shared = Path(os.environ.get("SILOG_SHARED_DATA", here)) / "bench"
    rows: dict[str, list[Row]] = {}
    for part in chosen.part or PARTS:
        rows[part] = PARTS[part](shared, chosen.repeats)
    if chosen.out:
        chosen.out.write_text(json.dumps(rows, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
