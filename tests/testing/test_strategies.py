"""Strategies draw values that fit, travel, and shrink to what a person can read."""

from __future__ import annotations

import json
import pickle

import pytest
from hypothesis import find, given, settings
from hypothesis import strategies as st

from silog_core._hypothesis import register
from silog_core.domain.elections import Contest, Election
from silog_core.domain.explanation import Reason
from silog_core.domain.findings import Finding
from silog_core.domain.items import Item
from silog_core.domain.places import PlaceKind
from silog_core.domain.regions import RegionCode
from silog_core.domain.scenario import Scenario
from silog_core.domain.wire import from_wire, to_wire
from silog_core.testing import strategies

QUICK = settings(max_examples=12, deadline=None)
NAMES = [
    name
    for name, value in sorted(vars(strategies).items())
    if callable(value) and getattr(value, "__module__", "").startswith(strategies.__name__)
]
NTT = RegionCode.parse("53")


@pytest.mark.parametrize("name", NAMES)
def test_values_travel_and_come_back_from_json(name):
    """Invariant 37: what is drawn survives pickle and JSON unchanged."""

    @QUICK
    @given(getattr(strategies, name)())
    def law(value):
        assert value == pickle.loads(pickle.dumps(value))
        if name not in ("networks", "rule_books", "contributions"):
            wire = json.loads(json.dumps(to_wire(value)))
            assert value == from_wire(type(value), wire)

    law()


@QUICK
@given(strategies.region_codes(within=NTT, max_depth=3))
def test_codes_stay_within(code):
    """Narrowing narrows."""
    assert NTT.covers(code)
    assert code.depth <= 3


def test_codes_shrink_towards_the_region_itself():
    """The simplest code is the region that was named."""
    assert NTT == find(strategies.region_codes(within=NTT), lambda code: True)


@QUICK
@given(strategies.scenarios())
def test_the_parts_of_a_scenario_fit(scenario):
    """Stock, fleet and legs are at places that there are; parents exist."""
    codes = {p.code for p in scenario.places}

    assert {lot.place for lot in scenario.stock} <= codes
    assert {entry.home for entry in scenario.fleet} <= codes
    assert {end for leg in scenario.legs for end in (leg.tail, leg.head)} <= codes
    assert {p.parent for p in scenario.places if p.parent} <= codes
    assert all(p.has_position for p in scenario.places)


def test_networks_shrink_to_one_station():
    """The simplest network with a station has one, and what it hangs below."""
    found = find(
        strategies.networks(),
        lambda places: any(p.kind is PlaceKind.STATION for p in places),
        settings=settings(max_examples=200, deadline=None),
    )

    assert ["PRINTER", "12.01", "12.01.01", "12.01.01.1001", "12.01.01.1001-001"] == [
        p.code for p in found
    ]
    assert {("", ())} == {(p.name, p.flags) for p in found}


@pytest.mark.parametrize(
    "kind", [RegionCode, Item, Scenario, Election, Contest, Finding, Reason]
)
def test_types_are_known_to_hypothesis(kind):
    """After registration, a type annotation is enough."""
    register()

    @settings(max_examples=3, deadline=None)
    @given(st.from_type(kind))
    def law(value):
        assert isinstance(value, kind)

    law()


@QUICK
@given(strategies.rule_books())
def test_books_have_no_conflict(book):
    """A drawn book answers every question that can be asked of it."""
    for topic in book.needs_topics():
        assert book.explain(topic).because
    assert book.digest() == book.restrict("ID").digest()
