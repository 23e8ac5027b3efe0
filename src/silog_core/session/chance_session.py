"""Chances of a plan, with what a session has to compute them on."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

from silog_core.domain.plan import Plan
from silog_core.domain.scenario import Scenario
from silog_core.ports.executor import unheard
from silog_core.session.plugin_session import PluginSession

if TYPE_CHECKING:
    from silog_core.domain.shocks import Relief, Rescue, ShockModel
    from silog_core.domain.simulation import Simulation


class ChanceSession(PluginSession):
    """Simulations of a plan: what arrives in time, and what comes back."""

    def simulate(
        self,
        plan: Plan,
        *,
        scenario: Scenario | None = None,
        model: ShockModel | None = None,
        reliefs: Iterable[Relief] = (),
        rescues: Iterable[Rescue] = (),
        draws: int = 1000,
        seed: int = 0,
        due_s: int = 0,
        workers: int = 1,
        executor: str | None = None,
        progress: Callable[[int], None] = unheard,
    ) -> Simulation:
        """Return how often each station has everything on time, as `silog_core.simulate`.

        Args:
            plan: The plan; it is not changed.
            scenario: What it was made for: tells hired vehicles from counted ones.
            model: What may go wrong; the table of estimates when None.
            reliefs: What has been prepared against it.
            rescues: Who is sent after those who are stuck, and how often.
            draws: How many ways to look at.
            seed: The same seed gives the same result.
            due_s: Moment by which a station must have everything [s from 00:00 of voting
                day].
            workers: Processes to use; the result is the same for any number.
            executor: Name, and address where it takes one; as for `plan`.
            progress: Told how many parts are done.

        Raises:
            UnknownChoiceError: Nobody gives an executor of that name.
            RiskError: There are no draws, or no stations, or a relief or rescue
                answers no shock.

        Example:
            >>> from silog_core.session import Session
            >>> from silog_core.testing.worlds import small_world
            >>> world = small_world()
            >>> with Session(plugins=[]) as session:
            ...     odds = session.simulate(world.plan, scenario=world.scenario, draws=200)
            >>> len(odds.stations), odds.draws
            (4, 200)
        """
        from silog_core.risk.simulate import simulate

        with self.running(executor, workers) as run:
            return simulate(
                plan, scenario=scenario, model=model, reliefs=reliefs, rescues=rescues,
                draws=draws, seed=seed, due_s=due_s, run_tasks=run, progress=progress,
            )  # fmt: skip

    def simulate_return(
        self,
        plan: Plan,
        *,
        due_s: int,
        scenario: Scenario | None = None,
        model: ShockModel | None = None,
        reliefs: Iterable[Relief] = (),
        rescues: Iterable[Rescue] = (),
        draws: int = 1000,
        seed: int = 0,
        workers: int = 1,
        executor: str | None = None,
        progress: Callable[[int], None] = unheard,
    ) -> Simulation:
        """Return how often each station's boxes are back, as `silog_core.simulate_return`.

        Args:
            plan: The plan; it is not changed.
            due_s: Moment by which boxes have to be back [s from 00:00 of voting day], such
                as that of `silog_core.return_due_s`.
            scenario: What it was made for: tells hired vehicles from counted ones.
            model: What may go wrong; the table of estimates when None.
            reliefs: What has been prepared against it.
            rescues: Who is sent after those who are stuck, and how often.
            draws: How many ways to look at.
            seed: The same seed gives the same result; weather is that of the way out.
            workers: Processes to use; the result is the same for any number.
            executor: Name, and address where it takes one; as for `plan`.
            progress: Told how many parts are done.

        Raises:
            UnknownChoiceError: Nobody gives an executor of that name.
            RiskError: There are no draws, stations or return trips, or a relief or rescue
                answers no shock.

        Example:
            >>> from silog_core.session import Session
            >>> from silog_core.testing.worlds import small_world
            >>> plan = small_world().plan
            >>> with Session(plugins=[]) as session:
            ...     odds = session.simulate_return(plan, due_s=3 * 86_400, draws=200)
            >>> len(odds.stations), odds.due_s
            (4, 259200)
        """
        from silog_core.risk.simulate_back import simulate_return

        with self.running(executor, workers) as run:
            return simulate_return(
                plan, due_s=due_s, scenario=scenario, model=model, reliefs=reliefs,
                rescues=rescues, draws=draws, seed=seed, run_tasks=run, progress=progress,
            )  # fmt: skip
