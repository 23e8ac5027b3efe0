"""Plans of any little country keep the laws of docs/invariants.md, numbers 26 to 31."""

from __future__ import annotations

from collections import defaultdict
from itertools import pairwise

import attrs
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from silog_core.domain.calendar import day_of
from silog_core.domain.legs import Mode
from silog_core.domain.needs_rules import NeedsRule
from silog_core.domain.places import PlaceKind
from silog_core.execution.process_pool import process_pool
from silog_core.network.reach import unreachable
from silog_core.network.travel import Travel
from silog_core.network.upper import upper_legs
from silog_core.planning.allocate import allocate
from silog_core.planning.check import check_plan
from silog_core.planning.needs import compute_needs
from silog_core.solvers.allocation import solve_allocation
from small_world import (
    BOOK,
    DAY,
    H_S,
    RULES,
    book_of,
    fleet,
    leg,
    planned,
    served_of,
    stocked,
    world,
    worlds,
)

QUICK = settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
OUT = ("warehouse-hub", "hub-village", "village-station")


@settings(QUICK, max_examples=60)
@given(worlds())
def test_28_every_plan_is_sound(scenario):
    """Invariants 28 and 30: flows add up, loads and legs hold, nothing has a gap."""
    assert [] == check_plan(scenario, planned(scenario))


@QUICK
@given(worlds(), st.integers(0, 3))
def test_the_same_seed_gives_the_same_plan(scenario, seed):
    """A plan depends on the scenario, the rules and the seed, and on nothing else."""
    assert planned(scenario, seed=seed) == planned(scenario, seed=seed)


def test_processes_make_the_same_plan_as_one():
    """Two workers, one worker and none: the same plan, whoever ends first."""
    scenario = stocked(world(((((300, 5),),), (((7,), (600, 600)),), ()), port=False))

    def run_in(workers):
        def run(work, tasks, done):
            with process_pool(workers) as pool:
                found = [f.result() for f in [pool.submit(work, t) for t in tasks]]
            done(len(tasks))
            return found

        return run

    expected = planned(scenario)

    assert expected.trips
    for workers in (1, 2):
        assert expected == planned(scenario, run=run_in(workers))


@QUICK
@given(worlds(), st.randoms())
def test_order_and_names_of_places_change_no_total(scenario, chance):
    """Places, legs, stock and fleet in any order, places under other names: one plan."""
    parts = {}
    for name in ("places", "legs", "stock", "fleet"):
        values = list(getattr(scenario, name))
        chance.shuffle(values)
        parts[name] = tuple(values)
    parts["places"] = tuple(attrs.evolve(p, name=p.name[::-1]) for p in parts["places"])
    one, two = planned(scenario), planned(attrs.evolve(scenario, **parts))

    assert one.needs == two.needs
    assert served_of(one) == served_of(two)
    assert one.allocation.cost_rupiah == two.allocation.cost_rupiah
    assert one.trips == two.trips


@QUICK
@given(worlds(), st.sampled_from(["no-positions", "no-riders"]))
def test_26_every_kit_travels_or_is_listed_with_a_reason(scenario, lack):
    """Invariant 26: a station with needs has all its hops, or a reason in two languages."""
    if lack == "no-positions":
        lost = [p for p in scenario.places if p.code.endswith("1001-002")]
        moved = [
            attrs.evolve(p, lat_microdeg=None) if p in lost else p for p in scenario.places
        ]
        scenario = attrs.evolve(scenario, places=tuple(moved))
    else:
        small = [fleet(p.code, "motorbike", 1, payload_g=5_000)
                 for p in scenario.of_kind(PlaceKind.VILLAGE)]  # fmt: skip
        scenario = attrs.evolve(scenario, fleet=tuple(small))
    plan = planned(scenario)
    reasons = {u.kit: u for u in plan.unserved}

    assert [] == check_plan(scenario, plan)
    for station in scenario.of_kind(PlaceKind.STATION):
        hops = [t.echelon for t in plan.trips_to.get(station.code, ())]
        if station.code in reasons:
            why = reasons[station.code]
            assert all((why.reason, why.reason_id, why.action, why.action_id))
            assert why.reason != why.reason_id
        else:
            assert list(OUT) == hops[:3]
            assert 6 == len(hops)


@st.composite
def networks(draw):
    """Draw places, open and closed legs between them, and sources."""
    codes = "ABCDEF"
    pairs = st.tuples(st.sampled_from(codes), st.sampled_from(codes)).filter(
        lambda p: p[0] < p[1]
    )
    way = {"mode": "road", "km": 1, "hours": 1}
    legs = [leg(*pair, **way) for pair in sorted(draw(st.sets(pairs)))]
    is_open = [draw(st.booleans()) for _ in legs]
    opened = [g for g, yes in zip(legs, is_open, strict=True) if yes]
    closed = [g for g, yes in zip(legs, is_open, strict=True) if not yes]
    return codes, opened, closed, draw(st.sets(st.sampled_from(codes), min_size=1))


