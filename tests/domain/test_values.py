"""Values refuse what does not fit, say how to mend it, and keep their small laws."""

from __future__ import annotations

import pickle
from datetime import date, timedelta

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from silog_core.domain.calendar import DAY_S, DateRange, Window, day_of, day_start_s
from silog_core.domain.demand import NeedColumn, Needs, PlaceRows
from silog_core.domain.elections import Contest
from silog_core.domain.fields import a_tuple, each_within, sorted_texts, text, whole
from silog_core.domain.findings import Finding, Severity
from silog_core.domain.geodesy import great_circle_m
from silog_core.domain.legs import Leg
from silog_core.domain.places import Place, kpu_station_id, parse_station, station_code
from silog_core.domain.regions import COUNTRY, RegionCode, RegionTable
from silog_core.domain.scenario import Handling
from silog_core.errors import FieldError
from silog_core.testing.strategies import region_codes

DAYS = st.dates(date(2024, 1, 1), date(2029, 12, 31))


@attrs.frozen
class Crate:
    """Something with a field of each kind."""

    pieces: int = attrs.field(default=1, validator=whole(1, "pieces", highest=9))
    label: str = attrs.field(default="a", validator=text("a label"))
    tags: tuple = attrs.field(default=(), validator=a_tuple)
    months: tuple = attrs.field(default=(), validator=each_within(1, 12, "months"))


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("pieces", 0), ("pieces", 10), ("pieces", True), ("pieces", 2.0), ("pieces", "2"),
        ("label", ""), ("label", " a"), ("label", None), ("tags", ["a"]),
        ("months", (0,)), ("months", (13,)), ("months", (2, 1)), ("months", (1, 1)),
        ("months", [1]), ("months", (True,)),
    ],
)  # fmt: skip
def test_a_value_that_does_not_fit_is_refused_with_its_fix(field, value):
    """The message names the field and the value, and survives a process boundary."""
    with pytest.raises(FieldError, match=f"Crate.{field}") as caught:
        Crate(**{field: value})

    assert caught.value.fix
    again = pickle.loads(pickle.dumps(caught.value))
    assert str(caught.value) == str(again)
    assert (caught.value.problem, caught.value.fix) == (again.problem, again.fix)


@pytest.mark.parametrize(
    "make",
    [
        lambda: Window(open_s=5, close_s=5),
        lambda: DateRange(first=date(2024, 2, 1), last=date(2024, 1, 1)),
        lambda: Handling(first_hour=9, last_hour=9),
        lambda: Place(code="12.01.01.1001-001", kind="station", region="12.01.01.1002"),
        lambda: Place(code="12.01.01.1001-000", kind="station", region="12.01.01.1001"),
        lambda: RegionCode.parse("12.1"),
        lambda: RegionCode(("12", "1")),
        lambda: COUNTRY.at("regency"),
        lambda: Leg(tail="a", head="b", mode="road", length_m=0, travel_s=1),
    ],
    ids=[
        "window",
        "validity",
        "working-day",
        "station-elsewhere",
        "station-zero",
        "code",
        "parts",
        "too-wide",
        "leg",
    ],
)
def test_parts_that_contradict_each_other_are_refused(make):
    """Each message has a problem and a fix."""
    with pytest.raises(FieldError) as caught:
        make()

    assert caught.value.problem
    assert caught.value.fix


@given(st.lists(st.text()))
def test_sets_of_texts_are_sorted_and_each_once(texts):
    """The same flags in any order are equal."""
    assert sorted_texts(texts) == sorted_texts(reversed(texts + texts))


@given(region_codes())
def test_a_code_reads_back_and_lies_in_its_lineage(code):
    """Text and code are one; every wider region of the lineage covers it."""
    lineage = list(code.lineage())

    assert code == RegionCode.parse(str(code))
    assert [COUNTRY, code] == [lineage[0], lineage[-1]]
    assert all(wide.covers(code) for wide in lineage)
    assert code.depth == len(lineage) - 1
    assert (code.parent or COUNTRY) == (lineage[-2] if code.depth else COUNTRY)


@given(region_codes(), region_codes())
def test_two_codes_cover_each_other_only_when_they_are_one(one, two):
    """Covering is an order: reflexive, and antisymmetric."""
    assert one.covers(one)
    assert (one == two) == (one.covers(two) and two.covers(one))


