"""What a simulation keeps, whoever runs it and however the plan is changed."""

from __future__ import annotations

from functools import partial

import attrs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from risk_chains import (
    H_S,
    POST,
    chain,
    fan,
    model,
    plan_of,
    shock,
    stage,
    station,
    trip,
    without,
)  # fmt: skip
from silog_core.domain.shocks import Relief
from silog_core.domain.simulation import tail_of
from silog_core.errors import FieldError, RiskError
from silog_core.execution import process_pool, run_all
from silog_core.risk.chance import hits, stream
from silog_core.risk.shock_table import default_shocks
from silog_core.risk.simulate import simulate
from silog_core.risk.weather import travel
from silog_core.testing.worlds import small_world

SOME = model(
    shock(lasts=(0, H_S, 5 * H_S)),
    shock("storm", "province", 50_000, (H_S, 5 * H_S, 30 * H_S), speed_permille=300),
    shock("flood", "subdistrict", 30_000, (H_S, 5 * H_S, 50 * H_S)),
    shock("block", "leg", 50_000, (H_S, 2 * H_S, 9 * H_S)),
    shock("short", "kit", 30_000, (0, 3 * H_S, 20 * H_S)),
)
_plans = st.builds(
    chain,
    slack_s=st.integers(0, 6 * H_S),
    waits_s=st.integers(0, 3 * H_S),
    stations=st.integers(1, 3),
)
_few = settings(max_examples=15, deadline=None)


def late(plan, **more):
    """Return how many stations are late in each draw."""
    more = {"model": SOME, "draws": 60, "seed": 3, **more}
    return simulate(plan, **more).late_stations


def run_on(pool):
    """Return what runs tasks on a pool."""

    def run(work, tasks, done):
        return run_all(pool, work, tasks, done=done)

    return run


def test_pool_and_this_process_agree():
    """The same result, to the last number, on two processes and here."""
    plan = attrs.evolve(fan(6), trips=tuple(reversed(fan(6).trips)))
    with process_pool(2) as pool:
        elsewhere = simulate(plan, model=SOME, draws=300, seed=1, run_tasks=run_on(pool))

    assert simulate(fan(6), model=SOME, draws=300, seed=1) == elsewhere


def test_dask_agrees():
    """On a Dask cluster too, where it is installed."""
    distributed = pytest.importorskip("distributed")
    with (
        distributed.LocalCluster(n_workers=1, threads_per_worker=1, processes=False,
                                 dashboard_address=None) as cluster,
        distributed.Client(cluster) as client,
    ):  # fmt: skip
        pool = client.get_executor(pure=False)
        elsewhere = simulate(fan(4), model=SOME, draws=100, seed=1, run_tasks=run_on(pool))

    assert simulate(fan(4), model=SOME, draws=100, seed=1) == elsewhere


def test_longer_runs_begin_with_the_shorter():
    """The first hundred draws are the same in a run of three hundred."""
    assert late(chain(), draws=100) == late(chain(), draws=300)[:100]


@given(_plans, st.randoms(use_true_random=False))
@_few
def test_the_order_of_trips_changes_nothing(plan, random):
    """A plan with its trips shuffled has the same outcome in every draw."""
    trips = list(plan.trips)
    random.shuffle(trips)

    assert late(plan) == late(attrs.evolve(plan, trips=tuple(trips)))


def test_other_places_change_nothing():
    """A station's fate is the same whatever else the plan serves."""
    alone = simulate(fan(1), model=SOME, draws=500, seed=2).by_station[station(1)]
    among = simulate(fan(5), model=SOME, draws=500, seed=2).by_station[station(1)]

    assert alone == among


@given(_plans, st.integers(0, 9 * H_S))
@_few
def test_more_slack_never_hurts(plan, more_s):
    """In every draw, with a later due moment no more stations are late."""
    assert all(a >= b for a, b in zip(late(plan), late(plan, due_s=more_s), strict=True))


@given(_plans, st.integers(0, 200))
@_few
def test_leaving_earlier_never_hurts(plan, hours):
    """In every draw: weather is where and when it is, and who is earlier stays earlier."""
    shift_s = hours * H_S
    early = attrs.evolve(
        plan,
        trips=tuple(
            attrs.evolve(
                t, depart_s=t.depart_s - shift_s, back_s=t.back_s - shift_s,
                stops=tuple(
                    attrs.evolve(
                        s, arrive_s=s.arrive_s - shift_s, depart_s=s.depart_s - shift_s
                    )
                    for s in t.stops
                ),
            )
            for t in plan.trips
        ),
    )  # fmt: skip

    assert all(a >= b for a, b in zip(late(plan), late(early), strict=True))