def reached_from(sources, legs):
    """Return what can be reached, by the plainest walk there is."""
    found = set(sources)
    for _ in range(10):
        for g in legs:
            if {g.tail, g.head} & found:
                found |= {g.tail, g.head}
    return found


@settings(QUICK, max_examples=100)
@given(networks())
def test_26_a_place_is_reached_or_reported_with_its_cut(drawn):
    """Invariant 26: what is unreachable is named, and opening its cut widens its world."""
    codes, opened, closed, sources = drawn
    lost = unreachable(codes, opened, sources, closed=closed)
    reached = reached_from(sources, opened)

    assert sorted(set(codes) - reached) == [u.place for u in lost]
    for one in lost:
        own = reached_from({one.place}, opened)
        edge = {(g.tail, g.head) for g in closed if len({g.tail, g.head} & own) == 1}
        assert edge == set(one.cut)


#: One item only: nothing competes for room, and the optimum is exact.
ONLY_BOXES = book_of(
    *(r for r in RULES if getattr(r, "item", None) == "box" or not isinstance(r, NeedsRule))
)


def flow(scenario, legs):
    """Return what the allocation costs, and the pieces that it brings."""
    needs = compute_needs(scenario, ONLY_BOXES)
    found = allocate(
        scenario, ONLY_BOXES, needs, legs=legs, solver=solve_allocation
    ).allocation
    return found.cost_rupiah, sum(line.quantity for line in found.lines)


@QUICK
@given(worlds(port=True, at_least=1), st.data())
def test_27_a_leg_less_is_never_better_and_room_never_worse(scenario, data):
    """Invariant 27: fewer legs bring no more, for no less; wider legs bring no less."""
    scenario = stocked(scenario, permille=1000, book=ONLY_BOXES)
    legs = upper_legs(scenario, ONLY_BOXES)
    gone = data.draw(st.sampled_from(legs))
    cost, brought = flow(scenario, legs)
    less_cost, less = flow(scenario, [g for g in legs if g is not gone])
    wide_cost, more = flow(
        scenario, [attrs.evolve(g, max_load_g=None, max_volume_cm3=None) for g in legs]
    )
    everything = sum(lot.quantity for lot in scenario.stock)

    assert less <= brought <= more
    if less == everything:
        assert cost <= less_cost
    if brought == everything:
        assert wide_cost <= cost


@QUICK
@given(worlds(port=True), st.data())
def test_27_a_way_is_as_long_back_unless_a_leg_says_otherwise(scenario, data):
    """Invariant 27: derived ways are symmetric; a leg that is given each way need not be."""
    places = data.draw(st.lists(st.sampled_from(scenario.places), min_size=2, max_size=2))
    one, two = places
    there, back = (Travel(BOOK, ()).way(*ends, Mode.ROAD) for ends in ((one, two), (two, one)))
    up, down = leg("A", "B", km=5, hours=3), leg("B", "A", km=5, hours=1)
    given_ = Travel(BOOK, (up, down))

    assert there == back
    assert (up, down) == (given_.leg("A", "B", Mode.ROAD), given_.leg("B", "A", Mode.ROAD))


@QUICK
@given(worlds())
def test_28_what_comes_in_is_what_goes_out_and_stays(scenario):
    """Invariant 28: at each place of the line haul, in = out + what is for it, by ware."""
    plan = planned(scenario)
    balance = defaultdict(int)
    for trip in plan.trips:
        for stop in trip.stops:
            for load in stop.loads:
                balance[trip.home, load.to, load.commodity] -= load.quantity
                balance[stop.place, load.to, load.commodity] += load.quantity
    hauled = {key[1:]: n for key, n in balance.items() if key[0] == key[1] and n}

    for (place, to, ware), rest in balance.items():
        if place == "PRINTER":
            assert -hauled.get((to, ware), 0) == rest
        elif place != to:
            assert 0 == rest


@QUICK
@given(worlds(warehouses=2, villages=1, stations=1))
def test_29_boats_keep_off_sundays_and_the_dark(scenario):
    """Invariant 29: no boat is under way while its legs are closed."""
    for trip in planned(scenario).trips:
        if trip.mode is Mode.BOAT:
            moves = [(trip.depart_s, trip.stops[0].arrive_s)]
            moves += [(a.depart_s, b.arrive_s) for a, b in pairwise(trip.stops)]
            moves.append((trip.stops[-1].depart_s, trip.back_s))
            for _, arrive in moves:
                assert 6 != day_of(arrive - 1, DAY).weekday()
                assert 6 <= (arrive - 1) % 86_400 / H_S < 18
            assert 6 != day_of(trip.depart_s, DAY).weekday()
            assert 6 <= trip.depart_s % 86_400 / H_S < 18


