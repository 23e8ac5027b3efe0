"""Complete kits of an allocation: counted, bounded by the pieces there are, and told."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING

from silog_core.domain.allocation import KitCount
from silog_core.domain.locale import number
from silog_core.planning.allocation_check import AllocationViolation

if TYPE_CHECKING:
    from collections.abc import Sequence

    from silog_core.domain.allocation import AllocationProblem, AllocationResult
    from silog_core.domain.demand import Commodity


def count_kits(problem: AllocationProblem, served: Sequence[int]) -> tuple[KitCount, ...]:
    """Return the complete kits of each priority class, and how many there could be.

    A kit is in the last class of its demands. The bound counts pieces: with every floor
    kept, the kits that need least on top must fit into what there is of each commodity.
    """
    members: dict[str, list[int]] = defaultdict(list)
    for d, demand in enumerate(problem.demands):
        if demand.kit:
            members[demand.kit].append(d)
    classes: dict[int, list[str]] = defaultdict(list)
    for kit, numbers in sorted(members.items()):
        classes[max(problem.demands[d].priority for d in numbers)].append(kit)
    floors = all(n >= d.floor for n, d in zip(served, problem.demands, strict=True))
    room = Counter[object]()
    for lot in problem.supplies:
        room[lot.commodity] += lot.quantity
    if floors:
        for demand in problem.demands:
            room[demand.commodity] -= demand.floor
    return tuple(
        KitCount(
            priority=priority,
            total=len(kits),
            complete=tuple(
                kit
                for kit in kits
                if all(served[d] == problem.demands[d].quantity for d in members[kit])
            ),
            most=_most(problem, [members[kit] for kit in kits], room, floors=floors),
        )
        for priority, kits in sorted(classes.items())
    )


def _most(
    problem: AllocationProblem,
    kits: Sequence[Sequence[int]],
    room: Counter[object],
    *,
    floors: bool,
) -> int:
    """Return how many kits fit into the pieces of each commodity, the smallest first."""
    wanted: dict[Commodity, list[int]] = defaultdict(list)
    for numbers in kits:
        here = Counter[object]()
        for d in numbers:
            demand = problem.demands[d]
            here[demand.commodity] += demand.quantity - (demand.floor if floors else 0)
        for ware, units in here.items():
            wanted[ware].append(units)  # type: ignore[index]
    least = len(kits)
    for ware, needs in wanted.items():
        left, fit = room[ware], len(kits) - len(needs)
        for units in sorted(needs):
            left -= units
            if left < 0:
                break
            fit += 1
        least = min(least, fit)
    return least


def check_kits(
    problem: AllocationProblem, result: AllocationResult
) -> list[AllocationViolation]:
    """List what is wrong with the kits that *result* states; empty when all is sound.

    Args:
        problem: Supplies, demands and legs.
        result: An allocation that `check_allocation` finds sound.
    """
    return [
        AllocationViolation(
            code="kits",
            text=f"class {counted.priority}: {len(counted.complete)} kits of {counted.total} are"
            f" complete and at most {counted.most} can be, and something else is stated",
        )
        for stated, counted in _paired(result.kits, count_kits(problem, result.served))
        if stated != counted
    ]


def _paired(
    stated: Sequence[KitCount], counted: Sequence[KitCount]
) -> list[tuple[KitCount | None, KitCount]]:
    known = {count.priority: count for count in stated}
    return [(known.get(count.priority), count) for count in counted]


def tell_kits(result: AllocationResult, *, lang: str = "en") -> tuple[str, ...]:
    """Return a sentence for each priority class: complete kits, and what is proved.

    Example:
        >>> from silog_core.domain.allocation import AllocationResult, Fairness, KitCount
        >>> result = AllocationResult(
        ...     flows=(), served=(), attributions=(), unmet=(), cost_microrupiah=0,
        ...     bound_microrupiah=None, fairness=Fairness(least_ppm=0, gini_ppm=0),
        ...     kits=(KitCount(priority=1, total=9, complete=("A", "B"), most=2),), solver="x",
        ... )
        >>> tell_kits(result)
        ('class 1: 2 of 9 kits are complete, and no more can be',)
    """  # fmt: skip
    said = {
        "en": (
            "class {priority}: {complete} of {total} kits are complete",
            ", and no more can be",
            "; counting pieces allows {most}",
        ),
        "id": (
            "kelas {priority}: {complete} dari {total} kit lengkap",
            ", dan tidak bisa lebih",
            "; menurut jumlah barang paling banyak {most}",
        ),
    }[lang]
    return tuple(
        (said[0] + (said[1] if count.is_proved else said[2])).format(
            priority=count.priority,
            complete=number(len(count.complete), lang),
            total=number(count.total, lang),
            most=number(count.most, lang),
        )
        for count in result.kits
    )
