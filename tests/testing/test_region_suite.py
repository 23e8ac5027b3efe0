"""The region suite passes on a sound pack, and each law fails on the pack that breaks it."""

from __future__ import annotations

import itertools
import sys
from datetime import date

import pytest

from silog_core.domain.needs_rules import NeedsRule
from silog_core.domain.travel_rules import AccessRule, Closure, SpeedRule
from silog_core.testing import RegionSuite, plugin_module
from suite_mutants import breaks, laws_of

NATIONAL = NeedsRule(
    scope="ID", source="a law", election="pilkada", item="box", per="station", quantity=2,
    legal_minimum=True,
)  # fmt: skip
NATION = plugin_module("ID", name="nation", silog_needs_rules=[NATIONAL])


def rate(**changes):
    given = {
        "scope": "53",
        "source": "a decree",
        "election": "pilkada",
        "item": "box",
        "per": "station",
        "quantity": 3,
        "replaces": NATIONAL.id,
    }
    return NeedsRule(**given | changes)


def speed(speed_m_per_h=4000, mode="foot"):
    return SpeedRule(scope="53", source="a survey", mode=mode, speed_m_per_h=speed_m_per_h)


def closed(**when):
    return Closure(
        scope="53", source="the harbour", name="swell", mode="boat", reason="swell", **when
    )


BY_BOAT = AccessRule(scope="53", source="a map", to="hub", mode="boat")


def suite_of(module, **changes):
    """Return a suite that looks at a module."""
    parts = {
        "plugin": module,
        "name": "region.53",
        "around": [("region.ID", NATION)],
        "elections": [("pilkada", date(2024, 11, 27))],
    }
    return type("TestMutant", (RegionSuite,), parts | changes)()


SOUND = plugin_module(
    "53",
    name="silog_core.domain.legs",  # any light module serves the import law
    silog_needs_rules=[rate()],
    silog_leg_speeds=[speed(), BY_BOAT],
    silog_leg_closures=[closed(months=(1, 12))],
)


@pytest.mark.parametrize("law", laws_of(RegionSuite))
def test_a_sound_pack_keeps_every_law(law):
    """A pack that does everything right passes the whole suite."""
    getattr(suite_of(SOUND), law)()


def _changing():
    count = itertools.count(2)
    return lambda: [rate(quantity=next(count))]


class FallingRate(NeedsRule):
    """A rate that gives large stations less."""

    def need(self, voters):
        """Give less to the larger."""
        return max(0, 1000 - voters)


FALLING = FallingRate(
    scope="53", source="a decree", election="pilkada", item="pen", per="station", quantity=1
)
QUIET = "silog_core.domain.legs"
MUTANTS = {
    "r1": plugin_module("53", name=QUIET, silog_leg_speeds=["fast"]),
    "r2": plugin_module("53", name=QUIET, silog_needs_rules=_changing()),
    "r3": plugin_module("53", name=QUIET, silog_needs_rules=[rate(scope="31")]),
    "r4": plugin_module("53", name=QUIET, silog_needs_rules=[rate(source="TODO ask KPU")]),
    "r5": plugin_module("53", name=QUIET, silog_needs_rules=[FALLING]),
    "r6": plugin_module("53", name=QUIET, silog_leg_speeds=[speed(20_000)]),
    "r7": plugin_module(
        "53", name=QUIET, silog_leg_speeds=[BY_BOAT], silog_leg_closures=[closed()]
    ),
    "r8": plugin_module("53", name=QUIET, silog_needs_rules=[rate(quantity=1)]),
    "r11": plugin_module("53", name=QUIET),
    "r12": plugin_module("53", name="networkx", silog_needs_rules=[rate()]),
}


@pytest.mark.parametrize("law", MUTANTS)
def test_a_mutant_breaks_its_law(law):
    """Each law notices the pack that breaks it."""
    assert breaks(suite_of(MUTANTS[law]), law)


def test_suites_are_not_collected_by_themselves():
    """Only subclasses named Test are tests: a suite of its own is none."""
    assert not RegionSuite.__name__.startswith("Test")
    assert "silog_core.testing.region_suite" in sys.modules
