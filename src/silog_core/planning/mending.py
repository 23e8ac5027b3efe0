"""Make the changes that reasons name: a what-if to allocate again."""

from __future__ import annotations

from typing import TYPE_CHECKING

import attrs

from silog_core.domain.allocation import AllocationLeg, SupplyLot

if TYPE_CHECKING:
    from collections.abc import Iterable

    from silog_core.domain.allocation import AllocationProblem, Unmet


def mended(problem: AllocationProblem, lines: Iterable[Unmet]) -> AllocationProblem:
    """Return *problem* with the change that each line names.

    Args:
        problem: The question.
        lines: Unmet pieces of its answer.

    Example:
        >>> from silog_core.domain.allocation import (
        ...     AllocationProblem, Demand, Mending, UnitSize, Unmet
        ... )
        >>> from silog_core.domain.demand import Commodity
        >>> ink = Commodity(item="ink")
        >>> problem = AllocationProblem(
        ...     places=("A",), commodities=(UnitSize(commodity=ink),), supplies=(), legs=(),
        ...     demands=(Demand(place="A", commodity=ink, quantity=3),),
        ... )
        >>> line = Unmet(
        ...     demand=0, quantity=3, code="supply", reason="", reason_id="", action="",
        ...     action_id="", mending=Mending(pieces=3),
        ... )
        >>> mended(problem, [line]).supplies[0].quantity
        3
    """  # fmt: skip
    supplies, legs = list(problem.supplies), list(problem.legs)
    for line in lines:
        change, demand = line.mending, problem.demands[line.demand]
        if change.pieces:
            supplies.append(
                SupplyLot(
                    place=demand.place, commodity=demand.commodity, quantity=change.pieces
                )
            )
        for more in change.room:
            leg = legs[more.leg]
            legs[more.leg] = attrs.evolve(
                leg,
                max_load_g=None if leg.max_load_g is None else leg.max_load_g + more.mass_g,
                max_volume_cm3=None
                if leg.max_volume_cm3 is None
                else leg.max_volume_cm3 + more.volume_cm3,
            )
        if change.supply is not None:
            lot = supplies[change.supply]
            asked = problem.supplies[change.supply].available_s
            if lot.available_s is not None and asked is not None:
                # Several lines may ask for the same lot: the earliest counts.
                moment = min(lot.available_s, asked - change.earlier_s)
                supplies[change.supply] = attrs.evolve(lot, available_s=moment)
            if change.add_leg:
                legs.append(AllocationLeg(tail=lot.place, head=demand.place))
    return attrs.evolve(problem, supplies=tuple(supplies), legs=tuple(legs))
