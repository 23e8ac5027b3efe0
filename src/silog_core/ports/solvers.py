"""Solvers under a name, as plugins offer them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import attrs

from silog_core.ports.offers import Offer, load

if TYPE_CHECKING:
    from silog_core.ports.allocation import AllocationSolver
    from silog_core.ports.routing import RoutingSolver


@attrs.frozen(kw_only=True)
class AllocationSolverSpec(Offer):
    """An allocation solver; ``can`` may hold ``exact``."""

    #: The solver, or where to import it from.
    solve: AllocationSolver | str

    def solver(self) -> AllocationSolver:
        """Return the solver, imported if need be.

        Raises:
            UnknownChoiceError: It cannot be imported.
        """
        found: AllocationSolver = load(self, self.solve)
        return found


@attrs.frozen(kw_only=True)
class RoutingSolverSpec(Offer):
    """A routing solver; ``can`` names the parts of a problem that it understands."""

    #: The solver, or where to import it from.
    solve: RoutingSolver | str

    def solver(self) -> RoutingSolver:
        """Return the solver, imported if need be.

        Raises:
            UnknownChoiceError: It cannot be imported.
        """
        found: RoutingSolver = load(self, self.solve)
        return found
