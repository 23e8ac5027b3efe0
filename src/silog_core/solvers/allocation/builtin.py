"""The built-in allocation solver: no compiled dependency, exact wherever items do not compete.

Each commodity is solved by itself: at least cost when everything can be met, otherwise
fairly and then at least cost. Only where several commodities overload a leg together does
the heuristic of `joint_capacity` step in, and the bound says how far it may be off.
"""

from __future__ import annotations

from operator import mul
from typing import TYPE_CHECKING

import attrs

from silog_core.domain.allocation import AllocationProblem, AllocationResult, PriceProof
from silog_core.solvers.allocation.assemble import assemble
from silog_core.solvers.allocation.attribution import attribute, is_on_time, without_cycles
from silog_core.solvers.allocation.commodity_network import CommodityNetwork, network_of
from silog_core.solvers.allocation.complete_kits import kit_first_amounts
from silog_core.solvers.allocation.fair_cuts import find_cuts
from silog_core.solvers.allocation.fair_network import fair_amounts
from silog_core.solvers.allocation.joint_capacity import pack_jointly
from silog_core.solvers.allocation.leg_rooms import LegRooms, within_shared_legs
from silog_core.solvers.allocation.multi_flow import solve_multi_flow
from silog_core.solvers.allocation.shipping import ship
from silog_core.solvers.allocation.single_flow import NAME, solve_flow

if TYPE_CHECKING:
    from collections.abc import Sequence

    from silog_core.domain.allocation import Attribution
    from silog_core.domain.flows import (
        FlowProblem,
        FlowSolution,
        MultiFlowProblem,
        MultiFlowSolution,
    )
    from silog_core.solvers.allocation.network_simplex import SimplexOutcome


@attrs.frozen(kw_only=True)
class Share:
    """The answer for one commodity as if it were alone."""

    network: CommodityNetwork
    flows: list[int]
    served: dict[int, int]
    potentials: list[int]
    lines: list[Attribution]


@attrs.frozen
class BuiltinAllocation:
    """The built-in solver, for allocations and for bare flows."""

    def __call__(self, problem: AllocationProblem, *, seed: int = 0) -> AllocationResult:
        """Allocate what there is: cheaply when it suffices, fairly when it does not.

        Args:
            problem: Supplies, demands and legs.
            seed: Not used: nothing here is drawn by lot.

        Returns:
            Flows, pieces served, lots behind them, reasons and bounds.

        Example:
            >>> from silog_core.domain.allocation import (
            ...     AllocationLeg,
            ...     Demand,
            ...     SupplyLot,
            ...     UnitSize,
            ... )
            >>> from silog_core.domain.demand import Commodity
            >>> ink = Commodity(item="ink")
            >>> result = solve_allocation(
            ...     AllocationProblem(
            ...         places=("P", "A", "B"),
            ...         commodities=(UnitSize(commodity=ink, mass_g=60),),
            ...         supplies=(SupplyLot(place="P", commodity=ink, quantity=9),),
            ...         demands=(
            ...             Demand(place="A", commodity=ink, quantity=10),
            ...             Demand(place="B", commodity=ink, quantity=5),
            ...         ),
            ...         legs=(
            ...             AllocationLeg(tail="P", head="A", cost_per_tonne_rupiah=50_000),
            ...             AllocationLeg(tail="P", head="B", cost_per_tonne_rupiah=90_000),
            ...         ),
            ...     )
            ... )
            >>> result.served, [line.code.value for line in result.unmet]
            ((6, 3), ['supply', 'supply'])
        """
        del seed
        return _allocate(problem)

    def solve_flow(self, problem: FlowProblem) -> FlowSolution:
        """Solve a bare flow of one commodity; see `single_flow.solve_flow`."""
        return solve_flow(problem)

    def solve_multi_flow(self, problem: MultiFlowProblem) -> MultiFlowSolution:
        """Solve a bare flow of several commodities; see `multi_flow.solve_multi_flow`."""
        return solve_multi_flow(problem)


#: The one instance, which plugins and sessions name.
solve_allocation = BuiltinAllocation()


def _allocate(problem: AllocationProblem) -> AllocationResult:
    """Solve each commodity by itself, then see whether they fit together."""
    shares = solve_alone(problem)
    rooms = LegRooms(problem)
    for share in shares:
        rooms.take(share.network, share.flows)
    served = [0] * len(problem.demands)
    for share in shares:
        for d, units in share.served.items():
            served[d] = units
    shared = any(
        within_shared_legs(s.network, s.flows, s.network.uppers) is not None for s in shares
    )
    if not rooms.overloaded() and not shared:
        bound, proof = _proved(problem, [s.network for s in shares], served, shares)
        return assemble(
            problem,
            [line for share in shares for line in share.lines],
            solver=NAME,
            bound_microrupiah=bound,
            proof=proof,
            cuts=find_cuts(
                problem, [s.network for s in shares], [s.flows for s in shares], served
            ),
        )

    networks = [share.network for share in shares]
    networks, flows, packed, lines = _packed(problem, networks, served)
    bound, proof = _proved(problem, networks, packed)
    return assemble(
        problem,
        lines,
        solver=NAME,
        bound_microrupiah=bound,
        proof=proof,
        cuts=find_cuts(problem, networks, flows, packed),
    )


