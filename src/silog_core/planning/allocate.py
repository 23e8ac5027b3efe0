"""Allocation: which lot serves which warehouse, and who below it goes short."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import MappingProxyType

import attrs

from silog_core.domain.allocation import (
    AllocationLeg,
    AllocationProblem,
    AllocationResult,
    Demand,
    SupplyLot,
    UnitSize,
    Unmet,
)
from silog_core.domain.calendar import day_start_s
from silog_core.domain.demand import Commodity, Needs
from silog_core.domain.legs import Leg
from silog_core.domain.places import PlaceKind
from silog_core.domain.plan import Allocation, Shortfall, Supply
from silog_core.domain.scenario import Scenario
from silog_core.domain.stock import StockLot
from silog_core.errors import InfeasibleError
from silog_core.network.upper import upper_legs
from silog_core.planning.plan_fairness import plan_fairness
from silog_core.planning.regency import subtree
from silog_core.ports.allocation import AllocationSolver
from silog_core.rules.book import RuleBook

_NONE: Mapping[tuple[str, Commodity], int] = MappingProxyType({})


@attrs.frozen(kw_only=True)
class Wanted:
    """What one place below a warehouse needs of one commodity."""

    place: str
    quantity: int
    #: Pieces that the law guarantees: a ballot for each voter, before any reserve.
    floor: int


@attrs.frozen(kw_only=True)
class Allocated:
    """The allocation, what is missing, and what it took to ask the solver."""

    allocation: Allocation
    shortfalls: tuple[Shortfall, ...]
    #: Legs of each line of the allocation, in its direction.
    ways: tuple[tuple[Leg, ...], ...]
    problem: AllocationProblem
    result: AllocationResult


def allocate(
    scenario: Scenario,
    book: RuleBook,
    needs: Needs,
    *,
    solver: AllocationSolver,
    legs: Iterable[Leg] | None = None,
    due: Mapping[tuple[str, Commodity], int] = _NONE,
    seed: int = 0,
    kits_first: bool = False,
    require_feasible: bool = False,
) -> Allocated:
    """Return who gets what from where; a shortage is an answer, not an exception.

    Args:
        scenario: Stock and places.
        book: Rules, for masses and volumes.
        needs: What every place requires.
        solver: Solves the flow problem.
        legs: Legs between suppliers, ports and warehouses, each in both directions; those
            of `upper_legs` when None.
        due: Latest arrival of a commodity at a warehouse [s]; none is any time.
        seed: Passed to the solver.
        kits_first: Below a short warehouse, complete as many kits as can be, once every
            floor is met and before anything is shared evenly.
        require_feasible: Raise instead of sharing out what there is.

    Raises:
        InfeasibleError: With *require_feasible*, when something is missing.
    """
    wanted = wanted_by_warehouse(scenario, needs)
    stock = scenario.stock or assumed_stock(scenario, wanted)
    legs = upper_legs(scenario, book) if legs is None else tuple(legs)
    problem = _problem(scenario, book, wanted, stock, legs, due)
    result = solver(problem, seed=seed)
    if require_feasible and result.unmet:
        first = result.unmet[0]
        raise InfeasibleError(
            f"{len(result.unmet)} needs cannot be met: {first.reason}", first.action
        )
    lines = tuple(_line(problem, result, i) for i in range(len(result.attributions)))
    short, shortfalls = _share_below(
        problem, result, wanted, solver, seed, book if kits_first else None
    )
    allocation = Allocation(
        lines=lines,
        short=short,
        cost_rupiah=result.cost_rupiah,
        solver=result.solver,
        gap_ppm=result.gap_ppm or 0,
        fairness=plan_fairness(scenario, book, wanted, short),
    )
    return Allocated(
        allocation=allocation,
        shortfalls=shortfalls,
        ways=tuple(tuple(legs[i] for i in share.legs) for share in result.attributions),
        problem=problem,
        result=result,
    )


def wanted_by_warehouse(
    scenario: Scenario, needs: Needs
) -> Mapping[tuple[str, Commodity], tuple[Wanted, ...]]:
    """Return what is needed below each warehouse, by commodity, place by place."""
    owner = {
        place.code: warehouse.code
        for warehouse in scenario.of_kind(PlaceKind.WAREHOUSE)
        for place in subtree(scenario, warehouse.code)
    }
    found: dict[tuple[str, Commodity], list[Wanted]] = {}
    known: dict[tuple[str, str], Commodity] = {}
    for column in needs.columns:
        rows = needs.level(column.per)
        for row, quantity in enumerate(column.quantities):
            warehouse = owner.get(rows.codes[row])
            if not quantity or warehouse is None:
                continue
            area = column.contest.area_of(rows.regions[row]) if column.contest else ""
            key = (column.item, area)
            ware = known.get(key) or known.setdefault(
                key, Commodity(item=column.item, area=area)
            )
            floor = min(quantity, rows.voters[row]) if column.contest else 0
            found.setdefault((warehouse, ware), []).append(
                Wanted(place=rows.codes[row], quantity=quantity, floor=floor)
            )
    return {key: tuple(found[key]) for key in sorted(found, key=_ware_key)}


def _ware_key(key: tuple[str, Commodity]) -> tuple[str, str]:
    return (key[0], str(key[1]))


def assumed_stock(
    scenario: Scenario, wanted: Mapping[tuple[str, Commodity], tuple[Wanted, ...]]
) -> tuple[StockLot, ...]:
    """Return lots that just cover the need, for a scenario without a stock list.

    They lie at the first supplier, or at each warehouse where there is no supplier.
    """
    suppliers = scenario.of_kind(PlaceKind.SUPPLIER)
    total: dict[tuple[str, Commodity], int] = {}
    for (warehouse, ware), members in wanted.items():
        key = (suppliers[0].code if suppliers else warehouse, ware)
        total[key] = total.get(key, 0) + sum(m.quantity for m in members)
    return tuple(
        StockLot(place=place, item=ware.item, area=ware.area, quantity=quantity, lot="assumed")
        for (place, ware), quantity in sorted(total.items(), key=lambda x: _ware_key(x[0]))
    )


def _problem(
    scenario: Scenario,
    book: RuleBook,
    wanted: Mapping[tuple[str, Commodity], tuple[Wanted, ...]],
    stock: Iterable[StockLot],
    legs: tuple[Leg, ...],
    due: Mapping[tuple[str, Commodity], int],
) -> AllocationProblem:
    voting_day = scenario.election.voting_day
    lots = [
        SupplyLot(
            place=lot.place,
            commodity=Commodity(item=lot.item, area=area_of_lot(scenario, lot)),
            quantity=lot.quantity,
            available_s=day_start_s(lot.from_date, voting_day) if lot.from_date else None,
            lot=lot.lot,
        )
        for lot in stock
    ]
    wares = sorted({*(w for _, w in wanted), *(lot.commodity for lot in lots)}, key=str)
    own: dict[tuple[str, Commodity], list[SupplyLot]] = {}
    for piece in lots:
        own.setdefault((piece.place, piece.commodity), []).append(piece)
    places = {leg.tail for leg in legs} | {leg.head for leg in legs}
    places |= {lot.place for lot in lots} | {warehouse for warehouse, _ in wanted}
    return AllocationProblem(
        places=tuple(sorted(places)),
        commodities=tuple(_size(book, ware) for ware in wares),
        supplies=tuple(lots),
        demands=tuple(
            Demand(
                place=warehouse,
                commodity=ware,
                quantity=sum(m.quantity for m in members),
                floor=sum(m.floor for m in members),
                due_s=due.get((warehouse, ware)),
                kept=_kept(
                    own.get((warehouse, ware), ()),
                    sum(m.quantity for m in members),
                    due.get((warehouse, ware)),
                ),
            )
            for (warehouse, ware), members in wanted.items()
        ),
        legs=tuple(
            AllocationLeg(
                tail=leg.tail,
                head=leg.head,
                cost_per_tonne_rupiah=leg.cost_per_tonne_rupiah,
                travel_s=leg.travel_s,
                max_load_g=leg.max_load_g,
                max_volume_cm3=leg.max_volume_cm3,
            )
            for leg in legs
        ),
    )


def _kept(own: Iterable[SupplyLot], need: int, due_s: int | None) -> int:
    """Return what a warehouse keeps of its own lots: a donor's need comes first."""
    there = sum(
        lot.quantity
        for lot in own
        if lot.available_s is None or due_s is None or lot.available_s <= due_s
    )
    return min(need, there)


