"""Changes of a plan that help against delay, ready to be evaluated."""

from __future__ import annotations

from collections.abc import Iterator

import attrs

from silog_core.domain.calendar import DAY_S
from silog_core.domain.places import Place, PlaceKind
from silog_core.domain.plan import Plan
from silog_core.domain.regions import RegionCode, as_region
from silog_core.domain.scenario import Scenario
from silog_core.domain.shocks import Relief
from silog_core.errors import RiskError
from silog_core.ports.check import Proposal
from silog_core.risk.buffer_moves import Branch, Mover
from silog_core.risk.mitigation_prices import price_of
from silog_core.risk.shock_table import default_shocks

_H = 3600
#: Name, what is prepared in both languages, the shocks that it bounds, and by how much [s].
_PREPARED = (
    ("alternative-route", "find and mark a second way in {region}",
     "siapkan jalur alternatif di {region}",
     {"flood": 4 * _H, "flood-dry": 4 * _H, "landslide": 4 * _H, "blocked-way": 2 * _H}),
    ("spare-vehicle", "keep a spare truck with a driver in {region}",
     "siagakan truk cadangan dengan pengemudi di {region}", {"breakdown": _H}),
    ("one-more-boat", "keep one more boat in {region}",
     "siagakan satu perahu lagi di {region}", {"boat-breakdown": 2 * _H}),
    ("pre-positioned-reserve", "store a sealed reserve with each subdistrict of {region}",
     "simpan cadangan tersegel di tiap kecamatan di {region}",
     {"kit-short": 2 * _H, "sorting-loss": 12 * _H, "short-delivery": 12 * _H}),
    ("second-site", "prepare a second, dry site for the warehouse of {region}",
     "siapkan lokasi gudang kedua yang aman banjir di {region}", {"warehouse-flood": 12 * _H}),
    ("second-shift", "work a second shift where sorting or packing is late in {region}",
     "kerja dua gilir bila sortir atau pengepakan terlambat di {region}",
     {"sorting-late": 12 * _H, "packing-late": 6 * _H}),
)  # fmt: skip


def prepared(
    scenario: Scenario, region: RegionCode | str, *, cost_rupiah: int | None = None
) -> tuple[Proposal, ...]:
    """Return what can be prepared in a region: each bounds what some shocks cost.

    Args:
        scenario: What was planned for; it stays.
        region: Where it is prepared.
        cost_rupiah: Price of each; those of `mitigation_prices`, estimates, when None.

    Example:
        >>> from silog_core.testing.worlds import small_world
        >>> [p.mitigation for p in prepared(small_world().scenario, "12.01")][:2]
        ['alternative-route', 'spare-vehicle']
    """
    where = as_region(region)
    priced = {row[0]: price_of(row[0], scenario, where, cost_rupiah) for row in _PREPARED}
    return tuple(
        Proposal(
            mitigation=name,
            message=message.format(region=where),
            message_id=message_id.format(region=where),
            cost_rupiah=priced[name][0],
            price_source=priced[name][1],
            scenario=scenario,
            reliefs=tuple(
                Relief(shock=shock, scope=where, at_most_s=most)
                for shock, most in caps.items()
            ),
        )
        for name, message, message_id, caps in _PREPARED
    )


def depart_earlier(
    scenario: Scenario,
    plan: Plan,
    warehouse: str,
    *,
    days: int = 1,
    cost_rupiah: int | None = None,
) -> Proposal:
    """Return the plan with all work and tours of a warehouse on earlier days.

    The line haul that this waits for leaves earlier with it; where its lots are not there
    earlier, the plan stays as it is, and nothing is changed.

    Args:
        scenario: What was planned for; it stays.
        plan: The plan as it is.
        warehouse: Code of the warehouse.
        days: How many days earlier.
        cost_rupiah: Price; that of guarding what waits longer, an estimate, when None.

    Raises:
        RiskError: The scenario has no such warehouse.
    """
    members = _below(scenario, warehouse)
    region = scenario.by_code[warehouse].region
    night, source = price_of("depart-earlier", scenario, region, cost_rupiah)
    branch = Branch(
        warehouse=warehouse, name=warehouse, targets={},
        trips=tuple(
            t.id
            for t in plan.trips
            if t.home in members
            and t.echelon in ("warehouse-hub", "hub-village", "village-station")
        ),
    )  # fmt: skip
    moved, got = Mover(plan, scenario, default_shocks()).moved(
        [branch], {warehouse: days * DAY_S}
    )
    return Proposal(
        mitigation="depart-earlier",
        message=f"leave {days} day(s) earlier from {warehouse}",
        message_id=f"berangkat {days} hari lebih awal dari {warehouse}",
        cost_rupiah=night * days if cost_rupiah is None else night,
        price_source=source,
        scenario=scenario,
        plan=moved if got[warehouse] == days * DAY_S else plan,
    )


