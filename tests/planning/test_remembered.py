"""A problem that was solved is not solved again."""

from __future__ import annotations

from silog_core.domain.plan import Provenance
from silog_core.domain.stopping import MaxIterations
from silog_core.planning.pipeline import make_plan
from silog_core.planning.remembered import Remembered
from silog_core.solvers.allocation import solve_allocation
from silog_core.solvers.routing import ruin_recreate
from small_world import BOOK, planned, world

#: A hub with five villages: enough stops for the solver.
SCENARIO = world(((((300,), (200,), (100,), (50,), (9,)),),))


class Counted:
    """The built-in solver, with the problems that it was given."""

    def __init__(self):
        self.problems = []

    def __call__(self, problem, *, seed, stop, start=None):
        self.problems.append(problem)
        return ruin_recreate(problem, seed=seed, stop=stop, start=start)


def test_the_way_back_of_all_that_went_out_is_solved_once():
    """The same boxes over the same ways are the same problem: one search, one answer."""
    solver = Counted()
    plan = make_plan(
        SCENARIO, BOOK, allocation_solver=solve_allocation, routing_solver=solver,
        provenance=Provenance(seed=0, rules_digest=BOOK.digest(), iterations=10),
    )  # fmt: skip

    assert len(solver.problems) == len(set(solver.problems)) == 1
    assert planned(SCENARIO, checks=None).trips == plan.trips


def test_another_seed_or_budget_is_another_answer():
    """Memory holds for a problem with its seed and its budget alone."""
    solver = Counted()
    plan_solver = Remembered(solver)
    make_plan(
        SCENARIO, BOOK, allocation_solver=solve_allocation, routing_solver=plan_solver,
        provenance=Provenance(seed=0, rules_digest=BOOK.digest(), iterations=10),
    )  # fmt: skip
    problem = solver.problems[0]
    for seed, n in ((1, 5), (1, 5), (2, 5), (2, 6)):
        plan_solver(problem, seed=seed, stop=MaxIterations(n))

    assert 1 + 3 == len(solver.problems)
