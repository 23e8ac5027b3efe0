from __future__ import annotations

import csv
import random

import networkx as nx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from shared_data import shared
from silog_core.domain.flows import FlowProblem, FlowSolution
from silog_core.errors import ProblemInstanceError
from silog_core.io.flow_files import read_dimacs
from silog_core.planning.flow_check import check_flow
from silog_core.solvers.allocation.single_flow import solve_flow
from solvers.allocation.small_problems import flow_problems

quick = settings(max_examples=100, deadline=None)


@quick
@given(flow_problems() | flow_problems(trees=True) | flow_problems(balanced=True, trees=True))
def test_prices_prove_the_flow(problem):
    """Bounds and conservation hold, and complementary slackness proves the cost."""
    assert [] == check_flow(problem, solve_flow(problem))


@quick
@given(flow_problems(balanced=True) | flow_problems(balanced=True, trees=True))
def test_cost_is_that_of_networkx(problem):
    """Where networkx finds a flow, ours costs the same; where it finds none, units lack."""
    found = solve_flow(problem)
    graph = nx.MultiDiGraph()
    supplies = list(problem.supplies)
    fixed = 0
    for t, h, low, top, cost in zip(
        problem.tails,
        problem.heads,
        problem.lowers,
        problem.uppers,
        problem.costs,
        strict=True,
    ):
        supplies[t] -= low
        supplies[h] += low
        fixed += low * cost
        graph.add_edge(t, h, capacity=top - low, weight=cost)
    for node, units in enumerate(supplies):
        graph.add_node(node, demand=-units)
    try:
        cost, _ = nx.network_simplex(graph)
    except nx.NetworkXUnfeasible:
        assert found.unmet_total > 0
    else:
        assert (cost + fixed, 0) == (found.cost, found.unmet_total)


@quick
@given(flow_problems(trees=True), st.randoms(use_true_random=False))
def test_numbering_does_not_matter(problem, chance):
    """Nodes renumbered and arcs shuffled give the same cost and the same unmet total."""
    nodes = list(range(problem.node_count))
    chance.shuffle(nodes)
    arcs = list(range(problem.arc_count))
    chance.shuffle(arcs)
    supplies = [0] * problem.node_count
    for old, new in enumerate(nodes):
        supplies[new] = problem.supplies[old]
    other = FlowProblem(
        supplies=supplies,
        tails=[nodes[problem.tails[a]] for a in arcs],
        heads=[nodes[problem.heads[a]] for a in arcs],
        lowers=[problem.lowers[a] for a in arcs],
        uppers=[problem.uppers[a] for a in arcs],
        costs=[problem.costs[a] for a in arcs],
    )
    first, second = solve_flow(problem), solve_flow(other)

    assert (first.cost, first.unmet_total) == (second.cost, second.unmet_total)


@quick
@given(flow_problems(balanced=True), st.data())
def test_more_room_never_costs_more(problem, data):
    """Room added to an arc lowers what lacks, or leaves it and does not raise the cost."""
    if not problem.arc_count:
        return
    arc = data.draw(st.integers(0, problem.arc_count - 1))
    uppers = list(problem.uppers)
    uppers[arc] += 5
    wider = FlowProblem(
        supplies=problem.supplies,
        tails=problem.tails,
        heads=problem.heads,
        lowers=problem.lowers,
        uppers=uppers,
        costs=problem.costs,
    )
    before, after = solve_flow(problem), solve_flow(wider)

    assert (after.unmet_total, after.cost) <= (before.unmet_total, before.cost)


def test_a_dearer_flow_is_not_proved():
    """The checker refuses prices that do not fit the flow."""
    problem = FlowProblem(
        supplies=(2, -2),
        tails=(0, 0),
        heads=(1, 1),
        lowers=(0, 0),
        uppers=(2, 2),
        costs=(1, 5),
    )
    best = solve_flow(problem)
    dearer = FlowSolution(
        flows=(1, 1), potentials=best.potentials, unmet_price=99, cost=6, solver="other"
    )

    assert [] == check_flow(problem, best)
    assert {"not-optimal"} == {v.code for v in check_flow(problem, dearer)}


@pytest.mark.parametrize(
    ("field", "value", "word"),
    [
        ("costs", 1.5, "float"),
        ("uppers", 10**20, "overflow"),
        ("supplies", True, "bool"),
        ("tails", -1, "at least 0"),
        ("lowers", 8, "lower the least flow"),
    ],
)
def test_bad_numbers_are_refused(field, value, word):
    """Floats, overflow and crossed bounds are refused, with the position and a fix."""
    given_ = {
        "supplies": (3, -3),
        "tails": (0,),
        "heads": (1,),
        "lowers": (0,),
        "uppers": (5,),
        "costs": (1,),
    }
    given_[field] = (value, *given_[field][1:])

    with pytest.raises(ProblemInstanceError, match=word):
        FlowProblem(**given_)


def optima():
    """Yield the names and best costs of the published instances."""
    with (shared("bench/mcf") / "optimal.csv").open(encoding="utf-8") as rows:
        return [(row["file"], int(row["optimal_cost"])) for row in csv.DictReader(rows)]


def test_published_optima_are_met():
    """Every DIMACS instance is solved to its published optimum, with proof."""
    for name, best in optima():
        problem = read_dimacs(shared("bench/mcf") / name)
        found = solve_flow(problem)

        assert (best, 0) == (found.cost, found.unmet_total), name
        assert [] == check_flow(problem, found), name


def test_a_deep_tree_is_walked_down():
    """A long chain and a wide fan below a small core are folded and proved."""
    chance = random.Random(7)
    supplies, tails, heads = [0, 0, 0], [0, 1, 2], [1, 2, 0]
    for node in range(3, 4000):
        tails.append(node - 1 if node < 1000 else chance.randrange(node))
        heads.append(node)
        supplies.append(-chance.randint(0, 5))
    supplies[0] = -sum(supplies)
    problem = FlowProblem(
        supplies=supplies,
        tails=tails,
        heads=heads,
        lowers=[0] * len(tails),
        uppers=[10**9] * len(tails),
        costs=[chance.randint(0, 9) for _ in tails],
    )
    found = solve_flow(problem)

    assert 0 == found.unmet_total
    assert [] == check_flow(problem, found)
