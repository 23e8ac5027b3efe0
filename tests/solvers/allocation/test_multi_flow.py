from __future__ import annotations

import csv

from hypothesis import given, settings
from hypothesis import strategies as st

from shared_data import shared
from silog_core.domain.flows import MultiFlowProblem
from silog_core.io.flow_files import read_multi_flow
from silog_core.planning.flow_check import check_multi_flow
from silog_core.solvers.allocation.multi_flow import solve_multi_flow


@st.composite
def multi_flows(draw):
    """Draw up to four commodities on up to five nodes."""
    count = draw(st.integers(1, 5))
    node = st.integers(0, count - 1)
    arcs = draw(
        st.lists(st.tuples(node, node, st.integers(0, 9), st.integers(0, 9)), max_size=12)
    )
    wares = draw(st.lists(st.tuples(node, node, st.integers(0, 9)), max_size=4))
    return MultiFlowProblem(
        node_count=count,
        tails=[a[0] for a in arcs],
        heads=[a[1] for a in arcs],
        uppers=[a[2] for a in arcs],
        costs=[a[3] for a in arcs],
        origins=[w[0] for w in wares],
        targets=[w[1] for w in wares],
        amounts=[w[2] for w in wares],
    )


@settings(max_examples=60, deadline=None)
@given(multi_flows())
def test_no_limit_is_exceeded(problem):
    """Flows are conserved within shared limits, and never cost less than the bound."""
    found = solve_multi_flow(problem)

    assert [] == check_multi_flow(problem, found)
    if found.bound is not None and not found.unmet:
        assert found.bound <= found.cost


def test_published_sets_are_met_with_a_stated_gap():
    """All is sent, and the bound lies below the published fractional optimum."""
    with (shared("bench/mcnf") / "optimal.csv").open(encoding="utf-8") as rows:
        optima = {name: float(cost) for name, cost in csv.reader(rows)}
    for name in ("grid1", "grid3", "planar30", "planar50"):
        problem = read_multi_flow(shared("bench/mcnf") / name)
        found = solve_multi_flow(problem)

        assert [] == check_multi_flow(problem, found)
        assert 0 == found.unmet_total, name
        assert 0.99 * optima[name] <= found.bound <= optima[name] + 1, name
        assert found.gap < 0.05, name
