"""The answer to an allocation question: flows, lots, reasons, fairness and proofs."""

from __future__ import annotations

from enum import Enum

import attrs

from silog_core.domain.fields import whole

_PPM = 1_000_000


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
class MoreRoom:
    """A higher limit of one leg."""

    #: Number of the leg in the problem.
    leg: int
    mass_g: int = 0
    volume_cm3: int = 0


@attrs.frozen(kw_only=True)
class Mending:
    """The change that lets the pieces of one unmet line arrive; see `mended`."""

    #: Pieces to add at the place that lacks them.
    pieces: int = 0
    room: tuple[MoreRoom, ...] = ()
    #: Number of the lot that has to be ready sooner, or from whose place a leg is missing.
    supply: int | None = None
    earlier_s: int = 0
    #: Whether a leg has to be added from the lot's place to the demand's.
    add_leg: bool = False


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
    #: The same change for programs.
    mending: Mending = attrs.field(factory=Mending)


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
class KitCount:
    """Kits of one priority class: which are complete, and how many could be at most.

    Example:
        >>> KitCount(priority=1, total=3, complete=("A", "B"), most=2).is_proved
        True
    """

    priority: int
    total: int
    #: Names of the complete kits, in order.
    complete: tuple[str, ...]
    #: No allocation that keeps the floors completes more; by counting pieces alone.
    most: int

    @property
    def is_proved(self) -> bool:
        """Whether counting proves that no more can be complete."""
        return self.most == len(self.complete)


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
    #: Complete kits by priority class; empty when no demand is part of a kit.
    kits: tuple[KitCount, ...] = ()

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
