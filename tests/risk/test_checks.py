"""Each check of a plan fires where it should and is silent where it should."""

from __future__ import annotations

import attrs
import pytest

from silog_core.domain.calendar_rules import StageWindow
from silog_core.domain.findings import Severity
from silog_core.domain.needs_rules import StationCap
from silog_core.domain.workforce import Workforce
from silog_core.planning.check import check_plan
from silog_core.ports.check import Check
from silog_core.risk.assess import assess, built_in_checks
from silog_core.risk.behind import behind
from small_world import BOOK, RULES, SHAPE, book_of, fleet, leg, planned, stocked, world

SEA, LAND = leg("PRINTER", "PORT", "sea", km=900, hours=60), leg("PORT", "12.01")
#: A world with a second way in, in which nothing is amiss.
SOUND = world(legs=(leg("PRINTER", "12.01"), leg("PRINTER", "12.01", "sea", km=300, hours=20)))
STATION = "12.01.01.1001-001"

CASES = {}


def case(check, severity, *, voters=None, stations=None):
    """Register a scenario, a book and a plan in which one check fires."""

    def register(make):
        CASES[check] = (severity, voters, stations, make)
        return make

    return register


def moved(plan, echelon, by_s):
    """Return the plan with the trips of an echelon at another time."""

    def move(trip):
        if trip.echelon != echelon:
            return trip
        stops = [
            attrs.evolve(s, arrive_s=s.arrive_s + by_s, depart_s=s.depart_s + by_s)
            for s in trip.stops
        ]
        return attrs.evolve(trip, stops=tuple(stops))

    return attrs.evolve(plan, trips=tuple(move(t) for t in plan.trips))


@case("late-stop", Severity.BLOCK)
def arrives_on_the_voting_day():
    """Every station's kit comes a day late."""
    return SOUND, BOOK, moved(planned(SOUND), "village-station", 86_400)


@case("too-early", Severity.WARN)
def arrives_a_week_early():
    """Every station's kit comes before the stations may be trusted with it."""
    return SOUND, BOOK, moved(planned(SOUND), "village-station", -7 * 86_400)


@case("work-short", Severity.SERIOUS, voters=1549, stations=5)
def slower_people_than_planned():
    """Kits are packed by one worker a day fewer than the plan counts on."""
    force = Workforce(region="12.01", source="a list", kits_per_worker_day=1)
    scenario = attrs.evolve(SOUND, workforces=(force,))
    return scenario, BOOK, planned(SOUND)


@case("over-storage", Severity.WARN, voters=950, stations=3)
def a_hub_that_is_full():
    """All kits of a hub come with one truck, and it has room for one less."""
    plan = planned(SOUND)
    kits = max(len(s.kits) for t in plan.trips for s in t.stops if s.place == "12.01.01")
    places = [
        attrs.evolve(p, holds_kits=kits - 1) if p.code == "12.01.01" else p
        for p in SOUND.places
    ]
    return attrs.evolve(SOUND, places=tuple(places)), BOOK, plan


@case("over-storage-back", Severity.WARN, voters=950, stations=3)
def a_hub_to_which_all_boxes_come_back():
    """All boxes of a hub are back before any is fetched, and it has room for one."""
    places = [
        attrs.evolve(p, holds_kits=1) if p.code == "12.01.01" else p for p in SOUND.places
    ]
    out = tuple(t for t in planned(SOUND).trips if t.echelon.startswith("return"))
    plan = attrs.evolve(planned(SOUND), trips=out)
    return attrs.evolve(SOUND, places=tuple(places)), BOOK, plan


@case("late-return", Severity.SERIOUS)
def boxes_that_come_back_a_week_later():
    """Boxes that have to be back on the day after the vote come back days later."""
    soon = StageWindow(scope="ID", source="a test", election="pilkada", stage="return-hub",
                       first_days_before=0, last_days_before=-1)  # fmt: skip
    book = book_of(*RULES, soon)
    plan = moved(planned(SOUND, book), "return-village-hub", 7 * 86_400)
    trips = tuple(
        attrs.evolve(t, back_s=t.back_s + 7 * 86_400)
        if t.echelon == "return-village-hub"
        else t
        for t in plan.trips
    )
    return SOUND, book, attrs.evolve(plan, trips=trips)


