"""Repair forward from today: what has begun stays, what has not is shifted, and no more."""

from __future__ import annotations

from collections.abc import Iterable

from silog_core.domain.plan import Plan
from silog_core.domain.scenario import Scenario
from silog_core.domain.timeline import ForwardRepair, Shifted, Unmet
from silog_core.domain.workforce import workforce_at
from silog_core.errors import PlanningError
from silog_core.planning.timeline.mends import mends_of
from silog_core.planning.timeline.moving import Run, moved
from silog_core.planning.timeline.network import Ease, Network, network_of
from silog_core.planning.timeline.running import Late, run_forward
from silog_core.planning.timeline.unmet_texts import unmet
from silog_core.rules.book import RuleBook


def repair_forward(
    scenario: Scenario,
    book: RuleBook,
    plan: Plan,
    now_s: int,
    *,
    not_begun: Iterable[str] = (),
) -> ForwardRepair:
    """Return the plan from today on: the past is fixed, what waits is shifted forward.

    A step that was planned to begin before today has begun as planned, unless it, or one
    that it waits for, is named. What has not begun begins as planned or, where it must, as soon as it can.
    Nothing is made earlier, and no tour is made anew: for that see `replan`. A trip for
    which no open hours are left keeps its planned times; its kits are listed as unmet.

    Args:
        scenario: What was planned for.
        book: Rules of the regions.
        plan: The plan that is being carried out.
        now_s: Today [s from 00:00 of voting day].
        not_begun: Steps planned before today that have not begun: ids of trips, stages
            such as ``kitting@12.01``, places for all that starts there, or ``all``.

    Raises:
        PlanningError: Something is named that the plan has not.

    Example:
        >>> from silog_core.testing.worlds import small_world
        >>> world = small_world()
        >>> today_s = -90 * 3600
        >>> found = repair_forward(
        ...     world.scenario, world.book, world.plan, today_s, not_begun=["kitting@12.01"]
        ... )
        >>> [(s.step, s.new_s // 3600) for s in found.shifted][:1], found.unmet
        ([('kitting@12.01', -72)], ())
    """
    network = network_of(scenario, book, plan, back=True)
    waiting = _named(network, not_begun)
    begun = _begun(network, now_s, waiting)
    run, late = run_forward(scenario, network, now_s, begun)
    shifted = tuple(
        Shifted(
            step=i, old_s=network.nodes[i].times[0], new_s=at[0],
            waits_for=run.waited.get(i, ""),
        )
        for i, at in run.times.items()
        if at is not None and at[0] != network.nodes[i].times[0]
    )  # fmt: skip
    return ForwardRepair(
        plan=moved(plan, network, run),
        now_s=now_s,
        begun=tuple(sorted(begun)),
        shifted=tuple(sorted(shifted, key=lambda s: (s.new_s, s.step))),
        unmet=_unmet(scenario, book, plan, network, run, late, now_s, begun),
    )


def _named(network: Network, names: Iterable[str]) -> frozenset[str]:
    wanted = frozenset(names)
    if "all" in wanted:
        return frozenset(network.nodes)
    known = {x for n in network.nodes.values() for x in (n.id, n.place)}
    if wrong := sorted(wanted - known):
        raise PlanningError(
            f"no step of the plan is called {', '.join(wrong)}",
            "name a trip, a stage such as kitting@12.71-W1, or a place where some start",
        )
    return frozenset(n.id for n in network.nodes.values() if wanted & {n.id, n.place})


def _begun(network: Network, now_s: int, waiting: frozenset[str]) -> frozenset[str]:
    """Return what has begun: planned before today, and all that it waits for has, too."""
    held = set(waiting)
    for node in network.nodes.values():
        if node.id in held or node.times[0] >= now_s:
            held |= {link.to for link in node.next}
    return frozenset(
        n.id for n in network.nodes.values() if n.times[0] < now_s and n.id not in held
    )


def _root(run: Run, step: str) -> str:
    seen = {step}
    while (before := run.waited.get(step, "")) and before not in seen:
        seen.add(before)
        step = before
    return step


def _unmet(
    scenario: Scenario,
    book: RuleBook,
    plan: Plan,
    network: Network,
    run: Run,
    late: Late,
    now_s: int,
    begun: frozenset[str],
) -> tuple[Unmet, ...]:
    groups: dict[str, dict[str, int]] = {}
    for kit, (step, late_s) in late.items():
        groups.setdefault(_root(run, step), {})[kit] = late_s
    helps = mends_of(scenario, book, plan, frozenset(late), now_s, begun)
    found = []
    for root, kits in sorted(groups.items()):
        at = network.nodes[root].place
        known = workforce_at(scenario.workforces, scenario.by_code[at].region) is not None
        for kit, late_s in sorted(kits.items()):
            mend, ease = helps.get(kit, ("deadline", Ease()))
            place = scenario.by_code[kit]
            found.append(
                unmet(
                    plan, place, root, late_s=late_s, mend=mend, ease=ease, at=at,
                    known=known,
                )
            )  # fmt: skip
    return tuple(sorted(found, key=lambda u: (-u.voters, u.station)))
