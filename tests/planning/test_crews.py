"""Crews of a plan: rests, guarded nights, escorts, skills and days, and who judges them."""

from __future__ import annotations

import re
from itertools import pairwise
from pathlib import Path

import attrs
import pytest

from crew_worlds import (
    BELOW,
    HUB,
    SHAPE,
    VILLAGE,
    changed,
    crewed,
    far_hub,
    handled,
    moved,
)
from silog_core.domain.escorts import EscortPool
from silog_core.domain.places import PlaceKind
from silog_core.domain.plan import Rest
from silog_core.planning.check import check_plan, crews
from silog_core.reports.route_sheets import plan_sheets
from small_world import H_S, fleet, planned, world


def test_everything_at_once_is_kept_and_shown():
    """A plan with all the rules is sound, and its trips say who rests and rides along."""
    scenario = crewed()
    plan = planned(scenario)
    rested = [t for t in plan.trips if t.rests]

    assert [] == check_plan(scenario, plan)
    assert () == plan.unserved
    assert "break" in {r.kind for t in rested for r in t.rests}
    assert {("police",), ("police", "supervisor")} == {
        t.escorts for t in plan.trips if t.echelon in BELOW[:2]
    }
    for trip in plan.trips:
        if trip.echelon == "return-hub-warehouse":
            assert "police" in trip.escorts


def test_one_policeman_is_with_one_trip_at_a_time():
    """Trips of all levels of a warehouse share its escorts, out and back."""
    plan = planned(crewed())
    away = sorted((t.depart_s, t.back_s) for t in plan.trips if "police" in t.escorts)

    assert len(away) > 6
    assert all(one[1] <= two[0] for one, two in pairwise(away))


@pytest.mark.parametrize(
    ("code", "scenario"),
    [
        ("escort", changed(world(), {HUB}, escorts=("police",))),
        (
            "escort",
            attrs.evolve(
                changed(world(), {HUB}, escorts=("police",)),
                escorts=(EscortPool(name="police", region="12", count=0),),
            ),
        ),
        ("skill", changed(world(), {HUB}, skills=("snow",))),
        ("guard", far_hub()),
        (
            "rest",
            attrs.evolve(
                world(),
                fleet=(
                    fleet("12.01", "boat", 1, break_after_s=60, break_s=60),
                    fleet("12.01", "truck", 1),
                ),
            ),
        ),
    ],
)
def test_what_nobody_can_serve_has_a_reason(code, scenario):
    """No escort, no skill, no guarded night, no rest at sea: said in both languages."""
    plan = planned(scenario)
    reasons = [u for u in plan.unserved if u.code == code]
    left = HUB if code != "rest" else "12.01.02"

    assert reasons
    assert all(u.kit.startswith(left) for u in plan.unserved)
    assert all(u.reason != u.reason_id and u.action != u.action_id for u in reasons)
    assert [] == check_plan(scenario, plan)


def test_a_night_on_the_way_is_spent_where_boxes_are_guarded():
    """A hub that is too far for a day is served when it is guarded, and slept at."""
    scenario = far_hub(guarded=True)
    plan = planned(scenario)
    trip = next(t for t in plan.trips if t.stops[0].place == HUB)

    assert () == plan.unserved
    assert [("night", HUB)] == [(r.kind, r.place) for r in trip.rests]
    assert trip.rests[0].until_s % (24 * H_S) == 6 * H_S


def test_unloading_counts_in_the_day_where_it_is_said():
    """With in_day no tour of several stops is longer than its vehicle's day."""
    # Six hubs with an hour of driving between them and two hours of unloading each.
    shape = (tuple(((100,),) for _ in range(6)),)
    scenario = changed(
        world(shape, spread=1, fleet=(fleet("12.01", "truck", None), fleet("12.01", "boat"))),
        (),
    )
    loose = planned(handled(scenario, stop_s=2 * H_S))
    strict = planned(handled(scenario, stop_s=2 * H_S, in_day=True))

    def longest(plan):
        return max(len(t.stops) for t in plan.trips if t.echelon == "warehouse-hub")

    assert 5 == longest(loose)
    assert 4 == longest(strict)
    assert ["day"] * 2 == [
        v.code for v in check_plan(handled(scenario, stop_s=2 * H_S, in_day=True), loose)
    ]


def test_only_vehicles_that_can_stop_where_skills_are_asked_for():
    """Of two vehicles the one that can serves the place, though the other is cheaper."""
    cheap = fleet("12.01", "van", None, fixed_cost_rupiah=1)
    able = fleet("12.01", "truck", None, skills=("gps", "lift"))
    scenario = changed(world(SHAPE, fleet=(cheap, able)), {HUB}, skills=("gps",))
    out = [t for t in planned(scenario).trips if t.echelon == "warehouse-hub"]

    assert {"truck"} == {t.vehicle for t in out if HUB in {s.place for s in t.stops}}


