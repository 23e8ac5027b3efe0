"""Kepulauan Riau: ships and wooden boats, and when they stay in port."""

from __future__ import annotations

import csv
from datetime import date
from importlib.resources import files

import attrs
import pytest

import silog_region_id.plugin as national
import silog_region_id_21.plugin as islands
from pack_books import PEMILU, book_of, moments
from shared_data import shared
from silog_core.domain.calendar import DAY_S, day_of
from silog_core.domain.elections import ElectionKind
from silog_core.domain.legs import Mode
from silog_core.domain.needs_rules import NeedsRule
from silog_core.domain.places import PlaceKind
from silog_core.domain.regions import RegionCode
from silog_core.errors import RuleConflictError
from silog_core.planning.check import check_plan
from silog_core.plugins.tables import read_table
from silog_core.reports.sections import provenance
from silog_core.session import Session
from silog_core.testing import RegionSuite
from silog_region_id.rates import needs_rules
from silog_region_id_21.example import natuna_2024
from silog_region_id_21.plugin import PACKAGE
from small_world import planned

PACKS = (("region.ID", national), ("region.21", islands))
BY_SEA = {"21.03.04", "21.03.06", "21.03.09", "21.03.10", "21.03.19", "21.03.22", "21.03.23"}
BY_BOAT = {"21.03.05", "21.03.08", "21.03.11", "21.03.21", "21.03.24"}


def code(text):
    """Return a region code."""
    return RegionCode.parse(text)


class TestIslands(RegionSuite):
    """The laws of every region pack."""

    plugin = islands
    name = "region.21"
    around = (("region.ID", national),)


@pytest.fixture(scope="module")
def scenario():
    """Natuna."""
    return natuna_2024()


@pytest.fixture(scope="module")
def plan(scenario):
    """Its plan with what is installed."""
    with Session() as session:
        return session.plan(scenario, seed=1)


def on(scenario, day):
    """Return the scenario with the vote on another day."""
    return attrs.evolve(scenario, election=attrs.evolve(scenario.election, voting_day=day))


def test_the_example_is_planned_whole(scenario, plan):
    """Every kit of the 142 stations travels, and the checker finds nothing."""
    stations = scenario.of_kind(PlaceKind.STATION)

    assert (142, 77) == (len(stations), len(scenario.of_kind(PlaceKind.VILLAGE)))
    assert 57_832 == sum(place.voters for place in stations)
    assert ((), (), []) == (plan.unserved, plan.shortfalls, list(check_plan(scenario, plan)))


def test_subdistricts_are_reached_as_in_2024(plan):
    """Seven by ship, five by wooden boat, the five of Bunguran Besar by road."""
    reached = {
        stop.place: trip.mode
        for trip in plan.trips
        if trip.echelon == "warehouse-hub"
        for stop in trip.stops
    }

    assert 17 == len(reached)
    assert {c for c, mode in reached.items() if mode is Mode.SEA} == BY_SEA
    assert {c for c, mode in reached.items() if mode is Mode.BOAT} == BY_BOAT


def test_wooden_boats_sail_by_daylight(plan):
    """No boat is under way before six or after six in the evening."""
    boats = [t for t in plan.trips if t.mode is Mode.BOAT]

    assert boats
    assert all(6 <= second % DAY_S / 3600 <= 18 for _, second in moments(plan, boats))


def test_a_re_vote_in_the_north_season_has_to_be_served_before_it(scenario):
    """For a vote in late January boats leave in November, far too early, and it says so."""
    plan = planned(on(scenario, date(2025, 1, 29)), book_of(*PACKS))
    boats = [t for t in plan.trips if t.mode is Mode.BOAT]
    months = {
        day_of(second, plan.election.voting_day).month for _, second in moments(plan, boats)
    }
    early = {f.place: f for f in plan.findings if f.check == "too-early"}

    assert {11, 2} == months
    assert BY_BOAT <= set(early)
    assert all(f.message != f.message_id and f.fix != f.fix_id for f in early.values())


def test_where_no_month_is_left_each_kit_has_its_reason(scenario):
    """A season that began before anything was printed leaves what goes by boat behind."""

    def long_season(rule):
        if rule.id != "closure:boat/north-season@21.03":
            return rule
        return attrs.evolve(rule, months=(1, 9, 10, 11, 12))

    plan = planned(on(scenario, date(2025, 1, 29)), book_of(*PACKS, change=long_season))
    stations = {
        p.code
        for p in scenario.of_kind(PlaceKind.STATION)
        if p.code[:8] in BY_BOAT | {"21.03.09", "21.03.23"}
    }

    assert stations == {kit.kit for kit in plan.unserved if "-" in kit.kit}
    assert {"closed"} == {kit.code for kit in plan.unserved}
    assert all(k.reason != k.reason_id and k.action and k.action_id for k in plan.unserved)


def test_a_waiver_opens_the_season_again_and_is_listed(scenario):
    """One island that lifts the closure is served again; the book says who lifted it."""
    season = next(c for c in islands.silog_leg_closures() if c.name == "north-season")
    lifted = attrs.evolve(
        season, scope="21.03.24", waives=season.id, months=(6,), source="a harbour master"
    )
    book = book_of(*PACKS, more=[("region.21", lifted)])
    boats = {c: book.closures(Mode.BOAT, code(c)) for c in ("21.03.24", "21.03.05")}

    assert not any(c.holds(month=12, weekday=0, hour=9) for c in boats["21.03.24"])
    assert any(c.holds(month=12, weekday=0, hour=9) for c in boats["21.03.05"])
    assert any("a harbour master" in note for note in book.notes)


