"""The laws of a region pack, R1 to R12 of ``docs/hooks.md``."""

from __future__ import annotations

import pickle
import subprocess
import sys
from collections.abc import Iterable, Sequence
from datetime import date
from itertools import product
from typing import Any, ClassVar

from hypothesis import given, settings
from hypothesis import strategies as st

from silog_core.domain.contributions import Contribution
from silog_core.domain.elections import ElectionKind
from silog_core.domain.legs import Mode
from silog_core.domain.manifest import Manifest
from silog_core.domain.needs_rules import NeedsRule
from silog_core.domain.regions import RegionCode, RegionTable
from silog_core.domain.travel_rules import AccessRule, Closure, SpeedRule
from silog_core.plugins.facade import PluginHost
from silog_core.rules import RuleBook, build_rule_book
from silog_core.testing.effort import QUICK
from silog_core.testing.plausible import HEAVY_MODULES, PLACEHOLDERS, SPEEDS_M_PER_H


class RegionSuite:
    """Subclass me as ``TestMyRegion``, and name the pack's module and entry point.

    ``around`` holds the packs of the wider regions, which mine has to get on with.
    """

    #: How many examples each law is tried on.
    effort: ClassVar[settings] = QUICK

    #: The module that the entry point names.
    plugin: Any
    #: Name of the entry point, such as ``region.53``.
    name: str
    #: Names and modules of the packs of wider regions.
    around: Sequence[tuple[str, Any]] = ()
    #: Voting days that the pack has rules for, with their kind of election.
    elections: Sequence[tuple[str, date]] = (
        ("pilkada", date(2024, 11, 27)),
        ("pemilu", date(2024, 2, 14)),
    )
    #: Longest import of the module [ms of processor time].
    import_ms: int = 200

    #: Ways in which a pack may be asked to do more; none so far.
    can: ClassVar[frozenset[str]] = frozenset()

    def test_r1_registers_without_a_failure(self) -> None:
        """R1. The host takes the pack and all its answers."""
        host = self._host([(self.name, self.plugin)])
        self._rules(host)

        assert [str(f) for f in host.failures] == []

    def test_r2_gives_the_same_answer_twice(self) -> None:
        """R2. Asking again changes nothing: no clock, no chance, no network."""
        first, second = (self._rules(self._host([(self.name, self.plugin)])) for _ in "ab")

        assert first == second

    def test_r3_stays_inside_its_regions(self) -> None:
        """R3. Every rule is for a region that the manifest names or one below."""
        host = self._host([(self.name, self.plugin)])
        self._rules(host)

        assert [f.cause for f in host.failures if "outside" in f.cause] == []

    def test_r4_names_a_source_for_every_rule(self) -> None:
        """R4. Every rule says what it rests on, and nothing is left for later."""
        unsourced = [
            f"{rule.id}: {rule.source!r}"
            for rule in self._own()
            if len(rule.source.strip()) < 3
            or any(word in rule.source.lower() for word in PLACEHOLDERS)
        ]

        assert unsourced == []

    def test_r5_needs_never_fall_when_voters_rise(self) -> None:
        """R5. A station with more voters never needs less."""
        rates = [rule for rule in self._own() if isinstance(rule, NeedsRule)]

        @self.effort
        @given(st.integers(0, 1000), st.integers(1, 300))
        def law(voters: int, more: int) -> None:
            for rate in rates:
                assert rate.need(voters) <= rate.need(voters + more), rate.id

        law()

    def test_r6_speeds_are_plausible(self) -> None:
        """R6. No truck flies and nobody walks 20 km an hour."""
        odd = [
            f"{rule.id}: {rule.speed_m_per_h} m/h"
            for rule in self._own()
            if isinstance(rule, SpeedRule) and not _within(rule)
        ]

        assert odd == []

    def test_r7_leaves_every_region_open_at_some_time(self) -> None:
        """R7. What closes a way in leaves it open in some hour of the year."""
        shut = [
            f"{scope} by {mode.value}"
            for book in self._books()
            for scope in sorted({rule.scope for rule in self._own()})
            for mode in _modes_in(book, scope)
            if _always_closed(book.closures(mode, scope))
        ]

        assert shut == []

    def test_r8_agrees_with_the_packs_around_it(self) -> None:
        """R8. No conflict, and nothing below a legal minimum."""
        for book in self._books():
            assert book.entries

    def test_r9_order_of_answers_does_not_matter(self) -> None:
        """R9. The same rules in any order make the same book."""
        for kind, day in self.elections:
            given_ = self._given(kind, day)
            forward = self._book(given_, kind, day)
            backward = self._book(given_[::-1], kind, day)

            assert forward.digest() == backward.digest()

    def test_r10_travels_to_workers(self) -> None:
        """R10. The book comes back from a pickle as it went in."""
        for book in self._books():
            again = pickle.loads(pickle.dumps(book))  # noqa: S301 - of our own making

            assert book == again

    def test_r11_applies_somewhere(self) -> None:
        """R11. The pack has a rule, a code list or a check: it is not empty by mistake."""
        hooks = {name for name in dir(self.plugin) if name.startswith("silog_")}

        assert self._own() or self._manifest().table or hooks - {"silog_manifest"}

    def test_r12_imports_lightly(self) -> None:
        """R12. The module is imported fast, and brings no heavy module along."""
        module = self.plugin.__name__
        code = (
            "import sys, time\n"
            "import silog_core.plugins.facade, silog_core.plugins.tables\n"
            "before = set(sys.modules); start = time.process_time()\n"
            f"import {module}\n"
            "spent = time.process_time() - start\n"
            f"heavy = sorted({set(HEAVY_MODULES)!r} & (set(sys.modules) - before))\n"
            "print(int(spent * 1000), *heavy)"
        )
        runs = [
            subprocess.run(  # noqa: S603 - our own interpreter and code
                [sys.executable, "-c", code], capture_output=True, text=True, check=True
            ).stdout.split()
            for _ in range(3)
        ]

        assert runs[0][1:] == []
        assert min(int(run[0]) for run in runs) <= self.import_ms

    # --- what the laws look at ---------------------------------------------------

    def _host(self, packs: Iterable[tuple[str, Any]]) -> PluginHost:
        host = PluginHost()
        for name, module in packs:
            host.register(module, name=name)
        return host

    def _manifest(self) -> Manifest:
        return dict(self._host([(self.name, self.plugin)]).manifests())[self.name]

    def _rules(self, host: PluginHost) -> list[tuple[str, Contribution]]:
        return [
            given_
            for kind, day in self.elections
            for given_ in host.contributions(ElectionKind(kind), day.year)
        ]

    def _own(self) -> list[Contribution]:
        return [rule for _, rule in self._rules(self._host([(self.name, self.plugin)]))]

    def _given(self, kind: str, day: date) -> list[tuple[str, Contribution]]:
        host = self._host([*self.around, (self.name, self.plugin)])
        return list(host.contributions(ElectionKind(kind), day.year))

    def _books(self) -> list[RuleBook]:
        return [self._book(self._given(kind, day), kind, day) for kind, day in self.elections]

    def _book(
        self, given_: Sequence[tuple[str, Contribution]], kind: str, day: date
    ) -> RuleBook:
        table = RegionTable(as_of=day, source="no code list", names={})
        packs = self._host([*self.around, (self.name, self.plugin)]).manifests()
        for _, manifest in packs:
            if manifest.table:
                table = table.merged(manifest.table)
        return build_rule_book(given_, table=table, election_kind=kind, on=day)


def _within(rule: SpeedRule) -> bool:
    lowest, highest = SPEEDS_M_PER_H[rule.mode]
    return lowest <= rule.speed_m_per_h <= highest


def _modes_in(book: RuleBook, scope: RegionCode) -> list[Mode]:
    """Return the modes that some place in *scope* is reached by."""
    ways = {
        entry.rule.mode
        for entry in book.entries
        if isinstance(entry.rule, AccessRule)
        and not entry.out
        and (entry.scope.covers(scope) or scope.covers(entry.scope))
    }
    return sorted(ways, key=lambda mode: mode.value)


def _always_closed(closures: Iterable[Closure]) -> bool:
    found = list(closures)
    return all(
        any(c.holds(month=month, weekday=weekday, hour=hour) for c in found)
        for month, weekday, hour in product(range(1, 13), range(7), range(24))
    )
