"""Criticality of a scenario: weighed by voters, down to each station."""

from __future__ import annotations

import attrs
import pytest

from silog_core.domain.legs import Leg
from silog_core.domain.places import PlaceKind
from silog_core.errors import RiskError
from silog_core.risk.critical import best_protection, criticality
from silog_core.testing.worlds import small_world


def _world(*legs):
    world = small_world()
    return attrs.evolve(world.scenario, legs=legs), world.book


def test_every_station_has_its_ways_and_cut():
    """26. In a tree there is one way to each, and its cut is the leg all else hangs on."""
    scenario, book = _world()
    found = criticality(scenario, book)

    for place in scenario.of_kind(PlaceKind.STATION):
        access = found.access_of[place.code]
        assert (1, 1, place.voters) == (access.ways, access.stations, access.voters)
        assert (("12.01", "PRINTER", "road"),) == access.cut


def test_legs_come_with_the_voters_behind():
    """The first leg has all voters behind it, the last ones those of one station."""
    scenario, book = _world()
    legs = criticality(scenario, book).legs
    voters = sum(p.voters for p in scenario.places)

    assert [("12.01", "12.01.01", voters), ("PRINTER", "12.01", voters)] == [
        (leg.tail, leg.head, leg.voters) for leg in legs[:2]
    ]
    assert (1, legs[-1].voters) == (
        legs[-1].stations, min(p.voters for p in scenario.of_kind(PlaceKind.STATION)),
    )  # fmt: skip


def test_a_second_way_ends_what_is_single():
    """By sea as well as by road, the way to the warehouse is no single leg any more."""
    way = {"tail": "PRINTER", "head": "12.01", "length_m": 1000, "travel_s": 60}
    scenario, book = _world(Leg(mode="road", **way), Leg(mode="sea", **way))
    found = criticality(scenario, book)

    assert 2 == found.access_of["12.01"].ways
    assert "PRINTER" not in {leg.tail for leg in found.legs}


def test_closed_months_close():
    """In a month in which its only leg is closed, the warehouse is not reached."""
    leg = Leg(
        tail="PRINTER", head="12.01", mode="road", length_m=9, travel_s=9, months_closed=(7,)
    )
    scenario, book = _world(leg)

    assert 0 == criticality(scenario, book, month=7).access_of["12.01"].ways
    assert 1 == criticality(scenario, book, month=8).access_of["12.01"].ways


def test_protection_says_what_it_saves():
    """With both legs down to the hub protected, all its voters are safe; with one, none."""
    scenario, book = _world()
    one, two = (best_protection(scenario, book, n) for n in (1, 2))

    assert (0, 0) == (one.voters, one.voters_before)
    assert sum(p.voters for p in scenario.places) == two.voters
    with pytest.raises(RiskError):
        best_protection(scenario, book, 1, what="bridge")
