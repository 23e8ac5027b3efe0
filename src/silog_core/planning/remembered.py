"""A routing solver that solves no problem twice."""

from __future__ import annotations

import attrs

from silog_core.domain.routing import RoutingProblem, RoutingSolution
from silog_core.domain.stopping import StoppingRule
from silog_core.ports.routing import RoutingSolver


@attrs.define
class Remembered:
    """Solves, and gives the same answer to the same problem from memory.

    A solver with one seed gives one answer to one problem. Where all that went out comes
    back over ways without a clock, the way back is such a problem.
    """

    solver: RoutingSolver
    _known: dict[tuple[object, ...], RoutingSolution] = attrs.field(factory=dict)

    def __call__(
        self,
        problem: RoutingProblem,
        *,
        seed: int,
        stop: StoppingRule,
        start: RoutingSolution | None = None,
    ) -> RoutingSolution:
        """Return the solution of a problem."""
        key = (problem, seed, stop, start)
        if key not in self._known:
            self._known[key] = self.solver(problem, seed=seed, stop=stop, start=start)
        return self._known[key]
