"""What changes from one allocation to another: who gains, who loses, at what cost."""

from __future__ import annotations

from typing import TYPE_CHECKING

import attrs

if TYPE_CHECKING:
    from silog_core.domain.allocation import AllocationProblem, AllocationResult
    from silog_core.domain.demand import Commodity


@attrs.frozen(kw_only=True)
class ServedChange:
    """A demand that gets another number of pieces than before."""

    place: str
    commodity: Commodity
    before: int
    after: int


@attrs.frozen(kw_only=True)
class AllocationDifference:
    """Gains and losses by demand, and what they cost."""

    gains: tuple[ServedChange, ...]
    losses: tuple[ServedChange, ...]
    #: Difference in cost [millionths of a rupiah].
    cost_microrupiah: int
    #: Difference in the least share [ppm].
    least_ppm: int


def compare_allocations(
    before: tuple[AllocationProblem, AllocationResult],
    after: tuple[AllocationProblem, AllocationResult],
) -> AllocationDifference:
    """Return what changes between two what-ifs; demands are matched by place and commodity.

    Args:
        before: A problem and its result.
        after: A variant, such as one with another leg or a larger lot, and its result.
    """
    first, second = _served(*before), _served(*after)
    changes = [
        ServedChange(
            place=place,
            commodity=commodity,
            before=first.get((place, commodity), 0),
            after=second.get((place, commodity), 0),
        )
        for place, commodity in sorted(
            first.keys() | second.keys(), key=lambda key: (key[0], str(key[1]))
        )
    ]
    return AllocationDifference(
        gains=tuple(c for c in changes if c.after > c.before),
        losses=tuple(c for c in changes if c.after < c.before),
        cost_microrupiah=after[1].cost_microrupiah - before[1].cost_microrupiah,
        least_ppm=after[1].fairness.least_ppm - before[1].fairness.least_ppm,
    )


def _served(
    problem: AllocationProblem, result: AllocationResult
) -> dict[tuple[str, Commodity], int]:
    found: dict[tuple[str, Commodity], int] = {}
    for demand, units in zip(problem.demands, result.served, strict=True):
        key = (demand.place, demand.commodity)
        found[key] = found.get(key, 0) + units
    return found
