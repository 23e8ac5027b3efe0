"""What happened in Sumatera Utara, replayed: who is at risk, and the new plan or why none."""

from __future__ import annotations

import attrs
import pytest

from silog_core.domain.incidents import (
    Detour,
    Flooded,
    GoodsLost,
    LotLate,
    PressStopped,
    RoadCut,
    SeaClosed,
    StationMoved,
    VehicleLost,
)
from silog_core.domain.legs import Mode
from silog_core.domain.places import PlaceKind
from silog_core.domain.vehicles import FleetEntry
from silog_core.planning.timeline import repair_forward

DAY_S = 86_400
SEMANGAT_GUNUNG = "12.06.15.2006"
ISLANDS = [f"12.14.{n}" for n in ("04", "05", "16", "28", "29", "30", "31")]
#: Villages of Medan where voting was put off on 27 November 2024.
MEDAN_WET = ["12.71.03.1004", "12.71.03.1005"]
#: Wet and dry subdistricts of Medan and Deli Serdang, and all of Binjai.
TRIO = ("12.71.03", "12.71.15", "12.07.01", "12.07.02", "12.07.03", "12.75")


def landslide(**given):
    """Karo, 23 November 2024: the road to Semangat Gunung is cut."""
    return RoadCut(
        id="karo-landslide",
        known_at_s=-4 * DAY_S + 10 * 3600,
        from_s=-4 * DAY_S + 8 * 3600,
        place=SEMANGAT_GUNUNG,
        **given,
    )


def altered(before, answer):
    """Return the ids of planned trips that are no longer as planned."""
    kept = set(answer.plan.trips)
    return {t.id for t in before.plan.trips if t not in kept}


def test_karo_by_either_prepared_way(planned):
    """Two ways were prepared in Karo: the first that gets there is used, and its mirror."""
    karo = planned("12.06")
    ways = (
        Detour(mode=Mode.ROAD, length_m=400_000, travel_s=90 * 3600, note="round the lake"),
        Detour(mode=Mode.ROAD, length_m=30_000, travel_s=5_400, note="by Doulu"),
    )
    answer = karo.after(landslide(detours=ways))
    trips = answer.plan.trips_to[f"{SEMANGAT_GUNUNG}-001"]

    assert () == answer.at_risk
    assert ["by Doulu" in c.reason for c in answer.changes].count(True) == 1
    assert {60_000} == {
        t.distance_m for t in trips if SEMANGAT_GUNUNG in {s.place for s in t.stops}
    }


def test_karo_on_foot_when_nothing_is_prepared(planned):
    """Without a known way round, porters carry the kits of two stations."""
    answer = planned("12.06").after(landslide())

    assert () == answer.at_risk
    assert any(c.kind == "other-way" and "foot" in c.reason for c in answer.changes)


def test_karo_through_a_third_place(planned):
    """One road alone is cut: the trip drives through another place, out and back."""
    karo = planned("12.06")
    trip = next(
        t for t in karo.plan.trips
        if t.echelon == "hub-village" and SEMANGAT_GUNUNG in {s.place for s in t.stops}
    )  # fmt: skip
    way = trip.way_to([s.place for s in trip.stops].index(SEMANGAT_GUNUNG))
    answer = karo.after(
        attrs.evolve(landslide(other=way[-2]), known_at_s=-6 * DAY_S, from_s=-6 * DAY_S)
    )
    through = [
        t
        for t in answer.plan.trips_to[f"{SEMANGAT_GUNUNG}-001"]
        if any(s.via for s in t.stops)
    ]

    assert () == answer.at_risk
    assert any(c.kind == "around" for c in answer.changes)
    assert {"hub-village", "return-village-hub"} <= {t.echelon for t in through}


def test_karo_says_why_where_nothing_gets_there(planned):
    """With every mode cut, both stations are listed with a reason and an action."""
    answer = planned("12.06").after(landslide(modes=tuple(Mode)))

    assert {"cut"} == {r.code for r in answer.at_risk}
    assert [f"{SEMANGAT_GUNUNG}-00{n}" for n in (1, 2)] == sorted(
        r.station for r in answer.at_risk
    )
    assert all(r.action and "karo-landslide" in r.reason_id for r in answer.at_risk)


def test_nobody_else_in_karo_notices(planned):
    """What had left is the same, and so is every trip that does not go there."""
    karo = planned("12.06")
    answer = karo.after(landslide())
    mine = {t.id for t in karo.plan.trips if SEMANGAT_GUNUNG in {s.place for s in t.stops}}

    assert altered(karo, answer) <= mine
    assert not altered(karo, answer) & set(answer.frozen)
    assert {t.id for t in karo.plan.trips if t.depart_s < answer.now_s} == set(answer.frozen)


