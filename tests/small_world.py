"""Whole little countries with a fixed rule book: made by hand, or drawn."""

from __future__ import annotations

from collections import Counter
from datetime import date
from random import Random

import attrs
from hypothesis import strategies as st

from silog_core.domain.calendar_rules import StageWindow
from silog_core.domain.elections import Contest, Election
from silog_core.domain.escorts import ESCORTED, EscortPool
from silog_core.domain.items import Item
from silog_core.domain.legs import Leg
from silog_core.domain.needs_rules import ItemRule, NeedsRule, StationCap
from silog_core.domain.places import Place, PlaceKind, station_code
from silog_core.domain.plan import Provenance
from silog_core.domain.regions import RegionTable
from silog_core.domain.scenario import Scenario
from silog_core.domain.stock import StockLot
from silog_core.domain.travel_rules import AccessRule, Closure, SpeedRule, TypicalVehicle
from silog_core.domain.vehicles import FleetEntry, Vehicle
from silog_core.planning.allocate import wanted_by_warehouse
from silog_core.planning.needs import compute_needs
from silog_core.planning.pipeline import make_plan
from silog_core.risk.assess import assess
from silog_core.rules import build_rule_book
from silog_core.solvers.allocation import solve_allocation
from silog_core.solvers.routing import ruin_recreate

DAY = date(2024, 11, 27)
H_S = 3600
CONTESTS = (
    Contest(code="governor", item="ballot-governor", area_level="province"),
    Contest(code="regent", item="ballot-regent", area_level="regency"),
)


def _item(code, mass_g, volume_cm3, **more):
    return ItemRule(
        scope="ID",
        source="a test",
        item=Item(
            code=code,
            title_id=f"barang {code}",
            title_en=f"the {code}",
            mass_g=mass_g,
            volume_cm3=volume_cm3,
            **more,
        ),
    )


def rate(item, per="station", **more):
    """Return a rate of the country."""
    return NeedsRule(
        scope="ID", source="a decree", election="pilkada", item=item, per=per, **more
    )


def _ballot(contest):
    return rate(
        f"ballot-{contest}", contest=contest, per_voter=1, reserve_numerator=25,
        reserve_denominator=1000, legal_minimum=True,
    )  # fmt: skip


def _vehicle(type_, mode, payload_g, volume_cm3, to, **more):
    return TypicalVehicle(
        scope="ID",
        source="a test",
        vehicle=Vehicle(
            type=type_, mode=mode, payload_g=payload_g, volume_cm3=volume_cm3,
            fixed_cost_rupiah=500_000, cost_per_km_rupiah=4_000, **more,
        ),
        to=to,
    )  # fmt: skip


def access(scope, to, mode, **more):
    """Return the mode by which places of one kind are reached."""
    return AccessRule(scope=scope, source="a test", to=to, mode=mode, **more)


def speed(mode, m_per_h, **more):
    """Return a speed that holds in the whole country."""
    return SpeedRule(scope="ID", source="a test", mode=mode, speed_m_per_h=m_per_h, **more)