def _with(plan, pick, **changes):
    """Return the plan with its first trip that *pick* takes changed."""
    at = next(i for i, trip in enumerate(plan.trips) if pick(trip))
    trip = plan.trips[at]
    other = attrs.evolve(trip, **{name: made(trip) for name, made in changes.items()})
    return attrs.evolve(plan, trips=(*plan.trips[:at], other, *plan.trips[at + 1 :]))


def _moved(rest, by_s):
    return attrs.evolve(rest, from_s=rest.from_s + by_s, until_s=rest.until_s + by_s)


def _has(kind):
    return lambda trip: trip.echelon in BELOW and any(r.kind == kind for r in trip.rests)


def _without(kind):
    return lambda trip: tuple(r for r in trip.rests if r.kind != kind)


MUTANTS = {
    "no rest": ("break", _has("break"), {"rests": _without("break")}),
    "no night": ("guard", _has("night"), {"rests": _without("night")}),
    "a short rest": (
        "break",
        _has("break"),
        {
            "rests": lambda t: tuple(
                attrs.evolve(r, until_s=r.until_s - 60) if r.kind == "break" else r
                for r in t.rests
            )
        },
    ),
    "rests overlap": (
        "rest",
        _has("break"),
        {"rests": lambda t: (t.rests[0], *(_moved(r, -60) for r in t.rests))},
    ),
    "a rest while it unloads": (
        "rest",
        _has("break"),
        {
            "rests": lambda t: (
                attrs.evolve(t.rests[0], until_s=t.rests[0].until_s + H_S),
                *(r for r in t.rests[1:] if r.from_s >= t.rests[0].until_s + H_S),
            )
        },
    ),
    "a rest elsewhere": (
        "rest",
        _has("break"),
        {"rests": lambda t: tuple(attrs.evolve(r, place="12.01.02") for r in t.rests)},
    ),
    "a night elsewhere": (
        "guard",
        _has("night"),
        {"rests": lambda t: tuple(attrs.evolve(r, place="") for r in t.rests)},
    ),
    "nobody rides along": ("escort", lambda t: t.escorts, {"escorts": lambda _: ()}),
    "two trips with one policeman": (
        "escort",
        lambda t: t.echelon == "village-station",
        {"escorts": lambda _: ("police",), "back_s": lambda t: t.back_s + 200 * H_S},
    ),
    "somebody unknown": ("escort", lambda t: t.escorts, {"escorts": lambda t: (*t.escorts, "x")}),
}  # fmt: skip


@pytest.mark.parametrize("name", MUTANTS)
def test_a_mutant_of_the_plan_is_found(name):
    """Each way to cheat on crews has its violation."""
    code, pick, changes = MUTANTS[name]
    scenario = far_hub(guarded=True) if code == "guard" else crewed()
    plan = planned(scenario)

    assert code in {v.code for v in check_plan(scenario, _with(plan, pick, **changes))}


def test_every_law_of_crews_has_a_mutant():
    """No code of the checker of crews is without a test that reaches it."""
    source = Path(crews.__file__).read_text(encoding="utf-8")
    found = {code for code, _, _ in MUTANTS.values()} | {"skill", "day"}

    assert set(re.findall(r'code="([a-z-]+)"', source)) == found


def test_a_vehicle_without_the_skill_is_found():
    """A plan made before a place asked for a skill is no longer sound."""
    scenario = crewed()
    asking = changed(scenario, {VILLAGE}, skills=("ropes",))

    assert {"skill"} == {v.code for v in check_plan(asking, planned(scenario))}


def test_a_break_on_a_long_road_is_taken_on_the_way():
    """A leg longer than a crew may drive has a rest half-way; at home duty begins anew."""
    truck = fleet("12.01", "truck", 1, break_after_s=2 * H_S, break_s=600)
    scenario = moved(attrs.evolve(world(), fleet=(truck,)), HUB, 500_000)
    trip = next(
        t for t in planned(scenario).trips if t.stops[0].place == HUB and t.home == "12.01"
    )

    assert (
        Rest(
            kind="break",
            place="",
            from_s=trip.depart_s + 2 * H_S,
            until_s=trip.depart_s + 2 * H_S + 600,
        )
        == trip.rests[0]
    )
    assert PlaceKind.HUB is scenario.by_code[trip.stops[0].place].kind


@pytest.mark.parametrize(
    ("lang", "words"), [("en", "Escorts: police"), ("id", "Pengawal: police")]
)
def test_route_sheets_say_who_rides_along_and_where_the_crew_rests(lang, words):
    """A printed sheet names escorts, and each rest with its place and times."""
    scenario = far_hub(guarded=True, escorts=("police",))
    pool = EscortPool(name="police", region="12", count=2)
    plan = planned(attrs.evolve(scenario, escorts=(pool,)))
    sheets = {s.title.split()[-1]: s.paragraphs for s in plan_sheets(plan, lang)}
    rested = next(t for t in plan.trips if _has("night")(t))
    night = {"en": "Night", "id": "Bermalam"}[lang]

    assert any(line.startswith(words) for line in sheets[rested.id])
    assert any(line.startswith(night) and HUB in line for line in sheets[rested.id])
