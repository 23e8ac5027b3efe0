"""Procurement: needs become packages and orders, and orders become deliveries."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from functools import cached_property

import attrs

from silog_core.domain.custody_problems import CustodyProblem
from silog_core.domain.custody_roles import Party
from silog_core.domain.demand import Commodity, Needs, RegionDepth
from silog_core.domain.fields import text, whole
from silog_core.domain.regions import RegionCode

MILLION = 1_000_000


@attrs.frozen(kw_only=True)
class PriceOffer:
    """What a supplier asks for one piece of an item, and where that price stands."""

    item: str = attrs.field(validator=text("an item code"))
    supplier: str = attrs.field(validator=text("the name of a firm"))
    #: ``e-catalogue`` or ``contract``.
    method: str = attrs.field(validator=text("e-catalogue or contract"))
    unit_price_rupiah: int = attrs.field(validator=whole(0, "rupiah"))
    price_source: str = attrs.field(validator=text("where the price stands"))
    due: date
    #: Pieces in the smallest pack that is sold.
    pack_size: int = attrs.field(default=1, validator=whole(1, "pieces"))
    #: What is ordered beyond the need, before packs are filled [per million].
    over_order_ppm: int = attrs.field(default=0, validator=whole(0, "per million"))


@attrs.frozen(kw_only=True)
class Package:
    """One commodity for one region, as it is to be ordered."""

    number: str
    region: str
    commodity: Commodity
    needed: int = attrs.field(validator=whole(1, "pieces"))
    ordered: int = attrs.field(validator=whole(1, "pieces"))
    offer: PriceOffer

    @property
    def value_rupiah(self) -> int:
        """What it costs."""
        return self.ordered * self.offer.unit_price_rupiah


def packages_for(
    needs: Needs, offers: Iterable[PriceOffer], *, level: str = "regency"
) -> tuple[Package, ...]:
    """Return a package for each region of *level* and each item that is on offer.

    Ballots of different electoral areas are different goods and never share a package.
    Over-order and the filling of the last pack stay visible: `Package.needed` beside
    `Package.ordered`.

    Args:
        needs: What a plan needs.
        offers: At most one for an item; items without one are left out.
        level: Level of the regions that order.

    Example:
        >>> from silog_core.testing.worlds import small_world
        >>> offer = PriceOffer(
        ...     item="box",
        ...     supplier="PT Karton",
        ...     method="e-catalogue",
        ...     unit_price_rupiah=18_000,
        ...     price_source="catalogue of 1 August",
        ...     due=date(2024, 10, 1),
        ...     pack_size=5,
        ... )
        >>> found = packages_for(small_world().plan.needs, [offer])
        >>> [(p.number, p.needed, p.ordered, p.value_rupiah) for p in found]
        [('12.01/box', 4, 5, 90000)]
    """
    on_offer = {offer.item: offer for offer in offers}
    depth = RegionDepth[level]
    wanted: dict[tuple[str, Commodity], int] = {}
    for column in needs.columns:
        if column.item not in on_offer:
            continue
        regions = needs.level(column.per).regions
        for region, pieces in zip(regions, column.quantities, strict=True):
            area = column.contest.area_of(region) if column.contest else ""
            key = (
                str(RegionCode(region.parts[:depth])),
                Commodity(item=column.item, area=area),
            )
            wanted[key] = wanted.get(key, 0) + pieces
    packages = []
    for (code, what), needed in sorted(
        wanted.items(), key=lambda row: (row[0][0], str(row[0][1]))
    ):
        if needed:
            offer = on_offer[what.item]
            more = -(-needed * (MILLION + offer.over_order_ppm) // MILLION)
            packages.append(
                Package(
                    number=f"{code}/{what}",
                    region=code,
                    commodity=what,
                    needed=needed,
                    ordered=-(-more // offer.pack_size) * offer.pack_size,
                    offer=offer,
                )
            )
    return tuple(packages)


@attrs.frozen(kw_only=True)
class OrderLine:
    """One line of an order as the record has it: who, what, price, and how far it is."""

    #: Number of the order, and lot of the goods.
    order: str
    lot: str
    region: str
    commodity: Commodity
    supplier: str
    method: str
    unit_price_rupiah: int
    price_source: str
    due: str
    ordered: int
    #: Need that it answers, if the order says so.
    needed: int | None = None
    package: str = ""
    contract: str = ""
    decided_by: Party
    approved_by: tuple[Party, ...] = ()
    produced: int = 0
    passed: int = 0
    failed: int = 0
    shipped: int = 0
    received: int = 0
    accepted: int = 0
    #: Local day of the last receipt, ISO; empty where nothing came yet.
    last_receipt: str = ""

    @property
    def value_rupiah(self) -> int:
        """What the line costs."""
        return self.ordered * self.unit_price_rupiah

    @property
    def stage(self) -> str:
        """How far it is: the last step that all ordered pieces have taken.

        One of ``ordered``, ``approved``, ``contracted``, ``produced``, ``passed``,
        ``shipped``, ``received``, ``accepted``.
        """
        for name in ("accepted", "received", "shipped", "passed", "produced"):
            if getattr(self, name) >= self.ordered:
                return name
        if self.contract:
            return "contracted"
        return "approved" if self.approved_by else "ordered"

    @property
    def complete(self) -> bool:
        """Whether all ordered pieces came."""
        return self.received >= self.ordered

    def share_ppm(self, step: str) -> int:
        """Return the share of the ordered pieces that have taken a step [per million]."""
        return min(MILLION, int(getattr(self, step)) * MILLION // self.ordered)


@attrs.frozen(kw_only=True)
class BudgetRow:
    """Needs, orders and money of one item in one region."""

    region: str
    item: str
    needed: int
    ordered: int
    budget_rupiah: int
    value_rupiah: int

    @property
    def over_order_ppm(self) -> int | None:
        """What is ordered beyond the need [per million]; None where no need is stated."""
        if not self.needed:
            return None
        return (self.ordered - self.needed) * MILLION // self.needed

    @property
    def left_rupiah(self) -> int:
        """Budget that is left; below zero it is overdrawn."""
        return self.budget_rupiah - self.value_rupiah


@attrs.frozen(kw_only=True)
class SupplierRow:
    """How punctually one supplier delivers."""

    supplier: str
    lines: int
    value_rupiah: int
    #: Lines that are complete: by their due day, and after it.
    on_time: int
    late: int
    #: Lines that are not complete although their day is past.
    overdue: int

    @property
    def punctual_ppm(self) -> int | None:
        """Share of the lines judged that came in time [per million]; None before any."""
        judged = self.on_time + self.late + self.overdue
        return self.on_time * MILLION // judged if judged else None


@attrs.frozen(kw_only=True)
class Procurement:
    """All orders of a record, with budgets and with what is wrong."""

    lines: tuple[OrderLine, ...]
    budget: tuple[BudgetRow, ...]
    problems: tuple[CustodyProblem, ...] = ()

    @cached_property
    def by_order(self) -> Mapping[str, tuple[OrderLine, ...]]:
        """Lines by the number of the order."""
        found: dict[str, list[OrderLine]] = {}
        for line in self.lines:
            found.setdefault(line.order, []).append(line)
        return {number: tuple(lines) for number, lines in found.items()}

    def suppliers(self, *, today: date | None = None) -> tuple[SupplierRow, ...]:
        """Return the punctuality of each supplier; lines due before *today* are judged."""
        found: dict[str, list[OrderLine]] = {}
        for line in self.lines:
            found.setdefault(line.supplier, []).append(line)
        day = "" if today is None else today.isoformat()
        return tuple(
            SupplierRow(
                supplier=name,
                lines=len(lines),
                value_rupiah=sum(line.value_rupiah for line in lines),
                on_time=sum(x.complete and x.last_receipt <= x.due for x in lines),
                late=sum(x.complete and x.last_receipt > x.due for x in lines),
                overdue=sum(not x.complete and x.due < day for x in lines),
            )
            for name, lines in sorted(found.items())
        )

    def public(self) -> tuple[Mapping[str, str | int], ...]:
        """Return what anybody may know: what, from whom, at what price, how far.

        Persons, times, ways and escorts are not in it.
        """
        return tuple(
            {
                "order": line.order,
                "region": line.region,
                "item": line.commodity.item,
                "area": line.commodity.area,
                "supplier": line.supplier,
                "method": line.method,
                "quantity": line.ordered,
                "unit-price-rupiah": line.unit_price_rupiah,
                "price-source": line.price_source,
                "value-rupiah": line.value_rupiah,
                "approved": len(line.approved_by),
                "stage": line.stage,
                "produced": line.produced,
                "received": line.received,
                "accepted": line.accepted,
            }
            for line in self.lines
        )

    def public_budgets(self) -> tuple[Mapping[str, str | int | None], ...]:
        """Return need, order, over-order and money of each region and item, for anybody."""
        return tuple(
            {
                "region": row.region,
                "item": row.item,
                "needed": row.needed,
                "ordered": row.ordered,
                "over-order-ppm": row.over_order_ppm,
                "budget-rupiah": row.budget_rupiah,
                "value-rupiah": row.value_rupiah,
            }
            for row in self.budget
        )
