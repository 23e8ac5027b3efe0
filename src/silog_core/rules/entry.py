"""A rule with its author, and whether it holds."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property

import attrs

from silog_core.domain.contributions import Contribution
from silog_core.domain.regions import RegionCode

#: Author of the rules that a scenario brings along.
SCENARIO = "scenario"


@attrs.frozen(kw_only=True)
class Entry:
    """One rule, who gave it, and why it is left aside if it is."""

    plugin: str
    version: str = ""
    rule: Contribution
    #: Why it does not hold anywhere; empty when it does.
    out: str = ""

    @property
    def own(self) -> bool:
        """Whether the scenario itself brought it: it then beats every plugin's."""
        return self.plugin == SCENARIO

    @property
    def scope(self) -> RegionCode:
        """Region that it is for."""
        return self.rule.scope

    @cached_property
    def rule_digest(self) -> str:
        """Digest of the rule, kept: sorting asks for it again and again."""
        return self.rule.digest()

    @property
    def sort_key(self) -> tuple[str, bool, int, RegionCode, str, str]:
        """Wide to narrow within a topic, a scenario's own last."""
        rule = self.rule
        return (
            rule.topic,
            self.own,
            rule.scope.depth,
            rule.scope,
            self.plugin,
            self.rule_digest,
        )

    @property
    def author(self) -> str:
        """Plugin and version, for people."""
        return f"{self.plugin} {self.version}".strip()


def in_force(entries: Iterable[Entry]) -> list[Entry]:
    """Return the entries that are not left aside."""
    return [entry for entry in entries if not entry.out]


def by_topic(entries: Iterable[Entry]) -> dict[str, list[Entry]]:
    """Return entries by their topic, each list in the order given."""
    found: dict[str, list[Entry]] = {}
    for entry in entries:
        found.setdefault(entry.rule.topic, []).append(entry)
    return found
