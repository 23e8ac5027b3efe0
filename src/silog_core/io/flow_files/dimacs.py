"""Minimum-cost flow in the DIMACS format (``.min``)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from silog_core.domain.flows import FlowProblem
from silog_core.errors import FileFormatError, ProblemInstanceError
from silog_core.io.flow_files.lines import read_text, whole_fields

if TYPE_CHECKING:
    from pathlib import Path

_NODE = "n NODE SUPPLY"
_ARC = "a TAIL HEAD LEAST MOST COST"


def read_dimacs(path: Path) -> FlowProblem:
    """Read a DIMACS minimum-cost flow problem; node 1 of the file becomes node 0.

    Raises:
        FileFormatError: The file does not follow the format; the message has the line.
        ProblemInstanceError: The numbers do not make a problem.
    """
    name = path.name
    supplies: list[int] | None = None
    arcs: list[tuple[int, ...]] = []
    stated = 0
    for row, line in enumerate(read_text(path).splitlines(), 1):
        words = line.split()
        if not words or words[0] == "c":
            continue
        kind, *rest = words
        if kind == "p":
            if supplies is not None or rest[:1] != ["min"]:
                raise FileFormatError(
                    f"{name}, line {row}: {line.strip()!r} is not the one problem line",
                    "write one line p min NODES ARCS",
                )
            nodes, stated = whole_fields(
                rest[1:], 2, name=name, row=row, form="p min NODES ARCS"
            )
            supplies = [0] * _node_count(nodes, name, row)
        elif supplies is None:
            raise FileFormatError(
                f"{name}, line {row}: {kind!r} before the problem line",
                "begin with a line p min NODES ARCS",
            )
        elif kind == "n":
            node, units = whole_fields(rest, 2, name=name, row=row, form=_NODE)
            supplies[_node(node, supplies, name, row)] += units
        elif kind == "a":
            tail, head, *numbers = whole_fields(rest, 5, name=name, row=row, form=_ARC)
            ends = _node(tail, supplies, name, row), _node(head, supplies, name, row)
            arcs.append((*ends, *numbers))
        else:
            raise FileFormatError(
                f"{name}, line {row}: unknown line {kind!r}", "use lines c, p, n and a"
            )
    if supplies is None:
        raise FileFormatError(f"{name} has no problem line", "write a line p min NODES ARCS")
    if len(arcs) != stated:
        raise FileFormatError(
            f"{name} states {stated} arcs and has {len(arcs)}",
            "state the number of arcs on the problem line",
        )
    columns: list[tuple[int, ...]] = list(zip(*arcs, strict=True)) or [()] * 5
    try:
        return FlowProblem(
            supplies=tuple(supplies),
            tails=columns[0],
            heads=columns[1],
            lowers=columns[2],
            uppers=columns[3],
            costs=columns[4],
        )
    except ProblemInstanceError as exc:
        raise ProblemInstanceError(f"{name}: {exc.problem}", exc.fix) from exc


def _node_count(nodes: int, name: str, row: int) -> int:
    # More would not fit into memory; a slip of the pen must not hang the program.
    if not 0 <= nodes <= 50_000_000:
        raise FileFormatError(
            f"{name}, line {row}: {nodes} nodes", "give a number of nodes up to 50 million"
        )
    return nodes


def _node(node: int, supplies: list[int], name: str, row: int) -> int:
    if not 1 <= node <= len(supplies):
        raise FileFormatError(
            f"{name}, line {row}: there is no node {node}",
            f"number the nodes from 1 to {len(supplies)}",
        )
    return node - 1
