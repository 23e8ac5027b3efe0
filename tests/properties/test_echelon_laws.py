"""Plans of countries with landings, through trips and few vehicles keep the laws."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path
from tempfile import TemporaryDirectory

import attrs
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from silog_core.domain.calendar import DAY_S
from silog_core.domain.calendar_rules import StageWindow
from silog_core.domain.echelons import ECHELON_TRIPS, OUTBOUND, RETURN_OF
from silog_core.domain.places import Place, PlaceKind
from silog_core.io.trip_files import read_typed_trips, scenario_dialect
from silog_core.planning.check import check_plan
from silog_core.planning.haul_ways import Stretch, carriers
from silog_core.planning.judge import judge_trips
from small_world import (
    BOOK,
    RULES,
    VEHICLES,
    book_of,
    fleet,
    leg,
    planned,
    world,
    worlds,
)
from typed_tables import table_of, whole_rows_of

QUICK = settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
#: Modes by which kits go on from a landing.
BEYOND = ("boat", "foot", "river", "road")


@st.composite
def landed(draw, scenario):
    """Draw landings between places and those that supply them, each with a given leg."""
    places = {p.code: p for p in scenario.places}
    legs, entries = list(scenario.legs), list(scenario.fleet)
    below = [p for p in scenario.places if p.kind.value in ("hub", "village", "station")]
    chosen = draw(st.lists(st.sampled_from(below), max_size=3, unique=True)) if below else []
    for number, place in enumerate(chosen):
        code, mode = f"L{number}", draw(st.sampled_from(BEYOND))
        opens = draw(st.sampled_from([(0, None), (7, 16), (9, 12)]))
        places[code] = Place(
            code=code, kind="landing", region=place.region, parent=place.parent,
            lat_microdeg=place.lat_microdeg, lon_microdeg=place.lon_microdeg,
            open_hour=opens[0], close_hour=opens[1],
        )  # fmt: skip
        places[place.code] = attrs.evolve(place, parent=code)
        legs.append(leg(code, place.code, mode, km=draw(st.integers(1, 40)),
                        hours=draw(st.integers(1, 5))))  # fmt: skip
        count = draw(st.sampled_from([None, 1, 2]))
        entries.append(fleet(code, "boat", count, type=f"from {code}", mode=mode))
    return attrs.evolve(
        scenario, places=tuple(places.values()), legs=tuple(legs), fleet=tuple(entries)
    )


echelons = worlds(crews=False).flatmap(landed)


@settings(QUICK, max_examples=50)
@given(echelons)
def test_28_plans_with_landings_are_sound(scenario):
    """Invariants 26 to 30: whole kits, loads, hours and hand-overs, over landings too."""
    assert [] == check_plan(scenario, planned(scenario))


@QUICK
@given(echelons)
def test_30_trips_by_landings_that_are_typed_off_are_sound(scenario):
    """Invariant 30: the judge of typed trips finds nothing that the plan does not say."""
    plan = planned(scenario)
    rows = whole_rows_of(plan, echelons=ECHELON_TRIPS[1:])
    assume(any(row[9] == "out" for row in rows))
    with TemporaryDirectory() as here:
        path = table_of(rows, Path(here) / "trips.csv")
        words = scenario_dialect(scenario, [rule.vehicle.type for rule in VEHICLES])
        trips = read_typed_trips(path, words)
    codes = {one.code for one in judge_trips(scenario, BOOK, trips)}
    left = {"forgotten", "left-behind", "not-there-yet"} if plan.unserved else set()

    # The planner itself warns of what comes early or late.
    assert codes <= {"early", "late"} | left


@QUICK
@given(echelons)
def test_30_kits_change_hands_where_the_chain_says_and_nowhere_else(scenario):
    """Invariant 30: each place of a kit's chain gives it on once, out and back."""
    plan = planned(scenario)
    left = {u.kit for u in plan.unserved}
    hops = {}
    for trip in plan.trips:
        for stop in trip.stops:
            for kit in stop.kits:
                hops.setdefault(kit, []).append((trip.home, stop.place, trip.echelon))
    for kit, found in hops.items():
        if kit in left:
            continue
        chain, at = [], scenario.by_code[kit]
        while at.kind is not PlaceKind.WAREHOUSE:
            chain.append((at.parent, at.code))
            at = scenario.by_code[at.parent]
        out = [hop[:2] for hop in found if hop[2] in OUTBOUND]
        back = [hop[:2] for hop in found if hop[2] in RETURN_OF.values()]
        assert sorted(chain) == sorted(out) == sorted(back)