#: Days before the vote on whose first hour the windows of the book open.
OPENS = {"hub": -5, "village": -4, "station": -3}
DAY_S = 86_400


def early_stops(scenario, plan):
    """Return (trip, stop) of kits that come before their place may be trusted with them."""
    return [
        (trip, stop)
        for trip in plan.trips
        if trip.echelon in OUT
        for stop in trip.stops
        if stop.arrive_s < OPENS[scenario.by_code[stop.place].kind.value] * DAY_S
    ]


@QUICK
@given(worlds())
def test_29_everything_is_there_by_the_day_before_and_not_too_early(scenario):
    """Invariant 29: hand-overs end by H-1, and kits arrive when their window is open.

    Where they come before it, the plan says so, and the trip leaves at the latest. When
    nobody waits for its vehicle or escorts, it would come too late on the next day.
    """
    plan = planned(scenario)
    told = [f for f in plan.findings if f.check == "too-early"]
    counted = {(e.home, e.vehicle.type) for e in scenario.fleet if e.count is not None}
    goes_on = {p.code: 0 for p in scenario.places}
    for trip in plan.trips:
        if trip.echelon in OUT:
            leaves = trip.depart_s - scenario.handling.turnround_s
            goes_on[trip.home] = min(goes_on[trip.home], leaves)
            assert trip.depart_s <= trip.latest_depart_s
            assert all(stop.depart_s <= 0 for stop in trip.stops)

    for trip, stop in early_stops(scenario, plan):
        assert any(f.place == stop.place and f.message.startswith(trip.id) for f in told)
        assert trip.depart_s == trip.latest_depart_s
        if not trip.escorts and (trip.home, trip.vehicle) not in counted:
            # Hours are the same on all days but for boats, which rest on Sundays.
            later_s = 7 * DAY_S if trip.mode is Mode.BOAT else DAY_S
            assert any(s.depart_s + later_s > goes_on[s.place] for s in trip.stops)


@QUICK
@given(worlds(fleets=False, crews=False))
def test_29_nothing_is_too_early_where_vehicles_and_escorts_are_not_counted(scenario):
    """Invariant 29: within a day's drive, only what is few makes a trip come too early."""
    assert [] == early_stops(scenario, planned(scenario))


@QUICK
@given(worlds())
def test_30_every_hand_over_has_a_giver_who_holds_the_kit(scenario):
    """Invariant 30: a kit leaves the warehouse, and each hop begins where it last was."""
    plan = planned(scenario)
    listed = {u.kit for u in plan.unserved}
    for kit, trips in plan.trips_to.items():
        if kit in listed:
            continue  # a hop of it cannot be made, for the reason that is given
        at, since = None, None
        for trip in trips:
            stop = next(s for s in trip.stops if kit in s.kits)
            if trip.echelon in OUT:
                assert at in {None, trip.home}
                assert since is None or since <= trip.depart_s
                at, since = stop.place, stop.depart_s
            else:
                assert at == stop.place
                assert since <= stop.depart_s
                at, since = trip.home, trip.back_s
        assert kit == trips[0].home or PlaceKind.WAREHOUSE is scenario.by_code[at].kind


@QUICK
@given(st.lists(st.integers(1, 20), min_size=2, max_size=5, unique=True))
def test_31_the_farthest_leave_first(hours):
    """Invariant 31: with a vehicle each, latest departures fall as travel times rise."""
    scenario = world(((((300,) * len(hours),),),))
    stations = scenario.of_kind(PlaceKind.STATION)
    village = stations[0].parent
    legs = [
        leg(village, p.code, "motorcycle", km=10, hours=h)
        for p, h in zip(stations, hours, strict=True)
    ]
    # Room for one station's kit: nobody shares a vehicle.
    bikes = fleet(village, "motorbike", None, volume_cm3=200_000)
    plan = planned(attrs.evolve(scenario, legs=tuple(legs), fleet=(bikes,)))
    latest = {t.stops[0].place: t.latest_depart_s for t in plan.trips if t.echelon == OUT[2]}
    ordered = [
        latest[p.code]
        for p, _ in sorted(zip(stations, hours, strict=True), key=lambda x: x[1])
    ]

    assert len(hours) == len(latest)
    assert ordered == sorted(ordered, reverse=True)
