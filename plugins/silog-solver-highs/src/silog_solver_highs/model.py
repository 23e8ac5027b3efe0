"""A thin layer over HiGHS: columns and rows by number, silent, and deterministic."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

import highspy

#: What HiGHS calls a solution that breaks no limit.
_FEASIBLE = 2


@contextmanager
def _banner_on_stderr() -> Iterator[None]:
    """Turn what a library writes straight to descriptor 1 over to standard error.

    HiGHS greets while it is made, before it can be told to be silent, and standard
    output may be JSON for another program.
    """
    sys.stdout.flush()
    kept = os.dup(1)
    os.dup2(2, 1)
    try:
        yield
    finally:
        os.dup2(kept, 1)
        os.close(kept)


class Model:
    """A linear or integer program that is built row by row, then column by column."""

    def __init__(self) -> None:
        """Start empty."""
        with _banner_on_stderr():
            self._highs = highspy.Highs()  # type: ignore[no-untyped-call]
        self._highs.setOptionValue("output_flag", False)  # noqa: FBT003 - its signature
        self._highs.setOptionValue("random_seed", 0)
        self._highs.setOptionValue("threads", 1)
        self.columns = 0

    def row(self, low: float, high: float) -> None:
        """Add an empty row."""
        self._highs.addRow(low, high, 0, [], [])

    def column(
        self, cost: float, high: float, rows: Sequence[int], values: Sequence[float]
    ) -> int:
        """Add a column from 0 to *high* and return its number."""
        self._highs.addCol(cost, 0.0, high, len(rows), list(rows), list(values))
        self.columns += 1
        return self.columns - 1

    def whole(self, *, gap: float, nodes: int) -> None:
        """Ask for whole numbers in every column, within a gap and a number of nodes."""
        self._highs.setOptionValue("mip_rel_gap", gap)
        self._highs.setOptionValue("mip_max_nodes", nodes)
        for column in range(self.columns):
            self._highs.changeColIntegrality(column, highspy.HighsVarType.kInteger)

    def solve(self) -> bool:
        """Solve, and say whether there is a solution to use."""
        self._highs.run()
        status = self._highs.getModelStatus()
        info = self._highs.getInfo()
        fine = (highspy.HighsModelStatus.kOptimal, highspy.HighsModelStatus.kModelEmpty)
        return status in fine or info.primal_solution_status == _FEASIBLE

    @property
    def values(self) -> list[float]:
        """Value of each column."""
        return list(self._highs.getSolution().col_value)

    @property
    def duals(self) -> list[float]:
        """Dual value of each row."""
        return list(self._highs.getSolution().row_dual)

    @property
    def bound(self) -> float:
        """Lower bound of an integer program."""
        return float(self._highs.getInfo().mip_dual_bound)