def test_the_batu_islands_with_the_sea_closed_for_three_days(planned):
    """Boats leave before the storm or after it; who gets nothing is an island station."""
    nias = planned("12.14")
    storm = SeaClosed(
        id="storm", known_at_s=-5 * DAY_S, from_s=-3 * DAY_S, until_s=0, regions=ISLANDS
    )
    answer = nias.after(storm)
    places = answer.scenario.by_code

    assert any(c.kind == "earlier" for c in answer.changes)
    assert all(str(places[r.station].region.parts[2]) for r in answer.at_risk)
    assert {str(places[r.station].region)[:8] for r in answer.at_risk} <= set(ISLANDS)
    for trip in answer.plan.trips:
        at_sea = trip.mode in {Mode.SEA, Mode.BOAT} and trip.home[:8] in {*ISLANDS}
        if at_sea and trip.id not in answer.frozen:
            assert trip.back_s <= storm.from_s or trip.depart_s >= storm.until_s


def test_trips_at_sea_when_it_closes_are_at_risk_and_stay(planned):
    """A ship that had left is not called back by a plan: its stations are listed."""
    nias = planned("12.14")
    ship = next(t for t in nias.plan.trips if t.id.startswith("W-") and t.mode is Mode.SEA)
    storm = SeaClosed(
        id="storm", known_at_s=ship.depart_s + 60, from_s=ship.depart_s + 60, regions=ISLANDS
    )
    answer = nias.after(storm)
    hub = ship.stops[0].place

    assert ship in answer.plan.trips
    assert any(r.code == "under-way" and r.station.startswith(hub) for r in answer.at_risk)


def test_the_flood_of_27_november(planned):
    """Voting is put off where water stands, whatever had been brought; boxes wait for it."""
    trio = planned(*TRIO)
    stations = [p.code for p in trio.scenario.of_kind(PlaceKind.STATION)]
    deli, binjai = (
        sorted(c for c in stations if c.startswith(code))[:count]
        for code, count in (("12.07", 30), ("12.75", 20))
    )
    flood = Flooded(
        id="flood",
        known_at_s=4 * 3600,
        from_s=3 * 3600,
        until_s=2 * DAY_S,
        places=(*MEDAN_WET, *deli, *binjai),
    )
    answer = trio.after(flood)
    listed = {r.station for r in answer.at_risk}

    assert {*deli, *binjai} <= listed
    assert {"12.71", "12.07", "12.75"} == {code[:5] for code in listed}
    assert listed < set(stations)
    assert {"flooded"} == {r.code for r in answer.at_risk}
    assert all("susulan" in r.action_id for r in answer.at_risk)
    late = [c for c in answer.changes if c.kind == "later"]
    assert late
    assert {c.what.partition("-")[0] for c in late} <= {"RV", "RH", "RW"}


def test_the_warehouse_of_binjai_under_water(planned):
    """Boxes that lay there are lost; the printer has others to spare, and they come in time."""
    trio = planned(*TRIO)
    flood = GoodsLost(
        id="flood", known_at_s=-8 * DAY_S, place="12.75-W1", items=("ballot-box",)
    )
    answer = trio.after(flood)
    lost = sum(x.quantity for x in answer.plan.losses.pieces)

    assert lost
    assert () == answer.at_risk
    assert {"other-source", "hauled"} <= {c.kind for c in answer.changes}


@pytest.mark.parametrize(("ready_day", "at_risk"), [(-30, False), (-9, True)])
def test_late_printing(planned, ready_day, at_risk):
    """2019: ballots printed late. Shifts make up for some days, nothing for too many."""
    nias = planned("12.14")
    late = LotLate(
        id="late-print",
        known_at_s=-34 * DAY_S,
        place="31-S1",
        item="ballot-regent",
        lot="contract-ballot-regent-12.14",
        ready_s=ready_day * DAY_S,
    )
    answer = nias.after(late)

    assert at_risk == bool(answer.at_risk)
    assert {"no-time"} >= {r.code for r in answer.at_risk}


