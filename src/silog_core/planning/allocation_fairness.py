"""How evenly an allocation spreads what there is."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple

from silog_core.domain.allocation import Fairness

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from silog_core.domain.allocation import AllocationProblem

_PPM = 1_000_000


class Share(NamedTuple):
    """What one receiver needs and gets of one commodity."""

    place: str
    group: str
    quantity: int
    served: int


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
    return measure_shares(
        Share(demand.place, demand.group, demand.quantity, units)
        for demand, units in zip(problem.demands, served, strict=True)
    )


def measure_shares(rows: Iterable[Share]) -> Fairness:
    """Return the fairness numbers of *rows*; needs of nothing do not count.

    Example:
        >>> measure_shares([Share("A", "road", 4, 4), Share("B", "water", 4, 1)]).by_group
        (('road', 1000000, 1000000), ('water', 250000, 250000))
    """
    shares: list[int] = []
    places: dict[str, int] = {}
    groups: dict[str, list[int]] = defaultdict(list)
    for place, group, quantity, units in rows:
        if not quantity:
            continue
        share = units * _PPM // quantity
        shares.append(share)
        places[place] = min(share, places.get(place, _PPM))
        if group:
            groups[group].append(share)
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
