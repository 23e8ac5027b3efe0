from __future__ import annotations

import csv
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings

pytest.importorskip("ortools")
sys.path.append(str(Path(__file__).parents[3] / "tests"))

from shared_data import shared
from silog_core.domain.flows import FlowProblem
from silog_core.errors import ProblemInstanceError
from silog_core.io.flow_files import read_dimacs
from silog_core.planning.flow_check import check_flow
from silog_core.session import Session
from silog_core.solvers.allocation.single_flow import solve_flow as built_in
from silog_solver_ortools import plugin
from silog_solver_ortools.solver import solve_allocation, solve_flow
from solvers.allocation.small_problems import flow_problems


@settings(max_examples=100, deadline=None)
@given(
    flow_problems()
    | flow_problems(balanced=True, trees=True)
    | flow_problems(trees=True, transits=True)
)
def test_flows_are_sound_and_cost_what_the_built_in_finds(problem):
    """Two solvers that share no code agree on cost and on what stays unmet."""
    found, other = solve_flow(problem), built_in(problem)

    assert [] == check_flow(problem, found)
    assert (other.cost, other.unmet_total) == (found.cost, found.unmet_total)


def test_published_optima_are_met():
    """Every DIMACS instance is solved to its published optimum."""
    with (shared("bench/mcf") / "optimal.csv").open(encoding="utf-8") as rows:
        optima = {row["file"]: int(row["optimal_cost"]) for row in csv.DictReader(rows)}
    for name, best in optima.items():
        assert best == solve_flow(read_dimacs(shared("bench/mcf") / name)).cost, name


def test_costs_beyond_64_bits_are_refused():
    """An overflow is an error, not a wrong answer."""
    problem = FlowProblem(
        supplies=[0] * 2000, tails=[0], heads=[1], lowers=[0], uppers=[1], costs=[2**53]
    )

    with pytest.raises(ProblemInstanceError, match="overflow"):
        solve_flow(problem)


def test_a_session_finds_it():
    """The solver is chosen by name."""
    with Session(plugins=[plugin]) as session:
        chosen = session.allocation_solver("ortools")

    assert getattr(chosen, "solver", chosen) is solve_allocation
