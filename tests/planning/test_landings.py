"""Below the warehouse, kits change vehicles at a landing, within its hours, out and back."""

from __future__ import annotations

import attrs
import pytest

from landing_worlds import (
    BOOK_OF_ISLAND,
    HUB,
    ISLAND,
    JETTY,
    MAINLAND,
    WAREHOUSE,
    island,
    landing,
)
from silog_core.custody.expected import compile_plan
from silog_core.domain.incidents import RoadCut, SeaClosed
from silog_core.planning.check import check_plan
from silog_core.planning.replanning.replan import replan
from silog_core.risk.assess import assess
from small_world import (
    H_S,
    fleet,
    leg,
    planned,
    world,
)

DAY_S = 86_400
SCENARIO = island()
PLAN = planned(SCENARIO, BOOK_OF_ISLAND)


def trips(plan, echelon, home=None):
    """Return the trips of an echelon."""
    return [t for t in plan.trips if t.echelon == echelon and home in {None, t.home}]


def test_a_truck_brings_kits_to_the_jetty_and_a_boat_takes_them_on():
    """Invariant 30: one hand-over at the jetty, the boat leaves after the truck is done."""
    (truck,) = trips(PLAN, "hub-landing")
    (boat,) = trips(PLAN, "hub-village", JETTY)
    kits = {ISLAND, f"{ISLAND}-001", f"{ISLAND}-002"}

    assert ("road", HUB, [JETTY]) == (
        truck.mode.value, truck.home, [s.place for s in truck.stops],
    )  # fmt: skip
    assert ("boat", [ISLAND]) == (boat.mode.value, [s.place for s in boat.stops])
    assert kits == set(truck.stops[0].kits) == set(boat.stops[0].kits)
    assert truck.stops[0].depart_s + SCENARIO.handling.turnround_s <= boat.depart_s
    assert [] == check_plan(SCENARIO, PLAN)
    assert () == PLAN.unserved
    assert {MAINLAND} == {s.place for t in trips(PLAN, "hub-village", HUB) for s in t.stops}


def test_sealed_boxes_come_back_over_the_jetty():
    """The way back has the same hand-overs: boat to the jetty, truck to the hub."""
    (boat,) = trips(PLAN, "return-village-hub", JETTY)
    (truck,) = trips(PLAN, "return-landing-hub")

    assert (JETTY, [ISLAND]) == (boat.home, [s.place for s in boat.stops])
    assert (HUB, [JETTY]) == (truck.home, [s.place for s in truck.stops])
    assert set(boat.stops[0].kits) == set(truck.stops[0].kits)
    assert boat.back_s + SCENARIO.handling.turnround_s <= truck.stops[0].depart_s


def test_a_jetty_hands_over_within_its_hours():
    """Invariant 29: a jetty that opens from noon to two takes in and gives out then alone."""
    scenario = island(open_hour=12, close_hour=14)
    plan = planned(scenario, BOOK_OF_ISLAND)
    stops = [s for t in plan.trips for s in t.stops if s.place == JETTY]

    assert 2 == len(stops)
    for stop in stops:
        assert stop.arrive_s // DAY_S == stop.depart_s // DAY_S or stop.depart_s > 0
        assert 12 * H_S < stop.depart_s % DAY_S <= 14 * H_S
    assert [] == check_plan(scenario, plan)
    assert () == plan.unserved


def test_the_checker_finds_a_hand_over_at_a_closed_jetty():
    """What was planned for a jetty without hours is found where it has them."""
    plan = planned(island(), BOOK_OF_ISLAND)
    done = [s.depart_s % DAY_S for t in plan.trips for s in t.stops if s.place == JETTY]
    shut = island(open_hour=0, close_hour=1)

    assert not any(at <= H_S for at in done)
    assert {"closed-place"} == {v.code for v in check_plan(shut, plan)}


def test_the_checker_finds_a_boat_that_leaves_before_the_truck_is_there():
    """A hand-over at the jetty is synchronised, out and back."""
    for echelon, code in (
        ("hub-village", "custody-gap"),
        ("return-landing-hub", "custody-gap"),
    ):
        home = JETTY if echelon == "hub-village" else HUB
        (old,) = trips(PLAN, echelon, home)
        by_s = -2 * DAY_S
        stops = tuple(
            attrs.evolve(s, arrive_s=s.arrive_s + by_s, depart_s=s.depart_s + by_s)
            for s in old.stops
        )
        new = attrs.evolve(old, stops=stops, depart_s=old.depart_s + by_s,
                           back_s=old.back_s + by_s)  # fmt: skip
        plan = attrs.evolve(PLAN, trips=tuple(new if t is old else t for t in PLAN.trips))

        assert code in {v.code for v in check_plan(SCENARIO, plan)}


def test_the_checker_finds_kits_that_never_reach_the_jetty():
    """Without the truck the boat has nothing to carry."""
    plan = attrs.evolve(PLAN, trips=tuple(t for t in PLAN.trips if t.echelon != "hub-landing"))

    assert "not-served" in {v.code for v in check_plan(SCENARIO, plan)}


