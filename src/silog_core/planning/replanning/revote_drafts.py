"""A kit of a re-vote while it is made ready."""

from __future__ import annotations

from typing import TYPE_CHECKING

import attrs

from silog_core.domain.calendar import DAY_S
from silog_core.domain.demand import Commodity
from silog_core.domain.plan import Supply
from silog_core.domain.revotes import RevoteBallots, RevoteGoods

if TYPE_CHECKING:
    from silog_core.domain.incidents import ReVote
    from silog_core.domain.places import Place
    from silog_core.domain.plan import Shortfall, Trip
    from silog_core.planning.replanning.state import State


@attrs.define
class Draft:
    """A kit of a re-vote while it is made ready."""

    order: ReVote
    place: Place
    warehouse: str
    ballots: tuple[RevoteBallots, ...]
    #: Trips of the first vote whose way it takes, with where it gets off.
    way: tuple[tuple[Trip, str], ...]
    ready_s: int
    #: What else belongs into it, and where that comes from.
    goods: tuple[tuple[Commodity, int], ...] = ()
    taken: tuple[RevoteGoods, ...] = ()
    lacks: tuple[Shortfall, ...] = ()
    #: Mass and room of the whole kit [g], [cm3].
    mass_g: int = 0
    volume_cm3: int = 0
    #: Ballots that nobody has sorted yet [sheets].
    unsorted: int = 0
    packed_s: int = 0
    #: When its ballots are there, and when what else is taken from its own warehouse is.
    ballots_s: int = 0
    home_s: int = 0
    #: Until when goods are waited for: a day before the first kit's hour to leave.
    goods_by_s: int = 0
    #: Goods that come later than its ballots.
    waits: list[RevoteGoods] = attrs.field(factory=list)
    #: Trips that bring ballots, and goods, from elsewhere.
    couriers: list[str] = attrs.field(factory=list)
    senders: list[str] = attrs.field(factory=list)
    out: list[str] = attrs.field(factory=list)
    back: list[str] = attrs.field(factory=list)

    def begin(self) -> None:
        """Note that its ballots are there when it is ready, and what may be waited for."""
        self.ballots_s = self.home_s = self.ready_s
        planned_s = self.way[0][0].depart_s + self.order.day_s - DAY_S
        self.goods_by_s = max(self.ready_s, planned_s)


def lot_ready_s(state: State, place: str, ware: Commodity, lot: str) -> int:
    """Return from when on a lot can leave its place [s]."""
    line = Supply(to="", commodity=ware, quantity=0, from_place=place, lot=lot)
    return state.lot_ready_s(line)
