"""What a routing solver is."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from silog_core.domain.routing import RoutingProblem, RoutingSolution
    from silog_core.domain.stopping import StoppingRule


class RoutingSolver(Protocol):
    """Turns one frozen problem into one frozen solution.

    The laws: one problem, one seed and one budget of iterations give one solution, at
    any speed of the machine; a solution breaks no limit of the problem; what cannot be
    served is listed with reasons, never raised; the budget is kept.
    """

    def __call__(
        self,
        problem: RoutingProblem,
        *,
        seed: int,
        stop: StoppingRule,
        start: RoutingSolution | None = None,
    ) -> RoutingSolution:
        """Solve until *stop* says so, from *start* when it is given."""
        ...
