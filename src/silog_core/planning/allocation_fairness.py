"""How evenly an allocation spreads what there is."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from silog_core.domain.allocation import Fairness

if TYPE_CHECKING:
    from collections.abc import Sequence

    from silog_core.domain.allocation import AllocationProblem

_PPM = 1_000_000


def measure_fairness(problem: AllocationProblem, served: Sequence[int]) -> Fairness:
    """Return the fairness numbers of what each demand of *problem* gets.

    A share is pieces served over pieces needed, rounded down to a millionth; demands of
    nothing do not count.

    Example:
        >>> from silog_core.domain.allocation import AllocationProblem, Demand, UnitSize
        >>> from silog_core.domain.demand import Commodity
        >>> ink = Commodity(item="ink")
        >>> problem = AllocationProblem(
        ...     places=("A", "B"),
        ...     commodities=(UnitSize(commodity=ink),),
        ...     supplies=(),
        ...     legs=(),
        ...     demands=tuple(Demand(place=p, commodity=ink, quantity=4) for p in "AB"),
        ... )
        >>> measure_fairness(problem, [4, 2])  # doctest: +NORMALIZE_WHITESPACE
        Fairness(least_ppm=500000, gini_ppm=166666, by_place=(('A', 1000000), ('B', 500000)),
        by_group=())
    """
    shares: list[int] = []
    places: dict[str, int] = {}
    groups: dict[str, list[int]] = defaultdict(list)
    for demand, units in zip(problem.demands, served, strict=True):
        if not demand.quantity:
            continue
        share = units * _PPM // demand.quantity
        shares.append(share)
        places[demand.place] = min(share, places.get(demand.place, _PPM))
        if demand.group:
            groups[demand.group].append(share)
    return Fairness(
        least_ppm=min(shares, default=_PPM),
        gini_ppm=gini_ppm(shares),
        by_place=tuple(sorted(places.items())),
        by_group=tuple(
            (name, min(found), sum(found) // len(found))
            for name, found in sorted(groups.items())
        ),
    )


def gini_ppm(shares: Sequence[int]) -> int:
    """Return the Gini coefficient of *shares* in millionths, rounded down.

    Example:
        >>> gini_ppm([5, 5, 5]), gini_ppm([0, 0, 0, 8])
        (0, 750000)
    """
    total, count = sum(shares), len(shares)
    if not total:
        return 0
    weighted = sum((2 * i - count - 1) * share for i, share in enumerate(sorted(shares), 1))
    return weighted * _PPM // (count * total)
