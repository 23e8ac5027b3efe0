"""What may be planned in spite of failures: nothing, unless the caller says so by name."""

from __future__ import annotations

from collections.abc import Iterable

import attrs

from silog_core.domain.regions import RegionCode
from silog_core.domain.scenario import Scenario
from silog_core.errors import RegionWithheldError
from silog_core.plugins.failures import PluginFailure
from silog_core.plugins.names import scope_in_name


@attrs.frozen
class Acceptance:
    """Regions (``53``) and plugins (``region.53``) that the caller takes as they are.

    Example:
        >>> from silog_core.plugins.failures import Phase
        >>> lost = PluginFailure(
        ...     plugin="region.53",
        ...     phase=Phase.IMPORT,
        ...     cause="it fails",
        ...     fix="mend it",
        ...     withholds=(RegionCode.parse("53"),),
        ... )
        >>> [f.plugin for f in Acceptance(()).withheld([lost], RegionCode.parse("53.71"))]
        ['region.53']
        >>> Acceptance(("53",)).withheld([lost], RegionCode.parse("53.71"))
        ()
    """

    names: tuple[str, ...]

    def withheld(
        self, failures: Iterable[PluginFailure], region: RegionCode
    ) -> tuple[PluginFailure, ...]:
        """Return the failures for which *region* cannot be planned."""
        return tuple(
            f for f in failures if _concerns(f.withholds, region) and not self._taken(f)
        )

    def refuse(self, failures: Iterable[PluginFailure], regions: Iterable[RegionCode]) -> None:
        """Raise when one of *regions* is withheld.

        Raises:
            RegionWithheldError: It is; the message holds each failure with its fix.
        """
        known = list(failures)
        found = list(dict.fromkeys(f for r in regions for f in self.withheld(known, r)))
        if not found:
            return
        codes = sorted({code for f in found for code in f.withholds})
        listed = "".join(f"\n  {failure}" for failure in found)
        raise RegionWithheldError(
            f"{', '.join(map(str, codes))} cannot be planned, because a plugin failed:{listed}",
            "mend it as said, or plan without it by name:"
            f" Session(accept_degraded={[str(code) for code in codes]})",
        )

    def used(
        self, failures: Iterable[PluginFailure], blocked: Iterable[str], region: RegionCode
    ) -> tuple[str, ...]:
        """Return the names that made a plan of *region* possible: it prints them.

        Args:
            failures: What went wrong with plugins.
            blocked: Plugins that were left out on request.
            region: Widest region of the plan.
        """
        taken = {n for f in failures if _concerns(f.withholds, region) for n in self._taken(f)}
        left_out = {n for n in blocked if _concerns(scope_in_name(n), region)}
        return tuple(sorted(taken | left_out))

    def _taken(self, failure: PluginFailure) -> list[str]:
        names = {failure.plugin, *map(str, failure.withholds)}
        return [name for name in self.names if name in names]

    def without(
        self, failures: Iterable[PluginFailure], blocked: Iterable[str], scenario: Scenario
    ) -> tuple[str, ...]:
        """Return what a plan does without: accepted failures, and lost packs of others.

        A pack of a region outside the plan's root, such as a supplier's, does not stop
        the plan when it fails; the plan says that it lacks it.
        """
        known, root = list(failures), scenario.election.root
        away = {p.region for p in scenario.places if not _concerns((root,), p.region)}
        lost = {
            f.plugin
            for f in known
            if not _concerns(f.withholds, root)
            and any(_concerns(f.withholds, region) for region in away)
        }
        return tuple(sorted({*self.used(known, blocked, root), *lost}))


def _concerns(withheld: Iterable[RegionCode], region: RegionCode) -> bool:
    return any(code.covers(region) or region.covers(code) for code in withheld)
