"""Allocations that cost little more than the cheapest, and what that buys.

All of them give everybody the same pieces. The earliest is looked for by pricing time,
the most spread by pricing what a source gives beyond a quarter, a half, three quarters of
its lot. The price rises as far as the tolerance allows; what one price cannot find, such
as the best of all allocations at exactly the tolerated cost, is not looked for.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import attrs

from silog_core.domain.allocation import (
    AllocationLeg,
    AllocationProblem,
    AllocationResult,
    Attribution,
    SupplyLot,
)
from silog_core.domain.flows import WHOLE_LIMIT
from silog_core.domain.locale import number, tenths
from silog_core.errors import ProblemInstanceError
from silog_core.solvers.allocation.assemble import assemble
from silog_core.solvers.allocation.builtin import solve_allocation

if TYPE_CHECKING:
    from collections.abc import Callable

    from silog_core.ports.allocation import AllocationSolver

#: Bands of a lot, each dearer than the one before where spreading is asked for.
_BANDS = 4
#: Prices that are tried: powers of two.
_PRICES = 48


@attrs.frozen(kw_only=True)
class Alternative:
    """One allocation with its measures, and what it adds to the cheapest."""

    #: ``cheapest``, ``earliest`` or ``most-spread``.
    name: str
    result: AllocationResult
    #: Cost above that of the cheapest [millionths of a rupiah].
    extra_microrupiah: int
    #: Mean time from the first lot's moment to arrival, over all pieces [s].
    mean_arrival_s: int
    #: Pieces that are lost when the largest source fails.
    at_risk: int
    #: Demands that hang on one source alone.
    single_points: int

    def tell(self, *, lang: str = "en") -> str:
        """Return a sentence about it, in English or Indonesian."""
        text = {
            "en": "{name}: costs {extra} rupiah more, arrives after {hours} h on average;"
            " {risk} pieces hang on one source, and {single} receivers on one source alone",
            "id": "{name}: lebih mahal {extra} rupiah, rata-rata tiba setelah {hours} jam;"
            " {risk} barang bergantung pada satu sumber, dan {single} penerima hanya punya"
            " satu sumber",
        }[lang]
        names = {
            "cheapest": "termurah",
            "earliest": "paling cepat",
            "most-spread": "paling tersebar",
        }
        return text.format(
            name=self.name if lang == "en" else names[self.name],
            extra=number(-(-self.extra_microrupiah // 1_000_000), lang),
            hours=tenths(self.mean_arrival_s, 3600, lang),
            risk=number(self.at_risk, lang),
            single=number(self.single_points, lang),
        )


def near_optimal(
    problem: AllocationProblem,
    *,
    tolerance_permille: int,
    solver: AllocationSolver = solve_allocation,
) -> tuple[Alternative, ...]:
    """Return the cheapest allocation, and an earlier and a more spread one.

    Args:
        problem: Supplies, demands and legs.
        tolerance_permille: How much dearer than the cheapest they may be.
        solver: Solves each variant.

    Returns:
        Cheapest, earliest, most spread; where nothing better is found within the
        tolerance, the cheapest stands in for it.

    Raises:
        ProblemInstanceError: The tolerance is no whole number from 0 on.

    Example:
        >>> from silog_core.domain.allocation import Demand, UnitSize
        >>> from silog_core.domain.demand import Commodity
        >>> ink = Commodity(item="ink")
        >>> problem = AllocationProblem(
        ...     places=("A", "B", "W"),
        ...     commodities=(UnitSize(commodity=ink, mass_g=1000),),
        ...     supplies=tuple(
        ...         SupplyLot(place=p, commodity=ink, quantity=8) for p in ("A", "B")
        ...     ),
        ...     demands=(Demand(place="W", commodity=ink, quantity=8),),
        ...     legs=(
        ...         AllocationLeg(
        ...             tail="A", head="W", cost_per_tonne_rupiah=100, travel_s=7200
        ...         ),
        ...         AllocationLeg(
        ...             tail="B", head="W", cost_per_tonne_rupiah=110, travel_s=3600
        ...         ),
        ...     ),
        ... )
        >>> for found in near_optimal(problem, tolerance_permille=100):
        ...     print(found.name, found.result.cost_rupiah, found.at_risk)
        cheapest 1 8
        earliest 1 8
        most-spread 1 4
    """
    if type(tolerance_permille) is not int or tolerance_permille < 0:
        raise ProblemInstanceError(
            f"the tolerance is {tolerance_permille!r}",
            "give a whole number of permille, from 0",
        )
    cheapest = solver(problem)
    limit = cheapest.cost_microrupiah * (1000 + tolerance_permille) // 1000
    first = min(
        (s.available_s for s in problem.supplies if s.available_s is not None), default=0
    )
    waits = [0 if s.available_s is None else s.available_s - first for s in problem.supplies]

    def timed(price: int) -> AllocationProblem:
        return _variant(
            problem,
            cheapest,
            price,
            leg=lambda n: problem.legs[n].travel_s,
            lot=lambda i, _: waits[i],
        )

    def spread(price: int) -> AllocationProblem:
        return _variant(
            problem, cheapest, price, leg=lambda _: 0, lot=lambda _, band: band, split=True
        )

    found = [_measured(problem, "cheapest", cheapest, cheapest, waits)]
    for name, variant in (("earliest", timed), ("most-spread", spread)):
        options = [cheapest, *_within(problem, cheapest, variant, solver, limit)]
        measured = [_measured(problem, name, o, cheapest, waits) for o in options]
        found.append(min(measured, key=lambda a: (_rank(a), a.extra_microrupiah)))
    return tuple(found)


def _rank(found: Alternative) -> tuple[int, ...]:
    """Return what an alternative of that name is chosen by."""
    if found.name == "earliest":
        return (found.mean_arrival_s,)
    return (found.at_risk, found.single_points)


def _within(
    problem: AllocationProblem,
    cheapest: AllocationResult,
    variant: Callable[[int], AllocationProblem],
    solver: AllocationSolver,
    limit: int,
) -> list[AllocationResult]:
    """Return what prices up to the highest that keeps the limit lead to."""
    found: list[AllocationResult] = []
    low, high = 0, _PRICES
    while low < high:
        middle = (low + high + 1) // 2
        lines = _lines(problem, solver(variant(2**middle)))
        result = assemble(problem, lines, solver=cheapest.solver, bound_microrupiah=None)
        if result.served == cheapest.served and result.cost_microrupiah <= limit:
            found.append(
                attrs.evolve(
                    result,
                    bound_microrupiah=cheapest.bound_microrupiah,
                    proof=cheapest.proof,
                    cuts=(),
                )
            )
            low = middle
        else:
            high = middle - 1
    return found


def _variant(
    problem: AllocationProblem,
    cheapest: AllocationResult,
    price: int,
    *,
    leg: Callable[[int], int],
    lot: Callable[[int, int], int],
    split: bool = False,
) -> AllocationProblem:
    """Return the problem of bringing the very same pieces at other prices.

    Each band of a lot stands at a place of its own, with a priced leg to the lot's place.
    Costs are scaled, so that low prices count as well.
    """
    scale = 1 << 20

    def whole(value: int) -> int:
        return min(WHOLE_LIMIT, value)

    legs = [
        attrs.evolve(
            old,
            cost_per_tonne_rupiah=whole(old.cost_per_tonne_rupiah * scale + price * leg(n)),
        )
        for n, old in enumerate(problem.legs)
    ]
    places, supplies = list(problem.places), []
    for i, old in enumerate(problem.supplies):
        for band in range(_BANDS):
            place = f"{old.place}\x00{i}\x00{band}"
            units = (
                old.quantity * (band + 1) // _BANDS - old.quantity * band // _BANDS
                if split
                else old.quantity * (band == 0)
            )
            places.append(place)
            supplies.append(attrs.evolve(old, place=place, quantity=units))
            legs.append(
                AllocationLeg(
                    tail=place,
                    head=old.place,
                    cost_per_tonne_rupiah=whole(price * lot(i, band)),
                )
            )
    return AllocationProblem(
        places=tuple(places),
        commodities=problem.commodities,
        supplies=tuple(supplies),
        demands=tuple(
            attrs.evolve(d, quantity=units, floor=0, kept=0, priority=1, kit="")
            for d, units in zip(problem.demands, cheapest.served, strict=True)
        ),
        legs=tuple(legs),
    )


def _lines(problem: AllocationProblem, found: AllocationResult) -> list[Attribution]:
    """Return the attributions in terms of the true lots and legs."""
    return [
        attrs.evolve(
            line,
            supply=line.supply // _BANDS,
            legs=tuple(n for n in line.legs if n < len(problem.legs)),
        )
        for line in found.attributions
    ]


def _measured(
    problem: AllocationProblem,
    name: str,
    result: AllocationResult,
    cheapest: AllocationResult,
    waits: list[int],
) -> Alternative:
    pieces, time = 0, 0
    given: dict[str, int] = {}
    sources: dict[int, set[str]] = {}
    for line in result.attributions:
        lot: SupplyLot = problem.supplies[line.supply]
        pieces += line.quantity
        travel = sum(problem.legs[n].travel_s for n in line.legs)
        time += line.quantity * (waits[line.supply] + travel)
        given[lot.place] = given.get(lot.place, 0) + line.quantity
        sources.setdefault(line.demand, set()).add(lot.place)
    return Alternative(
        name=name,
        result=result,
        extra_microrupiah=result.cost_microrupiah - cheapest.cost_microrupiah,
        mean_arrival_s=time // max(1, pieces),
        at_risk=max(given.values(), default=0),
        single_points=sum(len(places) == 1 for places in sources.values()),
    )