@pytest.mark.parametrize(("ready_day", "at_risk"), [(-30, False), (-9, True)])
def test_a_printer_that_stands(printing, ready_day, at_risk):
    """2019 once more, by its cause: the press stands, and all that it owes comes later."""
    stop = PressStopped(
        id="strike", known_at_s=-50 * DAY_S, place="31-S1", ready_s=ready_day * DAY_S
    )
    answer = printing.after(stop)
    later = [c for c in answer.changes if c.kind == "printed"]

    assert later
    assert all("strike" == c.incident for c in later)
    assert at_risk == bool(answer.at_risk)
    assert {"no-time", "short"} >= {r.code for r in answer.at_risk}
    assert all("strike" in r.reason and "strike" in r.reason_id for r in answer.at_risk)
    slots = [s for s in answer.plan.schedule.stages if s.load and s.finish_s > -50 * DAY_S]
    assert all(s.finish_s > ready_day * DAY_S for s in slots)


def test_a_printer_that_begins_late_is_told_by_the_schedule(printing):
    """Forward repair names the order with which the delay begins, and what would help."""
    found = repair_forward(
        printing.scenario, printing.book, printing.plan, -20 * DAY_S, not_begun=["31-S1"]
    )

    assert any(s.step.startswith("print@31-S1:ballot-") for s in found.shifted)
    assert found.unmet
    assert all(u.root.startswith("print@31-S1:") for u in found.unmet)
    assert all(u.action and u.action_id for u in found.unmet)


def test_shifts_make_up_for_lost_days(planned):
    """A delay that one shift cannot bear is borne by more, and the change says so."""
    nias = planned("12.14")
    found = {}
    for day in (-30, -22, -20, -18, -9):
        late = LotLate(
            id="late-print", known_at_s=-34 * DAY_S, place="31-S1", item="ballot-regent",
            lot="contract-ballot-regent-12.14", ready_s=day * DAY_S,
        )  # fmt: skip
        answer = nias.after(late)
        crew = any(c.kind == "crew" for c in answer.changes)
        found.setdefault((crew, bool(answer.at_risk)), day)

    assert found[(False, False)] < found[(True, False)] < found[(True, True)]


@pytest.mark.parametrize(("until_day", "at_risk"), [(-30, False), (-5, True)])
def test_a_ship_from_java_waits_for_the_sea(planned, until_day, at_risk):
    """Bulk goods that run into a closed sea leave after it; the work follows them."""
    nias = planned("12.14")
    storm = SeaClosed(
        id="storm", known_at_s=-45 * DAY_S, from_s=-44 * DAY_S, until_s=until_day * DAY_S,
        regions=["12.14", "12.78"],
    )  # fmt: skip
    answer = nias.after(storm)
    sailing = [
        t for t in answer.plan.trips
        if t.echelon == "line-haul" and t.mode is Mode.SEA and t.stops[0].place == "12.14-P1"
    ]  # fmt: skip

    assert sailing
    assert all(t.back_s <= storm.from_s or t.depart_s >= storm.until_s for t in sailing)
    assert at_risk == bool(answer.at_risk)


def test_a_lost_vehicle_hands_over_to_another(planned):
    """With one of two trucks lost, the other goes twice; without any, the kits stay."""
    karo = planned("12.06")
    trip = next(t for t in karo.plan.trips if t.echelon == "warehouse-hub")
    truck = next(v for v in karo.plan.vehicles if v.type == trip.vehicle)
    fleet = (FleetEntry(vehicle=truck, home=trip.home, count=20),)
    with_fleet = planned("12.06", fleet=fleet)
    lost = VehicleLost(
        id="crash", known_at_s=-10 * DAY_S, home=trip.home, type=truck.type, count=15
    )
    answer = with_fleet.after(lost)

    assert () == answer.at_risk
    assert {1, 2, 3, 4, 5} >= {
        t.unit for t in answer.plan.trips if t.home == trip.home and t.mode is Mode.ROAD
        and t.echelon in {"warehouse-hub", "return-hub-warehouse"}
    }  # fmt: skip


def test_a_station_that_moves_is_served_where_it_is(planned):
    """Before the kit leaves, the trip goes to the new place; after that, it is at risk."""
    karo = planned("12.06")
    station = f"{SEMANGAT_GUNUNG}-001"
    at = karo.scenario.by_code[station]
    moved = StationMoved(
        id="moved", known_at_s=-5 * DAY_S, station=station,
        lat_microdeg=at.lat_microdeg + 9_000, lon_microdeg=at.lon_microdeg,
    )  # fmt: skip
    answer = karo.after(moved)
    later = karo.after(attrs.evolve(moved, known_at_s=0))

    assert () == answer.at_risk
    assert any(c.kind == "moved" for c in answer.changes)
    assert ["moved"] == [r.code for r in later.at_risk]
