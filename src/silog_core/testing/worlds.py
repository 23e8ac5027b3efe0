"""A small world with its rules and its plan, for suites that look at plans."""

from __future__ import annotations

from datetime import date
from functools import cache
from typing import Any

import attrs

from silog_core.domain.calendar_rules import StageWindow
from silog_core.domain.demand import Needs
from silog_core.domain.elections import Contest, Election
from silog_core.domain.items import Item
from silog_core.domain.needs_rules import ItemRule, NeedsRule, StationCap
from silog_core.domain.places import ECHELONS, Place, PlaceKind, station_code
from silog_core.domain.plan import Allocation, Plan, Provenance, Schedule
from silog_core.domain.regions import RegionTable
from silog_core.domain.scenario import Scenario
from silog_core.domain.travel_rules import AccessRule, SpeedRule, TypicalVehicle
from silog_core.domain.vehicles import Vehicle
from silog_core.rules import RuleBook, build_rule_book

VOTING_DAY = date(2024, 11, 27)
_SOURCE = "made up for tests"


@attrs.frozen
class World:
    """What checks, mitigations, exporters and sections look at."""

    scenario: Scenario
    book: RuleBook
    plan: Plan


@cache
def small_world() -> World:
    """Return one regency with two villages and four stations, planned."""
    scenario = _scenario()
    return World(scenario, small_book(), plan_small(scenario))


def plan_small(scenario: Scenario) -> Plan:
    """Return the plan of a scenario like that of the small world, under its rules."""
    from silog_core.planning.pipeline import make_plan
    from silog_core.solvers.allocation import solve_allocation
    from silog_core.solvers.routing import ruin_recreate

    book = small_book()
    return make_plan(
        scenario,
        book,
        allocation_solver=solve_allocation,
        routing_solver=ruin_recreate,
        provenance=Provenance(seed=1, rules_digest=book.digest(), iterations=20),
    )


@cache
def empty_world() -> World:
    """Return a scenario without places, and the plan that does nothing."""
    scenario = attrs.evolve(_scenario(), places=())
    plan = Plan(
        title=scenario.title,
        election=scenario.election,
        needs=Needs(levels=(), columns=()),
        allocation=Allocation(),
        trips=(),
        schedule=Schedule(),
        findings=(),
        shortfalls=(),
        provenance=Provenance(seed=1, rules_digest=small_book().digest()),
    )
    return World(scenario, small_book(), plan)


@cache
def small_book() -> RuleBook:
    """Return the rules of the small world: a box and a ballot, roads, a truck."""
    common: dict[str, Any] = {"scope": "ID", "source": _SOURCE}
    rate: dict[str, Any] = {**common, "election": "pilkada", "per": "station"}
    rules = [
        NeedsRule(item="box", quantity=1, **rate),
        NeedsRule(item="ballot", contest="governor", per_voter=1, **rate),
        StationCap(election="pilkada", max_voters=600, **common),
        *(ItemRule(item=item, **common) for item in (_item("box", 2000), _item("ballot", 5))),
        SpeedRule(mode="road", speed_m_per_h=30_000, **common),
        *(AccessRule(to=kind, mode="road", **common) for kind in ECHELONS),
        TypicalVehicle(
            vehicle=Vehicle(
                type="truck", mode="road", payload_g=2_000_000, volume_cm3=9_000_000
            ),
            to=ECHELONS,
            **common,
        ),
        StageWindow(
            election="pilkada",
            stage="at-station",
            first_days_before=3,
            last_days_before=1,
            **common,
        ),
    ]
    return build_rule_book(
        [("region.ID", rule) for rule in rules],
        table=RegionTable(as_of=VOTING_DAY, source=_SOURCE, names={"12": "A province"}),
        election_kind="pilkada",
        on=VOTING_DAY,
    )


def _item(code: str, mass_g: int) -> Item:
    return Item(
        code=code,
        title_id=code,
        title_en=code,
        mass_g=mass_g,
        volume_cm3=mass_g,
        source=_SOURCE,
    )


def _scenario() -> Scenario:
    places = [
        _place("PRINTER", PlaceKind.SUPPLIER, "31.71", "", -6_200_000),
        _place("12.01", PlaceKind.WAREHOUSE, "12.01", "PRINTER", 3_500_000),
        _place("12.01.01", PlaceKind.HUB, "12.01.01", "12.01", 3_520_000),
    ]
    for number in (1, 2):
        village = f"12.01.01.100{number}"
        north = 3_530_000 + 9000 * number
        places.append(_place(village, PlaceKind.VILLAGE, village, "12.01.01", north))
        places += [
            _place(
                station_code(village, n),
                PlaceKind.STATION,
                village,
                village,
                north,
                voters=300 + n,
            )
            for n in (1, 2)
        ]
    return Scenario(
        title="A small world",
        election=Election(
            kind="pilkada",
            voting_day=VOTING_DAY,
            root="12",
            contests=(Contest(code="governor", item="ballot", area_level="province"),),
        ),
        places=tuple(places),
    )


def _place(
    code: str, kind: PlaceKind, region: str, parent: str, lat: int, *, voters: int = 0
) -> Place:
    return Place(
        code=code,
        kind=kind,
        region=region,
        name=f"Place {code}",
        parent=parent,
        lat_microdeg=lat,
        lon_microdeg=98_600_000 + 1000 * voters,
        voters=voters,
    )
