from __future__ import annotations

from itertools import product

import attrs
import pytest
from hypothesis import assume, given, settings

from silog_core.domain.flows import FlowProblem
from silog_core.errors import ProblemInstanceError
from silog_core.planning.flow_check import check_flow
from silog_core.solvers.allocation.single_flow import solve_flow
from solvers.allocation.small_problems import flow_problems

#: Two ways from 0 to 3: a cheap one by node 1, and a dear one by node 2.
DIAMOND = FlowProblem(
    supplies=(5, 0, 0, -5),
    tails=(0, 0, 1, 2),
    heads=(1, 2, 3, 3),
    lowers=(0, 0, 0, 0),
    uppers=(9, 9, 9, 9),
    costs=(1, 4, 1, 4),
)


@settings(max_examples=100, deadline=None)
@given(flow_problems(transits=True) | flow_problems(balanced=True, trees=True, transits=True))
def test_limits_of_nodes_are_kept_and_proved(problem):
    """Nothing more comes in than may, and prices prove the flow best under the limits."""
    assert [] == check_flow(problem, solve_flow(problem))


def test_what_a_node_cannot_take_goes_round_it():
    """The cheap way is used to the limit of its node, and no further."""
    found = solve_flow(attrs.evolve(DIAMOND, transits=(None, 2, None, None)))

    assert ((2, 3, 2, 3), 28, 0) == (found.flows, found.cost, found.unmet_total)
    assert 2 == solve_flow(attrs.evolve(DIAMOND, transits=(None, 2, None, 3))).unmet_total


@settings(max_examples=40, deadline=None)
@given(flow_problems(transits=True))
def test_no_flow_of_a_small_network_is_cheaper(problem):
    """Trying every flow of up to four arcs finds none that lacks less or costs less."""
    few = min(4, problem.arc_count)
    cut = attrs.evolve(
        problem,
        **{
            name: getattr(problem, name)[:few]
            for name in ("tails", "heads", "lowers", "uppers", "costs")
        },
    )
    cut = attrs.evolve(
        cut, lowers=(0,) * few, uppers=tuple(min(3, units) for units in cut.uppers)
    )
    assume(cut.supplies)
    best = None
    for flows in product(*(range(top + 1) for top in cut.uppers)):
        net = list(cut.supplies)
        into = [0] * len(net)
        for tail, head, units in zip(cut.tails, cut.heads, flows, strict=True):
            net[tail] -= units
            net[head] += units
            into[head] += units
        if any(
            most is not None and i > most for i, most in zip(into, cut.transits, strict=True)
        ):
            continue
        if any(
            left < min(0, own) or left > max(0, own)
            for left, own in zip(net, cut.supplies, strict=True)
        ):
            continue
        lacking = -sum(left for left in net if left < 0)
        value = (lacking, sum(map(int.__mul__, flows, cut.costs)))
        best = value if best is None else min(best, value)
    found = solve_flow(cut)

    assert best == (found.unmet_total, found.cost)


def test_the_checker_sees_a_node_that_takes_too_much():
    """A flow that ignores the limit is refused, and so are prices that prove nothing."""
    limited = attrs.evolve(DIAMOND, transits=(None, 2, None, None))
    free, bound = solve_flow(DIAMOND), solve_flow(limited)
    dear = attrs.evolve(bound, arrival_prices=bound.potentials)

    assert "transit" in {v.code for v in check_flow(limited, free)}
    assert "not-optimal" in {v.code for v in check_flow(limited, dear)}


@pytest.mark.parametrize("wrong", [(1, 2), (1.5, 2, 3, 4), (-1, 2, 3, 4), (2**70, 0, 0, 0)])
def test_what_is_no_limit_is_refused(wrong):
    """Too few, floats, negative ones and overflow each bring a clear error."""
    with pytest.raises(ProblemInstanceError, match="transits"):
        attrs.evolve(DIAMOND, transits=wrong)


def test_a_least_flow_into_a_limited_node_is_refused():
    """The two together could contradict each other."""
    with pytest.raises(ProblemInstanceError, match="transit limit"):
        attrs.evolve(DIAMOND, lowers=(1, 0, 0, 0), transits=(None, 2, None, None))
