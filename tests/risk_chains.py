"""Little plans of which everything can be computed by hand: trips in a row."""

from __future__ import annotations

from datetime import date

import attrs

from silog_core.domain.demand import NeedColumn, Needs, PlaceRows
from silog_core.domain.elections import Election
from silog_core.domain.plan import (
    Allocation,
    Plan,
    Provenance,
    Schedule,
    StageSlot,
    Stop,
    Trip,
)
from silog_core.domain.regions import RegionCode
from silog_core.domain.shocks import Shock, ShockModel, Spread

H_S = 3600
VILLAGE = RegionCode.parse("12.01.01.1001")
#: Hand-over at each place of the chain, and at stations, in a plan without slack.
WAREHOUSE, HUB, POST = "12.01", "12.01.01", "12.01.01.1001"
BACK = ("return-station-village", "return-village-hub", "return-hub-warehouse")


def station(number):
    return f"{POST}-{number:03d}"


def trip(echelon, home, stops, depart_s, *, mode="road", vehicle="truck", unit=1, name=""):
    """Return a trip to (place, kits) one after the other, an hour for each."""
    halts, at = [], depart_s
    for place, kits in stops:
        at += H_S
        halts.append(Stop(place=place, arrive_s=at, depart_s=at, kits=tuple(kits)))
    return Trip(
        id=name or f"{echelon}-{home}-{stops[0][0]}-{unit}-{depart_s}", echelon=echelon,
        vehicle=vehicle, mode=mode, home=home, stops=tuple(halts), depart_s=depart_s,
        back_s=at + H_S, distance_m=1000, cost_rupiah=0, mass_g=1, volume_cm3=1,
        latest_depart_s=depart_s, unit=unit,
    )  # fmt: skip


def plan_of(trips, stations, *, stages=()):
    """Return a plan with these trips, for stations with 300 voters each."""
    codes = tuple(sorted(stations))
    rows = PlaceRows(
        per="station", codes=codes, regions=(VILLAGE,) * len(codes), voters=(300,) * len(codes)
    )
    column = NeedColumn(
        item="box", per="station", quantities=(1,) * len(codes), rules=("r",),
        rule_of_row=(0,) * len(codes),
    )  # fmt: skip
    return Plan(
        title="a chain",
        election=Election(
            kind="pilkada", voting_day=date(2024, 11, 27), root="12", contests=()
        ),
        needs=Needs(levels=(rows,), columns=(column,)),
        allocation=Allocation(),
        trips=tuple(trips),
        schedule=Schedule(stages=tuple(stages)),
        findings=(),
        shortfalls=(),
        provenance=Provenance(seed=1, rules_digest="0"),
    )


def chain(*, slack_s=0, waits_s=0, stations=1):
    """Return warehouse, hub, village, stations: one hour each, due at 0 less the slack."""
    kits = [station(n) for n in range(1, stations + 1)]
    ends = -slack_s
    third = ends - H_S * stations
    second = third - waits_s - H_S
    first = second - waits_s - H_S
    return plan_of(
        [
            trip("warehouse-hub", WAREHOUSE, [(HUB, kits)], first),
            trip("hub-village", HUB, [(POST, kits)], second),
            trip("village-station", POST, [(k, [k]) for k in kits], third),
        ],
        kits,
    )


def fan(stations, *, slack_s=0):
    """Return a trip of its own from the village to each station, and nothing above."""
    kits = [station(n) for n in range(1, stations + 1)]
    return plan_of(
        [
            trip("village-station", POST, [(k, [k])], -slack_s - H_S, vehicle=f"v{n}")
            for n, k in enumerate(kits)
        ],
        kits,
    )


def stage(name, start_s, finish_s):
    return StageSlot(
        stage=name, place=WAREHOUSE, start_s=start_s, finish_s=finish_s, latest_start_s=start_s
    )


def shock(name="mishap", unit="trip", chance_ppm=100_000, lasts=(H_S, H_S, H_S), **more):
    least, usual, most = lasts
    return Shock(
        name=name, title=name, title_id=name, unit=unit, chance_ppm=chance_ppm,
        lasts=Spread(least_s=least, usual_s=usual, most_s=most), source="a test", **more,
    )  # fmt: skip


def model(*shocks, **more):
    return ShockModel(shocks=tuple(shocks), **more)


def without(plan, trip_id):
    return attrs.evolve(plan, trips=tuple(t for t in plan.trips if t.id != trip_id))


def way_back(waits_s, stations=1):
    """Return the chain, fetched home: an hour to each stop, an hour home, and waits."""
    kits = [station(n) for n in range(1, stations + 1)]
    first = 20 * H_S
    one = trip(BACK[0], POST, [(k, [k]) for k in kits], first)
    two = trip(BACK[1], HUB, [(POST, kits)], one.back_s - H_S + waits_s)
    three = trip(BACK[2], WAREHOUSE, [(HUB, kits)], two.back_s - H_S + waits_s)
    plan = plan_of([one, two, three], kits)
    return attrs.evolve(plan, trips=(*chain(stations=stations).trips, *plan.trips))
