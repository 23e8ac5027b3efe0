"""Simulated chances agree with those that can be computed by hand."""

from __future__ import annotations

import math

import attrs
import pytest

from risk_chains import (
    H_S,
    POST,
    WAREHOUSE,
    chain,
    fan,
    model,
    plan_of,
    shock,
    stage,
    station,
    trip,
)  # fmt: skip
from silog_core.domain.demand import Commodity
from silog_core.domain.plan import Load
from silog_core.domain.shocks import Relief
from silog_core.risk.simulate import simulate

P, Q = 0.1, 0.9
DAY_S = 86_400
SHORT = (2 * H_S, 2 * H_S, 2 * H_S)
TWO_DAYS = (2 * DAY_S, 2 * DAY_S, 2 * DAY_S)
#: A spell of two days that began on day -3 reaches into the last hour of H-1 so often.
REACH = 3599 / DAY_S
#: Chance that no spell of two days touches the last hour of H-1.
FAIR = Q * Q * (1 - P * REACH)


def worked(*, gap_s=0):
    """Sorting, packing, then a trip straight to the station."""
    kits = [station(1)]
    return plan_of(
        [trip("warehouse-hub", WAREHOUSE, [(kits[0], kits)], -H_S)],
        kits,
        stages=(
            stage("sort-fold", -9 * H_S, -5 * H_S - gap_s),
            stage("kitting", -5 * H_S - gap_s, -H_S - gap_s),
        ),
    )


def supplied(trips=1):
    """One or more line hauls from a printer, then packing, then the station."""
    base = worked()
    load = Load(commodity=Commodity(item="box"), quantity=1, to=WAREHOUSE)
    hauls = []
    for n in range(trips):
        haul = trip(
            "line-haul", "PRINTER", [(WAREHOUSE, ())], -6 * H_S, name=f"L{n}", unit=n + 1
        )
        stops = (attrs.evolve(haul.stops[0], loads=(load,)),)
        hauls.append(attrs.evolve(haul, stops=stops))
    stages = tuple(s for s in base.schedule.stages if s.stage == "kitting")
    return attrs.evolve(
        base, trips=(*hauls, *base.trips), schedule=attrs.evolve(base.schedule, stages=stages)
    )


def one_truck():
    """The same truck goes to one station, and then to another."""
    first = trip("village-station", POST, [(station(1), [station(1)])], -4 * H_S)
    second = trip("village-station", POST, [(station(2), [station(2)])], -2 * H_S)
    return plan_of([first, second], [station(1), station(2)])


def boat():
    """A boat at four in the afternoon of H-1, an hour out; due late in the evening."""
    kits = [station(1)]
    return plan_of(
        [trip("village-station", POST, [(kits[0], kits)], -8 * H_S, mode="boat")], kits
    )


#: Name: plan, shocks, chance that the last station is on time, more arguments.
CASES = {
    "one trip": (fan(1), model(shock()), Q, {}),
    "three trips in a row": (chain(), model(shock()), Q**3, {}),
    "slack for one of three": (chain(slack_s=H_S), model(shock()), Q**3 + 3 * P * Q**2, {}),
    "slack for two of three": (chain(slack_s=2 * H_S), model(shock()), 1 - P**3, {}),
    "waits soak up one each": (
        chain(waits_s=H_S), model(shock()), Q, {}),
    "one mishap for all stops": (chain(stations=3), model(shock(only=["village-station"])), Q, {}),
    "two kinds of mishap": (
        fan(1), model(shock(), shock("other", chance_ppm=300_000)), Q * 0.7, {}),
    "weather of the country": (
        fan(3), model(shock("storm", "country", lasts=TWO_DAYS)), FAIR, {}),
    "weather of a leg": (fan(2), model(shock("block", "leg", lasts=TWO_DAYS)), FAIR, {}),
    "half speed all the time": (
        fan(1), model(shock("rain", "regency", 1_000_000, TWO_DAYS, speed_permille=500)), 0, {}),
    "half speed, with slack": (
        fan(1, slack_s=H_S),
        model(shock("rain", "regency", 1_000_000, TWO_DAYS, speed_permille=500)), 1, {}),
    "kit short": (fan(1), model(shock("short", "kit")), Q, {}),
    "kit short, half comes in time": (
        fan(1, slack_s=3599), model(shock("short", "kit", lasts=(0, 3599, 7199))), 1 - P / 2, {}),
    "kit short, a quarter in time": (
        fan(1, slack_s=1799), model(shock("short", "kit", lasts=(0, 3599, 7199))),
        1 - P * 3 / 4, {}),
    "two stages in a row": (worked(), model(shock("long", "stage")), Q * Q, {}),
    "a gap between stages and trip": (
        worked(gap_s=H_S), model(shock("long", "stage")), 1 - P * P, {}),
    "late printing hits both hauls": (supplied(2), model(shock("print", "source")), Q, {}),
    "each delivery may be short": (supplied(2), model(shock("less", "delivery")), Q * Q, {}),
    "one truck after the other": (one_truck(), model(shock()), Q * Q + 0 * P, {"due_s": -H_S}),
    "prepared against one of two": (
        fan(1, slack_s=H_S), model(shock(lasts=SHORT), shock("other", lasts=SHORT)), Q,
        {"reliefs": [Relief(shock="mishap", at_most_s=H_S)]}),
    "a late boat waits for the morning": (
        boat(), model(shock(lasts=SHORT), daylight=["boat"]), Q, {}),
    "a sum of two delays": (
        chain(slack_s=3599),
        model(shock(chance_ppm=1_000_000, lasts=(0, 1799, 3599),
                    only=["hub-village", "village-station"])),
        3601 / 7200, {}),
    "not in this month, not in this mode": (
        fan(1), model(shock(months=(3,), chance_ppm=10**6),
                      shock("sea", modes=["sea"], chance_ppm=10**6)), 1, {}),
}  # fmt: skip


def covered(case, seeds, draws=200, *, wrong=0.0):
    """Return in how many runs the interval of the last station holds the truth."""
    plan, shocks, truth, more = CASES[case]
    count = 0
    for seed in range(seeds):
        found = simulate(plan, model=shocks, draws=draws, seed=seed, **more)
        count += found.stations[-1].interval.holds(truth + wrong)
    return count


@pytest.mark.parametrize("case", CASES)
def test_the_truth_lies_in_the_interval(case):
    """In so many of 40 runs that a rate of 95 % would give fewer once in 10,000."""
    least = 40 - next(k for k in range(40) if _upper_tail(k, 40, 0.05) < 1e-4)

    assert covered(case, 40) >= least


def _upper_tail(hits, runs, chance):
    """Return P(X > hits) of a binomial."""
    return 1 - sum(
        math.comb(runs, k) * chance**k * (1 - chance) ** (runs - k) for k in range(hits + 1)
    )


def test_intervals_keep_their_rate_over_all_cases():
    """Of all intervals together no fewer than 95 % hold the truth, give or take chance."""
    runs = 25
    held = sum(covered(case, runs) for case in CASES)
    total = runs * len(CASES)

    assert held >= 0.95 * total - 4 * math.sqrt(total * 0.95 * 0.05)


def test_a_wrong_formula_would_be_noticed():
    """Off by a tenth, the intervals of a case hold it in almost no run."""
    assert covered("three trips in a row", 40, draws=1000, wrong=-0.1) < 4
