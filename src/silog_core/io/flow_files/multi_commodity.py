"""Multi-commodity flow as the ``grid`` and ``planar`` sets have it.

Three counts, one a line: nodes, arcs, commodities. Then a line for each arc, with tail,
head, cost and capacity, and one for each commodity, with origin, target and amount.
"""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

from silog_core.domain.flows import MultiFlowProblem
from silog_core.errors import FileFormatError, ProblemInstanceError
from silog_core.io.flow_files.lines import read_text, whole_fields

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


def read_multi_flow(path: Path) -> MultiFlowProblem:
    """Read a multi-commodity problem; node 1 of the file becomes node 0.

    Raises:
        FileFormatError: The file does not follow the format; the message has the line.
        ProblemInstanceError: The numbers do not make a problem.
    """
    name = path.name
    rows = (
        (row, line.split())
        for row, line in enumerate(read_text(path).splitlines(), 1)
        if line.strip()
    )
    counts = _block(rows, 3, 1, name, "one count: nodes, arcs, commodities")
    nodes, arc_count, commodity_count = (count for (count,) in counts)
    arcs = _block(rows, arc_count, 4, name, "TAIL HEAD COST CAPACITY")
    commodities = _block(rows, commodity_count, 3, name, "ORIGIN TARGET AMOUNT")
    extra = next(rows, None)
    if extra is not None:
        raise FileFormatError(
            f"{name}, line {extra[0]}: more lines than the counts say",
            "state the number of arcs and commodities in the first three lines",
        )
    tails, heads, costs, uppers = zip(*arcs, strict=True) if arcs else ((), (), (), ())
    origins, targets, amounts = zip(*commodities, strict=True) if commodities else ((), (), ())
    try:
        return MultiFlowProblem(
            node_count=nodes,
            tails=[node - 1 for node in tails],
            heads=[node - 1 for node in heads],
            uppers=uppers,
            costs=costs,
            origins=[node - 1 for node in origins],
            targets=[node - 1 for node in targets],
            amounts=amounts,
        )
    except ProblemInstanceError as exc:
        raise ProblemInstanceError(f"{name}: {exc.problem}", exc.fix) from exc


def _block(
    rows: Iterator[tuple[int, list[str]]], count: int, width: int, name: str, form: str
) -> list[list[int]]:
    found = [
        whole_fields(words, width, name=name, row=row, form=form)
        for row, words in islice(rows, max(0, count))
    ]
    if len(found) != count:
        raise FileFormatError(
            f"{name} ends after {len(found)} of {count} lines {form}",
            "give as many lines as the counts say",
        )
    return found
