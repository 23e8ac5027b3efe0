"""Changed scenarios that answer findings."""

from __future__ import annotations

from collections.abc import Iterator

import attrs

from silog_core.domain.demand import Commodity
from silog_core.domain.findings import Finding
from silog_core.domain.places import PlaceKind
from silog_core.domain.plan import Plan
from silog_core.domain.scenario import Scenario
from silog_core.domain.stock import StockLot
from silog_core.planning.regency import subtree
from silog_core.ports.check import Proposal


def one_more_vehicle(finding: Finding, scenario: Scenario, plan: Plan) -> Iterator[Proposal]:
    """Propose one more of each counted vehicle at the place, and at what supplies it."""
    del plan
    place = scenario.by_code.get(finding.place)
    homes = {finding.place, place.parent if place else ""}
    for entry in scenario.fleet:
        if entry.home not in homes or entry.count is None:
            continue
        more = attrs.evolve(entry, count=entry.count + 1)
        fleet = tuple(more if e == entry else e for e in scenario.fleet)
        yield Proposal(
            mitigation="one-more-vehicle",
            message=f"hire one more {entry.vehicle.type} at {entry.home}",
            message_id=f"sewa satu {entry.vehicle.type} lagi di {entry.home}",
            cost_rupiah=entry.vehicle.fixed_cost_rupiah,
            scenario=attrs.evolve(scenario, fleet=fleet),
        )


def order_what_is_short(
    finding: Finding, scenario: Scenario, plan: Plan
) -> Iterator[Proposal]:
    """Propose lots at the first supplier that cover all that a warehouse misses."""
    suppliers = scenario.of_kind(PlaceKind.SUPPLIER)
    if not suppliers or not scenario.stock:
        return
    if finding.place not in scenario.by_code:
        return
    below = {place.code for place in subtree(scenario, finding.place)}
    missing: dict[Commodity, int] = {}
    for gap in plan.shortfalls:
        if gap.place in below and gap.code == "supply":
            missing[gap.commodity] = missing.get(gap.commodity, 0) + gap.missing
    if not missing:
        return
    wares = sorted(missing.items(), key=lambda item: str(item[0]))
    lots = tuple(
        StockLot(
            place=suppliers[0].code, item=ware.item, area=ware.area, quantity=quantity,
            lot="order-what-is-short",
        )
        for ware, quantity in wares
    )  # fmt: skip
    listed = ", ".join(f"{quantity} {ware}" for ware, quantity in wares)
    yield Proposal(
        mitigation="order-what-is-short",
        message=f"order {listed} from {suppliers[0].code}",
        message_id=f"pesan {listed} dari {suppliers[0].code}",
        scenario=attrs.evolve(scenario, stock=scenario.stock + lots),
    )
