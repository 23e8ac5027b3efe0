"""Secure storage: no place holds more kits than are safe, or the plan lists it."""

from __future__ import annotations

import attrs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from silog_core.domain.places import HOLDING
from silog_core.domain.storage import Stay, peak_of, room_of, stays_at
from silog_core.planning.check import check_plan
from silog_core.planning.storage import keep_room
from small_world import BOOK, fleet, planned, world, worlds

FEW = settings(max_examples=15, deadline=None)
#: Two hubs; small trucks and vans without number bring and fetch a kit or two each.
SHAPE = (
    (
        ((300, 400), (250,), (500, 500, 500), (590, 580, 570)),
        ((0, 599), (400, 400, 400)),
    ),
)
HUB = "12.01.01"
WORLD = attrs.evolve(
    world(SHAPE, spread=100_000),
    fleet=(
        fleet("12.01", "truck", None, payload_g=9000),
        fleet(HUB, "van", None, payload_g=9000),
    ),
)
PLAN = planned(WORLD)


def holding(scenario, rooms):
    """Return the scenario with room for so many kits at some places."""
    return attrs.evolve(
        scenario,
        places=tuple(
            attrs.evolve(p, holds_kits=rooms.get(p.code)) if p.kind in HOLDING else p
            for p in scenario.places
        ),
    )


def most_at(plan, code):
    """Return how many kits wait at a place at once, minute by minute of its hand-overs."""
    came, went = {}, {}
    for trip in plan.trips:
        if trip.echelon.startswith(("return", "line")):
            continue
        for stop in trip.stops:
            for kit in stop.kits:
                if stop.place == code:
                    came[kit] = stop.arrive_s
                if trip.home == code:
                    went[kit] = trip.depart_s
    return max(
        (
            sum(came[k] <= at < went.get(k, 10**10) for k in came)
            for at in {t + d for t in came.values() for d in (0, 60)}
        ),
        default=0,
    )


def most_back(plan, code):
    """Return how many kits wait at a place at once after the vote, event by event."""
    events = []
    for trip in plan.trips:
        if not trip.echelon.startswith("return"):
            continue
        kits = {kit for stop in trip.stops for kit in stop.kits}
        events += [(trip.back_s, 1, kit) for kit in kits if trip.home == code]
        events += [
            (stop.depart_s, 0, kit)
            for stop in trip.stops
            for kit in stop.kits
            if stop.place == code
        ]
    came = {kit for _, step, kit in events if step}
    now = most = len({kit for _, step, kit in events if not step} - came)
    for _, step, _ in sorted(events):
        now += 1 if step else -1
        most = max(most, now)
    return most


def test_boxes_that_wait_after_the_vote_are_counted():
    """A hub in which all boxes come together before any is fetched has its finding."""
    most = most_back(PLAN, HUB)
    for room, listed in ((most, False), (most - 1, True)):
        scenario = holding(WORLD, {HUB: room})
        plan = planned(scenario)
        found = [f for f in plan.findings if f.check == "over-storage-back"]

        assert listed is bool(found)
        assert [] == check_plan(scenario, plan)
    assert f"would hold {most} kits" in found[0].message
    assert "after the vote" in found[0].message
    assert "guarded room for 1 more kits" in found[0].fix
    assert "setelah pemungutan suara" in found[0].message_id
    silent = attrs.evolve(plan, findings=())
    assert {("storage", HUB)} == {(v.code, v.where) for v in check_plan(scenario, silent)}


def test_trips_leave_later_where_that_keeps_kits_safe():
    """Fourteen kits were there at once, nine are safe, and no more than nine are there."""
    scenario = holding(WORLD, {HUB: 9})
    plan = planned(scenario)
    moved = [(a, b) for a, b in zip(PLAN.trips, plan.trips, strict=True) if a != b]

    assert (14, True) == (most_at(PLAN, HUB), most_at(plan, HUB) <= 9)
    assert moved
    assert all(a.depart_s < b.depart_s for a, b in moved)
    assert all(attrs.evolve(b, stops=a.stops, depart_s=a.depart_s, back_s=a.back_s,
                            latest_depart_s=a.latest_depart_s) == a for a, b in moved)  # fmt: skip
    assert [] == check_plan(scenario, plan)
    assert [] == [f for f in plan.findings if f.check in ("over-storage", "late-stop")]


