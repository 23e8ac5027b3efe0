"""Run what plugins gave, so that one that raises is a finding and not the end."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

import attrs

from silog_core.domain.findings import Finding, Severity
from silog_core.domain.scenario import Scenario
from silog_core.errors import PluginError, SilogError
from silog_core.plugins.facade import PluginHost
from silog_core.rules.book import RuleBook

if TYPE_CHECKING:
    from silog_core.domain.allocation import AllocationProblem, AllocationResult
    from silog_core.domain.routing import RoutingProblem, RoutingSolution
    from silog_core.domain.stopping import StoppingRule
    from silog_core.ports.allocation import AllocationSolver
    from silog_core.ports.routing import RoutingSolver


#: What a solver may be able to do besides; see `silog_core.ports.allocation`.
_FLOWS = ("solve_flow", "solve_multi_flow")


def validate_scenario(
    host: PluginHost, scenario: Scenario, book: RuleBook
) -> tuple[Finding, ...]:
    """Return what the plugins' validators find in a scenario, the gravest first.

    A validator that raises is a finding of severity BLOCK and a failure of its plugin.
    """
    root = scenario.election.root
    found: list[Finding] = []
    for plugin, validator in host.validators():
        if not (validator.scope.covers(root) or root.covers(validator.scope)):
            continue
        try:
            found += _findings(validator.run(scenario, book))
        except Exception as wrong:  # noqa: BLE001 - a plugin may raise anything
            failure = host.note_run(plugin, f"validator {validator.name}", wrong)
            found.append(
                Finding(
                    check=validator.name,
                    severity=Severity.BLOCK,
                    message=failure.cause,
                    message_id=f"pemeriksaan {validator.name} gagal: {wrong}",
                    fix=failure.fix,
                    fix_id="perbaiki plugin itu, atau nonaktifkan menurut namanya",
                    region=validator.scope,
                )
            )
    return tuple(sorted(found, key=lambda f: f.rank))


def _findings(answer: Iterable[Finding]) -> list[Finding]:
    found = list(answer)
    for item in found:
        if not isinstance(item, Finding):
            raise TypeError(f"it yields a {type(item).__name__} instead of a Finding")
    return found


@attrs.frozen
class GuardedAllocation:
    """A plugin's allocation solver: what it raises is told as an error of that solver."""

    name: str
    solver: AllocationSolver

    def __call__(self, problem: AllocationProblem, *, seed: int = 0) -> AllocationResult:
        """Solve *problem*.

        Raises:
            PluginError: The solver failed.
        """
        try:
            return self.solver(problem, seed=seed)
        except SilogError:
            raise
        except Exception as wrong:
            raise _failed("allocation", self.name, wrong) from wrong

    def __getattr__(self, name: str) -> Any:
        # A solver that also takes bare flows keeps doing so; one that does not, does not.
        if name in _FLOWS:
            return getattr(self.solver, name)
        raise AttributeError(name)


@attrs.frozen
class GuardedRouting:
    """A plugin's routing solver: what it raises is told as an error of that solver.

    It travels to worker processes, as the solver in it does.
    """

    name: str
    solver: RoutingSolver

    def __call__(
        self,
        problem: RoutingProblem,
        *,
        seed: int,
        stop: StoppingRule,
        start: RoutingSolution | None = None,
    ) -> RoutingSolution:
        """Solve until *stop* says so.

        Raises:
            PluginError: The solver failed.
        """
        try:
            return self.solver(problem, seed=seed, stop=stop, start=start)
        except SilogError:
            raise
        except Exception as wrong:
            raise _failed("routing", self.name, wrong) from wrong


def _failed(kind: str, name: str, wrong: Exception) -> PluginError:
    return PluginError(
        f"the {kind} solver {name!r} failed: {type(wrong).__name__}: {wrong}",
        "choose another solver, and tell the author of this one",
    )
