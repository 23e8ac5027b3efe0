"""Plans of little countries, and what may happen to them: incidents of every kind, drawn."""

from __future__ import annotations

import attrs
from hypothesis import strategies as st
from tests.print_worlds import printed
from tests.small_world import planned, worlds

from silog_core.domain.escorts import ESCORTED, EscortPool
from silog_core.domain.incidents import (
    INCIDENT_KINDS,
    AddedStation,
    Flooded,
    GoodsLost,
    LendingApproved,
    LotLate,
    LotShort,
    PressStopped,
    ReVote,
    RoadCut,
    SeaClosed,
    StationMoved,
    StationsAdded,
    VehicleLost,
)
from silog_core.domain.legs import Mode
from silog_core.domain.places import station_code
from silog_core.domain.stock import StockLot
from silog_core.domain.workforce import Workforce

DAY_S = 86_400


@attrs.frozen
class Drawn:
    """A scenario, its plan, and what happened."""

    scenario: object
    plan: object
    incidents: tuple


def kinds_of(scenario, *kinds):
    """Return the codes of the places of some kinds."""
    return [p.code for p in scenario.places if p.kind.value in kinds]


@st.composite
def moments(draw, plan):
    """Draw when something becomes known: any day, or just as a trip has left."""
    days = st.integers(-45, 1).map(lambda d: d * DAY_S + 6 * 3600)
    leaves = [t.depart_s + 60 for t in plan.trips]
    return draw(st.sampled_from(leaves) | days if leaves else days)


@st.composite
def incident(draw, scenario, plan, kind, number):  # noqa: PLR0912 - one branch a kind
    """Draw an incident of a kind that can happen to a plan; None where none can."""
    known = {"id": f"{kind}-{number}", "known_at_s": draw(moments(plan))}
    begins = known["known_at_s"] + draw(st.sampled_from([-DAY_S, 0, DAY_S]))
    until = begins + draw(st.integers(1, 9)) * DAY_S
    block = {**known, "from_s": begins, "until_s": draw(st.sampled_from([None, until]))}
    below = kinds_of(scenario, "hub", "village", "station")
    places = [p.code for p in scenario.places]
    lots = sorted(
        {(s.place, s.item, s.lot) for s in scenario.stock}
        or {(x.from_place, x.commodity.item, x.lot) for x in plan.allocation.lines}
    )
    stations = kinds_of(scenario, "station")
    if kind == "road-cut":
        if not below:
            return None
        place = draw(st.sampled_from(places))
        other = draw(st.sampled_from(["", scenario.by_code[place].parent]))
        modes = draw(st.sampled_from([(Mode.ROAD, Mode.MOTORCYCLE), tuple(Mode)]))
        return RoadCut(**block, place=place, other=other, modes=modes)
    if kind == "sea-closed":
        return SeaClosed(**block, regions=draw(st.sampled_from([["12"], ["12.01"], ["31"]])))
    if kind == "flooded":
        return Flooded(**block, places=draw(st.lists(st.sampled_from(places), min_size=1)))
    if kind == "vehicle-lost":
        rides = sorted({(t.home, t.vehicle) for t in plan.trips})
        if not rides:
            return None
        home, type_ = draw(st.sampled_from(rides))
        count = draw(st.sampled_from([None, 1]))
        return VehicleLost(**known, home=home, type=type_, count=count)
    if kind == "station-moved":
        if not stations:
            return None
        code = draw(st.sampled_from(stations))
        at = scenario.by_code[code]
        return StationMoved(
            **known, station=code, lat_microdeg=at.lat_microdeg + 4_000,
            lon_microdeg=at.lon_microdeg,
        )  # fmt: skip
    if kind in {"lot-late", "lot-short"}:
        if not lots:
            return None
        place, item, lot = draw(st.sampled_from(lots))
        if kind == "lot-late":
            ready = draw(st.integers(-40, 0)) * DAY_S
            return LotLate(**known, place=place, item=item, lot=lot, ready_s=ready)
        packed = sum(
            x.quantity for x in plan.allocation.lines
            if (x.from_place, x.commodity.item, x.lot) == (place, item, lot)
        )  # fmt: skip
        # What had left in kits is not short any more: such a lot is refused.
        known["known_at_s"] = min(known["known_at_s"], -20 * DAY_S)
        return LotShort(
            **known, place=place, item=item, lot=lot, quantity=draw(st.integers(0, packed))
        )
    if kind == "press-stopped":
        if not scenario.presses:
            return None
        items = draw(st.sampled_from([(), ("ballot-governor",)]))
        ready = known["known_at_s"] + draw(st.integers(-1, 30)) * DAY_S
        return PressStopped(**known, place="PRINTER", items=items, ready_s=ready)
    if kind == "goods-lost":
        left = [t.id for t in plan.trips if t.depart_s < known["known_at_s"]]
        if left and draw(st.booleans()):
            return GoodsLost(**known, trip=draw(st.sampled_from(left)))
        items = draw(st.sampled_from([(), ("box",)]))
        return GoodsLost(**known, place=draw(st.sampled_from(places)), items=items)
    if kind == "stations-added":
        return _added(draw, scenario, known, stations)
    if kind == "re-vote":
        if not stations:
            return None
        known["known_at_s"] = draw(st.integers(7, 72)) * 3600
        again = draw(st.lists(st.sampled_from(stations), min_size=1, max_size=4, unique=True))
        return ReVote(
            **known, stations=again, day_s=draw(st.integers(4, 10)) * DAY_S,
            contests=draw(st.sampled_from([(), ("regent",)])),
        )  # fmt: skip
    assert kind == "lending-approved"
    warehouses = kinds_of(scenario, "warehouse")
    if len(warehouses) < 2:
        return None
    return LendingApproved(
        **known, donor=warehouses[-1], receiver=warehouses[0], item="box",
        quantity=draw(st.integers(1, 9)), document="BA 7/2024", approver="KPU province 12",
    )  # fmt: skip