@case("stage-window", Severity.INFO, voters=1549, stations=5)
def packing_after_its_window():
    """Packing should have ended nine days before the vote."""
    early = StageWindow(scope="ID", source="a test", election="pilkada", stage="kitting",
                        first_days_before=30, last_days_before=9, confidence="published")  # fmt: skip
    book = book_of(*RULES, early)
    return SOUND, book, planned(SOUND)


@case("late-stage", Severity.SERIOUS, voters=1549, stations=5)
def work_that_starts_too_late():
    """The dispatch begins an hour after its latest start."""
    plan = planned(SOUND)
    stages = [
        attrs.evolve(s, start_s=s.latest_start_s + 3600) if s.stage == "dispatch" else s
        for s in plan.schedule.stages
    ]
    return (
        SOUND,
        BOOK,
        attrs.evolve(plan, schedule=attrs.evolve(plan.schedule, stages=tuple(stages))),
    )


@case("not-carried", Severity.BLOCK)
def kits_that_no_motorbike_takes():
    """A village whose only motorbike is too weak for any kit."""
    weak = fleet("12.01.01.1001", "motorbike", 1, payload_g=10)
    scenario = attrs.evolve(SOUND, fleet=(weak,))
    return scenario, BOOK, planned(scenario)


@case("short", Severity.SERIOUS)
def half_of_the_seals():
    """There are too few seals."""
    scenario = stocked(SOUND, permille=500, items=("seal",))
    return scenario, BOOK, planned(scenario)


@case("unreachable", Severity.BLOCK, voters=1549, stations=5)
def a_port_cut_off_in_november():
    """The only way in is closed in the month of the vote."""
    shut = attrs.evolve(SEA, months_closed=(11,))
    scenario = world(port=True, legs=(shut, LAND))
    return scenario, BOOK, planned(scenario)


@case("single-way-in", Severity.INFO, voters=1549, stations=5)
def one_road():
    """All goods pass one leg."""
    scenario = world(legs=(leg("PRINTER", "12.01"),))
    return scenario, BOOK, planned(scenario)


@case("closed-leg", Severity.BLOCK)
def over_a_closed_pass():
    """A trip of the plan uses a leg that was closed after it was made."""
    plan = planned(SOUND)
    legs = tuple(attrs.evolve(g, months_closed=(10, 11)) for g in SOUND.legs)
    return attrs.evolve(SOUND, legs=legs), BOOK, plan


@case("over-capacity", Severity.BLOCK)
def a_truck_that_shrank():
    """A vehicle that takes less than its trip carries."""
    plan = planned(SOUND)
    small = [
        attrs.evolve(v, payload_g=1000) if v.type == "truck" else v for v in plan.vehicles
    ]
    return SOUND, BOOK, attrs.evolve(plan, vehicles=tuple(small))


@case("over-cap", Severity.SERIOUS, voters=599, stations=1)
def a_station_too_many_vote_at():
    """A cap of 500 voters, and a station with 599."""
    cap = StationCap(scope="12", source="a decree", election="pilkada", max_voters=500)
    return SOUND, book_of(*RULES, cap), planned(SOUND)


def found_by(scenario, book, plan):
    """Return the findings by the name of their check."""
    found = {}
    for finding in assess(scenario, book, plan):
        found.setdefault(finding.check, []).append(finding)
    return found


def test_a_sound_plan_has_no_finding():
    """In a world with two ways in, every check is silent."""
    assert 1549 == sum(v for hubs in SHAPE for hub in hubs for vs in hub for v in vs)
    assert {} == found_by(SOUND, BOOK, planned(SOUND))


@pytest.mark.parametrize("name", sorted(CASES))
def test_a_check_fires_with_its_weight_and_both_languages(name):
    """The fault is found at its severity, weighed by the voters behind it, with a fix."""
    severity, voters, stations, make = CASES[name]
    found = found_by(*make())

    assert name in found
    for finding in found[name]:
        assert severity is finding.severity
        assert len({finding.message, finding.message_id, finding.fix, finding.fix_id}) == 4
        assert not any("{" in t for t in (finding.message, finding.message_id, finding.fix_id))
        assert finding.place
    if voters is not None:
        assert (voters, stations) == (found[name][0].voters, found[name][0].stations)


def test_every_check_has_a_case():
    """Whatever the built-in checks can say is said in one of the cases."""
    from silog_core.risk.finding_texts import _TEXTS

    # What a simulation says has its case beside it, in test_mitigate.py.
    assert set(_TEXTS) - {"unlikely-on-time"} == set(CASES)


