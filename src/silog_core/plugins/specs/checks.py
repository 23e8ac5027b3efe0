"""Hooks of checks and mitigations."""

from __future__ import annotations

from collections.abc import Iterable

from silog_core.plugins.markers import OnError, hookspec
from silog_core.ports.check import Check, Mitigation, Validator
from silog_core.rules.combine import Combine


@hookspec(combine=Combine.ALL, on_error=OnError.WITHHOLD, since="1.0", gives=(Validator,))
def silog_validators() -> Iterable[Validator] | None:
    """Give checks of a scenario, run before anything is planned.

    Called once for each session. All validators run whose scope meets the scenario's
    regions. One that raises becomes a finding of severity BLOCK.

    Returns:
        Validators; ``run(scenario, book)`` yields findings.

    Example:
        >>> from silog_core.plugins import hookimpl
        >>> from silog_core.ports.check import Validator
        >>> @hookimpl
        ... def silog_validators():
        ...     return [Validator(name="nothing-to-say", run=lambda scenario, book: [])]
        >>> [validator.name for validator in silog_validators()]
        ['nothing-to-say']
    """


@hookspec(combine=Combine.ALL, on_error=OnError.WITHHOLD, since="1.0", gives=(Check,))
def silog_risk_checks() -> Iterable[Check] | None:
    """Give checks of a finished plan.

    Called once for each session. All checks run whose scope meets the plan's regions;
    a check of the same name in a narrower region adds to the wider one, so severity may
    rise and never falls. One that raises becomes a finding of severity BLOCK.

    Returns:
        Checks; ``run(scenario, book, plan)`` yields findings, and the same plan always
        gives the same ones.

    Example:
        >>> from silog_core.plugins import hookimpl
        >>> from silog_core.ports.check import Check
        >>> @hookimpl
        ... def silog_risk_checks():
        ...     return [Check(name="nothing-to-say", run=lambda scenario, book, plan: [])]
        >>> [check.name for check in silog_risk_checks()]
        ['nothing-to-say']
    """


@hookspec(combine=Combine.ALL, on_error=OnError.SKIP, since="1.0", gives=(Mitigation,))
def silog_mitigations() -> Iterable[Mitigation] | None:
    """Give changes that answer a finding.

    Called once for each session. All that answer the check of a finding are asked; what
    they propose is planned again and ranked by cost, then by name. One that fails is
    left out.

    Returns:
        Mitigations; ``propose(finding, scenario, plan)`` yields changed scenarios,
        changed plans, or what is prepared against a shock.

    Example:
        >>> from silog_core.plugins import hookimpl
        >>> from silog_core.ports.check import Mitigation
        >>> @hookimpl
        ... def silog_mitigations():
        ...     return [
        ...         Mitigation(
        ...             name="wait-and-see",
        ...             answers=("late-stop",),
        ...             propose=lambda finding, scenario, plan: [],
        ...         )
        ...     ]
        >>> [mitigation.name for mitigation in silog_mitigations()]
        ['wait-and-see']
    """