#: Rates, items and caps.
NEEDS = (
    _ballot("governor"),
    _ballot("regent"),
    rate("box", quantity=2),
    rate("box", per="subdistrict", quantity=2),
    rate("seal", quantity=49),
    rate("seal", per="subdistrict", quantity=9),
    rate("seal", per="regency", quantity=3),
    rate("cover", per="village", quantity=1),
    rate("ballot-revote-regent", per="regency", contest="regent", quantity=20),
    _item("ballot-governor", 4, 8, kit_volume_cm3=0, pack_size=6000),
    _item("ballot-regent", 4, 8, kit_volume_cm3=0, pack_size=6000),
    _item("box", 1750, 8000, kit_volume_cm3=96_000),
    _item("seal", 1, 1),
    _item("cover", 60, 120, pack_size=7),
    _item("ballot-revote-regent", 4, 8, in_kit=False, reserve=True),
    StationCap(scope="ID", source="a law", election="pilkada", max_voters=600),
)
#: Windows of the stages.
CALENDAR = tuple(
    StageWindow(
        scope="ID", source="a test", election="pilkada", stage=stage,
        first_days_before=first, last_days_before=last,
    )
    for stage, first, last in (
        ("equipment-arrival", 62, 30),
        ("ballot-arrival", 35, 20),
        ("dispatch", 5, 1),
        ("at-hub", 5, 1),
        ("at-village", 4, 1),
        ("at-station", 3, 1),
    )
)  # fmt: skip
#: Regencies whose second subdistrict lies on an island, reached by boat.
ISLANDS = tuple(f"12.{n:02d}.02" for n in (1, 2, 3))
TRAVEL = (
    speed("road", 30_000),
    speed("motorcycle", 20_000),
    speed("boat", 15_000, transfer_s=1800),
    speed("sea", 20_000, transfer_s=7200),
    speed("foot", 3_000),
    access("ID", "port", "sea"),
    access("ID", "warehouse", "road"),
    access("ID", "hub", "road"),
    access("ID", "village", "road"),
    access("ID", "station", "motorcycle"),
    *(access(i, "hub", "boat", replaces="access:hub@ID") for i in ISLANDS),
)
#: No boat at sea on a Sunday, nor in the dark.
CLOSURES = (
    Closure(scope="ID", source="a test", name="sunday", mode="boat", weekdays=(6,),
            reason="church"),
    Closure(scope="ID", source="a test", name="dark", mode="boat",
            hours=(0, 1, 2, 3, 4, 5, 18, 19, 20, 21, 22, 23), reason="no lights"),
)  # fmt: skip
VEHICLES = (
    _vehicle("truck", "road", 2_000_000, 9_000_000, ("warehouse", "hub", "village")),
    _vehicle("van", "road", 700_000, 3_000_000, ("hub", "village")),
    _vehicle("motorbike", "motorcycle", 100_000, 450_000, ("station",)),
    _vehicle("boat", "boat", 1_500_000, 5_000_000, ("hub",)),
    _vehicle("ship", "sea", 400_000_000, 2_000_000_000, ("port", "warehouse")),
)
RULES = (*NEEDS, *CALENDAR, *TRAVEL, *CLOSURES, *VEHICLES)
TABLE = RegionTable(
    as_of=DAY,
    source="a test",
    names={"12": "A province", **{f"12.{n:02d}": f"Regency {n}" for n in (1, 2, 3)}},
)


def book_of(*rules):
    """Return a book of rules, the country's by default."""
    return build_rule_book(
        [("region.ID", rule) for rule in rules or RULES],
        table=TABLE, election_kind="pilkada", on=DAY,
    )  # fmt: skip


BOOK = book_of()
#: Two hubs, one by boat; three villages; four stations.
SHAPE = ((((300, 400), (250,)), ((0, 599),)),)


def places_of(shape, *, port=False, seed=0, spread=60_000):
    """Return places of a shape: regencies of hubs of villages of voters of stations."""
    chance = Random(seed)

    def place(code, kind, region, parent, voters=0):
        return Place(
            code=code, kind=kind, region=region, name=f"{kind} {code}", parent=parent,
            lat_microdeg=3_500_000 + chance.randrange(spread),
            lon_microdeg=98_500_000 + chance.randrange(spread),
            voters=voters,
        )  # fmt: skip

    found = [place("PRINTER", "supplier", "31.71", "")]
    if port:
        found.append(place("PORT", "port", "12.71", "PRINTER"))
    for r, hubs in enumerate(shape, 1):
        regency = f"12.{r:02d}"
        found.append(place(regency, "warehouse", regency, "PORT" if port else "PRINTER"))
        for h, villages in enumerate(hubs, 1):
            hub = f"{regency}.{h:02d}"
            found.append(place(hub, "hub", hub, regency))
            for v, stations in enumerate(villages):
                village = f"{hub}.{1001 + v}"
                found.append(place(village, "village", village, hub))
                found += [
                    place(station_code(village, n), "station", village, village, voters)
                    for n, voters in enumerate(stations, 1)
                ]
    return tuple(found)