def test_missing_ballots_are_worse_than_missing_seals():
    """Without ballots people cannot vote: that stops the plan."""
    scenario = stocked(SOUND, permille=500, items=("ballot-governor",))
    found = found_by(scenario, BOOK, planned(scenario))

    assert {Severity.BLOCK} == {f.severity for f in found["short"]}


def test_goods_that_cannot_be_hauled_weigh_what_hangs_on_the_warehouse():
    """A warehouse that nothing reaches keeps all its voters from voting."""
    scenario = world(port=True, legs=(attrs.evolve(SEA, mode="helicopter"), LAND))
    found = found_by(scenario, BOOK, planned(scenario))

    assert [(1549, 5)] == [(f.voters, f.stations) for f in found["not-carried"]]


def test_a_way_with_two_modes_is_not_a_single_way():
    """Two legs between the same places are two ways."""
    assert "single-way-in" not in found_by(SOUND, BOOK, planned(SOUND))


def test_a_closed_road_closes_no_ship():
    """A trip by sea is no matter of the closed road between the same places."""
    plan = planned(SOUND)
    used = {t.mode for t in plan.trips if t.echelon == "line-haul"}
    legs = tuple(
        g if g.mode in used else attrs.evolve(g, months_closed=(10, 11)) for g in SOUND.legs
    )
    scenario = attrs.evolve(SOUND, legs=legs)

    assert 1 == len(used)
    assert {"single-way-in"} == set(found_by(scenario, BOOK, plan))
    assert [] == check_plan(scenario, plan)


def test_without_a_supplier_or_stock_no_way_in_is_missed():
    """Where each warehouse is its own source, no way into it is judged."""
    scenario = world()
    places = tuple(p for p in scenario.places if p.code != "PRINTER")
    places = tuple(attrs.evolve(p, parent="") if p.code == "12.01" else p for p in places)
    scenario = attrs.evolve(scenario, places=places)

    assert {} == found_by(scenario, BOOK, planned(scenario))


def test_an_earlier_deadline_makes_a_stop_late():
    """A region that wants its kits by H-2 finds the ones of H-1 late."""
    early = StageWindow(scope="12.01.01", source="a decree", election="pilkada",
                        stage="at-station", first_days_before=3, last_days_before=2)  # fmt: skip
    found = found_by(SOUND, book_of(*RULES, early), planned(SOUND))

    assert {"12.01.01.1001-001", "12.01.01.1001-002", "12.01.01.1002-001"} == {
        f.place for f in found["late-stop"]
    }


def test_findings_are_ranked():
    """The most severe come first, then those with the most voters behind."""
    weak = fleet("12.01.01.1001", "motorbike", 1, payload_g=10)
    scenario = stocked(attrs.evolve(SOUND, fleet=(weak,)), permille=500)
    findings = assess(scenario, BOOK, planned(scenario))

    assert list(findings) == sorted(findings, key=lambda f: f.rank)
    assert findings[0].severity > findings[-1].severity
    blocks = [f.voters for f in findings if f.severity is Severity.BLOCK]
    assert blocks == sorted(blocks, reverse=True)


def test_a_check_that_fails_is_a_finding():
    """Nobody knows what a broken check would have found: that stops the plan."""

    def broken(scenario, book, plan):
        raise ValueError("no sea chart")

    findings = assess(
        SOUND,
        BOOK,
        planned(SOUND),
        checks=[*built_in_checks(), Check(name="tides", run=broken)],
    )

    assert [("tides", Severity.BLOCK)] == [(f.check, f.severity) for f in findings]
    assert "no sea chart" in findings[0].message
    assert "no sea chart" in findings[0].message_id


def test_voters_behind_a_place_are_its_own_and_those_below():
    """Each place weighs what hangs on it; a circle of parents does not hang the program."""
    weight = behind(SOUND)
    circle = [
        attrs.evolve(p, parent="12.01.01") if p.code == "12.01" else p for p in SOUND.places
    ]

    assert (1549, 5) == weight["PRINTER"] == weight["12.01"]
    assert (700, 2) == weight["12.01.01.1001"]
    assert (300, 1) == weight[STATION]
    assert behind(attrs.evolve(SOUND, places=tuple(circle)))["12.01.01"][1] >= 3