@pytest.mark.parametrize(
    ("kind", "place", "giver", "echelon", "mode"),
    [
        ("hub", HUB, WAREHOUSE, "warehouse", "boat"),
        ("station", f"{ISLAND}-001", ISLAND, "village", "foot"),
        ("village", ISLAND, HUB, "hub", "river"),
    ],
)
def test_any_level_lies_behind_a_landing_with_a_given_leg(kind, place, giver, echelon, mode):
    """A hub on an island, a station at the end of the road: boat or porter from there."""
    base = world(((((300, 400), (250,)),),))
    places = tuple(
        attrs.evolve(p, parent="END") if p.code == place else p for p in base.places
    )
    porter = fleet("END", "boat", None, type="porter", mode=mode)
    beyond = leg("END", place, mode, km=4, hours=2)
    scenario = attrs.evolve(
        base, places=(*places, landing("END", giver)), fleet=(porter,), legs=(beyond,)
    )
    plan = planned(scenario)
    there = trips(plan, f"{echelon}-landing")
    beyond = [t for t in plan.trips if t.home == "END"]

    assert {giver} == {t.home for t in there}
    assert {mode} == {t.mode.value for t in beyond}
    assert [] == check_plan(scenario, plan)
    assert () == plan.unserved
    assert 2 == len({t.echelon for t in beyond})


def test_few_boats_go_in_turn():
    """One boat for one kit at a time: it goes again when it is back, out and back."""
    scenario = island()
    small = fleet(JETTY, "boat", 1, volume_cm3=200_000)
    scenario = attrs.evolve(scenario, fleet=(small,))
    plan = planned(scenario, BOOK_OF_ISLAND)

    assert 1 < len(trips(plan, "hub-village", JETTY))
    assert [] == check_plan(scenario, plan)


def test_the_record_of_custody_expects_a_receipt_at_the_jetty():
    """Who holds the boxes between two vehicles gives a receipt, out and back."""
    kit = next(k for k in compile_plan(PLAN) if k.place == f"{ISLAND}-001")
    steps = [(s.kind.value, s.place) for s in kit.steps]

    assert [
        ("packed", WAREHOUSE), ("sealed", WAREHOUSE), ("dispatched", WAREHOUSE),
        ("received-hub", HUB), ("received-village-landing", JETTY),
        ("received-village", ISLAND),
        ("received-station", f"{ISLAND}-001"), ("opened", f"{ISLAND}-001"),
        ("resealed", f"{ISLAND}-001"), ("returned-village", ISLAND),
        ("returned-hub-landing", JETTY), ("returned-hub", HUB),
        ("returned-regency", WAREHOUSE),
    ] == steps  # fmt: skip
    assert [s.due_s for s in kit.steps] == sorted(s.due_s for s in kit.steps)


def test_a_landing_is_judged_and_explained_like_any_place():
    """Findings and reasons of a plan with a jetty name its trips."""
    assert "late-stop" not in {f.check for f in assess(SCENARIO, BOOK_OF_ISLAND, PLAN)}
    told = PLAN.explain(f"{ISLAND}-001")
    texts = [r.text for part in told.because for r in part.because]

    assert any(trips(PLAN, "hub-landing")[0].id in text for text in texts)


# --- modes ---------------------------------------------------------------------------


def two_ways(*legs, **changes):
    """Return a country with given legs from the hub to its first village."""
    return attrs.evolve(world(((((300, 400), (250,)),),)), legs=legs, **changes)


def modes_to(plan, place):
    """Return the modes by which a place is reached, out and back."""
    return {t.mode.value for t in plan.trips for s in t.stops if s.place == place}


def test_the_cheaper_of_two_possible_modes_is_taken():
    """A given river beside the road is weighed: the shorter way wins, out and back."""
    boats = (fleet(HUB, "boat", None), fleet(HUB, "truck", None))
    road = leg(HUB, ISLAND, km=90, hours=5)
    near, far = (leg(HUB, ISLAND, "boat", km=km, hours=1) for km in (5, 300))

    assert {"boat"} == modes_to(planned(two_ways(road, near, fleet=boats)), ISLAND)
    assert {"road"} == modes_to(planned(two_ways(road, far, fleet=boats)), ISLAND)


def test_a_mode_without_vehicles_is_no_choice():
    """A river that nobody has a boat for leaves the road."""
    road, river = leg(HUB, ISLAND, km=90, hours=5), leg(HUB, ISLAND, "river", km=5, hours=1)

    assert {"road"} == modes_to(planned(two_ways(road, river)), ISLAND)


def test_a_closed_mode_gives_way_to_an_open_one():
    """The cheap boat does not sail all year round: the dear road is taken, and all served."""
    boats = (fleet(HUB, "boat", None), fleet(HUB, "truck", None))
    road = leg(HUB, ISLAND, km=90, hours=5)
    shut = leg(HUB, ISLAND, "boat", km=5, hours=1, months_closed=tuple(range(1, 13)))
    scenario = two_ways(road, shut, fleet=boats)
    plan = planned(scenario)

    assert {"road"} == modes_to(plan, ISLAND)
    assert () == plan.unserved
    assert [] == check_plan(scenario, plan)


# --- when something happens ----------------------------------------------------------


@pytest.mark.parametrize(
    ("echelon", "home", "make"),
    [
        ("hub-village", JETTY, lambda **given: SeaClosed(regions=("12",), **given)),
        ("hub-landing", HUB, lambda **given: RoadCut(place=JETTY, **given)),
        ("return-landing-hub", HUB, lambda **given: RoadCut(place=JETTY, **given)),
    ],
)
def test_a_replan_repairs_trips_to_and_from_a_jetty(echelon, home, make):
    """A closed sea or a cut road to the jetty moves the trip, and what waits for it."""
    (old,) = trips(PLAN, echelon, home)
    incident = make(
        id="I", known_at_s=old.depart_s - 20 * H_S, from_s=old.depart_s - H_S,
        until_s=old.depart_s + 5 * H_S,
    )  # fmt: skip
    found = replan(SCENARIO, BOOK_OF_ISLAND, PLAN, [incident])
    (new,) = trips(found.plan, echelon, home)

    assert ("later", old.id) in {(c.kind, c.what) for c in found.changes}
    assert new.depart_s >= incident.until_s
    assert [] == check_plan(SCENARIO, found.plan)
    assert () == found.plan.unserved