def area_of_lot(scenario: Scenario, lot: StockLot) -> str:
    """Return the electoral area of a lot: as given, or that of the place it lies in."""
    contest = scenario.election.contest_of(lot.item)
    if lot.area or contest is None:
        return lot.area
    region = scenario.by_code[lot.place].region
    wide_enough = region.depth >= {"country": 0, "province": 1}.get(
        contest.area_level.value, 2
    )
    return contest.area_of(region) if wide_enough else ""


def _size(book: RuleBook, ware: Commodity) -> UnitSize:
    item = book.item(ware.item)
    return UnitSize(
        commodity=ware,
        mass_g=item.mass_g if item else 0,
        volume_cm3=item.volume_cm3 if item else 0,
    )


def _line(problem: AllocationProblem, result: AllocationResult, index: int) -> Supply:
    share = result.attributions[index]
    lot = problem.supplies[share.supply]
    demand = problem.demands[share.demand]
    path = (lot.place, *(problem.legs[i].head for i in share.legs))
    return Supply(
        to=demand.place,
        commodity=demand.commodity,
        quantity=share.quantity,
        from_place=lot.place,
        lot=lot.lot,
        path=path,
    )


def _share_below(
    problem: AllocationProblem,
    result: AllocationResult,
    wanted: Mapping[tuple[str, Commodity], tuple[Wanted, ...]],
    solver: AllocationSolver,
    seed: int,
    kit_rules: RuleBook | None,
) -> tuple[tuple[tuple[str, Commodity, int], ...], tuple[Shortfall, ...]]:
    """Share each warehouse's shortage out among its places; all else is met."""
    short: list[tuple[str, Commodity, int]] = []
    shortfalls: list[Shortfall] = []
    reasons_of: dict[int, list[Unmet]] = {}
    for unmet in result.unmet:
        reasons_of.setdefault(unmet.demand, []).append(unmet)
    shares: dict[int, tuple[int, ...]] = {}
    by_warehouse: dict[str, list[int]] = {}
    for number in reasons_of:
        by_warehouse.setdefault(problem.demands[number].place, []).append(number)
    for numbers in by_warehouse.values():
        shares |= _share(problem, result, numbers, wanted, solver, seed, kit_rules)
    for number, reasons in sorted(reasons_of.items()):
        demand = problem.demands[number]
        members = wanted[(demand.place, demand.commodity)]
        missing = 0
        for member, got in zip(members, shares[number], strict=True):
            if got < member.quantity:
                short.append((member.place, demand.commodity, got))
                reason = _reason_for(reasons, missing)
                shortfalls.append(_shortfall(reason, demand.commodity, member, got))
                missing += member.quantity - got
    return tuple(short), tuple(shortfalls)


