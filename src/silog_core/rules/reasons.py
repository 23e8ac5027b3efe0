"""Why a rule holds at a place: every candidate, wide to narrow."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from silog_core.domain.contributions import Contribution
from silog_core.domain.explanation import Reason
from silog_core.domain.regions import RegionCode, RegionTable
from silog_core.errors import FieldError
from silog_core.rules.combine import COMBINE, Combine, is_deepest
from silog_core.rules.describe import describe
from silog_core.rules.entry import Entry
from silog_core.rules.waivers import after_waivers

_TOGETHER = {
    Combine.TIGHTEST: "all that cover it hold, and of these the strictest",
    Combine.ALL: "all that cover it hold",
}


def candidates(entries: Iterable[Entry], topic: str) -> list[Entry]:
    """Return the entries of a topic, or of the topic of a rule's id.

    Raises:
        FieldError: There is none; the message holds the topics that come closest.
    """
    known = list(entries)
    asked = topic.partition("@")[0]
    found = [e for e in known if e.rule.topic == asked]
    if not found:
        topics = sorted({e.rule.topic for e in known})
        close = [t for t in topics if asked.split(":")[-1].split("/")[0] in t]
        near = close or [t for t in topics if t.split(":")[0] == asked.split(":")[0]] or topics
        raise FieldError(
            f"no rule is about {asked!r}",
            "ask for " + (", ".join(near[:6]) or "an election that some plugin has rules for"),
        )
    return sorted(found, key=lambda e: e.sort_key)


def explain_rules(found: Sequence[Entry], at: RegionCode, table: RegionTable) -> Reason:
    """Return which of *found*, all of one topic, hold at a region and why."""
    covering = [e for e in found if e.rule.applies_in(at)]
    left = _left(covering)
    topic = found[0].rule.topic
    name = table.name(at)
    where = f"{at} {name}" if name != str(at) else str(at)
    holds = [e for e in covering if e.rule in left]
    head = (
        f"{topic} in {where}: {', '.join(e.rule.id for e in holds)}"
        if holds
        else f"{topic} in {where}: no rule holds"
    )
    return Reason(text=head, because=[_line(e, at, covering, left) for e in found])


def _left(covering: Sequence[Entry]) -> frozenset[Contribution]:
    valid = [e for e in covering if not e.out]
    if not valid:
        return frozenset()
    if is_deepest(valid[0].rule):
        return frozenset({valid[-1].rule})
    return frozenset(after_waivers([e.rule for e in valid]))


def _line(
    entry: Entry, at: RegionCode, covering: Sequence[Entry], left: frozenset[Contribution]
) -> Reason:
    rule = entry.rule
    if not entry.scope.covers(at):
        mark, why = "elsewhere", f"{entry.scope} does not hold {at}"
    elif not rule.applies_in(at):
        mark, why = "elsewhere", f"it does not speak for {at}"
    elif entry.out:
        mark, why = "set aside", entry.out
    elif rule in left:
        mark, why = "holds", _why(entry)
    else:
        mark, why = "gives way", _gives_way(entry, covering, left)
    facts = [
        Reason(text=f"{mark}: {why}"),
        Reason(text=f"from {entry.author}, {rule.confidence.value}: {rule.source}"),
    ]
    return Reason(text=f"{rule.id}: {describe(rule)}", because=facts)


def _why(entry: Entry) -> str:
    if entry.own:
        return "the scenario's own rule comes before every plugin's"
    if is_deepest(entry.rule):
        return f"the deepest region that has one is {entry.scope} ({entry.scope.level})"
    return _TOGETHER[COMBINE[type(entry.rule)]]


def _gives_way(entry: Entry, covering: Sequence[Entry], left: frozenset[Contribution]) -> str:
    if is_deepest(entry.rule):
        holder = next(e for e in covering if e.rule in left)
        return f"{holder.rule.id} is " + (
            "the scenario's own" if holder.own else f"of a deeper region, {holder.scope}"
        )
    lifters = [
        e for e in covering if e.rule.waives and e.rule.waives.startswith(entry.rule.id)
    ]
    if lifters:
        return f"{lifters[-1].rule.id} waives it ({lifters[-1].rule.source})"
    return "it only lifts another rule"
