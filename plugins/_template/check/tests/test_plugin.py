"""The checks are installed, and keep the laws of a check."""

from importlib.metadata import entry_points

import attrs
from silog_core.testing import RiskCheckSuite, World, small_world

from @@package@@ import plugin


def world_without_positions() -> World:
    """Return a world in which the check finds something."""
    world = small_world()
    places = tuple(
        attrs.evolve(p, lat_microdeg=None, lon_microdeg=None) for p in world.scenario.places
    )
    return attrs.evolve(world, scenario=attrs.evolve(world.scenario, places=places))


class TestChecks(RiskCheckSuite):
    def checks(self):
        return plugin.silog_risk_checks()

    def worlds(self):
        return (small_world(), world_without_positions())


def test_a_place_without_a_position_is_found():
    """Every stop there is a finding; where all positions are known there is none."""
    (check,) = plugin.silog_risk_checks()
    odd, fine = world_without_positions(), small_world()

    assert list(check.run(odd.scenario, odd.book, odd.plan))
    assert not list(check.run(fine.scenario, fine.book, fine.plan))


def test_the_plugin_is_installed():
    """Its entry point leads to its module."""
    (point,) = entry_points(group="silog.v1", name="@@entry@@")

    assert plugin is point.load()
