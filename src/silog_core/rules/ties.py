"""Two rules of equal depth for one topic: only a person can say which holds."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations

import attrs

from silog_core.rules.combine import is_deepest
from silog_core.rules.conflicts import Conflict, conflict
from silog_core.rules.entry import Entry


def prefer_one(entries: Sequence[Entry], prefer: Mapping[str, str]) -> list[Entry]:
    """Set aside what *prefer* does not prefer: rule id to plugin name."""
    having = {(e.rule.id, e.plugin) for e in entries}
    found = []
    for entry in entries:
        wanted = prefer.get(entry.rule.id, entry.plugin)
        loses = wanted != entry.plugin and (entry.rule.id, wanted) in having
        if loses and is_deepest(entry.rule) and not entry.out and not entry.own:
            found.append(attrs.evolve(entry, out=f"the configuration prefers {wanted}"))
        else:
            found.append(entry)
    return found


def check_ties(entries: Sequence[Entry]) -> Iterator[Conflict]:
    """Find rules of one id that overlap in time, where only one can hold."""
    by_id: dict[str, list[Entry]] = {}
    for entry in entries:
        undecided = not entry.out or entry.out.startswith("not valid")
        if undecided and is_deepest(entry.rule):
            by_id.setdefault(entry.rule.id, []).append(entry)
    for same in by_id.values():
        for one, two in combinations(same, 2):
            if one.own == two.own and one.rule.valid.overlaps(two.rule.valid):
                yield _tie(one, two)


def _tie(one: Entry, two: Entry) -> Conflict:
    rule_id = one.rule.id
    if one.plugin == two.plugin:
        return conflict(
            "tie",
            [one, two],
            f"{one.author} gives {rule_id} twice ({one.rule.source}; {two.rule.source})",
            f"remove one of the two from {one.plugin}, or let their valid= not overlap",
        )
    return conflict(
        "tie",
        [one, two],
        f"{one.author} and {two.author} both give {rule_id}"
        f" ({one.rule.source}; {two.rule.source})",
        f'say which holds: prefer = {{"{rule_id}" = "{one.plugin}"}}'
        f' or prefer = {{"{rule_id}" = "{two.plugin}"}}',
    )
