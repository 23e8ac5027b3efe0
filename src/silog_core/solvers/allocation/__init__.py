"""Allocation solvers without compiled dependencies."""

from silog_core.solvers.allocation.builtin import solve_allocation

__all__ = ["solve_allocation"]
