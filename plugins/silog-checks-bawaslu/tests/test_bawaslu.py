"""The map's indicators find flagged stations, by subdistrict and in both languages."""

from __future__ import annotations

import pickle
from functools import cache
from importlib.metadata import entry_points

import attrs
import pytest

from silog_checks_bawaslu import plugin
from silog_checks_bawaslu.indicators import NAMED, PACKAGE, indicators
from silog_checks_bawaslu.slack import LITTLE_S, little_slack
from silog_core.domain.findings import Severity
from silog_core.domain.places import PlaceKind, station_code
from silog_core.plugins.tables import read_table
from silog_core.session import Session
from silog_core.testing import RiskCheckSuite, World, empty_world, small_world

CHECKS = {check.name: check for check in plugin.silog_risk_checks()}
EVERY_FLAG = tuple(sorted({flag for i in indicators() for flag in i.flags}))


def flagged(*flags, first=None):
    """Return the small world with flags at its stations, or at the first few."""
    world = small_world()
    stations = [p.code for p in world.scenario.of_kind(PlaceKind.STATION)][:first]
    places = tuple(
        attrs.evolve(p, flags=flags) if p.code in stations else p
        for p in world.scenario.places
    )
    return attrs.evolve(world, scenario=attrs.evolve(world.scenario, places=places))


def hurried(world):
    """Return a world in which no trip can leave later."""
    trips = tuple(attrs.evolve(t, latest_depart_s=t.depart_s) for t in world.plan.trips)
    return attrs.evolve(world, plan=attrs.evolve(world.plan, trips=trips))


def found(name, world):
    """Return what one check finds."""
    return list(CHECKS[name].run(world.scenario, world.book, world.plan))


@cache
def all_flags():
    """Return the small world with every flag everywhere."""
    return flagged(*EVERY_FLAG)


class TestBawaslu(RiskCheckSuite):
    """The laws of every check."""

    def checks(self):
        return plugin.silog_risk_checks()

    def worlds(self):
        return (small_world(), all_flags(), hurried(all_flags()))


@pytest.mark.parametrize("indicator", indicators(), ids=lambda i: i.code)
def test_each_indicator_finds_each_of_its_flags_and_no_other(indicator):
    """One flag is enough, and all the others together are not."""
    others = tuple(set(EVERY_FLAG) - set(indicator.flags))

    assert not found(indicator.name, flagged(*others))
    for flag in indicator.flags:
        (finding,) = found(indicator.name, flagged(flag))

        assert (indicator.name, indicator.severity) == (finding.check, finding.severity)
        assert indicator.title_en in finding.message
        assert indicator.title_id in finding.message_id


def test_a_subdistrict_has_one_finding_however_many_stations():
    """Counts are of what is flagged: one of four stations, with its voters."""
    (finding,) = found("bawaslu-late", flagged("history-late", first=1))
    station = "12.01.01.1001-001"

    assert ("12.01.01", 301, 1) == (str(finding.region), finding.voters, finding.stations)
    assert finding.message.startswith("1 of 4 stations in 12.01.01, with 301 voters: ")
    assert finding.message_id.startswith("1 dari 4 TPS di 12.01.01, dengan 301 pemilih: ")
    assert station in finding.message


def test_only_the_first_stations_are_named():
    """Four stations: three names and one more; thousands are written as people do."""
    world = flagged("no-power")
    places = tuple(
        attrs.evolve(p, voters=1000 * p.voters) if p.voters else p
        for p in world.scenario.places
    )
    world = attrs.evolve(world, scenario=attrs.evolve(world.scenario, places=places))
    (finding,) = found("bawaslu-no-power", world)

    assert NAMED == finding.message.count("12.01.01.100")
    assert "and 1 more" in finding.message
    assert "dan 1 lagi" in finding.message_id
    assert "1,206,000 voters" in finding.message
    assert "1.206.000 pemilih" in finding.message_id


@pytest.mark.parametrize("indicator", indicators(), ids=lambda i: i.code)
def test_little_time_to_spare_makes_some_graver(indicator):
    """Where history or terrain says late, a plan without slack is serious."""
    (calm,) = found(indicator.name, all_flags())
    (tight,) = found(indicator.name, hurried(all_flags()))

    assert indicator.severity == calm.severity
    assert indicator.hastens == (tight.severity is Severity.SERIOUS)
    assert indicator.hastens == ("4 of them have little time" in tight.message)
    assert indicator.hastens == ("4 di antaranya hampir tanpa" in tight.message_id)


def test_the_way_back_has_no_deadline_here():
    """A return that can hardly leave later hurries no station."""
    plan = small_world().plan
    back = tuple(
        attrs.evolve(
            t, latest_depart_s=t.depart_s if "return" in t.echelon else t.depart_s + LITTLE_S
        )
        for t in plan.trips
    )

    assert not little_slack(attrs.evolve(plan, trips=back))


def test_nothing_is_flagged_in_the_table_twice():
    """A flag belongs to one indicator; every row has both languages and a source."""
    flags = [flag for i in indicators() for flag in i.flags]

    assert len(flags) == len(set(flags))
    assert {"logistics", "location", "power-internet"} == {i.variable for i in indicators()}
    for row in read_table(PACKAGE, "indicators.csv"):
        assert row["source"]
        assert row["title_id"] != row["title_en"]
        assert row["fix_id"] != row["fix_en"]


@pytest.mark.parametrize(
    ("code", "february", "november"),
    [
        ("disaster-prone", 10_794, 7_414),
        ("hard-to-reach", 4_211, 5_384),
        ("no-internet", 36_236, 22_738),
        ("no-power", 8_099, 8_457),
    ],
)
def test_the_table_has_the_published_counts(code, february, november):
    """How many stations of the country had it, in February and November 2024."""
    (row,) = (r for r in read_table(PACKAGE, "indicators.csv") if r["code"] == code)

    assert (february, november) == (
        int(row["stations_feb_2024"]),
        int(row["stations_nov_2024"]),
    )


def test_checks_travel_to_workers():
    """They come back from a pickle and find the same."""
    again = pickle.loads(pickle.dumps(CHECKS["bawaslu-late"]))
    world = all_flags()

    assert found("bawaslu-late", world) == list(
        again.run(world.scenario, world.book, world.plan)
    )


def test_a_session_finds_the_plugin():
    """Its entry point leads to its module, and the host takes all its checks."""
    (point,) = entry_points(group="silog.v1", name="checks.bawaslu")
    with Session(plugins=[point]) as session:
        names = {check.name for _, check in session.host.risk_checks()}

        assert plugin is point.load()
        assert not session.failures
        assert set(CHECKS) <= names


def test_without_stations_there_is_nothing_to_find():
    """An empty world raises nothing and finds nothing."""
    assert not [f for name in CHECKS for f in found(name, empty_world())]


def test_flags_are_counted_once_for_a_station():
    """A station with two flags of one indicator is one station."""
    world = flagged("flood-prone", "landslide-prone", first=1)
    (finding,) = found("bawaslu-disaster-prone", world)

    assert 1 == finding.stations
    assert station_code("12.01.01.1001", 1) in finding.message


def test_worlds_are_what_the_suite_looks_at():
    """The suite sees a world in which every check finds something."""
    assert isinstance(all_flags(), World)
    assert all(found(name, all_flags()) for name in CHECKS)
