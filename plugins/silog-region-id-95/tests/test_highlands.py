"""Papua Pegunungan: planes in the morning, porters beyond, nothing on Sunday."""

from __future__ import annotations

from datetime import date
from importlib.resources import files

import attrs
import pytest

import silog_region_id.plugin as national
import silog_region_id_95.plugin as highlands
from pack_books import book_of, moments, weekday
from silog_core.domain.calendar import DAY_S
from silog_core.domain.legs import Mode
from silog_core.domain.needs_rules import NeedsRule
from silog_core.domain.places import PlaceKind
from silog_core.domain.travel_rules import AccessRule, Closure
from silog_core.errors import RuleConflictError
from silog_core.planning.check import check_plan
from silog_core.plugins.tables import read_rules, read_table
from silog_core.session import Session
from silog_core.testing import RegionSuite
from silog_region_id_95.example import yalimo_2024
from silog_region_id_95.plugin import PACKAGE
from small_world import planned

PACKS = (("region.ID", national), ("region.95", highlands))
FLYING = (Mode.AIR, Mode.HELICOPTER)
SUNDAY = 6


class TestHighlands(RegionSuite):
    """The laws of every region pack."""

    plugin = highlands
    name = "region.95"
    around = (("region.ID", national),)


@pytest.fixture(scope="module")
def scenario():
    """Yalimo."""
    return yalimo_2024()


@pytest.fixture(scope="module")
def plan(scenario):
    """Its plan with what is installed."""
    with Session() as session:
        return session.plan(scenario, seed=1)


def part_of(scenario, code, day):
    """Return the scenario of one subdistrict alone, for a vote on *day*."""
    return attrs.evolve(
        scenario,
        places=tuple(
            p for p in scenario.places if p.kind.value == "warehouse" or code in p.code
        ),
        election=attrs.evolve(scenario.election, voting_day=day),
    )


def moved_to(scenario, regency):
    """Return the scenario with its codes in another regency: same land, other rules."""

    def moved(code):
        return code.replace("95.06", regency)

    return attrs.evolve(
        scenario,
        election=attrs.evolve(scenario.election, root=regency),
        places=tuple(
            attrs.evolve(
                p, code=moved(p.code), region=moved(str(p.region)), parent=moved(p.parent)
            )
            for p in scenario.places
        ),
    )


def test_the_example_is_planned_whole(scenario, plan):
    """Every kit of the 301 stations travels, and the checker finds nothing."""
    stations = scenario.of_kind(PlaceKind.STATION)

    assert (301, 88_779) == (len(stations), sum(p.voters for p in stations))
    assert ((), (), []) == (plan.unserved, plan.shortfalls, list(check_plan(scenario, plan)))


def test_two_districts_are_reached_by_air_and_then_on_foot(scenario, plan):
    """Welarek and Benawa: planes to the district, porters to villages and stations."""
    modes = {
        (trip.echelon, trip.mode)
        for trip in plan.trips
        for stop in trip.stops
        if stop.place.startswith(("95.06.04", "95.06.05"))
        and not trip.echelon.startswith("return")
    }

    assert modes <= {
        ("warehouse-hub", Mode.AIR),
        ("hub-village", Mode.AIR),
        ("hub-village", Mode.HELICOPTER),
        ("hub-village", Mode.FOOT),
        ("village-station", Mode.FOOT),
    }
    assert ("hub-village", Mode.FOOT) in modes


def test_no_aircraft_moves_after_the_morning(plan):
    """Every flight, unloading and flight back lies between six and noon."""
    flights = [t for t in plan.trips if t.mode in FLYING]
    hours = [second % DAY_S / 3600 for _, second in moments(plan, flights)]

    assert flights
    assert all(6 <= hour <= 12 for hour in hours)


def test_nobody_carries_on_sunday_in_yalimo(scenario):
    """With the vote on a Tuesday porters would walk on Sunday, if they were let."""
    welarek = part_of(scenario, "95.06.05", date(2024, 11, 26))
    free = book_of(*PACKS, change=lambda r: None if "sunday" in r.id else r)

    def on_sunday(book):
        plan = planned(welarek, book)
        walks = [t for t in plan.trips if t.mode is Mode.FOOT]
        return {t.id for t, s in moments(plan, walks) if weekday(s, plan) == SUNDAY}

    assert on_sunday(free)
    assert not on_sunday(book_of(*PACKS))


@pytest.mark.parametrize("regency", ["95.02", "95.03"])
def test_nothing_at_all_moves_on_sunday_where_the_churches_say_so(scenario, regency):
    """In Pegunungan Bintang and Yahukimo no mode moves; the plan goes around it."""
    elsewhere = moved_to(part_of(scenario, "95.06.05", date(2024, 11, 26)), regency)
    plan = planned(elsewhere, book_of(*PACKS))

    assert plan.trips
    assert not [t.id for t, s in moments(plan) if weekday(s, plan) == SUNDAY]


def test_when_no_morning_is_left_the_plan_says_so(scenario):
    """A way in that never opens gives each kit its reason in both languages."""
    welarek = part_of(scenario, "95.06.05", date(2024, 11, 27))
    fog = Closure(
        scope="95.06.05", name="fog", mode="air", reason="fog all month", source="a test"
    )
    plan = planned(welarek, book_of(*PACKS, more=[("region.95", fog)]))

    assert {"closed"} == {kit.code for kit in plan.unserved}
    assert 61 == len({kit.kit for kit in plan.unserved if "-" in kit.kit})
    assert all(kit.reason and kit.reason_id and kit.action for kit in plan.unserved)


def test_landing_points_are_villages_of_that_name(scenario):
    """Each rule for a village is for the one that its source names."""
    names = {"Sali": "Saly"}  # the report's spelling, and that of the code list
    rules = [r for r in read_rules(PACKAGE, "access.csv", AccessRule) if r.scope.depth == 4]

    assert rules
    for rule in rules:
        village = scenario.by_code[str(rule.scope)].name
        named = rule.source.split(",")[0].split(" ")[0]

        assert names.get(named, named) == village


def test_every_access_says_which_it_replaces():
    """Without replaces= each is a conflict that prints the line to add."""
    for rule in highlands.silog_leg_speeds():
        bare = attrs.evolve(rule, replaces="")
        with pytest.raises(RuleConflictError) as caught:
            book_of(*PACKS, change=lambda r, old=rule, new=bare: new if r == old else r)

        assert f'replaces="{rule.replaces}#' in caught.value.fix


def test_the_highlands_cannot_lower_the_ballot_reserve():
    """2.5 % is the law: the error names the rule and the law it goes against."""
    lower = NeedsRule(
        scope="95",
        source="a custom",
        election="pilkada",
        item="ballot-governor",
        per="station",
        contest="governor",
        per_voter=1,
        replaces="needs:ballot-governor/station@ID",
    )
    with pytest.raises(RuleConflictError) as caught:
        book_of(*PACKS, more=[("region.95", lower)])

    assert lower.id in caught.value.problem
    assert lower.replaces in caught.value.problem


def test_every_table_says_where_it_comes_from():
    """sources.csv has one row for each other table."""
    tables = {p.name for p in (files(PACKAGE) / "data").iterdir()} - {"sources.csv"}

    assert tables == {row["file"] for row in read_table(PACKAGE, "sources.csv")}
