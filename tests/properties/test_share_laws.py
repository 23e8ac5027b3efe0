"""Laws of who gets what when stock is short (invariant 32)."""

from __future__ import annotations

from collections import defaultdict
from fractions import Fraction

import attrs
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from silog_core.planning.allocate import wanted_by_warehouse
from small_world import (
    planned,
    served_of,
    stocked,
    worlds,
)

QUICK = settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@QUICK
@given(worlds(warehouses=1, capacities=False), st.sampled_from([1, 300, 700, 990]))
def test_32_a_shortage_is_shared_below_a_warehouse_as_evenly_as_pieces_allow(
    scenario, permille
):
    """Invariant 32: nobody gets more than needed, all of the stock is given, and no
    piece could be moved to somebody who is worse off.
    """
    scenario = stocked(scenario, permille=permille, items=("box", "seal"))
    plan = planned(attrs.evolve(scenario, legs=()))
    receivers = defaultdict(list)
    for (_, item, _), row in served_of(plan).items():
        receivers[item].append(row)

    for item in ("box", "seal"):
        rows = receivers[item]
        stock = sum(lot.quantity for lot in scenario.stock if lot.item == item)
        assert min(stock, sum(need for _, need in rows)) == sum(got for got, _ in rows)
        assert all(0 <= got <= need for got, need in rows)
        least = min((Fraction(got, need) for got, need in rows), default=1)
        assert all(Fraction(got - 1, need) <= least for got, need in rows)


@QUICK
@given(worlds(capacities=False), st.integers(0, 900), st.integers(0, 100))
def test_32_more_stock_never_lowers_the_least_share(scenario, permille, more):
    """Invariant 32: whoever is worst off is no worse off when there is more."""
    scenario = attrs.evolve(scenario, legs=())
    little, rich = (
        served_of(planned(stocked(scenario, permille=p, items=("seal",))))
        for p in (permille, permille + more)
    )

    def least(served):
        shares = [
            Fraction(got, n) for (_, item, _), (got, n) in served.items() if item == "seal"
        ]
        return min(shares, default=1)

    assert least(little) <= least(rich)


@QUICK
@given(worlds(warehouses=2, capacities=False), st.integers(0, 1100))
def test_ballots_for_voters_come_before_any_reserve(scenario, permille):
    """Under shortage no station's reserve is served while another lacks voters' ballots."""
    scenario = stocked(
        attrs.evolve(scenario, legs=()), permille=permille, items=("ballot-governor",)
    )
    plan = planned(scenario)
    voters = {p.code: p.voters for p in scenario.places}
    rows = [
        (got, voters[place])
        for (place, item, _), (got, _) in served_of(plan).items()
        if item == "ballot-governor"
    ]
    if any(got < floor for got, floor in rows):
        assert all(got <= floor for got, floor in rows)


@QUICK
@given(worlds(tight=False, capacities=False))
def test_enough_stock_leaves_nobody_short(scenario):
    """With all that is needed, and legs without limits, nothing is missing."""
    plan = planned(scenario)
    wanted = wanted_by_warehouse(scenario, plan.needs)

    assert () == plan.shortfalls
    assert sum(m.quantity for ms in wanted.values() for m in ms) == sum(
        line.quantity for line in plan.allocation.lines
    )