def test_what_cannot_be_kept_safe_is_listed_with_what_would_help():
    """Where all come before any goes on: how many, when, who brings them, how much room."""
    scenario = holding(WORLD, {"12.01.02": 6})
    (found,) = [f for f in planned(scenario).findings if f.check == "over-storage"]

    assert ("12.01.02", 1799, 5) == (found.place, found.voters, found.stations)
    assert "would hold 8 kits" in found.message
    assert "6 are safe" in found.message
    assert "guarded room for 2 more kits" in found.fix
    assert "menyimpan 8 kit" in found.message_id
    assert "2 kit lagi" in found.fix_id


def test_without_room_said_nothing_moves():
    """A scenario that says nothing of storage keeps its plan, as the very same value."""
    assert PLAN is keep_room(WORLD, BOOK, PLAN)
    assert PLAN == planned(holding(WORLD, {HUB: 14}))


def test_the_checker_finds_what_no_finding_lists():
    """A plan that holds too many kits in silence is found, and by no other law."""
    for code in (HUB, "12.01.02", "12.01.02.1002", "12.01"):
        violations = check_plan(holding(WORLD, {code: 1}), PLAN)
        assert {("storage", code)} == {(v.code, v.where) for v in violations}
        # Once for the way out, and once for the way back.
        assert 2 == len(violations)


@given(
    scenario=worlds(tight=False, capacities=False, warehouses=1, at_least=1),
    rooms=st.integers(1, 4),
)
@FEW
def test_room_is_kept_or_listed(scenario, rooms):
    """Every plan keeps its laws; trips are put off at most, and no place becomes fuller."""
    tight = holding(scenario, {p.code: rooms for p in scenario.places})
    before, after = planned(scenario), planned(tight)
    holds = {p.code: rooms for p in scenario.places if p.kind in HOLDING}

    def too_many(plan):
        return sum(peak.kits - rooms for peak in room_of(plan, holds).values())

    codes = {v.code for v in check_plan(scenario, before)}
    assert {v.code for v in check_plan(tight, after)} <= codes
    assert too_many(after) <= too_many(before)
    assert all(
        a.depart_s <= b.depart_s for a, b in zip(before.trips, after.trips, strict=True)
    )
    listed = {f.place for f in after.findings if f.check == "over-storage"}
    assert listed == set(room_of(after, holds))
    full = {f.place for f in after.findings if f.check == "over-storage-back"}
    assert full == {code for code in holds if most_back(after, code) > rooms}
    late = {f.place for f in before.findings if f.check == "late-stop"}
    assert {f.place for f in after.findings if f.check == "late-stop"} <= late


@given(spans=st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9)), max_size=8))
@settings(max_examples=60, deadline=None)
def test_a_peak_is_the_fullest_moment(spans):
    """No moment has more stays, and the first such moment is named."""
    stays = [Stay(kit=str(i), from_s=a, until_s=a + n) for i, (a, n) in enumerate(spans)]
    counts = [sum(s.from_s <= at < s.until_s for s in stays) for at in range(20)]
    peak = peak_of(stays)

    assert max(counts) == peak.kits
    assert not peak.kits or counts.index(max(counts)) == peak.at_s


@pytest.mark.parametrize("code", ["12.01", HUB, "12.01.02.1002"])
def test_stays_begin_with_a_stop_and_end_with_a_departure(code):
    """What passes a place waits there from its arrival, or the end of packing, on."""
    stays = stays_at([code], PLAN.trips, PLAN.schedule.stages)[code]
    below = {k for t in PLAN.trips if t.home == code for s in t.stops for k in s.kits}

    assert below <= {s.kit for s in stays}
    assert all(s.from_s <= s.until_s for s in stays)
    assert (code == "12.01") == all(not s.by for s in stays)