def _reason_for(reasons: list[Unmet], piece: int) -> Unmet:
    """Return why the missing piece of that number is missing: each reason has its share."""
    for reason in reasons:
        if piece < reason.quantity:
            return reason
        piece -= reason.quantity
    return reasons[-1]


def _share(
    problem: AllocationProblem,
    result: AllocationResult,
    numbers: Iterable[int],
    wanted: Mapping[tuple[str, Commodity], tuple[Wanted, ...]],
    solver: AllocationSolver,
    seed: int,
    kit_rules: RuleBook | None,
) -> dict[int, tuple[int, ...]]:
    """Share out what is short at one warehouse; whole kits first where rules are given."""
    rows = []
    for number in sorted(numbers):
        demand = problem.demands[number]
        rows.append((number, demand, wanted[demand.place, demand.commodity]))
    codes = sorted({member.place for _, _, members in rows for member in members})
    # Numbers in the order of the codes, so that no place can be taken for the warehouse.
    name = {code: f"{i:06d}" for i, code in enumerate(codes)}
    source = "warehouse"
    star = AllocationProblem(
        places=(source, *name.values()),
        commodities=tuple(
            problem.commodities[problem.commodity_index[demand.commodity]]
            for _, demand, _ in rows
        ),
        supplies=tuple(
            SupplyLot(place=source, commodity=demand.commodity, quantity=result.served[number])
            for number, demand, _ in rows
        ),
        demands=tuple(
            Demand(
                place=name[member.place],
                commodity=demand.commodity,
                quantity=member.quantity,
                floor=member.floor,
                kit=name[member.place] if _in_kit(kit_rules, demand.commodity) else "",
            )
            for _, demand, members in rows
            for member in members
        ),
        legs=tuple(AllocationLeg(tail=source, head=n) for n in name.values()),
    )
    served = iter(solver(star, seed=seed).served)
    return {number: tuple(next(served) for _ in members) for number, _, members in rows}


def _in_kit(book: RuleBook | None, ware: Commodity) -> bool:
    item = book.item(ware.item) if book else None
    return item is not None and item.in_kit and not item.reserve


def _shortfall(unmet: Unmet, ware: Commodity, member: Wanted, got: int) -> Shortfall:
    return Shortfall(
        place=member.place,
        commodity=ware,
        needed=member.quantity,
        served=got,
        code=unmet.code.value,
        reason=unmet.reason,
        reason_id=unmet.reason_id,
        action=unmet.action,
        action_id=unmet.action_id,
    )