def test_a_table_of_codes_is_frozen_travels_and_merges():
    """Names of the later table win; a code that is unknown names itself."""
    old = RegionTable(as_of=date(2024, 1, 1), source="s", names={"12": "A", "13": "B"})
    new = attrs.evolve(old, names={"12": "C"})

    assert ("C", "B") == tuple(old.merged(new).name(c) for c in ("12", "13"))
    assert old == pickle.loads(pickle.dumps(old))
    assert "99" == old.name("99")
    assert ("12" in old, "99" in old, COUNTRY in old) == (True, False, True)
    with pytest.raises(TypeError):
        old.names["12"] = "D"


@given(st.integers(1, 999), region_codes(min_depth=4))
def test_a_station_code_is_its_village_and_number(number, village):
    """Invariant 16: it comes apart again, and KPU's id has its 13 digits."""
    code = station_code(village, number)

    assert (village, number) == parse_station(code)
    assert 13 == len(kpu_station_id(code))
    assert kpu_station_id(code).startswith(str(village).replace(".", ""))


@given(DAYS, st.integers(-200, 200), st.integers(0, DAY_S - 1))
def test_moments_and_days_fit_each_other(voting_day, offset, second):
    """A moment lies on the day at whose start it was counted from."""
    day = voting_day + timedelta(days=offset)

    assert day == day_of(day_start_s(day, voting_day) + second, voting_day)


@given(*[st.none() | DAYS] * 4)
def test_two_validities_overlap_when_some_day_is_in_both(a, b, c, d):
    """The later first day has to lie on or before the earlier last one."""
    one = DateRange(first=min(a, b), last=max(a, b)) if a and b else DateRange(first=a, last=b)
    two = DateRange(first=min(c, d), last=max(c, d)) if c and d else DateRange(first=c, last=d)
    first = max((r.first for r in (one, two) if r.first), default=date.min)
    last = min((r.last for r in (one, two) if r.last), default=date.max)

    assert (first <= last) == one.overlaps(two) == two.overlaps(one)
    assert (first <= last) == (one.holds_on(first) and two.holds_on(first))


def test_a_district_is_the_deepest_region_that_is_named():
    """A subdistrict may vote in another district than its regency; one without has none."""
    contest = Contest(
        code="dprd", item="ballot", area_level="district",
        districts=(("12.01", "Sumut 1"), ("12.01.02", "Sumut 2")),
    )  # fmt: skip
    areas = {
        c: contest.area_of(RegionCode.parse(c)) for c in ("12.01.01", "12.01.02.1001", "13")
    }

    assert {"12.01.01": "Sumut 1", "12.01.02.1001": "Sumut 2", "13": ""} == areas


def test_places_wider_than_a_level_keep_their_own_code():
    """A regency's own need counts once at every level, under the regency."""
    codes = ("12.01", "12.02")
    level = PlaceRows(
        per="regency", codes=codes, regions=tuple(map(RegionCode.parse, codes)), voters=(0, 0)
    )
    column = NeedColumn(
        item="seal", per="regency", quantities=(3, 4), rules=("r",), rule_of_row=(0, 0)
    )
    needs = Needs(levels=(level,), columns=(column,))

    assert {("12.01", "seal"): 3, ("12.02", "seal"): 4} == needs.by_region("village")
    assert {("12", "seal"): 7} == needs.by_region("province")
    assert (7, 3, 0) == tuple(
        needs.total("seal", within=RegionCode.parse(c)) for c in ("12", "12.01", "12.03")
    )


@given(
    *[st.integers(-80_000_000, 80_000_000)] * 2, *[st.integers(-170_000_000, 170_000_000)] * 2
)
def test_distance_is_symmetric_and_no_longer_than_half_the_earth(lat_a, lat_b, lon_a, lon_b):
    """There and back are the same, and zero is a place itself."""
    there = great_circle_m(lat_a, lon_a, lat_b, lon_b)

    assert there == great_circle_m(lat_b, lon_b, lat_a, lon_a)
    assert 0 <= there <= 20_015_200
    assert 0 == great_circle_m(lat_a, lon_a, lat_a, lon_a)


def test_findings_rank_by_severity_then_voters():
    """What is worse comes first; of equals, what more voters hang on."""
    sentence = dict.fromkeys(("message", "message_id", "fix", "fix_id"), "x")
    found = [
        Finding(check="c", severity=s, voters=v, **sentence)
        for s in Severity
        for v in (5, 500)
    ]
    ranked = [(f.severity, f.voters) for f in sorted(found, key=lambda f: f.rank)]

    assert sorted(ranked, reverse=True) == ranked
