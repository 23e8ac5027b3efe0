"""The built-in router: ruin and recreate, in pure Python."""

from __future__ import annotations

from silog_core.solvers.routing.router import ruin_recreate

__all__ = ["ruin_recreate"]
