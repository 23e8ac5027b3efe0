"""Faults in the work at warehouses and in who does it."""

from __future__ import annotations

import attrs

from plan_faults.world import PLAN, SCENARIO, mutant, slot, with_slot
from silog_core.domain.workforce import Workforce


@mutant("stage-order")
def packing_before_the_folding_is_done():
    """Kits are packed while ballots are still being folded."""
    return SCENARIO, with_slot("sort-fold", finish_s=slot("kitting").start_s + 1)


@mutant("stage-order")
def folding_before_the_ballots_are_there():
    """Folding begins before the ballots have come, and nothing says that it is late."""
    return SCENARIO, with_slot("ballot-arrival", finish_s=slot("sort-fold").start_s + 1)


@mutant("stage-order")
def a_stage_that_ends_before_it_begins():
    """Time runs backwards at the warehouse."""
    at = slot("equipment-arrival")
    return SCENARIO, with_slot("equipment-arrival", finish_s=at.start_s - 1)


@mutant("stage-order")
def a_dispatch_without_a_vehicle():
    """The dispatch is said to begin before the first vehicle leaves."""
    return SCENARIO, with_slot("dispatch", start_s=slot("dispatch").start_s - 1)


def _people(**known):
    """Return the scenario with people of whom more is known."""
    force = Workforce(region="12", source="a list", **known)
    return attrs.evolve(SCENARIO, workforces=(force,))


@mutant("too-few-people")
def more_workers_than_there_are():
    """The plan counts on four workers, and there are three."""
    return _people(workers=3), PLAN


@mutant("work-short")
def slower_workers_than_planned():
    """Ballots are folded at a rate that its people have not."""
    return _people(workers=4, sheets_per_worker_day=1), PLAN


@mutant("storage")
def a_place_that_holds_one_kit():
    """More kits come to a hub at once than are safe there, and nothing says so."""
    hub = next(p.code for p in SCENARIO.places if p.kind.value == "hub")
    places = [attrs.evolve(p, holds_kits=1) if p.code == hub else p for p in SCENARIO.places]
    return attrs.evolve(SCENARIO, places=tuple(places)), PLAN
