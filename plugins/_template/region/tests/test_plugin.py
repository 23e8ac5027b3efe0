"""The pack is installed, and keeps the laws of a region pack."""

from importlib.metadata import entry_points

import silog_region_id.plugin
from silog_core.testing import RegionSuite

from @@package@@ import plugin


class TestRegion(RegionSuite):
    plugin = plugin
    name = "@@entry@@"
    around = (("region.ID", silog_region_id.plugin),)


def test_the_plugin_is_installed():
    """Its entry point leads to its module."""
    (point,) = entry_points(group="silog.v1", name="@@entry@@")

    assert plugin is point.load()
