"""Conflicts between rules: collected, and raised together."""

from __future__ import annotations

from collections.abc import Iterable

import attrs

from silog_core.errors import RuleConflictError
from silog_core.rules.entry import Entry


@attrs.frozen(kw_only=True)
class Conflict:
    """Two rules, or a rule and the table, that cannot both hold."""

    #: ``tie``, ``replaces``, ``waives``, ``legal-minimum``, ``window`` or ``scope``.
    kind: str
    #: Id of the rule that has to give way.
    rule: str
    #: Plugins that are involved.
    plugins: tuple[str, ...]
    problem: str
    #: What to do; the last line can be copied.
    fix: str

    def __str__(self) -> str:
        return f"{self.problem}\n    fix: {self.fix}"


def conflict(kind: str, entries: Iterable[Entry], problem: str, fix: str) -> Conflict:
    """Return a conflict of *entries*, the first of which has to give way."""
    involved = list(entries)
    return Conflict(
        kind=kind,
        rule=involved[0].rule.id,
        plugins=tuple(sorted({e.plugin for e in involved})),
        problem=problem,
        fix=fix,
    )


def raise_all(conflicts: Iterable[Conflict]) -> None:
    """Raise one error for all *conflicts*; do nothing when there is none.

    Raises:
        RuleConflictError: There is at least one.
    """
    found = sorted(set(conflicts), key=lambda c: (c.rule, c.kind, c.problem))
    if not found:
        return
    if len(found) == 1:
        raise RuleConflictError(found[0].problem, found[0].fix, tuple(found))
    listed = "".join(f"\n  {number}. {one}" for number, one in enumerate(found, 1))
    raise RuleConflictError(
        f"the rules contradict each other in {len(found)} places:{listed}",
        "mend each as said beside it",
        tuple(found),
    )
