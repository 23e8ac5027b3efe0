"""What a session found: plugins, the rule books of what they gave, and their services."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from datetime import date
from types import MappingProxyType, TracebackType
from typing import TYPE_CHECKING, Any, Self

from silog_core import builtin
from silog_core.domain.calendar_rules import DayOff
from silog_core.domain.contributions import Contribution
from silog_core.domain.elections import ElectionKind
from silog_core.domain.findings import Finding
from silog_core.domain.regions import COUNTRY, RegionCode, as_region
from silog_core.domain.scenario import Scenario
from silog_core.domain.travel_rules import (
    AccessRule,
    Closure,
    SpeedRule,
    TypicalVehicle,
    VehicleLimit,
)
from silog_core.errors import NoRulesError
from silog_core.plugins.acceptance import Acceptance
from silog_core.plugins.code_lists import merged_table
from silog_core.plugins.facade import PluginHost
from silog_core.plugins.failures import PluginFailure
from silog_core.plugins.guard import GuardedAllocation, GuardedRouting, validate_scenario
from silog_core.plugins.names import name_of_module
from silog_core.ports.check import Check
from silog_core.rules import RuleBook, build_rule_book

if TYPE_CHECKING:
    from silog_core.ports.allocation import AllocationSolver
    from silog_core.ports.routing import RoutingSolver
    from silog_core.ports.store import Store
    from silog_core.risk.simulate import RunTasks

_NONE: Mapping[str, str] = MappingProxyType({})

#: Rules that a leg obeys at either end, also where that lies outside the plan's root.
_OF_TRAVEL = (AccessRule, Closure, DayOff, SpeedRule, TypicalVehicle, VehicleLimit)


class PluginSession:
    """Plugins that were found, the rules they gave, and what they offer by name.

    `Session` plans with it and says what its arguments mean.
    """

    def __init__(
        self,
        *,
        plugins: Iterable[Any] | None = None,
        only: Iterable[str] | None = None,
        disabled: Iterable[str] = (),
        accept_degraded: Iterable[str] = (),
        prefer: Mapping[str, str] = _NONE,
        allow_waivers: bool = True,
    ) -> None:
        """Find the plugins, or take those given."""
        self.host = PluginHost()
        self.host.register(builtin, name=builtin.PLUGIN)
        self._accept = Acceptance(tuple(sorted({str(name) for name in accept_degraded})))
        self._prefer = dict(prefer)
        self._allow_waivers = allow_waivers
        self._books: dict[tuple[object, ...], RuleBook] = {}
        if plugins is None:
            self.host.discover(only=only, disabled=disabled)
        else:
            self._take(list(plugins), only=only, disabled=disabled)

    def _take(
        self, plugins: list[Any], *, only: Iterable[str] | None, disabled: Iterable[str]
    ) -> None:
        points = [plugin for plugin in plugins if _is_entry_point(plugin)]
        self.host.discover(points, only=only if points else None, disabled=disabled)
        for plugin in plugins:
            if not _is_entry_point(plugin):
                name, module = plugin if isinstance(plugin, tuple) else (None, plugin)
                self.host.register(module, name=name or name_of_module(module))

    @classmethod
    def from_environment(
        cls, environ: Mapping[str, str] | None = None, **options: Any
    ) -> Self:
        """Return a session as the environment asks for it.

        ``SILOG_PLUGINS=a,b`` uses only these plugins, ``SILOG_PLUGINS_DISABLED=a,b``
        leaves these out, ``SILOG_ACCEPT_DEGRADED=53`` plans a region although its
        plugin failed.
        """
        env = os.environ if environ is None else environ
        if "SILOG_PLUGINS" in env:
            options.setdefault("only", _names(env["SILOG_PLUGINS"]))
        options.setdefault("disabled", _names(env.get("SILOG_PLUGINS_DISABLED", "")))
        options.setdefault("accept_degraded", _names(env.get("SILOG_ACCEPT_DEGRADED", "")))
        return cls(**options)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Forget the rule books."""
        self._books.clear()

    @property
    def failures(self) -> tuple[PluginFailure, ...]:
        """What went wrong with plugins so far."""
        return self.host.failures

    # --- rules -------------------------------------------------------------------

    def rule_book(
        self,
        election_kind: ElectionKind | str,
        voting_day: date,
        root: RegionCode | str = COUNTRY,
        *,
        regions: Iterable[RegionCode] | None = None,
        need_rates: bool = True,
    ) -> RuleBook:
        """Return the rules of an election in a region and below.

        Args:
            election_kind: ``pilkada`` or ``pemilu``.
            voting_day: Day on which the rules have to be valid.
            root: Widest region of the plan.
            regions: Regions that matter; None for all below *root*. A failed plugin is
                no obstacle when it speaks for others only. Of regions outside *root*
                the rules of travel hold too, for legs obey both their ends; where a
                pack of those failed, the plan goes on without it and says so.
            need_rates: Whether a book without any rate is an error.

        Raises:
            RegionWithheldError: A plugin for one of the regions failed.
            NoRulesError: Nobody has rates for such an election.
            RuleConflictError: Rules contradict each other.
        """
        kind, at = ElectionKind(election_kind), as_region(root)
        regions = None if regions is None else tuple(regions)
        away = tuple(sorted({r for r in regions or () if not _meet(r, at)}))
        key = (kind, voting_day, at, away)
        given = () if key in self._books else self._given(kind, voting_day, at, away)
        # The checks must have loaded before anyone can say that nothing is withheld.
        self.host.rehearse("silog_validators")
        self.host.rehearse("silog_risk_checks")
        here = [r for r in regions or () if _meet(r, at)] or [at]
        self._accept.refuse(self.failures, here)
        if key not in self._books:
            self._books[key] = self._build(given, kind, voting_day, at)
        book = self._books[key]
        if need_rates and not book.needs_topics():
            raise NoRulesError(
                f"no plugin has rates for {kind.value} on {voting_day.isoformat()} in {at}",
                "pip install silog-region-id"
                + (", and leave out plugins=[...]" if not self.host.plugins[1:] else ""),
            )
        return book

    def _given(
        self, kind: ElectionKind, day: date, root: RegionCode, away: tuple[RegionCode, ...]
    ) -> tuple[tuple[str, Contribution], ...]:
        for region in (root, *away):
            self.host.load_regions(region)
        return tuple(
            (name, rule)
            for name, rule in self.host.contributions(kind, day.year)
            if _meet(rule.scope, root)
            or (isinstance(rule, _OF_TRAVEL) and any(rule.scope.covers(r) for r in away))
        )

    def _build(
        self,
        given: Iterable[tuple[str, Contribution]],
        kind: ElectionKind,
        day: date,
        root: RegionCode,
    ) -> RuleBook:
        return build_rule_book(
            given,
            table=merged_table(self.host.manifests(), root, day=day),
            election_kind=kind,
            on=day,
            prefer=self._prefer,
            allow_waivers=self._allow_waivers,
            versions=self.host.versions,
        )

    # --- failures ----------------------------------------------------------------

    def withheld(self, region: RegionCode | str) -> tuple[PluginFailure, ...]:
        """Return the failures for which *region* cannot be planned."""
        return self._accept.withheld(self.failures, as_region(region))

    def accepted(self, region: RegionCode | str = COUNTRY) -> tuple[str, ...]:
        """Return the failures and blocks in *region* that the caller took upon himself."""
        return self._accept.used(self.failures, self.host.blocked, as_region(region))

    # --- services ----------------------------------------------------------------

    def allocation_solver(self, name: str | None = None) -> AllocationSolver:
        """Return the allocation solver of that name, or the built-in one.

        Raises:
            UnknownChoiceError: Nobody gives one of that name, or it cannot be imported.
        """
        wanted = name or builtin.ALLOCATION_SOLVER
        offers = self.host.allocation_solvers()
        found = self.host.choose("allocation solver", offers, wanted).solver()
        ours = wanted == builtin.ALLOCATION_SOLVER
        return found if ours else GuardedAllocation(wanted, found)

    def routing_solver(self, name: str | None = None) -> RoutingSolver:
        """Return the routing solver of that name, or the built-in one.

        Raises:
            UnknownChoiceError: Nobody gives one of that name, or it cannot be imported.
        """
        wanted = name or builtin.ROUTING_SOLVER
        offers = self.host.routing_solvers()
        found = self.host.choose("routing solver", offers, wanted).solver()
        return found if wanted == builtin.ROUTING_SOLVER else GuardedRouting(wanted, found)

    def open_store(self, url: str) -> AbstractContextManager[Store]:
        """Return a context in which the store at *url* is open, whoever gives it.

        Raises:
            UnknownChoiceError: Nobody gives a store of that scheme.
            StorageError: The store cannot be opened.
        """
        return self.host.choose("store", self.host.stores(), url.partition(":")[0]).opened(url)

    @contextmanager
    def running(
        self, executor: str | None = None, workers: int = 1, *, rules: RuleBook | None = None
    ) -> Iterator[RunTasks]:
        """Give what runs tasks: here, on a pool of processes, or on a plugin's executor.

        Args:
            executor: Name, and address where it takes one: ``dask+tcp://host:8786``. None
                is this process, or a pool of processes for several workers.
            workers: Processes to use.
            rules: Rules that tasks carry; workers elsewhere must read them as here.

        Raises:
            UnknownChoiceError: Nobody gives an executor of that name.
            WorkerMismatchError: A worker has other versions or reads the rules otherwise.

        Example:
            >>> from silog_core.session import Session
            >>> with Session(plugins=[]) as session, session.running() as run:
            ...     run(abs, [-3, 4], lambda done: None)
            [3, 4]
        """
        from silog_core.execution import running
        from silog_core.risk.simulate import run_here

        asked = executor or (builtin.EXECUTOR if workers > 1 else None)
        if asked is None:
            yield run_here
            return
        name, _, address = asked.partition("+")
        spec = self.host.choose("executor", self.host.executors(), name)
        parts = [i.distribution for i in self.host.plugins if i.distribution]
        with running(spec, workers, address=address, rules=rules, distributions=parts) as run:
            yield run

    # --- scenarios ---------------------------------------------------------------

    def rule_book_for(self, scenario: Scenario) -> RuleBook:
        """Return the rules for a scenario; packs of regions it has no place in may fail.

        Raises:
            RegionWithheldError: A plugin for one of its regions failed.
            NoRulesError: Nobody has rates for such an election.
            RuleConflictError: Rules contradict each other.
        """
        election = scenario.election
        regions = dict.fromkeys(place.region for place in scenario.places)
        return self.rule_book(
            election.kind,
            election.voting_day,
            election.root,
            regions=regions if regions else [election.root],
            need_rates=not scenario.rates,
        )

    def validate(self, scenario: Scenario) -> tuple[Finding, ...]:
        """Return what validators find in a scenario, before anything is planned."""
        return validate_scenario(self.host, scenario, self.rule_book_for(scenario))

    def checks(self, root: RegionCode = COUNTRY) -> tuple[Check, ...]:
        """Return the checks of plans whose region meets *root*, by name and region."""
        found = [c for _, c in self.host.risk_checks() if _meet(c.scope, root)]
        return tuple(sorted(found, key=lambda c: (c.name, c.scope)))


def _is_entry_point(plugin: Any) -> bool:
    # By its form: the backport of importlib.metadata has a class of its own.
    return all(hasattr(plugin, name) for name in ("name", "value", "group", "load"))


def _meet(one: RegionCode, two: RegionCode) -> bool:
    return one.covers(two) or two.covers(one)


def _names(text: str) -> tuple[str, ...]:
    return tuple(name.strip() for name in text.split(",") if name.strip())
