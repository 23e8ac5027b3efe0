"""A narrower rule that shadows a wider one has to say so."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from silog_core.rules.combine import is_deepest
from silog_core.rules.conflicts import Conflict, conflict
from silog_core.rules.entry import Entry, by_topic, in_force
from silog_core.rules.reference import Reference, refer_to


def check_replacing(entries: Sequence[Entry]) -> Iterator[Conflict]:
    """Find rules that shadow a wider one in silence, or claim to and do not."""
    known = {e.rule.id for e in entries}
    for same in by_topic(in_force(entries)).values():
        for entry in same:
            if entry.own:
                continue
            if not is_deepest(entry.rule):
                if entry.rule.replaces:
                    yield _cannot_replace(entry)
                continue
            wider = [
                e
                for e in same
                if not e.own and e.scope != entry.scope and e.rule.applies_in(entry.scope)
            ]
            if wider:
                nearest = max(wider, key=lambda e: e.scope.depth)
                yield from _check(entry, nearest)
            elif entry.rule.replaces and Reference.parse(entry.rule.replaces).id not in known:
                yield _unknown(entry, known)


def _check(entry: Entry, wide: Entry) -> Iterator[Conflict]:
    rule = entry.rule
    line = f'replaces="{refer_to(wide.rule)}"'
    if not rule.replaces:
        yield conflict(
            "replaces",
            [entry, wide],
            f"{rule.id} of {entry.author} shadows {wide.rule.id} of {wide.author}"
            " without saying so",
            f"add to {rule.id}: {line}",
        )
        return
    to = Reference.parse(rule.replaces)
    if to.id != wide.rule.id:
        yield conflict(
            "replaces",
            [entry, wide],
            f"{rule.id} of {entry.author} replaces {to.id}, but what holds around it is"
            f" {wide.rule.id} of {wide.author}",
            f"write in {rule.id}: {line}",
        )
    elif to.is_stale(wide.rule):
        yield conflict(
            "replaces",
            [entry, wide],
            f"{rule.id} of {entry.author} replaces {to.id}, which has changed since that was"
            f" written ({wide.rule.source})",
            f"read the new rule; if {rule.id} should still hold: {line}",
        )


def _unknown(entry: Entry, known: set[str]) -> Conflict:
    rule = entry.rule
    there = sorted(i for i in known if i.startswith(f"{rule.topic}@") and i != rule.id)
    return conflict(
        "replaces",
        [entry],
        f"{rule.id} of {entry.author} replaces"
        f" {Reference.parse(rule.replaces).id}, which nobody gives",
        f"name one of {', '.join(there)}" if there else f"remove replaces= from {rule.id}",
    )


def _cannot_replace(entry: Entry) -> Conflict:
    rule = entry.rule
    return conflict(
        "replaces",
        [entry],
        f"{rule.id} of {entry.author} has replaces=, but every {rule.kind} holds together"
        " with the others",
        f'remove replaces=, or lift the wider rule: waives="{rule.replaces}"',
    )
