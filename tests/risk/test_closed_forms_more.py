"""Nights, strokes that many share, and rescues agree with what can be computed by hand."""

from __future__ import annotations

import math
from itertools import pairwise

import pytest

from risk_chains import H_S, POST, chain, fan, model, plan_of, shock, station, trip
from silog_core.domain.shocks import Relief, Rescue
from silog_core.risk.simulate import simulate

P, Q = 0.1, 0.9
DAY_S = 86_400
SHORT = (2 * H_S, 2 * H_S, 2 * H_S)
WEEK = (7 * DAY_S, 7 * DAY_S, 7 * DAY_S)
NIGHTS = {"nights": ["road"]}


def evening(starts_h, *, back_days=1):
    """Two stops by truck, an hour each, from that hour of a day before H-1's end."""
    kits = [station(1), station(2)]
    depart_s = -back_days * DAY_S + starts_h * H_S
    return plan_of([trip("village-station", POST, [(k, [k]) for k in kits], depart_s)], kits)


def row(trucks):
    """Trips of a truck each, to one station each, from one village."""
    return fan(trucks, slack_s=H_S)


def sent(count, *shocks, ready_s=H_S):
    return {"rescues": [Rescue(shocks=shocks, count=count, ready_s=ready_s)]}


#: Name: plan, shocks, chance that the last station is on time, more arguments.
CASES = {
    "two hours late, and the night between": (
        # 20:00 and 21:00 of H-1: two hours late means the morning of the vote.
        evening(20), model(shock(lasts=SHORT), **NIGHTS), Q, {"due_s": 5 * H_S}),
    "two hours late by night": (
        evening(20), model(shock(lasts=SHORT)), 1, {"due_s": 5 * H_S}),
    "late in the morning, no night between": (
        evening(8), model(shock(lasts=SHORT), **NIGHTS), 1, {}),
    "a plan that drives by night goes on by night": (
        # 22:00 to 24:00 of H-1 is planned so: two hours late is 02:00.
        evening(22), model(shock(lasts=SHORT), **NIGHTS), 1, {"due_s": 2 * H_S}),
    "half of what a stroke hits": (
        fan(1), model(shock("lot", "kits", share_permille=500)), 1 - P / 2, {}),
    "a stroke on all": (fan(1), model(shock("lot", "kits")), Q, {}),
    "a stroke on few, with slack for half": (
        fan(1, slack_s=3599),
        model(shock("lot", "kits", lasts=(0, 3599, 7199), share_permille=200)),
        1 - P * 0.2 / 2, {}),
    "two lots": (
        fan(1), model(shock("lot", "kits", share_permille=300),
                      shock("other", "kits", share_permille=300)), (1 - 0.3 * P) ** 2, {}),
    "one rescue for one truck": (
        row(1), model(shock(lasts=WEEK)), 1, sent(1, "mishap")),
    "one rescue for two trucks": (
        # The second is late where both break down: the first takes the rescue.
        row(2), model(shock(lasts=WEEK)), 1 - P * P, sent(1, "mishap")),
    "two rescues for three trucks": (
        row(3), model(shock(lasts=WEEK)), 1 - P**3, sent(2, "mishap")),
    "a rescue that takes too long": (
        row(1), model(shock(lasts=WEEK)), Q, sent(9, "mishap", ready_s=2 * H_S)),
    "a rescue through closed weather": (
        # A spell on each of the days before: the leg is closed for sure, but for help.
        row(1), model(shock("flood", "subdistrict", 10**6, WEEK)), 1, sent(1, "flood")),
    "a second trip for a short kit": (
        row(1), model(shock("short", "kit", lasts=WEEK)), 1, sent(1, "short")),
}  # fmt: skip


def covered(case, seeds, draws=200):
    """Return in how many runs the interval of the last station holds the truth."""
    plan, shocks, truth, more = CASES[case]
    return sum(
        simulate(plan, model=shocks, draws=draws, seed=seed, **more)
        .stations[-1]
        .interval.holds(truth)
        for seed in range(seeds)
    )


@pytest.mark.parametrize("case", CASES)
def test_the_truth_lies_in_the_interval(case):
    """In so many of 40 runs that a rate of 95 % would give fewer once in 10,000."""
    assert covered(case, 40) >= 33


def test_intervals_keep_their_rate():
    """Of all intervals together no fewer than 95 % hold the truth, give or take chance."""
    runs = 25
    total = runs * len(CASES)
    held = sum(covered(case, runs) for case in CASES)

    assert held >= 0.95 * total - 4 * math.sqrt(total * 0.95 * 0.05)


def test_a_stroke_hits_stations_of_a_regency_together():
    """Two stations are late together P x share squared: not as strangers would be."""
    shocks = model(shock("lot", "kits", share_permille=500))
    found = simulate(fan(2), model=shocks, draws=20_000, seed=1).late_stations
    both = sum(late == 2 for late in found) / 20_000

    assert abs(both - P / 4) < 4 * math.sqrt(P / 4 / 20_000)
    assert both > 5 * (P / 2) ** 2


def test_a_night_costs_what_is_left_of_it():
    """At 21:30 the first stop cannot be reached by 22:00: the crew goes on at five."""
    shocks = model(shock(chance_ppm=10**6, lasts=(5400, 5400, 5400)), **NIGHTS)
    late = [
        simulate(evening(20), model=shocks, draws=1, due_s=due_s).late_stations[0]
        for due_s in (6 * H_S - 1, 6 * H_S, 7 * H_S - 1, 7 * H_S)
    ]

    assert [2, 1, 1, 0] == late


def test_one_more_rescue_never_hurts_and_none_is_none():
    """In every draw; and a rescue that is never sent changes nothing."""
    plan = chain(stations=3)
    shocks = model(
        shock(chance_ppm=400_000, lasts=(H_S, 3 * H_S, 9 * H_S)),
        shock("flood", "subdistrict", 200_000, (H_S, 9 * H_S, 40 * H_S)),
    )
    runs = [
        simulate(
            plan, model=shocks, draws=400, seed=5, **sent(count, "flood", "mishap")
        ).late_stations
        for count in range(5)
    ]

    assert simulate(plan, model=shocks, draws=400, seed=5).late_stations == runs[0]
    for fewer, more in pairwise(runs):
        assert all(a >= b for a, b in zip(fewer, more, strict=True))
    assert sum(runs[0]) > sum(runs[-1])


def test_rescues_are_those_of_one_warehouse_and_region():
    """Elsewhere nobody is sent."""
    away = [Rescue(shocks=["mishap"], scope="12.14", count=9, ready_s=0)]
    shocks = model(shock(lasts=WEEK))

    assert (
        simulate(fan(2), model=shocks, seed=2).late_stations
        == simulate(fan(2), model=shocks, seed=2, rescues=away).late_stations
    )


def test_what_is_prepared_against_a_share_bounds_it():
    """Nobody is late where the second delivery comes within the slack."""
    plan, shocks = row(4), model(shock("lot", "kits", lasts=WEEK))

    found = simulate(plan, model=shocks, reliefs=[Relief(shock="lot", at_most_s=H_S)])

    assert {0} == set(found.late_stations)
