"""Two regencies with marked ballots for a re-vote, and orders to hold one."""

from __future__ import annotations

import attrs
from tests.small_world import BOOK, leg, stocked, world

from silog_core.domain.incidents import ReVote
from silog_core.domain.stock import StockLot
from silog_core.planning.check import check_plan, check_replan
from silog_core.planning.replanning import replan

DAY_S = 86_400
SHAPE = ((((9, 8), (7,)), ((0, 6),)), (((5,), (4, 3)),))
LEGS = (leg("PRINTER", "12.01"), leg("PRINTER", "12.02"))
ONE, TWO = "12.01.01.1001-001", "12.01.01.1001-002"
AWAY = "12.01.01.1002-001"


def spared(scenario, place=None, **pieces):
    """Return the scenario with goods to spare at each warehouse, or at one place."""
    pieces = pieces or {"box": 40, "seal": 400}
    lots = tuple(
        StockLot(place=at, item=item, quantity=n, lot=f"spare-{at}")
        for at in ([place] if place else ["12.01", "12.02"])
        for item, n in pieces.items()
    )
    return attrs.evolve(scenario, stock=(*scenario.stock, *lots))


#: Of each regency there are 20 marked ballots for a re-vote of the regent.
TWO_REGENCIES = spared(stocked(world(SHAPE, legs=LEGS)))


def order(*stations, day=7, known=1, **more):
    """Stations vote for the regent again."""
    given = {"id": "psu", "contests": ("regent",), **more}
    return ReVote(stations=stations, day_s=day * DAY_S, known_at_s=known * DAY_S, **given)


def after(scenario, plan, *incidents):
    """Return the re-plan, which both checkers accept."""
    answer = replan(scenario, BOOK, plan, incidents)
    assert [] == check_plan(answer.scenario, answer.plan)
    assert [] == check_replan(scenario, plan, answer)
    return answer
