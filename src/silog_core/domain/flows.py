"""Flows of whole units through a network whose nodes are only numbers.

This is the form of the published benchmarks, and what every allocation comes down to.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import attrs

from silog_core.errors import ProblemInstanceError

#: Largest magnitude that is taken: above it a float, which JSON readers and some solvers
#: use, no longer holds every whole number.
WHOLE_LIMIT = 2**53


def whole_numbers(values: Iterable[Any], *, name: str, lowest: int | None = None) -> None:
    """Refuse anything but whole numbers of moderate size.

    Args:
        values: What to look at; read once.
        name: What the values are, for the message.
        lowest: Least value allowed; None allows down to ``-WHOLE_LIMIT``.

    Raises:
        ProblemInstanceError: A value is no int, is too large, or is below *lowest*.

    Example:
        >>> whole_numbers([1, 2.5], name="costs")
        Traceback (most recent call last):
            ...
        silog_core.errors.ProblemInstanceError: [SLG103] costs has 2.5 at position 1
          fix: give whole numbers (int), not float
    """
    known = tuple(values)
    kinds = set(map(type, known))
    if kinds - {int}:
        at = next(i for i, value in enumerate(known) if type(value) is not int)
        raise ProblemInstanceError(
            f"{name} has {known[at]!r} at position {at}",
            f"give whole numbers (int), not {type(known[at]).__name__}",
        )
    if not known:
        return
    least = -WHOLE_LIMIT if lowest is None else lowest
    if min(known) < least:
        at = known.index(min(known))
        raise ProblemInstanceError(
            f"{name} has {known[at]} at position {at}", f"give at least {least}"
        )
    if max(known) > WHOLE_LIMIT:
        at = known.index(max(known))
        raise ProblemInstanceError(
            f"{name} has {known[at]} at position {at}, which would overflow",
            "give at most 2**53 (9007199254740992), or count in a larger unit",
        )


def _numbers(values: Iterable[int]) -> tuple[int, ...]:
    """Freeze a column: an attrs converter with a type."""
    return tuple(values)


def _one_length(problem: str, **columns: Sequence[int]) -> None:
    """Refuse columns of different lengths."""
    lengths = {name: len(column) for name, column in columns.items()}
    if len(set(lengths.values())) > 1:
        raise ProblemInstanceError(
            f"{problem} has columns of different lengths: {lengths}",
            "give one value for each arc in every column",
        )


def _known_nodes(values: Sequence[int], *, name: str, node_count: int) -> None:
    """Refuse node numbers outside the network."""
    whole_numbers(values, name=name, lowest=0)
    if values and max(values) >= node_count:
        raise ProblemInstanceError(
            f"{name} names node {max(values)}, and there are {node_count} nodes",
            "number the nodes from 0, and give every node a supply, 0 where it has none",
        )


@attrs.frozen(kw_only=True)
class FlowProblem:
    """Flow of one commodity at minimum cost; every number is whole.

    A node may keep supply that nobody needs. A demand that cannot be met in full is an
    answer, not an error: as little as possible stays unmet, and then cost is least. What
    a least flow brings to a node may stay there like supply, and what it takes away
    counts as demand. Arcs may be parallel.

    Example:
        >>> FlowProblem(
        ...     supplies=(4, -4), tails=(0,), heads=(1,), lowers=(0,), uppers=(9,), costs=(3,)
        ... ).arc_count
        1
    """

    #: Units that enter at each node; negative is a demand.
    supplies: tuple[int, ...] = attrs.field(converter=_numbers)
    #: Start node of each arc, numbered from 0.
    tails: tuple[int, ...] = attrs.field(converter=_numbers)
    #: End node of each arc.
    heads: tuple[int, ...] = attrs.field(converter=_numbers)
    #: Least flow on each arc [units].
    lowers: tuple[int, ...] = attrs.field(converter=_numbers)
    #: Most flow on each arc [units].
    uppers: tuple[int, ...] = attrs.field(converter=_numbers)
    #: Cost of one unit on each arc; may be negative.
    costs: tuple[int, ...] = attrs.field(converter=_numbers)
    #: Most that may come in at each node by arcs, whether it stays or goes on [units];
    #: None is no limit, and empty is no limit anywhere.
    transits: tuple[int | None, ...] = attrs.field(default=(), converter=tuple)

    def __attrs_post_init__(self) -> None:
        """Refuse floats, overflow, unknown nodes and crossed bounds.

        Raises:
            ProblemInstanceError: A column holds what cannot be a flow problem.
        """
        _one_length(
            "FlowProblem",
            tails=self.tails,
            heads=self.heads,
            lowers=self.lowers,
            uppers=self.uppers,
            costs=self.costs,
        )
        whole_numbers(self.supplies, name="FlowProblem.supplies")
        _known_nodes(self.tails, name="FlowProblem.tails", node_count=len(self.supplies))
        _known_nodes(self.heads, name="FlowProblem.heads", node_count=len(self.supplies))
        whole_numbers(self.lowers, name="FlowProblem.lowers", lowest=0)
        whole_numbers(self.uppers, name="FlowProblem.uppers", lowest=0)
        whole_numbers(self.costs, name="FlowProblem.costs")
        if any(map(int.__gt__, self.lowers, self.uppers)):
            at = next(
                i
                for i, (low, top) in enumerate(zip(self.lowers, self.uppers, strict=True))
                if low > top
            )
            raise ProblemInstanceError(
                f"arc {at} must carry at least {self.lowers[at]} and at most {self.uppers[at]}",
                "lower the least flow or raise the most",
            )
        if self.transits:
            self._check_transits()

    def _check_transits(self) -> None:
        """Refuse limits that are no limits, and least flows into a limited node."""
        if len(self.transits) != len(self.supplies):
            raise ProblemInstanceError(
                f"FlowProblem.transits has {len(self.transits)} limits for"
                f" {len(self.supplies)} nodes",
                "give one for each node, None where there is no limit",
            )
        whole_numbers(
            (0 if most is None else most for most in self.transits),
            name="FlowProblem.transits",
            lowest=0,
        )
        for arc, (head, low) in enumerate(zip(self.heads, self.lowers, strict=True)):
            if low and self.transits[head] is not None:
                raise ProblemInstanceError(
                    f"arc {arc} must carry at least {low} into node {head}, which has a"
                    " transit limit",
                    "give the arc no least flow, or the node no limit",
                )

    @property
    def node_count(self) -> int:
        """How many nodes there are."""
        return len(self.supplies)

    @property
    def arc_count(self) -> int:
        """How many arcs there are."""
        return len(self.tails)


@attrs.frozen(kw_only=True)
class FlowSolution:
    """Flow on every arc, with the prices that prove it optimal.

    Example:
        >>> FlowSolution(
        ...     flows=(4,), unmet=(), potentials=(0, 3), unmet_price=9, cost=12, solver="x"
        ... ).unmet_total
        0
    """

    #: Flow on each arc, in the order of the problem [units].
    flows: tuple[int, ...] = attrs.field(converter=_numbers)
    #: Node and units that it still lacks, where any are lacking.
    unmet: tuple[tuple[int, int], ...] = ()
    #: Price of one unit at each node; empty when the solver proves nothing.
    potentials: tuple[int, ...] = attrs.field(default=(), converter=_numbers)
    #: Price of one unit that arrives at each node, before it has passed the limit there;
    #: empty when no node has one.
    arrival_prices: tuple[int, ...] = attrs.field(default=(), converter=_numbers)
    #: Price put on a unit that stays unmet, for the proof.
    unmet_price: int = 0
    #: Cost of the flow, without the price of what is unmet.
    cost: int
    #: Name of the solver.
    solver: str

    @property
    def unmet_total(self) -> int:
        """Units that are not delivered, over all nodes."""
        return sum(amount for _, amount in self.unmet)


@attrs.frozen(kw_only=True)
class MultiFlowProblem:
    """Flows of several commodities that share what each arc carries.

    Each commodity goes from one node to another; a unit of any of them takes one unit
    of the arc.

    Example:
        >>> MultiFlowProblem(
        ...     node_count=2,
        ...     tails=(0,),
        ...     heads=(1,),
        ...     uppers=(5,),
        ...     costs=(1,),
        ...     origins=(0,),
        ...     targets=(1,),
        ...     amounts=(4,),
        ... ).commodity_count
        1
    """

    #: How many nodes there are, numbered from 0.
    node_count: int
    #: Start node of each arc.
    tails: tuple[int, ...] = attrs.field(converter=_numbers)
    #: End node of each arc.
    heads: tuple[int, ...] = attrs.field(converter=_numbers)
    #: Most that each arc carries of all commodities together [units].
    uppers: tuple[int, ...] = attrs.field(converter=_numbers)
    #: Cost of one unit on each arc, at least 0.
    costs: tuple[int, ...] = attrs.field(converter=_numbers)
    #: Where each commodity starts.
    origins: tuple[int, ...] = attrs.field(converter=_numbers)
    #: Where each commodity goes.
    targets: tuple[int, ...] = attrs.field(converter=_numbers)
    #: How much of each commodity is wanted [units].
    amounts: tuple[int, ...] = attrs.field(converter=_numbers)

    def __attrs_post_init__(self) -> None:
        """Refuse floats, overflow and unknown nodes.

        Raises:
            ProblemInstanceError: A column holds what cannot be such a problem.
        """
        _one_length(
            "MultiFlowProblem",
            tails=self.tails,
            heads=self.heads,
            uppers=self.uppers,
            costs=self.costs,
        )
        _one_length(
            "MultiFlowProblem",
            origins=self.origins,
            targets=self.targets,
            amounts=self.amounts,
        )
        whole_numbers((self.node_count,), name="MultiFlowProblem.node_count", lowest=0)
        for name in ("tails", "heads", "origins", "targets"):
            _known_nodes(
                getattr(self, name),
                name=f"MultiFlowProblem.{name}",
                node_count=self.node_count,
            )
        for name in ("uppers", "costs", "amounts"):
            whole_numbers(getattr(self, name), name=f"MultiFlowProblem.{name}", lowest=0)

    @property
    def commodity_count(self) -> int:
        """How many commodities there are."""
        return len(self.amounts)


@attrs.frozen(kw_only=True)
class MultiFlowSolution:
    """Flow of each commodity on each arc where there is any.

    Example:
        >>> MultiFlowSolution(flows=((0, 0, 4),), unmet=(), cost=4, solver="x").gap
        >>> MultiFlowSolution(flows=(), unmet=(), cost=102, bound=100, solver="x").gap
        0.02
    """

    #: Arc, commodity and units, sorted, without zeros.
    flows: tuple[tuple[int, int, int], ...]
    #: Commodity and units that are not delivered.
    unmet: tuple[tuple[int, int], ...]
    #: Cost of the flows.
    cost: int
    #: No flow that meets everything costs less than this; None when not known.
    bound: int | None = None
    #: Name of the solver.
    solver: str

    @property
    def unmet_total(self) -> int:
        """Units that are not delivered, over all commodities."""
        return sum(amount for _, amount in self.unmet)

    @property
    def gap(self) -> float | None:
        """Share by which the cost may be above the best; None without a bound."""
        if self.bound is None:
            return None
        return (self.cost - self.bound) / max(1, abs(self.bound))
