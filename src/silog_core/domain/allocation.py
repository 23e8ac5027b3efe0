"""The allocation question and its answer: who gets what, from where, and why not more.

Times are seconds from 00:00 local time of the voting day, negative before it. Costs are
kept in millionths of a rupiah: a price per tonne times a mass in grams is a whole number
of them, so that sums are exact.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cached_property

import attrs

from silog_core.domain.allocation_result import (
    AllocationResult,
    Attribution,
    CommodityFlow,
    Fairness,
    FairnessCut,
    KitCount,
    Mending,
    MoreRoom,
    PriceProof,
    ShortCode,
    Unmet,
)
from silog_core.domain.demand import Commodity
from silog_core.domain.fields import a_tuple, maybe, text, whole
from silog_core.domain.flows import WHOLE_LIMIT
from silog_core.errors import ProblemInstanceError

__all__ = [
    "AllocationLeg",
    "AllocationProblem",
    "AllocationResult",
    "Attribution",
    "CommodityFlow",
    "Demand",
    "Fairness",
    "FairnessCut",
    "KitCount",
    "Mending",
    "MoreRoom",
    "PriceProof",
    "ShortCode",
    "SupplyLot",
    "UnitSize",
    "Unmet",
]


@attrs.frozen(kw_only=True)
class UnitSize:
    """What one piece of a commodity weighs and how much room it takes.

    Example:
        >>> UnitSize(commodity=Commodity(item="ballot", area="12.71"), mass_g=4).volume_cm3
        0
    """

    commodity: Commodity
    mass_g: int = attrs.field(default=0, validator=whole(0, "grams", highest=WHOLE_LIMIT))
    volume_cm3: int = attrs.field(
        default=0, validator=whole(0, "cubic centimetres", highest=WHOLE_LIMIT)
    )


@attrs.frozen(kw_only=True)
class SupplyLot:
    """Pieces that lie, or will be delivered, at a place.

    Example:
        >>> lot = SupplyLot(place="P", commodity=Commodity(item="ink"), quantity=50, lot="A1")
        >>> lot.available_s is None  # from the start
        True
    """

    place: str = attrs.field(validator=text("a place code"))
    commodity: Commodity
    quantity: int = attrs.field(validator=whole(0, "pieces", highest=WHOLE_LIMIT))
    #: First moment at which they can leave [s]; None is from the start.
    available_s: int | None = attrs.field(
        default=None, validator=maybe(whole(-WHOLE_LIMIT, "seconds", highest=WHOLE_LIMIT))
    )
    lot: str = ""


@attrs.frozen(kw_only=True)
class Demand:
    """Pieces that a place needs, with what the law guarantees of them.

    Example:
        >>> Demand(place="W", commodity=Commodity(item="ink"), quantity=9, floor=4).priority
        1
    """

    place: str = attrs.field(validator=text("a place code"))
    commodity: Commodity
    quantity: int = attrs.field(validator=whole(0, "pieces", highest=WHOLE_LIMIT))
    #: Pieces that come before anybody's pieces above the floor.
    floor: int = attrs.field(default=0, validator=whole(0, "pieces"))
    #: Priority class; 1 is served first.
    priority: int = attrs.field(default=1, validator=whole(1, "class", highest=WHOLE_LIMIT))
    #: Last moment of arrival [s]; None is any time.
    due_s: int | None = attrs.field(
        default=None, validator=maybe(whole(-WHOLE_LIMIT, "seconds", highest=WHOLE_LIMIT))
    )
    #: Class for the fairness numbers, such as ``3T`` for remote places.
    group: str = ""
    #: Pieces of the place's own lots that it keeps for itself, whoever else is short.
    kept: int = attrs.field(default=0, validator=whole(0, "pieces"))
    #: Kit that it is part of, such as that of a station; under shortage whole kits come
    #: before scattered pieces. Empty is no kit.
    kit: str = ""

    def __attrs_post_init__(self) -> None:
        """Refuse a floor, or pieces kept, above the need.

        Raises:
            ProblemInstanceError: The floor or what is kept is above the quantity.
        """
        if self.kept > self.quantity:
            raise ProblemInstanceError(
                f"the demand of {self.place} for {self.commodity} keeps {self.kept} in a"
                f" need of {self.quantity}",
                "keep no more than the need",
            )
        if self.floor > self.quantity:
            raise ProblemInstanceError(
                f"the demand of {self.place} for {self.commodity} has a floor of "
                f"{self.floor} in a need of {self.quantity}",
                "give a floor that is not above the need",
            )


@attrs.frozen(kw_only=True)
class AllocationLeg:
    """A directed leg on which pieces of any commodity move.

    Example:
        >>> AllocationLeg(tail="P", head="W", cost_per_tonne_rupiah=90_000).max_load_g
    """

    tail: str = attrs.field(validator=text("a place code"))
    head: str = attrs.field(validator=text("a place code"))
    #: Price of moving one tonne along the leg [rupiah].
    cost_per_tonne_rupiah: int = attrs.field(
        default=0, validator=whole(0, "rupiah", highest=WHOLE_LIMIT)
    )
    #: Time from tail to head [s].
    travel_s: int = attrs.field(default=0, validator=whole(0, "seconds", highest=WHOLE_LIMIT))
    #: Heaviest load in all [g]; None is no limit.
    max_load_g: int | None = attrs.field(
        default=None, validator=maybe(whole(0, "grams", highest=WHOLE_LIMIT))
    )
    #: Bulkiest load in all [cm3]; None is no limit.
    max_volume_cm3: int | None = attrs.field(
        default=None, validator=maybe(whole(0, "cubic centimetres", highest=WHOLE_LIMIT))
    )


@attrs.frozen(kw_only=True)
class AllocationProblem:
    """Supplies, demands and the legs between them.

    Example:
        >>> ink = Commodity(item="ink")
        >>> problem = AllocationProblem(
        ...     places=("P", "W"),
        ...     commodities=(UnitSize(commodity=ink, mass_g=60),),
        ...     supplies=(SupplyLot(place="P", commodity=ink, quantity=5),),
        ...     demands=(Demand(place="W", commodity=ink, quantity=4),),
        ...     legs=(AllocationLeg(tail="P", head="W", cost_per_tonne_rupiah=100_000),),
        ... )
        >>> problem.place_index["W"], problem.commodity_index[ink]
        (1, 0)
    """

    places: tuple[str, ...] = attrs.field(validator=a_tuple)
    commodities: tuple[UnitSize, ...] = attrs.field(validator=a_tuple)
    supplies: tuple[SupplyLot, ...] = attrs.field(validator=a_tuple)
    demands: tuple[Demand, ...] = attrs.field(validator=a_tuple)
    legs: tuple[AllocationLeg, ...] = attrs.field(validator=a_tuple)

    def __attrs_post_init__(self) -> None:
        """Refuse repeated or unknown places and commodities.

        Raises:
            ProblemInstanceError: A code is repeated, or used and not listed.
        """
        for what, codes in (
            ("place", self.places),
            ("commodity", tuple(str(size.commodity) for size in self.commodities)),
        ):
            if len(set(codes)) < len(codes):
                twice = sorted(code for code in set(codes) if codes.count(code) > 1)
                raise ProblemInstanceError(
                    f"the {what} {twice[0]!r} is listed twice", f"list each {what} once"
                )
        known = self.place_index
        lost = sorted(
            {place for place in self._used_places() if place not in known},
        )
        if lost:
            raise ProblemInstanceError(
                f"the place {lost[0]!r} is used and not among the places",
                f"add to the places: {', '.join(lost[:5])}",
            )
        wares = self.commodity_index
        rows: tuple[SupplyLot | Demand, ...] = (*self.supplies, *self.demands)
        for row in rows:
            if row.commodity not in wares:
                raise ProblemInstanceError(
                    f"{row.place} has {row.commodity}, which is not among the commodities",
                    "list its mass and volume among the commodities",
                )
        self._check_kept()

    def _check_kept(self) -> None:
        """Refuse to keep what is not there in time."""
        keeping: dict[tuple[str, Commodity], list[Demand]] = {}
        for demand in self.demands:
            if demand.kept:
                keeping.setdefault((demand.place, demand.commodity), []).append(demand)
        if not keeping:
            return
        own: dict[tuple[str, Commodity], list[SupplyLot]] = {}
        for lot in self.supplies:
            own.setdefault((lot.place, lot.commodity), []).append(lot)
        for key, demands in keeping.items():
            first = min((d.due_s for d in demands if d.due_s is not None), default=None)
            there = sum(
                lot.quantity
                for lot in own.get(key, ())
                if lot.available_s is None or first is None or lot.available_s <= first
            )
            kept = sum(d.kept for d in demands)
            if kept > there:
                raise ProblemInstanceError(
                    f"{key[0]} keeps {kept} of {key[1]} and has {there} in time",
                    "keep no more than its own lots hold",
                )

    def _used_places(self) -> Iterable[str]:
        yield from (row.place for row in self.supplies)
        yield from (row.place for row in self.demands)
        yield from (leg.tail for leg in self.legs)
        yield from (leg.head for leg in self.legs)

    @cached_property
    def place_index(self) -> dict[str, int]:
        """Number of each place."""
        return {place: i for i, place in enumerate(self.places)}

    @cached_property
    def lots_of(self) -> tuple[tuple[int, ...], ...]:
        """Numbers of the supplies of each commodity."""
        return self._by_commodity(self.supplies)

    @cached_property
    def demands_of(self) -> tuple[tuple[int, ...], ...]:
        """Numbers of the demands for each commodity."""
        return self._by_commodity(self.demands)

    def _by_commodity(self, rows: Sequence[SupplyLot | Demand]) -> tuple[tuple[int, ...], ...]:
        found: list[list[int]] = [[] for _ in self.commodities]
        for i, row in enumerate(rows):
            found[self.commodity_index[row.commodity]].append(i)
        return tuple(map(tuple, found))

    @cached_property
    def ends(self) -> tuple[tuple[int, int], ...]:
        """Numbers of the places at both ends of each leg."""
        known = self.place_index
        return tuple((known[leg.tail], known[leg.head]) for leg in self.legs)

    @cached_property
    def commodity_index(self) -> dict[Commodity, int]:
        """Number of each commodity."""
        return {size.commodity: i for i, size in enumerate(self.commodities)}
