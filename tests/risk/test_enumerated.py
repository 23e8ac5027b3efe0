"""Simulated chances agree with counting every way in which a small plan can go.

The judge plays clocks, mishap by mishap, and knows nothing of graphs, bearing or draws.
"""

from __future__ import annotations

import math
from itertools import product

from hypothesis import given, settings
from hypothesis import strategies as st

from risk_chains import BACK, H_S, chain, model, shock, station, way_back
from silog_core.risk.simulate import simulate
from silog_core.risk.simulate_back import simulate_return

DRAWS = 1500
OUT = ("warehouse-hub", "hub-village", "village-station")
_few = settings(max_examples=12, deadline=None)
_costs = st.tuples(*[st.integers(1, 5)] * 3)
_chances = st.tuples(*[st.sampled_from([50_000, 200_000, 500_000])] * 3)


def mishaps(costs, chances, echelons, *more):
    return model(
        *(
            shock(name, "trip", chance, (cost * H_S,) * 3, only=[name])
            for name, cost, chance in zip(echelons, costs, chances, strict=True)
        ),
        *more,
    )


def on_time(plan, costs, chances, echelons, due_s):
    """Return for each station the chance of its last hand-over by a moment: all 8 ways."""
    trips = {t.echelon: t for t in plan.trips}
    found = dict.fromkeys((station(n) for n in range(1, len(station_of(plan)) + 1)), 0.0)
    for struck in product([False, True], repeat=3):
        chance = math.prod(
            c / 1e6 if hit else 1 - c / 1e6 for c, hit in zip(chances, struck, strict=True)
        )
        ready_s = -(10**9)
        for name, cost, hit in zip(echelons, costs, struck, strict=True):
            one = trips[name]
            first = one.stops[0].arrive_s if name in BACK[1:] else one.depart_s
            wait_s = max(0, ready_s - first)
            late_s = wait_s + (cost * H_S if hit else 0)
            ready_s = (one.back_s if name in BACK else one.stops[0].depart_s) + late_s
            last = {s.place: s.depart_s + late_s for s in one.stops}
        for code in found:
            at = ready_s if echelons is BACK else last[code]
            found[code] += chance * (at <= due_s)
    return found


def station_of(plan):
    return plan.needs.levels[0].codes


def agrees(found, truth):
    for odds in found.stations:
        p = truth[odds.station]
        assert (
            abs(odds.on_time / DRAWS - p) <= 5 * math.sqrt(max(0, p * (1 - p)) / DRAWS) + 1e-9
        )


@given(
    st.integers(0, 6), st.integers(0, 4), st.integers(1, 3), _costs, _chances,
    st.integers(0, 99),
)  # fmt: skip
@_few
def test_the_way_out(slack_h, waits_h, stations, costs, chances, seed):
    """Each station's chance, as counted."""
    plan = chain(slack_s=slack_h * H_S, waits_s=waits_h * H_S, stations=stations)
    found = simulate(plan, model=mishaps(costs, chances, OUT), draws=DRAWS, seed=seed)

    agrees(found, on_time(plan, costs, chances, OUT, 0))


@given(
    st.integers(0, 4), st.integers(1, 3), st.integers(0, 8), _costs, _chances,
    st.integers(0, 99),
)  # fmt: skip
@_few
def test_the_way_back(waits_h, stations, slack_h, costs, chances, seed):
    """Each box's chance to be home in time, as counted."""
    plan = way_back(waits_h * H_S, stations)
    due_s = plan.trips[-1].back_s + slack_h * H_S
    found = simulate_return(
        plan, model=mishaps(costs, chances, BACK), draws=DRAWS, seed=seed, due_s=due_s
    )

    agrees(found, on_time(plan, costs, chances, BACK, due_s))


def test_the_judge_can_disagree():
    """Were a wait left out, the count would be far from what is simulated."""
    plan, costs, chances = chain(waits_s=2 * H_S), (3, 3, 3), (500_000,) * 3
    found = simulate(plan, model=mishaps(costs, chances, OUT), draws=DRAWS)
    wrong = on_time(chain(waits_s=9 * H_S), costs, chances, OUT, 0)
    held = on_time(plan, costs, chances, OUT, 0)

    agrees(found, held)
    assert abs(wrong[station(1)] - held[station(1)]) > 0.1 or wrong == held