def _packed(
    problem: AllocationProblem, networks: Sequence[CommodityNetwork], wanted: Sequence[int]
) -> tuple[list[CommodityNetwork], list[list[int]], list[int], list[Attribution]]:
    """Share legs among commodities; with moments where one was pushed to a way too slow.

    Returns:
        The networks that were used, flows on each, pieces for each demand, and the lines.
    """
    used = list(networks)
    while True:
        flows, served = pack_jointly(problem, used, wanted)
        flows = [without_cycles(net, found) for net, found in zip(used, flows, strict=True)]
        parts = [
            attribute(problem, network, found, served)
            for network, found in zip(used, flows, strict=True)
        ]
        late = [
            n
            for n, lines in enumerate(parts)
            if not used[n].timed and not is_on_time(problem, lines)
        ]
        if not late:
            return used, flows, served, [line for lines in parts for line in lines]
        for n in late:
            used[n] = network_of(problem, used[n].commodity, timed=True)


def solve_alone(problem: AllocationProblem) -> list[Share]:
    """Return the answer for each commodity as if it had the legs to itself."""
    shares = [
        _alone(problem, k) for k in range(len(problem.commodities)) if problem.demands_of[k]
    ]
    short = any(
        units < problem.demands[d].quantity for s in shares for d, units in s.served.items()
    )
    if short and any(demand.kit for demand in problem.demands):
        return _kits_first(problem, shares)
    return shares


def _kits_first(problem: AllocationProblem, shares: list[Share]) -> list[Share]:
    """Share out anew, complete kits first; with moments where pieces would be late."""
    networks = [share.network for share in shares]
    while True:
        served = kit_first_amounts(problem, networks)
        found = [_shipped(problem, network, served) for network in networks]
        late = [
            n
            for n, share in enumerate(found)
            if not networks[n].timed and not is_on_time(problem, share.lines)
        ]
        if not late:
            return found
        for n in late:
            networks[n] = network_of(problem, networks[n].commodity, timed=True)


def _alone(problem: AllocationProblem, commodity: int) -> Share:
    """Solve one commodity; with moments only where some piece would come too late."""
    share = _solve(problem, network_of(problem, commodity))
    if is_on_time(problem, share.lines):
        return share
    return _solve(problem, network_of(problem, commodity, timed=True))


def _proved(
    problem: AllocationProblem,
    networks: Sequence[CommodityNetwork],
    served: Sequence[int],
    known: Sequence[Share] | None = None,
) -> tuple[int, PriceProof]:
    """Return what the served pieces must cost, each commodity by itself, and the prices.

    Moments have no prices that a place could bear: there the same pieces without any
    hurry prove a bound, which may lie below the cost that time makes necessary.
    """
    bound = 0
    potentials: list[tuple[int, ...]] = [() for _ in problem.commodities]
    for n, network in enumerate(networks):
        if known is not None and not network.timed:
            share = known[n]
        else:
            at_leisure = network_of(problem, network.commodity) if network.timed else network
            share = _shipped(problem, at_leisure, served)
        bound += sum(map(mul, share.flows, share.network.costs))
        potentials[network.commodity] = tuple(share.potentials)
    return bound, PriceProof(potentials=tuple(potentials))


def _solve(problem: AllocationProblem, network: CommodityNetwork) -> Share:
    served = [0] * len(problem.demands)
    for _, d in network.exits:
        served[d] = problem.demands[d].quantity
    # Where lots are too few in all there is no use in trying to meet everything.
    wanted = sum(served)
    there = sum(problem.supplies[lot].quantity for _, lot in network.entries)
    found = ship(problem, network, served) if there >= wanted else None
    if found is None or any(found.unmet):
        for d, units in fair_amounts(problem, network).items():
            served[d] = units
        found = None
    return _shipped(problem, network, served, found)


def _shipped(
    problem: AllocationProblem,
    network: CommodityNetwork,
    served: Sequence[int],
    found: SimplexOutcome | None = None,
) -> Share:
    """Return the cheapest way to bring what is served, solved already or not."""
    found = found or ship(problem, network, served)
    flows = without_cycles(network, found.flows)
    return Share(
        network=network,
        flows=flows,
        served={d: served[d] for _, d in network.exits},
        potentials=found.potentials,
        lines=attribute(problem, network, flows, served),
    )
