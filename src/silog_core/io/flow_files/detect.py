"""Any flow file, told apart by what is in it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from silog_core.io.flow_files.dimacs import read_dimacs
from silog_core.io.flow_files.lines import read_text
from silog_core.io.flow_files.multi_commodity import read_multi_flow

if TYPE_CHECKING:
    from pathlib import Path

    from silog_core.domain.flows import FlowProblem, MultiFlowProblem


def read_flow_file(path: Path) -> FlowProblem | MultiFlowProblem:
    """Read a DIMACS or a multi-commodity file, whichever it is.

    A DIMACS file begins with a letter, a multi-commodity file with a number.

    Raises:
        FileFormatError: The file follows neither format.
        ProblemInstanceError: The numbers do not make a problem.
    """
    start = read_text(path).lstrip()[:1]
    return read_multi_flow(path) if start.isdigit() else read_dimacs(path)
