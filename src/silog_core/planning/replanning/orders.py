"""Orders in which gaps are filled: what comes first may take what another one needs."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from silog_core.planning.replanning.lost import Missing
    from silog_core.planning.replanning.refill import Refill


def greatest(refill: Refill, gap: Missing) -> int:
    """Rank by the share of its need that a warehouse lacks."""
    need = refill.sources.need.get((gap.warehouse, gap.ware), 1)
    return -gap.pieces * 1000 // max(1, need)


def _farthest(refill: Refill, gap: Missing) -> int:
    """Rank by how long goods were planned to be under way to a warehouse."""
    plan = refill.state.plan
    hauls = [t for t in plan.trips if t.echelon == "line-haul"]
    return -max(
        (s.arrive_s - t.depart_s for t in hauls for s in t.stops if s.place == gap.warehouse),
        default=0,
    )


def _soonest(refill: Refill, gap: Missing) -> int:
    """Rank by when the work with the goods begins."""
    due_s = refill.due_s(gap)
    return 0 if due_s is None else due_s


#: Which gaps are filled first: the greatest, the farthest away, or the soonest due.
ORDERS: tuple[Callable[[Refill, Missing], int], ...] = (greatest, _farthest, _soonest)