def world(shape=SHAPE, *, port=False, seed=0, spread=60_000, **changes):
    """Return a scenario of a shape."""
    given = {
        "title": "A little country",
        "election": Election(kind="pilkada", voting_day=DAY, root="12", contests=CONTESTS),
        "places": places_of(shape, port=port, seed=seed, spread=spread),
    }
    return Scenario(**given | changes)


def stocked(scenario, *, permille=1000, items=None, lots=1, from_date=None, book=BOOK):
    """Return the scenario with stock at its supplier: so much of what it needs.

    *permille* holds for *items*, or for all; of what is left there is enough.
    """
    total = {}
    for (_, ware), members in wanted_by_warehouse(
        scenario, compute_needs(scenario, book)
    ).items():
        total[ware] = total.get(ware, 0) + sum(m.quantity for m in members)
    stock = []
    for ware, quantity in sorted(total.items(), key=lambda t: str(t[0])):
        tight = items is None or ware.item in items
        left = quantity * permille // 1000 if tight else quantity
        for n in range(lots):
            share = left // lots + (n < left % lots)
            stock.append(
                StockLot(
                    place="PRINTER", item=ware.item, area=ware.area, quantity=share,
                    lot=f"lot-{n}", from_date=from_date,
                )
            )  # fmt: skip
    return attrs.evolve(scenario, stock=tuple(stock))


def planned(scenario, book=BOOK, *, seed=0, iterations=10, checks=assess, **options):
    """Return the plan of a scenario with the built-in solvers."""
    return make_plan(
        scenario,
        book,
        allocation_solver=solve_allocation,
        routing_solver=ruin_recreate,
        assess=checks,
        provenance=Provenance(seed=seed, rules_digest=book.digest(), iterations=iterations),
        **options,
    )


def leg(tail, head, mode="road", *, km=100, hours=3, **more):
    """Return a given leg."""
    return Leg(
        tail=tail, head=head, mode=mode, length_m=km * 1000, travel_s=hours * H_S, **more
    )


def fleet(home, type_="truck", count=1, **changes):
    """Return a fleet entry of one of the vehicle types above."""
    vehicle = next(v.vehicle for v in VEHICLES if v.vehicle.type == type_)
    return FleetEntry(vehicle=attrs.evolve(vehicle, **changes), home=home, count=count)


@st.composite
def shapes(draw, *, warehouses=3, hubs=2, villages=2, stations=3, at_least=0, voters=600):
    """Draw a tree: regencies of hubs of villages of voters of stations."""
    number = st.integers(0, voters)

    def lists(of, most):
        return st.lists(of, min_size=at_least, max_size=most).map(tuple)

    one = lists(lists(lists(number, stations), villages), hubs)
    return draw(st.lists(one, min_size=1, max_size=warehouses).map(tuple))


@st.composite
def worlds(draw, *, tight=True, capacities=True, fleets=True, port=None, crews=True, **shape):
    """Draw a little country: with or without a port, stock, limits and fleets."""
    has_port = draw(st.booleans()) if port is None else port
    scenario = world(
        draw(shapes(**shape)),
        port=has_port,
        seed=draw(st.integers(0, 99)),
        spread=draw(st.sampled_from([1, 5_000, 100_000])),
    )
    warehouses = [p.code for p in scenario.places if p.kind.value == "warehouse"]
    above = "PORT" if has_port else "PRINTER"
    limit = st.none() | st.integers(20_000, 3_000_000) if capacities else st.none()
    legs = []
    if has_port:
        shut = draw(st.sampled_from([(), (11,), (7, 8, 9, 10, 11)])) if tight else ()
        legs.append(leg("PRINTER", "PORT", "sea", km=900, hours=60, months_closed=shut))
    if has_port or draw(st.booleans()):
        legs += [
            leg(above, code, km=40 + 10 * i, hours=draw(st.sampled_from([2, 2, 13, 25])),
                max_load_g=draw(limit),
                max_volume_cm3=draw(limit))
            for i, code in enumerate(warehouses)
        ]  # fmt: skip
        if draw(st.booleans()):
            legs.append(leg(above, warehouses[0], "sea", km=70, hours=9))
        if len(warehouses) > 1 and draw(st.booleans()):
            legs.append(leg(warehouses[0], warehouses[1], km=30, hours=1))
    scenario = attrs.evolve(scenario, legs=tuple(legs))
    if draw(st.booleans()):
        scenario = stocked(
            scenario,
            permille=draw(st.sampled_from([0, 300, 950, 999, 1000])) if tight else 1000,
            lots=draw(st.integers(1, 2)),
            from_date=draw(st.sampled_from([None, date(2024, 9, 28), date(2024, 11, 1)]))
            if tight
            else None,
        )
    if fleets and draw(st.booleans()):
        villages = [p.code for p in scenario.places if p.kind.value == "village"]
        entries = [fleet(code, "truck", draw(st.integers(1, 2))) for code in warehouses]
        if draw(st.booleans()):
            entries += [fleet(above, "truck", draw(st.integers(0, 3)), payload_g=300_000)]
        entries += [fleet(v, "motorbike", draw(st.integers(1, 2))) for v in villages]
        scenario = attrs.evolve(scenario, fleet=tuple(entries))
    return draw(crewed(scenario)) if crews and draw(st.booleans()) else scenario


