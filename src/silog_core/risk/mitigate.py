"""What mitigations buy: each change is planned, simulated on the same draws, and ranked."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from silog_core.domain.findings import Finding
from silog_core.domain.mitigation_results import MitigationResult
from silog_core.domain.plan import Plan
from silog_core.domain.scenario import Scenario
from silog_core.domain.shocks import Relief, ShockModel
from silog_core.domain.simulation import Simulation
from silog_core.ports.check import Mitigation, Proposal
from silog_core.risk.simulate import RunTasks, run_here, simulate


def evaluate_mitigations(
    scenario: Scenario,
    plan: Plan,
    proposals: Iterable[Proposal],
    *,
    replan: Callable[[Scenario], Plan],
    model: ShockModel | None = None,
    reliefs: Iterable[Relief] = (),
    draws: int = 1000,
    seed: int = 0,
    due_s: int = 0,
    before: Simulation | None = None,
    run_tasks: RunTasks = run_here,
) -> tuple[MitigationResult, ...]:
    """Return what each proposal costs and gains, those that help most voters first.

    Every change is simulated on the draws of the plan as it is: the same storms, the
    same breakdowns. What is reported as gain is the difference of the two simulations.

    Args:
        scenario: What was planned for.
        plan: The plan as it is.
        proposals: Changes, such as those of plugins, see `silog_mitigations`.
        replan: Plans a changed scenario, with the rules and solvers of *plan*.
        model: What may go wrong; `default_shocks` when None.
        reliefs: What has been prepared already.
        draws: How many ways to look at.
        seed: Seed of the draws.
        due_s: Moment by which a station must have everything [s].
        before: The simulation of the plan as it is, where there is one of these draws.
        run_tasks: Runs the parts, in this process or elsewhere.

    Raises:
        FieldError: *before* is of other draws.

    Example:
        >>> from silog_core.risk.mitigation_options import depart_earlier
        >>> from silog_core.testing.worlds import small_world
        >>> world = small_world()
        >>> change = depart_earlier(world.scenario, world.plan, "12.01")
        >>> result = evaluate_mitigations(
        ...     world.scenario, world.plan, [change], replan=lambda scenario: world.plan
        ... )[0]
        >>> result.mitigation, result.gain_stations_milli >= 0
        ('depart-earlier', True)
    """
    given = tuple(reliefs)

    def look(one: Plan, where: Scenario, more: tuple[Relief, ...]) -> Simulation:
        return simulate(
            one, scenario=where, model=model, reliefs=given + more, draws=draws, seed=seed,
            due_s=due_s, run_tasks=run_tasks,
        )  # fmt: skip

    as_it_is = look(plan, scenario, ()) if before is None else before
    found = []
    for proposal in proposals:
        changed = proposal.plan
        if changed is None:
            same = proposal.scenario == scenario
            changed = plan if same else replan(proposal.scenario)
        found.append(
            MitigationResult(
                mitigation=proposal.mitigation,
                message=proposal.message,
                message_id=proposal.message_id,
                cost_rupiah=proposal.cost_rupiah + _cost(changed) - _cost(plan),
                price_source=proposal.price_source,
                before=as_it_is,
                after=look(changed, proposal.scenario, proposal.reliefs),
            )
        )
    return tuple(sorted(found, key=lambda r: r.rank))


def proposals_for(
    mitigations: Iterable[Mitigation],
    findings: Iterable[Finding],
    scenario: Scenario,
    plan: Plan,
) -> tuple[Proposal, ...]:
    """Return what mitigations propose for findings, each once, the cheapest first.

    One that fails is left out, as its hook promises.
    """
    found: dict[tuple[str, str], Proposal] = {}
    asked = tuple(findings)
    for mitigation in mitigations:
        for finding in asked:
            if finding.check not in mitigation.answers:
                continue
            try:
                given = list(mitigation.propose(finding, scenario, plan))
            except Exception:  # noqa: BLE001, S112 - a plugin may raise anything
                continue
            for proposal in given:
                if proposal.changes(scenario, plan):
                    found.setdefault((proposal.mitigation, proposal.message), proposal)
    return tuple(sorted(found.values(), key=lambda p: p.rank))


def _cost(plan: Plan) -> int:
    return sum(trip.cost_rupiah for trip in plan.trips)