def lend_vehicles(
    scenario: Scenario, warehouse: str, *, cost_rupiah: int | None = None
) -> Iterator[Proposal]:
    """Yield one proposal for each counted vehicle that another warehouse could lend.

    The lender keeps at least one of its type. Both are planned again.
    """
    seat = scenario.by_code.get(warehouse)
    region = seat.region if seat else scenario.election.root
    price, source = price_of("lend-from-neighbour", scenario, region, cost_rupiah)
    others = {p.code for p in scenario.of_kind(PlaceKind.WAREHOUSE)} - {warehouse}
    for entry in scenario.fleet:
        if entry.home not in others or entry.count is None or entry.count < 2:
            continue
        fleet = [
            attrs.evolve(e, count=entry.count - 1) if e == entry else e for e in scenario.fleet
        ]
        own = next(
            (e for e in fleet if e.home == warehouse and e.vehicle.type == entry.vehicle.type),
            None,
        )
        if own is None:
            fleet.append(attrs.evolve(entry, home=warehouse, count=1))
        elif own.count is not None:
            fleet[fleet.index(own)] = attrs.evolve(own, count=own.count + 1)
        else:
            continue  # it hires as many as it needs
        yield Proposal(
            mitigation="lend-from-neighbour",
            message=f"borrow one {entry.vehicle.type} from {entry.home} for {warehouse}",
            message_id=f"pinjam satu {entry.vehicle.type} dari {entry.home} untuk {warehouse}",
            cost_rupiah=price,
            price_source=source,
            scenario=attrs.evolve(scenario, fleet=tuple(fleet)),
        )


def second_warehouse(
    scenario: Scenario, warehouse: str, *, cost_rupiah: int | None = None
) -> Proposal:
    """Return the scenario with half of the hubs of a warehouse served from a second one.

    It stands at the hub with the most voters among the half that is farther in code
    order; goods reach it by way of the first warehouse's supplier.

    Raises:
        RiskError: There is no such warehouse, or it has fewer than two hubs.
    """
    members = _below(scenario, warehouse)
    hubs = [p for p in scenario.of_kind(PlaceKind.HUB) if p.parent == warehouse]
    if len(hubs) < 2:
        raise RiskError(
            f"{warehouse} has fewer than two hubs", "name a warehouse that serves several"
        )
    first = scenario.by_code[warehouse]
    away = hubs[len(hubs) // 2 :]
    voters = {hub.code: 0 for hub in away}
    for place in scenario.places:
        hub = _hub_of(scenario, place)
        if place.code in members and hub in voters:
            voters[hub] += place.voters
    seat = scenario.by_code[max(sorted(voters), key=lambda code: voters[code])]
    code = f"{warehouse}-2"
    new = attrs.evolve(
        first, code=code, name=f"{first.name} 2".strip(),
        lat_microdeg=seat.lat_microdeg, lon_microdeg=seat.lon_microdeg,
    )  # fmt: skip
    moved = {hub.code for hub in away}
    price, source = price_of("second-warehouse", scenario, first.region, cost_rupiah)
    places = tuple(
        attrs.evolve(p, parent=code) if p.code in moved else p for p in scenario.places
    )
    return Proposal(
        mitigation="second-warehouse",
        message=f"open a second warehouse {code} for {len(away)} hubs of {warehouse}",
        message_id=f"buka gudang kedua {code} untuk {len(away)} PPK dari {warehouse}",
        cost_rupiah=price,
        price_source=source,
        scenario=attrs.evolve(scenario, places=(*places, new)),
    )


def _hub_of(scenario: Scenario, place: Place) -> str:
    at: Place | None = place
    while at is not None and at.kind is not PlaceKind.HUB:
        at = scenario.by_code.get(at.parent)
    return at.code if at else ""


def _below(scenario: Scenario, warehouse: str) -> set[str]:
    place = scenario.by_code.get(warehouse)
    if place is None or place.kind is not PlaceKind.WAREHOUSE:
        raise RiskError(f"there is no warehouse {warehouse!r}", "name one of the scenario")
    found, todo = set[str](), [warehouse]
    while todo:
        at = todo.pop()
        found.add(at)
        todo += [
            p.code for p in scenario.children.get(at, ()) if p.kind is not PlaceKind.WAREHOUSE
        ]
    return found
