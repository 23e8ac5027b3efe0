"""The way back: boxes that are home in time, and what keeps them."""

from __future__ import annotations

from itertools import pairwise

import pytest

from risk_chains import H_S, chain, model, shock, way_back, without
from silog_core.domain.shocks import Rescue
from silog_core.errors import RiskError
from silog_core.risk.simulate_back import return_due_s, simulate_return
from silog_core.testing.worlds import small_world

LONG = (H_S * 9, H_S * 9, H_S * 9)


def odds(plan, *shocks, due_s=0, **more):
    due_s = plan.trips[-1].back_s + due_s
    return simulate_return(
        plan, model=model(*shocks), due_s=due_s, draws=2000, **{"seed": 1, **more}
    )


def test_as_planned_all_are_back():
    """Without mishaps, by the moment of the plan and not a second before."""
    plan = way_back(H_S)

    assert 0 == odds(plan).late_ppm
    assert 1_000_000 == odds(plan, due_s=-1).late_ppm


def test_one_box_that_is_late_keeps_its_tour():
    """Three boxes in one vehicle: P(all ready) is the chance of each of them."""
    found = odds(way_back(0, 3), shock("count", "box", 100_000, LONG), seed=4)

    for one in found.stations:
        assert one.interval.holds(0.9**3)
        assert one.mainly == "count"


def test_boxes_wait_together_and_not_one_after_the_other():
    """Two hours for each of three boxes at one moment is no more than two hours."""
    sure = shock("count", "box", 10**6, (2 * H_S,) * 3)

    assert 0 == odds(way_back(0, 3), sure, due_s=2 * H_S).late_ppm
    assert 1_000_000 == odds(way_back(0, 3), sure, due_s=2 * H_S - 1).late_ppm


def test_what_happens_on_the_way_out_is_not_played():
    """Short kits, late printing and late trips out keep no box."""
    shocks = [
        shock("kit", "kit", 10**6, LONG),
        shock("kits", "kits", 10**6, LONG),
        shock("trip", "trip", 10**6, LONG, only=["village-station", "hub-village"]),
        shock("print", "source", 10**6, LONG),
    ]

    assert 0 == odds(way_back(0), *shocks).late_ppm


def test_without_one_of_its_tours_no_box_is_back():
    """27. Removing a trip of the way back never raises a chance."""
    plan = way_back(H_S)
    mishap = shock(chance_ppm=100_000, lasts=LONG)
    for trip in plan.trips[3:]:
        due_s = plan.trips[-1].back_s
        less = simulate_return(
            without(plan, trip.id), model=model(mishap), due_s=due_s, draws=200
        )
        assert 0 == less.stations[0].on_time


def test_one_who_is_sent_after_brings_it_home():
    """A rescue works on the way back too."""
    mishap = shock(chance_ppm=10**6, lasts=LONG, only=["return-hub-warehouse"])
    sent = Rescue(shocks=["mishap"], count=1, ready_s=H_S)

    assert 0 == odds(way_back(0), mishap, due_s=H_S, rescues=[sent]).late_ppm


def test_more_time_never_hurts():
    """In every draw."""
    plan, mishap = way_back(0, 2), shock(chance_ppm=300_000, lasts=(0, H_S, 9 * H_S))
    runs = [odds(plan, mishap, due_s=h * H_S).late_stations for h in range(6)]

    for early, late in pairwise(runs):
        assert all(a >= b for a, b in zip(early, late, strict=True))


def test_a_plan_without_a_way_back_is_refused():
    """Nothing is said of boxes that nobody fetches."""
    with pytest.raises(RiskError):
        simulate_return(chain(), due_s=0)


def test_a_planned_world_comes_back():
    """Each station of a planned world is counted, and back as planned."""
    world = small_world()
    last = max(t.back_s for t in world.plan.trips)
    found = simulate_return(
        world.plan, scenario=world.scenario, model=model(), due_s=last, draws=5
    )

    assert len(found.stations) == 4
    assert 0 == found.late_ppm
    assert return_due_s(world.scenario, world.book) is None
