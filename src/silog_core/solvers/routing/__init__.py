"""The built-in router: ruin and recreate, in pure Python."""

from __future__ import annotations

from silog_core.solvers.routing.router import ruin_recreate
from silog_core.solvers.routing.starts import best_of_starts

__all__ = ["best_of_starts", "ruin_recreate"]
