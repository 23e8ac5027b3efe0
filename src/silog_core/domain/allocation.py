"""The allocation question and its answer: who gets what, from where, and why not more.

Times are seconds from 00:00 local time of the voting day, negative before it. Costs are
kept in millionths of a rupiah: a price per tonne times a mass in grams is a whole number
of them, so that sums are exact.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from enum import Enum
from functools import cached_property

import attrs

from silog_core.domain.demand import Commodity
from silog_core.domain.fields import a_tuple, maybe, text, whole
from silog_core.domain.flows import WHOLE_LIMIT
from silog_core.errors import ProblemInstanceError

_PPM = 1_000_000


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
    priority: int = attrs.field(default=1, validator=whole(1, "class"))
    #: Last moment of arrival [s]; None is any time.
    due_s: int | None = attrs.field(
        default=None, validator=maybe(whole(-WHOLE_LIMIT, "seconds", highest=WHOLE_LIMIT))
    )
    #: Class for the fairness numbers, such as ``3T`` for remote places.
    group: str = ""

    def __attrs_post_init__(self) -> None:
        """Refuse a floor above the need.

        Raises:
            ProblemInstanceError: The floor is above the quantity.
        """
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


@attrs.frozen(kw_only=True)
class CommodityFlow:
    """Pieces of one commodity on one leg."""

    #: Number of the leg in the problem.
    leg: int
    #: Number of the commodity in the problem.
    commodity: int
    quantity: int = attrs.field(validator=whole(1, "pieces"))


@attrs.frozen(kw_only=True)
class Attribution:
    """Pieces of one lot that serve one demand, with their way."""

    #: Number of the supply in the problem.
    supply: int
    #: Number of the demand in the problem.
    demand: int
    quantity: int = attrs.field(validator=whole(1, "pieces"))
    #: Numbers of the legs in order; empty where lot and demand share a place.
    legs: tuple[int, ...] = ()
    #: Moment of arrival [s]; None when the lot is there from the start.
    arrive_s: int | None = None


class ShortCode(Enum):
    """Why a unit of a demand stays unmet."""

    #: The lots that could serve it are used up.
    SUPPLY = "supply"
    #: Every way to it is full.
    LEG_CAPACITY = "leg-capacity"
    #: Pieces are left, of another electoral area.
    AREA = "area"
    #: Pieces are left, and none can arrive in time.
    TIME = "time"
    #: What others hold is the floor that the law guarantees them.
    FLOOR = "floor"
    #: No leg leads from any lot to the place.
    UNREACHABLE = "unreachable"


@attrs.frozen(kw_only=True)
class Unmet:
    """Pieces that a demand does not get, why, and the smallest change that mends it."""

    #: Number of the demand in the problem.
    demand: int
    quantity: int = attrs.field(validator=whole(1, "pieces"))
    code: ShortCode = attrs.field(converter=ShortCode)
    reason: str
    #: The reason in Indonesian.
    reason_id: str
    #: What would mend it.
    action: str
    #: What would mend it, in Indonesian.
    action_id: str


@attrs.frozen(kw_only=True)
class Fairness:
    """How evenly the pieces are spread [parts per million of the need]."""

    #: Least share of a need that is met.
    least_ppm: int
    #: Gini coefficient of the shares: 0 when all are equal.
    gini_ppm: int
    #: Least share at each place, in the order of the codes.
    by_place: tuple[tuple[str, int], ...] = ()
    #: Least and mean share of each group.
    by_group: tuple[tuple[str, int, int], ...] = ()


@attrs.frozen(kw_only=True)
class FairnessCut:
    """Why some demands of one commodity cannot fairly be given more.

    No more pieces can enter the places of the cut, none leave them, and none lie unused
    in them; so that a short demand could gain only from another demand in the cut.
    """

    commodity: int
    #: Numbers of the places, rising.
    places: tuple[int, ...]
    #: Numbers of the short demands that the cut speaks for.
    demands: tuple[int, ...]


@attrs.frozen(kw_only=True)
class PriceProof:
    """Prices that prove how little any allocation of the same pieces can cost.

    For each commodity a price at every place [millionths of a rupiah per piece]; empty
    for a commodity that does not move.
    """

    potentials: tuple[tuple[int, ...], ...]


@attrs.frozen(kw_only=True)
class AllocationResult:
    """What each demand gets, by which flows, from which lots.

    Example:
        >>> result = AllocationResult(
        ...     flows=(),
        ...     served=(4,),
        ...     attributions=(),
        ...     unmet=(),
        ...     cost_microrupiah=24_000_000,
        ...     bound_microrupiah=24_000_000,
        ...     fairness=Fairness(least_ppm=1_000_000, gini_ppm=0),
        ...     solver="builtin",
        ... )
        >>> result.cost_rupiah, result.gap_ppm
        (24, 0)
    """

    flows: tuple[CommodityFlow, ...]
    #: Pieces for each demand, in the order of the problem.
    served: tuple[int, ...]
    attributions: tuple[Attribution, ...]
    unmet: tuple[Unmet, ...]
    #: Cost of the flows [millionths of a rupiah].
    cost_microrupiah: int
    #: No allocation of the same pieces costs less than this [millionths of a rupiah];
    #: None when the solver gives no bound.
    bound_microrupiah: int | None
    fairness: Fairness
    solver: str
    #: Prices behind the bound; None when the solver proves nothing.
    proof: PriceProof | None = None
    #: Why nobody can fairly be given more; see `FairnessCut`.
    cuts: tuple[FairnessCut, ...] = ()

    @property
    def cost_rupiah(self) -> int:
        """Cost of the flows, rounded up [rupiah]."""
        return -(-self.cost_microrupiah // _PPM)

    @property
    def gap_ppm(self) -> int | None:
        """Share by which the cost may be above the best [ppm], None when not bounded."""
        if self.bound_microrupiah is None:
            return None
        excess = self.cost_microrupiah - self.bound_microrupiah
        return -(-excess * _PPM // max(1, self.bound_microrupiah))

    @property
    def is_complete(self) -> bool:
        """Whether every demand is met in full."""
        return not self.unmet