def _added(draw, scenario, known, stations):
    villages = kinds_of(scenario, "village")
    rows = []
    if villages:
        village = draw(st.sampled_from(villages))
        rows.append((station_code(village, 99), draw(st.integers(1, 600))))
    if stations and draw(st.booleans()):
        code = draw(st.sampled_from(stations))
        rows.append((code, scenario.by_code[code].voters + draw(st.integers(1, 90))))
    if not rows:
        return None
    added = tuple(AddedStation(station=code, voters=voters) for code, voters in rows)
    return StationsAdded(**known, stations=added)


@st.composite
def escorted(draw, scenario):
    """Draw who rides along, of whom there are few, and who asks for them."""
    on = draw(st.sampled_from([(), ("line-haul",), ("warehouse-hub",), ESCORTED]))
    count = draw(st.integers(1, 3))
    pool = EscortPool(name="police", region=draw(st.sampled_from(["12", "ID"])), count=count,
                      on=on, shared=draw(st.booleans()))  # fmt: skip
    asks = ("warehouse", "hub", "village", "port")
    places = tuple(
        attrs.evolve(p, escorts=draw(st.sampled_from([(), ("police",)])))
        if p.kind.value in asks
        else p
        for p in scenario.places
    )
    return attrs.evolve(scenario, places=places, escorts=(pool,))


@st.composite
def forces(draw):
    """Draw the people of the warehouses, who are few and slow."""
    shifts = draw(st.integers(1, 2))
    return Workforce(
        region="12", source="a list", workers=draw(st.sampled_from([None, 1, 2])),
        shifts=shifts, most_shifts=draw(st.sampled_from([None, 3])),
        sheets_per_worker_day=draw(st.sampled_from([None, 60, 400])),
        kits_per_worker_day=draw(st.sampled_from([None, 1, 3])),
        fresh_days=draw(st.sampled_from([None, 2])),
    )  # fmt: skip


KINDS = tuple(sorted(INCIDENT_KINDS))


@st.composite
def drawn(draw, *, kinds=KINDS, most=2):
    """Draw a country, its plan and incidents."""
    scenario = draw(worlds(warehouses=2, crews=False, at_least=1))
    if "press-stopped" in kinds[:1] or not draw(st.integers(0, 2)):
        scenario = draw(printed(scenario))
    if draw(st.booleans()):
        scenario = draw(escorted(scenario))
    if draw(st.booleans()):
        scenario = attrs.evolve(scenario, workforces=(draw(forces()),))
    spare = draw(st.sampled_from(["", "PRINTER", "12.01"]))
    plan = planned(scenario)
    if spare and scenario.stock:
        # Stock that the plan leaves where it is, and a re-plan may take.
        more = tuple(
            StockLot(place=spare, item=s.item, area=s.area, quantity=900, lot="spare")
            for s in {(s.item, s.area): s for s in scenario.stock}.values()
        )
        scenario = attrs.evolve(scenario, stock=scenario.stock + more)
    chosen = draw(st.lists(st.sampled_from(kinds), min_size=1, max_size=most))
    found = [draw(incident(scenario, plan, kind, n)) for n, kind in enumerate(chosen)]
    return Drawn(scenario, plan, tuple(i for i in found if i is not None))
