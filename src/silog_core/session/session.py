"""A session: plugins, and the plans, chances and records that are made with them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING

from silog_core import builtin
from silog_core.domain.findings import Finding
from silog_core.domain.plan import Plan, Provenance
from silog_core.domain.scenario import Scenario
from silog_core.plugins.guard import validate_scenario
from silog_core.rules import RuleBook
from silog_core.session.chance_session import ChanceSession

if TYPE_CHECKING:
    from silog_core.custody.ledger import Ledger
    from silog_core.custody.signing import Signer
    from silog_core.domain.incidents import Incident
    from silog_core.domain.mitigation_results import MitigationResult
    from silog_core.domain.replanning import Replan
    from silog_core.domain.simulation import Simulation
    from silog_core.planning.pipeline import Progress
    from silog_core.risk.simulate import RunTasks


class Session(ChanceSession):
    """Plugins that were found, and what is made with them.

    Nothing is imported until it is needed: a session for province 12 imports the packs
    of the country, of 12 and of its regencies, and no other region's.

    Args:
        plugins: Modules, pairs of a name and a module, or entry points, to use instead
            of what is installed; an empty list leaves the built-ins only.
        only: Entry-point names to use of what is installed; None for all.
        disabled: Entry-point names to leave out; plans say so.
        accept_degraded: Regions (``53``) or plugins (``region.53``) that are planned
            although something of theirs failed; plans say so.
        prefer: For a rule id that two plugins give, the plugin whose rule holds.
        allow_waivers: Whether a narrower rule may lift a wider one.

    Example:
        >>> with Session(plugins=[]) as session:
        ...     sorted(session.host.routing_solvers())
        ['ruin-recreate']
    """

    def plan(
        self,
        scenario: Scenario,
        *,
        seed: int = 0,
        seconds: int | None = None,
        workers: int = 1,
        executor: str | None = None,
        allocation_solver: str | None = None,
        routing_solver: str | None = None,
        progress: Progress | None = None,
        kits_first: bool = False,
        require_feasible: bool = False,
    ) -> Plan:
        """Return the plan of a scenario: needs, allocation, routes, schedule, findings.

        Args:
            scenario: What to plan for.
            seed: The same seed gives the same plan.
            seconds: Budget of routing; it buys a fixed number of iterations.
            workers: Processes to use; the plan is the same for any number.
            executor: Name, and address where it takes one: ``dask+tcp://host:8786``. None is
                this process, or a pool of processes for several workers.
            allocation_solver: Name of the solver; None for the built-in one.
            routing_solver: Name of the solver; None for the built-in one.
            progress: Told how far the work is.
            kits_first: Under shortage complete kits, then share evenly.
            require_feasible: Raise where something is short, instead of sharing it out.

        Raises:
            RegionWithheldError: A plugin for one of its regions failed.
            NoRulesError: Nobody has rates for such an election.
            UnknownChoiceError: A solver or executor of that name is not there.
            PlanningError: No plan can be made as asked.
        """
        book = self.rule_book_for(scenario)
        with self.running(executor, workers, rules=book) as run:
            return self._planned(
                scenario, book, run,
                seed=seed, seconds=seconds, allocation_solver=allocation_solver,
                routing_solver=routing_solver, progress=progress, kits_first=kits_first,
                require_feasible=require_feasible,
            )  # fmt: skip

    def _planned(
        self,
        scenario: Scenario,
        book: RuleBook,
        run: RunTasks,
        *,
        seed: int,
        seconds: int | None = None,
        allocation_solver: str | None = None,
        routing_solver: str | None = None,
        progress: Progress | None = None,
        kits_first: bool = False,
        require_feasible: bool = False,
    ) -> Plan:
        from silog_core.planning import pipeline

        allocate = self.allocation_solver(allocation_solver)
        route = self.routing_solver(routing_solver)
        iterations = (
            pipeline.DEFAULT_ITERATIONS
            if seconds is None
            else seconds * pipeline.ITERATIONS_PER_SECOND
        )
        provenance = Provenance(
            seed=seed,
            rules_digest=book.digest(),
            plugins=tuple(
                (i.name.text, i.version)
                for i in self.host.plugins
                if i.shapes_plans_of(scenario.election.root)
                and (i.name.kind != "solver" or allocation_solver or routing_solver)
            ),
            accepted_degraded=self._accept.without(self.failures, self.host.blocked, scenario),
            allocation_solver=allocation_solver or builtin.ALLOCATION_SOLVER,
            routing_solver=routing_solver or builtin.ROUTING_SOLVER,
            iterations=iterations,
        )
        return pipeline.make_plan(
            scenario,
            book,
            allocation_solver=allocate,
            routing_solver=route,
            assess=self._assess,
            provenance=provenance,
            progress=progress or pipeline.silent,
            run=run,
            kits_first=kits_first,
            require_feasible=require_feasible,
        )

    def _assess(self, scenario: Scenario, book: RuleBook, plan: Plan) -> list[Finding]:
        """Return what validators and checks find, the most severe first."""
        from silog_core.risk.assess import assess

        found = [
            *validate_scenario(self.host, scenario, book),
            *assess(scenario, book, plan, checks=self.checks(scenario.election.root)),
        ]
        return sorted(found, key=lambda f: f.rank)

    def replan(self, scenario: Scenario, plan: Plan, incidents: Sequence[Incident]) -> Replan:
        """Return the plan after incidents, with what the checks of plugins find in it.

        Args:
            scenario: What was planned for.
            plan: The plan that is being carried out.
            incidents: All that happened and still matters, see `read_incidents`.

        Raises:
            RegionWithheldError: A plugin for one of the regions failed.
            IncidentError: An incident speaks of a place, vehicle or lot that is not there.

        Example:
            >>> from silog_core.plugins.examples import load_example
            >>> scenario = load_example("natuna-2024")
            >>> with Session() as session:
            ...     plan = session.plan(scenario)
            ...     session.replan(scenario, plan, []).plan == plan
            True
        """
        from silog_core.planning.replanning import replan

        book = self.rule_book_for(scenario)
        return replan(scenario, book, plan, incidents, assess=self._assess)

    # --- mitigations --------------------------------------------------------------

    def mitigate(
        self,
        scenario: Scenario,
        plan: Plan,
        before: Simulation,
        *,
        regencies: int = 1,
        workers: int = 1,
        executor: str | None = None,
    ) -> tuple[MitigationResult, ...]:
        """Return what changes would help the worst regencies, each re-evaluated, ranked.

        Proposals are the built-in ones and those of plugins (`silog_mitigations`) for
        findings of the plan and of the simulation in these regencies; one that two give
        is looked at once. Each is planned where it has to be, and simulated on the same
        draws.

        Args:
            scenario: What was planned for.
            plan: The plan as it is.
            before: Its simulation; its draws and seed are used for every change.
            regencies: How many, those with most voters late first.
            workers: Processes to use; the result is the same for any number.
            executor: Name, and address where it takes one; as for `plan`.

        Raises:
            RegionWithheldError: A plugin for one of the regions failed.
            UnknownChoiceError: Nobody gives an executor of that name.

        Example:
            >>> from silog_core.risk.simulate import simulate
            >>> from silog_core.testing import plugin_module
            >>> from silog_core.testing.worlds import small_world
            >>> world = small_world()
            >>> odds = simulate(world.plan, scenario=world.scenario, draws=300)
            >>> with Session(plugins=[]) as session:  # no region pack: nothing to plan with
            ...     session.mitigate(world.scenario, world.plan, odds, regencies=0)
            ()
        """
        from silog_core.risk.mitigate import evaluate_mitigations
        from silog_core.risk.mitigation_choice import proposals_against_delay, worst_regencies

        worst = worst_regencies(before, regencies)
        if not worst:
            return ()
        mitigations = [m for _, m in self.host.mitigations()]
        proposals = proposals_against_delay(
            scenario, plan, before, regencies=worst, mitigations=mitigations
        )
        book = self.rule_book_for(scenario)
        with self.running(executor, workers, rules=book) as run:

            def replan(changed: Scenario) -> Plan:
                made = plan.provenance
                return self._planned(changed, book, run, seed=made.seed)

            return evaluate_mitigations(
                scenario, plan, proposals, draws=before.draws, seed=before.seed,
                due_s=before.due_s, before=before, run_tasks=run, replan=replan,
            )  # fmt: skip

    # --- custody -----------------------------------------------------------------

    @contextmanager
    def open_ledger(
        self, url: str, *, signer: Signer | None = None, origin: str | None = None
    ) -> Iterator[Ledger]:
        """Give the ledger in the store at *url*, whoever gives the store; close it after.

        Args:
            url: Where it is: ``sqlite:///record.sqlite``, ``memory:``, or a plugin's.
            signer: The private key of the ledger; reading needs none.
            origin: Name of a new ledger to begin there, such as ``silog/12.71/2024``;
                None opens the one that is there.

        Raises:
            UnknownChoiceError: Nobody gives a store of that scheme.
            StorageError: The store cannot be opened.
            LedgerError: There is no ledger, or, with *origin*, there is one already.

        Example:
            >>> with Session(plugins=[]) as session:
            ...     with session.open_ledger("memory:", origin="silog/12.71") as ledger:
            ...         ledger.append([b"packed", b"sealed"], device="office-1")
            3
        """
        from silog_core.custody.ledger import Ledger

        with self.open_store(url) as store:
            if origin is None:
                yield Ledger(store, signer=signer)
            else:
                yield Ledger.init(store, origin=origin, signer=signer)
