"""Every law that a plan has to keep, checked from the scenario and the plan alone."""

from __future__ import annotations

from collections.abc import Iterator

from silog_core.domain.plan import Plan
from silog_core.domain.scenario import Scenario
from silog_core.domain.violations import Violation
from silog_core.planning.check.crews import check_crews
from silog_core.planning.check.custody import check_custody, check_open_hours
from silog_core.planning.check.driving import check_driving
from silog_core.planning.check.haulage import check_haulage
from silog_core.planning.check.labour import check_labour
from silog_core.planning.check.needs import check_needs
from silog_core.planning.check.presses import check_presses
from silog_core.planning.check.stages import check_stages
from silog_core.planning.check.storage import check_storage
from silog_core.planning.check.supply import check_supply
from silog_core.planning.check.trips import check_trips


def check_plan(scenario: Scenario, plan: Plan) -> list[Violation]:
    """Return the violations of a plan, in order; empty when it is sound.

    It knows nothing of how the plan was made, and recomputes what it judges: needs of
    every place, loads in grams and cubic centimetres, distances, times, stock, electoral
    areas, stages, rests and escorts, and that everything is handed on without a gap or listed with a reason.

    Args:
        scenario: What was planned for.
        plan: The plan to judge.
    """
    return sorted(_all(scenario, plan))


def _all(scenario: Scenario, plan: Plan) -> Iterator[Violation]:
    yield from check_needs(scenario, plan)
    yield from check_trips(scenario, plan)
    yield from check_crews(scenario, plan)
    yield from check_custody(scenario, plan)
    yield from check_open_hours(scenario, plan)
    yield from check_supply(scenario, plan)
    yield from check_haulage(scenario, plan)
    yield from check_driving(scenario, plan)
    yield from check_stages(scenario, plan)
    yield from check_labour(scenario, plan)
    yield from check_presses(scenario, plan)
    yield from check_storage(scenario, plan)
