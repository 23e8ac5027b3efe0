"""One typed method for each hook: nothing else asks plugins anything."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, TypeVar

from silog_core.domain.calendar_rules import DayOff, StageWindow
from silog_core.domain.contributions import Contribution
from silog_core.domain.elections import ElectionKind
from silog_core.domain.handover_rules import HandoverRule
from silog_core.domain.manifest import Manifest
from silog_core.domain.needs_rules import ItemRule, NeedsRule, StationCap
from silog_core.domain.travel_rules import (
    AccessRule,
    Closure,
    SpeedRule,
    TypicalVehicle,
    VehicleLimit,
)
from silog_core.errors import UnknownChoiceError
from silog_core.plugins.failures import Phase, PluginProblemError
from silog_core.plugins.host import BUILTIN, HostBase
from silog_core.ports.check import Check, Mitigation, Validator
from silog_core.ports.executor import ExecutorSpec
from silog_core.ports.formats import ExporterSpec, ImporterSpec
from silog_core.ports.offers import Offer
from silog_core.ports.section import SectionSpec
from silog_core.ports.solvers import AllocationSolverSpec, RoutingSolverSpec
from silog_core.ports.store import StoreSpec

if TYPE_CHECKING:
    import click

T = TypeVar("T")
O = TypeVar("O", bound=Offer)  # noqa: E741 - an offer
Given = tuple[tuple[str, T], ...]


class PluginHost(HostBase):
    """The plugins of one session, asked hook by hook.

    Example:
        >>> from silog_core.plugins import Manifest, hookimpl
        >>> from types import ModuleType
        >>> module = ModuleType("mine")
        >>> module.silog_manifest = hookimpl(lambda: Manifest(title="Mine", regions=("53",)))
        >>> host = PluginHost()
        >>> host.register(module, name="region.53")
        >>> [manifest.title for name, manifest in host.manifests()]
        ['Mine']
    """

    def manifests(self) -> Given[Manifest]:
        """Return the manifest of every registered plugin."""
        return tuple((i.name.text, i.manifest) for i in self.plugins if i.manifest)

    # --- rules -------------------------------------------------------------------

    def needs_rules(
        self, election: ElectionKind
    ) -> Given[NeedsRule | StationCap | ItemRule | HandoverRule]:
        """Return rates, items, station caps and hand-overs with their plugins."""
        return tuple(self.ask("silog_needs_rules", election=election))

    def calendars(self, year: int) -> Given[DayOff | StageWindow]:
        """Return days off and windows with their plugins."""
        return tuple(self.ask("silog_calendars", year=year))

    def leg_speeds(self, year: int) -> Given[SpeedRule | AccessRule]:
        """Return speeds and ways of access with their plugins."""
        return tuple(self.ask("silog_leg_speeds", year=year))

    def leg_closures(self, year: int) -> Given[Closure]:
        """Return closures with their plugins."""
        return tuple(self.ask("silog_leg_closures", year=year))

    def vehicle_limits(self, year: int) -> Given[VehicleLimit | TypicalVehicle]:
        """Return limits and typical vehicles with their plugins."""
        return tuple(self.ask("silog_vehicle_limits", year=year))

    def contributions(self, election: ElectionKind, year: int) -> Given[Contribution]:
        """Return every rule; of a plugin that failed at one hook, none at all.

        Half of a region pack is worse than none: it looks complete.
        """
        found: list[tuple[str, Contribution]] = [
            *self.needs_rules(election),
            *self.calendars(year),
            *self.leg_speeds(year),
            *self.leg_closures(year),
            *self.vehicle_limits(year),
        ]
        broken = {f.plugin for f in self.failures if f.withholds}
        return tuple((name, rule) for name, rule in found if name not in broken)

    # --- checks ------------------------------------------------------------------

    def validators(self) -> Given[Validator]:
        """Return checks of scenarios with their plugins."""
        return tuple(self.ask("silog_validators"))

    def risk_checks(self) -> Given[Check]:
        """Return checks of plans with their plugins."""
        return tuple(self.ask("silog_risk_checks"))

    def mitigations(self) -> Given[Mitigation]:
        """Return mitigations with their plugins."""
        return tuple(self.ask("silog_mitigations"))

    # --- what is chosen by name --------------------------------------------------

    def stores(self) -> dict[str, StoreSpec]:
        """Return stores by URL scheme."""
        return self._named("silog_stores")

    def allocation_solvers(self) -> dict[str, AllocationSolverSpec]:
        """Return allocation solvers by name."""
        return self._named("silog_allocation_solvers")

    def routing_solvers(self) -> dict[str, RoutingSolverSpec]:
        """Return routing solvers by name."""
        return self._named("silog_routing_solvers")

    def executors(self) -> dict[str, ExecutorSpec]:
        """Return executors by name."""
        return self._named("silog_executors")

    def importers(self) -> dict[str, ImporterSpec]:
        """Return importers by name."""
        return self._named("silog_importers")

    def exporters(self) -> dict[str, ExporterSpec]:
        """Return exporters by name."""
        return self._named("silog_exporters")

    def report_sections(self) -> tuple[SectionSpec, ...]:
        """Return sections in the order in which they are printed."""
        found: dict[str, SectionSpec] = self._named("silog_report_sections")
        return tuple(sorted(found.values(), key=lambda s: (s.order, s.name)))

    def cli_commands(self, cli: click.Group) -> None:
        """Let plugins add commands; one that exists already stays as it is."""
        self.load_for("silog_cli_commands")
        before = dict(cli.commands)
        for _ in self.ask("silog_cli_commands", cli=cli):
            pass
        for name, command in before.items():
            if cli.commands.get(name) is not command:
                cli.add_command(command, name)

    def choose(self, what: str, offers: dict[str, O], name: str) -> O:
        """Return the offer of that name.

        Args:
            what: What is chosen, for the message: ``routing solver``.
            offers: What there is.
            name: What was asked for.

        Raises:
            UnknownChoiceError: There is none; the message tells the names that there
                are, and the plugin that failed if it may have been that one's.
        """
        if name in offers:
            return offers[name]
        suspects = [
            f for f in self.failures if name in f"{f.plugin} {f.distribution} {f.cause}"
        ]
        there = ", ".join(sorted(offers)) or "none"
        if suspects:
            raise UnknownChoiceError(
                f"the {what} {name!r} is not there, because {suspects[0].plugin} failed:"
                f" {suspects[0].cause}",
                f"{suspects[0].fix}; or choose one of: {there}",
            )
        raise UnknownChoiceError(
            f"nobody gives a {what} called {name!r}",
            f"choose one of: {there}; or install the plugin that gives it",
        )

    def _named(self, hook: str) -> dict[str, Any]:
        by_name: dict[str, list[tuple[str, Any]]] = {}
        for plugin, offer in self.ask(hook):
            by_name.setdefault(offer.name, []).append((plugin, offer))
        found = {}
        for name, given in sorted(by_name.items()):
            ours = [(p, o) for p, o in given if p.startswith(BUILTIN)]
            keep = ours or (given if len(given) == 1 else [])
            if keep:
                found[name] = keep[0][1]
            lost = [g for g in given if g not in keep]
            self._note_taken(hook, name, [p for p, _ in lost], [p for p, _ in given])
        return found

    def _note_taken(
        self, hook: str, name: str, losers: Iterable[str], givers: Iterable[str]
    ) -> None:
        who = ", ".join(sorted(set(givers)))
        for plugin in losers:
            problem = PluginProblemError(
                Phase.CONFORM,
                f"the name {name!r} of {hook} is given by {who}",
                f"call the one of {plugin} otherwise, or uninstall it",
            )
            self._note_hook(problem, self._plugins[plugin], hook)