@given(_plans, st.data())
@_few
def test_removing_a_leg_never_helps(plan, data):
    """27. Without one of its trips, a plan has no station on time that it had not before."""
    packing = stage("kitting", -90 * H_S, plan.trips[0].depart_s)
    plan = attrs.evolve(plan, schedule=attrs.evolve(plan.schedule, stages=(packing,)))
    gone = data.draw(st.sampled_from([t.id for t in plan.trips]))

    assert all(a <= b for a, b in zip(late(plan), late(without(plan, gone)), strict=True))
    assert {len(plan.needs.levels[0].codes)} == set(late(without(plan, gone)))


def test_one_vehicle_less_never_helps():
    """27. Two trips in a row by one truck are no more on time than by two trucks."""
    kits = [station(1), station(2)]

    def trips(unit):
        return [
            trip("village-station", POST, [(kits[0], [kits[0]])], -5 * H_S),
            trip("village-station", POST, [(kits[1], [kits[1]])], -3 * H_S, unit=unit),
        ]

    one, two = plan_of(trips(1), kits), plan_of(trips(2), kits)

    assert all(a >= b for a, b in zip(late(one), late(two), strict=True))
    assert sum(late(one)) > sum(late(two))


@given(_plans, st.integers(0, 20 * H_S))
@_few
def test_what_is_prepared_never_hurts(plan, at_most_s):
    """In every draw, no more stations are late with a relief than without."""
    reliefs = [Relief(shock=s.name, at_most_s=at_most_s) for s in SOME.shocks]

    assert all(a >= b for a, b in zip(late(plan), late(plan, reliefs=reliefs), strict=True))


@given(
    st.lists(
        st.tuples(st.integers(0, 300), st.integers(1, 200), st.integers(0, 999)), max_size=5
    ),
    st.integers(0, 300),
    st.integers(0, 300),
    st.integers(0, 200),
)
@_few
def test_who_starts_later_never_arrives_earlier(spells, start, later, length):
    """29. Whatever the weather is, nobody overtakes by waiting."""
    all_spells = [(a, a + n, speed, 1) for a, n, speed in spells]

    assert travel(start, length, all_spells) <= travel(start + later, length, all_spells)


@given(st.integers(0, 10**6), st.integers(1, 500), st.integers(0, 50))
@_few
def test_hits_are_draws_in_rising_order(chance_ppm, draws, seed):
    """Each draw at most once, and none outside the run."""
    found = list(hits(chance_ppm, draws, stream(seed, "x")))

    assert sorted(set(found)) == found
    assert all(0 <= draw < draws for draw in found)


def test_what_is_not_delivered_is_never_on_time():
    """A station that no trip serves has no chance, and the plan is the reason."""
    plan = attrs.evolve(fan(2), trips=fan(2).trips[:1])
    odds = simulate(plan, model=SOME, draws=50).by_station[station(2)]

    assert (0, "planned") == (odds.on_time, odds.mainly)


def test_sums_are_those_of_stations():
    """Stations, regencies, draws and causes count the same late outcomes."""
    found = simulate(chain(stations=3), model=SOME, draws=400, seed=5)
    missed = sum(s.draws - s.on_time for s in found.stations)

    assert missed == sum(found.late_stations)
    assert missed == sum(cause.station_draws for cause in found.causes)
    assert missed * 1000 // 400 == found.regencies[0].late_stations_milli
    assert 300 * missed == sum(found.late_voters)
    assert found.tail() == tail_of(found.late_stations, found.late_voters, 400)
    assert found.tail().late_stations_milli >= found.late_stations_milli
    assert found.worst_stations(1000)[0].on_time == min(s.on_time for s in found.stations)


def test_a_plan_without_shocks_goes_as_planned():
    """With nothing that may go wrong, all is on time in all draws."""
    assert {0} == set(late(chain(stations=2), model=model()))


@pytest.mark.parametrize(
    "asked",
    [{"draws": 0}, {"reliefs": [Relief(shock="unheard-of", at_most_s=0)]}],
)
def test_what_cannot_be_answered_is_refused(asked):
    """Nothing is simulated that would be read as an answer."""
    with pytest.raises(RiskError):
        simulate(fan(1), model=SOME, **asked)


def test_default_shocks_say_what_they_are_founded_on():
    """Each has a source, both languages, and is no more than an estimate."""
    shocks = default_shocks().shocks

    assert all(s.source and s.title and s.title_id for s in shocks)
    assert {"estimate"} == {s.confidence.value for s in shocks}


def test_two_shocks_of_one_name_are_refused():
    """The name is what chance goes by."""
    with pytest.raises(FieldError):
        model(shock(), shock())


def test_a_world_that_was_planned_can_be_simulated():
    """With and without its scenario: where vehicles are hired, both say the same."""
    world = small_world()
    run = partial(simulate, world.plan, draws=50, seed=1)

    assert run().draws == run(scenario=world.scenario).draws == 50
