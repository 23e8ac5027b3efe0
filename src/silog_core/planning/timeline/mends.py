"""What may be given up so that late kits are in time, tried in fact, the smallest first."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from silog_core.domain.plan import Plan
from silog_core.domain.scenario import Scenario
from silog_core.planning.timeline.network import Ease, network_of
from silog_core.planning.timeline.running import run_forward
from silog_core.rules.book import RuleBook


def eases_of(scenario: Scenario, plan: Plan) -> Iterator[tuple[str, Ease]]:
    """Yield what may be given up in a plan, by name, the smallest change first."""
    yield "rest", Ease(no_rest=True)
    for name in sorted({name for trip in plan.trips for name in trip.escorts}):
        yield "escort", Ease(escort=name)
    yield "night", Ease(night=True)
    if scenario.presses:
        yield "press", Ease(presses=2)
    if scenario.workforces:
        yield "shift", Ease(shifts=1)
        yield "shift", Ease(shifts=2)
    yield "crew", Ease(crews=2)
    yield "crew", Ease(crews=3)
    yield "all", Ease(no_rest=True, night=True, crews=3, shifts=2, presses=2)


def mends_of(
    scenario: Scenario,
    book: RuleBook,
    plan: Plan,
    kits: frozenset[str],
    now_s: int,
    begun: frozenset[str],
) -> Mapping[str, tuple[str, Ease]]:
    """Return for each kit the first change with which it is in time, if there is one.

    Args:
        scenario: What was planned for.
        book: Rules of the regions.
        plan: The plan that is being carried out.
        kits: Kits that are late.
        now_s: Today [s].
        begun: Steps that have begun.
    """
    found: dict[str, tuple[str, Ease]] = {}
    for name, ease in eases_of(scenario, plan):
        if len(found) == len(kits):
            break
        network = network_of(scenario, book, plan, ease=ease, back=True)
        _, late = run_forward(scenario, network, now_s, begun)
        for kit in kits - late.keys() - found.keys():
            found[kit] = (name, ease)
    return found
