"""Waivers: a narrower rule lifts a wider one, openly and with a source."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from silog_core.domain.calendar_rules import DayOff, StageWindow
from silog_core.domain.contributions import Contribution
from silog_core.domain.needs_rules import StationCap
from silog_core.rules.combine import is_deepest
from silog_core.rules.conflicts import Conflict, conflict
from silog_core.rules.entry import Entry, in_force
from silog_core.rules.reference import Reference, refer_to


def after_waivers(covering: Sequence[Contribution]) -> Iterator[Contribution]:
    """Yield the rules of *covering* that nothing in it lifts."""
    waived = {Reference.parse(rule.waives).id for rule in covering if rule.waives}
    for rule in covering:
        if rule.id not in waived and not _only_lifts(rule):
            yield rule


def _only_lifts(rule: Contribution) -> bool:
    """Say whether *rule* is there to lift a day off of its own day: a working day."""
    return isinstance(rule, DayOff) and rule.waives.startswith(f"{rule.topic}@")


def is_legal(rule: Contribution) -> bool:
    """Say whether *rule* is a limit of the law, which nothing can lift."""
    if isinstance(rule, StageWindow):
        return rule.legal_minimum
    return isinstance(rule, StationCap)


def waiver_notes(entries: Sequence[Entry]) -> tuple[str, ...]:
    """Return one sentence for each waiver in force: every report prints them."""
    return tuple(
        f"{e.rule.id} of {e.author} waives {Reference.parse(e.rule.waives).id}"
        f" in {e.scope} ({e.rule.source})"
        for e in in_force(entries)
        if e.rule.waives
    )


def check_waivers(entries: Sequence[Entry], *, allowed: bool) -> Iterator[Conflict]:
    """Find waivers that are not allowed, or that point nowhere."""
    known: dict[str, Entry] = {e.rule.id: e for e in entries}
    for entry in in_force(entries):
        if entry.rule.waives:
            yield from _check(entry, known, allowed=allowed)


def _check(entry: Entry, known: dict[str, Entry], *, allowed: bool) -> Iterator[Conflict]:
    rule = entry.rule
    to = Reference.parse(rule.waives)
    says = f"{rule.id} of {entry.author} waives {to.id}"
    if not allowed:
        yield conflict(
            "waives",
            [entry],
            f"{says}, but waivers are forbidden here",
            f"remove waives= from {rule.id}, or allow waivers for this session",
        )
        return
    if is_deepest(rule):
        yield conflict(
            "waives",
            [entry],
            f"{says}, but of its kind the deepest holds anyway",
            f'write replaces="{to.id}" instead of waives=',
        )
        return
    wide = known.get(to.id)
    if wide is None:
        close = sorted(i for i in known if i.split(":")[0] == rule.kind and i != rule.id)
        yield conflict(
            "waives",
            [entry],
            f"{says}, which nobody gives",
            "name a rule that exists: " + (", ".join(close[:5]) or f"no {rule.kind} is there"),
        )
    elif type(wide.rule) is not type(rule) or not wide.scope.covers(entry.scope):
        yield conflict(
            "waives",
            [entry, wide],
            f"{says}, which is not a {rule.kind} of a region around {entry.scope}",
            f"waive a {rule.kind} whose scope covers {entry.scope}",
        )
    elif is_legal(wide.rule):
        yield conflict(
            "legal-minimum",
            [entry, wide],
            f"{says}, which is a limit of the law ({wide.rule.source})",
            f"remove waives= from {rule.id}: a region may be stricter, never laxer",
        )
    elif to.is_stale(wide.rule):
        yield conflict(
            "waives",
            [entry, wide],
            f"{says}, which has changed since that was written",
            f'read the new rule; if it should still be lifted: waives="{refer_to(wide.rule)}"',
        )