_ASKING = (PlaceKind.PORT, PlaceKind.WAREHOUSE, PlaceKind.HUB, PlaceKind.VILLAGE)


def _far_apart(place):
    """Return the place thirty times as far away, where it lies below a warehouse."""
    north, east = place.lat_microdeg - 3_500_000, place.lon_microdeg - 98_500_000
    if max(north, east) > 100_000 or place.kind.value not in ("hub", "village", "station"):
        return place
    return attrs.evolve(
        place, lat_microdeg=3_500_000 + 30 * north, lon_microdeg=98_500_000 + 30 * east
    )


@st.composite
def crewed(draw, scenario):
    """Draw what the places, vehicles and escorts of a scenario ask of the crews."""
    pools = [
        EscortPool(name=name, region=region, count=draw(st.sampled_from([1, 1, 2, 0])), on=on)
        for name, region in (
            ("police", draw(st.sampled_from(["12", "ID"]))),
            ("supervisor", "12.01"),
        )
        for on in [draw(st.sampled_from([(), ("warehouse-hub",), ESCORTED]))]
        if draw(st.booleans())
    ]
    names = [p.name for p in pools if p.name == "police"]
    words = st.sampled_from([(), (), (), ("tide",)])
    guarded = draw(st.booleans())
    places = tuple(
        attrs.evolve(
            place,
            guarded=guarded and draw(st.booleans()),
            skills=draw(words),
            escorts=draw(st.sampled_from([(), (), tuple(names)])),
        )
        if place.kind in _ASKING
        else place
        for place in scenario.places
    )
    after_s, break_s = draw(st.sampled_from([(None, 0), (4 * H_S, 1800), (2700, 600)]))
    entries = tuple(
        attrs.evolve(
            entry,
            vehicle=attrs.evolve(
                entry.vehicle,
                break_after_s=after_s,
                break_s=break_s,
                skills=draw(st.sampled_from([(), ("tide",)])),
            ),
        )
        for entry in scenario.fleet
    )
    handling = attrs.evolve(
        scenario.handling,
        guarded_nights=guarded,
        in_day=draw(st.booleans()),
        stop_s=draw(st.sampled_from([900, 2 * H_S])),
    )
    if draw(st.booleans()):  # so far apart that a day is not enough
        places = tuple(_far_apart(p) for p in places)
    own = {"places": places, "fleet": entries, "escorts": tuple(pools), "handling": handling}
    return attrs.evolve(scenario, **own)


def served_of(plan):
    """Return (served, needed) of each place and commodity that a lot can serve."""
    needed = Counter()
    for one in plan.needs.rows():
        needed[one.place, one.item, one.area] += one.quantity
    found = {key: (count, count) for key, count in needed.items() if count}
    for g in plan.shortfalls:
        found[g.place, g.commodity.item, g.commodity.area] = (g.served, g.needed)
    return found