@QUICK
@given(worlds(crews=False, port=True))
def test_30_goods_change_vehicles_only_where_they_must(scenario):
    """Goods ride on where mode and vehicle can stay the same: no handling without need."""
    plan = planned(scenario)
    legs = {}
    for given_leg in scenario.legs:
        legs[given_leg.key] = given_leg
        back = attrs.evolve(given_leg, tail=given_leg.head, head=given_leg.tail)
        legs.setdefault(back.key, back)
    hauls = [t for t in plan.trips if t.echelon == "line-haul"]
    for trip in hauls:
        for number, stop in enumerate(trip.stops):
            on = {(n.to, n.commodity) for n in stop.loads if n.to != stop.place}
            for after in (t for t in hauls if t.home == stop.place and t.mode is trip.mode):
                if not any((n.to, n.commodity) in on for s in after.stops for n in s.loads):
                    continue
                way = (*trip.way_to(number), *after.way_to(0)[1:])
                keys = [(a, b, trip.mode.value) for a, b in pairwise(way)]
                whole = Stretch(legs=tuple(legs[k] for k in keys))
                assert not carriers(scenario, BOOK, whole)


@QUICK
@given(worlds(crews=False, port=True), st.sampled_from([1, 2]))
def test_28_the_line_haul_obeys_the_number_of_vehicles(scenario, count):
    """Invariant 28: at no moment are more trucks out from a place than it has."""
    few = attrs.evolve(scenario, fleet=(fleet("PORT", "truck", count, payload_g=60_000),))
    plan = planned(few)
    trips = [t for t in plan.trips if t.home == "PORT" and t.vehicle == "truck"]

    assert [] == check_plan(few, plan)
    for trip in trips:
        assert count >= sum(o.depart_s <= trip.depart_s < o.back_s for o in trips)
        assert 1 <= trip.unit <= count


@QUICK
@given(
    worlds(crews=False),
    st.sampled_from(["return-hub", "return-regency"]),
    st.integers(0, 2),
    st.sampled_from([6, 12, 24]),
)
def test_29_boxes_are_back_by_the_deadline_or_a_finding_says_why(scenario, stage, days, hour):
    """Invariant 29: the windows of the way back are kept, or broken with a reason."""
    rule = StageWindow(
        scope="ID", source="a test", election="pilkada", stage=stage,
        first_days_before=0, last_days_before=-days, last_hour=hour,
    )  # fmt: skip
    plan = planned(scenario, book_of(*RULES, rule))
    kind = "hub" if stage == "return-hub" else "warehouse"
    due_s = days * DAY_S + hour * 3600
    late = {
        t.id for t in plan.trips
        if t.echelon in RETURN_OF.values()
        and scenario.by_code[t.home].kind.value == kind
        and t.back_s > due_s
    }  # fmt: skip
    said = {f.message.split()[0] for f in plan.findings if f.check == "late-return"}

    assert late == said


@QUICK
@given(echelons)
def test_31_the_farthest_leaves_first(scenario):
    """Invariant 31: with the same due time and hours, a longer way has to leave earlier.

    Trips out of one home by one mode, each to one place, within the same open hours:
    the latest departure does not rise with the time that they take.
    """
    plan = planned(attrs.evolve(scenario, fleet=tuple(
        attrs.evolve(e, count=None) for e in scenario.fleet
    )))  # fmt: skip
    groups = {}
    for trip in plan.trips:
        if trip.echelon == "village-station" and len(trip.stops) == 1:
            stop = trip.stops[0]
            place = scenario.by_code[stop.place]
            key = (trip.home, trip.mode, len(stop.kits), place.region, place.open_hours)
            groups.setdefault(key, []).append((stop.depart_s - trip.depart_s, trip))
    for found in groups.values():
        for taken_s, near in found:
            for longer_s, far in found:
                same_day = near.latest_depart_s // DAY_S == far.latest_depart_s // DAY_S
                if longer_s > taken_s and same_day:
                    assert far.latest_depart_s <= near.latest_depart_s


def test_31_remote_places_leave_before_near_ones():
    """Invariant 31: of three villages on one road the farthest is served by the first truck."""
    hub = "12.01.01"
    scenario = attrs.evolve(
        world(((((300, 300), (300, 300), (300, 300)),),)),
        legs=tuple(leg(hub, f"{hub}.100{n}", km=25 * n, hours=n) for n in (1, 2, 3)),
        fleet=(fleet(hub, "truck", 1, volume_cm3=600_000),),
    )
    plan = planned(scenario)
    trips = [t for t in plan.trips if t.echelon == "hub-village"]
    order = [t.stops[0].place[-1] for t in sorted(trips, key=lambda t: t.depart_s)]

    assert [] == check_plan(scenario, plan)
    assert "321" == "".join(order)
