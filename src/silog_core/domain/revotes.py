"""Re-votes: what is packed for a station that votes once more, and how it travels."""

from __future__ import annotations

import attrs

from silog_core.domain.demand import Commodity
from silog_core.domain.fields import a_tuple, text, whole

#: A re-vote is held at most so many days after the voting day.
TERM_DAYS = 10
#: What that term is founded on.
TERM_SOURCE = (
    "UU 7/2017 art. 372-373, as quoted for 2024; for a Pilkada the same term, own knowledge"
)
TERM_SOURCE_ID = (
    "UU 7/2017 pasal 372-373, sebagaimana dikutip untuk 2024; untuk Pilkada tenggat yang sama,"
    " pengetahuan sendiri"
)


@attrs.frozen(kw_only=True)
class RevoteBallots:
    """Marked ballots of one contest, from the reserve that is kept for re-votes."""

    contest: str = attrs.field(validator=text("the code of a contest"))
    #: The reserve item, with its electoral area.
    commodity: Commodity
    quantity: int = attrs.field(validator=whole(1, "pieces"))
    #: Warehouse in whose reserve they lie.
    holder: str = attrs.field(validator=text("a place code"))


#: Where goods of a re-vote's kit can come from.
GOODS_SOURCES = ("lot", "returned")


@attrs.frozen(kw_only=True)
class RevoteGoods:
    """Pieces of a kit that are no ballots, and where they come from."""

    commodity: Commodity
    quantity: int = attrs.field(validator=whole(1, "pieces"))
    #: A ``lot`` that has more than was allocated of it, or ``returned`` from the first vote.
    source: str = attrs.field(validator=attrs.validators.in_(GOODS_SOURCES))
    #: Place where they lie; another than the warehouse sends them by courier.
    holder: str = attrs.field(validator=text("a place code"))
    #: Name of the lot, or the place with whose kit they came back.
    lot: str = ""


@attrs.frozen(kw_only=True)
class RevoteKit:
    """The kit of a station that votes again, packed anew.

    Example:
        >>> ballots = RevoteBallots(
        ...     contest="regent",
        ...     commodity=Commodity(item="ballot-revote-regent", area="12.07"),
        ...     quantity=300,
        ...     holder="12.07-W1",
        ... )
        >>> RevoteKit(
        ...     station="12.07.01.2001-001",
        ...     incident="psu",
        ...     day_s=7 * 86_400,
        ...     voters=290,
        ...     warehouse="12.07-W1",
        ...     packed_s=3 * 86_400,
        ...     ballots=(ballots,),
        ... ).pieces
        300
    """

    station: str = attrs.field(validator=text("a station code"))
    incident: str = attrs.field(validator=text("the id of an incident"))
    #: 00:00 of the day of the re-vote [s from 00:00 of voting day].
    day_s: int = attrs.field(validator=whole(1, "seconds"))
    voters: int = attrs.field(validator=whole(0, "voters"))
    #: Warehouse that packs it.
    warehouse: str = attrs.field(validator=text("a place code"))
    #: When it is packed [s].
    packed_s: int
    ballots: tuple[RevoteBallots, ...] = attrs.field(validator=a_tuple)
    #: What else belongs into it, found or not.
    goods: tuple[tuple[Commodity, int], ...] = attrs.field(default=(), validator=a_tuple)
    #: Where those goods come from; what is not among these stands in
    #: `Plan.revote_shortfalls`.
    taken: tuple[RevoteGoods, ...] = attrs.field(default=(), validator=a_tuple)
    #: Trips that bring ballots and goods from elsewhere, the kit, and the kit back.
    couriers: tuple[str, ...] = attrs.field(default=(), validator=a_tuple)
    out: tuple[str, ...] = attrs.field(default=(), validator=a_tuple)
    back: tuple[str, ...] = attrs.field(default=(), validator=a_tuple)

    @property
    def pieces(self) -> int:
        """Ballots of all contests."""
        return sum(b.quantity for b in self.ballots)

    @property
    def missing(self) -> tuple[tuple[Commodity, int], ...]:
        """What belongs into it and comes from nowhere, by commodity [pieces]."""
        left = dict(self.goods)
        for goods in self.taken:
            left[goods.commodity] = left.get(goods.commodity, 0) - goods.quantity
        return tuple((ware, n) for ware, n in left.items() if n > 0)
