"""The schedule has the shape of the published one: islands first, Medan last."""

from __future__ import annotations

from datetime import date

import pytest

from silog_core.domain.calendar import day_of, day_start_s
from silog_core.planning.regency import window
from silog_core.session import Session

VOTING_DAY = date(2024, 11, 27)
ISLANDS = tuple(f"12.14.{n}" for n in ("04", "05", "16", "28", "29", "30", "31"))


@pytest.fixture(scope="module")
def leaves(sumut):
    """First departure from each warehouse towards its hubs [s]."""
    found = {}
    for trip in sumut[1].trips:
        if trip.echelon == "warehouse-hub":
            found[trip.home] = min(found.get(trip.home, trip.depart_s), trip.depart_s)
    return found


def test_nias_selatan_leaves_by_22_november(leaves):
    """Boats left for the Batu islands on 22 November 2024."""
    assert day_of(leaves["12.14-W1"], VOTING_DAY) <= date(2024, 11, 22)


def test_islands_first_medan_last(leaves):
    """Nobody leaves before Nias Selatan, nobody on a later day than Medan."""
    days = {home: at // 86_400 for home, at in leaves.items()}

    assert {"12.14-W1"} == {home for home, day in days.items() if day == min(days.values())}
    assert max(days.values()) == days["12.71-W1"]
    assert date(2024, 11, 23) <= day_of(leaves["12.71-W1"], VOTING_DAY)


def test_the_island_hubs_have_it_early_and_not_too_early(sumut):
    """Two-sided windows: within 22 and 23 November, on every island."""
    scenario, plan = sumut
    with Session() as session:
        book = session.rule_book_for(scenario)
    seen = set()
    for trip in plan.trips:
        for stop in trip.stops:
            if trip.echelon == "warehouse-hub" and stop.place in ISLANDS:
                opens, closes = window(book, scenario.by_code[stop.place], "at-hub")
                assert opens <= stop.arrive_s <= stop.depart_s <= closes
                assert day_start_s(date(2024, 11, 22), VOTING_DAY) == opens
                seen.add(stop.place)

    assert set(ISLANDS) == seen


def test_every_stage_has_a_latest_start_and_says_what_it_waits_for(sumut):
    """Slack is latest less planned start; each stage but the last names the next one."""
    for slot in sumut[1].schedule.stages:
        assert slot.latest_start_s - slot.start_s == slot.slack_s
        assert slot.critical_next
