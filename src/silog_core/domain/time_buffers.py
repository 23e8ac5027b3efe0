"""How much earlier each branch has to leave so that its stations are likely on time."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property

import attrs

from silog_core.domain.calendar import DAY_S
from silog_core.domain.fields import text, whole
from silog_core.domain.plan import Plan
from silog_core.domain.shocks import MILLION
from silog_core.domain.simulation import Simulation


@attrs.frozen(kw_only=True)
class Target:
    """How likely a station of one class should have everything on time."""

    #: ``road``, ``sea`` or ``remote``: by the hardest mode on the way below the warehouse.
    name: str = attrs.field(validator=text("the name of a class"))
    on_time_ppm: int = attrs.field(validator=whole(0, "per million", highest=MILLION))
    source: str = attrs.field(validator=text("who set the target"))


@attrs.frozen(kw_only=True)
class TimeBuffer:
    """One branch: trips that move together, and how much earlier they should leave."""

    #: Warehouse from which it leaves.
    warehouse: str
    #: Id of its first trip.
    branch: str
    #: Target of its station that is farthest from it: that one is shown below.
    target: Target
    stations: int
    voters: int
    #: Chance of that station, as planned and with the buffer [per million].
    before_ppm: int
    after_ppm: int
    #: Delay beyond what the plan bears, at the target [s]: what the buffer has to cover.
    needed_s: int
    #: By how much it leaves earlier than planned [s]: whole hours, or whole days.
    earlier_s: int
    #: Why the target is not reached; empty where it is.
    reason: str = ""
    reason_id: str = ""

    @property
    def days(self) -> int:
        """Days by which it leaves earlier, rounded up."""
        return -(-self.earlier_s // DAY_S)

    @property
    def reached(self) -> bool:
        """Whether the target is kept, by simulation of the plan with all buffers."""
        return self.after_ppm >= self.target.on_time_ppm


@attrs.frozen(kw_only=True)
class BufferPlan:
    """Buffers of all branches, verified by simulation of the plan that has them."""

    #: Branches in the order of warehouse and branch.
    buffers: tuple[TimeBuffer, ...]
    before: Simulation
    #: Of the plan with all buffers, on the same draws.
    after: Simulation
    #: The plan with all buffers.
    plan: Plan

    @cached_property
    def by_branch(self) -> Mapping[str, TimeBuffer]:
        """Buffers by branch."""
        return {b.branch: b for b in self.buffers}
