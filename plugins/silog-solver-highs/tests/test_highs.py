from __future__ import annotations

import csv
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings

pytest.importorskip("highspy")
sys.path.append(str(Path(__file__).parents[3] / "tests"))

from shared_data import shared
from silog_core.domain.flows import MultiFlowProblem
from silog_core.io.flow_files import read_multi_flow
from silog_core.planning.allocation_check import check_allocation
from silog_core.planning.flow_check import check_flow, check_multi_flow
from silog_core.session import Session
from silog_core.solvers.allocation import solve_allocation as built_in
from silog_solver_highs import plugin
from silog_solver_highs.solver import solve_allocation
from solvers.allocation.small_problems import flow_problems, problems


@settings(max_examples=40, deadline=None)
@given(problems())
def test_allocations_are_sound_and_not_dearer(problem):
    """All laws hold; the same pieces never cost more than with the built-in solver."""
    found, other = solve_allocation(problem), built_in(problem)

    assert [] == check_allocation(problem, found)
    assert sum(found.served) >= sum(other.served) or found.fairness.least_ppm >= (
        other.fairness.least_ppm
    )
    if found.served == other.served:
        assert found.cost_microrupiah <= other.cost_microrupiah


@settings(max_examples=60, deadline=None)
@given(
    flow_problems()
    | flow_problems(balanced=True, trees=True)
    | flow_problems(trees=True, transits=True)
)
def test_flows_cost_what_the_built_in_finds(problem):
    """A linear program and a network simplex agree on cost and on what lacks."""
    found, other = solve_allocation.solve_flow(problem), built_in.solve_flow(problem)

    assert [] == check_flow(problem, found)
    assert (other.cost, other.unmet_total) == (found.cost, found.unmet_total)


def test_nothing_is_written_to_standard_output(capfd):
    """What a command prints stays readable for programs."""
    solve_allocation.solve_multi_flow(
        MultiFlowProblem(
            node_count=2,
            tails=(0,),
            heads=(1,),
            uppers=(5,),
            costs=(1,),
            origins=(0,),
            targets=(1,),
            amounts=(4,),
        )
    )

    assert "" == capfd.readouterr().out


@pytest.mark.parametrize("name", ["grid1", "grid3", "grid5", "planar30", "planar50"])
def test_published_sets_within_a_hundredth_of_a_percent(name):
    """Whole flows cost at most 0.01 % more than the published fractional optimum."""
    with (shared("bench/mcnf") / "optimal.csv").open(encoding="utf-8") as rows:
        best = {key: float(cost) for key, cost in csv.reader(rows)}[name]
    problem = read_multi_flow(shared("bench/mcnf") / name)
    found = solve_allocation.solve_multi_flow(problem)

    assert [] == check_multi_flow(problem, found)
    assert 0 == found.unmet_total
    assert found.cost <= best * 1.0001
    assert found.bound <= best + 1


def test_a_session_finds_it():
    """The solver is chosen by name."""
    with Session(plugins=[plugin]) as session:
        chosen = session.allocation_solver("highs")

    assert getattr(chosen, "solver", chosen) is solve_allocation