def test_a_boat_from_the_next_regency_obeys_natuna_too():
    """From Anambas nothing closes December; to Natuna the other end does."""
    book = book_of(*PACKS)
    anambas, natuna = code("21.05.01"), code("21.03.05")

    def shut(*ends):
        found = book.closures(Mode.BOAT, *ends)
        return any(c.holds(month=12, weekday=2, hour=9) for c in found)

    assert (False, True, True) == (
        shut(anambas),
        shut(anambas, natuna),
        shut(natuna, anambas),
    )


@pytest.mark.parametrize(
    ("election", "day", "first"),
    [("pilkada", date(2024, 11, 27), 7), ("pemilu", PEMILU, 11)],
)
def test_outer_islands_may_be_served_early(election, day, first):
    """The national window is lifted there alone; its end, and the law's, stay."""
    book = book_of(*PACKS, election=election, on=day)
    here, there = (book.stage_window("at-hub", code(c)) for c in ("21.03", "21.71"))

    assert first == here.first_days_before > there.first_days_before
    assert here.last_days_before == there.last_days_before
    assert book.stage_window("at-station", code("21.03")).legal_minimum


def test_early_windows_are_openly_lifted():
    """Each waiver is listed with its source, and a host that wants none gets none."""
    book = book_of(*PACKS)
    waived = [
        rule.waives for rule in islands.silog_calendars() if rule.election.value == "pilkada"
    ]

    assert all(any(w in note for note in book.notes) for w in waived)
    with pytest.raises(RuleConflictError, match="waivers are forbidden"):
        book_of(*PACKS, allow_waivers=False)


@pytest.mark.parametrize("lang", ["id", "en"])
def test_a_plan_prints_what_was_lifted(plan, lang):
    """Both windows of Natuna stand in the plan and in its report, with their sources."""
    section = provenance(plan, lang)
    printed = " ".join(cell for row in section.tables[0].rows for cell in row)

    assert ["stage:pilkada/at-hub@ID", "stage:pilkada/dispatch@ID"] == [
        note.waives for note in plan.waivers
    ]
    assert all(note.rule in printed and note.source in printed for note in plan.waivers)


def test_ships_sail_day_and_night(scenario):
    """The fifteen hours to Pulau Panjang do not fit into a day, and need not."""
    only = attrs.evolve(
        scenario,
        places=tuple(
            p for p in scenario.places if p.kind.value == "warehouse" or "21.03.23" in p.code
        ),
    )
    trip = next(
        t for t in planned(only, book_of(*PACKS)).trips if t.echelon == "warehouse-hub"
    )

    assert 15 * 3600 == trip.stops[0].arrive_s - trip.depart_s
    assert trip.depart_s // DAY_S < trip.stops[0].arrive_s // DAY_S or trip.depart_s < 0


def test_the_rates_give_what_natuna_received():
    """Pemilu 2024: 1,210 boxes are five for each of 242 stations; ballots fit them."""
    rules = needs_rules(ElectionKind.PEMILU)
    boxes = next(r for r in rules if (r.item, r.per) == ("ballot-box", "station"))
    ballot = next(r for r in rules if r.item == "ballot-dpd")
    stations, voters, sheets = 1_210 // boxes.need(0), 57_504, 293_820 // 5

    assert 242 == stations
    assert ballot.need(voters) <= sheets < ballot.need(voters) + stations


def test_estimated_stations_are_near_the_real_ones(scenario):
    """Of the 17 subdistricts none is more than six stations off, most at most one."""
    with shared("data/pilkada2024_tps_per_kecamatan.csv").open(encoding="utf-8") as lines:
        real = {
            f"21.03.{r['kec'][4:]}": int(r["tps_total"])
            for r in csv.DictReader(lines)
            if r["election"] == "pkwkp" and r["kab"] == "2103"
        }
    ours = dict.fromkeys(real, 0)
    for place in scenario.of_kind(PlaceKind.STATION):
        ours[place.code[:8]] += 1
    off = sorted(abs(ours[c] - real[c]) for c in real)

    assert sum(real.values()) == sum(ours.values())
    assert off[-1] <= 6
    assert off[len(off) // 2] <= 1


def test_kepulauan_riau_cannot_lower_the_ballot_reserve():
    """2.5 % is the law: the error names the rule and the law it goes against."""
    lower = NeedsRule(
        scope="21.03",
        source="a wish",
        election="pilkada",
        item="ballot-regent",
        per="station",
        contest="regent",
        per_voter=1,
        reserve_numerator=2,
        reserve_denominator=100,
        replaces="needs:ballot-regent/station@ID",
    )
    with pytest.raises(RuleConflictError) as caught:
        book_of(*PACKS, more=[("region.21", lower)])

    assert lower.id in caught.value.problem
    assert lower.replaces in caught.value.problem


def test_every_access_says_which_it_replaces():
    """Without replaces= each is a conflict that prints the line to add."""
    for rule in islands.silog_leg_speeds():
        bare = attrs.evolve(rule, replaces="")
        with pytest.raises(RuleConflictError) as caught:
            book_of(*PACKS, change=lambda r, old=rule, new=bare: new if r == old else r)

        assert f'replaces="{rule.replaces}#' in caught.value.fix


def test_every_table_says_where_it_comes_from():
    """sources.csv has one row for each other table."""
    tables = {p.name for p in (files(PACKAGE) / "data").iterdir()} - {"sources.csv"}

    assert tables == {row["file"] for row in read_table(PACKAGE, "sources.csv")}
