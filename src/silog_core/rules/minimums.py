"""Legal minimums: a region may ask for more, never for less."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from silog_core.domain.calendar_rules import StageWindow
from silog_core.domain.handover_rules import HandoverRule, asks_no_less
from silog_core.domain.needs_rules import NeedsRule, no_less
from silog_core.errors import FieldError
from silog_core.rules.conflicts import Conflict, conflict
from silog_core.rules.entry import Entry, by_topic, in_force
from silog_core.rules.windows import end_h


def check_minimums(entries: Sequence[Entry]) -> Iterator[Conflict]:
    """Find rules that give less, or end later, than a legal minimum they lie under.

    A minimum that was set aside by a preference still counts: choosing between two
    plugins is no way around the law.
    """
    valid = [e for e in entries if not e.out.startswith("not valid")]
    for topic, same in by_topic(valid).items():
        lows = [e for e in same if getattr(e.rule, "legal_minimum", False)]
        if not lows:
            continue
        for entry in in_force(same):
            for low in lows:
                if low is not entry and _meets(entry, low):
                    yield from _check(topic, entry, low)


def _meets(entry: Entry, low: Entry) -> bool:
    """Say whether *entry* takes the place of *low* in some region."""
    return low.rule.applies_in(entry.scope) or (entry.own and entry.scope.covers(low.scope))


def _check(topic: str, entry: Entry, low: Entry) -> Iterator[Conflict]:
    narrow, wide = entry.rule, low.rule
    try:
        if isinstance(narrow, NeedsRule) and isinstance(wide, NeedsRule):
            no_less(narrow, wide)
        elif isinstance(narrow, HandoverRule) and isinstance(wide, HandoverRule):
            asks_no_less(narrow, wide)
    except FieldError as less:
        who = f" ({entry.author} against {low.author})"
        yield conflict("legal-minimum", [entry, low], less.problem + who, less.fix)
    if (
        isinstance(narrow, StageWindow)
        and isinstance(wide, StageWindow)
        and end_h(narrow) > end_h(wide)
    ):
        yield conflict(
            "legal-minimum",
            [entry, low],
            f"{narrow.id} of {entry.author} ends {topic} later than the law's"
            f" {wide.id} of {low.author} ({wide.source})",
            f"set last_days_before={wide.last_days_before}, last_hour={wide.last_hour}"
            f" or earlier in {narrow.id}",
        )
