"""Rules of one topic or kind, found by region with one dictionary look-up."""

from __future__ import annotations

from collections.abc import Iterable

from silog_core.domain.contributions import Contribution
from silog_core.domain.regions import RegionCode
from silog_core.rules.entry import Entry
from silog_core.rules.waivers import after_waivers


class ScopeIndex:
    """Entries by scope; answers are kept by the region cut to the deepest scope.

    A rule set that goes no deeper than regencies thus computes 514 answers, and the
    820,161 stations below them each cost a slice and a look-up.
    """

    def __init__(self, entries: Iterable[Entry]) -> None:
        """Index *entries*, which all hold."""
        self.entries = tuple(sorted(entries, key=lambda e: e.sort_key))
        #: Depth of the deepest scope [0 country - 4 village].
        self.deepest = max((e.scope.depth for e in self.entries), default=0)
        self._at: dict[tuple[str, ...], list[Entry]] = {}
        for entry in self.entries:
            self._at.setdefault(entry.scope.parts, []).append(entry)
        self._covering: dict[tuple[str, ...], tuple[Contribution, ...]] = {}

    def cut(self, region: RegionCode) -> tuple[str, ...]:
        """Return what tells regions apart here: equal cuts have equal answers."""
        return region.parts[: self.deepest]

    def covering(self, region: RegionCode) -> tuple[Contribution, ...]:
        """Return the rules that cover *region*, wide to narrow, without waived ones."""
        key = region.parts[: self.deepest]
        found = self._covering.get(key)
        if found is None:
            around = [
                entry
                for depth in range(len(key) + 1)
                for entry in self._at.get(key[:depth], ())
            ]
            around.sort(key=lambda e: e.own)  # a scenario's own rules come last
            found = self._covering[key] = tuple(after_waivers([e.rule for e in around]))
        return found

    def holding(self, region: RegionCode) -> Contribution | None:
        """Return the deepest rule that covers *region*."""
        found = self.covering(region)
        return found[-1] if found else None
