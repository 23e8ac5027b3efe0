"""Regencies of the shipped example, planned alone: small enough to plan anew in seconds."""

from __future__ import annotations

from datetime import date

import attrs
import pytest

from silog_core.domain.places import PlaceKind
from silog_core.domain.presses import Press, Receiving
from silog_core.planning.check import check_plan, check_replan
from silog_core.planning.regency import subtree
from silog_core.planning.replanning import replan
from silog_core.plugins.examples import load_example
from silog_core.session import Session

UPPER = (PlaceKind.SUPPLIER, PlaceKind.PORT, PlaceKind.AIRPORT, PlaceKind.WAREHOUSE)


@attrs.frozen
class Planned:
    """A scenario with its rules and its plan."""

    scenario: object
    book: object
    plan: object

    def after(self, *incidents):
        """Return the re-plan, which both checkers must accept."""
        answer = replan(self.scenario, self.book, self.plan, incidents)
        assert [] == check_replan(self.scenario, self.plan, answer)
        assert [] == check_plan(answer.scenario, answer.plan)
        return answer


@pytest.fixture(scope="session")
def planned():
    """A function from regencies or subdistricts to their plan, each made once."""
    example = load_example("sumut-pilkada-2024")
    known = {}

    def plan(*regions, fleet=()):
        key = (regions, fleet)
        if key not in known:
            scenario = attrs.evolve(example, places=_places(example, regions), fleet=fleet)
            with Session() as session:
                known[key] = Planned(
                    scenario, session.rule_book_for(scenario), session.plan(scenario, seed=1)
                )
        return known[key]

    return plan


@pytest.fixture(scope="session")
def printing():
    """Nias Selatan with a printer whose output is known, and those who count what comes."""
    example = load_example("sumut-pilkada-2024")
    press = Press(
        place="31-S1", pieces_per_day=20_000, from_date=date(2024, 9, 26),
        items=("ballot-governor", "ballot-regent"), source="an example",
    )  # fmt: skip
    crew = Receiving(region="12", people=6, packs_per_worker_day=40, source="an example")
    scenario = attrs.evolve(
        example, places=_places(example, ("12.14",)), fleet=(), presses=(press,),
        receivings=(crew,),
    )  # fmt: skip
    with Session() as session:
        return Planned(
            scenario, session.rule_book_for(scenario), session.plan(scenario, seed=1)
        )


def _places(example, regions):
    """Return what lies below the warehouses of some regions, or below some of their hubs."""
    heads = [
        place
        for kind in (PlaceKind.WAREHOUSE, PlaceKind.HUB)
        for place in example.of_kind(kind)
        if str(place.region) in regions
    ]
    keep = {p.code for head in heads for p in subtree(example, head.code)}
    keep |= {head.parent for head in heads}
    return tuple(p for p in example.places if p.code in keep or p.kind in UPPER)
