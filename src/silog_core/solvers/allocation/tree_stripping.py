"""Trees that hang on a network, taken off exactly and put back afterwards.

Below a regency the network is a tree: what a leaf needs fixes the flow on its only arc.
Leaf after leaf is folded into its neighbour until a core without leaves is left; once the
core is solved, prices are walked back down.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import attrs

if TYPE_CHECKING:
    from collections.abc import Sequence


@attrs.frozen(kw_only=True)
class StrippedNetwork:
    """A core, and the leaves that were folded into it."""

    #: Units that enter at each node once its leaves are folded in.
    supplies: list[int]
    #: Flow on each arc of a folded leaf, 0 on the arcs of the core.
    flows: list[int]
    #: Folded nodes, each before the node it was folded into.
    folded: list[int]
    #: Arc by which each folded node hung, in the same order.
    hung_by: list[int]
    core_nodes: list[int]
    core_arcs: list[int]


def strip_leaves(
    supplies: Sequence[int],
    tails: Sequence[int],
    heads: Sequence[int],
    uppers: Sequence[int],
) -> StrippedNetwork:
    """Fold nodes with a single arc into their neighbour, as long as there are any.

    A leaf whose arc cannot carry what it needs stays in the core.

    Args:
        supplies: Units that enter at each node.
        tails: Start node of each arc.
        heads: End node of each arc.
        uppers: Most that each arc carries.

    Returns:
        The core and the folded leaves.

    Example:
        >>> net = strip_leaves([9, 0, -4, -5], [0, 1, 1], [1, 2, 3], [9, 9, 9])
        >>> net.flows, net.core_nodes
        ([9, 4, 5], [1])
    """
    node_count, arc_count = len(supplies), len(tails)
    # The exclusive or of a node's arcs is its only arc once a single one is left.
    degree, arcs_at = [0] * node_count, [0] * node_count
    for e, tail, head in zip(range(arc_count), tails, heads, strict=True):
        degree[tail] += 1
        degree[head] += 1
        arcs_at[tail] ^= e
        arcs_at[head] ^= e
    left = list(supplies)
    flows = [0] * arc_count
    in_core = bytearray(b"\x01") * node_count
    arc_in_core = bytearray(b"\x01") * arc_count
    folded: list[int] = []
    hung_by: list[int] = []
    work = [node for node, count in enumerate(degree) if count == 1]
    for node in work:
        if degree[node] != 1:
            continue
        e = arcs_at[node]
        units = left[node]
        other = heads[e]
        if other == node:
            other, needed = tails[e], -units
        else:
            needed = units
        if needed < 0 or needed > uppers[e]:
            continue
        flows[e] = needed
        left[other] += units
        in_core[node] = arc_in_core[e] = 0
        folded.append(node)
        hung_by.append(e)
        arcs_at[other] ^= e
        count = degree[other] - 1
        degree[other] = count
        if count == 1:
            work.append(other)
    return StrippedNetwork(
        supplies=left,
        flows=flows,
        folded=folded,
        hung_by=hung_by,
        core_nodes=[node for node, here in enumerate(in_core) if here],
        core_arcs=[e for e, here in enumerate(arc_in_core) if here],
    )


def walk_back(
    net: StrippedNetwork,
    potentials: list[int],
    heads: Sequence[int],
    tails: Sequence[int],
    costs: Sequence[int],
) -> None:
    """Set the price of every folded node from that of the node it hangs on.

    Args:
        net: The stripped network.
        potentials: Price of each node, set for the core; changed in place.
        heads: End node of each arc.
        tails: Start node of each arc.
        costs: Cost of a unit on each arc.
    """
    for node, e in zip(reversed(net.folded), reversed(net.hung_by), strict=True):
        if heads[e] == node:
            potentials[node] = potentials[tails[e]] + costs[e]
        else:
            potentials[node] = potentials[heads[e]] - costs[e]
