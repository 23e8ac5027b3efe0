"""What the routing solver is given, and that nothing changes where nothing is asked."""

from __future__ import annotations

import json
from hashlib import sha256

import attrs
from hypothesis import given, settings
from hypothesis import strategies as st

import silog_core as silog
from crew_worlds import FAR, HUB, changed, handled
from silog_core.domain.escorts import EscortPool
from silog_core.domain.legs import Mode
from silog_core.domain.places import PlaceKind
from silog_core.domain.wire import to_wire
from silog_core.planning.check import check_plan
from silog_core.planning.driving import drive
from silog_core.planning.hours import HoursOf
from silog_core.planning.kits import kits_below, make_kits
from silog_core.planning.needs import compute_needs
from silog_core.planning.regency import part_of
from silog_core.planning.rest_drive import RestedDrive
from silog_core.planning.route import route
from silog_core.planning.tours import Halt, Tour
from silog_core.solvers.routing import ruin_recreate
from small_world import BOOK, H_S, fleet, leg, planned, world


def problems_of(scenario, book):
    """Return how many problems the solver gets on the way out, and a digest of them."""
    found = []

    def solver(problem, **options):
        found.append(problem)
        return ruin_recreate(problem, **options)

    below = kits_below(scenario, make_kits(compute_needs(scenario, book), book))
    for kind in (PlaceKind.VILLAGE, PlaceKind.HUB, PlaceKind.WAREHOUSE):
        homes = scenario.of_kind(kind)
        route(scenario, book, below, homes=homes, solver=solver, iterations=1)
    text = json.dumps([to_wire(problem) for problem in found])
    return len(found), sha256(text.encode()).hexdigest()[:16]


def test_a_scenario_that_asks_nothing_of_crews_is_routed_as_it_was():
    """Without rests, nights, escorts and skills the solver gets what it always got."""
    part = part_of(silog.load_example("sumut-pilkada-2024"), "12.15-W1")
    with silog.Session(only=["region.ID", "region.12"]) as session:
        book = session.rule_book_for(part)

    assert (3, "bce10f1beb79529e") == problems_of(world(spread=400_000), BOOK)
    assert (52, "993ac513d54b45bc") == problems_of(part, book)
    assert not any(t.rests or t.escorts for t in planned(world(spread=400_000)).trips)


#: Odd lengths of legs and visits, so that none ends just when the hours do.
_odd = st.integers(0, 5 * H_S).map(lambda s: 2 * s + 1)


@settings(max_examples=300, deadline=None)
@given(
    st.lists(
        st.tuples(_odd, st.integers(0, 9), st.booleans(), st.integers(0, 40)), min_size=1
    ),
    _odd,
    st.sampled_from([Mode.ROAD, Mode.BOAT]),
    st.integers(-100, -1).map(lambda hour: 3 * H_S * hour + 1),
    st.booleans(),
)
def test_a_drive_without_rules_for_rests_is_the_plain_one(
    halts, back_s, mode, depart_s, waits
):
    """With nothing to obey, driving with rests gives the same times as driving without."""
    handling = attrs.evolve(world().handling, stop_s=301)
    tour = Tour(
        echelon="warehouse-hub",
        home="A",
        vehicle=fleet("A").vehicle,
        count=None,
        mode=mode,
        surface="",
        halts=tuple(
            Halt(place=f"P{i}", kits=("k",) * kits, length_m=1, travel_s=takes, guarded=safe)
            for i, (takes, kits, safe, _) in enumerate(halts)
        ),
        back_length_m=1,
        back_travel_s=back_s,
        mass_g=1,
        volume_cm3=1,
    )
    hours = HoursOf(BOOK, handling, world().election.voting_day)(mode)
    ready = [depart_s + H_S * hour + 7 for *_, hour in halts] if waits else []
    plain = drive(tour, depart_s, hours, handling, ready)
    rested = RestedDrive(tour, hours, handling, ready).run(depart_s)

    assert (plain is None) == (rested is None)
    if plain is not None and rested is not None:
        assert (plain.depart_s, plain.times, plain.back_s, ()) == rested


def _given_to_the_solver(scenario):
    """Return the problems of a scenario's trips out from its warehouse."""
    found = []

    def solver(problem, **options):
        found.append(problem)
        return ruin_recreate(problem, **options)

    below = kits_below(scenario, make_kits(compute_needs(scenario, BOOK), BOOK))
    homes = scenario.of_kind(PlaceKind.WAREHOUSE)
    route(scenario, BOOK, below, homes=homes, solver=solver, iterations=1)
    return found


def test_the_solver_gets_what_trips_obey():
    """Breaks, nights, closed legs, escorts, skills and unloading stand in the problem."""
    shape = ((((300, 400),), ((100,),), ((200,),)),)  # the second hub lies on an island
    truck = fleet("12.01", "truck", break_after_s=4 * H_S, break_s=1800, skills=("gps",))
    scenario = world(
        shape,
        fleet=(truck, fleet("12.01", "boat")),
        legs=(leg("12.01", FAR, km=300, hours=9, months_closed=(11,)),),
        escorts=(EscortPool(name="police", region="12", count=3),),
    )
    scenario = handled(changed(scenario, {HUB}, escorts=("police",), skills=("gps",)),
                       guarded_nights=True)  # fmt: skip
    scenario = changed(scenario, {HUB}, guarded=True)
    (problem,) = _given_to_the_solver(scenario)
    (kind,) = problem.vehicle_types
    hub = next(c for c in problem.clients if c.name.startswith(HUB))

    assert {(1800, 9 * H_S)} == {(b.duration_s, b.after_s) for b in kind.breaks}
    assert (0, 6 * H_S) == kind.nights[0]
    assert {(0, 2), (2, 0)} == {(c.tail, c.head) for c in problem.profiles[0].closed}
    assert [("police", 3)] == [(e.name, e.count) for e in problem.escorts]
    assert (frozenset({"police"}), frozenset({"gps"}), True) == (
        hub.escorts, hub.skills, hub.guarded,
    )  # fmt: skip
    assert 900 < hub.service_s
    assert frozenset({"gps"}) == kind.skills


def test_nights_need_no_clock_where_a_day_is_enough():
    """Near places are routed within the working day, which lies between two nights."""
    shape = ((((300, 400),), ((100,),), ((200,),)),)
    near = handled(world(shape, fleet=(fleet("12.01"), fleet("12.01", "boat"))),
                   guarded_nights=True)  # fmt: skip
    (problem,) = _given_to_the_solver(near)

    assert () == problem.vehicle_types[0].nights
    assert [] == check_plan(near, planned(near))
